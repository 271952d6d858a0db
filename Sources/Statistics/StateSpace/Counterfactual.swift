/// What a series would have been without the change: a local level, with control series where there are any, fitted to
/// the time before and carried on through the time after.
///
/// As Brodersen et al. 2015 (doi:10.1214/14-AOAS788), by maximum likelihood instead of sampling. Limits by a seeded
/// parametric bootstrap: series like the fitted one are drawn, fitted anew and predicted, and what their predictions are
/// off by is what ours may be off by (Stoffer, Wall 1991, J. Am. Stat. Assoc. 86, 1024). What controls say is taken
/// to be untouched by the change.
public struct Counterfactual: Hashable, Sendable {
    /// Points known before the change that the method asks for at the least.
    public static let leastBefore = 12
    public static let method = "local level, maximum likelihood, parametric bootstrap"

    /// The model of the time before.
    public let model: LocalLevel
    /// The positions of the known points after the change.
    public let positions: [Int]
    /// What they would have been, with limits point by point.
    public let predictions: [ConfidenceInterval]
    public let estimates: [Double]
    /// Observed minus predicted, summed up to each of the points.
    public let cumulative: [Effect]
    /// Observed minus predicted, the mean of all points after.
    public let average: Effect
    /// The average effect as a share of what would have been; nil where that is not above 0.
    public let relative: Effect?
    public let replicates: Int
    public let seed: UInt64

    /// - Parameters:
    ///   - values: one a period, nil where missing.
    ///   - regressors: controls, harmonics: each as long as `values`, before and after.
    ///   - change: the first changed period.
    ///   - replicates: series drawn for the limits; 999 leave 24 in each tail.
    public init(
        _ values: [Double?], regressors: [[Double]] = [], change: Int, level: Double = 0.95, replicates: Int = 999,
        seed: UInt64 = 1
    ) throws(Unanswerable) {
        func isKnown(_ i: Int) -> Bool {
            values[i].map(\.isFinite) == true && regressors.allSatisfy { $0[i].isFinite }
        }
        let before = values.indices.prefix(max(0, change)).filter(isKnown)
        let after = values.indices.dropFirst(max(0, change)).filter(isKnown)
        let needed = max(Self.leastBefore, regressors.count + 8)
        guard before.count >= needed else {
            throw .tooFew(TooFew(had: before.count, needed: needed), of: "points before the change")
        }
        guard !after.isEmpty else { throw .tooFew(TooFew(had: 0, needed: 1), of: "points after the change") }
        let own = regressors.map { Array($0.prefix(change)) }
        let model = try LocalLevel(Array(values.prefix(change)), regressors: own)
        let horizon = Horizon(
            distances: after.map { $0 - change }, regressors: regressors.map { one in after.map { one[$0] } })
        let found = horizon.predict(model.end, model.coefficients)
        let observed = after.map { values[$0] ?? .nan }
        let errors = zip(observed, found.predictions).map { $0 - $1 }
        let drawn = BootstrapErrors(
            known: before, length: change, regressors: own, horizon: horizon, end: model.end,
            replicates: replicates, seed: seed)
        guard drawn.count >= replicates / 2 else { throw .noFit("the bootstrap of a local level") }
        let tail = (1 - level) / 2
        let sigma = model.end.variance.squareRoot()
        // Effect = error less its chance part: limits turn the quantiles round.
        func limits(_ estimate: Double, _ errors: [Double]) -> ConfidenceInterval {
            let sorted = errors.sorted()
            return ConfidenceInterval(
                lower: estimate - Self.quantile(sorted, 1 - tail) * sigma,
                upper: estimate - Self.quantile(sorted, tail) * sigma, level: level, method: Self.method)
        }
        var sum = 0.0
        cumulative = errors.indices.map { j in
            sum += errors[j]
            return Effect(
                estimate: sum, standardError: found.cumulativeErrors[j],
                interval: limits(sum, drawn.cumulative(j)), p: drawn.p(j, sum / sigma))
        }
        predictions = errors.indices.map { j in
            let own = limits(errors[j], drawn.single(j))
            return ConfidenceInterval(
                lower: observed[j] - own.upper, upper: observed[j] - own.lower, level: level, method: Self.method)
        }
        estimates = found.predictions
        let n = Double(errors.count)
        let last = cumulative[errors.count - 1]
        average = Effect(
            estimate: last.estimate / n, standardError: last.standardError / n,
            interval: ConfidenceInterval(
                lower: last.interval.lower / n, upper: last.interval.upper / n, level: level, method: Self.method),
            p: last.p)
        relative = Self.share(average, of: (Moments.mean(observed) ?? 0))
        self.model = model
        positions = after
        self.replicates = drawn.count
        self.seed = seed
    }

    /// e ÷ (ȳ − e) rises with e, so limits of the effect become limits of the share.
    private static func share(_ effect: Effect, of observed: Double) -> Effect? {
        guard observed - effect.interval.upper > 0, observed - effect.estimate > 0 else { return nil }
        func share(_ e: Double) -> Double { e / (observed - e) }
        return Effect(
            estimate: share(effect.estimate), standardError: effect.standardError / (observed - effect.estimate),
            interval: ConfidenceInterval(
                lower: share(effect.interval.lower), upper: share(effect.interval.upper), level: effect.interval.level,
                method: Self.method), p: effect.p)
    }

    /// Hyndman–Fan type 6 of a sorted list: of B drawn errors one more falls below it with exactly this probability.
    static func quantile(_ sorted: [Double], _ p: Double) -> Double {
        guard let last = sorted.indices.last else { return .nan }
        let place = p * Double(sorted.count + 1) - 1
        let low = min(max(Int(place.rounded(.down)), 0), last)
        let high = min(low + 1, last)
        return sorted[low] + (sorted[high] - sorted[low]) * min(max(place - Double(low), 0), 1)
    }
}
