/// A quantile of times of which some are still running.
public enum TimeQuantile: Hashable, Sendable {
    /// The quantile.
    case at(Int64)
    /// Silence reaches into the quantile: it lies above the longest observed time, which is given.
    case over(Int64)

    /// The time where it is known.
    public var time: Int64? {
        switch self {
        case .at(let time): time
        case .over: nil
        }
    }
}

/// Limits of a quantile: observed values, in their unit.
public struct QuantileInterval: Hashable, Sendable {
    public let lower: TimeQuantile
    public let upper: TimeQuantile
    /// The nominal coverage.
    public let level: Double
    public let method: String

    public init(lower: TimeQuantile, upper: TimeQuantile, level: Double, method: String) {
        self.lower = lower
        self.upper = upper
        self.level = level
        self.method = method
    }
}

/// Two order statistics x₍ⱼ₎ and x₍ₖ₎ that hold a quantile between them, whatever the distribution.
public struct OrderStatisticPair: Hashable, Sendable {
    /// j, from 1.
    public let lowerRank: Int64
    /// k > j, at most n.
    public let upperRank: Int64
    /// P(j ≤ B ≤ k − 1) for B binomial (n, p): the probability that x₍ⱼ₎ ≤ the quantile < x₍ₖ₎, at least, with ties.
    public let coverage: Double

    /// The shortest pair (least k − j) with at least this coverage; of equally short ones the lowest; nil where even
    /// x₍₁₎ to x₍ₙ₎ covers less (p = 0.9 at 95 %: n < 29; the median: n < 6).
    ///
    /// David, Nagaraja 2003, Order Statistics, section 7.1 (doi:10.1002/0471722162). The ranks depend on n and p only,
    /// not on the values: choosing by the values would spoil the coverage.
    public init?(n: Int64, quantile p: Quantile, level: Double = 0.95) {
        guard n >= 2, p.numerator > 0, p.numerator < p.denominator, level > 0, level < 1 else { return nil }
        let odds = Double(p.numerator) / Double(p.denominator - p.numerator)
        let binomial = BinomialDistribution(trials: Int(n), probability: p.value)
        // P(B = i + 1) from P(B = i), and back.
        func up(_ mass: Double, from i: Int64) -> Double { mass * Double(n - i) / Double(i + 1) * odds }
        func down(_ mass: Double, from i: Int64) -> Double { mass * Double(i) / Double(n - i + 1) / odds }

        // The counts low…high, within 1…n−1, grow from the likeliest towards the likelier neighbour: the masses have
        // one peak, so that these are the likeliest of their number.
        var low = min(max(Int64(Double(n) * p.value), 1), n - 1)
        var high = low
        var lowMass = binomial.mass(Int(low))
        var highMass = lowMass
        var coverage = lowMass
        while coverage < level {
            let below = low > 1 ? down(lowMass, from: low) : -1
            let above = high < n - 1 ? up(highMass, from: high) : -1
            if below < 0 && above < 0 { return nil }
            if below >= above {
                low -= 1
                lowMass = below
                coverage += below
            } else {
                high += 1
                highMass = above
                coverage += above
            }
        }
        // As low as the coverage allows at this length.
        while low > 1 {
            let below = down(lowMass, from: low)
            let shifted = coverage - highMass + below
            if shifted < level { break }
            coverage = shifted
            highMass = down(highMass, from: high)
            lowMass = below
            low -= 1
            high -= 1
        }
        lowerRank = low
        upperRank = high + 1
        self.coverage = coverage
    }
}

extension SparseHistogram {
    /// Distribution-free limits of a quantile by the shortest pair of order statistics; nil where n is too small for
    /// one (`OrderStatisticPair`).
    public func quantileInterval(_ p: Quantile, level: Double = 0.95) -> QuantileInterval? {
        guard let pair = OrderStatisticPair(n: count, quantile: p, level: level),
            let lower = value(rank: pair.lowerRank), let upper = value(rank: pair.upperRank)
        else { return nil }
        return QuantileInterval(
            lower: .at(lower), upper: .at(upper), level: level, method: "order statistics")
    }
}
