/// What not knowing ρ adds to the errors of a regression with AR(1) errors: the adjusted covariance and degrees of
/// freedom of Kenward, Roger 1997 (doi:10.2307/2533558), without which limits of short series are too narrow.
///
/// In units of σ² = 1 and on the orthonormal basis Q, K = R⁻¹: A = Q′KQ, A₁ and A₂ its derivatives by ρ, B = Q′K₁RK₁Q.
/// Then Φ = A⁻¹ becomes Φ + 2ΦΛΦ, Λ = ½W₁₂A₁ + W₂₂(B − A₁ΦA₁ − ¼(2B − A₂)), W the inverse of the restricted
/// likelihood's expected information on (σ², ρ); a combination l has 2(l′Φl)² ÷ g′Wg degrees, g the gradient of l′Φl.
struct SmallSample: Hashable, Sendable {
    private let first: SquareMatrix
    private let phi: SquareMatrix
    private let weights: (variance: Double, both: Double, correlation: Double)
    /// Φ + 2ΦΛΦ, column after column.
    let covariance: [Double]

    /// Nil where the information on (σ², ρ) cannot be inverted.
    init?(_ design: OrthonormalDesign, positions: [Int], correlation: Double, inverse: [Double]) {
        let p = design.columnCount
        let n = design.rowCount
        let pairs = Pairs(positions, correlation)
        var turned = [Double](repeating: 0, count: n * p)
        var turnedTwice = turned
        var spread = turned
        for column in 0..<p {
            pairs.multiply(design.q, column, pairs.first, into: &turned)
            pairs.multiply(design.q, column, pairs.second, into: &turnedTwice)
            pairs.correlate(turned, column, into: &spread)
        }
        let phi = SquareMatrix(size: p, cells: inverse)
        let first = SquareMatrix(products: design.q, turned, rows: n, size: p)
        let second = SquareMatrix(products: design.q, turnedTwice, rows: n, size: p)
        let both = SquareMatrix(products: turned, spread, rows: n, size: p)
        let phiFirst = phi * first
        // Fisher's information less what the p coefficients cost.
        let ofVariance = Double(n - p) / 2
        let ofBoth = pairs.information.both + phiFirst.trace / 2
        let ofCorrelation = pairs.information.correlation - (phi * both).trace + (phiFirst * phiFirst).trace / 2
        let determinant = ofVariance * ofCorrelation - ofBoth * ofBoth
        guard determinant > 0, ofCorrelation > 0 else { return nil }
        let weights = (
            variance: ofCorrelation / determinant, both: -ofBoth / determinant, correlation: ofVariance / determinant
        )
        let middle = first * phiFirst
        var lambda = first
        for i in lambda.cells.indices {
            let curved = both.cells[i] - middle.cells[i] - (2 * both.cells[i] - second.cells[i]) / 4
            lambda.cells[i] = weights.both * first.cells[i] / 2 + weights.correlation * curved
        }
        let added = phi * (lambda * phi)
        covariance = zip(phi.cells, added.cells).map { $0 + 2 * $1 }
        self.first = first
        self.phi = phi
        self.weights = weights
    }

    /// Of the combination of the basis' coefficients with these weights.
    func degreesOfFreedom(_ l: [Double]) -> Double {
        let turned = phi * l
        let variance = zip(l, turned).reduce(0) { $0 + $1.0 * $1.1 }
        let slope = -zip(turned, first * turned).reduce(0) { $0 + $1.0 * $1.1 }
        let spread = weights.variance * variance * variance + 2 * weights.both * variance * slope
            + weights.correlation * slope * slope
        return 2 * variance * variance / spread
    }

    static func == (a: SmallSample, b: SmallSample) -> Bool {
        a.covariance == b.covariance && a.first == b.first && a.phi == b.phi
    }

    func hash(into hasher: inout Hasher) { hasher.combine(covariance) }
}

/// A small matrix, column after column.
private struct SquareMatrix: Hashable {
    let size: Int
    var cells: [Double]

    init(size: Int, cells: [Double]) {
        self.size = size
        self.cells = cells
    }

    /// A′B of two lists of columns, so many rows long.
    init(products a: [Double], _ b: [Double], rows: Int, size: Int) {
        var cells = [Double](repeating: 0, count: size * size)
        for j in 0..<size {
            for i in 0..<size {
                var sum = 0.0
                var left = i * rows
                var right = j * rows
                let end = left + rows
                while left < end {
                    sum += a[left] * b[right]
                    left += 1
                    right += 1
                }
                cells[j * size + i] = sum
            }
        }
        self.init(size: size, cells: cells)
    }

    var trace: Double { (0..<size).reduce(0) { $0 + cells[$1 * size + $1] } }

    static func * (a: SquareMatrix, x: [Double]) -> [Double] {
        (0..<a.size).map { i in
            var sum = 0.0
            for k in 0..<a.size { sum += a.cells[k * a.size + i] * x[k] }
            return sum
        }
    }

    static func * (a: SquareMatrix, b: SquareMatrix) -> SquareMatrix {
        let size = a.size
        var cells = [Double](repeating: 0, count: size * size)
        for j in 0..<size {
            for i in 0..<size {
                var sum = 0.0
                for k in 0..<size { sum += a.cells[k * size + i] * b.cells[j * size + k] }
                cells[j * size + i] = sum
            }
        }
        return SquareMatrix(size: size, cells: cells)
    }
}

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
        // Arrays of other labels would be copied element by element, each cast at run time.
        var first: [(own: Double, between: Double)] = []
        var second: [(own: Double, between: Double)] = []
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

    /// A tridiagonal matrix of pairs times a column.
    func multiply(
        _ x: [Double], _ column: Int, _ pairs: [(own: Double, between: Double)], into y: inout [Double]
    ) {
        var i = column * (pairs.count + 1)
        for pair in pairs {
            y[i] += pair.own * x[i] + pair.between * x[i + 1]
            y[i + 1] += pair.own * x[i + 1] + pair.between * x[i]
            i += 1
        }
    }

    /// R times a column, by one pass each way.
    func correlate(_ x: [Double], _ column: Int, into y: inout [Double]) {
        let start = column * (powers.count + 1)
        y[start] = x[start]
        for i in powers.indices { y[start + i + 1] = x[start + i + 1] + powers[i] * y[start + i] }
        var back = 0.0
        for i in powers.indices.reversed() {
            back = powers[i] * (back + x[start + i + 1])
            y[start + i] += back
        }
    }
}
