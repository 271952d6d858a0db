import Basis

/// A time as an export writes it, before it is placed in a zone.
struct WrittenTime: Equatable {
    enum Zone: Equatable {
        /// The wall clock of wherever the row belongs.
        case local
        /// Seconds east of UTC.
        case offset(Int)
    }
    var day: Day
    /// Nil: a date alone.
    var secondOfDay: Int?
    var zone: Zone
}

/// Reads ISO 8601, `M/D/YYYY`, `D.M.YYYY` and `YYYYMMDD`, each with or without a time of day.
struct TimeReader: Sendable {
    /// `3/4/2026` is 3 April.
    var dayFirst: Bool
    /// Years of two digits are this one or one of the 99 after it.
    var firstYear = 2000

    func year(of digits: Int) -> Int {
        let year = firstYear - firstYear % 100 + digits
        return year < firstYear ? year + 100 : year
    }

    /// 1 January 1900. An earlier year is one of two digits that a system filled up with zeroes, or a slip of the pen: kept, it
    /// would begin two thousand years of opening hours.
    static let firstDay: Int32 = -25_567

    @inline(__always)
    func read(_ text: FieldText) -> WrittenTime? {
        let read = text.count >= 10 && text[4] == 0x2D && text[7] == 0x2D ? iso(text) : other(text)
        guard let read, read.day.number >= TimeReader.firstDay else { return nil }
        return read
    }

    /// `2026-10-31`, then optionally `T` or a space, `HH:MM[:SS[.fff]]` and `Z` or `±HH[[:]MM]`.
    @inline(__always)
    private func iso(_ text: FieldText) -> WrittenTime? {
        guard let high = digits(text, 0, 2), let low = digits(text, 2, 2), let month = digits(text, 5, 2),
            let dayOfMonth = digits(text, 8, 2), let day = Day(year: high * 100 + low, month: month, day: dayOfMonth)
        else { return nil }
        if text.count == 10 { return WrittenTime(day: day, secondOfDay: nil, zone: .local) }
        guard text[10] == 0x54 || text[10] == 0x20 || text[10] == 0x74 else { return nil }
        return clock(text, from: 11, day: day)
    }

    private func other(_ text: FieldText) -> WrittenTime? {
        var i = 0
        guard let first = number(text, &i) else { return nil }
        if first.digits == 8 || first.digits == 14 {
            return compact(text, first.value, digits: first.digits, i)
        }
        guard i < text.count, text[i] == 0x2F || text[i] == 0x2E || text[i] == 0x2D else { return nil }
        let separator = text[i]
        i += 1
        guard let second = number(text, &i), i < text.count, text[i] == separator else { return nil }
        i += 1
        guard let third = number(text, &i), first.digits <= 2, second.digits <= 2 else { return nil }
        let year = third.digits == 4 ? third.value : third.digits == 2 ? self.year(of: third.value) : -1
        guard year > 0 else { return nil }
        // A dot between numbers is the day-first notation wherever it is in use.
        let isDayFirst = dayFirst || separator == 0x2E
        guard let day = Day(
            year: year, month: isDayFirst ? second.value : first.value, day: isDayFirst ? first.value : second.value)
        else { return nil }
        if i == text.count { return WrittenTime(day: day, secondOfDay: nil, zone: .local) }
        guard text[i] == 0x20 || text[i] == 0x54 || text[i] == 0x2C else { return nil }
        i += 1
        while i < text.count, text[i] == 0x20 { i += 1 }
        return clock(text, from: i, day: day)
    }

    private func compact(_ text: FieldText, _ value: Int, digits: Int, _ next: Int) -> WrittenTime? {
        let date = digits == 14 ? value / 1_000_000 : value
        guard let day = Day(year: date / 10_000, month: date / 100 % 100, day: date % 100) else { return nil }
        if digits == 14 {
            let time = value % 1_000_000
            guard next == text.count, time / 10_000 < 24, time / 100 % 100 < 60, time % 100 < 60 else { return nil }
            return WrittenTime(day: day, secondOfDay: time / 10_000 * 3_600 + time / 100 % 100 * 60 + time % 100, zone: .local)
        }
        if next == text.count { return WrittenTime(day: day, secondOfDay: nil, zone: .local) }
        guard text[next] == 0x54 || text[next] == 0x20 else { return nil }
        return clock(text, from: next + 1, day: day)
    }

    @inline(__always)
    func clock(_ text: FieldText, from start: Int, day: Day) -> WrittenTime? {
        var i = start
        guard let hourRead = number(text, &i), hourRead.digits <= 2, i < text.count, text[i] == 0x3A else { return nil }
        var hour = hourRead.value
        i += 1
        guard let minute = number(text, &i), minute.digits == 2, minute.value < 60 else { return nil }
        var second = 0
        if i < text.count, text[i] == 0x3A {
            i += 1
            guard let read = number(text, &i), read.digits == 2, read.value < 60 || (read.value == 60) else { return nil }
            second = min(read.value, 59)
            if i < text.count, text[i] == 0x2E {
                i += 1
                while i < text.count, text[i] >= 0x30, text[i] <= 0x39 { i += 1 }
            }
        }
        while i < text.count, text[i] == 0x20 { i += 1 }
        if i + 1 < text.count, text[i + 1] | 0x20 == 0x6D, text[i] | 0x20 == 0x61 || text[i] | 0x20 == 0x70 {
            guard hour >= 1, hour <= 12 else { return nil }
            hour = hour % 12 + (text[i] | 0x20 == 0x70 ? 12 : 0)
            i += 2
        }
        guard hour < 24 || (hour == 24 && minute.value == 0 && second == 0) else { return nil }
        let secondOfDay = hour * 3_600 + minute.value * 60 + second
        if i == text.count { return WrittenTime(day: day, secondOfDay: secondOfDay, zone: .local) }
        guard let offset = offset(text, from: i) else { return nil }
        return WrittenTime(day: day, secondOfDay: secondOfDay, zone: .offset(offset))
    }

    @inline(__always)
    func offset(_ text: FieldText, from start: Int) -> Int? {
        if text[start] | 0x20 == 0x7A { return start + 1 == text.count ? 0 : nil }
        if text.count - start == 3, text[start] | 0x20 == 0x75, text[start + 1] | 0x20 == 0x74, text[start + 2] | 0x20 == 0x63 {
            return 0  // "UTC"
        }
        guard text[start] == 0x2B || text[start] == 0x2D else { return nil }
        var i = start + 1
        guard let hours = number(text, &i) else { return nil }
        var seconds: Int
        if hours.digits == 4 {
            seconds = hours.value / 100 * 3_600 + hours.value % 100 * 60
        } else {
            guard hours.digits <= 2 else { return nil }
            seconds = hours.value * 3_600
            if i < text.count, text[i] == 0x3A {
                i += 1
                guard let minutes = number(text, &i), minutes.digits == 2 else { return nil }
                seconds += minutes.value * 60
            }
        }
        guard i == text.count, seconds <= 15 * 3_600 else { return nil }
        return text[start] == 0x2D ? -seconds : seconds
    }

    @inline(__always)
    private func digits(_ text: FieldText, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for i in start..<(start + count) {
            let byte = text[i]
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    @inline(__always)
    private func number(_ text: FieldText, _ i: inout Int) -> (value: Int, digits: Int)? {
        let start = i
        var value = 0
        while i < text.count, text[i] >= 0x30, text[i] <= 0x39, i - start < 15 {
            value = value * 10 + Int(text[i] - 0x30)
            i += 1
        }
        return i > start ? (value, i - start) : nil
    }
}
