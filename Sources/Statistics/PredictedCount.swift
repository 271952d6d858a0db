/// The law of a count that is still to come, given counts like it: negative binomial by its mean and variance, Poisson
/// where the variance is no larger.
///
/// A future count differs from what past ones let expect by its own chance and by that of the past: its variance is
/// φμ + (error of the mean)². Of a Poisson count with a gamma-distributed mean the law is negative binomial, which is
/// Nelson's prediction of a future count in another dress. Nelson 1982, Applied Life Data Analysis, section 6.5;
/// Krishnamoorthy, Peng 2011 (doi:10.1016/j.jspi.2010.10.018) compare such limits.
public struct PredictedCount: Hashable, Sendable {
    public let mean: Double
    public let variance: Double

    /// Of a variance below the mean the mean is taken.
    public init(mean: Double, variance: Double) {
        self.mean = max(0, mean)
        self.variance = max(self.mean, variance)
    }

    /// P(Y ≤ count).
    public func cumulative(_ count: Int) -> Double {
        if count < 0 { return 0 }
        if mean <= 0 { return 1 }
        let excess = variance - mean
        let places = Double(count) + 1
        guard excess > 1e-9 * mean else { return 1 - GammaDistribution(shape: places).cumulative(mean) }
        let size = mean * mean / excess
        return BetaDistribution(size, places).cumulative(size / (size + mean))
    }

    /// The least count k with P(Y ≤ k) ≥ p, for 0 < p < 1.
    public func quantile(_ p: Double) -> Int {
        var high = 1
        while cumulative(high) < p, high < 1 << 40 { high *= 2 }
        var low = 0
        while low < high {
            let middle = low + (high - low) / 2
            if cumulative(middle) >= p { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Below the first lies at most half of what the level leaves, above the second too.
    public func limits(level: Double = 0.95) -> ClosedRange<Int> {
        let tail = (1 - level) / 2
        let low = quantile(tail)
        return low...max(low, quantile(1 - tail))
    }
}
