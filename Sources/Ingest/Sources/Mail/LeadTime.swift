import Basis

/// A time as mails and leads write it: RFC 5322, ISO 8601, and what locales and programming languages print.
struct LeadTime: Hashable, Sendable {
    var day: Day
    /// Nil: a date alone.
    var secondOfDay: Int?
    /// Seconds east of UTC; nil: the wall clock of wherever the lead belongs.
    var offset: Int?
    /// How it departs from ISO 8601 with an offset.
    var deviations: Set<LeadDeviation> = []

    /// - Parameter dayFirst: `3/4/2026` is 3 April.
    init?(_ text: String, dayFirst: Bool) {
        guard var scanner = TimeScanner(text), let read = scanner.read(dayFirst: dayFirst) else { return nil }
        self = read
    }

    init(day: Day, secondOfDay: Int?, offset: Int?) {
        self.day = day
        self.secondOfDay = secondOfDay
        self.offset = offset
    }

    /// As exports write it: `2026-10-03T14:05:00-05:00`, `2026-10-03T14:05:00`, `2026-10-03`.
    var text: String {
        guard let second = secondOfDay else { return day.description }
        let clock = "\(twoDigits(second / 3_600)):\(twoDigits(second / 60 % 60)):\(twoDigits(second % 60))"
        guard let offset else { return "\(day)T\(clock)" }
        let minutes = abs(offset) / 60
        return "\(day)T\(clock)\(offset < 0 ? "-" : "+")\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
    }

    /// Nil for a date alone.
    func instant(in zone: ZoneRules) -> Instant? {
        guard let second = secondOfDay else { return nil }
        guard let offset else { return zone.instant(day: day, secondOfDay: second).instant }
        return Instant(seconds: Int64(day.number) * 86_400 + Int64(second) - Int64(offset))
    }
}

/// Reads a time from left to right.
private struct TimeScanner {
    private let bytes: [UInt8]
    private var i = 0
    private var deviations: Set<LeadDeviation> = []

    init?(_ text: String) {
        guard text.utf8.count <= 200 else { return nil }
        var depth = 0
        var made: [UInt8] = []
        for byte in text.trimmed.utf8 {
            // Comments (RFC 5322) and the zone's name behind an offset say nothing more.
            if byte == 0x28 || byte == 0x5B { depth += 1 }
            if depth == 0 { made.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte == 0x09 ? 0x20 : byte) }
            if byte == 0x29 || byte == 0x5D, depth > 0 { depth -= 1 }
        }
        while made.last == 0x20 { made.removeLast() }
        bytes = made
    }

    mutating func read(dayFirst: Bool) -> LeadTime? {
        if let seconds = epoch() { return seconds }
        if weekday() { skipSeparators() }
        let start = i
        let isISO = isLetter == false && bytes.count - i >= 10 && bytes[i + 4] == 0x2D && bytes[i + 7] == 0x2D
        var found: LeadTime?
        if isLetter {
            found = monthFirst()
        } else if let first = number() {
            found = first.digits == 4 ? yearFirst(first.value)
                : first.digits >= 8 ? compact(first.value, first.digits) : numbers(first.value, dayFirst: dayFirst)
        }
        guard var time = found else { return nil }
        if !isISO || start > 0 { deviations.insert(.localeDate) }
        if i < bytes.count, time.secondOfDay == nil {
            guard let clock = clock(&time) else { return nil }
            time.secondOfDay = clock
        }
        skipSeparators()
        // `Sat Oct 3 14:05:00 CDT 2026`: the year comes last.
        if time.day.civil.year == 4, let year = number(), year.digits == 4 {
            let civil = time.day.civil
            guard let day = Day(year: year.value, month: civil.month, day: civil.day) else { return nil }
            time.day = day
            skipSeparators()
        }
        guard time.day.civil.year > 4, i == bytes.count else { return nil }
        let lacksOffset = time.offset == nil && time.secondOfDay != nil
        if lacksOffset, !deviations.contains(.badOffset) { deviations.insert(.noOffset) }
        time.deviations = deviations
        return time
    }

    // MARK: dates

    /// Seconds or milliseconds since 1970.
    private mutating func epoch() -> LeadTime? {
        guard bytes.count == 10 || bytes.count == 13, let whole = number(), i == bytes.count else {
            i = 0
            return nil
        }
        let seconds = bytes.count == 13 ? whole.value / 1_000 : whole.value
        deviations.insert(.localeDate)
        var time = LeadTime(
            day: Day(number: Int32(truncatingIfNeeded: seconds / 86_400)), secondOfDay: seconds % 86_400, offset: 0)
        time.deviations = deviations
        return time
    }

    private mutating func yearFirst(_ year: Int) -> LeadTime? {
        guard skip(anyOf: [0x2D, 0x2F, 0x2E]), let month = number(), skip(anyOf: [0x2D, 0x2F, 0x2E]),
            let day = number(), month.digits <= 2, day.digits <= 2
        else { return nil }
        return alone(Day(year: year, month: month.value, day: day.value))
    }

    /// `20261003`, `202610031405`, `20261003140500`.
    private func compact(_ value: Int, _ digits: Int) -> LeadTime? {
        var (date, second): (Int, Int?) = (value, nil)
        if digits == 14 {
            (date, second) = (value / 1_000_000, value / 10_000 % 100 * 3_600 + value / 100 % 100 * 60 + value % 100)
        } else if digits == 12 {
            (date, second) = (value / 10_000, value / 100 % 100 * 3_600 + value % 100 * 60)
        } else if digits != 8 {
            return nil
        }
        guard second ?? 0 < 86_400, let day = Day(year: date / 10_000, month: date / 100 % 100, day: date % 100) else {
            return nil
        }
        return LeadTime(day: day, secondOfDay: second, offset: nil)
    }

    /// `10/3/2026`, `3.10.2026`, `3 Oct 2026`, `3-Oct-26`.
    private mutating func numbers(_ first: Int, dayFirst: Bool) -> LeadTime? {
        let separator = i < bytes.count ? bytes[i] : 0
        skipSeparators(and: [0x2D, 0x2F, 0x2E])
        if isLetter {
            skip(words: ["st", "nd", "rd", "th", "of"])
            guard let month = month() else { return nil }
            skipSeparators(and: [0x2D, 0x2F, 0x2E])
            guard let year = year() else { return nil }
            return alone(Day(year: year, month: month, day: first))
        }
        guard [0x2D, 0x2F, 0x2E].contains(separator), let second = number(), second.digits <= 2,
            skip(anyOf: [separator]), let year = year()
        else { return nil }
        let isDayFirst = dayFirst || separator == 0x2E
        return alone(
            Day(year: year, month: isDayFirst ? second.value : first, day: isDayFirst ? first : second.value))
    }

    /// `October 3, 2026`, `Oct 3 14:05:00 2026` (with the leap year 4 until it comes).
    private mutating func monthFirst() -> LeadTime? {
        guard let month = month() else { return nil }
        skipSeparators(and: [0x2D, 0x2E])
        guard let day = number(), day.digits <= 2 else { return nil }
        if isLetter { skip(words: ["st", "nd", "rd", "th"]) }
        skipSeparators(and: [0x2D])
        let before = i
        if let year = number(), year.digits == 4, i == bytes.count || bytes[i] != 0x3A {
            return alone(Day(year: year.value, month: month, day: day.value))
        }
        i = before
        return alone(Day(year: 4, month: month, day: day.value))
    }

    private func alone(_ day: Day?) -> LeadTime? { day.map { LeadTime(day: $0, secondOfDay: nil, offset: nil) } }

    private mutating func year() -> Int? {
        guard let read = number() else { return nil }
        // RFC 5322, 4.3: two digits from 50 on are the last century's.
        return read.digits == 4 ? read.value : read.digits == 2 ? read.value + (read.value < 50 ? 2000 : 1900) : nil
    }

    private mutating func month() -> Int? {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let word = word()
        guard word.count >= 3, let month = names.firstIndex(of: String(word.prefix(3))) else { return nil }
        return month + 1
    }

    private mutating func weekday() -> Bool {
        let before = i
        let word = word()
        if ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(String(word.prefix(3))) { return true }
        i = before
        return false
    }

    // MARK: clocks

    private mutating func clock(_ time: inout LeadTime) -> Int? {
        skipSeparators(and: [0x2D])
        if isLetter, bytes[i] == 0x74 { i += 1 }  // T
        skip(words: ["at"])
        skipSeparators()
        guard let first = number() else { return nil }
        var (hour, minute, second) = (first.value, 0, 0)
        if first.digits == 4 || first.digits == 6 {
            (hour, minute, second) = first.digits == 4
                ? (first.value / 100, first.value % 100, 0)
                : (first.value / 10_000, first.value / 100 % 100, first.value % 100)
        } else {
            guard first.digits <= 2 else { return nil }
            if skip(anyOf: [0x3A]) {
                guard let read = number(), read.digits <= 2 else { return nil }
                minute = read.value
                if skip(anyOf: [0x3A]) {
                    guard let read = number(), read.digits <= 2 else { return nil }
                    second = min(read.value, 59)
                    if i < bytes.count, bytes[i] == 0x2E || bytes[i] == 0x2C {
                        i += 1
                        _ = number()
                    } else if i + 3 < bytes.count, bytes[i] == 0x3A {
                        i += 1  // 14:05:00:000
                        _ = number()
                    }
                }
            } else if !isHalfDay {
                return nil
            }
        }
        if isHalfDay {
            let isAfternoon = halfDay()
            deviations.insert(.localeDate)
            // 14:05 PM says the same twice.
            if hour == 12, !isAfternoon { hour = 0 } else if hour < 12, isAfternoon { hour += 12 }
        }
        guard hour < 24 || (hour == 24 && minute == 0 && second == 0), minute < 60 else { return nil }
        readZone(&time)
        return hour * 3_600 + minute * 60 + second
    }

    private var isHalfDay: Bool {
        var k = i
        while k < bytes.count, bytes[k] == 0x20 { k += 1 }
        guard k + 1 < bytes.count, bytes[k] == 0x61 || bytes[k] == 0x70 else { return false }
        return bytes[k + 1] == 0x6D || (bytes[k + 1] == 0x2E && k + 2 < bytes.count && bytes[k + 2] == 0x6D)
    }

    /// Passes `am`, `p.m.`; true: the second half.
    private mutating func halfDay() -> Bool {
        while bytes[i] == 0x20 { i += 1 }
        let isAfternoon = bytes[i] == 0x70
        while i < bytes.count, bytes[i] == 0x61 || bytes[i] == 0x70 || bytes[i] == 0x6D || bytes[i] == 0x2E { i += 1 }
        return isAfternoon
    }

    /// Seconds east of UTC by name: RFC 5322 (4.3), which knows North America's.
    private static let zones: [String: Int] = [
        "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "ast": -4, "adt": -3,
    ]

    private mutating func readZone(_ time: inout LeadTime) {
        let before = i
        skipSeparators()
        guard i < bytes.count else { return }
        if isLetter {
            let word = word()
            guard let hours = TimeScanner.zones[word] else {
                // Nobody knows what it means (RFC 5322: military zones, written wrongly as often as not).
                deviations.insert(.badOffset)
                return
            }
            if word != "z" { deviations.insert(.looseOffset) }
            time.offset = hours * 3_600
            if hours != 0 || i == bytes.count || (bytes[i] != 0x2B && bytes[i] != 0x2D) { return }
        }
        guard i < bytes.count, bytes[i] == 0x2B || bytes[i] == 0x2D else {
            // A year may follow.
            if i < bytes.count, bytes[i] >= 0x30, bytes[i] <= 0x39 { return }
            i = before
            return
        }
        let sign = bytes[i] == 0x2D ? -1 : 1
        i += 1
        let start = i
        guard let hours = number() else {
            deviations.insert(.badOffset)
            i = bytes.count
            return
        }
        var seconds = hours.value * 3_600
        var isStrict = hours.digits == 2
        if hours.digits > 2 {
            seconds = hours.value / 100 * 3_600 + hours.value % 100 * 60
            isStrict = false
        } else if skip(anyOf: [0x3A, 0x2E]) {
            let minutes = number()
            // -08:0 is -08:00, +05:3 is +05:30
            seconds += (minutes.map { $0.digits == 1 ? $0.value * 10 : $0.value } ?? 0) * 60
            isStrict = isStrict && minutes?.digits == 2 && bytes[start + 2] == 0x3A
        } else {
            isStrict = false
        }
        if hours.digits > 4 || seconds > 15 * 3_600 {
            deviations.insert(.badOffset)
            time.offset = nil
            return
        }
        if !isStrict { deviations.insert(.looseOffset) }
        time.offset = sign * seconds
    }

    // MARK: letters

    private var isLetter: Bool { i < bytes.count && bytes[i] >= 0x61 && bytes[i] <= 0x7A }

    private mutating func word() -> String {
        let start = i
        while isLetter { i += 1 }
        return String(decoding: bytes[start..<i], as: UTF8.self)
    }

    private mutating func skip(words: [String]) {
        let before = i
        if isLetter, words.contains(word()) { return skipSeparators() }
        i = before
    }

    private mutating func skipSeparators(and more: [UInt8] = []) {
        while i < bytes.count, bytes[i] == 0x20 || bytes[i] == 0x2C || more.contains(bytes[i]) { i += 1 }
    }

    @discardableResult
    private mutating func skip(anyOf wanted: [UInt8]) -> Bool {
        guard i < bytes.count, wanted.contains(bytes[i]) else { return false }
        i += 1
        return true
    }

    private mutating func number() -> (value: Int, digits: Int)? {
        let start = i
        var value = 0
        while i < bytes.count, bytes[i] >= 0x30, bytes[i] <= 0x39, i - start < 15 {
            value = value * 10 + Int(bytes[i] - 0x30)
            i += 1
        }
        return i > start ? (value, i - start) : nil
    }
}
