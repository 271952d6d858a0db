public import Basis

/// The one definition of "covered by an outage": the union of a store's outages on an activity, each with its recovery.
public struct OutageCoverage: Sendable {
    /// Coverage by store and activity; absent where nothing ever broke.
    private let covered: Sets
    /// The outages themselves, without recovery.
    private let down: Sets
    /// The activity of all leads, and which codes are channels' and so no lead sources'.
    private let leads: Int32
    private let channels: Set<Int32>

    private struct Place: Hashable {
        var store: Int32
        var activity: Int32
    }

    /// Asked for every conversation: by stores and activities side by side, not by a key.
    private struct Sets {
        private var sets: [IntervalSet] = []
        /// By store, then column: position in `sets`; −1: none.
        private var positions: [Int32] = []
        /// By activity's code; −1: nothing of it ever broke.
        private var columns: [Int32] = []
        private var width = 0

        init() {}

        init(_ spans: [Place: [Range<Instant>]]) {
            guard let stores = spans.keys.map(\.store).max(), let last = spans.keys.map(\.activity).max() else { return }
            columns = [Int32](repeating: -1, count: Int(last) + 1)
            for activity in Set(spans.keys.map(\.activity)) {
                columns[Int(activity)] = Int32(truncatingIfNeeded: width)
                width += 1
            }
            positions = [Int32](repeating: -1, count: (Int(stores) + 1) * width)
            for (place, ranges) in spans {
                positions[Int(place.store) * width + Int(columns[Int(place.activity)])] = Int32(truncatingIfNeeded: sets.count)
                sets.append(IntervalSet(ranges))
            }
        }

        var isEmpty: Bool { sets.isEmpty }

        subscript(store: Int32, activity: Int32) -> IntervalSet? {
            guard store >= 0, activity >= 0, Int(activity) < columns.count, columns[Int(activity)] >= 0 else { return nil }
            let place = Int(store) * width + Int(columns[Int(activity)])
            return place < positions.count && positions[place] >= 0 ? sets[Int(positions[place])] : nil
        }
    }

    /// Nothing ever broke.
    static var none: OutageCoverage { OutageCoverage() }

    private init() {
        covered = Sets()
        down = Sets()
        leads = -1
        channels = []
    }

    /// Every span of every outage that the owner's setting excuses, at the stores that have the system; of day-precise ones
    /// whole local days. An outage still open lasts until the as-of instant. Recovery: so many open seconds after each
    /// restoration.
    public init(header: JournalHeader, calendars: OpenCalendars) {
        var covered: [Place: [Range<Instant>]] = [:]
        var down: [Place: [Range<Instant>]] = [:]
        let recovery = header.settings.outages.recoverySeconds
        for outage in header.outages where outage.isExcused(header.settings.outages) {
            let codes = outage.activities(header.settings.outages).map { header.code(ofActivity: $0) }.filter { $0 >= 0 }
            if codes.isEmpty { continue }
            for store in outage.storesHit(header) {
                let zone = header.zone(ofStore: Int(store))
                let table = calendars.tables[calendars.index(store: store, department: -1)]
                let spans = outage.spans.map { $0.range(in: zone, asOf: header.asOf) }
                let cleared = zip(outage.spans, spans).filter { !$1.isEmpty }.map { span, range in
                    let isOver = span.end(in: zone).map { $0 <= header.asOf } ?? false
                    let end = recovery > 0 && isOver ? table.deadline(from: range.upperBound, open: recovery) : nil
                    return range.lowerBound..<(end ?? range.upperBound)
                }
                for code in codes {
                    covered[Place(store: store, activity: code), default: []] += cleared
                    down[Place(store: store, activity: code), default: []] += spans
                }
            }
        }
        leads = header.code(of: .leads)
        channels = Set(header.settings.channels.map { header.code(ofName: $0.name) })
        self.covered = Sets(covered)
        self.down = Sets(down)
    }

    public var isEmpty: Bool { covered.isEmpty }

    /// Outages and their recovery; nil where there never was one.
    public func covered(store: Int32, activity: Int32) -> IntervalSet? {
        covered[store, activity]
    }

    /// The same of leads: what broke all leads, or their source.
    public func covered(store: Int32, leadsOf source: Int32) -> IntervalSet? {
        let all = covered[store, leads]
        guard source >= 0, !channels.contains(source), let own = covered[store, source] else { return all }
        return all.map { $0.union(own) } ?? own
    }

    /// Outages alone.
    public func down(store: Int32, activity: Int32) -> IntervalSet? { down[store, activity] }

    /// A period's open time and how much of it was covered, on any of the activities.
    public struct Portion: Hashable, Sendable {
        public var coveredOpenSeconds: Int64
        public var openSeconds: Int64
        /// Nil: not open at all.
        public var share: Double? { openSeconds > 0 ? Double(coveredOpenSeconds) / Double(openSeconds) : nil }
        public init(coveredOpenSeconds: Int64, openSeconds: Int64) {
            self.coveredOpenSeconds = coveredOpenSeconds
            self.openSeconds = openSeconds
        }
    }

    /// How much of a period was excused: of a person by the channels and the store that are theirs, of a day or a month by
    /// its first and last instant. Several activities down at once count once.
    /// - Parameter hours: the store's or department's; see `OpenCalendars`.
    public func portion(
        of period: Range<Instant>, store: Int32, activities: [Int32], hours: OpenTime
    ) -> Portion {
        var excused = IntervalSet.empty
        for activity in activities {
            guard let set = covered(store: store, activity: activity)?.intersection(period) else { continue }
            excused = excused.union(set)
        }
        return Portion(
            coveredOpenSeconds: hours.openSeconds(in: excused) ?? 0,
            openSeconds: hours.openSeconds(from: period.lowerBound, to: period.upperBound) ?? 0)
    }
}
