/// Welch's test of two means with unequal variances.
///
/// t = (x̄₁−x̄₂)/√(s₁²/n₁+s₂²/n₂), degrees of freedom by Satterthwaite. Welch 1947 (doi:10.1093/biomet/34.1-2.28).
public struct WelchTest: Hashable, Sendable {
    /// x̄₁ − x̄₂.
    public let estimate: Double
    public let interval: ConfidenceInterval
    public let t: Double
    public let degreesOfFreedom: Double
    public let p: Double

    /// Needs two values in each, and variance in one of them at least.
    public static func of(_ first: [Double], _ second: [Double], level: Double = 0.95) -> Estimate<WelchTest> {
        guard let m1 = Moments.mean(first), let m2 = Moments.mean(second), let v1 = Moments.variance(first),
            let v2 = Moments.variance(second), v1 + v2 > 0
        else { return .tooFew(TooFew(had: min(first.count, second.count), needed: 2)) }
        let a = v1 / Double(first.count)
        let b = v2 / Double(second.count)
        let error = (a + b).squareRoot()
        let degrees = (a + b) * (a + b) / (a * a / Double(first.count - 1) + b * b / Double(second.count - 1))
        let student = StudentDistribution(degreesOfFreedom: degrees)
        let half = student.twoSided(level: level) * error
        let difference = m1 - m2
        return .estimated(
            WelchTest(
                estimate: difference,
                interval: ConfidenceInterval(
                    lower: difference - half, upper: difference + half, level: level, method: "Welch"),
                t: difference / error, degreesOfFreedom: degrees, p: student.twoSidedP(difference / error)))
    }
}

/// Whether values of one group tend to be above those of the other, by ranks.
///
/// U = (rank sum of the first) − n₁(n₁+1)/2, tied ranks averaged; p by the normal approximation with the variance
/// corrected for ties and a continuity correction of ½. Mann, Whitney 1947 (doi:10.1214/aoms/1177730491).
public struct MannWhitney: Hashable, Sendable {
    /// The number of pairs in which the first is above the second, ties as halves.
    public let u: Double
    public let p: Double

    /// Nil where a group is empty or all values are the same.
    public init?(_ first: [Double], _ second: [Double]) {
        let n1 = Double(first.count)
        let n2 = Double(second.count)
        let n = n1 + n2
        guard n1 > 0, n2 > 0 else { return nil }
        let ordered = (first.map { ($0, true) } + second.map { ($0, false) }).sorted { $0.0 < $1.0 }
        var rankSum = 0.0
        var ties = 0.0
        var start = 0
        while start < ordered.count {
            var end = start
            while end < ordered.count, ordered[end].0 == ordered[start].0 { end += 1 }
            let size = Double(end - start)
            let rank = Double(start + 1 + end) / 2
            rankSum += rank * Double(ordered[start..<end].filter(\.1).count)
            ties += size * size * size - size
            start = end
        }
        let variance = n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1)))
        guard variance > 0 else { return nil }
        u = rankSum - n1 * (n1 + 1) / 2
        let excess = max(0, (u - n1 * n2 / 2).magnitude - 0.5)
        p = min(1, 2 * NormalDistribution.upperTail(excess / variance.squareRoot()))
    }
}
