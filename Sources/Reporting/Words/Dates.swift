import Basis

extension Words {
    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    static let longDayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// `October 2026`.
    static func month(_ month: Month) -> String { "\(monthNames[month.monthOfYear - 1]) \(month.year)" }
    /// `October`.
    static func monthName(_ month: Month) -> String { monthNames[month.monthOfYear - 1] }
    /// `Oct`.
    static func shortMonth(_ month: Month) -> String { String(monthNames[month.monthOfYear - 1].prefix(3)) }
    /// `Oct 2026`; with two digits it would read as a day.
    static func monthAndYear(_ month: Month) -> String { "\(shortMonth(month)) \(month.year)" }
    /// `Sep 2025 to Aug 2026`, `Jun to Aug 2026`, `August 2026`.
    static func months(_ months: ClosedRange<Month>) -> String {
        let (first, last) = (months.lowerBound, months.upperBound)
        if first == last { return month(last) }
        return "\(first.year == last.year ? shortMonth(first) : monthAndYear(first)) to \(monthAndYear(last))"
    }
    /// `31 Oct`.
    static func day(_ day: Day) -> String { "\(day.civil.day) \(shortMonth(day.month))" }
    /// `31 Oct 2026`.
    static func dayAndYear(_ day: Day) -> String { "\(Words.day(day)) \(day.civil.year)" }
    /// `Tue 13 Oct`.
    static func weekday(_ day: Day) -> String { "\(dayNames[day.weekday]) \(Words.day(day))" }
    /// `29–31 Oct`, `30 Sep–2 Oct`, `31 Oct`.
    static func span(_ first: Day, _ last: Day) -> String {
        if first == last { return day(first) }
        return first.month == last.month ? "\(first.civil.day)–\(day(last))" : "\(day(first))–\(day(last))"
    }
}
