/// Events in an exposure (outages in months, complaints in visits).
public struct PoissonRate: Hashable, Sendable {
    public let events: Int
    /// How long or how many it was counted over; above 0.
    public let exposure: Double

    /// - Precondition: `events ≥ 0`, `exposure > 0`.
    public init(events: Int, exposure: Double) {
        precondition(events >= 0 && exposure > 0 && exposure.isFinite, "a rate needs events ≥ 0 and an exposure")
        self.events = events
        self.exposure = exposure
    }

    /// events ÷ exposure.
    public var estimate: Double { Double(events) / exposure }

    /// The exact interval: gamma quantiles G(α/2; x) and G(1−α/2; x+1), divided by the exposure.
    ///
    /// Garwood 1936 (doi:10.1093/biomet/28.3-4.437).
    public func garwood(level: Double = 0.95) -> ConfidenceInterval {
        let tail = (1 - level) / 2
        let lower = events == 0 ? 0 : GammaDistribution(shape: Double(events)).quantile(tail)
        let upper = GammaDistribution(shape: Double(events) + 1).upperQuantile(tail)
        return ConfidenceInterval(lower: lower / exposure, upper: upper / exposure, level: level, method: "Garwood")
    }
}

/// The ratio of two rates: given all events, those of the first are binomial.
///
/// With π = rT₁/(rT₁ + T₂) the share of events in the first, Clopper–Pearson limits of π give those of r, and the exact
/// binomial test its p. Przyborowski, Wilenski 1940 (doi:10.1093/biomet/31.3-4.313); R's `poisson.test`.
public struct PoissonRatio: Hashable, Sendable {
    public let first: PoissonRate
    public let second: PoissonRate

    public init(first: PoissonRate, second: PoissonRate) {
        self.first = first
        self.second = second
    }

    /// First ÷ second; nil where the second has no events.
    public var estimate: Double? { second.events > 0 ? first.estimate / second.estimate : nil }

    /// The limits of the ratio; the upper is infinite where the second has no events; nil where neither has.
    public func interval(level: Double = 0.95) -> ConfidenceInterval? {
        let share = Proportion(successes: first.events, trials: first.events + second.events)
        guard let limits = share.clopperPearson(level: level) else { return nil }
        func ratio(_ share: Double) -> Double {
            share == 1 ? .infinity : share / (1 - share) * second.exposure / first.exposure
        }
        return ConfidenceInterval(
            lower: ratio(limits.lower), upper: ratio(limits.upper), level: level, method: "exact binomial")
    }

    /// The two-sided p of equal rates: all splits of the events no likelier than this one; 1 where there are none.
    public func exactP() -> Double {
        let all = first.events + second.events
        let odds = first.exposure / second.exposure
        let law = RelativeLaw(range: 0...all) { Double(all - $0) / Double($0 + 1) * odds }
        return law.probabilityOfNoLikelier(than: first.events)
    }
}
