public import Basis

/// What a customer gets whom an outage hit, from the smallest remedy to the largest. A customer gets the highest rung whose
/// conditions all hold, and one only. DEFINITIONS 4, Remedy.
public struct RemedyLadder: Hashable, Sendable {
    public enum Condition: Hashable, Sendable {
        /// An answer came after the channel's target, or had not come when it passed; without a target: whoever waited
        /// while the system was down.
        case answerLate
        /// Open seconds waited for an answer, more than.
        case waitedOver(Int64)
        /// Open seconds the system was down at the customer's store, more than.
        case downOver(Int64)
        /// An appointment that the outage touched was cancelled or missed.
        case visitMoved
        /// A lead that the outage touched.
        case leadLate
        /// Met (a visit, an appointment kept) or spoken to (a call with a person) in the days before, or during it.
        case metOrSpokenTo
        /// The fault was our own.
        case ownFault

        /// As `dealership.yaml` says it.
        public var words: String {
            switch self {
            case .answerLate: "answer late"
            case .waitedOver(let seconds): "waited over \(durationWords(seconds))"
            case .downOver(let seconds): "down over \(durationWords(seconds))"
            case .visitMoved: "visit moved"
            case .leadLate: "lead late"
            case .metOrSpokenTo: "met or spoken to"
            case .ownFault: "own fault"
            }
        }
    }

    public struct Rung: Hashable, Sendable {
        /// All must hold.
        public var conditions: [Condition]
        /// As it is said to whoever gives it: `explain and apologise`.
        public var give: String
        /// Words of the remedies export's `kind` that mean it, in lower case.
        public var kinds: [String]
        /// Nil: it costs nothing, or nobody said.
        public var amount: Money?
        /// Due too when the outage was rare and not ours. Whatever costs nothing always is.
        public var evenWhenRare: Bool

        public init(conditions: [Condition], give: String, kinds: [String], amount: Money? = nil, evenWhenRare: Bool = false) {
            self.conditions = conditions
            self.give = give
            self.kinds = kinds
            self.amount = amount
            self.evenWhenRare = evenWhenRare
        }
        public var words: String { conditions.map(\.words).joined(separator: " and ") }
    }

    /// From small to large.
    public var rungs: [Rung]
    /// An outage is rare when its system broke at most so many times, itself included, in the days up to it.
    public var rareOutages: Int
    public var rareDays: Int
    /// Days before the outage in which having met or spoken counts.
    public var metDays: Int
    /// More apologies than these to one customer are flagged.
    public var mostApologies: Int

    public init(rungs: [Rung], rareOutages: Int, rareDays: Int, metDays: Int, mostApologies: Int) {
        self.rungs = rungs
        self.rareOutages = rareOutages
        self.rareDays = rareDays
        self.metDays = metDays
        self.mostApologies = mostApologies
    }

    /// The highest rung that a remedy of this kind is; nil: none.
    public func rung(ofKind kind: String) -> Int? {
        let kind = kind.lowercased()
        return rungs.lastIndex { $0.kinds.contains(kind) }
    }

    /// Words that stand for a remedy in exports, by what a rung's own words say.
    public static func kinds(in give: String) -> [String] {
        let words = give.lowercased()
        func has(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        var kinds: [String] = []
        if has("apolog", "explain") { kinds += ["apology", "explanation"] }
        if has("credit", "voucher", "refund") { kinds += ["credit", "voucher", "refund"] }
        if has("discount", "free") { kinds += ["discount", "free item", "item"] }
        if has("call") { kinds += ["call"] }
        return kinds.contains("credit") || kinds.contains("discount") || kinds.contains("call")
            ? kinds.filter { $0 != "apology" && $0 != "explanation" } : kinds
    }

    public static let apologies: Set<String> = ["apology", "explanation"]
}
