import Basis

/// How often limits of a method held in simulated series, by length: what "95 %" is worth in short series.
///
/// Figures of `Benchmarks/coverage`, 10,000 series a cell: AR(1) errors of 0, 0.2 and 0.4, of counterfactuals also
/// a level that wanders; the lowest and the highest of them, step, slope and no change together. The whole table stands
/// in the documentation, Statistics.
public struct MeasuredCoverage: Hashable, Sendable {
    /// Below this a page says "approximate".
    public static let leastShare = 0.93

    public enum Method: Hashable, Sendable { case autoregressive, counts, counterfactual }

    public let before: Int
    public let after: Int
    /// Shares of series in which the limits held what was true.
    public let lowest: Double
    public let highest: Double
    /// The series in hand is shorter than any that was measured.
    public let isShorter: Bool

    public var isApproximate: Bool { isShorter || lowest < Self.leastShare }

    private static let measured: [(method: Method, before: Int, after: Int, lowest: Double, highest: Double)] = [
        (.autoregressive, 12, 12, 0.954, 0.967), (.autoregressive, 24, 12, 0.946, 0.952),
        (.autoregressive, 36, 24, 0.949, 0.953), (.autoregressive, 60, 24, 0.945, 0.948),
        (.counterfactual, 24, 12, 0.89, 0.98), (.counterfactual, 36, 24, 0.84, 0.98),
        (.counterfactual, 60, 24, 0.87, 0.98),
    ]

    /// By the longest measured series that is no longer than the one in hand, before and after.
    public init?(_ method: Method, before: Int, after: Int) {
        let rows = Self.measured.filter { $0.method == method }
        let fitting = rows.filter { $0.before <= before && $0.after <= after }
        let longest = fitting.max { ($0.before, $0.after) < ($1.before, $1.after) }
        guard let row = longest ?? rows.first else { return nil }
        self.before = row.before
        self.after = row.after
        lowest = row.lowest
        highest = row.highest
        isShorter = fitting.isEmpty
    }

    /// Of the method that answered; nil of charts, comparisons and what has no answer.
    public init?(_ study: ChangeStudy) {
        let method: Method
        switch study.answer {
        case .interrupted(let fit): method = fit.model == .counts ? .counts : .autoregressive
        case .counterfactual: method = .counterfactual
        case .chart, .shares, .comparison, .none: return nil
        }
        self.init(method, before: study.before, after: study.after)
    }

    /// One sentence: what the limits are worth.
    public var words: String {
        func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
        let range = percent(lowest) == percent(highest)
            ? "\(percent(lowest)) %" : say("\(percent(lowest)) to \(percent(highest)) %")
        let held = say("such limits held in \(range) of simulated series of \(before) + \(after) points")
        if isShorter { return say("Approximate: \(held), and this series is shorter.") }
        return isApproximate
            ? say("Approximate: \(held), not in 95.") : say("Limits can be trusted: \(held).")
    }
}
