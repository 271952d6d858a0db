import Basis

/// What one column of an export holds, counted over the rows that were looked at. Values themselves are kept only where
/// there are few different ones.
struct ColumnFacts: Sendable {
    var name: String
    var rows = 0
    var filled = 0
    /// Hashes of the values, small letters; equal sets are equal columns.
    var distinct: Set<UInt64> = []
    /// Value → rows, while there are at most `mostWords` different ones.
    var words: [String: Int]? = [:]
    static let mostWords = 40

    var vins = 0
    var phones = 0
    var emails = 0
    var integers = 0
    var decimals = 0
    /// Of the decimals: those that only a comma before decimals explains, those that only a point does, and those that may be
    /// thousands; of these one as it is written.
    var commas = 0
    var points = 0
    var eitherMark = 0
    var eitherMarkText: String?
    /// Numbers that say their currency, by its ISO 4217 code.
    var currencies: [String: Int] = [:]
    var years = 0
    var uuids = 0
    /// Cells with a letter, and those with a space between letters.
    var lettered = 0
    var spaced = 0
    /// Excel's `1.23E+11`, `########`, and a day as its number.
    var shortened = 0
    var shortenedText: String?
    var hashes = 0
    var serials = 0
    /// Whole numbers by their count of digits, and those that begin with 0.
    var widths: [Int: Int] = [:]
    var leadingZeros = 0
    var greatest: Int64 = 0

    /// Cells that are a date, with a time of day or without one; a time of day alone.
    var dates = 0
    var clocks = 0
    var clocksAlone = 0
    var offsets = 0
    /// Slash dates that only one order can read, and those that both can; of these one as it is written.
    var monthFirst = 0
    var dayFirst = 0
    var eitherOrder = 0
    var ambiguous: String?
    /// By hour of the wall clock as written.
    var hours = [Int](repeating: 0, count: 24)
    var firstDay: Day?
    var lastDay: Day?

    init(_ name: String) { self.name = name }

    func share(_ count: Int) -> Double { filled == 0 ? 0 : Double(count) / Double(filled) }
    var isUnique: Bool { filled > 0 && distinct.count == filled }
    /// Hardly any value comes twice.
    var isNearlyUnique: Bool { filled > 0 && Double(distinct.count) >= 0.9 * Double(filled) }
    var isEmpty: Bool { filled == 0 }

    mutating func count(_ text: FieldText, _ raw: [UInt8]) {
        rows += 1
        if raw.isEmpty { return }
        filled += 1
        note(raw)
        var digits = 0, letters = 0, spaces = 0, others = 0, foreign = 0
        for byte in raw {
            switch byte {
            case 0x30...0x39: digits += 1
            case 0x41...0x5A, 0x61...0x7A: letters += 1
            case 0x80...0xFF:
                letters += 1
                foreign += 1
            case 0x20: spaces += 1
            default: others += 1
            }
        }
        if letters > 0 {
            lettered += 1
            if spaces > 0 { spaced += 1 }
        }
        if digits == raw.count { return countWhole(raw) }
        if digits > 0, countDecimals(raw, isBare: letters == 0) { return }
        if letters == foreign, digits > 0, text.money() != nil {
            countCurrency(raw)
            if text.integer() != nil {
                integers += 1
            } else {
                decimals += 1
                if raw.contains(0x2E) { points += 1 }
            }
            return
        }
        if raw.count == 17, digits + letters == 17, digits > 3, letters > 0, isVIN(raw) { vins += 1 }
        if raw.count == 36, others == 4, raw[8] == 0x2D { uuids += 1 }
        if letters == 0, others == raw.count, raw.count > 2, raw.allSatisfy({ $0 == 0x23 }) { hashes += 1 }
        if isShortened(raw) {
            shortened += 1
            if shortenedText == nil { shortenedText = String(decoding: raw, as: UTF8.self) }
        }
        if let at = raw.firstIndex(of: 0x40), at > 0, raw[at...].contains(0x2E), spaces == 0 { emails += 1 }
        if digits >= 7, digits <= 15, letters == 0, isPhone(raw) { phones += 1 }
        if digits > 2 { countTime(text, raw) }
    }

    /// What a decimal comma, or a point that may stand between thousands, says of how numbers are written here.
    private mutating func countDecimals(_ raw: [UInt8], isBare: Bool) -> Bool {
        guard let first = raw.firstIndex(where: DecimalMark.isDigit), let last = raw.lastIndex(where: DecimalMark.isDigit)
        else { return false }
        // Around it signs alone, `12,50 €`, or a currency.
        let around = raw[..<first] + raw[(last + 1)...]
        let letters = around.count { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
        guard letters == 0 || letters == 3 && CurrencyMarks.code(beside: raw) != nil else { return false }
        let number = raw[first...last]
        if DecimalMark.hasComma(number) {
            commas += 1
        } else if isBare, DecimalMark.isEither(number) {
            eitherMark += 1
            if eitherMarkText == nil { eitherMarkText = String(decoding: number, as: UTF8.self) }
        } else {
            return false
        }
        decimals += 1
        countCurrency(raw)
        return true
    }

    private mutating func countCurrency(_ raw: [UInt8]) {
        guard let code = CurrencyMarks.code(beside: raw) else { return }
        currencies[code, default: 0] += 1
    }

    private mutating func note(_ raw: [UInt8]) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in raw {
            hash = (hash ^ UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)) &* 0x100_0000_01B3
        }
        distinct.insert(hash)
        guard words != nil else { return }
        if raw.count > 40 || distinct.count > ColumnFacts.mostWords {
            words = nil
        } else {
            words?[String(decoding: raw, as: UTF8.self), default: 0] += 1
        }
    }

    private mutating func countWhole(_ raw: [UInt8]) {
        integers += 1
        widths[raw.count, default: 0] += 1
        if raw.count > 1, raw[0] == 0x30 { leadingZeros += 1 }
        guard raw.count < 16 else { return }
        let value = raw.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
        greatest = max(greatest, value)
        if raw.count == 4, (1960...2035).contains(value) { years += 1 }
        // 1982 to 2064 as Excel counts days.
        if raw.count == 5, (30_000...60_000).contains(value) { serials += 1 }
        if raw.count == 10 || raw.count == 11 && raw[0] == 0x31 {
            let area = raw[raw.count - 10], exchange = raw[raw.count - 7]
            if area > 0x31, exchange > 0x31 { phones += 1 }
        }
        if raw.count == 8 || raw.count == 14 {
            raw.withUnsafeBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return }
                let text = FieldText(base, from: 0, to: bytes.count)
                // 1990 to 2050.
                guard let time = TimeReader(dayFirst: false).read(text), (7_305...29_584).contains(time.day.number) else { return }
                take(time)
            }
        }
    }

    private func isVIN(_ raw: [UInt8]) -> Bool {
        raw.allSatisfy { byte in
            let upper = byte & 0xDF
            return (0x30...0x39).contains(byte) || (0x41...0x5A).contains(upper) && upper != 0x49 && upper != 0x4F && upper != 0x51
        }
    }

    /// `1.23E+11`.
    private func isShortened(_ raw: [UInt8]) -> Bool {
        guard let e = raw.firstIndex(where: { $0 | 0x20 == 0x65 }), e > 0, raw.count - e > 2, raw[e + 1] == 0x2B else { return false }
        return raw[..<e].allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } && raw[(e + 2)...].allSatisfy { (0x30...0x39).contains($0) }
    }

    private func isPhone(_ raw: [UInt8]) -> Bool {
        if raw.contains(0x3A) || raw.contains(0x2F) { return false }
        if raw[0] == 0x2B || raw[0] == 0x28 { return true }
        let groups = raw.split { !(0x30...0x39).contains($0) }.map(\.count)
        return groups == [3, 3, 4] || groups == [1, 3, 3, 4] || groups == [3, 4]
    }

    private mutating func countTime(_ text: FieldText, _ raw: [UInt8]) {
        if let order = SlashDate(raw) {
            switch order.fits {
            case .monthFirst: monthFirst += 1
            case .dayFirst: dayFirst += 1
            case .either:
                eitherOrder += 1
                if ambiguous == nil { ambiguous = String(decoding: raw.prefix { $0 != 0x20 && $0 != 0x54 }, as: UTF8.self) }
            }
        }
        if let time = TimeReader(dayFirst: false).read(text) ?? TimeReader(dayFirst: true).read(text) {
            take(time)
        } else if raw.count <= 11, raw.contains(0x3A), raw.split(separator: 0x3A).count <= 3,
            raw.prefix(2).contains(where: { (0x30...0x39).contains($0) })
        {
            clocksAlone += 1
        }
    }

    private mutating func take(_ time: WrittenTime) {
        dates += 1
        if let second = time.secondOfDay {
            clocks += 1
            hours[min(second / 3_600, 23)] += 1
        }
        if case .offset = time.zone { offsets += 1 }
        firstDay = min(firstDay ?? time.day, time.day)
        lastDay = max(lastDay ?? time.day, time.day)
    }
}

/// A date as two numbers and a year, of which nobody can say from itself which is the month.
struct SlashDate {
    enum Fits { case monthFirst, dayFirst, either }
    let fits: Fits

    init?(_ raw: [UInt8]) {
        var numbers: [Int] = []
        var current: Int?
        for byte in raw {
            if (0x30...0x39).contains(byte) {
                current = (current ?? 0) * 10 + Int(byte - 0x30)
                if current ?? 0 > 9_999 { return nil }
            } else if byte == 0x2F || byte == 0x2D, numbers.count < 2, let value = current {
                numbers.append(value)
                current = nil
            } else {
                break
            }
        }
        guard numbers.count == 2, current != nil, (1...31).contains(numbers[0]), (1...31).contains(numbers[1]),
            min(numbers[0], numbers[1]) <= 12
        else { return nil }
        fits = numbers[0] > 12 ? .dayFirst : numbers[1] > 12 ? .monthFirst : .either
    }
}
