public import Basis

/// What was done about outages, as the exports have it: small tables, read once for all sharing groups. Outages are given
/// by their position in the header's.
public struct OutageLedger: Sendable {
    /// In order of their number.
    public var remedies: [Remedy] = []
    public var complaints: [Complaint] = []
    public var claims: [Claim] = []
    /// In order of outage, then step.
    public var steps: [DoneStep] = []

    public init() {}

    /// What a customer was given.
    public struct Remedy: Hashable, Sendable {
        public var identifier: String
        public var outage: Int
        /// −1: the export does not say.
        public var store: Int32
        /// With the system that gave the number in front: `crm·1001`; empty: to nobody in particular.
        public var customer: String
        /// As the export says it; empty: it does not.
        public var kind: String
        public var amount: Money?
        public var givenAt: Moment
        public var source: RowSource
        public init(
            identifier: String, outage: Int, store: Int32, customer: String, kind: String, amount: Money?, givenAt: Moment,
            source: RowSource
        ) {
            self.identifier = identifier
            self.outage = outage
            self.store = store
            self.customer = customer
            self.kind = kind
            self.amount = amount
            self.givenAt = givenAt
            self.source = source
        }
    }

    public struct Complaint: Hashable, Sendable {
        public enum Outcome: UInt8, Hashable, Sendable, CaseIterable {
            case solved, declined, parted
            /// Nothing says how it ended.
            case open
            public var word: String {
                switch self {
                case .solved: "solved"
                case .declined: "declined"
                case .parted: "parted"
                case .open: "open"
                }
            }
        }
        public var identifier: String
        /// Nil: of no outage in particular.
        public var outage: Int?
        public var store: Int32
        public var customer: String
        public var raisedAt: Moment
        public var offer: String
        public var outcome: Outcome
        public var source: RowSource
        public init(
            identifier: String, outage: Int?, store: Int32, customer: String, raisedAt: Moment, offer: String,
            outcome: Outcome, source: RowSource
        ) {
            self.identifier = identifier
            self.outage = outage
            self.store = store
            self.customer = customer
            self.raisedAt = raisedAt
            self.offer = offer
            self.outcome = outcome
            self.source = source
        }
    }

    /// A credit asked of a vendor.
    public struct Claim: Hashable, Sendable {
        public var identifier: String
        public var outage: Int?
        /// The claim's own, else its outage's.
        public var vendor: String
        /// The contract month it is for: its own, else that in which its outage began. Nil: neither is known.
        public var month: Month?
        public var askedAt: Moment
        public var answeredAt: Moment
        public var amountAsked: Money?
        public var amountReceived: Money?
        public var promise: String
        /// Nil: nobody said.
        public var isPromiseKept: Bool?
        public var source: RowSource
        public init(
            identifier: String, outage: Int?, vendor: String, month: Month?, askedAt: Moment, answeredAt: Moment,
            amountAsked: Money?, amountReceived: Money?, promise: String, isPromiseKept: Bool?, source: RowSource
        ) {
            self.identifier = identifier
            self.outage = outage
            self.vendor = vendor
            self.month = month
            self.askedAt = askedAt
            self.answeredAt = answeredAt
            self.amountAsked = amountAsked
            self.amountReceived = amountReceived
            self.promise = promise
            self.isPromiseKept = isPromiseKept
            self.source = source
        }
    }

    /// A step of the protocol, done or known not to have been.
    public struct DoneStep: Hashable, Sendable {
        public var outage: Int
        public var step: String
        /// Nil: the export has the step without a time, so it was not done.
        public var doneAt: Instant?
        public var by: String
        public var source: RowSource
        public init(outage: Int, step: String, doneAt: Instant?, by: String, source: RowSource) {
            self.outage = outage
            self.step = step
            self.doneAt = doneAt
            self.by = by
            self.source = source
        }
    }
}
