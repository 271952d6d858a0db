/// The rule by which a zone changes its offset every year, for the years after a zone file's table:
/// `CST6CDT,M3.2.0,M11.1.0`. Source of the notation: POSIX.1-2017, 8.3 (TZ), with the wider times of RFC 9636, 3.3.1.
struct ZoneFooter: Equatable {
    /// Seconds east of UTC.
    var standardOffset: Int
    /// Nil where the offset never changes.
    var daylight: Daylight?

    struct Daylight: Equatable {
        /// Seconds east of UTC.
        var offset: Int
        /// When it begins, on the standard clock, and ends, on its own.
        var begins, ends: Turn
    }

    /// A moment that comes every year.
    struct Turn: Equatable {
        var date: YearlyDate
        /// Seconds after local midnight of that date; may be negative or beyond 24 hours.
        var time: Int
    }

    enum YearlyDate: Equatable {
        /// `J60`: 1 to 365, 29 February never counted.
        case julian(Int)
        /// `59`: 0 to 365, 29 February counted.
        case ordinal(Int)
        /// `M3.2.0`: the second Sunday of March; week 5 is the last; Sunday is 0.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    /// Nil when the text is no such rule.
    init?(_ text: [UInt8]) {
        var reader = FooterReader(text)
        guard reader.skipName(), let west = reader.clock(hoursUpTo: 24) else { return nil }
        // POSIX counts hours west of Greenwich, everybody else east.
        standardOffset = -west
        if reader.isAtEnd { return }
        guard reader.skipName() else { return nil }
        var offset = standardOffset + 3_600
        if !reader.isAt(",") {
            guard let west = reader.clock(hoursUpTo: 24) else { return nil }
            offset = -west
        }
        guard reader.skip(","), let begins = reader.turn(), reader.skip(","), let ends = reader.turn(),
            reader.isAtEnd
        else { return nil }
        daylight = Daylight(offset: offset, begins: begins, ends: ends)
    }

    /// The changes of the years, in seconds since 1970 UTC with the offset from then on, ascending.
    func changes(years: ClosedRange<Int>) -> [(at: Int64, offset: Int)] {
        guard let daylight else { return [] }
        var changes: [(at: Int64, offset: Int)] = []
        for year in years {
            let begin = daylight.begins.localSeconds(year: year) - Int64(standardOffset)
            let end = daylight.ends.localSeconds(year: year) - Int64(daylight.offset)
            let two = [(at: begin, offset: daylight.offset), (at: end, offset: standardOffset)]
            for change in begin < end ? two : two.reversed() {
                // Daylight time all year ends in December in the moment in which it begins in January: the later wins.
                while let last = changes.last, last.at >= change.at { changes.removeLast() }
                changes.append(change)
            }
        }
        return changes
    }
}

extension ZoneFooter.Turn {
    /// Seconds of the local wall clock since 1970 as if it were UTC.
    func localSeconds(year: Int) -> Int64 { Int64(day(year: year).number) * 86_400 + Int64(time) }

    private func day(year: Int) -> Day {
        let newYear = Month(year: year, month: 1).firstDay
        switch date {
        case .julian(let number):
            let leapDayPassed = number >= 60 && Day.length(ofMonth: 2, year: year) == 29
            return newYear + (number - 1 + (leapDayPassed ? 1 : 0))
        case .ordinal(let number):
            return newYear + number
        case .weekday(let month, let week, let weekday):
            let first = Month(year: year, month: month).firstDay
            // Day counts weekdays from Monday, POSIX from Sunday.
            var day = first + ((weekday + 6) % 7 - first.weekday + 7) % 7 + 7 * (week - 1)
            while day > first.month.lastDay { day = day + -7 }
            return day
        }
    }
}

/// Reads the rule's text from left to right.
private struct FooterReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: [UInt8]) { rest = text[...] }

    var isAtEnd: Bool { rest.isEmpty }

    func isAt(_ character: Unicode.Scalar) -> Bool { rest.first == UInt8(ascii: character) }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard isAt(character) else { return false }
        rest.removeFirst()
        return true
    }

    /// `CST`, or anything in angle brackets: `<+0330>`.
    mutating func skipName() -> Bool {
        if skip("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[(end + 1)...]
            return true
        }
        let letters = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3
    }

    mutating func number(upTo limit: Int) -> Int? {
        let digits = rest.prefix(4).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(digits.count)
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return digits.isEmpty || value > limit ? nil : value
    }

    /// `[+-]h[:mm[:ss]]` in seconds.
    mutating func clock(hoursUpTo limit: Int) -> Int? {
        let isNegative = skip("-")
        if !isNegative { _ = skip("+") }
        guard let hours = number(upTo: limit) else { return nil }
        var seconds = hours * 3_600
        for unit in [60, 1] {
            guard skip(":") else { break }
            guard let value = number(upTo: 59) else { return nil }
            seconds += value * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// `M3.2.0/2`; the time is 02:00 where none is given.
    mutating func turn() -> ZoneFooter.Turn? {
        guard let date = date() else { return nil }
        guard skip("/") else { return ZoneFooter.Turn(date: date, time: 7_200) }
        guard let time = clock(hoursUpTo: 167) else { return nil }
        return ZoneFooter.Turn(date: date, time: time)
    }

    private mutating func date() -> ZoneFooter.YearlyDate? {
        if skip("J") {
            guard let number = number(upTo: 365), number >= 1 else { return nil }
            return .julian(number)
        }
        guard skip("M") else { return number(upTo: 365).map { .ordinal($0) } }
        guard let month = number(upTo: 12), month >= 1, skip("."), let week = number(upTo: 5), week >= 1,
            skip("."), let weekday = number(upTo: 6)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }
}
