import Basis

extension Reader {
    /// What a duration counts, and so which words it may use.
    enum DurationKind {
        /// Seconds of open time: no days, because nobody knows how long an open day is.
        case open
        /// Seconds by the wall clock; a day is 24 hours.
        case wall
    }

    /// `15 min`, `1 h`, `1 h 30 min`, `3 days`, in seconds. At most a year.
    mutating func duration(_ field: Field, _ kind: DurationKind) -> Int64? {
        guard let text = raw(field, "a duration") else { return nil }
        let example = kind == .open ? "15 min or 4 h" : "15 min, 4 h or 3 days"
        guard let parts = Amount.list(text) else {
            fault(
                .badDuration, field, "\(quoted(text)) is not a duration",
                ["write whole numbers with their unit, such as \(example)"])
            return nil
        }
        var total: Int64 = 0
        for part in parts {
            guard let seconds = Self.seconds[part.unit] else {
                badUnit(field, part, ["s", "min", "h"] + (kind == .open ? [] : ["days"]))
                return nil
            }
            if kind == .open, seconds >= 86_400 {
                fault(
                    .badDuration, field, "\(quoted(text)) counts days, but this is open time",
                    ["write the open hours, such as \(part.count * 10) h"])
                return nil
            }
            total += Int64(part.count) * seconds
        }
        guard total <= 366 * 86_400 else {
            outOfRange(field, text, kind == .open ? "0 min" : "0 days", kind == .open ? "8784 h" : "366 days")
            return nil
        }
        return total
    }

    /// `60 days`, `1 day`, `8 weeks`, in days.
    /// `range` begins at 0 or 1.
    mutating func days(_ field: Field, in range: ClosedRange<Int>) -> Int? {
        guard let text = raw(field, "a number of days") else { return nil }
        guard let parts = Amount.list(text), parts.count == 1, let part = parts.first else {
            fault(.badDuration, field, "\(quoted(text)) is not a number of days", ["write it like 60 days"])
            return nil
        }
        guard let seconds = Self.seconds[part.unit], seconds >= 86_400 else {
            badUnit(field, part, ["days", "weeks"])
            return nil
        }
        let days = part.count * Int(seconds / 86_400)
        guard range.contains(days) else {
            outOfRange(field, text, range.lowerBound == 1 ? "1 day" : "0 days", "\(range.upperBound) days")
            return nil
        }
        return days
    }

    private mutating func badUnit(_ field: Field, _ part: Amount, _ units: [String]) {
        let message = part.unit.isEmpty
            ? "\(quoted(String(part.count))) has no unit" : "\(quoted(part.unit)) is no unit that can stand here"
        let remedy = if let near = nearestName(to: part.unit, among: units) {
            "write \(part.count) \(near)"
        } else if part.unit.isEmpty {
            "write " + units.map { "\(part.count) \($0)" }.joined(separator: " or ")
        } else if part.unit.hasPrefix("month"), units.contains("days") {
            "write days, since months differ in length: \(part.count * 30) days"
        } else {
            "use \(units.joined(separator: " or "))"
        }
        fault(.badDuration, field, message, [remedy])
    }

    private static let seconds: [String: Int64] = [
        "s": 1, "sec": 1, "second": 1, "seconds": 1, "min": 60, "minute": 60, "minutes": 60,
        "h": 3_600, "hour": 3_600, "hours": 3_600, "day": 86_400, "days": 86_400, "week": 604_800, "weeks": 604_800,
    ]

    /// `90 %` or `92.5 %`, in thousandths.
    mutating func share(_ field: Field) -> Int? {
        guard let text = raw(field, "a share in percent") else { return nil }
        guard let mark = text.lastIndex(of: "%"), text.index(after: mark) == text.endIndex else {
            fault(.badShare, field, "\(quoted(text)) is not a share in percent", ["write it like 90 %"])
            return nil
        }
        var digits = text[..<mark]
        while digits.last?.isWhitespace == true { digits.removeLast() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        let tenths = parts.count == 2 && parts[1].utf8.count == 1 ? Int(parts[1]) : parts.count == 1 ? 0 : nil
        guard let whole = Int(parts[0]), let tenths, parts[0].allSatisfy(\.isNumber), parts[0].utf8.count <= 6 else {
            fault(
                .badShare, field, "\(quoted(text)) is not a share in percent",
                ["write it like 90 % or 92.5 % (one decimal at most)"])
            return nil
        }
        guard whole * 10 + tenths <= 1_000 else {
            outOfRange(field, text, "0 %", "100 %")
            return nil
        }
        return whole * 10 + tenths
    }

    /// `2026-10-31`.
    mutating func day(_ field: Field) -> Day? {
        guard let text = raw(field, "a date") else { return nil }
        return day(text, at: field, row: field.row)
    }

    /// The date in a value or a key.
    mutating func day(_ text: String, at field: Field, row: Int) -> Day? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else {
            fault(
                .badDate, field, row: row, "\(quoted(text)) is not a date",
                ["write year, month and day like 2026-10-31"])
            return nil
        }
        if let day = Day(year: year, month: month, day: day) { return day }
        let remedy = (1...12).contains(month) && day > 0
            ? "the month ends on \(parts[0])-\(parts[1])-\(twoDigits(Day.length(ofMonth: month, year: year)))"
            : "write year, month and day like 2026-10-31"
        fault(.noSuchDate, field, row: row, "the calendar has no \(text)", [remedy])
        return nil
    }
}

/// A whole number and the word after it, which may be missing.
struct Amount {
    var count: Int
    var unit: String

    /// `1 h 30 min`, `1h30min`; nil when a part does not begin with a number of at most six digits.
    static func list(_ text: String) -> [Amount]? {
        // Any space, since word processors put no-break ones between a number and its unit.
        var rest = text[...].drop { $0.isWhitespace }
        var amounts: [Amount] = []
        while !rest.isEmpty {
            let digits = rest.prefix { "0123456789".contains($0) }
            guard let count = Int(digits), digits.utf8.count <= 6 else { return nil }
            rest = rest[digits.endIndex...].drop { $0.isWhitespace }
            let unit = rest.prefix { $0.isLetter }
            rest = rest[unit.endIndex...].drop { $0.isWhitespace }
            amounts.append(Amount(count: count, unit: String(unit)))
            if unit.isEmpty, !rest.isEmpty { return nil }
        }
        return amounts.isEmpty ? nil : amounts
    }
}
