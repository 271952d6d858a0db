public import Basis

/// The one definition of "covered by an outage": the union of a store's outages on an activity, each with its recovery.
public struct OutageCoverage: Sendable {
    /// Coverage by store and activity; absent where nothing ever broke.
    private let covered: [Place: IntervalSet]
    /// The outages themselves, without recovery.
    private let down: [Place: IntervalSet]

    private struct Place: Hashable {
        var store: Int32
        var activity: Int32
    }

    /// Nothing ever broke.
    static var none: OutageCoverage { OutageCoverage() }

    private init() {
        covered = [:]
        down = [:]
    }

    /// An outage still open lasts until the as-of instant. Recovery: so many open seconds after restoration.
    public init(header: JournalHeader, calendars: OpenCalendars) {
        var covered: [Place: [Range<Instant>]] = [:]
        var down: [Place: [Range<Instant>]] = [:]
        let recovery = header.settings.outages.recoverySeconds
        for outage in header.outages {
            let stores = outage.store >= 0 ? [outage.store] : (0..<Int32(header.stores.count)).map { $0 }
            let end = min(outage.end ?? header.asOf, header.asOf)
            guard outage.start < end else { continue }
            for activity in outage.activities(header.settings.outages) {
                let code = header.code(ofName: activity)
                if code < 0 { continue }
                for store in stores {
                    let table = calendars.tables[calendars.index(store: store, department: -1)]
                    let cleared = recovery > 0 && outage.end != nil ? table.deadline(from: end, open: recovery) ?? end : end
                    covered[Place(store: store, activity: code), default: []].append(outage.start..<cleared)
                    down[Place(store: store, activity: code), default: []].append(outage.start..<end)
                }
            }
        }
        self.covered = covered.mapValues { IntervalSet($0) }
        self.down = down.mapValues { IntervalSet($0) }
    }

    public var isEmpty: Bool { covered.isEmpty }

    /// Outages and their recovery; nil where there never was one.
    public func covered(store: Int32, activity: Int32) -> IntervalSet? {
        covered[Place(store: store, activity: activity)]
    }

    /// Outages alone.
    public func down(store: Int32, activity: Int32) -> IntervalSet? { down[Place(store: store, activity: activity)] }
}
