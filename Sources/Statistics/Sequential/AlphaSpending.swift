/// Limits for looking several times: each look has its own, so that a change that did nothing is called one at any of
/// them with probability α in all.
///
/// O'Brien–Fleming spending at information fraction t, each side of α/2: α₁(t) = 2 − 2Φ(z_{α/4} ÷ √t). Lan, DeMets 1983
/// (doi:10.1093/biomet/70.3.659); O'Brien, Fleming 1979 (doi:10.2307/2530245). Boundaries by recursive numerical
/// integration (Armitage, McPherson, Rowe 1969, doi:10.2307/2343787); as R's `ldbounds` and `gsDesign` (`sfLDOF`).
public struct AlphaSpending: Hashable, Sendable {
    /// The declared looks' information as shares of the last one's, rising to 1.
    public let fractions: [Double]
    public let alpha: Double
    /// |z| from which a look may speak.
    public let boundaries: [Double]
    /// The two-sided p of each boundary: limits at a look have the level 1 − this.
    public let nominal: [Double]
    /// Spent up to and with each look, both sides.
    public let spent: [Double]

    /// - Parameter fractions: rising, above 0, the last one 1.
    /// - Returns: nil for anything else.
    public init?(fractions: [Double], alpha: Double = 0.05) {
        guard let last = fractions.last, last == 1, fractions[0] > 0, alpha > 0, alpha < 1,
            zip(fractions, fractions.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        self.fractions = fractions
        self.alpha = alpha
        spent = fractions.map { Self.spending($0, alpha: alpha) }
        boundaries = Boundaries(fractions: fractions, spent: spent).values
        nominal = boundaries.map { 2 * NormalDistribution.upperTail($0) }
    }

    /// So many looks that are equally far apart.
    public init?(equalLooks count: Int, alpha: Double = 0.05) {
        guard count >= 1 else { return nil }
        self.init(fractions: (1...count).map { Double($0) / Double(count) }, alpha: alpha)
    }

    /// Spent by fraction t, both sides.
    public static func spending(_ t: Double, alpha: Double) -> Double {
        let z = -NormalDistribution.quantile(alpha / 4)
        return 4 * NormalDistribution.upperTail(z / t.squareRoot())
    }
}

/// The search for boundaries: a Brownian motion at the fractions, and the density of where it is while it was never out.
private struct Boundaries {
    var values: [Double] = []

    init(fractions: [Double], spent: [Double]) {
        var before: (t: Double, nodes: [Double], mass: [Double])?
        for (look, t) in fractions.enumerated() {
            let toSpend = look == 0 ? spent[0] : spent[look] - spent[look - 1]
            guard let known = before else {
                let z = -NormalDistribution.quantile(toSpend / 2)
                values.append(z)
                before = Self.start(z, t)
                continue
            }
            let root = (t - known.t).squareRoot()
            // P(outside ±b now, never before): falls with b.
            func outside(_ b: Double) -> Double {
                var sum = 0.0
                for i in known.nodes.indices {
                    let u = known.nodes[i]
                    let above = NormalDistribution.upperTail((b - u) / root)
                    sum += known.mass[i] * (above + NormalDistribution.upperTail((b + u) / root))
                }
                return sum
            }
            var low = 0.0
            var high = 40 * t.squareRoot()
            for _ in 0..<60 {
                let middle = (low + high) / 2
                if outside(middle) > toSpend { low = middle } else { high = middle }
            }
            let b = (low + high) / 2
            values.append(b / t.squareRoot())
            let nodes = Self.nodes(b, step: root)
            let mass = nodes.points.indices.map { j in
                var density = 0.0
                for i in known.nodes.indices {
                    density += known.mass[i] * Self.density((nodes.points[j] - known.nodes[i]) / root)
                }
                return nodes.weights[j] * density / root
            }
            before = (t, nodes.points, mass)
        }
    }

    private static func start(_ z: Double, _ t: Double) -> (t: Double, nodes: [Double], mass: [Double]) {
        let root = t.squareRoot()
        let nodes = nodes(min(z, 9) * root, step: root)
        return (t, nodes.points, zip(nodes.points, nodes.weights).map { $1 * density($0 / root) / root })
    }

    private static func density(_ x: Double) -> Double { exponential(-x * x / 2) * 0.398942280401432677939946059934 }

    /// Simpson's rule on −b…b with twelve nodes to a standard deviation of the step.
    private static func nodes(_ b: Double, step: Double) -> (points: [Double], weights: [Double]) {
        let half = max(8, min(600, Int((12 * b / step).rounded(.up))))
        let width = b / Double(half)
        let points = (-half...half).map { Double($0) * width }
        let weights = points.indices.map { i in
            (i == 0 || i == 2 * half ? 1.0 : i % 2 == 1 ? 4 : 2) * width / 3
        }
        return (points, weights)
    }
}
