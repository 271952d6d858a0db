public import Basis
import Statistics

/// A day on which a verdict is taken, with the limits that it may speak from.
public struct EffortLook: Hashable, Sendable {
    /// Counts from 1.
    public var number: Int
    public var day: Day
    /// Periods after the dip that are known by then, as planned.
    public var periods: Int
    /// 1 − the two-sided p from which this look may speak.
    public var level: Double
    public var isLast: Bool
}

/// The looks of an effort as declared: α is spent over them by O'Brien and Fleming, so that a change which did nothing
/// is called one at any of them in 5 of 100 efforts, not 5 of 100 looks.
///
/// How far a look is on the way to the last one is the information that it would have on a change of level in
/// independent errors: 1 ÷ Var(β₂) of the segmented regression with its trend; against stores that do not change,
/// where nothing but means is compared, that of a difference of means. It follows from the declared days alone, never
/// from what the data turned out to be.
public struct EffortLooks: Hashable, Sendable {
    public let looks: [EffortLook]
    /// Declared days by which nothing would be known yet.
    public let empty: [Day]

    /// - Parameter before: known periods before the start.
    public init(_ effort: Effort, before: Int, alpha: Double = 0.05) {
        let counts = effort.looks.map { EffortLooks.periods(effort, by: $0) }
        // A look that knows no more than the one before it is none.
        let useful = counts.indices.filter { counts[$0] > (counts.prefix($0).max() ?? 0) }
        empty = effort.looks.indices.filter { counts[$0] == 0 }.map { effort.looks[$0] }
        let gap = EffortLooks.gap(effort)
        let information = useful.map {
            EffortLooks.information(before: before, gap: gap, after: counts[$0], hasTrend: effort.method != .stores)
        }
        guard let all = information.last, all > 0,
            let plan = AlphaSpending(fractions: information.map { $0 == all ? 1 : $0 / all }, alpha: alpha)
        else {
            looks = []
            return
        }
        looks = useful.enumerated().map { number, place in
            EffortLook(
                number: number + 1, day: effort.looks[place], periods: counts[place], level: 1 - plan.nominal[number],
                isLast: number == useful.count - 1)
        }
    }

    public func last(by day: Day) -> EffortLook? { looks.last { $0.day <= day } }
    public func next(after day: Day) -> EffortLook? { looks.first { $0.day > day } }

    /// Whole periods after the dip whose figures are known by a day.
    static func periods(_ effort: Effort, by day: Day) -> Int {
        let known = day + -effort.goal.measure.lagDays
        switch effort.period {
        case .week:
            let gap = gap(effort)
            let whole = known < effort.start ? 0 : (known - effort.start + 1) / 7
            return max(0, whole - gap)
        case .month:
            let first = effort.settled.civil.day == 1 ? effort.settled.month : effort.settled.month + 1
            let last = known == known.month.lastDay ? known.month : known.month + -1
            return max(0, last - first + 1)
        }
    }

    /// Periods between the time before and the time after: those of the dip, and the month that the start cuts.
    static func gap(_ effort: Effort) -> Int {
        switch effort.period {
        case .week: return (effort.dip.days + 6) / 7
        case .month:
            let first = effort.settled.civil.day == 1 ? effort.settled.month : effort.settled.month + 1
            return first - effort.start.month
        }
    }

    /// Of the step in 1, t, step over n₀ points, a gap and n₁ points: Sxx − Sxt² ÷ Stt; without a trend Sxx = n₀n₁ ÷ n.
    static func information(before: Int, gap: Int, after: Int, hasTrend: Bool = true) -> Double {
        guard before > 0, after > 0 else { return 0 }
        let positions = Array(0..<before) + Array((before + gap)..<(before + gap + after))
        let count = Double(positions.count)
        let mean = positions.reduce(0.0) { $0 + Double($1) } / count
        let share = Double(after) / count
        var (xx, xt, tt) = (0.0, 0.0, 0.0)
        for (index, position) in positions.enumerated() {
            let x = (index < before ? 0 : 1) - share
            let t = Double(position) - mean
            xx += x * x
            xt += x * t
            tt += t * t
        }
        return tt > 0 ? xx - (hasTrend ? xt * xt / tt : 0) : 0
    }
}
