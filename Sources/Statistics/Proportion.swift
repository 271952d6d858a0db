/// A share: so many successes of so many trials.
///
/// Without trials there is neither an estimate nor an interval: every answer is nil then, never 0.
public struct Proportion: Hashable, Sendable {
    public let successes: Int
    public let trials: Int

    /// - Precondition: `0 ≤ successes ≤ trials`.
    public init(successes: Int, trials: Int) {
        precondition(successes >= 0 && successes <= trials, "a proportion needs 0 ≤ successes ≤ trials")
        self.successes = successes
        self.trials = trials
    }

    /// successes ÷ trials.
    public var estimate: Double? { trials > 0 ? Double(successes) / Double(trials) : nil }

    /// Counts add: the share of both together.
    public static func + (a: Proportion, b: Proportion) -> Proportion {
        Proportion(successes: a.successes + b.successes, trials: a.trials + b.trials)
    }

    /// The share of what did not succeed.
    public var complement: Proportion { Proportion(successes: trials - successes, trials: trials) }
}

extension Proportion {
    /// The score interval: (p̂ + z²/2n ± z√(p̂(1−p̂)/n + z²/4n²)) ÷ (1 + z²/n).
    ///
    /// Wilson 1927 (doi:10.1080/01621459.1927.10502953); recommended for small n by Brown, Cai, DasGupta 2001
    /// (doi:10.1214/ss/1009213286). The limits never leave 0…1 and have length also at 0 of n and n of n.
    public func wilson(level: Double = 0.95) -> ConfidenceInterval? {
        guard let p = estimate else { return nil }
        let n = Double(trials)
        let z = NormalDistribution.twoSided(level: level)
        let centre = p + z * z / (2 * n)
        let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        let scale = 1 + z * z / n
        return ConfidenceInterval(
            lower: successes == 0 ? 0 : (centre - half) / scale,
            upper: successes == trials ? 1 : (centre + half) / scale,
            level: level, method: "Wilson")
    }

    /// The score interval with continuity correction, Newcombe 1998 method 4
    /// (doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E); R's `prop.test`.
    public func wilsonContinuityCorrected(level: Double = 0.95) -> ConfidenceInterval? {
        guard let p = estimate else { return nil }
        let n = Double(trials)
        let z = NormalDistribution.twoSided(level: level)
        func limit(_ sign: Double) -> Double {
            let root = (z * z + sign * 2 - 1 / n + 4 * p * (n * (1 - p) - sign)).squareRoot()
            return (2 * n * p + z * z + sign + sign * z * root) / (2 * (n + z * z))
        }
        return ConfidenceInterval(
            lower: successes == 0 ? 0 : max(0, limit(-1)),
            upper: successes == trials ? 1 : min(1, limit(1)),
            level: level, method: "Wilson, continuity corrected")
    }

    /// The exact interval, for audit samples: beta quantiles B(α/2; x, n−x+1) and B(1−α/2; x+1, n−x).
    ///
    /// Clopper, Pearson 1934 (doi:10.1093/biomet/26.4.404). Covers at least `level`, usually more.
    public func clopperPearson(level: Double = 0.95) -> ConfidenceInterval? {
        guard trials > 0 else { return nil }
        let x = Double(successes)
        let n = Double(trials)
        let tail = (1 - level) / 2
        return ConfidenceInterval(
            lower: successes == 0 ? 0 : BetaDistribution(x, n - x + 1).quantile(tail),
            upper: successes == trials ? 1 : BetaDistribution(x + 1, n - x).upperQuantile(tail),
            level: level, method: "Clopper–Pearson")
    }

    /// The equal-tailed posterior interval under Jeffreys' prior, beta(x + ½, n − x + ½).
    ///
    /// Brown, Cai, DasGupta 2001 (doi:10.1214/ss/1009213286), without their change at 0 and n.
    public func jeffreys(level: Double = 0.95) -> ConfidenceInterval? {
        guard trials > 0 else { return nil }
        let posterior = BetaDistribution(Double(successes) + 0.5, Double(trials - successes) + 0.5)
        let tail = (1 - level) / 2
        return ConfidenceInterval(
            lower: posterior.quantile(tail), upper: posterior.upperQuantile(tail), level: level, method: "Jeffreys")
    }

    /// The Wald interval around (x + z²/2) ÷ (n + z²), cut at 0 and 1: Agresti, Coull 1998
    /// (doi:10.1080/00031305.1998.10480550).
    public func agrestiCoull(level: Double = 0.95) -> ConfidenceInterval? {
        guard trials > 0 else { return nil }
        let z = NormalDistribution.twoSided(level: level)
        let n = Double(trials) + z * z
        let p = (Double(successes) + z * z / 2) / n
        let half = z * (p * (1 - p) / n).squareRoot()
        return ConfidenceInterval(
            lower: max(0, p - half), upper: min(1, p + half), level: level, method: "Agresti–Coull")
    }

    /// The textbook interval p̂ ± z√(p̂(1−p̂)/n), cut at 0 and 1. Only for comparison with others' figures: it has no
    /// length at 0 of n and covers too little for small n (Brown, Cai, DasGupta 2001, doi:10.1214/ss/1009213286).
    public func wald(level: Double = 0.95) -> ConfidenceInterval? {
        guard let p = estimate else { return nil }
        let z = NormalDistribution.twoSided(level: level)
        let half = z * (p * (1 - p) / Double(trials)).squareRoot()
        return ConfidenceInterval(lower: max(0, p - half), upper: min(1, p + half), level: level, method: "Wald")
    }
}
