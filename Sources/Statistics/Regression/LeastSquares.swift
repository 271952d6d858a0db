/// Ordinary least squares by QR with one step of iterative refinement (Björck 1967, doi:10.1007/BF01939321).
public struct LeastSquares: Hashable, Sendable {
    public let design: OrthonormalDesign
    /// In the design's order, as all that follows.
    public let coefficients: [Double]
    public let residuals: [Double]
    /// σ̂² = RSS ÷ (n − p); nil with no point to spare.
    public let residualVariance: Double?
    public let degreesOfFreedom: Int
    /// 1 − RSS ÷ TSS; TSS around the mean where a column is constant, else around 0.
    public let rSquared: Double

    public init(_ y: [Double], on design: OrthonormalDesign) throws(Unanswerable) {
        guard y.count == design.rowCount, y.allSatisfy(\.isFinite) else { throw .noFit("a regression") }
        let rough = design.ofColumns(design.onBasis(y))
        let left = design.residuals(y, rough)
        let correction = design.ofColumns(design.onBasis(left))
        coefficients = zip(rough, correction).map { $0 + $1 }
        residuals = design.residuals(y, coefficients)
        self.design = design
        degreesOfFreedom = y.count - design.columnCount
        let squares = residuals.reduce(0) { $0 + $1 * $1 }
        residualVariance = degreesOfFreedom > 0 ? squares / Double(degreesOfFreedom) : nil
        let isCentred = (0..<design.columnCount).contains { column in
            let first = design.x[column * design.rowCount]
            return first != 0 && (0..<design.rowCount).allSatisfy { design.x[column * design.rowCount + $0] == first }
        }
        let centre = isCentred ? Moments.mean(y) ?? 0 : 0
        let total = y.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
        rSquared = total > 0 ? 1 - squares / total : 0
    }

    /// (X′X)⁻¹σ̂².
    public var covariance: [[Double]] {
        let variance = residualVariance ?? .nan
        return design.ofColumns().map { $0.map { $0 * variance } }
    }

    public var standardErrors: [Double] { covariance.indices.map { covariance[$0][$0].squareRoot() } }

    /// Σ(eₜ − eₜ₋₁)² ÷ Σeₜ²: near 2 without autocorrelation, below it with. Durbin, Watson 1950 (doi:10.2307/2332391).
    public var durbinWatson: Double {
        let squares = residuals.reduce(0) { $0 + $1 * $1 }
        let steps = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }
        return squares > 0 ? steps / squares : .nan
    }

    /// The covariance that allows for unequal variances and for autocorrelation up to a lag: Bartlett weights
    /// 1 − l/(L+1), without prewhitening and without a factor for small samples. Newey, West 1987
    /// (doi:10.2307/1913610); R's `sandwich::NeweyWest(lag, prewhite = FALSE, adjust = FALSE)`.
    public func neweyWest(lag: Int) -> [[Double]] {
        let count = design.columnCount
        // Scores on the orthonormal basis: the bread is then T, and nothing is inverted.
        let scores = (0..<design.rowCount).map { row in
            (0..<count).map { design.q[$0 * design.rowCount + row] * residuals[row] }
        }
        var meat = [Double](repeating: 0, count: count * count)
        for distance in 0...max(0, min(lag, design.rowCount - 1)) {
            let weight = 1 - Double(distance) / Double(lag + 1)
            for row in distance..<design.rowCount {
                let now = scores[row]
                let before = scores[row - distance]
                for i in 0..<count {
                    for j in 0..<count {
                        let product = now[i] * before[j]
                        meat[i * count + j] += weight * product
                        if distance > 0 { meat[j * count + i] += weight * product }
                    }
                }
            }
        }
        return design.ofColumns(covariance: meat)
    }

    /// ⌊4(n/100)^(2/9)⌋, the lag that Newey and West's own plug-in starts from (1994, doi:10.2307/2297912).
    public static func usualLag(count: Int) -> Int { Int(4 * power(Double(count) / 100, 2.0 / 9)) }
}
