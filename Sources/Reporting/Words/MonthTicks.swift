import Basis
import Drawing

/// Labels under charts over months: the first, each third and the last, with the year where it begins.
enum MonthTicks {
    static func periods(_ months: [Month], bold: Bool = true) -> [LinePlate.Period] {
        let count = months.count
        var year: Int?
        return months.enumerated().map { index, month in
            let isLast = index == count - 1
            // A third too near to the last month's label gives way.
            let isNamed = isLast || (index % 3 == 0 && count - 1 - index >= 2)
            guard isNamed else { return LinePlate.Period("") }
            let showsYear = month.year != year
            year = month.year
            return LinePlate.Period(Words.shortMonth(month), sub: showsYear ? String(month.year) : "", bold: bold && isLast)
        }
    }
}

extension MonthTicks {
    /// The same as texts: a year stands behind the months where it begins.
    static func texts(_ months: [Month]) -> [String] {
        var year: Int?
        return months.map { month in
            let isNew = month.year != year
            year = month.year
            return isNew ? "\(Words.shortMonth(month)) \(month.year % 100 < 10 ? "0" : "")\(month.year % 100)" : Words.shortMonth(month)
        }
    }
}
