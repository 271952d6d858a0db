import Statistics

/// What one window lets expect, as mean and variance of the count that would have come.
struct VolumeEstimate {
    /// What the expected counts were scaled by.
    enum Scale: Int, CaseIterable { case nothing, ownDays, controls }

    /// Arrivals counted below which a level says less than it disturbs.
    private static let fewestToScaleBy = 20.0

    var count: VolumeCount
    /// Variance against Poisson counts, at least 1.
    var dispersion: Double
    var scale: Scale
    var ratio: Double
    /// Squared relative error of the ratio.
    private var ratioError: Double

    var isTooFew: Bool { count[.tooFew] > 0 || count[.fewestWeeks] < Int64(CleanHours.fewestWeeks) }

    init(_ count: VolumeCount) {
        self.count = count
        let degrees = Double(count[.degrees])
        dispersion = degrees >= 10 ? max(1, count.real(.dispersion) / degrees) : 1
        (scale, ratio, ratioError) = (.nothing, 1, 0)
        scaleBy(.controls, Double(count[.controlObserved]), count.real(.controlExpected), count.real(.controlError))
        if scale == .nothing {
            scaleBy(.ownDays, Double(count[.besideObserved]), count.real(.besideExpected), count.real(.besideError))
            // Days beside a window longer than a week are not near all of it: the level may have moved as weeks do.
            let mean = count.real(.weekMean)
            if mean > 0 { ratioError += max(0, count.real(.weekScatter) - dispersion / mean) }
        }
    }

    private mutating func scaleBy(_ by: Scale, _ observed: Double, _ expected: Double, _ error: Double) {
        guard expected >= VolumeEstimate.fewestToScaleBy else { return }
        scale = by
        ratio = observed / expected
        ratioError = dispersion * (1 / max(observed, 1) + error / (expected * expected))
    }

    /// The expected count of a part, scaled, and its prediction variance: chance of the count itself, of the clean weeks,
    /// and of the ratio. Clean weeks without any arrival still leave half of one possible (Jeffreys).
    func predicted(_ expected: Double, _ error: Double) -> (mean: Double, variance: Double) {
        let half = 0.5 / Double(max(1, count[.fewestWeeks]))
        let base = expected + half
        let mean = ratio * base
        let relative = dispersion * (error + half * half) / (base * base) + ratioError
        return (ratio * expected, dispersion * mean + mean * mean * relative)
    }

    var down: (mean: Double, variance: Double) { predicted(count.real(.downExpected), count.real(.downError)) }

    /// Down and recapture time together.
    var whole: (mean: Double, variance: Double) {
        predicted(
            count.real(.downExpected) + count.real(.afterExpected), count.real(.downError) + count.real(.afterError))
    }
}

/// What is missing of a cell's windows together.
struct MissingEstimate {
    var downObserved = 0.0
    var down = (mean: 0.0, variance: 0.0)
    var wholeObserved = 0.0
    var whole = (mean: 0.0, variance: 0.0)

    /// Expected while it was down, less what came.
    var atFirst: Double { down.mean - downObserved }

    var atFirstLimits: ClosedRange<Double> { limits(down, downObserved) }

    /// What came in the recapture time over what was expected: never more than was missing.
    var returned: Double {
        let over = (wholeObserved - downObserved) - (whole.mean - down.mean)
        return min(max(0, over), max(0, atFirst))
    }

    var missing: Double { atFirst - returned }

    /// Nobody can be missing for good who was not missing at first: the upper limit is the lesser of the two.
    var missingLimits: ClosedRange<Double> {
        let own = limits(whole, wholeObserved)
        let low = min(own.lowerBound, missing)
        return low...max(low, missing, min(own.upperBound, atFirstLimits.upperBound))
    }

    private func limits(_ law: (mean: Double, variance: Double), _ observed: Double) -> ClosedRange<Double> {
        let limits = PredictedCount(mean: law.mean, variance: law.variance).limits()
        return (Double(limits.lowerBound) - observed)...(Double(limits.upperBound) - observed)
    }
}
