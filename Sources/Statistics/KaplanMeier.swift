#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The share still waiting after each time, when some wait still (censored).
///
/// S(t) = ∏ (1 − dᵢ/nᵢ) over the times tᵢ ≤ t, with dᵢ events among nᵢ at risk; who is censored at tᵢ is still at risk
/// there. Kaplan, Meier 1958 (doi:10.1080/01621459.1958.10501452).
public struct KaplanMeier: Hashable, Sendable {
    /// One time at which an event or a censoring was seen.
    public struct Step: Hashable, Sendable {
        public let time: Int64
        /// How many had a time of at least `time`.
        public let atRisk: Int64
        public let events: Int64
        public let censored: Int64
        /// S from this time on.
        public let survival: Double
        /// Σ dᵢ/(nᵢ(nᵢ−dᵢ)) so far: Greenwood's sum, the variance of log S. Infinite once S is 0.
        public let greenwood: Double
    }

    public let events: SparseHistogram
    public let censored: SparseHistogram
    /// All times, ascending.
    public let steps: [Step]

    /// - Parameters:
    ///   - events: the times of those that ended.
    ///   - censored: how long those that go on have been seen, in the same unit.
    public init(events: SparseHistogram, censored: SparseHistogram) {
        self.events = events
        self.censored = censored
        steps = Self.steps(events: events, censored: censored)
    }

    /// How many there are.
    public var count: Int64 { events.count + censored.count }

    private static func steps(events: SparseHistogram, censored: SparseHistogram) -> [Step] {
        let (eventTimes, eventCounts) = (events.values, events.counts)
        let (censoredTimes, censoredCounts) = (censored.values, censored.counts)
        var steps: [Step] = []
        steps.reserveCapacity(events.distinctCount + censored.distinctCount)
        var atRisk = events.count + censored.count
        // Between two censorings the product telescopes to (still there) ÷ (at risk at the start of the stretch):
        // one division instead of many, and exact up to the first censoring.
        var before = 1.0
        var stretchStart = atRisk
        var greenwood = 0.0
        var i = 0
        var j = 0
        while i < eventTimes.count || j < censoredTimes.count {
            let nextEvent = i < eventTimes.count ? eventTimes[i] : Int64.max
            let nextCensored = j < censoredTimes.count ? censoredTimes[j] : Int64.max
            let time = Swift.min(nextEvent, nextCensored)
            let ended = i < eventTimes.count && nextEvent == time ? eventCounts[i] : 0
            let left = j < censoredTimes.count && nextCensored == time ? censoredCounts[j] : 0
            if ended > 0 { greenwood += Double(ended) / (Double(atRisk) * Double(atRisk - ended)) }
            let survival = before * (Double(atRisk - ended) / Double(stretchStart))
            steps.append(
                Step(
                    time: time, atRisk: atRisk, events: ended, censored: left, survival: survival,
                    greenwood: greenwood))
            atRisk -= ended + left
            if left > 0 {
                before = survival
                stretchStart = atRisk
            }
            if ended > 0 { i += 1 }
            if left > 0 { j += 1 }
        }
        return steps
    }

    /// The last step at or before a time; nil before the first.
    func step(at time: Int64) -> Step? {
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : steps[low - 1]
    }

    /// How many had a time of at least `time`.
    public func atRisk(_ time: Int64) -> Int64 {
        guard let step = step(at: time) else { return count }
        return step.time == time ? step.atRisk : step.atRisk - step.events - step.censored
    }

    /// S(t), the share whose time is over t; nil when there is nobody.
    ///
    /// After the longest observed time the curve is known only where it is 0; the last value is given on.
    public func survival(_ time: Int64) -> Double? {
        count == 0 ? nil : step(at: time)?.survival ?? 1
    }

    /// Greenwood's standard error of S(t): S √Σ dᵢ/(nᵢ(nᵢ−dᵢ)); nil when there is nobody or S is 0.
    ///
    /// Greenwood 1926, Reports on Public Health and Medical Subjects 33.
    public func standardError(_ time: Int64) -> Double? {
        guard count > 0 else { return nil }
        guard let step = step(at: time) else { return 0 }
        return step.survival > 0 ? step.survival * step.greenwood.squareRoot() : nil
    }

    /// How the limits of the curve are formed.
    public enum Limits: String, CaseIterable, Sendable {
        /// S^exp(±z·σ/log S): stays in 0…1 and covers well with few (Borgan, Liestøl 1990). The project's own.
        case logLog = "log–log"
        /// S·exp(±zσ), cut at 1: R's default, for comparison.
        case log = "log"
        /// S(1 ± zσ), cut at 0 and 1, for comparison.
        case plain = "plain"
    }

    /// Limits of S(t) by Greenwood's variance; nil when there is nobody, and where S is 0 or (log–log) 1: the curve
    /// has no length there, which does not mean that it is certain (`share(by:)` falls back to Wilson).
    public func limits(_ time: Int64, level: Double = 0.95, by limits: Limits = .logLog) -> ConfidenceInterval? {
        guard let step = step(at: time) else { return nil }
        return Self.limits(step, z: NormalDistribution.twoSided(level: level), level: level, by: limits)
    }

    static func limits(_ step: Step, z: Double, level: Double, by limits: Limits) -> ConfidenceInterval? {
        let s = step.survival
        guard s > 0, step.greenwood.isFinite else { return nil }
        let sigma = step.greenwood.squareRoot()
        let lower: Double
        let upper: Double
        switch limits {
        case .logLog:
            guard s < 1 else { return nil }
            let logarithm = log(s)
            let width = z * sigma / -logarithm
            lower = exp(logarithm * exp(width))
            upper = exp(logarithm * exp(-width))
        case .log:
            lower = s * exp(-z * sigma)
            upper = min(1, s * exp(z * sigma))
        case .plain:
            lower = max(0, s * (1 - z * sigma))
            upper = min(1, s * (1 + z * sigma))
        }
        return ConfidenceInterval(lower: lower, upper: upper, level: level, method: limits.rawValue)
    }

    /// F(t) = 1 − S(t), the share that ended by t, with limits; nil when there is nobody.
    ///
    /// The log–log limits do not exist where the curve is still 1 or already 0. While it is 1, Wilson's for none of
    /// those then at risk stand in. When it is 0, Wilson's for all of them if nobody was censored, else from the last
    /// limit before it to 1.
    public func share(by time: Int64, level: Double = 0.95) -> (estimate: Double, interval: ConfidenceInterval)? {
        guard let survival = survival(time) else { return nil }
        if let limits = limits(time, level: level) {
            return (1 - survival, Self.complement(limits))
        }
        if survival > 0 {
            // At least one, since the curve stays above 0 only while somebody was seen so long.
            let base = Int(max(1, atRisk(time)))
            return Proportion(successes: 0, trials: base).wilson(level: level).map { (1 - survival, $0) }
        }
        if !censored.isEmpty, let last = steps.dropLast().last,
            let limits = limits(last.time, level: level)
        {
            let lower = Self.complement(limits).lower
            return (1, ConfidenceInterval(lower: lower, upper: 1, level: level, method: limits.method))
        }
        let base = censored.isEmpty ? Int(count) : Int(max(1, steps.last?.atRisk ?? 1))
        return Proportion(successes: base, trials: base).wilson(level: level).map { (1, $0) }
    }

    private static func complement(_ limits: ConfidenceInterval) -> ConfidenceInterval {
        ConfidenceInterval(
            lower: 1 - limits.upper, upper: 1 - limits.lower, level: limits.level, method: limits.method)
    }
}
