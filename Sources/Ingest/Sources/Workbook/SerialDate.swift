import Basis

/// Dates as spreadsheets keep them: days since a day, with the time of day as their fraction.
enum SerialDate {
    /// Behind 31 December 9999.
    private static let end = (from1900: 2_958_466.0, from1904: 2_957_004.0)

    /// ISO 8601: a date alone where the format shows no time and the number has none. Nil: no date, but a number.
    static func text(_ serial: Double, _ meaning: CellFormats.Meaning, countsFrom1904: Bool) -> String? {
        guard meaning != .number, serial >= 0, serial < (countsFrom1904 ? end.from1904 : end.from1900) else {
            return nil
        }
        // What a double can tell apart there.
        let milliseconds = Int((serial * 86_400_000).rounded())
        let (days, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
        if meaning == .elapsed { return clock(milliseconds) }
        // Excel's day 0 is no date: a time of day.
        if days == 0, meaning == .time || !countsFrom1904 { return clock(rest) }
        let date = date(days, countsFrom1904: countsFrom1904)
        return rest == 0 && meaning == .date ? date : "\(date)T\(clock(rest))"
    }

    private static func date(_ days: Int, countsFrom1904: Bool) -> String {
        if countsFrom1904 { return Day(number: Int32(days - 24_107)).description }
        // Lotus 1-2-3 took 1900 for a leap year, and Excel kept it so.
        if days == 60 { return "1900-02-29" }
        return Day(number: Int32(days - (days < 60 ? 25_568 : 25_569))).description
    }

    private static func clock(_ milliseconds: Int) -> String {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        let clock = "\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        return rest == 0 ? clock : clock + ".\(rest < 100 ? "0" : "")\(two(rest))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
