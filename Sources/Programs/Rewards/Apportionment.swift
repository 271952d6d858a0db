import Basis

/// Divides an amount by weights, in whole units, by the largest remainder (Hamilton's method), equal weights alike.
///
/// Units that are left over go to the largest remainders first, but only to all of one weight at once: where there are
/// fewer units than people of that weight, the rest stays undivided, and is said.
enum Apportionment {
    /// - Parameters:
    ///   - total: minor units, from 0.
    ///   - weights: from 0; all 0: nothing is divided.
    ///   - unit: minor units, from 1.
    /// - Returns: a share a weight, each a multiple of the unit, and what is left: together the total.
    static func shares(of total: Int64, weights: [Int64], unit: Int64) -> (shares: [Int64], left: Int64) {
        let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard sum > 0, total > 0, unit > 0 else { return ([Int64](repeating: 0, count: weights.count), max(0, total)) }
        let units = Int128(total / unit)
        var shares = weights.map { Int64(units * Int128($0) / sum) }
        var left = Int64(units) - shares.reduce(0, +)
        let remainder = Dictionary(
            Set(weights).map { ($0, units * Int128($0) % sum) }, uniquingKeysWith: { first, _ in first })
        let order = remainder.filter { $0.value > 0 }.sorted { ($1.value, $1.key) < ($0.value, $0.key) }
        for (weight, _) in order {
            let alike = weights.indices.filter { weights[$0] == weight }
            guard alike.count <= left else { break }
            for index in alike { shares[index] += 1 }
            left -= Int64(alike.count)
        }
        let given = shares.reduce(0, +) * unit
        return (shares.map { $0 * unit }, total - given)
    }
}

extension RewardRule.Rounding {
    /// `numerator / denominator` minor units as a multiple of the unit; both from 0, the denominator from 1.
    func rounded(_ numerator: Int128, over denominator: Int128) -> Int64 {
        let whole = denominator * Int128(max(1, unit.minorUnits))
        let units = numerator / whole
        let twice = (numerator % whole) * 2
        let isUp = switch mode {
        case .down: false
        case .halfUp: twice >= whole
        case .halfEven: twice > whole || (twice == whole && units % 2 == 1)
        }
        return Int64(units + (isUp ? 1 : 0)) * max(1, unit.minorUnits)
    }
}
