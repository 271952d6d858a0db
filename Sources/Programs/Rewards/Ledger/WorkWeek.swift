public import Basis

/// A work week that a period touches, and what of an amount was earned in it.
///
/// A bonus by results belongs to the regular rate of the weeks in which it was earned (29 CFR 778.208–778.209); the
/// share goes by the conversations that were counted in each, by days where none was.
public struct WorkWeek: Hashable, Sendable {
    /// Seven days, which may begin before the period or end after it.
    public var first: Day
    public var last: Day
    /// Counted conversations of the period that began in it.
    public var counted: Int
    public var amount: Money
    public init(first: Day, last: Day, counted: Int, amount: Money) {
        self.first = first
        self.last = last
        self.counted = counted
        self.amount = amount
    }

    /// A month's weeks; the amounts add up to the whole to the cent, units left over going to the largest remainders,
    /// of equal ones to the earlier week.
    /// - Parameter start: the weekday a week starts on; Monday is 0, Sunday 6.
    public static func weeks(of month: Month, start: Int, rows: [RewardRow], amount: Money) -> [WorkWeek] {
        var weeks: [WorkWeek] = []
        var first = month.firstDay + -((month.firstDay.weekday - start + 7) % 7)
        while first <= month.lastDay {
            weeks.append(WorkWeek(first: first, last: first + 6, counted: 0, amount: .zero))
            first = first + 7
        }
        for row in rows where [.inTime, .late, .unanswered].contains(row.standing) {
            if let index = weeks.firstIndex(where: { $0.first <= row.day && row.day <= $0.last }) {
                weeks[index].counted += 1
            }
        }
        var weights = weeks.map { Int64($0.counted) }
        if weights.allSatisfy({ $0 == 0 }) {
            weights = weeks.map { Int64(min($0.last, month.lastDay) - max($0.first, month.firstDay) + 1) }
        }
        let shares = shares(of: Int64(amount.minorUnits.magnitude), weights)
        for index in weeks.indices {
            weeks[index].amount = Money(minorUnits: amount.minorUnits < 0 ? -shares[index] : shares[index])
        }
        return weeks
    }

    private static func shares(of total: Int64, _ weights: [Int64]) -> [Int64] {
        let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard sum > 0 else { return weights.map { _ in 0 } }
        var shares = weights.map { Int64(Int128(total) * Int128($0) / sum) }
        let remainders = weights.map { Int128(total) * Int128($0) % sum }
        let left = Int(total - shares.reduce(0, +))
        let order = weights.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
        for index in order.prefix(left) { shares[index] += 1 }
        return shares
    }
}
