import Basis
public import Dealership
import Statistics

extension OutageImpact {
    /// Downtime is of the header, not of a sharing group: an outage of every store counts once. Overlaps on one system
    /// (vendor and channel where no system is named) count once; different systems add up.
    public func common(_ context: LinkingContext, _ spec: TableSpec) -> TallyTable {
        let header = context.header
        let cutting = OutageCutting(spec, header)
        var cells = OutageCells()
        for outage in header.outages where outage.start < header.asOf {
            for piece in cutting.pieces(outage) { cells.add(outage, piece, header) }
            guard !outage.isPlanned, let from = outage.vendorStart, let to = outage.vendorEnd, from <= to else { continue }
            for piece in cutting.pieces(outage, spans: { _ in [from..<max(from, min(to, header.asOf))] }) {
                cells.addVendors(outage, piece)
            }
        }
        for outage in header.reversedOutages where outage.start < header.asOf {
            for piece in cutting.pieces(outage, spans: { _ in [outage.start..<outage.start] }) {
                cells.count(.reversed, piece.labels)
            }
        }
        let knowsConversations = header.knows(.messages) || header.knows(.conversations)
        for failure in OutageFailures(header, cutting).all { cells.add(failure) }
        return cells.table(context, cutting, knowsConversations: knowsConversations)
    }
}

/// How a table splits downtime: by which stores, at which month ends.
struct OutageCutting {
    struct Piece {
        var labels: [String]
        var stores: [Int32]
        var month: Month?
        /// Within the month, and the table's months. May be empty: begun and ended in one second.
        var spans: [Range<Instant>]
    }

    let spec: TableSpec
    private let header: JournalHeader
    private let filter: FactFilter

    init(_ spec: TableSpec, _ header: JournalHeader) {
        self.spec = spec
        self.header = header
        filter = FactFilter(spec, header)
    }

    func zone(_ stores: [Int32]) -> ZoneRules {
        stores.first.map { header.zone(ofStore: Int($0)) } ?? header.zones[0]
    }

    /// The stores of each of its cells; none where the table is of another store.
    func storeSets(_ outage: Outage) -> [[Int32]] {
        let hit = outage.storesHit(header).filter { filter.admits(store: $0) }
        if hit.isEmpty { return [] }
        return spec.by.contains(.store) ? hit.map { [$0] } : [hit]
    }

    func labels(_ outage: Outage, _ stores: [Int32], _ month: Month?) -> [String] {
        spec.by.map { dimension in
            switch dimension {
            case .outage: outage.identifier
            case .vendor: outage.vendor
            case .system: outage.system
            case .channel: outage.channel
            case .store: stores.first.map { header.stores[Int($0)].identifier } ?? ""
            case .month: month?.description ?? ""
            default: ""
            }
        }
    }

    func pieces(_ outage: Outage) -> [Piece] {
        pieces(outage) { zone in outage.spans.map { $0.range(in: zone, asOf: header.asOf) } }
    }

    /// One piece a store (where split by store) and month (where split by month), cut at local month ends.
    func pieces(_ outage: Outage, spans: (ZoneRules) -> [Range<Instant>]) -> [Piece] {
        storeSets(outage).flatMap { stores -> [Piece] in
            let zone = zone(stores)
            var spans = spans(zone)
            if let months = spec.months {
                let window = zone.startOfDay(months.lowerBound.firstDay)
                    ..< zone.startOfDay((months.upperBound + 1).firstDay)
                spans = spans.compactMap { $0.part(in: window) }
            }
            guard let first = spans.map(\.lowerBound).min(), let last = spans.map(\.upperBound).max() else { return [] }
            guard spec.by.contains(.month) else {
                return [Piece(labels: labels(outage, stores, nil), stores: stores, month: nil, spans: spans)]
            }
            var pieces: [Piece] = []
            var month = zone.month(at: first)
            repeat {
                let window = zone.startOfDay(month.firstDay)..<zone.startOfDay((month + 1).firstDay)
                let parts = spans.compactMap { $0.part(in: window) }
                if !parts.isEmpty {
                    pieces.append(
                        Piece(labels: labels(outage, stores, month), stores: stores, month: month, spans: parts))
                }
                month = month + 1
            } while zone.startOfDay(month.firstDay) < last
            return pieces
        }
    }

    /// Whether the table is of the month that an instant lies in.
    func admits(_ instant: Instant, _ zone: ZoneRules) -> Bool {
        spec.months.map { $0.contains(zone.month(at: instant)) } ?? true
    }
}

extension Range<Instant> {
    /// What of it lies in a window; nil: nothing. An outage that began and ended in the same second lies in one, too.
    func part(in window: Range<Instant>) -> Range<Instant>? {
        if isEmpty { return window.contains(lowerBound) ? self : nil }
        let part = clamped(to: window)
        return part.isEmpty ? nil : part
    }
}

/// Counts of downtime by cell, before open time is laid over it.
private struct OutageCells {
    private struct Key: Hashable {
        var labels: [String]
        var system: String
    }

    /// One system's time in one cell, with the stores that it hit.
    private struct Time {
        var month: Month?
        var stores: Set<Int32> = []
        /// By the stores hit: whose hours count.
        var down: [[Int32]: [Range<Instant>]] = [:]
        var planned: [[Int32]: [Range<Instant>]] = [:]
        var vendors: [Range<Instant>] = []
        var ours: [Range<Instant>] = []
    }

    private var times: [Key: Time] = [:]
    private var counts: [[String]: [Int64]] = [:]
    private var identifiers: [[String]: Set<String>] = [:]
    private var published: [[String]: Set<String>] = [:]

    mutating func count(_ counter: OutageImpact.Counter, _ labels: [String], by amount: Int64 = 1) {
        counts[labels, default: OutageCells.zero][counter.rawValue] += amount
    }

    private static let zero = [Int64](repeating: 0, count: OutageImpact.Counter.allCases.count)

    mutating func add(_ outage: Outage, _ piece: OutageCutting.Piece, _ header: JournalHeader) {
        var time = times[Key(labels: piece.labels, system: outage.systemKey)] ?? Time()
        time.month = piece.month
        time.stores.formUnion(piece.stores)
        if outage.isPlanned {
            time.planned[piece.stores, default: []] += piece.spans
        } else {
            time.down[piece.stores, default: []] += piece.spans
            if outage.vendorStart != nil, outage.vendorEnd != nil { time.ours += piece.spans }
            count(.summedDown, piece.labels, by: IntervalSet(piece.spans).seconds)
        }
        times[Key(labels: piece.labels, system: outage.systemKey)] = time
        guard identifiers[piece.labels, default: []].insert(outage.identifier).inserted else { return }
        guard !outage.isPlanned else { return count(.planned, piece.labels) }
        count(.outages, piece.labels)
        switch outage.fault {
        case .own: count(.own, piece.labels)
        case .external: count(.external, piece.labels)
        case .utility: count(.utility, piece.labels)
        case nil: break
        }
        if outage.isOpen(header) { count(.stillDown, piece.labels) }
        if outage.precision == .day { count(.dayPrecise, piece.labels) }
    }

    mutating func addVendors(_ outage: Outage, _ piece: OutageCutting.Piece) {
        let key = Key(labels: piece.labels, system: outage.systemKey)
        times[key, default: Time(month: piece.month)].vendors += piece.spans
        times[key]?.stores.formUnion(piece.stores)
        if published[piece.labels, default: []].insert(outage.identifier).inserted { count(.vendorOutages, piece.labels) }
    }

    mutating func add(_ failure: OutageFailures.Failure) {
        count(.failures, failure.labels)
        let means: [(OutageImpact.Counter, OutageImpact.Counter, Int64?)] = [
            (.detected, .detectSeconds, failure.secondsToDetect),
            (.acknowledged, .acknowledgeSeconds, failure.secondsToAcknowledge),
            (.notified, .notifySeconds, failure.secondsToNotify), (.restored, .restoreSeconds, failure.secondsToRestore),
            (.gaps, .gapSeconds, failure.secondsSinceLast),
        ]
        for (counter, sum, seconds) in means {
            guard let seconds else { continue }
            count(counter, failure.labels)
            count(sum, failure.labels, by: seconds)
        }
    }

    func table(_ context: LinkingContext, _ cutting: OutageCutting, knowsConversations: Bool) -> TallyTable {
        var counts = counts
        let hours = OutageHours(context)
        for (key, time) in times {
            var cell = counts[key.labels] ?? OutageCells.zero
            func add(_ counter: OutageImpact.Counter, _ amount: Int64) { cell[counter.rawValue] += amount }
            let down = IntervalSet(time.down.values.flatMap { $0 })
            let planned = IntervalSet(time.planned.values.flatMap { $0 }).subtracting(down)
            add(.wallDown, down.seconds)
            add(.openDown, hours.open(time.down).seconds)
            add(.plannedWall, planned.seconds)
            let apart = time.planned.mapValues { IntervalSet($0).subtracting(down).intervals }
            add(.plannedOpen, hours.open(apart).seconds)
            add(.vendorDown, IntervalSet(time.vendors).seconds)
            add(.vendorOurs, IntervalSet(time.ours).seconds)
            if knowsConversations { cell[OutageImpact.Counter.watched.rawValue] = 1 }
            if let month = time.month {
                let stores = time.stores.sorted()
                let zone = cutting.zone(stores)
                let start = zone.startOfDay(month.firstDay)
                // Of a month that is not over, so much as has passed.
                let end = min(zone.startOfDay((month + 1).firstDay), context.header.asOf)
                add(.open, hours.open([stores: [start..<max(start, end)]]).seconds)
            }
            counts[key.labels] = cell
        }
        return TallyTable(
            cells: counts.mapValues {
                Tally(counts: $0, histograms: [SparseHistogram](repeating: .init(), count: OutageImpact.Histogram.allCases.count))
            })
    }
}

/// When at least one of several stores is open.
private struct OutageHours {
    private let context: LinkingContext

    init(_ context: LinkingContext) { self.context = context }

    /// What of each of the spans lies in the hours of at least one of its stores.
    func open(_ spans: [[Int32]: [Range<Instant>]]) -> IntervalSet {
        var byTable: [Int: [Range<Instant>]] = [:]
        for (stores, ranges) in spans {
            for table in Set(stores.map { context.calendars.index(store: $0, department: -1) }) {
                byTable[table, default: []] += ranges
            }
        }
        var open: [Range<Instant>] = []
        for (table, ranges) in byTable {
            for range in IntervalSet(ranges).intervals {
                open += context.calendars.tables[table].intervals(from: range.lowerBound, to: range.upperBound) ?? []
            }
        }
        return IntervalSet(open)
    }
}
