/// The difference of two independent shares with Newcombe's hybrid score interval.
///
/// With Wilson limits (l₁, u₁), (l₂, u₂): lower = d − √((p₁−l₁)² + (u₂−p₂)²), upper = d + √((u₁−p₁)² + (p₂−l₂)²).
/// Newcombe 1998, method 10 (doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
public struct NewcombeDifference: Hashable, Sendable {
    public let first: Proportion
    public let second: Proportion

    public init(first: Proportion, second: Proportion) {
        self.first = first
        self.second = second
    }

    /// first − second; nil where either has no trials.
    public var estimate: Double? {
        guard let p1 = first.estimate, let p2 = second.estimate else { return nil }
        return p1 - p2
    }

    /// The limits of the difference; nil where either has no trials.
    public func interval(level: Double = 0.95) -> ConfidenceInterval? {
        guard let p1 = first.estimate, let p2 = second.estimate,
            let w1 = first.wilson(level: level), let w2 = second.wilson(level: level)
        else { return nil }
        func hypotenuse(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
        return ConfidenceInterval(
            lower: p1 - p2 - hypotenuse(p1 - w1.lower, w2.upper - p2),
            upper: p1 - p2 + hypotenuse(w1.upper - p1, p2 - w2.lower),
            level: level, method: "Newcombe hybrid score")
    }
}
