/// What is wrong with a text of opening hours, and how to write it. Whoever read the text knows where it stood.
public struct HoursFault: Error, Hashable, Sendable {
    /// One sentence without a full stop, fit for `Diagnostic.message`.
    public var message: String
    /// Fit for `Diagnostic.remedies`.
    public var remedy: String
}

extension ClockInterval {
    /// Reads `07:30-12:00, 13:00-18:00`, `22:00-06:00` (passing midnight), `00:00-24:00` or `closed`, which gives none.
    /// Times are those of a 24-hour clock; the leading zero of an hour may be missing.
    public static func list(_ text: some StringProtocol) throws(HoursFault) -> [ClockInterval] {
        let trimmed = text.trimmed
        if trimmed.lowercased() == "closed" { return [] }
        guard !trimmed.isEmpty else {
            throw HoursFault(
                message: "the opening hours are empty", remedy: "write \"08:00-18:00\", or closed for a day without")
        }
        var intervals: [ClockInterval] = []
        for part in trimmed.split(separator: ",", omittingEmptySubsequences: false) {
            intervals.append(try one(part.trimmed))
        }
        return intervals
    }

    private static func one(_ text: String) throws(HoursFault) -> ClockInterval {
        // An en dash is what word processors make of a hyphen.
        let ends = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
        guard ends.count == 2 else {
            throw HoursFault(
                message: "\"\(text)\" is not an interval of two times",
                remedy: "write it like 07:30-12:00, several with commas between them")
        }
        let start = try seconds(ends[0].trimmed)
        let end = try seconds(ends[1].trimmed)
        guard start < 86_400 else {
            throw HoursFault(message: "\"\(text)\" begins at 24:00", remedy: "write 00:00 on the next day")
        }
        guard start != end, let interval = ClockInterval(start: start, end: end) else {
            throw HoursFault(
                message: "\"\(text)\" begins and ends at the same time",
                remedy: "write 00:00-24:00 for the whole day, or closed")
        }
        return interval
    }

    /// Seconds after midnight of `7:30` or `24:00`.
    private static func seconds(_ text: String) throws(HoursFault) -> Int {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            let hours = UInt8(parts[0]), let minutes = UInt8(parts[1]), parts[0].first != "+", parts[1].first != "+",
            minutes < 60, hours < 24 || (hours == 24 && minutes == 0)
        else {
            throw HoursFault(
                message: "\"\(text)\" is not a time of day",
                remedy: "write hours and minutes of a 24-hour clock, 00:00 to 24:00 (half past one is 13:30)")
        }
        return Int(hours) * 3_600 + Int(minutes) * 60
    }
}

/// The keys under which hours stand.
public enum Weekdays {
    /// Monday first.
    public static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// Reads `mon`, `mon-fri`, `mon,wed` or `mon-thu, sat`; a range may pass the week's end (`sat-mon`).
    /// - Returns: ascending numbers, each once; Monday is 0.
    public static func list(_ text: some StringProtocol) throws(HoursFault) -> [Int] {
        var found: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
            guard ends.count <= 2 else {
                throw HoursFault(
                    message: "\"\(part.trimmed)\" is not a range of weekdays", remedy: "write it like mon-fri")
            }
            let first = try number(ends[0].trimmed)
            let last = try number(ends[ends.count - 1].trimmed)
            for step in 0...((last - first + 7) % 7) { found.insert((first + step) % 7) }
        }
        return found.sorted()
    }

    private static func number(_ text: String) throws(HoursFault) -> Int {
        let lower = text.lowercased()
        if let number = names.firstIndex(of: lower) { return number }
        // Two letters tell the weekdays apart: "Monday", "tues" and "we" are all understood well enough to correct.
        let meant = names.first { $0.utf8.prefix(2).elementsEqual(lower.utf8.prefix(2)) }
        throw HoursFault(
            message: "\"\(text)\" is not a weekday",
            remedy: meant.map { "write \($0)" } ?? "write \(names.joined(separator: ", "))")
    }
}

extension StringProtocol {
    /// Without spaces at either end.
    fileprivate var trimmed: String {
        let front = drop { $0.isWhitespace }
        guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(front[...last])
    }
}
