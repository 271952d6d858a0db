/// How many periods after a change until an effect of a given size shows: by simulation from what the series is like.
///
/// Series with AR(1) errors of the given correlation and deviation are drawn, a step is added from the change on, and
/// each is judged as a verdict would be: segmented regression by REML with t limits. Seeded; replicate r is the same
/// series at every length, so that the answer does not depend on which lengths were tried.
public struct TimeUntilVisible: Hashable, Sendable {
    /// The share of simulated series in which the effect shows at so many periods after the change.
    public struct Power: Hashable, Sendable {
        public let after: Int
        public let share: Proportion
    }

    /// The effect size asked about, in the series' unit.
    public let size: Double
    /// The share of series in which it must show.
    public let target: Double
    /// The least number of periods after the change with that power; nil: not within `most`.
    public let periods: Int?
    public let most: Int
    /// What was tried, by length.
    public let tried: [Power]
    public let seed: UInt64

    /// How the series that are drawn are made.
    public struct Plan: Hashable, Sendable {
        /// Periods before the change.
        public var before: Int
        /// ρ and the standard deviation of the errors.
        public var correlation: Double
        public var deviation: Double
        public var slope: Bool
        public var season: Season?

        public init(before: Int, correlation: Double, deviation: Double, slope: Bool = false, season: Season? = nil) {
            self.before = before
            self.correlation = correlation
            self.deviation = deviation
            self.slope = slope
            self.season = season
        }
    }

    public init(
        _ plan: Plan, size: Double, level: Double = 0.95, target: Double = 0.8, most: Int = 60, runs: Int = 400,
        seed: UInt64 = 1
    ) throws(Unanswerable) {
        let least = plan.slope ? 3 : 1
        guard plan.before >= InterruptedSeries.leastBefore else {
            throw .tooFew(
                TooFew(had: plan.before, needed: InterruptedSeries.leastBefore), of: "points before the change")
        }
        guard size != 0, plan.deviation > 0 else { throw .constant("what is looked for") }
        var tried: [Int: Proportion] = [:]
        func shows(_ after: Int) throws(Unanswerable) -> Bool {
            let share: Proportion
            if let known = tried[after] {
                share = known
            } else {
                share = try Self.power(plan, after: after, size: size, level: level, runs: runs, seed: seed)
                tried[after] = share
            }
            return Double(share.successes) >= target * Double(share.trials)
        }
        // Doubling, then halving: power rises with the length.
        var high = least
        while high < most, try !shows(high) { high = min(most, high * 2) }
        var found: Int?
        if try shows(high) {
            var low = max(least, high / 2)
            if high == least { low = high }
            while low < high {
                let middle = (low + high) / 2
                if try shows(middle) { high = middle } else { low = middle + 1 }
            }
            found = high
        }
        periods = found
        self.size = size
        self.target = target
        self.most = most
        self.tried = tried.keys.sorted().compactMap { after in tried[after].map { Power(after: after, share: $0) } }
        self.seed = seed
    }

    /// The share of simulated series of this length in which the limits of the effect leave out no change, on its side.
    public static func power(
        _ plan: Plan, after: Int, size: Double, level: Double = 0.95, runs: Int, seed: UInt64
    ) throws(Unanswerable) -> Proportion {
        let count = plan.before + after
        let positions = Array(0..<count)
        let design = try SegmentedDesign(
            positions: positions, change: plan.before, slope: plan.slope, season: plan.season)
        let weights = design.meanEffect
        var seen = 0
        for run in 0..<runs {
            var y = series(plan, count: count, seed: seed, stream: UInt64(run))
            for t in plan.before..<count { y[t] += size }
            let fit = try AutoregressiveErrors(y, on: design.basis, positions: positions)
            let found = fit.combination(weights)
            let t = StudentDistribution(degreesOfFreedom: found.degreesOfFreedom).twoSided(level: level)
            if (size > 0 ? found.estimate : -found.estimate) > t * found.error { seen += 1 }
        }
        return Proportion(successes: seen, trials: runs)
    }

    /// Stationary AR(1) errors.
    static func series(_ plan: Plan, count: Int, seed: UInt64, stream: UInt64) -> [Double] {
        var random = SplitMix64(seed: seed, stream: stream)
        let spread = plan.deviation * (1 - plan.correlation * plan.correlation).squareRoot()
        var error = plan.deviation * random.normal()
        return (0..<count).map { t in
            if t > 0 { error = plan.correlation * error + spread * random.normal() }
            return error
        }
    }
}
