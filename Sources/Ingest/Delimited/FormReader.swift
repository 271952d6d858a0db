import Basis
import Dealership

/// Reads dates as a mapping states their form. What has another form is no date; ISO 8601 is told by its looks and read
/// beside it, unless the form itself puts a year's day before its month. Behind a form without a time of day one may stand.
struct FormReader: Sendable {
    let form: DateForm
    let times: TimeReader
    private let readsISO: Bool

    init(_ form: DateForm, times: TimeReader) {
        self.form = form
        self.times = times
        let order = form.pieces.compactMap { piece -> Character? in
            switch piece {
            case .year: "y"
            case .day: "d"
            case .month: "m"
            default: nil
            }
        }
        readsISO = order != ["y", "d", "m"]
    }

    func read(_ text: FieldText) -> WrittenTime? {
        if let written = readForm(text), written.day.number >= TimeReader.firstDay { return written }
        return readsISO && text.count >= 10 && text[4] == 0x2D && text[7] == 0x2D ? times.read(text) : nil
    }

    private struct Found {
        var year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0
        var isAfternoon: Bool?
    }

    private func readForm(_ text: FieldText) -> WrittenTime? {
        var found = Found()
        var i = 0
        for (place, piece) in form.pieces.enumerated() {
            // A date alone, where a time would follow.
            if place >= form.dateLength, i == text.count { return date(found) }
            guard take(piece, text, &i, &found) else { return nil }
        }
        guard let written = date(found) else { return nil }
        guard form.hasTime else {
            if i == text.count { return written }
            guard text[i] == 0x20 || text[i] == 0x54 || text[i] == 0x2C else { return nil }
            i += 1
            while i < text.count, text[i] == 0x20 { i += 1 }
            return times.clock(text, from: i, day: written.day)
        }
        var hour = found.hour
        if let isAfternoon = found.isAfternoon {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard hour < 24, found.minute < 60, found.second <= 60 else { return nil }
        let second = hour * 3_600 + found.minute * 60 + min(found.second, 59)
        while i < text.count, text[i] == 0x20 { i += 1 }
        if i == text.count { return WrittenTime(day: written.day, secondOfDay: second, zone: .local) }
        return times.offset(text, from: i).map { WrittenTime(day: written.day, secondOfDay: second, zone: .offset($0)) }
    }

    private func date(_ found: Found) -> WrittenTime? {
        Day(year: found.year, month: found.month, day: found.day)
            .map { WrittenTime(day: $0, secondOfDay: nil, zone: .local) }
    }

    private func take(_ piece: DateForm.Piece, _ text: FieldText, _ i: inout Int, _ found: inout Found) -> Bool {
        switch piece {
        case .literal(let byte):
            guard i < text.count, text[i] == byte else { return false }
            i += 1
            while byte == 0x20, i < text.count, text[i] == 0x20 { i += 1 }
            return true
        case .monthName:
            guard let month = month(text, &i) else { return false }
            found.month = month
            return true
        case .halfOfDay:
            guard i < text.count, text[i] | 0x20 == 0x61 || text[i] | 0x20 == 0x70 else { return false }
            found.isAfternoon = text[i] | 0x20 == 0x70
            i += 1
            if i < text.count, text[i] | 0x20 == 0x6D { i += 1 }
            return true
        case .year: return number(text, &i, exactly: 4) { found.year = $0 }
        case .shortYear: return number(text, &i, exactly: 2) { found.year = times.year(of: $0) }
        case .month(let digits): return number(text, &i, exactly: digits) { found.month = $0 }
        case .day(let digits): return number(text, &i, exactly: digits) { found.day = $0 }
        case .hour(let digits): return number(text, &i, exactly: digits) { found.hour = $0 }
        case .minute(let digits): return number(text, &i, exactly: digits) { found.minute = $0 }
        case .second(let digits):
            guard number(text, &i, exactly: digits, { found.second = $0 }) else { return false }
            // Fractions of a second are passed over.
            if i + 1 < text.count, text[i] == 0x2E, isDigit(text[i + 1]) {
                i += 1
                while i < text.count, isDigit(text[i]) { i += 1 }
            }
            return true
        }
    }

    /// `exactly` nil: one digit or two.
    private func number(_ text: FieldText, _ i: inout Int, exactly: Int?, _ take: (Int) -> Void) -> Bool {
        let start = i
        var value = 0
        while i < text.count, i - start < exactly ?? 2, isDigit(text[i]) {
            value = value * 10 + Int(text[i] - 0x30)
            i += 1
        }
        guard exactly.map({ i - start == $0 }) ?? (i > start) else { return false }
        take(value)
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// An English month's name by its first three letters; those behind it must be the name's.
    private func month(_ text: FieldText, _ i: inout Int) -> Int? {
        var letters: [UInt8] = []
        while i < text.count, (0x61...0x7A).contains(text[i] | 0x20), text[i] >= 0x41 {
            letters.append(text[i] | 0x20)
            i += 1
        }
        guard letters.count >= 3, let month = Self.months.firstIndex(where: { $0.starts(with: letters) }) else {
            return letters == Array("sept".utf8) ? 9 : nil
        }
        return month + 1
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ].map { Array($0.utf8) }
}

extension ExportSettings {
    /// How the dates of a column are written, stated of it or of the whole file; nil: as `TimeReader` tells them.
    func dateForm(of column: String) -> DateForm? { columns[column]?.dates ?? dates }

    var timeReader: TimeReader { TimeReader(dayFirst: dateOrder == .dayFirst, firstYear: firstYear) }
}
