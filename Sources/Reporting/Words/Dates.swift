import Basis
import Dealership

extension Words {
    static func monthName(ofYear month: Int) -> String {
        switch month {
        case 1: say("January")
        case 2: say("February")
        case 3: say("March")
        case 4: say("April")
        case 5: say("May")
        case 6: say("June")
        case 7: say("July")
        case 8: say("August")
        case 9: say("September")
        case 10: say("October")
        case 11: say("November")
        default: say("December")
        }
    }

    private static func shortMonthName(ofYear month: Int) -> String {
        switch month {
        case 1: say("Jan", context: "short")
        case 2: say("Feb", context: "short")
        case 3: say("Mar", context: "short")
        case 4: say("Apr", context: "short")
        case 5: say("May", context: "short")
        case 6: say("Jun", context: "short")
        case 7: say("Jul", context: "short")
        case 8: say("Aug", context: "short")
        case 9: say("Sep", context: "short")
        case 10: say("Oct", context: "short")
        case 11: say("Nov", context: "short")
        default: say("Dec", context: "short")
        }
    }

    /// From Monday on.
    static var dayNames: [String] {
        [say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun")]
    }
    static var longDayNames: [String] {
        [say("Monday"), say("Tuesday"), say("Wednesday"), say("Thursday"), say("Friday"), say("Saturday"), say("Sunday")]
    }

    /// `October 2026`.
    static func month(_ month: Month) -> String {
        say("\(monthName(month)) \(month.year)", context: "month and year")
    }
    /// `October`.
    static func monthName(_ month: Month) -> String { monthName(ofYear: month.monthOfYear) }
    /// `Oct`.
    static func shortMonth(_ month: Month) -> String { shortMonthName(ofYear: month.monthOfYear) }
    /// `Oct 2026`; with two digits it would read as a day.
    static func monthAndYear(_ month: Month) -> String {
        say("\(shortMonth(month)) \(month.year)", context: "short month and year")
    }
    /// `Sep 2025 to Aug 2026`, `Jun to Aug 2026`, `August 2026`.
    static func months(_ months: ClosedRange<Month>) -> String {
        let (first, last) = (months.lowerBound, months.upperBound)
        if first == last { return month(last) }
        let from = first.year == last.year ? shortMonth(first) : monthAndYear(first)
        return say("\(from) to \(monthAndYear(last))", context: "months")
    }
    /// `31 Oct`.
    static func day(_ day: Day) -> String {
        say("\(day.civil.day) \(shortMonth(day.month))", context: "day and month")
    }
    /// `31 October`.
    static func longDay(_ day: Day) -> String {
        say("\(day.civil.day) \(monthName(day.month))", context: "day and long month")
    }
    /// `31 Oct 2026`.
    static func dayAndYear(_ day: Day) -> String {
        say("\(Words.day(day)) \(day.civil.year)", context: "day and year")
    }
    /// `31 Oct 2026, end of day`, `31 Oct 2026, 14:05`: up to when everything is known.
    static func asOf(_ header: JournalHeader) -> String {
        let day = dayAndYear(header.asOfDay)
        guard let time = header.asOfTimeOfDay else { return say("\(day), end of day") }
        return say("\(day), \(time)", context: "as of")
    }
    /// `Tue 13 Oct`.
    static func weekday(_ day: Day) -> String {
        say("\(dayNames[day.weekday]) \(Words.day(day))", context: "weekday and day")
    }
    /// `29–31 Oct`, `30 Sep–2 Oct`, `31 Oct`.
    static func span(_ first: Day, _ last: Day) -> String {
        if first == last { return day(first) }
        if first.month != last.month { return "\(day(first))–\(day(last))" }
        return say("\(first.civil.day)–\(day(last))", context: "days of a month")
    }
}
