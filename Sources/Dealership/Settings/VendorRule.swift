/// When to leave a vendor and when to watch it, as the owner says it: over so many months up to the last whole one.
/// DEFINITIONS 4, Vendor.
public struct VendorRule: Hashable, Sendable {
    /// One clause; it holds when what is on record reaches it. What is not on record does not.
    public enum Condition: Hashable, Sendable {
        /// Months in which the promise was not kept, at least.
        case monthsMissed(Int)
        /// Outages, at least.
        case outages(Int)
        /// More seconds down, by the wall clock.
        case downOver(Int64)
        /// Answered of the claims asked, below so many thousandths.
        case claimsAnsweredBelow(Int)
        /// Mean seconds to restore, over.
        case restoreOver(Int64)
        /// Promises that the claims export says were not kept, at least.
        case promisesBroken(Int)

        /// As `dealership.yaml` says it.
        public var words: String {
            switch self {
            case .monthsMissed(let count): "months-missed \(count)"
            case .outages(let count): "outages \(count)"
            case .downOver(let seconds): "down-over \(durationWords(seconds))"
            case .claimsAnsweredBelow(let permille):
                "claims-answered-below \(permille / 10)\(permille % 10 == 0 ? "" : ".\(permille % 10)") %"
            case .restoreOver(let seconds): "restore-over \(durationWords(seconds))"
            case .promisesBroken(let count): "promises-broken \(count)"
            }
        }
    }

    /// All of its conditions must hold.
    public struct Clause: Hashable, Sendable {
        public var conditions: [Condition]
        public init(_ conditions: [Condition]) { self.conditions = conditions }
        public var words: String { conditions.map(\.words).joined(separator: " and ") }
    }

    public enum Verdict: Int, Hashable, Sendable, CaseIterable {
        case stay, watch, `switch`
        public var word: String {
            switch self {
            case .stay: "stay"
            case .watch: "watch"
            case .switch: "switch"
            }
        }
    }

    public var months: Int
    /// Any of them is enough.
    public var switchClauses: [Clause]
    public var watchClauses: [Clause]

    public init(months: Int, switchClauses: [Clause], watchClauses: [Clause]) {
        self.months = months
        self.switchClauses = switchClauses
        self.watchClauses = watchClauses
    }
}

/// `4 h`, `1 h 30 min`, `45 s`.
func durationWords(_ seconds: Int64) -> String {
    let parts = [(seconds / 3_600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")].filter { $0.0 > 0 }
    return parts.isEmpty ? "0 s" : parts.map { "\($0.0) \($0.1)" }.joined(separator: " ")
}
