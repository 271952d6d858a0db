import Basis
import Dealership
import Measures
import Statistics

/// The outages that lie in the report's month, longest first.
struct OutageLog {
    struct Entry {
        var outage: Outage
        /// As a manager calls it: `E-mail`; with its store where there are several.
        var title: String
        var system: String
        /// Seconds of it inside the month, by the clock and of open hours.
        var wall: Int64
        var open: Int64
        /// Days from the month's first midnight, cut at the month's ends.
        var from: Double
        var to: Double
        /// Not restored by the as-of day.
        var isStillDown: Bool
        /// Channels of conversations that it stopped; none: a system that carries no conversations.
        var channels: [String]
        /// Began in it; their clock ran during it.
        var began: Int
        var exposed: Int
        var waits: KaplanMeier?
        /// Of the same channels and month, those that did not begin in it.
        var otherWaits: KaplanMeier?
        var identifier: String { outage.identifier }
    }

    enum Coverage: Equatable {
        case none
        /// Says itself that it ends before the month does.
        case ends(Day)
        /// Says nothing of its end: its last row is of this day, before the month.
        case silentSince(Day)
        case whole
    }

    let context: ReportContext
    let entries: [Entry]
    let coverage: Coverage
    /// Opening hours are given: open time differs from the clock's.
    let hasHours: Bool

    init(_ context: ReportContext) {
        self.context = context
        hasHours = OpenWeek(context).days != nil
        coverage = OutageLog.coverage(context)
        var outages: [String: Outage] = [:]
        for outage in context.header.outages where !outage.isPlanned && outages[outage.identifier] == nil {
            outages[outage.identifier] = outage
        }
        let asked = Set(context.labels(.responsesByChannel, .channel))
        let found = context.labels(.outagesOfMonth, .outage).compactMap { outages[$0] }
        entries = found.compactMap { OutageLog.entry($0, context, asked) }.sorted {
            ($1.open, $1.wall, $0.outage.start, $0.identifier) < ($0.open, $0.wall, $1.outage.start, $1.identifier)
        }
    }

    /// Open seconds that all of them cost together; overlaps on one system count once.
    var openTogether: Int64 {
        Int64(context.count(.outages, "open_seconds_down", context.at(context.month)) ?? 0)
    }

    var limit: Int64? { context.settings.targets.outageSecondsAMonth }

    /// Titles of systems in the order of their longest outage.
    var systems: [String] {
        var names: [String] = []
        for entry in entries where !names.contains(entry.system) { names.append(entry.system) }
        return names
    }

    private static func coverage(_ context: ReportContext) -> Coverage {
        let audits = context.audits(.outages)
        guard !audits.isEmpty else { return .none }
        let due = min(context.month.lastDay, context.header.asOfDay)
        if let stated = audits.compactMap(\.statedUntil).max(), stated < due { return .ends(stated) }
        guard audits.allSatisfy({ $0.statedUntil == nil }) else { return .whole }
        guard let last = audits.compactMap(\.lastDay).max() else { return .whole }
        return last < context.month.firstDay ? .silentSince(last) : .whole
    }

    private static func entry(_ outage: Outage, _ context: ReportContext, _ asked: Set<String>) -> Entry? {
        let slice: [Dimension: String] = [.outage: outage.identifier]
        // Those of other months are in the table where a conversation of this month waited through them.
        guard let rows = context.count(.outagesOfMonth, "outages", slice), rows > 0 else { return nil }
        let zone = zone(of: outage, context)
        let first = context.month.firstDay
        func position(_ instant: Instant) -> Double {
            let days = Double(zone.localSeconds(at: instant) - Int64(first.number) * 86_400) / 86_400
            return min(max(days, 0), Double(context.month.lastDay - first + 1))
        }
        let channels = outage.activities(context.settings.outages).filter { asked.contains($0) }
        let system = title(outage)
        var entry = Entry(
            outage: outage, title: system, system: system,
            wall: Int64(context.count(.outagesOfMonth, "wall_seconds_down", slice) ?? 0),
            open: Int64(context.count(.outagesOfMonth, "open_seconds_down", slice) ?? 0),
            from: position(outage.start), to: position(min(outage.end ?? context.header.asOf, context.header.asOf)),
            isStillDown: outage.end.map { $0 >= context.header.asOf } ?? true, channels: channels,
            began: context.count(.outagesOfMonth, "conversations", slice) ?? 0,
            exposed: context.count(.outagesOfMonth, "exposed", slice) ?? 0)
        if outage.store >= 0, context.header.stores.count > 1, context.request.store == nil {
            entry.title += ", \(context.header.stores[Int(outage.store)].name)"
        }
        guard !channels.isEmpty, let tally = context.tally(.outagesOfMonth, slice) else { return entry }
        let own = OutageImpact.waits(tally)
        entry.waits = KaplanMeier(events: own.answered, censored: own.waiting)
        var all = (answered: SparseHistogram(), waiting: SparseHistogram())
        for channel in channels {
            guard let tally = context.tally(.responsesByChannel, context.at(context.month, [.channel: channel])) else {
                continue
            }
            let waits = FirstResponseTime.waits(tally)
            all = (all.answered + waits.answered, all.waiting + waits.waiting)
        }
        if let answered = all.answered.less(own.answered), let waiting = all.waiting.less(own.waiting) {
            entry.otherWaits = KaplanMeier(events: answered, censored: waiting)
        }
        return entry
    }

    private static func zone(of outage: Outage, _ context: ReportContext) -> ZoneRules {
        outage.store >= 0 ? context.header.zone(ofStore: Int(outage.store)) : context.header.zones[0]
    }

    /// The system's name as a line begins with it; without one the vendor's or the channel's.
    static func title(_ outage: Outage) -> String {
        if !outage.system.isEmpty { return title(system: outage.system) }
        if !outage.vendor.isEmpty { return outage.vendor }
        return outage.channel.isEmpty ? say("No system given") : Words.channel(outage.channel)
    }

    static func title(system: String) -> String { system.prefix(1).uppercased() + system.dropFirst() }
}

extension SparseHistogram {
    /// What is left without another's values; nil where these are not all among its own.
    func less(_ other: SparseHistogram) -> SparseHistogram? {
        var rest: [Int64: Int64] = Dictionary(uniqueKeysWithValues: zip(values, counts))
        for (value, count) in zip(other.values, other.counts) {
            guard let have = rest[value], have >= count else { return nil }
            rest[value] = have == count ? nil : have - count
        }
        let kept = rest.sorted { $0.key < $1.key }
        return SparseHistogram(values: kept.map(\.key), counts: kept.map(\.value))
    }
}
