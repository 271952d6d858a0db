import Basis

/// Limits around an estimate, in the estimate's own unit.
public struct ConfidenceInterval: Hashable, Sendable {
    public let lower: Double
    public let upper: Double
    /// The nominal coverage, e.g. 0.95.
    public let level: Double
    /// How the limits were got, as the field calls it: "Wilson", "Newcombe hybrid score", …
    public let method: String

    public init(lower: Double, upper: Double, level: Double = 0.95, method: String) {
        self.lower = lower
        self.upper = upper
        self.level = level
        self.method = method
    }

    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}

/// There is too little data for an answer: "too few: 4 of 20 needed". Never 0.
public struct TooFew: Hashable, Sendable, CustomStringConvertible {
    public let had: Int
    public let needed: Int

    public init(had: Int, needed: Int) {
        self.had = had
        self.needed = needed
    }

    public var description: String { say("too few: \(had) of \(needed) needed") }
}

/// An answer, or that there is too little data for one.
public enum Estimate<Value: Sendable>: Sendable {
    case estimated(Value)
    case tooFew(TooFew)

    /// The answer where there is one.
    public var value: Value? {
        switch self {
        case .estimated(let value): value
        case .tooFew: nil
        }
    }
}

extension Estimate: Equatable where Value: Equatable {}
extension Estimate: Hashable where Value: Hashable {}
