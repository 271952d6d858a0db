/// What a series that power is asked of is like: what is drawn, and how a verdict on it is taken.
public enum SimulatedFigures: Hashable, Sendable {
    /// Means and amounts: AR(1) errors of this ρ and standard deviation, judged by restricted maximum likelihood.
    case means(correlation: Double, deviation: Double)
    /// Counts of this mean a period and φ times its variance (chance alone at the least) whose normal scores follow each
    /// other by ρ, judged as quasi-Poisson.
    case counts(mean: Double, dispersion: Double, correlation: Double)
    /// Shares of this level out of so many a period, in turn: binomial about a share whose own errors are AR(1),
    /// judged as means are. Near 0 and 1 chance is smaller, which a mean's errors do not know.
    case shares(level: Double, trials: [Int], correlation: Double, deviation: Double)
    /// Units of which the first ones change, each with AR(1) errors, judged by difference in differences.
    case units(treated: Int, controls: Int, correlation: Double, deviation: Double)

    /// Shares whose values have been seen to scatter by so much and to follow each other by ρ: what the chance of their
    /// denominators does not explain are the share's own errors.
    public static func shares(level: Double, trials: [Int], seen deviation: Double, correlation: Double) -> Self {
        let known = trials.filter { $0 > 0 }
        let chance = known.reduce(0) { $0 + level * (1 - level) / Double($1) } / Double(max(1, known.count))
        let total = deviation * deviation
        let own = max(0, total - chance)
        // All that follows is the share's own: chance of one period says nothing of the next.
        let following = own > 0 ? min(max(correlation * total / own, -0.9), 0.9) : 0
        return .shares(level: level, trials: known, correlation: following, deviation: own.squareRoot())
    }

    var varies: Bool {
        switch self {
        case .means(_, let deviation), .units(_, _, _, let deviation): deviation > 0
        case .counts(let mean, _, _): mean > 0
        case .shares(let level, let trials, _, _): level >= 0 && level <= 1 && !trials.isEmpty
        }
    }

    /// Stationary AR(1) errors.
    static func errors(
        _ count: Int, correlation: Double, deviation: Double, _ random: inout SplitMix64
    ) -> [Double] {
        let spread = deviation * (1 - correlation * correlation).squareRoot()
        var error = deviation * random.normal()
        return (0..<count).map { t in
            if t > 0 { error = correlation * error + spread * random.normal() }
            return error
        }
    }
}

/// One length of a series, drawn and judged as often as asked.
struct SimulatedVerdicts {
    private let plan: TimeUntilVisible.Plan
    private let count: Int
    private let size: Double
    private let level: Double
    private let design: SegmentedDesign
    private let weights: [Double]
    private let counts: (before: CountDraw, after: CountDraw)?

    init(_ plan: TimeUntilVisible.Plan, after: Int, size: Double, level: Double) throws(Unanswerable) {
        self.plan = plan
        count = plan.before + after
        self.size = size
        self.level = level
        design = try SegmentedDesign(
            positions: Array(0..<count), change: plan.before, slope: plan.slope, season: plan.season)
        weights = design.meanEffect
        if case .counts(let mean, let dispersion, _) = plan.figures {
            let ratio = max(1, dispersion)
            counts = (CountDraw(mean, ratio), CountDraw(max(0, mean + size), ratio))
        } else {
            counts = nil
        }
    }

    /// Whether the limits of one drawn series leave out no change, on its side.
    func shows(seed: UInt64, stream: UInt64) throws(Unanswerable) -> Bool {
        var random = SplitMix64(seed: seed, stream: stream)
        switch plan.figures {
        case .means(let correlation, let deviation):
            var y = SimulatedFigures.errors(count, correlation: correlation, deviation: deviation, &random)
            for t in plan.before..<count { y[t] += size }
            return try isSeen(y)
        case .shares(let share, let trials, let correlation, let deviation):
            let errors = SimulatedFigures.errors(count, correlation: correlation, deviation: deviation, &random)
            let y = errors.indices.map { t -> Double in
                let n = trials[t % trials.count]
                let p = share + errors[t] + (t < plan.before ? 0 : size)
                return Double(SimulatedVerdicts.successes(of: n, p, random.uniform())) / Double(n)
            }
            return try isSeen(y)
        case .counts(_, _, let correlation):
            guard let counts else { return false }
            let scores = SimulatedFigures.errors(count, correlation: correlation, deviation: 1, &random)
            let y = scores.indices.map { t in
                (t < plan.before ? counts.before : counts.after).value(NormalDistribution.cumulative(scores[t]))
            }
            return isSeen(counts: y)
        case .units(let treated, let controls, let correlation, let deviation):
            let units = (0..<(treated + controls)).map { unit -> DifferenceInDifferences.UnitSeries in
                var y = SimulatedFigures.errors(count, correlation: correlation, deviation: deviation, &random)
                if unit < treated { for t in plan.before..<count { y[t] += size } }
                return .init("\(unit)", y)
            }
            let found = try DifferenceInDifferences(
                treated: Array(units.prefix(treated)), controls: Array(units.dropFirst(treated)), change: plan.before,
                level: level)
            return found.effect.direction == (size > 0 ? .up : .down)
        }
    }

    private func isSeen(_ y: [Double]) throws(Unanswerable) -> Bool {
        // A share of 0 or all in every period: a verdict would say that there is nothing to tell.
        guard y.contains(where: { $0 != y[0] }) else { return false }
        let fit = try AutoregressiveErrors(y, on: design.basis, positions: design.positions)
        let found = fit.combination(weights)
        let t = StudentDistribution(degreesOfFreedom: found.degreesOfFreedom).twoSided(level: level)
        return (size > 0 ? found.estimate : -found.estimate) > t * found.error
    }

    /// What cannot be fitted, all zeroes after the change for one, is no verdict: it does not show.
    private func isSeen(counts y: [Double]) -> Bool {
        guard let fit = try? QuasiPoisson(y, on: design.basis) else { return false }
        let following = try? fit.following(y, on: design.basis, positions: design.positions)
        let found = fit.combination(weights, following, level: level)
        let wide = found.degreesOfFreedom.isFinite
            ? StudentDistribution(degreesOfFreedom: found.degreesOfFreedom).twoSided(level: level)
            : NormalDistribution.twoSided(level: level)
        return (size > 0 ? found.estimate : -found.estimate) > wide * found.error
    }

    private static func successes(of trials: Int, _ p: Double, _ u: Double) -> Int {
        if p <= 0 { return 0 }
        return p >= 1 ? trials : BinomialDistribution(trials: trials, probability: p).quantile(u)
    }
}

/// Counts of one mean and variance, by inversion: negative binomial, Poisson where the variance is no larger. Of means
/// above 200 a gamma value of that mean and variance, rounded, which then differs by less than a unit.
private struct CountDraw {
    private let cumulative: [Double]
    private let gamma: GammaDistribution?
    private let scale: Double

    init(_ mean: Double, _ dispersion: Double) {
        if mean > 200 {
            (cumulative, gamma, scale) = ([], GammaDistribution(shape: mean / dispersion), dispersion)
        } else {
            let law = PredictedCount(mean: mean, variance: mean * dispersion)
            cumulative = (0...law.quantile(1 - 1e-9)).map { law.cumulative($0) }
            (gamma, scale) = (nil, 1)
        }
    }

    func value(_ u: Double) -> Double {
        if let gamma { return (gamma.quantile(u) * scale).rounded() }
        var (low, high) = (0, max(0, cumulative.count - 1))
        while low < high {
            let middle = (low + high) / 2
            if cumulative[middle] >= u { high = middle } else { low = middle + 1 }
        }
        return Double(low)
    }
}
