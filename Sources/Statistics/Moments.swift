/// Mean, standard deviation and autocorrelation of a list of values.
public enum Moments {
    /// Σx/n in two passes: the second adds the mean of what is left, which removes the rounding of the first. Nil of
    /// none.
    public static func mean(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let n = Double(values.count)
        let rough = values.reduce(0, +) / n
        return rough + values.reduce(0) { $0 + ($1 - rough) } / n
    }

    /// √(Σ(x−x̄)²/(n−1)) by the corrected two-pass sum; nil of fewer than two.
    ///
    /// Chan, Golub, LeVeque 1983 (doi:10.1080/00031305.1983.10483115).
    public static func standardDeviation(_ values: [Double]) -> Double? {
        variance(values).map { $0.squareRoot() }
    }

    /// Σ(x−x̄)²/(n−1); nil of fewer than two.
    public static func variance(_ values: [Double]) -> Double? {
        guard values.count >= 2, let mean = mean(values) else { return nil }
        let n = Double(values.count)
        let drift = values.reduce(0) { $0 + ($1 - mean) }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return max(0, squares - drift * drift / n) / (n - 1)
    }

    /// Σ(xₜ−x̄)(xₜ₋ₖ−x̄) ÷ Σ(x−x̄)²; nil where the series is no longer than the lag, or constant.
    ///
    /// Box, Jenkins, Time Series Analysis, section 2.1.5.
    public static func autocorrelation(_ values: [Double], lag: Int = 1) -> Double? {
        guard lag >= 0, values.count > lag, let mean = mean(values) else { return nil }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard squares > 0 else { return nil }
        let products = zip(values, values.dropFirst(lag)).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
        return products / squares
    }
}
