import Basis
import Dealership
import Measures

/// Customers' messages and calls by weekday and hour, against the hours of people on duty.
struct TrafficHours {
    struct Slot {
        /// 0 Monday.
        var day: Int
        var hour: Int
        var inbound: Int
        /// People × hours of the month; nil: nobody says.
        var staffed: Double?

        /// An hour of one person on duty has so many; nil: nobody is on duty, or nobody says.
        var rate: Double? { staffed.flatMap { $0 > 0 ? Double(inbound) / $0 : nil } }
    }

    struct Busy {
        /// `Monday from 10:00 to 11:00`
        var words: String
        var rate: Double
    }

    let context: ReportContext
    let week: OpenWeek
    /// By weekday and hour.
    let slots: [[Slot]]
    /// The settings say who is on duty.
    let isStaffed: Bool

    init(_ context: ReportContext, week: OpenWeek) {
        self.context = context
        self.week = week
        let isStaffed = context.settings.staffing != nil
        self.isStaffed = isStaffed
        slots = (0..<7).map { day in
            (0..<24).map { hour in
                let slice: [Dimension: String] = [.weekday: String(day + 1), .hour: twoDigits(hour)]
                let inbound = context.count(.traffic, "inbound", slice) ?? 0
                guard isStaffed else { return Slot(day: day, hour: hour, inbound: inbound, staffed: nil) }
                var staffed = 0.0
                if case .mean(let hours) = context.cell(.traffic, "staffed_hours", slice) { staffed = hours }
                return Slot(day: day, hour: hour, inbound: inbound, staffed: staffed)
            }
        }
    }

    var all: [Slot] { slots.flatMap { $0 } }
    var inbound: Int { all.reduce(0) { $0 + $1.inbound } }
    /// Over the week.
    var rate: Double? { TrafficHours.rate(all) }

    /// Of what comes while somebody is on duty.
    static func rate(_ slots: [Slot]) -> Double? {
        let manned = slots.filter { ($0.staffed ?? 0) > 0 }
        let hours = manned.reduce(0) { $0 + ($1.staffed ?? 0) }
        return hours > 0 ? Double(manned.reduce(0) { $0 + $1.inbound }) / hours : nil
    }

    func isOpen(_ slot: Slot) -> Bool { week.isOpen(weekday: slot.day, hour: slot.hour) }

    /// Open hours of the week in which customers write and nobody is on duty: enough of them to be no accident.
    var unmanned: [Slot] {
        guard isStaffed, week.days != nil else { return [] }
        return all.filter { isOpen($0) && $0.staffed == 0 && $0.inbound >= context.minimumN }
    }

    var busiest: Busy? {
        guard let most = all.max(by: { ($0.inbound, $1.day, $1.hour) < ($1.inbound, $0.day, $0.hour) }),
            most.inbound >= context.minimumN
        else { return nil }
        return Busy(words: words(most), rate: Double(most.inbound))
    }

    /// The hour with the most for each person on duty.
    var heaviest: Busy? {
        let known = all.filter { $0.inbound >= context.minimumN && $0.rate != nil }
        guard let most = known.max(by: { ($0.rate ?? 0, $1.day, $1.hour) < ($1.rate ?? 0, $0.day, $0.hour) }),
            let rate = most.rate
        else { return nil }
        return Busy(words: words(most), rate: rate)
    }

    private func words(_ slot: Slot) -> String {
        say("\(Words.longDayNames[slot.day]) from \(slot.hour):00 to \(slot.hour + 1):00")
    }

    /// Hours of which something is known or open.
    var hours: ClosedRange<Int> {
        if let open = week.hours { return open }
        let written = (0..<24).filter { hour in slots.contains { $0[hour].inbound > 0 } }
        return (written.first ?? 0)...(written.last ?? 23)
    }
}
