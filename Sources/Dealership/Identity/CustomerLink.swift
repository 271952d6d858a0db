/// Two customer numbers that have something in common, and what became of it.
public struct CustomerLink: Hashable, Sendable {
    public enum Standing: UInt8, Sendable, CaseIterable {
        /// The two were not one customer before.
        case joined
        /// A stronger link had joined them.
        case confirms
        /// Joined by a traded-in car although names and other contact differ.
        case joinedDespite
        /// Refused: names and other contact differ; one system gave two numbers under two names; others of the two
        /// customers' numbers contradict each other; more numbers share it than a household has; too many numbers already.
        case differ, oneSystem, chain, tooWide, tooMany

        public var isRefused: Bool { rawValue >= Standing.differ.rawValue }
        public var isJoined: Bool { self == .joined || self == .joinedDespite }
        /// Somebody should look at it.
        public var isContradiction: Bool { self == .joinedDespite || isRefused }

        public var words: String {
            switch self {
            case .joined: "joined"
            case .confirms: "confirms a stronger link"
            case .joinedDespite: "joined by the car; names differ"
            case .differ: "not joined: names and other contact differ"
            case .oneSystem: "not joined: one system, two numbers, two names"
            case .chain: "not joined: others of their numbers differ"
            case .tooWide: "not joined: shared by more than a household"
            case .tooMany: "not joined: too many numbers for one customer"
            }
        }
    }

    /// Codes of the customers, the lesser number first; `b` is −1 where more numbers than a household share the contact, and
    /// `a` then is the least of them.
    public var a: Int32
    public var b: Int32
    public var kind: Identity.Link
    /// What is equal: E.164 digits; a code of the identity's e-mails; a code of the journal's vehicles.
    public var contact: UInt64
    public var names = Agreement.unknown
    /// Of a phone the e-mails, of an e-mail the phones.
    public var other = Agreement.unknown
    public var isOfOneSystem = false
    /// The two contradict each other.
    var isAgainst = false
    public var standing = Standing.joined
    /// How many numbers share the contact.
    public var numbers: Int32 = 2
    /// The row of the customer's record, of a traded-in car the sale's.
    public var source: RowSource
    /// −1: the record names none.
    public var store: Int32

    /// The order in which links are taken: phones before e-mails, and of each first what more speaks for.
    var weight: Int {
        switch (kind, other, names) {
        case (.phone, .agree, _): 0
        case (.phone, _, let names): 1 + Int(names.rawValue)
        case (_, _, let names): 4 + Int(names.rawValue)
        }
    }
    static let leastWeight = 6
}
