/// Regression of counts: log E(y) = Xb + log exposure, variance φ times the mean.
///
/// By iteratively reweighted least squares; φ̂ = Σ(y − μ)²/μ ÷ (n − p). Wedderburn 1974 (doi:10.1093/biomet/61.3.439);
/// McCullagh, Nelder, Generalized Linear Models, section 2.5. As R's `glm(family = quasipoisson)`.
public struct QuasiPoisson: Hashable, Sendable {
    /// On the scale of logarithms.
    public let coefficients: [Double]
    /// φ̂(X′WX)⁻¹.
    public let covariance: [[Double]]
    /// φ̂; 1 where counts vary as chance alone would have it.
    public let dispersion: Double
    /// μ, the expected count of each point.
    public let fitted: [Double]
    public let degreesOfFreedom: Int

    /// - Parameter exposures: what the counts are out of, all above 0; nil: 1 each.
    public init(
        _ counts: [Double], exposures: [Double]? = nil, on columns: OrthonormalDesign
    ) throws(Unanswerable) {
        let exposures = exposures ?? [Double](repeating: 1, count: counts.count)
        for index in counts.indices {
            let isCount = counts[index] >= 0 && counts[index].isFinite
            guard isCount, exposures[index] > 0, exposures[index].isFinite else { throw .notACount(index) }
        }
        guard counts.contains(where: { $0 > 0 }) else { throw .constant("the count") }
        let rows = counts.count
        let names = columns.names
        degreesOfFreedom = rows - names.count
        guard degreesOfFreedom > 0, columns.rowCount == rows else {
            throw .tooFew(TooFew(had: rows, needed: names.count + 1), of: "points for the model's terms")
        }
        let offsets = exposures.map(logarithm)
        var means = counts.map { $0 + 0.1 }
        var links = means.map(logarithm)
        var b = [Double](repeating: 0, count: names.count)
        var deviance = Double.infinity
        var isSettled = false
        for _ in 0..<50 where !isSettled {
            let roots = means.map { $0.squareRoot() }
            var working = [Double](repeating: 0, count: rows)
            for i in 0..<rows {
                let change = (counts[i] - means[i]) / means[i]
                working[i] = roots[i] * (links[i] - offsets[i] + change)
            }
            b = try LeastSquares(working, on: columns.scaled(rows: roots)).coefficients
            let predicted = columns.values(b)
            links = zip(offsets, predicted).map { $0 + $1 }
            means = links.map(exponential)
            guard means.allSatisfy({ $0.isFinite && $0 > 1e-200 }) else { throw .noFit("a regression of counts") }
            let now = Self.deviance(counts, means)
            isSettled = (now - deviance).magnitude <= 1e-12 * (now.magnitude + 0.1)
            deviance = now
        }
        guard isSettled else { throw .noFit("a regression of counts") }
        let pearson = zip(counts, means).reduce(0.0) { sum, pair in
            sum + (pair.0 - pair.1) * (pair.0 - pair.1) / pair.1
        }
        let dispersion = pearson / Double(degreesOfFreedom)
        guard dispersion > 0 else { throw .constant("what the model leaves over") }
        coefficients = b
        let last = try columns.scaled(rows: means.map { $0.squareRoot() })
        covariance = last.ofColumns().map { $0.map { $0 * dispersion } }
        self.dispersion = dispersion
        fitted = means
    }

    /// The same fit in the last step's own terms, rows weighted by √μ, with errors that follow each other: the
    /// generalized least squares that penalized quasi-likelihood comes to without random effects (Breslow, Clayton
    /// 1993, doi:10.1080/01621459.1993.10594284; as R's `MASS::glmmPQL` with `corAR1`). Its limits allow for counts of
    /// one period that say something of the next, which φ̂ does not.
    func following(
        _ counts: [Double], on columns: OrthonormalDesign, positions: [Int]
    ) throws(Unanswerable) -> AutoregressiveErrors {
        let roots = fitted.map { $0.squareRoot() }
        let linear = columns.values(coefficients)
        let working = counts.indices.map { i in roots[i] * linear[i] + (counts[i] - fitted[i]) / roots[i] }
        return try AutoregressiveErrors(working, on: columns.scaled(rows: roots), positions: positions)
    }

    /// A sum of the coefficients with these weights: z limits, or where they are wider at this level those of errors that
    /// follow each other.
    func combination(
        _ weights: [Double], _ following: AutoregressiveErrors?, level: Double
    ) -> (estimate: Double, error: Double, degreesOfFreedom: Double) {
        let own = AutoregressiveErrors.combination(weights, coefficients, covariance)
        guard let other = following?.combination(weights) else { return (own.estimate, own.error, .infinity) }
        let t = StudentDistribution(degreesOfFreedom: other.degreesOfFreedom).twoSided(level: level)
        return t * other.error > NormalDistribution.twoSided(level: level) * own.error
            ? (own.estimate, other.error, other.degreesOfFreedom) : (own.estimate, own.error, .infinity)
    }

    private static func deviance(_ counts: [Double], _ means: [Double]) -> Double {
        var sum = 0.0
        for (count, mean) in zip(counts, means) {
            if count > 0 { sum += count * logarithm(count / mean) }
            sum -= count - mean
        }
        return 2 * sum
    }
}
