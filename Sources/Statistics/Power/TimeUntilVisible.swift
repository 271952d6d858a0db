import Dispatch
import Synchronization

/// How many periods after a change until an effect of a given size shows: by simulation from what the series is like.
///
/// Series like it are drawn, a step is added from the change on, and each is judged as a verdict would be: see
/// `SimulatedFigures`. Seeded; replicate r begins with the same numbers at every length, so that the answer does not
/// depend on which lengths were tried.
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
        public var figures: SimulatedFigures
        public var slope: Bool
        public var season: Season?

        public init(before: Int, figures: SimulatedFigures, slope: Bool = false, season: Season? = nil) {
            self.before = before
            self.figures = figures
            self.slope = slope
            self.season = season
        }

        /// Of means.
        public init(before: Int, correlation: Double, deviation: Double, slope: Bool = false, season: Season? = nil) {
            self.init(
                before: before, figures: .means(correlation: correlation, deviation: deviation), slope: slope,
                season: season)
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
        guard size != 0, plan.figures.varies else { throw .constant("what is looked for") }
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
        guard size != 0, plan.figures.varies else { throw .constant("what is looked for") }
        let verdicts = try SimulatedVerdicts(plan, after: after, size: size, level: level)
        // Each run has numbers of its own: several cores may draw them, and the share is the same.
        let pieces = max(1, min(runs, 16))
        let found = Mutex((seen: 0, fault: Unanswerable?.none))
        DispatchQueue.concurrentPerform(iterations: pieces) { piece in
            var seen = 0
            for run in stride(from: piece, to: runs, by: pieces) {
                do throws(Unanswerable) {
                    if try verdicts.shows(seed: seed, stream: UInt64(run)) { seen += 1 }
                } catch {
                    found.withLock { $0.fault = $0.fault ?? error }
                    return
                }
            }
            found.withLock { $0.seen += seen }
        }
        let (seen, fault) = found.withLock { $0 }
        if let fault { throw fault }
        return Proportion(successes: seen, trials: runs)
    }
}
