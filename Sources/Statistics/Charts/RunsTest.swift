/// Whether a series stays too long on one side of its median, or crosses it too seldom: a shift without any model.
///
/// Of n points not on the median the longest run may have round(log₂ n) + 3, and there must be as many crossings as the
/// lower 5 % point of a binomial of n − 1 and ½. Anhøj, Olesen 2014 (doi:10.1371/journal.pone.0113825).
public struct RunsTest: Hashable, Sendable {
    /// Useful points that the limits ask for at the least, as in the paper's table.
    public static let leastUseful = 10

    public let median: Double
    /// Points that are not on the median.
    public let useful: Int
    public let longestRun: Int
    public let longestAllowed: Int
    public let crossings: Int
    public let crossingsNeeded: Int
    public var hasUnusuallyLongRun: Bool { longestRun > longestAllowed }
    public var hasUnusuallyFewCrossings: Bool { crossings < crossingsNeeded }
    public var signals: Bool { hasUnusuallyLongRun || hasUnusuallyFewCrossings }

    /// - Parameter baseline: the median is that of so many first points; nil: of all.
    public static func of(_ values: [Double], baseline: Int? = nil) -> Estimate<RunsTest> {
        let sorted = values.prefix(baseline ?? values.count).sorted()
        guard let middle = sorted.indices.last.map({ (sorted[$0 / 2] + sorted[($0 + 1) / 2]) / 2 }) else {
            return .tooFew(TooFew(had: 0, needed: leastUseful))
        }
        let sides = values.filter { $0 != middle }.map { $0 > middle }
        guard sides.count >= leastUseful else { return .tooFew(TooFew(had: sides.count, needed: leastUseful)) }
        var run = 0
        var longest = 0
        var crossings = 0
        for (index, side) in sides.enumerated() {
            let goesOn = index > 0 && side == sides[index - 1]
            if index > 0, !goesOn { crossings += 1 }
            run = goesOn ? run + 1 : 1
            longest = max(longest, run)
        }
        let n = sides.count
        let allowed = Int((logarithm(Double(n)) / logarithm(2)).rounded(.toNearestOrEven)) + 3
        return .estimated(
            RunsTest(
                median: middle, useful: n, longestRun: longest, longestAllowed: allowed, crossings: crossings,
                crossingsNeeded: BinomialDistribution(trials: n - 1, probability: 0.5).quantile(0.05)))
    }
}
