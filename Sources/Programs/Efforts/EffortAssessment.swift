public import Basis
public import Dealership
import Dispatch
public import Measures
import Statistics
import Synchronization

/// An effort with its series, its verdict, and what a page says beside it.
public struct EffortAssessment: Sendable {
    /// A figure that must not get worse.
    public struct Guard: Sendable {
        public var measure: EffortMeasure
        /// Nil: the exports hold no period of it.
        public var series: EffortSeries?
        /// After less what would have been, likely 95 %; nil: see `missing`.
        public var gain: EffortResult.Gain?
        public var missing: String

        /// Worse than before, as far as its limits tell.
        public var isWorse: Bool {
            guard let better = measure.better, let direction = gain?.direction else { return false }
            return better != direction
        }
    }

    /// What stands at the edge of a verdict: shown, whatever the verdict is.
    public enum Flag: Hashable, Sendable {
        case tooManyAtOnce(open: Int, limit: Int)
        case noFinding
        case nobodyAsked
        case noHistory
        case historyChanged
        case editedPastHistory([String])
        case goalMoved([String])
        case openedLate(Day)
        /// The goal was met before the change.
        case goalMetBefore
        /// The dip goes deeper than was declared: the lowest (or highest) point in it.
        case deeperDip(Double)
        /// The goal's size will hardly show by the last look: the share of efforts in which it would.
        case weak(Double)
        /// Periods that an outage hit: left out, or marked.
        case outages(positions: [Int], areLeftOut: Bool)
        /// Limits are approximate in series so short.
        case approximate(String)
        case guardWorse(String)
        /// Changed stores and those compared with were drifting apart before: by so much a period.
        case apartBefore(Double)
        /// Looks by whose day nothing is known yet.
        case emptyLooks([Day])
    }

    public var record: EffortRecord
    /// As declared; what the verdict stands on.
    public var effort: Effort
    /// Nothing after this day counted.
    public var cut: Day
    public var series: EffortSeries?
    public var judge: EffortJudge?
    public var verdict: EffortVerdict
    /// Of the last look taken; nil: none was, or it has no figures.
    public var result: EffortResult?
    /// Nil where no power was asked for: a verdict is there already.
    public var power: EffortPower?
    public var guards: [Guard]
    public var flags: [Flag]

    public var looksTaken: Int { judge?.looks.looks.count { $0.day <= cut } ?? 0 }
    public var looksPlanned: Int { judge?.looks.looks.count ?? effort.looks.count }
    public var nextLook: EffortLook? { judge?.looks.next(after: cut) }
    /// The day by which the verdict is known: the first look at which the goal's size shows, with 80 %.
    public var knownBy: Day? { power?.known?.day }
}

/// All efforts of a dealership, assessed together: each by its own figures, and by what the others do to it.
public struct EffortProgramme: Sendable {
    public let records: [EffortRecord]
    public let settings: DealershipSettings
    /// Only this store's figures.
    public let store: String?

    public init(_ records: [EffortRecord], settings: DealershipSettings, store: String? = nil) {
        // By start, then name: the order of files is no order.
        self.records = records.sorted {
            ($0.effort.start, $0.effort.identifier) < ($1.effort.start, $1.effort.identifier)
        }
        self.settings = settings
        self.store = store
    }

    /// The tables that all series are made from, effort by effort: the goal's, the guards', the stores'.
    public var specs: [TableSpec] { records.flatMap { specs($0.declared) } }

    private func specs(_ effort: Effort) -> [TableSpec] {
        func spec(_ measure: EffortMeasure, _ part: String, byStore: Bool = false) -> TableSpec {
            EffortSeries.spec(
                effort, measure, name: "\(effort.identifier).\(part)", store: byStore ? nil : store, byStore: byStore)
        }
        return [spec(effort.goal.measure, "goal")]
            + effort.guards.enumerated().map { spec($1, "guard\($0 + 1)") }
            + (effort.compare.isEmpty ? [] : [spec(effort.goal.measure, "stores", byStore: true)])
    }

    /// - Parameters:
    ///   - tables: in the order of `specs`.
    ///   - cut: the last day that counts.
    ///   - context: whose calendars and outages hold.
    public func assess(_ tables: [TallyTable], cut: Day, context: LinkingContext) -> [EffortAssessment] {
        var rest = tables[...]
        let open = records.count { $0.isOpen(on: cut) }
        let makers = records.map { record in
            let own = specs(record.declared)
            let parts = Array(rest.prefix(own.count))
            rest = rest.dropFirst(own.count)
            return EffortAssessor(
                programme: self, record: record, specs: own, tables: parts, cut: cut, context: context)
        }
        // Each by itself, on all cores: other threads know nothing of the language that is spoken here.
        let book = Speech.book
        let found = Mutex([EffortAssessment?](repeating: nil, count: makers.count))
        DispatchQueue.concurrentPerform(iterations: makers.count) { position in
            let one = Speech.$book.withValue(book) { makers[position].assessment(openAtOnce: open) }
            found.withLock { $0[position] = one }
        }
        return found.withLock { $0.compactMap { $0 } }
    }

    /// Efforts on the same figure that run at the same time.
    func overlapping(_ record: EffortRecord) -> [EffortRecord] {
        others(record).filter { $0.running.overlaps(record.running) }
    }

    /// The day from which the figure stands where an earlier effort took it; nil: none moved it.
    func baselineFrom(_ record: EffortRecord) -> Day? {
        others(record).filter { $0.running.upperBound < record.running.lowerBound }
            .map(\.declared.settled).max()
    }

    private func others(_ record: EffortRecord) -> [EffortRecord] {
        let mine = record.declared
        return records.filter { other in
            let own = other.declared
            guard own.identifier != mine.identifier, own.goal.measure.touches(mine.goal.measure) else { return false }
            return own.stores.isEmpty || mine.stores.isEmpty || !Set(own.stores).isDisjoint(with: mine.stores)
        }
    }
}
