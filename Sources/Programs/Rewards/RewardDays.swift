import Basis
import Dealership

/// A person's working days of a period: open days of the store, those the rule pays for, and those present.
struct RewardDays: Hashable, Sendable {
    var period = 0
    var eligible = 0
    var present = 0
    /// Days present, by where the person worked on them; without a people export all of them nowhere.
    var places: [Place: Int] = [:]

    struct Place: Hashable, Sendable {
        var store: Int32
        var department: String
    }
}

/// Counts working days.
struct RewardDayCounter: Sendable {
    private let header: JournalHeader
    private let calendars: OpenCalendars
    private let places: RewardPlaces

    init(_ header: JournalHeader, _ calendars: OpenCalendars, _ places: RewardPlaces) {
        self.header = header
        self.calendars = calendars
        self.places = places
    }

    /// A day without opening hours is no working day. Leave through all of a day's open time is a day off.
    func days(of person: String, in month: Month) -> RewardDays {
        let leave = header.absence(of: person)
        let usual = header.people[person]?.store ?? -1
        var days = RewardDays()
        var day = month.firstDay
        while day <= month.lastDay {
            let stint = places.stint(of: person, on: day)
            let store = max(0, stint?.store ?? usual)
            let department = stint?.department ?? header.people[person]?.department
            let open = openTime(on: day, store: store, department: department)
            if open.seconds > 0 {
                days.period += 1
                if stint != nil || header.people.isEmpty {
                    days.eligible += 1
                    let off = leave.isEmpty ? .empty : leave.intersection(open.range)
                    let offSeconds = off.isEmpty ? 0 : open.table.openSeconds(in: off) ?? 0
                    if offSeconds < open.seconds {
                        days.present += 1
                        let place = RewardDays.Place(store: stint?.store ?? -1, department: stint?.department ?? "")
                        days.places[place, default: 0] += 1
                    }
                }
            }
            day = day + 1
        }
        return days
    }

    private func openTime(
        on day: Day, store: Int32, department: String?
    ) -> (seconds: Int64, range: Range<Instant>, table: OpenTime) {
        let zone = header.zone(ofStore: Int(store))
        let range = zone.startOfDay(day)..<zone.startOfDay(day + 1)
        let code = department.map { header.code(ofName: $0) } ?? -1
        let table = calendars.tables[calendars.index(store: store, department: code)]
        return (table.openSeconds(from: range.lowerBound, to: range.upperBound) ?? 0, range, table)
    }
}
