import Basis
import Dealership
import Measures

/// The outage that a report is about, with its times as pages print them.
struct Incident {
    let context: ReportContext
    let outage: Outage
    let zone: ZoneRules
    /// When it was down, up to the as-of instant.
    let down: IntervalSet
    /// Opening hours are given: open time differs from the clock's.
    let hasHours: Bool

    init(_ outage: Outage, _ context: ReportContext) {
        self.context = context
        self.outage = outage
        zone = outage.zone(context.header)
        down = outage.down(context.header)
        hasHours = OpenWeek(context).days != nil
    }

    /// The one asked for, else the longest of the month; nil: none is on record. Planned work only where nothing broke.
    init?(_ context: ReportContext) {
        let outages = context.header.outages
        if let wanted = context.request.outage {
            guard let outage = outages.first(where: { $0.identifier == wanted }) else { return nil }
            self.init(outage, context)
            return
        }
        guard let outage = Incident.longest(outages, context) else { return nil }
        self.init(outage, context)
    }

    /// Of those that began in the report's month, or lasted into it.
    private static func longest(_ outages: [Outage], _ context: ReportContext) -> Outage? {
        let header = context.header
        let store = context.request.store.flatMap { id in header.stores.firstIndex { $0.identifier == id } }
        let ofMonth = outages.compactMap { outage -> (outage: Outage, seconds: Int64)? in
            if let store, !outage.hits(store: Int32(store)) { return nil }
            let zone = outage.zone(header)
            let month = zone.startOfDay(context.month.firstDay)..<zone.startOfDay((context.month + 1).firstDay)
            let seconds = outage.down(header).intersection(month).seconds
            return seconds > 0 || month.contains(outage.start) && outage.start < header.asOf ? (outage, seconds) : nil
        }
        return ofMonth.max { a, b in
            (a.outage.isPlanned ? 0 : 1, a.seconds, b.outage.start, b.outage.identifier)
                < (b.outage.isPlanned ? 0 : 1, b.seconds, a.outage.start, a.outage.identifier)
        }?.outage
    }

    var slice: [Dimension: String] { [.outage: outage.identifier] }
    /// `E-mail`, `Scheduler, Kia`.
    var title: String {
        let system = OutageLog.title(outage)
        guard context.header.stores.count > 1, context.request.store == nil, outage.store >= 0 else { return system }
        return "\(system), \(context.header.stores[Int(outage.store)].name)"
    }
    var system: String { OutageLog.title(outage) }
    var isDayPrecise: Bool { outage.precision == .day }
    var isStillDown: Bool { outage.isOpen(context.header) }
    /// Wall-clock seconds down.
    var seconds: Int64 { down.seconds }

    // MARK: Words

    /// `4 h 28`, `14 days`: of a day-precise one whole days, never hours.
    var lasted: String { isDayPrecise ? Words.counted(days, "day", "days") : Words.duration(seconds) }

    /// Local days with something down.
    var days: Int {
        var count = 0
        var last: Day?
        for span in down.intervals {
            var day = zone.day(at: span.lowerBound)
            let end = zone.day(at: span.upperBound + -1)
            while day <= end {
                if last.map({ day > $0 }) ?? true { count += 1 }
                last = day
                day = day + 1
            }
        }
        return count
    }

    /// `Tue 13 Oct`, `19 Jun–2 Jul 2024`.
    var when: String {
        let first = zone.day(at: outage.start)
        let last = lastDay
        return first == last ? Words.weekday(first) : Words.span(first, last)
    }

    var lastDay: Day {
        down.intervals.last.map { zone.day(at: max($0.lowerBound, $0.upperBound + -1)) } ?? zone.day(at: outage.start)
    }

    /// An instant as the page prints it: a day alone where no more is known, else a time, with its day unless it is
    /// `without`.
    func words(_ instant: Instant, without day: Day? = nil) -> String {
        let own = zone.day(at: instant)
        if isDayPrecise { return Words.day(own) }
        let second = Int(zone.localSeconds(at: instant) - Int64(own.number) * 86_400)
        let clock = Words.clock(second)
        return own == day ? clock : "\(Words.weekday(own)), \(clock)"
    }

    /// `2 h 10 after it began`; of days alone nothing.
    func after(_ instant: Instant) -> String {
        if isDayPrecise { return "" }
        let seconds = instant - outage.start
        if seconds == 0 { return say("at once") }
        return seconds < 0 ? say("\(Words.duration(-seconds)) before") : say("\(Words.duration(seconds)) after")
    }

    /// Whose fault it was, as the log says.
    var fault: String {
        let vendor = outage.vendor.isEmpty ? "" : " (\(outage.vendor))"
        switch outage.fault {
        case .own: return say("our own")
        case .external: return outage.vendor.isEmpty ? say("the vendor’s") : outage.vendor
        case .utility: return say("power or utilities\(vendor)")
        case nil: return say("not recorded")
        }
    }

    /// The stores it hit: `all 6 stores`, `Kia`, `3 of 6 stores`; nil where there is one store.
    var stores: String? {
        let header = context.header
        guard header.stores.count > 1 else { return nil }
        let hit = outage.storesHit(header)
        if hit.count == header.stores.count { return say("all \(Words.count(hit.count)) stores") }
        if hit.count == 1, let store = hit.first { return header.stores[Int(store)].name }
        return say("\(Words.count(hit.count)) of \(Words.count(header.stores.count)) stores")
    }
}
