import Statistics

/// A sum of shares 1/k of sales, exact: how many shares there are of each k.
struct CreditSum: CustomStringConvertible {
    /// By k, from the tally's histogram.
    private let shares: [(parts: Int64, count: Int64)]

    init(_ parts: SparseHistogram) {
        shares = zip(parts.values, parts.counts).map { (parts: $0, count: $1) }
    }

    /// Rounded once where the fraction fits, else at each k.
    var decimal: Double {
        if let (numerator, denominator) = reduced { return Double(numerator) / Double(denominator) }
        return shares.reduce(0) { $0 + Double($1.count) / Double($1.parts) }
    }

    /// `17`, `89/6`; where the common denominator is beyond 128 bits the shares themselves: `17 + 5/2 + 3/101`.
    var description: String {
        guard let (numerator, denominator) = reduced else {
            return shares.map { $0.parts == 1 ? "\($0.count)" : "\($0.count)/\($0.parts)" }.joined(separator: " + ")
        }
        return denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
    }

    private var reduced: (Int128, Int128)? {
        var (numerator, denominator) = (Int128(0), Int128(1))
        for share in shares {
            let parts = Int128(share.parts)
            let common = CreditSum.divisor(denominator, parts)
            let (both, tooLarge) = denominator.multipliedReportingOverflow(by: parts / common)
            let (old, oldTooLarge) = numerator.multipliedReportingOverflow(by: parts / common)
            let (new, newTooLarge) = Int128(share.count).multipliedReportingOverflow(by: denominator / common)
            let (sum, sumTooLarge) = old.addingReportingOverflow(new)
            if tooLarge || oldTooLarge || newTooLarge || sumTooLarge { return nil }
            let factor = CreditSum.divisor(sum, both)
            numerator = sum / factor
            denominator = both / factor
        }
        return (numerator, denominator)
    }

    private static func divisor(_ a: Int128, _ b: Int128) -> Int128 {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return max(a, 1)
    }
}
