/// Whether one-step prediction errors look as the model says they should: independent, normal, of one variance.
///
/// Durbin, Koopman 2012, section 2.12: box-Ljung Q, Bowman–Shenton N, and the ratio H of late to early squares.
public struct InnovationTests: Hashable, Sendable {
    /// How many errors there are.
    public let count: Int
    public let skewness: Double
    /// m₄/m₂²: 3 for a normal distribution.
    public let kurtosis: Double
    /// N = n(S²/6 + (K−3)²/24), χ² of 2 degrees.
    public let normality: Double
    public let normalityP: Double
    /// Q = n(n+2)Σr²ₗ/(n−l) over `lags`, χ² of `lags` − 1 degrees.
    public let ljungBox: Double
    public let ljungBoxP: Double
    public let lags: Int
    /// H = Σ of the last third's squares ÷ Σ of the first third's; F(h, h).
    public let variances: Double
    public let variancesP: Double

    /// - Parameter lags: nil: a fifth of the errors, at most 10.
    public init(_ innovations: [Double], lags: Int? = nil) throws(Unanswerable) {
        let n = innovations.count
        guard n >= 8 else { throw .tooFew(TooFew(had: n, needed: 8), of: "prediction errors") }
        let mean = Moments.mean(innovations) ?? 0
        func moment(_ order: Int) -> Double {
            innovations.reduce(0) { sum, one in
                sum + (0..<order).reduce(1.0) { product, _ in product * (one - mean) }
            } / Double(n)
        }
        let second = moment(2)
        guard second > 0 else { throw .constant("the prediction error") }
        count = n
        let skewness = moment(3) / (second * second.squareRoot())
        let kurtosis = moment(4) / (second * second)
        self.skewness = skewness
        self.kurtosis = kurtosis
        normality = Double(n) * (skewness * skewness / 6 + (kurtosis - 3) * (kurtosis - 3) / 24)
        normalityP = ChiSquaredDistribution(degreesOfFreedom: 2).upperTail(normality)
        let lags = max(2, min(lags ?? min(10, n / 5), n - 1))
        self.lags = lags
        let correlations = (1...lags).map { lag in
            let r = Moments.autocorrelation(innovations, lag: lag) ?? 0
            return r * r / Double(n - lag)
        }
        ljungBox = Double(n) * Double(n + 2) * correlations.reduce(0, +)
        ljungBoxP = ChiSquaredDistribution(degreesOfFreedom: Double(lags - 1)).upperTail(ljungBox)
        let third = Int((Double(n) / 3).rounded())
        let late = innovations.suffix(third).reduce(0) { $0 + $1 * $1 }
        let early = innovations.prefix(third).reduce(0) { $0 + $1 * $1 }
        variances = late / early
        // P(F(h,h) ≤ H) is the beta share H/(1+H); two-sided.
        let below = BetaDistribution(Double(third) / 2, Double(third) / 2).cumulative(late / (late + early))
        variancesP = min(1, 2 * min(below, 1 - below))
    }
}
