public import Basis

/// A system or vendor that was down, or is, or was taken down on purpose. DEFINITIONS 4.
public struct Outage: Hashable, Sendable {
    public enum Fault: String, Hashable, Sendable, CaseIterable { case own, external, utility }

    /// How exactly its times are known. Of a day-precise one every duration is of whole local days.
    public enum Precision: String, Hashable, Sendable, CaseIterable {
        case instant, day
        public static let names = allCases.map(\.rawValue)
    }

    public var identifier: String
    /// −1: every store that `stores` allows.
    public var store: Int32
    /// The stores that have the system, where the settings say so; empty: all.
    public var stores: [Int32]
    public var vendor: String
    public var system: String
    /// Empty: all activities of the system.
    public var channel: String
    /// When it first went down.
    public var start: Instant
    /// When it was back for good. Nil: still down at the as-of instant.
    public var end: Instant?
    /// When it was down, in order: several where it came back and broke again. Never empty.
    public var spans: [Span]
    public var precision: Precision
    public var detected: Instant?
    public var acknowledged: Instant?
    public var notified: Instant?
    /// Nil: nobody said.
    public var fault: Fault?
    /// Maintenance announced beforehand: counted apart.
    public var isPlanned: Bool
    public var vendorStart: Instant?
    public var vendorEnd: Instant?
    /// What was reported when, in order.
    public var stages: [Stage]
    /// Which table it was made of: the log, a status page's updates, or a monitor's events.
    public var origin: StandardTable
    /// File and byte offset of its row, of several the first.
    public var source: RowSource

    /// The vendor's or a utility's fault, not ours.
    public var isExternal: Bool? { fault.map { $0 != .own } }

    public init(
        identifier: String, store: Int32, vendor: String, system: String, channel: String, start: Instant, end: Instant?,
        detected: Instant?, acknowledged: Instant?, notified: Instant?, isExternal: Bool?, vendorStart: Instant?,
        vendorEnd: Instant?, source: RowSource, stores: [Int32] = [], spans: [Span] = [], precision: Precision = .instant,
        isPlanned: Bool = false, stages: [Stage] = [], origin: StandardTable = .outages
    ) {
        self.identifier = identifier
        self.store = store
        self.vendor = vendor
        self.system = system
        self.channel = channel
        self.start = start
        self.end = end
        self.detected = detected
        self.acknowledged = acknowledged
        self.notified = notified
        fault = isExternal.map { $0 ? .external : .own }
        self.vendorStart = vendorStart
        self.vendorEnd = vendorEnd
        self.source = source
        self.stores = stores
        self.spans = spans.isEmpty ? [Span(start: start, end: end)] : spans
        self.precision = precision
        self.isPlanned = isPlanned
        self.stages = stages
        self.origin = origin
    }
}

extension Outage {
    /// A stretch of being down.
    public struct Span: Hashable, Sendable {
        public var start: Instant
        /// Nil: still down.
        public var end: Instant?
        /// Known by date alone: it began with this local day of each store …
        public var firstDay: Day?
        /// … and lasted through this one.
        public var lastDay: Day?
        public init(start: Instant, end: Instant?, firstDay: Day? = nil, lastDay: Day? = nil) {
            self.start = start
            self.end = end
            self.firstDay = firstDay
            self.lastDay = lastDay
        }

        /// When it was over by the clock of a store; nil: it is not.
        public func end(in zone: ZoneRules) -> Instant? { lastDay.map { zone.startOfDay($0 + 1) } ?? end }

        /// By the clock of a store, up to the as-of instant. Empty where it began and ended in the same second.
        public func range(in zone: ZoneRules, asOf: Instant) -> Range<Instant> {
            let from = firstDay.map { zone.startOfDay($0) } ?? start
            let to = end(in: zone) ?? asOf
            return from..<max(from, min(to, asOf))
        }
    }

    /// Something that was reported of it, as status pages do.
    public struct Stage: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            /// Maintenance: announced, begun, over.
            case scheduled
            case inProgress = "in-progress"
            case started, investigating, identified
            /// Our own steps.
            case detected, acknowledged, notified
            case update
            /// Back in part, or for some; it still counts as down unless it breaks again.
            case partial
            case restarted
            case monitoring, resolved, completed, postmortem
            public static let names = allCases.map(\.rawValue)

            /// Reports of one moment are taken in this order.
            public var rank: Int { Kind.allCases.firstIndex(of: self) ?? 0 }
        }
        public var kind: Kind
        /// A date alone where no more is known.
        public var at: Moment
        public var source: RowSource
        public init(kind: Kind, at: Moment, source: RowSource) {
            self.kind = kind
            self.at = at
            self.source = source
        }
    }

    public func hits(store: Int32) -> Bool {
        self.store >= 0 ? self.store == store : stores.isEmpty || stores.contains(store)
    }

    /// The stores it hit, in the header's order.
    public func storesHit(_ header: JournalHeader) -> [Int32] {
        store >= 0 ? [store] : (0..<Int32(header.stores.count)).filter { hits(store: $0) }
    }

    /// The clock by which its own times are told: its store's, else that of the first store that has the system, else
    /// the dealership's.
    public func zone(_ header: JournalHeader) -> ZoneRules {
        if store >= 0 { return header.zone(ofStore: Int(store)) }
        return stores.first { $0 >= 0 }.map { header.zone(ofStore: Int($0)) } ?? header.zones[0]
    }

    /// When it was down at a store, up to the as-of instant.
    public func down(store: Int32, _ header: JournalHeader) -> IntervalSet {
        let zone = header.zone(ofStore: Int(store))
        return IntervalSet(spans.map { $0.range(in: zone, asOf: header.asOf) })
    }

    /// When it was down by the clock that its times are told by, up to the as-of instant.
    public func down(_ header: JournalHeader) -> IntervalSet {
        let zone = zone(header)
        return IntervalSet(spans.map { $0.range(in: zone, asOf: header.asOf) })
    }

    /// Still down at the as-of instant.
    public func isOpen(_ header: JournalHeader) -> Bool { end.map { $0 > header.asOf } ?? true }

    /// When it was back in part but still counted as down: from each partial restoration to the end of its span.
    public func partly(_ header: JournalHeader) -> IntervalSet {
        let zone = zone(header)
        let partials = stages.filter { $0.kind == .partial }.map(\.at.instant)
        return IntervalSet(
            spans.compactMap { span in
                let range = span.range(in: zone, asOf: header.asOf)
                return partials.first { range.contains($0) && range.lowerBound < $0 }.map { $0..<range.upperBound }
            })
    }

    /// What it stopped: its channel, else what the settings say the system carries, else the system's own name.
    public func activities(_ settings: OutageSettings) -> [String] {
        if !channel.isEmpty { return [channel] }
        if let system = settings.systems.first(where: { $0.name == system }) { return system.activities }
        return system.isEmpty ? [] : [system]
    }

    /// Overlaps on it count once.
    public var systemKey: String { system.isEmpty ? "\(vendor)·\(channel)" : system }

    /// Whether it excuses those who answered late, by the owner's setting.
    public func isExcused(_ settings: OutageSettings) -> Bool {
        switch settings.excluded {
        case .all: true
        case .external: !isPlanned && isExternal == true
        }
    }
}
