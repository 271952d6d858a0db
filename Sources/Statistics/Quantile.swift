/// Which quantile: an exact fraction, since 0.9 × 10 computed in doubles may fall on either side of 9.
public struct Quantile: Hashable, Sendable, CustomStringConvertible {
    public let numerator: Int
    public let denominator: Int

    /// - Precondition: `0 ≤ numerator ≤ denominator ≤ 10⁹`, `denominator > 0`.
    public init(numerator: Int, denominator: Int) {
        precondition(
            denominator > 0 && denominator <= 1_000_000_000 && numerator >= 0 && numerator <= denominator,
            "a quantile lies in 0…1")
        self.numerator = numerator
        self.denominator = denominator
    }

    /// 900 is the 90th percentile.
    public init(permille: Int) { self.init(numerator: permille, denominator: 1000) }

    public static let lowerQuartile = Quantile(numerator: 1, denominator: 4)
    public static let median = Quantile(numerator: 1, denominator: 2)
    public static let upperQuartile = Quantile(numerator: 3, denominator: 4)
    public static let p90 = Quantile(numerator: 9, denominator: 10)
    public static let p95 = Quantile(numerator: 19, denominator: 20)

    public var value: Double { Double(numerator) / Double(denominator) }

    /// The fraction above it, exactly.
    public var complement: Quantile { Quantile(numerator: denominator - numerator, denominator: denominator) }

    public var description: String { "\(numerator)/\(denominator)" }

    /// The rank ⌈np⌉ of type 1, at least 1, of n > 0 values.
    func rank(of n: Int64) -> Int64 {
        let product = Int128(n) * Int128(numerator)
        let divisor = Int128(denominator)
        return max(1, Int64((product + divisor - 1) / divisor))
    }
}
