import CStatistics

/// A series as a level that wanders, with chance around it, and what it owes to other series:
/// yₜ = μₜ + xₜ′β + εₜ, μₜ₊₁ = μₜ + ηₜ.
///
/// Kalman filter with exact diffuse start for μ₁ and β, both variances by maximum (diffuse) likelihood; missing points
/// are passed over. Durbin, Koopman 2012, Time Series Analysis by State Space Methods, sections 2.9 and 7.2; de Jong 1991
/// (doi:10.1214/aos/1176348139) for β.
public struct LocalLevel: Hashable, Sendable {
    /// var ε, of the chance around the level.
    public let irregularVariance: Double
    /// var η, of the level's steps; 0: the level stands.
    public let levelVariance: Double
    /// log L of the diffuse likelihood.
    public let logLikelihood: Double
    /// β̂, in the order of the regressors.
    public let coefficients: [Double]
    public let coefficientErrors: [Double]
    /// The one-step prediction errors (yₜ − predicted) ÷ their standard deviation; nil at missing points and at the first
    /// known. Normal and independent where the model is right.
    public let innovations: [Double?]

    let end: End

    /// What a prediction needs after the last point: all variances as shares of σ² = var ε + var η.
    struct End: Hashable, Sendable {
        var share: Double
        var variance: Double
        var level: Double
        var levelVariance: Double
        /// The regressors' own levels at the end.
        var levels: [Double]
        /// Unscaled covariance of β̂, columns × columns.
        var inverse: [Double]
    }

    /// - Parameters:
    ///   - y: one value a period, nil where missing.
    ///   - regressors: other series, each as long as y; where one is not finite the point counts as missing.
    ///   - share: var η ÷ (var ε + var η) taken as known; nil: estimated.
    public init(
        _ y: [Double?], regressors: [[Double]] = [], share: Double? = nil
    ) throws(Unanswerable) {
        let rows = y.count
        let columns = regressors.count
        let known = y.indices.filter { i in
            y[i].map(\.isFinite) == true && regressors.allSatisfy { $0[i].isFinite }
        }
        guard known.count >= columns + 3 else {
            throw .tooFew(TooFew(had: known.count, needed: columns + 3), of: "points")
        }
        var values = [Double](repeating: .nan, count: rows)
        for index in known { values[index] = y[index] ?? .nan }
        guard known.contains(where: { values[$0] != values[known[0]] }) else { throw .constant("the series") }
        var result = cs_level()
        var fit = Buffers(rows: rows, columns: columns)
        let x = regressors.flatMap { $0 }
        let outcome = fit.run(values, x, share: share, &result)
        guard outcome == 0 else { throw .noFit("a local level") }
        irregularVariance = result.variance * (1 - result.share)
        levelVariance = result.variance * result.share
        logLikelihood = result.log_likelihood
        coefficients = fit.coefficients
        let variance = result.variance
        let inverse = fit.inverse
        coefficientErrors = (0..<columns).map { (inverse[$0 * columns + $0] * variance).squareRoot() }
        innovations = fit.standardized.map { $0.isNaN ? nil : $0 }
        end = End(
            share: result.share, variance: result.variance, level: result.level, levelVariance: result.level_variance,
            levels: fit.levels, inverse: inverse)
    }

    /// Where the C functions write; kept from one bootstrap series to the next.
    struct Buffers {
        let rows: Int
        let columns: Int
        var coefficients: [Double]
        var inverse: [Double]
        var levels: [Double]
        var standardized: [Double]

        init(rows: Int, columns: Int) {
            self.rows = rows
            self.columns = columns
            coefficients = [Double](repeating: 0, count: columns)
            inverse = [Double](repeating: 0, count: columns * columns)
            levels = coefficients
            standardized = [Double](repeating: 0, count: rows)
        }

        mutating func run(_ y: [Double], _ x: [Double], share: Double?, _ result: inout cs_level) -> Int32 {
            if let share {
                return cs_level_at(
                    Int32(rows), Int32(columns), y, x, share, &result, &coefficients, &inverse, &levels, &standardized)
            }
            return cs_level_fit(
                Int32(rows), Int32(columns), y, x, &result, &coefficients, &inverse, &levels, &standardized)
        }

        /// A fit as `init` makes it, without innovations: nil where it fails.
        mutating func end(_ y: [Double], _ x: [Double]) -> (end: End, coefficients: [Double])? {
            var result = cs_level()
            let outcome = cs_level_fit(
                Int32(rows), Int32(columns), y, x, &result, &coefficients, &inverse, &levels, nil)
            guard outcome == 0 else { return nil }
            return (
                End(
                    share: result.share, variance: result.variance, level: result.level,
                    levelVariance: result.level_variance, levels: levels, inverse: inverse), coefficients
            )
        }
    }
}
