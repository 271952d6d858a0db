/// Who stands out: the limits within which the shares of units (stores, people) of one common rate would lie, by size.
///
/// Around the common rate p̄ (all successes ÷ all trials): p̄ ± z√(p̄(1−p̄)/n) with z = 1.96 (95 %) and 3.09 (99.8 %).
/// Spiegelhalter 2005 (doi:10.1002/sim.1970). Units that differ for many small reasons vary by more than chance; the
/// limits are then widened by √φ̂, φ̂ the mean of the squared z-values after those of the outer tenths were set to
/// theirs (section 3.2 there).
public struct FunnelLimits: Hashable, Sendable {
    /// z of the warning limits: 95 % of units of the common rate lie within.
    public static let warningZ = 1.96
    /// z of the action limits: 99.8 %.
    public static let actionZ = 3.09
    /// The share of units at each end whose z-value is set to the last one inside (Spiegelhalter 2005, section 3.2).
    public static let winsorisedShare = Quantile(numerator: 1, denominator: 10)

    /// How the curves are drawn.
    public enum Curve: Hashable, Sendable {
        /// Binomial quantiles at Φ(−z√φ̂) of either tail, interpolated between whole counts (Spiegelhalter 2005, appendix
        /// A.1): within 0…1 by themselves, and right for few trials and for rates near 0 or 1. A unit lies outside
        /// exactly where a count so far out, or farther, has a smaller probability. (The paper interpolates the upper
        /// limit on P(R ≤ r), one count lower; here both tails are treated alike, so that counting failures instead of
        /// successes mirrors the chart.)
        case exact
        /// p̄ ± z√φ̂√(p̄(1−p̄)/n), cut at 0 and 1.
        case normal
        /// p̄ ± z√(p̄(1−p̄)/n + τ²), cut at 0 and 1: units differ by an additive variance τ² (section 3.3), so that
        /// limits of large units do not close in on the centre.
        case additive
    }

    /// Where a unit lies.
    public enum Zone: String, CaseIterable, Hashable, Sendable {
        case farBelow, below, within, above, farAbove
    }

    /// One unit's place.
    public struct Place: Hashable, Sendable {
        public let share: Proportion
        /// (p − p̄) ÷ √(p̄(1−p̄)/n), before any adjustment.
        public let z: Double
        public let zone: Zone
    }

    /// The common rate p̄.
    public let centre: Double
    /// φ̂, at least 1: how much wider than by chance alone (in variance) the units lie.
    public let overdispersion: Double
    /// τ² ≥ 0, the additive variance between units: (Iφ̂ − (I−1)) ÷ (Σw − Σw²/Σw), w = n/(p̄(1−p̄)).
    public let betweenVariance: Double
    public let curve: Curve
    /// The units, in the order given.
    public let places: [Place]

    /// Limits for these units; needs two with trials, and a common rate that is neither 0 nor 1 (else nobody can stand
    /// out, and all are within). Units without trials are left out of `places`.
    public static func of(
        _ units: [Proportion], curve: Curve = .exact, adjusted: Bool = true
    ) -> Estimate<FunnelLimits> {
        let counted = units.filter { $0.trials > 0 }
        guard counted.count >= 2 else { return .tooFew(TooFew(had: counted.count, needed: 2)) }
        let centre = counted.reduce(Proportion(successes: 0, trials: 0), +).estimate ?? 0
        let variance = centre * (1 - centre)
        let z = counted.map { unit in
            variance > 0 ? ((unit.estimate ?? 0) - centre) / (variance / Double(unit.trials)).squareRoot() : 0
        }
        let phi = winsorised(z).reduce(0) { $0 + $1 * $1 } / Double(z.count)
        var between = 0.0
        if variance > 0 {
            let weights = counted.map { Double($0.trials) / variance }
            let sum = weights.reduce(0, +)
            let squares = weights.reduce(0) { $0 + $1 * $1 }
            between = max(0, Double(z.count) * phi - Double(z.count - 1)) / (sum - squares / sum)
        }
        let limits = FunnelLimits(
            centre: centre, overdispersion: adjusted ? max(1, phi) : 1, betweenVariance: adjusted ? between : 0,
            curve: curve, places: [])
        let places = zip(counted, z).map { Place(share: $0, z: $1, zone: limits.zone(of: $0)) }
        return .estimated(
            FunnelLimits(
                centre: centre, overdispersion: limits.overdispersion, betweenVariance: limits.betweenVariance,
                curve: curve, places: places))
    }

    /// The z-values with those beyond the outer tenths set to the tenths' quantiles (type 7, as FunnelPlotR does).
    static func winsorised(_ z: [Double]) -> [Double] {
        let sorted = z.sorted()
        guard let low = HyndmanFan.type7.quantile(winsorisedShare, ofSorted: sorted),
            let high = HyndmanFan.type7.quantile(winsorisedShare.complement, ofSorted: sorted)
        else { return z }
        return z.map { min(max($0, low), high) }
    }

    /// The limits for a unit of so many trials at z standard deviations; nil without trials.
    public func limits(trials: Int, z: Double = warningZ) -> ConfidenceInterval? {
        guard trials > 0 else { return nil }
        let level = 1 - 2 * NormalDistribution.upperTail(z)
        let widened = z * overdispersion.squareRoot()
        let chance = centre * (1 - centre) / Double(trials)
        let lower: Double
        let upper: Double
        switch curve {
        case .exact:
            lower = Self.exactLower(trials: trials, rate: centre, z: widened)
            upper = 1 - Self.exactLower(trials: trials, rate: 1 - centre, z: widened)
        case .normal:
            lower = centre - widened * chance.squareRoot()
            upper = centre + widened * chance.squareRoot()
        case .additive:
            let half = z * (chance + betweenVariance).squareRoot()
            lower = centre - half
            upper = centre + half
        }
        return ConfidenceInterval(
            lower: max(0, lower), upper: min(1, upper), level: level,
            method: curve == .exact ? "binomial funnel" : "normal funnel")
    }

    /// Where a share lies: beyond the warning limits, beyond the action limits.
    public func zone(of share: Proportion) -> Zone {
        guard let value = share.estimate, let warning = limits(trials: share.trials, z: Self.warningZ),
            let action = limits(trials: share.trials, z: Self.actionZ)
        else { return .within }
        if value < action.lower { return .farBelow }
        if value > action.upper { return .farAbove }
        if value < warning.lower { return .below }
        if value > warning.upper { return .above }
        return .within
    }

    /// (r − α)/n with r the least count of P(R ≤ r) ≥ Φ(−z) and α = (P(R ≤ r) − Φ(−z)) ÷ P(R = r); 0 where no count
    /// is so unlikely.
    private static func exactLower(trials: Int, rate: Double, z: Double) -> Double {
        guard rate > 0, rate < 1 else { return rate }
        let tail = NormalDistribution.upperTail(z)
        let binomial = BinomialDistribution(trials: trials, probability: rate)
        let count = binomial.quantile(tail)
        let mass = binomial.mass(count)
        guard mass > 0 else { return Double(count) / Double(trials) }
        let part = min(1, max(0, (binomial.cumulative(count) - tail) / mass))
        return max(0, (Double(count) - part) / Double(trials))
    }
}
