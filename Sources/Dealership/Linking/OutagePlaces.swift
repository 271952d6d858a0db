public import Basis

/// Which outages hit which activity of which store, and when: what every impact of an outage is looked up in.
public struct OutagePlaces: Sendable {
    /// One outage on one activity of one store.
    public struct Hit: Sendable {
        /// Position in the header's outages.
        public var outage: Int32
        /// Until the as-of instant where it is still open.
        public var span: Range<Instant>
    }

    private let ofStore: [Int32]
    private let names: Int
    /// By store of the group, then activity: hits in order of their start.
    private var hits: [[Hit]]
    /// Their union.
    private var downs: [IntervalSet]

    /// `stores`: those of one sharing group.
    init(_ header: JournalHeader, stores: [Int32]) {
        var ofStore = [Int32](repeating: -1, count: header.stores.count)
        for (position, store) in stores.enumerated() { ofStore[Int(store)] = Int32(position) }
        self.ofStore = ofStore
        names = header.names.count + Activity.allCases.count
        var hits = [[Hit]](repeating: [], count: stores.count * names)
        for (index, outage) in header.outages.enumerated()
        where !outage.isPlanned && (outage.store < 0 || ofStore[Int(outage.store)] >= 0) {
            for activity in outage.activities(header.settings.outages) {
                let code = header.code(ofActivity: activity)
                if code < 0 { continue }
                for store in outage.storesHit(header) where ofStore[Int(store)] >= 0 {
                    for span in outage.down(store: store, header).intervals {
                        hits[Int(ofStore[Int(store)]) * names + Int(code)].append(
                            Hit(outage: Int32(truncatingIfNeeded: index), span: span))
                    }
                }
            }
        }
        downs = hits.map { IntervalSet($0.map(\.span)) }
        self.hits = hits
    }

    /// The outages during which a clock ran from `start` to before `end`; of a clock that stopped at once, those it
    /// stopped in. Few clocks meet one: the union is asked first.
    public func hits(store: Int32, activity: Int32, from start: Int64, to end: Int64) -> [Hit] {
        guard store >= 0, activity >= 0, ofStore[Int(store)] >= 0 else { return [] }
        let place = Int(ofStore[Int(store)]) * names + Int(activity)
        if hits[place].isEmpty { return [] }
        let clock = Instant(seconds: start)..<Instant(seconds: max(end, start + 1))
        if !downs[place].meets(clock) { return [] }
        return hits[place].filter { $0.span.overlaps(clock) }
    }

    /// When the activity was down in the store.
    public func down(store: Int32, activity: Int32) -> IntervalSet {
        guard store >= 0, activity >= 0, ofStore[Int(store)] >= 0 else { return .empty }
        return downs[Int(ofStore[Int(store)]) * names + Int(activity)]
    }
}

extension IntervalSet {
    /// Some instant of the range is in it.
    func meets(_ range: Range<Instant>) -> Bool { !intersection(range).isEmpty }
}

extension JournalHeader {
    /// The code of a channel, source or other activity: a name's own, else one behind the names; −1: nothing of the
    /// exports has it.
    public func code(ofActivity name: String) -> Int32 {
        let code = code(ofName: name)
        if code >= 0 { return code }
        return Activity(rawValue: name).map { self.code(of: $0) } ?? -1
    }

    /// The same of an activity that is no channel, which the exports need not name.
    public func code(of activity: Activity) -> Int32 {
        let code = code(ofName: activity.rawValue)
        return code >= 0 ? code : Int32(names.count + (Activity.allCases.firstIndex(of: activity) ?? 0))
    }

    public func activityName(_ code: Int32) -> String {
        Int(code) < names.count ? name(code) : Activity.allCases[Int(code) - names.count].rawValue
    }
}

/// Activities that are no channels.
public enum Activity: String, Hashable, Sendable, CaseIterable { case mailings, payments, visits, leads, appointments }
