#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Two independent shares against each other, by other methods than the project's own (`NewcombeDifference`): for
/// checks, and for ratios.
public struct ProportionComparison: Hashable, Sendable {
    public let first: Proportion
    public let second: Proportion

    public init(first: Proportion, second: Proportion) {
        self.first = first
        self.second = second
    }

    /// A ratio with its limits.
    public struct Ratio: Hashable, Sendable {
        public let estimate: Double
        public let interval: ConfidenceInterval
    }

    /// A test's statistic and two-sided p.
    public struct Test: Hashable, Sendable {
        public let statistic: Double
        public let p: Double
    }

    /// d ± z√(p₁q₁/n₁ + p₂q₂/n₂); covers too little for small n (Newcombe 1998, method 1).
    public func waldDifference(level: Double = 0.95) -> ConfidenceInterval? {
        guard let p1 = first.estimate, let p2 = second.estimate else { return nil }
        let variance = p1 * (1 - p1) / Double(first.trials) + p2 * (1 - p2) / Double(second.trials)
        let half = NormalDistribution.twoSided(level: level) * variance.squareRoot()
        return ConfidenceInterval(lower: p1 - p2 - half, upper: p1 - p2 + half, level: level, method: "Wald")
    }

    /// The Wald limits after one success and one failure were added to each.
    ///
    /// Agresti, Caffo 2000 (doi:10.1080/00031305.2000.10474560).
    public func agrestiCaffo(level: Double = 0.95) -> ConfidenceInterval? {
        guard first.trials > 0, second.trials > 0 else { return nil }
        func padded(_ share: Proportion) -> Proportion {
            Proportion(successes: share.successes + 1, trials: share.trials + 2)
        }
        let wald = ProportionComparison(first: padded(first), second: padded(second)).waldDifference(level: level)
        return wald.map {
            ConfidenceInterval(lower: $0.lower, upper: $0.upper, level: level, method: "Agresti–Caffo")
        }
    }

    /// The differences δ that the score test does not reject: |d − δ| ≤ z√(p̃₁q̃₁/n₁ + p̃₂q̃₂/n₂), with p̃ the shares
    /// of greatest likelihood under p₁ − p₂ = δ.
    ///
    /// Mee 1984 (doi:10.2307/2531160); Miettinen, Nurminen 1985 (doi:10.1002/sim.4780040211) multiply the variance by
    /// N/(N−1): `corrected`.
    public func meeDifference(level: Double = 0.95, corrected: Bool = false) -> ConfidenceInterval? {
        guard let p1 = first.estimate, let p2 = second.estimate else { return nil }
        let z = NormalDistribution.twoSided(level: level)
        let total = Double(first.trials + second.trials)
        let factor = corrected && total > 1 ? total / (total - 1) : 1
        let difference = p1 - p2
        func accepted(_ delta: Double) -> Bool {
            let variance = factor * restrictedVariance(delta)
            return (difference - delta) * (difference - delta) <= z * z * variance
        }
        // The score falls as δ moves away from d, so each end is a bisection between d and ±1.
        func end(_ outer: Double) -> Double {
            if accepted(outer) { return outer }
            var inside = difference
            var outside = outer
            for _ in 0..<80 {
                let middle = inside + (outside - inside) / 2
                if accepted(middle) { inside = middle } else { outside = middle }
            }
            return inside
        }
        return ConfidenceInterval(
            lower: end(-1), upper: end(1), level: level, method: corrected ? "Miettinen–Nurminen" : "Mee")
    }

    /// p̃₁q̃₁/n₁ + p̃₂q̃₂/n₂ under p₁ − p₂ = δ: the closed root of the cubic of Miettinen, Nurminen 1985, appendix I.
    private func restrictedVariance(_ delta: Double) -> Double {
        let n1 = Double(first.trials)
        let n2 = Double(second.trials)
        let x2 = Double(second.successes)
        let successes = Double(first.successes) + x2
        let total = n1 + n2
        let l2 = (n1 + 2 * n2) * delta - total - successes
        let l1 = (n2 * delta - total - 2 * x2) * delta + successes
        let l0 = x2 * delta * (1 - delta)
        let third = l2 / (3 * total)
        let q = third * third * third - l1 * l2 / (6 * total * total) + l0 / (2 * total)
        let root = max(0, third * third - l1 / (3 * total)).squareRoot()
        let p = q < 0 ? -root : root
        let cosine = p == 0 ? 0 : min(1, max(-1, q / (p * p * p)))
        let angle = (Double.pi + acos(cosine)) / 3
        let share2 = min(1, max(0, 2 * p * cos(angle) - third))
        let share1 = min(1, max(0, share2 + delta))
        return share1 * (1 - share1) / n1 + share2 * (1 - share2) / n2
    }

    /// p₁ ÷ p₂ with limits on the logarithm, variance (1−p₁)/x₁ + (1−p₂)/x₂; nil where either has no success.
    ///
    /// Katz et al. 1978 (doi:10.2307/2530610).
    public func riskRatio(level: Double = 0.95) -> Ratio? {
        guard first.successes > 0, second.successes > 0, let p1 = first.estimate, let p2 = second.estimate
        else { return nil }
        let variance = (1 - p1) / Double(first.successes) + (1 - p2) / Double(second.successes)
        return ratio(p1 / p2, variance: variance, level: level, method: "log (Katz)")
    }

    /// The odds ratio with limits on the logarithm, variance the sum of the reciprocals of the four counts; nil where
    /// one of them is 0.
    ///
    /// Woolf 1955 (doi:10.1111/j.1469-1809.1955.tb01348.x).
    public func oddsRatio(level: Double = 0.95) -> Ratio? {
        let counts = [first, second].flatMap { [$0.successes, $0.trials - $0.successes] }.map(Double.init)
        guard counts.allSatisfy({ $0 > 0 }) else { return nil }
        let odds = counts[0] * counts[3] / (counts[1] * counts[2])
        return ratio(odds, variance: counts.reduce(0) { $0 + 1 / $1 }, level: level, method: "logit (Woolf)")
    }

    private func ratio(_ estimate: Double, variance: Double, level: Double, method: String) -> Ratio {
        let half = NormalDistribution.twoSided(level: level) * variance.squareRoot()
        return Ratio(
            estimate: estimate,
            interval: ConfidenceInterval(
                lower: estimate * exp(-half), upper: estimate * exp(half), level: level, method: method))
    }

    /// Pearson's test of equal shares, without continuity correction: (p₁−p₂)² ÷ (p̄q̄(1/n₁+1/n₂)), 1 degree of
    /// freedom; nil where it is 0/0 (no trials, or all alike).
    public func chiSquared() -> Test? {
        guard let p1 = first.estimate, let p2 = second.estimate, let pooled = (first + second).estimate,
            pooled > 0, pooled < 1
        else { return nil }
        let variance = pooled * (1 - pooled) * (1 / Double(first.trials) + 1 / Double(second.trials))
        let statistic = (p1 - p2) * (p1 - p2) / variance
        return Test(statistic: statistic, p: ChiSquaredDistribution(degreesOfFreedom: 1).upperTail(statistic))
    }

    /// Fisher's exact two-sided p: the probability, given the margins, of all tables no likelier than this one.
    ///
    /// Fisher 1935 (doi:10.2307/2342435); "no likelier" within a factor of 1 + 10⁻⁷, as R does.
    public func fisherExactP() -> Double {
        let total = first.trials + second.trials
        let successes = first.successes + second.successes
        let least = max(0, successes - second.trials)
        let most = min(first.trials, successes)
        // P(x + 1) from P(x) of the hypergeometric.
        let law = RelativeLaw(range: least...most) { x in
            Double(successes - x) * Double(first.trials - x)
                / (Double(x + 1) * Double(total - successes - first.trials + x + 1))
        }
        return law.probabilityOfNoLikelier(than: first.successes)
    }
}

/// A distribution on whole numbers, given by the ratio of each probability to the one before it.
struct RelativeLaw {
    let range: ClosedRange<Int>
    private let weights: [Double]

    /// - Parameter ratio: P(x + 1) ÷ P(x), falling in x.
    init(range: ClosedRange<Int>, ratio: (Int) -> Double) {
        self.range = range
        // From the peak outwards, so that nothing overflows and what underflows is negligible.
        var peak = range.lowerBound
        while peak < range.upperBound, ratio(peak) > 1 { peak += 1 }
        var weights = [Double](repeating: 0, count: range.count)
        let origin = range.lowerBound
        weights[peak - origin] = 1
        for x in peak..<range.upperBound { weights[x + 1 - origin] = weights[x - origin] * ratio(x) }
        for x in (origin..<peak).reversed() { weights[x - origin] = weights[x + 1 - origin] / ratio(x) }
        self.weights = weights
    }

    func probabilityOfNoLikelier(than x: Int) -> Double {
        let bound = weights[x - range.lowerBound] * (1 + 1e-7)
        var below = 0.0
        var all = 0.0
        for weight in weights.sorted() {  // the small ones first, for the digits
            all += weight
            if weight <= bound { below += weight }
        }
        return min(1, below / all)
    }
}
