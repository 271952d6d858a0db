/// The P′ chart: a series of shares whose denominators change, with limits for each point.
///
/// p̄ ± 3·σᵢ·σ_z, σᵢ = √(p̄(1−p̄)/nᵢ), σ_z = mR̄(z)/1.128 of the z-values (pᵢ−p̄)/σᵢ, their moving ranges screened once
/// as in `ProcessChart`. σ_z widens (or narrows) the binomial limits by how much the series varies beyond chance,
/// which large denominators always show. Laney 2002 (doi:10.1081/QEN-120006555).
public struct LaneyChart: Hashable, Sendable {
    /// d₂ for two values, 2/√π, rounded as printed.
    public static let meanRangeFactor = 1.128

    public let shares: [Proportion]
    /// p̄, all successes ÷ all trials.
    public let centre: Double
    /// σ_z; 1 where chance alone is at work.
    public let spread: Double
    /// The limits of each point, within 0…1.
    public let lower: [Double]
    public let upper: [Double]
    public let signals: [[ProcessChart.Signal]]
    /// Fewer than twelve points.
    public let provisional: Bool

    /// The chart of shares in their order of time; it needs two points, all with trials, and not all (or none) of
    /// them successes. Points without trials are not allowed: leave the period out.
    public static func of(_ shares: [Proportion]) -> Estimate<LaneyChart> {
        let usable = shares.filter { $0.trials > 0 }
        guard usable.count >= 2, usable.count == shares.count else {
            return .tooFew(TooFew(had: usable.count, needed: max(2, shares.count)))
        }
        let total = shares.reduce(Proportion(successes: 0, trials: 0), +)
        let centre = total.estimate ?? 0
        let deviations = shares.map { (centre * (1 - centre) / Double($0.trials)).squareRoot() }
        let values = shares.map { $0.estimate ?? 0 }
        var spread = 0.0
        if centre > 0 && centre < 1 {
            let z = zip(values, deviations).map { ($0 - centre) / $1 }
            spread = ProcessChart.screenedMean(ProcessChart.movingRanges(of: z)) / meanRangeFactor
        }
        let lower = deviations.map { centre - 3 * $0 * spread }
        let upper = deviations.map { centre + 3 * $0 * spread }
        // The rules see the limits before they are cut, so that the outer third stays the outer third.
        let signals = ProcessRules.signals(
            of: values, centre: [Double](repeating: centre, count: values.count), lower: lower, upper: upper)
        return .estimated(
            LaneyChart(
                shares: shares, centre: centre, spread: spread, lower: lower.map { max(0, $0) },
                upper: upper.map { min(1, $0) }, signals: signals,
                provisional: shares.count < ProcessChart.settledCount))
    }
}
