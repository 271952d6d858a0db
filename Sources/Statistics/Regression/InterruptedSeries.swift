/// An interrupted time series fitted: what the change did, with limits that allow for months that follow each other.
///
/// Means: AR(1) errors by restricted maximum likelihood, t limits by Kenward and Roger. Counts: quasi-Poisson with log
/// exposure, z limits, effects as factors; where counts follow each other z limits hold in four of five series only,
/// so those of AR(1) errors are taken where they are wider. Least squares with Newey–West errors and Durbin–Watson
/// stand beside it for comparison: they cover too little in series this short. How often limits hold is measured: see
/// `MeasuredCoverage`.
public struct InterruptedSeries: Hashable, Sendable {
    /// Points known before the change that the method asks for at the least.
    public static let leastBefore = 8

    /// What is fitted: the known points of a series.
    public struct Points: Hashable, Sendable {
        /// Whole periods, rising.
        public var positions: [Int]
        public var values: [Double]
        /// What counts are out of.
        public var exposures: [Double]?
        public var controls: [Control]
        /// The first changed period.
        public var change: Int

        public init(
            positions: [Int], values: [Double], exposures: [Double]? = nil, controls: [Control] = [], change: Int
        ) {
            self.positions = positions
            self.values = values
            self.exposures = exposures
            self.controls = controls
            self.change = change
        }
    }

    /// Another series at the same points.
    public struct Control: Hashable, Sendable {
        public var name: String
        public var values: [Double]

        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    public enum Model: String, Hashable, Sendable {
        /// For figures that are means, shares, amounts.
        case autoregressive = "segmented regression, AR(1) by REML, Kenward–Roger t"
        /// For counts, with what they are out of.
        case counts = "segmented regression, quasi-Poisson, z or AR(1) t, the wider"
        /// For comparison only.
        case neweyWest = "segmented regression, least squares, Newey–West, t"
    }

    public let model: Model
    public let design: SegmentedDesign
    /// The change of level at once.
    public let step: Effect
    /// The change of the trend, a period; where it was asked for.
    public let slope: Effect?
    /// The effect over all points after the change: the step itself, unless a slope was asked for.
    public let average: Effect
    /// At the last point.
    public let last: Effect
    /// Of each point.
    public let fitted: [Double]
    /// The points after the change as if nothing had changed, with the limits of that line.
    public let unchanged: [ConfidenceInterval]
    public let unchangedEstimates: [Double]
    public let count: Int
    public let degreesOfFreedom: Int
    /// ρ̂, of the autoregressive model and of counts.
    public let correlation: Double?
    /// The errors' standard deviation; √φ̂ of counts.
    public let deviation: Double
    /// Of least squares.
    public let durbinWatson: Double
    /// The step by least squares with Newey–West errors; of counts their logarithms are not taken, so there is none.
    public let neweyWest: Effect?
    public let neweyWestLag: Int

    public init(
        _ points: Points, model: Model = .autoregressive, slope: Bool = false, season: Season? = nil,
        level: Double = 0.95
    ) throws(Unanswerable) {
        let before = points.positions.count { $0 < points.change }
        let after = points.positions.count - before
        guard before >= Self.leastBefore else {
            throw .tooFew(TooFew(had: before, needed: Self.leastBefore), of: "points before the change")
        }
        let least = slope ? 3 : 1
        guard after >= least else {
            throw .tooFew(TooFew(had: after, needed: least), of: "points after the change")
        }
        guard points.values.contains(where: { $0 != points.values[0] }) else { throw .constant("the series") }
        let design = try SegmentedDesign(
            positions: points.positions, change: points.change, slope: slope, season: season,
            controls: points.controls.map { ($0.name, $0.values) })
        if model == .counts, let side = points.sideWithoutEvents(design) {
            let isPlain = !slope && season == nil && points.controls.isEmpty
            guard side == .after, isPlain else { throw .noFit("a regression of counts") }
            self = try InterruptedSeries(withoutEventsAfter: points, design, level: level)
            return
        }
        let fit = try Fit(points, design, model, level: level)
        func effect(_ weights: [Double]) -> Effect {
            let found = fit.combination(weights)
            return .around(
                found.estimate, error: found.error, degreesOfFreedom: found.degreesOfFreedom, scale: fit.scale,
                level: level, method: model.rawValue)
        }
        func unit(_ term: String) -> [Double] { design.basis.names.map { $0 == term ? 1 : 0 } }
        self.model = model
        self.design = design
        step = effect(unit(SegmentedDesign.step))
        self.slope = slope ? effect(unit(SegmentedDesign.slope)) : nil
        average = effect(design.meanEffect)
        last = effect(design.lastEffect)
        count = points.positions.count
        degreesOfFreedom = count - design.basis.columnCount
        correlation = fit.correlation
        deviation = fit.deviation
        fitted = points.positions.indices.map { fit.value(design.basis.row($0), at: $0, points) }
        let later = points.positions.indices.filter(design.isAfter)
        let lines = later.map { index in
            effect(design.unchanged(index))
        }
        let sizes = later.map { fit.scale == .factor ? points.exposures?[$0] ?? 1 : 1 }
        unchangedEstimates = zip(lines, sizes).map { $0.estimate * $1 }
        unchanged = zip(lines, sizes).map {
            ConfidenceInterval(
                lower: $0.interval.lower * $1, upper: $0.interval.upper * $1, level: level, method: model.rawValue)
        }
        let plain = try LeastSquares(points.values, on: design.basis)
        durbinWatson = plain.durbinWatson
        neweyWestLag = LeastSquares.usualLag(count: count)
        let robust = AutoregressiveErrors.combination(
            unit(SegmentedDesign.step), plain.coefficients, plain.neweyWest(lag: neweyWestLag))
        neweyWest = fit.scale == .factor
            ? nil
            : .around(
                robust.estimate, error: robust.error, degreesOfFreedom: Double(degreesOfFreedom), level: level,
                method: Model.neweyWest.rawValue)
    }

    /// What the models have in common once fitted.
    private struct Fit {
        var coefficients: [Double]
        var correlation: Double?
        var deviation: Double
        var scale: Effect.Scale
        /// A sum of coefficients, its error, its degrees of freedom.
        var combination: ([Double]) -> (estimate: Double, error: Double, degreesOfFreedom: Double)

        init(_ points: Points, _ design: SegmentedDesign, _ model: Model, level: Double) throws(Unanswerable) {
            switch model {
            case .autoregressive:
                let fit = try AutoregressiveErrors(points.values, on: design.basis, positions: points.positions)
                (coefficients, correlation) = (fit.coefficients, fit.correlation)
                (deviation, scale) = (fit.variance.squareRoot(), .difference)
                combination = fit.combination
            case .counts:
                let fit = try QuasiPoisson(points.values, exposures: points.exposures, on: design.basis)
                let following = try? fit.following(points.values, on: design.basis, positions: points.positions)
                (coefficients, correlation) = (fit.coefficients, following?.correlation)
                (deviation, scale) = (fit.dispersion.squareRoot(), .factor)
                combination = { fit.combination($0, following, level: level) }
            case .neweyWest:
                let fit = try LeastSquares(points.values, on: design.basis)
                let covariance = fit.neweyWest(lag: LeastSquares.usualLag(count: points.values.count))
                (coefficients, correlation) = (fit.coefficients, nil)
                (deviation, scale) = ((fit.residualVariance ?? .nan).squareRoot(), .difference)
                combination = { weights in
                    let sum = AutoregressiveErrors.combination(weights, fit.coefficients, covariance)
                    return (sum.estimate, sum.error, Double(fit.degreesOfFreedom))
                }
            }
        }

        func value(_ row: [Double], at index: Int, _ points: Points) -> Double {
            let sum = zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
            return scale == .difference ? sum : exponential(sum) * (points.exposures?[index] ?? 1)
        }
    }
}
