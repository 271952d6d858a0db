/// What not knowing ρ adds to the errors of a regression with AR(1) errors: the adjusted covariance and degrees of
/// freedom of Kenward, Roger 1997 (doi:10.2307/2533558), without which limits of short series are too narrow.
///
/// In units of σ² = 1 and on the orthonormal basis Q, K = R⁻¹: A = Q′KQ, A₁ and A₂ its derivatives by ρ, B = Q′K₁RK₁Q.
/// Then Φ = A⁻¹ becomes Φ + 2ΦΛΦ, Λ = ½W₁₂A₁ + W₂₂(B − A₁ΦA₁ − ¼(2B − A₂)), W the inverse of the restricted
/// likelihood's expected information on (σ², ρ); a combination l has 2(l′Φl)² ÷ g′Wg degrees, g the gradient of l′Φl.
struct SmallSample: Hashable, Sendable {
    private let first: [[Double]]
    private let phi: [[Double]]
    private let weights: [[Double]]
    /// Φ + 2ΦΛΦ.
    let covariance: [[Double]]

    /// Nil where the information on (σ², ρ) cannot be inverted.
    init?(_ design: OrthonormalDesign, positions: [Int], correlation: Double, inverse: [Double]) {
        let p = design.columnCount
        let pairs = Pairs(positions, correlation)
        let columns = (0..<p).map { column in Array(design.q[column * design.rowCount..<(column + 1) * design.rowCount]) }
        let turned = columns.map { pairs.times($0, pairs.first) }
        let spread = turned.map(pairs.correlated)
        func products(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
            a.map { one in b.map { other in zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } } }
        }
        let phi = (0..<p).map { i in (0..<p).map { inverse[$0 * p + i] } }
        let first = products(columns, turned)
        let second = products(columns, columns.map { pairs.times($0, pairs.second) })
        let both = products(turned, spread)
        let phiFirst = multiply(phi, first)
        let phiFirstTwice = multiply(phiFirst, phiFirst)
        // Fisher's information less what the p coefficients cost.
        let ofVariance = Double(positions.count - p) / 2
        let ofBoth = pairs.information.both + trace(phiFirst) / 2
        let ofCorrelation = pairs.information.correlation - trace(multiply(phi, both)) + trace(phiFirstTwice) / 2
        let determinant = ofVariance * ofCorrelation - ofBoth * ofBoth
        guard determinant > 0, ofCorrelation > 0 else { return nil }
        weights = [
            [ofCorrelation / determinant, -ofBoth / determinant], [-ofBoth / determinant, ofVariance / determinant],
        ]
        let middle = multiply(first, phiFirst)
        var lambda = first
        for i in 0..<p {
            for j in 0..<p {
                let curved = both[i][j] - middle[i][j] - (2 * both[i][j] - second[i][j]) / 4
                lambda[i][j] = weights[0][1] * first[i][j] / 2 + weights[1][1] * curved
            }
        }
        let added = multiply(phi, multiply(lambda, phi))
        covariance = (0..<p).map { i in (0..<p).map { phi[i][$0] + 2 * added[i][$0] } }
        self.first = first
        self.phi = phi
    }

    /// Of the combination of the basis' coefficients with these weights.
    func degreesOfFreedom(_ l: [Double]) -> Double {
        let turned = phi.map { zip($0, l).reduce(0) { $0 + $1.0 * $1.1 } }
        let variance = zip(l, turned).reduce(0) { $0 + $1.0 * $1.1 }
        var slope = 0.0
        for i in l.indices { for j in l.indices { slope -= turned[i] * first[i][j] * turned[j] } }
        let spread = weights[0][0] * variance * variance + 2 * weights[0][1] * variance * slope
            + weights[1][1] * slope * slope
        return 2 * variance * variance / spread
    }
}

private func multiply(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
        b[0].indices.map { column in
            var sum = 0.0
            for k in row.indices { sum += row[k] * b[k][column] }
            return sum
        }
    }
}

private func trace(_ a: [[Double]]) -> Double { a.indices.reduce(0) { $0 + a[$1][$1] } }

/// Neighbours in a series with gaps: what R⁻¹ and its derivatives by ρ, all tridiagonal, are made of.
private struct Pairs {
    /// ρᵈ of each point with the one before it.
    private let powers: [Double]
    /// Derivatives of R⁻¹: what a pair adds to both its diagonal places, and to the place between.
    let first: [(own: Double, between: Double)]
    let second: [(own: Double, between: Double)]
    /// Fisher's information of AR(1) at σ² = 1: between σ² and ρ, and of ρ; that of σ² is n/2.
    let information: (both: Double, correlation: Double)

    init(_ positions: [Int], _ correlation: Double) {
        var powers: [Double] = []
        var first: [(Double, Double)] = []
        var second: [(Double, Double)] = []
        var both = 0.0
        var own = 0.0
        for (before, now) in zip(positions, positions.dropFirst()) {
            let d = now - before
            let u = power(correlation, Double(d))
            let du = Double(d) * power(correlation, Double(d - 1))
            let ddu = d < 2 ? 0 : Double(d * (d - 1)) * power(correlation, Double(d - 2))
            let left = 1 - u * u
            let (a, b) = (2 * u / (left * left), -(1 + u * u) / (left * left))
            let (aa, bb) = (
                2 * (1 + 3 * u * u) / (left * left * left), -2 * u * (3 + u * u) / (left * left * left)
            )
            powers.append(u)
            first.append((a * du, b * du))
            second.append((aa * du * du + a * ddu, bb * du * du + b * ddu))
            both -= u * du / left
            own += du * du / left + 2 * (u * du / left) * (u * du / left)
        }
        self.powers = powers
        self.first = first
        self.second = second
        information = (both, own)
    }

    /// A tridiagonal matrix of pairs times x.
    func times(_ x: [Double], _ pairs: [(own: Double, between: Double)]) -> [Double] {
        var y = [Double](repeating: 0, count: x.count)
        for (i, pair) in pairs.enumerated() {
            y[i] += pair.own * x[i] + pair.between * x[i + 1]
            y[i + 1] += pair.own * x[i + 1] + pair.between * x[i]
        }
        return y
    }

    /// R x, by one pass each way.
    func correlated(_ x: [Double]) -> [Double] {
        var y = x
        for i in powers.indices { y[i + 1] += powers[i] * y[i] }
        var back = 0.0
        for i in powers.indices.reversed() {
            back = powers[i] * (back + x[i + 1])
            y[i] += back
        }
        return y
    }
}
