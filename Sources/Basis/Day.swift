/// A date of the proleptic Gregorian calendar, local to some store, without a time of day.
public struct Day: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// Days since 1970-01-01.
    public var number: Int32

    @inlinable
    public init(number: Int32) { self.number = number }

    @inlinable
    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    @inlinable
    public static func + (a: Day, days: Int) -> Day { Day(number: a.number + Int32(days)) }

    /// Days from `b` to `a`.
    @inlinable
    public static func - (a: Day, b: Day) -> Int { Int(a.number) - Int(b.number) }

    /// Nil when the calendar has no such date (31 April, 29 February of a common year).
    /// Source of the conversion: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), `days_from_civil`.
    @inlinable
    public init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Day.length(ofMonth: month, year: year) else { return nil }
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: Int32(era * 146_097 + dayOfEra - 719_468))
    }

    /// Days in a month of a year, 28 to 31.
    @inlinable
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Year, month (1–12) and day of the month (1–31).
    @inlinable
    public var civil: (year: Int, month: Int, day: Int) {
        let z = Int(number) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted + (shifted < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    @inlinable
    public var month: Month {
        let civil = self.civil
        return Month(year: civil.year, month: civil.month)
    }

    /// Monday is 0, Sunday is 6 (ISO 8601 order).
    @inlinable
    public var weekday: Int { (Int(number) + 3) - (Int(number) + 3).floorDivided(by: 7) * 7 }
}

extension Day: CustomStringConvertible {
    /// `2026-10-31`.
    public var description: String {
        let (year, month, day) = civil
        return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
    }
}
