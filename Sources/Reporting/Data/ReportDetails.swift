/// What pages on one outage show beyond their tables, gathered from the facts of every sharing group.
public struct ReportDetails: Sendable {
    /// Nil: nobody looked.
    public var waiting: WaitingCurve?
    /// Customers still owed a remedy, those of the highest rung first; nil: nobody looked.
    public var owed: [OwedCustomer]?
    public init(waiting: WaitingCurve? = nil, owed: [OwedCustomer]? = nil) {
        self.waiting = waiting
        self.owed = owed
    }
}

/// A customer whom an outage hit and who is still owed something.
public struct OwedCustomer: Hashable, Sendable {
    /// As the exports number them.
    public var number: String
    public var store: String
    /// Position in the ladder.
    public var rung: Int
    /// Open seconds of the longest wait; nil: was not waiting for an answer.
    public var waited: Int64?
    /// What it cost the customer: "answer late", "visit moved".
    public var cost: String
    /// Was given something, but less or other than is due.
    public var hasLesser: Bool
    public init(number: String, store: String, rung: Int, waited: Int64?, cost: String, hasLesser: Bool) {
        self.number = number
        self.store = store
        self.rung = rung
        self.waited = waited
        self.cost = cost
        self.hasLesser = hasLesser
    }

    /// The highest rung first, then the longest wait.
    static func comesFirst(_ a: OwedCustomer, _ b: OwedCustomer) -> Bool {
        (b.rung, b.waited ?? -1, a.store, a.number) < (a.rung, a.waited ?? -1, b.store, b.number)
    }
}
