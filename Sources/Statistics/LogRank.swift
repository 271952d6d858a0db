/// Whether two groups wait equally long: observed events of each against those expected were there no difference.
///
/// At each time with d events among n at risk, the first group with n₁ at risk expects d·n₁/n, with the
/// hypergeometric variance d(n₁/n)(1−n₁/n)(n−d)/(n−1); χ² = (O−E)²/V with 1 degree of freedom.
/// Mantel 1966; Peto, Peto 1972 (doi:10.2307/2344317).
public struct LogRank: Hashable, Sendable {
    /// Events seen, of the first and of the second.
    public let observed: [Int64]
    /// Events expected.
    public let expected: [Double]
    public let chiSquared: Double
    public let p: Double

    /// Nil where the variance is 0: a group is empty, or nothing ended while both were at risk.
    public init?(_ first: KaplanMeier, _ second: KaplanMeier) {
        let all = KaplanMeier(
            events: first.events + second.events, censored: first.censored + second.censored)
        var expectedFirst = 0.0
        var variance = 0.0
        var cursor = 0
        for step in all.steps where step.events > 0 {
            while cursor < first.steps.count, first.steps[cursor].time < step.time { cursor += 1 }
            let atRisk = cursor < first.steps.count ? first.steps[cursor].atRisk : 0
            let n = Double(step.atRisk)
            let share = Double(atRisk) / n
            let died = Double(step.events)
            expectedFirst += died * share
            if step.atRisk > 1 { variance += died * share * (1 - share) * (n - died) / (n - 1) }
        }
        guard variance > 0 else { return nil }
        let excess = Double(first.events.count) - expectedFirst
        observed = [first.events.count, second.events.count]
        expected = [expectedFirst, Double(all.events.count) - expectedFirst]
        chiSquared = excess * excess / variance
        p = ChiSquaredDistribution(degreesOfFreedom: 1).upperTail(chiSquared)
    }
}
