import CStatistics

/// Regression whose errors follow each other: eₜ = ρeₜ₋₁ + uₜ, stationary, by restricted maximum likelihood.
///
/// Points may be missing: the correlation of two is ρ to the power of their distance. As R's `nlme::gls(correlation =
/// corAR1(), method = "REML")`; Cheang, Reinsel 2000 (J. Am. Stat. Assoc. 95, 1173) on REML in short series.
public struct AutoregressiveErrors: Hashable, Sendable {
    public let coefficients: [Double]
    /// Of the coefficients, σ̂²(X′R⁻¹X)⁻¹: as if ρ were known.
    public let covariance: [[Double]]
    /// The same with what not knowing ρ adds (Kenward, Roger 1997).
    public let adjustedCovariance: [[Double]]
    /// ρ̂.
    public let correlation: Double
    /// σ̂² = (y − Xb)′R⁻¹(y − Xb) ÷ (n − p), the variance of e, not of u.
    public let variance: Double
    /// y − Xb.
    public let residuals: [Double]
    /// n − p.
    public let degreesOfFreedom: Int

    private let design: OrthonormalDesign
    private let smallSample: SmallSample?

    /// How far the search for ρ goes to either side.
    static let widest = 0.99

    /// - Parameters:
    ///   - positions: the points' whole periods, rising.
    ///   - correlation: taken as known; nil: estimated.
    public init(
        _ y: [Double], on design: OrthonormalDesign, positions: [Int], correlation known: Double? = nil
    ) throws(Unanswerable) {
        let rows = design.rowCount
        let columns = design.columnCount
        guard rows > columns, y.count == rows, positions.count == rows, y.allSatisfy(\.isFinite) else {
            throw .tooFew(TooFew(had: y.count, needed: columns + 1), of: "points for the model's terms")
        }
        // What least squares leaves over: the same ρ, S and effects on the basis, without the series' size in the way.
        let plain = design.onBasis(y)
        let left = design.residuals(y, design.ofColumns(plain))
        let scale = (left.reduce(0) { $0 + $1 * $1 } / Double(rows)).squareRoot()
        let size = y.map(\.magnitude).max() ?? 0
        guard scale > size * 1e-12 else { throw .constant("what the model leaves over") }
        let unit = left.map { $0 / scale }
        let places = positions.map { Int32(clamping: $0) }
        var result = cs_autoregression()
        var c = [Double](repeating: 0, count: columns)
        var inverse = [Double](repeating: 0, count: columns * columns)
        let outcome =
            known.map {
                cs_autoregression_at(Int32(rows), Int32(columns), design.q, unit, places, $0, &result, &c, &inverse)
            }
            ?? cs_autoregression_fit(
                Int32(rows), Int32(columns), design.q, unit, places, -Self.widest, Self.widest, &result, &c, &inverse)
        guard outcome == 0 else { throw .noFit("a regression with autocorrelated errors") }
        degreesOfFreedom = rows - columns
        let variance = scale * scale * result.weighted_squares / Double(rows - columns)
        coefficients = design.ofColumns(zip(plain, c).map { $0 + scale * $1 })
        covariance = design.ofColumns(covariance: inverse).map { $0.map { $0 * variance } }
        let small = known == nil
            ? SmallSample(design, positions: positions, correlation: result.correlation, inverse: inverse) : nil
        adjustedCovariance = small.map { small in
            design.ofColumns(covariance: small.covariance).map { $0.map { $0 * variance } }
        } ?? covariance
        smallSample = small
        self.design = design
        self.correlation = result.correlation
        self.variance = variance
        residuals = design.residuals(y, coefficients)
    }

    /// A sum of the coefficients with these weights: its standard error by the adjusted covariance, and the degrees of
    /// freedom of its t limits, at least 1 and at most n − p.
    public func combination(_ weights: [Double]) -> (estimate: Double, error: Double, degreesOfFreedom: Double) {
        let found = Self.combination(weights, coefficients, adjustedCovariance)
        let most = Double(degreesOfFreedom)
        let degrees = smallSample?.degreesOfFreedom(design.weightsOnBasis(weights)) ?? most
        return (found.estimate, found.error, min(max(degrees, 1), most))
    }

    static func combination(
        _ weights: [Double], _ coefficients: [Double], _ covariance: [[Double]]
    ) -> (estimate: Double, error: Double) {
        let estimate = zip(weights, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        var variance = 0.0
        for i in weights.indices where weights[i] != 0 {
            for j in weights.indices where weights[j] != 0 { variance += weights[i] * weights[j] * covariance[i][j] }
        }
        return (estimate, max(0, variance).squareRoot())
    }
}
