/// Moments of a wait that is cut at a bound: what lasts longer counts as lasting so long, and who is still waiting at
/// the end of the data is known to have waited so far (Kaplan–Meier). The mean is the area under the curve up to it.
///
/// Irwin 1949 (doi:10.1017/S0022172400014443); Royston, Parmar 2013 (doi:10.1186/1471-2288-13-152).
public struct RestrictedWait: Hashable, Sendable {
    /// Of how many waits.
    public let count: Int64
    public let mean: Double
    public let variance: Double
    /// The third central moment.
    public let third: Double

    /// Nil without any wait. `bound` above 0, in the waits' unit. Beyond the longest wait the curve stays where it is.
    public init?(events: SparseHistogram, censored: SparseHistogram, bound: Int64) {
        count = events.count + censored.count
        if count == 0 || bound <= 0 { return nil }
        let curve = KaplanMeier(events: events, censored: censored)
        var (first, second, third) = (0.0, 0.0, 0.0)
        var (time, survival) = (0.0, 1.0)
        // E T = ∫ S, E T² = 2 ∫ t S, E T³ = 3 ∫ t² S.
        func add(to end: Double) {
            first += survival * (end - time)
            second += survival * (end * end - time * time)
            third += survival * (end * end * end - time * time * time)
            time = end
        }
        for step in curve.steps where step.time < bound {
            add(to: Double(step.time))
            survival = step.survival
        }
        add(to: Double(bound))
        mean = first
        variance = max(0, second - first * first)
        self.third = third - 3 * first * second + 2 * first * first * first
    }
}
