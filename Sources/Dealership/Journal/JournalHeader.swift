public import Basis

/// What all sharing groups have in common: stores, people, outages, names, and what became of the exports' rows.
public struct JournalHeader: Sendable {
    public var settings: DealershipSettings
    public var stores: [Store]
    public var zones: [ZoneRules]
    /// Names of the sharing groups, by group code.
    public var groups: [String]
    /// Channels, departments, vendors, systems, sources: a code is a position in here; −1 is none.
    public var names: [String]
    public var people: [String: Person]
    /// People whom the people export has at two places on one day: what they belonged to then nobody can tell.
    public var contradictedPeople: Set<String> = []
    /// By person identifier, in order of their start. They may overlap.
    public var absences: [String: [Absence]]
    /// In order of their start, then identifier. Planned maintenance is among them: see `Outage.isPlanned`.
    public var outages: [Outage]
    /// What was done about them.
    public var ledger = OutageLedger()
    /// Set aside because they were over before they began: no figure but their number is made of them.
    public var reversedOutages: [Outage] = []
    public var audits: [ExportAudit]
    /// Everything up to this instant has happened as far as this run is concerned.
    public var asOf: Instant
    /// The last local day in the dealership's zone that ends by `asOf`.
    public var asOfDay: Day

    public init(
        settings: DealershipSettings, stores: [Store], zones: [ZoneRules], groups: [String], names: [String],
        people: [String: Person], outages: [Outage], audits: [ExportAudit], asOf: Instant, asOfDay: Day,
        absences: [String: [Absence]] = [:]
    ) {
        self.settings = settings
        self.stores = stores
        self.zones = zones
        self.groups = groups
        self.names = names
        self.people = people
        self.absences = absences
        self.outages = outages
        self.audits = audits
        self.asOf = asOf
        self.asOfDay = asOfDay
    }

    /// `14:05` on the dealership's clock where everything is known up to a time within the as-of day; nil: up to its end.
    public var asOfTimeOfDay: String? {
        let ends = Set(stores.map(\.zone)).union([0]).map { zones[$0].startOfDay(asOfDay + 1) }
        if ends.contains(asOf) { return nil }
        let seconds = zones[0].localSeconds(at: asOf)
        let text = Instant(seconds: seconds).description
        return String(text.dropFirst(11).prefix(5))
    }

    /// `2026-10-31, end of day`, `2026-10-31, 14:05`.
    public var asOfText: String { "\(asOfDay), \(asOfTimeOfDay ?? "end of day")" }

    public func name(_ code: Int32) -> String { code >= 0 ? names[Int(code)] : "" }
    public func code(ofName name: String) -> Int32 { Int32(names.firstIndex(of: name) ?? -1) }
    public func zone(ofStore store: Int) -> ZoneRules { zones[stores[store].zone] }

    /// Seconds since 1970 on a store's clock: `2026-10-13 09:20:31`.
    public func localTime(_ seconds: Int64, store: Int32) -> String {
        let text = Instant(seconds: zone(ofStore: Int(store)).localSeconds(at: Instant(seconds: seconds))).description
        return String(text.dropLast()).split(separator: "T").joined(separator: " ")
    }

    /// The last day that any export of a table covers; nil where none says. Several exports of one table follow each
    /// other (a file a month, a system given up for another) or stand side by side (one a channel): one that ends sooner
    /// does not end the table, and page 7 shows the end of each. A figure of several tables ends with the scarcest of them.
    /// Of deals an end that is stated holds where no other export goes on from there: visits wait for deals that are not
    /// there yet, and would look as if nothing had come of them.
    public func lastDay(of table: StandardTable) -> Day? {
        let own = audits.filter { $0.table.tells(of: table) }
        guard let last = own.compactMap(\.lastDay).max() else { return nil }
        guard table == .sales else { return last }
        let stops = own.compactMap(\.statedUntil).filter { end in
            !own.contains { other in
                guard let first = other.firstDay, let until = other.lastDay, until > end else { return false }
                return (first - end).magnitude <= JournalHeader.handoverDays
            }
        }
        return stops.reduce(last, min)
    }

    /// Days by which an export may begin before or after the end of the one that it follows.
    private static let handoverDays = 31

    public func has(_ table: StandardTable) -> Bool { audits.contains { $0.table.tells(of: table) } }

    /// No row of any export has a day, so that nothing says when the data ends: there is no as-of day to speak of.
    public var hasNoDays: Bool { audits.allSatisfy { $0.lastDay == nil } }

    /// When the person was away with leave.
    public func absence(of person: String) -> IntervalSet {
        IntervalSet((absences[person] ?? []).map { $0.start..<$0.end })
    }
}

public struct Store: Hashable, Sendable {
    public var identifier: String
    public var name: String
    /// Position in the header's zones.
    public var zone: Int
    /// Position in the header's groups.
    public var group: Int
    public init(identifier: String, name: String, zone: Int, group: Int) {
        self.identifier = identifier
        self.name = name
        self.zone = zone
        self.group = group
    }
}

/// A person's approved absence, from its start to before its end. Whole days are those of the person's store.
public struct Absence: Hashable, Sendable {
    public var start: Instant
    public var end: Instant
    /// File and byte offset of its row.
    public var source: RowSource
    public init(start: Instant, end: Instant, source: RowSource) {
        self.start = start
        self.end = end
        self.source = source
    }
}

/// Where a row stands: a file of the run and a byte offset in it.
public struct RowSource: Hashable, Comparable, Sendable, BitwiseCopyable {
    public var raw: UInt64
    @inlinable
    public init(raw: UInt64) { self.raw = raw }
    public var file: Int { Int(raw >> 48) }
    public var offset: Int { Int(raw & 0xFFFF_FFFF_FFFF) }
    public static let none = RowSource(raw: .max)
    public static func < (a: RowSource, b: RowSource) -> Bool { a.raw < b.raw }
}

extension JournalHeader {
    /// Days before a month's end from which on the month counts as covered: it may end with a weekend or holiday.
    private static let closedDaysAtMost = 3

    /// The last month that all exports reach the end of; where none reaches any, the month of the as-of day. Outages are
    /// rare and say nothing of coverage, unless there is nothing else.
    public var latestWholeMonth: Month {
        let daily: [StandardTable] = [.serviceVisits, .sales, .leads, .messages, .conversations]
        var ends = daily.compactMap { lastDay(of: $0) }
        if ends.isEmpty { ends = audits.compactMap(\.lastDay) }
        guard let end = ends.map({ min($0, asOfDay) }).min() else { return asOfDay.month }
        let isWhole = end.month.lastDay - end <= JournalHeader.closedDaysAtMost
        let month = isWhole ? end.month : end.month + -1
        let first = audits.compactMap(\.firstDay).min() ?? end
        return month.lastDay < first ? end.month : month
    }
}
