extension KaplanMeier {
    /// The longest time anybody was seen, ended or not.
    public var longestObserved: Int64? { steps.last?.time }

    /// The least t with S(t) ≤ 1 − p, no midpoint; over the longest observed time where silence reaches into it; nil
    /// when there is nobody.
    ///
    /// With nothing censored this is the observed value of rank ⌈np⌉. The comparison is exact: where rounding could
    /// decide, S is compared as a fraction of whole numbers.
    public func quantile(_ p: Quantile) -> TimeQuantile? {
        guard let longest = longestObserved else { return nil }
        let target = p.complement
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if survivalIsAtMost(target, atStep: middle) { high = middle } else { low = middle + 1 }
        }
        // At p = 0 any time will do; the first event is the least value seen.
        while low < steps.count, steps[low].events == 0 { low += 1 }
        return low < steps.count ? .at(steps[low].time) : .over(longest)
    }

    /// Limits of a quantile: the pair of order statistics where nothing is censored, else by the curve's log–log
    /// limits; nil when there are too few for any.
    public func quantileInterval(_ p: Quantile, level: Double = 0.95) -> QuantileInterval? {
        censored.isEmpty ? events.quantileInterval(p, level: level) : brookmeyerCrowley(p, level: level)
    }

    /// All t that the log–log limits of the curve do not exclude as the quantile: from the least t at which the lower
    /// limit is ≤ 1 − p to the least at which the upper one is. An end that is not reached is open (`.over`).
    ///
    /// Brookmeyer, Crowley 1982 (doi:10.2307/2530286). Where S is 0 there is no limit, and none is claimed. Nil where
    /// nothing ended.
    public func brookmeyerCrowley(_ p: Quantile, level: Double = 0.95) -> QuantileInterval? {
        guard let longest = longestObserved, !events.isEmpty else { return nil }
        let z = NormalDistribution.twoSided(level: level)
        let target = p.complement.value
        var lower: Int64?
        var upper: Int64?
        for step in steps where step.events > 0 {
            guard let limits = Self.limits(step, z: z, level: level, by: .logLog) else {
                // S is 0: the quantile is at most here by the estimate, so the lower end is; no limit above.
                if step.survival == 0 && lower == nil { lower = step.time }
                continue
            }
            if lower == nil && limits.lower <= target { lower = step.time }
            if limits.upper <= target {
                upper = step.time
                break
            }
        }
        return QuantileInterval(
            lower: lower.map(TimeQuantile.at) ?? .over(longest), upper: upper.map(TimeQuantile.at) ?? .over(longest),
            level: level, method: "Brookmeyer–Crowley, log–log")
    }

    /// Whether S at a step is at most a fraction, decided by whole numbers where the doubles are too close.
    private func survivalIsAtMost(_ target: Quantile, atStep index: Int) -> Bool {
        let survival = steps[index].survival
        if (survival - target.value).magnitude > 1e-9 { return survival < target.value }
        // S is a product of (still there) ÷ (at risk at the start) over the stretches between censorings.
        var top = WholeProduct(UInt64(target.denominator))
        var bottom = WholeProduct(UInt64(target.numerator))
        var stretchStart = count
        for step in steps[...index] {
            let left = step.atRisk - step.events
            if step.censored > 0 || step.time == steps[index].time {
                if left != stretchStart {
                    top.multiply(by: UInt64(left))
                    bottom.multiply(by: UInt64(stretchStart))
                }
                stretchStart = left - step.censored
            }
        }
        return top <= bottom
    }
}

/// A product of whole numbers of any size, least significant limb first, to compare two fractions exactly.
private struct WholeProduct {
    private var limbs: [UInt64]

    init(_ value: UInt64) { limbs = value == 0 ? [] : [value] }

    mutating func multiply(by factor: UInt64) {
        if factor == 0 { limbs = [] }
        var carry: UInt64 = 0
        for index in limbs.indices {
            let (high, low) = limbs[index].multipliedFullWidth(by: factor)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            limbs[index] = sum
            carry = high + (overflow ? 1 : 0)
        }
        if carry > 0 { limbs.append(carry) }
    }

    static func <= (a: WholeProduct, b: WholeProduct) -> Bool {
        if a.limbs.count != b.limbs.count { return a.limbs.count < b.limbs.count }
        for index in a.limbs.indices.reversed() where a.limbs[index] != b.limbs[index] {
            return a.limbs[index] < b.limbs[index]
        }
        return true
    }
}
