public import Basis

/// Of each sale, when the customer's first service after it was booked or came. DEFINITIONS 2, Way back.
public struct WayBackFacts: Sendable {
    public static let never = Int32.max

    /// By position in the sales: the day's number on which the first service was booked (else, without a booking day, for
    /// which it is) or came unbooked, whichever is earlier; `never`: not yet.
    public private(set) var day: [Int32]
    /// It was a booking.
    public private(set) var isBooked: [Bool]
    /// By store: the last local day on which services are known.
    private let watchedThrough: [Day]

    init(_ facts: Facts) {
        let (sales, visits, journal) = (facts.sales, facts.visits, facts.journal)
        let log = journal.appointments
        day = [Int32](repeating: WayBackFacts.never, count: sales.count)
        isBooked = [Bool](repeating: false, count: sales.count)
        watchedThrough = WayBackFacts.watchedThrough(facts.header)
        let customers = journal.customers.count
        let visitsOf = RecordsByCode(codes: customers, records: visits.count) { visits.identity[$0] }
        let service = facts.header.code(ofName: "service")
        let asOf = facts.header.asOf
        let bookedOf = RecordsByCode(codes: customers, records: log.count) { index in
            let when = log.bookedAt[index].isMissing ? log.scheduledFor[index] : log.bookedAt[index]
            let counts = service >= 0 && log.kind[index] == service && log.status[index] != .cancelled && when.instant < asOf
            return counts ? facts.identity[log.customer[index]] : -1
        }
        for sale in 0..<sales.count where sales.identity[sale] >= 0 {
            let row = sales.sale[sale]
            let sold = journal.sales.soldAt[row]
            let car = journal.sales.vehicle[row]
            func isAfter(_ moment: Moment, _ other: Day) -> Bool {
                sold.isDateOnly || moment.isDateOnly ? other >= sales.day[sale] : moment.instant >= sold.instant
            }
            for visit in visitsOf[sales.identity[sale]].lazy.map({ Int($0) }) {
                guard isAfter(visits.openedAt[visit], visits.day[visit]), isOf(car, visits.vehicle[visit], journal) else { continue }
                day[sale] = min(day[sale], visits.day[visit].number)
            }
            for index in bookedOf[sales.identity[sale]].lazy.map({ Int($0) }) {
                let when = log.bookedAt[index].isMissing ? log.scheduledFor[index] : log.bookedAt[index]
                let booked = facts.header.zone(ofStore: Int(log.store[index])).day(at: when.instant)
                guard isAfter(when, booked), isOf(car, log.vehicle[index], journal), booked.number <= day[sale] else { continue }
                day[sale] = booked.number
                isBooked[sale] = true
            }
        }
    }

    /// A car that is known to be another one does not count; a VIN of the wrong length is a slip, and says nothing.
    private func isOf(_ sold: Int32, _ serviced: Int32, _ journal: GroupJournal) -> Bool {
        if sold < 0 || serviced < 0 || sold == serviced { return true }
        return journal.vehicles[sold].utf8.count != 17 || journal.vehicles[serviced].utf8.count != 17
    }

    /// A sale has been watched until then.
    public func lastWatchedDay(store: Int32) -> Day { watchedThrough[Int(store)] }

    private static func watchedThrough(_ header: JournalHeader) -> [Day] {
        var ends = [header.asOfDay]
        for table in [StandardTable.serviceVisits, .appointments, .sales] {
            if let end = header.lastDay(of: table) { ends.append(end) }
        }
        let end = ends.min() ?? header.asOfDay
        return header.stores.indices.map { min(end, header.zone(ofStore: $0).day(at: header.asOf + -1)) }
    }
}
