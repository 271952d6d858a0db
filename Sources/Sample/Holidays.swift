import Basis

/// Holidays of American dealers in the years of the exports.
enum Holidays {
    /// Ascending; closed or open in the morning only.
    static func all(_ options: SampleOptions) -> [(day: Day, isClosed: Bool)] {
        var days: [(day: Day, isClosed: Bool)] = []
        for year in (options.firstDay.civil.year)...(options.lastDay.civil.year + 1) {
            let closed = [
                Day(year: year, month: 1, day: 1), last(0, ofMonth: 5, year), Day(year: year, month: 7, day: 4),
                nth(1, 0, ofMonth: 9, year), nth(4, 3, ofMonth: 11, year), Day(year: year, month: 12, day: 25),
            ]
            days += closed.compactMap { $0 }.map { ($0, true) }
            if let eve = Day(year: year, month: 12, day: 24), eve.weekday != 6 { days.append((eve, false)) }
        }
        return days.filter { $0.day >= options.firstDay && $0.day <= options.lastDay + 120 }.sorted { $0.day < $1.day }
    }

    /// The n-th weekday of a month, Monday being 0.
    static func nth(_ n: Int, _ weekday: Int, ofMonth month: Int, _ year: Int) -> Day {
        let first = Month(year: year, month: month).firstDay
        return first + ((weekday - first.weekday + 7) % 7 + 7 * (n - 1))
    }

    private static func last(_ weekday: Int, ofMonth month: Int, _ year: Int) -> Day {
        let last = Month(year: year, month: month).lastDay
        return last + -((last.weekday - weekday + 7) % 7)
    }
}
