/// What a mark shows: a number with its likely range, or the reason why there is none. There is no 0 for "unknown".
public enum Reading: Hashable, Sendable {
    case value(Double, likely: LikelyRange? = nil)
    /// "too few: 6 of 20 needed"
    case tooFew(String)
    /// "no export for October"
    case missing(String)

    /// The number, if there is one and it can be drawn.
    public var number: Double? {
        if case .value(let value, _) = self, value.isFinite { return value }
        return nil
    }
    public var likely: LikelyRange? {
        if case .value(_, let likely) = self { return likely?.drawable }
        return nil
    }
    /// The reason why there is no number.
    public var reason: String? {
        switch self {
        case .value: nil
        case .tooFew(let reason), .missing(let reason): reason
        }
    }
}

/// Where a figure likely lies: both ends in the unit of the figure.
public struct LikelyRange: Hashable, Sendable {
    public var lower: Double
    public var upper: Double
    public init(_ lower: Double, _ upper: Double) {
        self.lower = lower
        self.upper = upper
    }
    var drawable: LikelyRange? { lower.isFinite && upper.isFinite && lower <= upper ? self : nil }
}

/// A line to compare with, and its words: "Target 90 %", "limit 5 %", "none".
public struct ReferenceLine: Hashable, Sendable {
    public var value: Double
    public var label: String
    public var dashed: Bool
    public init(_ value: Double, _ label: String, dashed: Bool = false) {
        self.value = value
        self.label = label
        self.dashed = dashed
    }
}
