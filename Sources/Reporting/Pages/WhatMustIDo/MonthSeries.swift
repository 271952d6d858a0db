import Basis
import Dealership
import Drawing
import Measures

/// One figure month by month for a tile: where it is known, where it is not.
struct MonthSeries {
    let context: ReportContext
    /// Oldest first, the report's own month last.
    let months: [Month]
    let readings: [Reading]

    init(_ context: ReportContext, back: Int, _ reading: (Month) -> Reading) {
        self.context = context
        months = Array(context.months.suffix(back))
        readings = months.map(reading)
    }

    /// The month before the report's own; nil: not known.
    var before: Double? { readings.dropLast().last?.number }
    /// Some month but the report's own is known.
    var hasHistory: Bool { readings.dropLast().contains { $0.number != nil } }

    /// What the tile says of the month before, in words made from `before`; nil in the first month of all.
    func fact(_ words: String?) -> TilePlate.Fact? {
        hasHistory ? TilePlate.Fact(say("Last month"), words ?? say("not known")) : nil
    }

    /// First, middle and last month.
    var labels: [String] {
        guard let first = months.first, let last = months.last, months.count > 1 else {
            return months.map(Words.monthAndYear)
        }
        return [Words.monthAndYear(first), Words.shortMonth(months[(months.count - 1) / 2]), Words.monthAndYear(last)]
    }
}

extension ReportContext {
    /// Exports of the table reach into the month, and began before it did or within its first days.
    func covers(_ month: Month, _ table: StandardTable) -> Bool {
        guard let first = audits(table).compactMap(\.firstDay).min(), let last = header.lastDay(of: table) else {
            return false
        }
        return first - month.firstDay <= MonthReach.quietDays && last >= month.firstDay
    }

    /// The month is over, and exports of the table reach its end.
    func isWhole(_ month: Month, _ table: StandardTable) -> Bool {
        guard header.asOfDay >= month.lastDay, let last = header.lastDay(of: table) else { return false }
        return month.lastDay - last <= MonthReach.closedDays
    }
}

/// How far an export's first and last row may lie from a month's ends.
enum MonthReach {
    /// Not every day has a sale.
    static let quietDays = 7
    /// A weekend and a holiday.
    static let closedDays = 3
}
