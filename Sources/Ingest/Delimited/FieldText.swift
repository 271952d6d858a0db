import Basis

/// The bytes of one field, spaces around it gone.
struct FieldText {
    let base: UnsafePointer<UInt8>
    let count: Int

    @inline(__always)
    init(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) {
        var (start, end) = (start, end)
        // Few texts have a space around them.
        if start < end, base[start] <= 0x20 || base[end &- 1] <= 0x20 {
            (start, end) = FieldText.trimmed(base, start, end)
        }
        self.base = base + start
        count = end &- start
    }

    @inline(never)
    private static func trimmed(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> (Int, Int) {
        var start = start
        var end = end
        while start < end, base[start] == 0x20 || base[start] == 0x09 { start += 1 }
        while end > start, base[end - 1] == 0x20 || base[end - 1] == 0x09 { end -= 1 }
        return (start, end)
    }

    /// An empty one.
    @inline(__always)
    init(nothingAt base: UnsafePointer<UInt8>) {
        self.base = base
        count = 0
    }

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    @inline(__always)
    subscript(i: Int) -> UInt8 { base[i] }

    @inline(__always)
    var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    var string: String { String(decoding: buffer, as: UTF8.self) }

    /// ASCII upper and lower case alike; `other` must be lower case.
    @inline(__always)
    func equalsIgnoringCase(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for i in 0..<count {
            let byte = base[i]
            let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            if lower != other[i] { return false }
        }
        return true
    }

    /// A decimal integer with an optional sign and thousands commas (`1,234`); nil for anything else.
    func integer() -> Int64? {
        var i = 0
        var isNegative = false
        if i < count, base[i] == 0x2D || base[i] == 0x2B {
            isNegative = base[i] == 0x2D
            i += 1
        }
        guard i < count else { return nil }
        var value: Int64 = 0
        var digits = 0
        while i < count {
            let byte = base[i]
            if byte == 0x2C, digits > 0 {
                guard isThousands(at: i, end: count) else { return nil }
                i += 1
                continue
            }
            if byte == 0x2E, digits > 0 {
                // `1234.0`, as spreadsheets write whole numbers
                i += 1
                while i < count {
                    if base[i] != 0x30 { return nil }
                    i += 1
                }
                break
            }
            guard byte >= 0x30, byte <= 0x39, digits < 18 else { return nil }
            value = value * 10 + Int64(byte - 0x30)
            digits += 1
            i += 1
        }
        return digits == 0 ? nil : (isNegative ? -value : value)
    }

    /// The comma at `i` stands before exactly three digits: `1,234` is a thousand, `12,50` may be a decimal comma and is
    /// no number rather than a hundred times too much.
    private func isThousands(at i: Int, end: Int) -> Bool {
        guard i + 3 < end else { return false }
        for k in (i + 1)...(i + 3) where base[k] < 0x30 || base[k] > 0x39 { return false }
        return i + 4 == end || base[i + 4] < 0x30 || base[i + 4] > 0x39
    }

    /// An amount in minor units: `1234.5`, `$1,234.50`, `USD 12`, `12 €`, `(12.00)`, `-12` and `12-` are read; a third decimal
    /// is rounded half away from zero. Nil for anything else, and for `1.234`, which may be a thousand.
    /// - Parameter marks: of the one currency that amounts may say they are in; nil: any.
    func money(_ marks: CurrencyMarks? = nil) -> Int64? {
        guard count > 0 else { return nil }
        let last = base[count - 1]
        let isPlain = base[0] < 0x41 || base[0] >= 0x80
        return isPlain && (last >= 0x30 && last <= 0x39 || last == 0x2E) ? plainMoney(marks) : ornateMoney(marks)
    }

    private func plainMoney(_ marks: CurrencyMarks?) -> Int64? {
        var i = 0
        let end = count
        var isNegative = false
        var hasSign = false
        while i < end {
            let byte = base[i]
            if byte == 0x2D || byte == 0x2B {
                if hasSign { return nil }
                (hasSign, isNegative) = (true, byte == 0x2D)
            } else if byte >= 0x80 {
                guard let mark = foreignMark(at: i, marks), !mark.isMinus || !hasSign else { return nil }
                if mark.isMinus { (hasSign, isNegative) = (true, true) }
                i += mark.length
                continue
            } else if byte == 0x24 {
                if let marks, !marks.has(sign: 0x24) { return nil }
            } else if byte != 0x20 {
                break  // neither a currency sign nor a space: the digits begin
            }
            i += 1
        }
        let first = i
        var value: Int64 = 0
        var digits = 0
        var decimals = -1
        while i < end {
            let byte = base[i]
            if byte >= 0x30, byte <= 0x39 {
                digits += 1
                // Fifteen digits before the point stay exact as minor units.
                guard digits < 16 || decimals >= 0 else { return nil }
                if decimals < 2 {
                    value = value * 10 + Int64(byte - 0x30)
                    if decimals >= 0 { decimals += 1 }
                } else {
                    if decimals == 2, byte >= 0x35 { value += 1 }
                    decimals += 1
                }
            } else if byte == 0x2E, decimals < 0 {
                decimals = 0
            } else if byte == 0x2C, decimals < 0, digits > 0, isThousands(at: i, end: end) {
                // thousands
            } else {
                return nil
            }
            i += 1
        }
        guard digits > 0 else { return nil }
        if decimals == 3, digits <= 6, end - first == digits + 1, digits > 3, base[first] != 0x30 { return nil }
        for _ in 0..<max(0, 2 - max(decimals, 0)) { value *= 10 }
        return isNegative ? -value : value
    }

    /// What may stand before digits beyond ASCII: a currency's sign, a space, and the minus as word processors write it
    /// (U+2010 to U+2015, U+2212, U+FE63, U+FF0D). Nil: anything else, another currency's sign too.
    private func foreignMark(at i: Int, _ marks: CurrencyMarks?) -> (length: Int, isMinus: Bool)? {
        func byte(_ place: Int) -> UInt8 { place < count ? base[place] : 0 }
        let (a, b, c) = (byte(i), byte(i + 1), byte(i + 2))
        switch (a, b, c) {
        case (0xC2, 0xA0, _), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF): return (a == 0xC2 ? 2 : 3, false)
        case (0xE2, 0x80, 0x90...0x95), (0xE2, 0x88, 0x92), (0xEF, 0xB9, 0xA3), (0xEF, 0xBC, 0x8D): return (3, true)
        case (0xC2, 0xA2...0xA5, _):
            // A cent's sign says that it is a hundredth.
            return b != 0xA2 && marks?.has(sign: UInt32(b) << 8 | UInt32(a)) ?? true ? (2, false) : nil
        case (0xE2, 0x82, 0xA0...0xBF):
            return marks?.has(sign: UInt32(c) << 16 | UInt32(b) << 8 | UInt32(a)) ?? true ? (3, false) : nil
        default: return nil
        }
    }

    /// Where a sign and spaces begin that stand behind an amount; nil: another currency's.
    private func endBeforeSign(_ end: Int, _ start: Int, _ marks: CurrencyMarks?) -> Int? {
        var end = end
        while end > start + 1 {
            if base[end - 1] == 0x20 {
                end -= 1
            } else if base[end - 1] == 0x24 {
                if let marks, !marks.has(sign: 0x24) { return nil }
                end -= 1
            } else if base[end - 1] >= 0x80 {
                var first = end - 1
                while first > start, base[first] & 0xC0 == 0x80 { first -= 1 }
                guard let mark = foreignMark(at: first, marks), !mark.isMinus, first + mark.length == end else { return nil }
                end = first
            } else {
                break
            }
        }
        return end
    }

    /// An amount with more around it than a sign before it: a minus behind it, parentheses, a currency's three letters, its
    /// sign behind it.
    private func ornateMoney(_ marks: CurrencyMarks?) -> Int64? {
        func isCapital(_ i: Int) -> Bool { base[i] >= 0x41 && base[i] <= 0x5A }
        func areCapitals(_ i: Int) -> Bool { isCapital(i) && isCapital(i + 1) && isCapital(i + 2) }
        var (start, end) = (0, count)
        var isNegative = false
        if base[0] == 0x24, count > 3, base[1] == 0x28 { start = 1 }
        if end - start > 2, base[start] == 0x28, base[end - 1] == 0x29 {
            isNegative = true
            (start, end) = (start + 1, end - 1)
        } else if end > 1, base[end - 1] == 0x2D {
            isNegative = true
            end -= 1
        }
        let letters = end - start <= 3 ? nil : areCapitals(start) ? start : areCapitals(end - 3) ? end - 3 : nil
        if let letters {
            if let marks, !marks.has(base[letters], base[letters + 1], base[letters + 2]) { return nil }
            if letters == start { start += 3 } else { end -= 3 }
        }
        guard let bare = endBeforeSign(end, start, marks) else { return nil }
        let text = FieldText(base, from: start, to: bare)
        guard !text.isEmpty, !isNegative || !text.buffer.contains(0x2D), let value = text.plainMoney(marks),
            !isNegative || value >= 0
        else { return nil }
        return isNegative ? -value : value
    }

    /// A number with a decimal point in thousandths: `4`, `4.5`, `-0.25`; a fourth decimal is rounded half away from
    /// zero. Nil for anything else, a decimal comma included.
    func thousandths() -> Int64? {
        var i = 0
        let isNegative = i < count && base[i] == 0x2D
        if i < count, base[i] == 0x2D || base[i] == 0x2B { i += 1 }
        var value: Int64 = 0
        var digits = 0
        var decimals = -1
        while i < count {
            let byte = base[i]
            if byte == 0x2E, decimals < 0 {
                decimals = 0
            } else if byte >= 0x30, byte <= 0x39 {
                digits += 1
                guard digits < 16 else { return nil }
                if decimals < 3 {
                    value = value * 10 + Int64(byte - 0x30)
                    if decimals >= 0 { decimals += 1 }
                } else {
                    if decimals == 3, byte >= 0x35 { value += 1 }
                    decimals += 1
                }
            } else {
                return nil
            }
            i += 1
        }
        guard digits > 0 else { return nil }
        for _ in 0..<max(0, 3 - max(decimals, 0)) { value *= 10 }
        return isNegative ? -value : value
    }

    /// How long something took, in whole seconds: a number of the unit with decimals or not, or `1:05:30`, `5:30`.
    func seconds(unit: Int) -> Int64? {
        guard buffer.contains(0x3A) else {
            guard let value = thousandths(), value >= 0, value < 1 << 40 else { return nil }
            return (value * Int64(unit) + 500) / 1_000
        }
        let parts = buffer.split(separator: 0x3A, omittingEmptySubsequences: false).map { part in
            part.isEmpty || part.contains { $0 < 0x30 || $0 > 0x39 } ? nil : Int64(String(decoding: part, as: UTF8.self))
        }
        guard (2...3).contains(parts.count) else { return nil }
        var seconds: Int64 = 0
        for (place, part) in parts.enumerated() {
            guard let part, place == 0 ? part < 1 << 30 : part < 60 else { return nil }
            seconds = seconds * 60 + part
        }
        return seconds
    }

    /// `true/false`, `yes/no`, `y/n`, `1/0`, upper and lower case alike.
    func flag() -> Bool? {
        switch count {
        case 1:
            switch base[0] | 0x20 {
            case 0x79, 0x74: return true
            case 0x6E, 0x66: return false
            default: break
            }
            switch base[0] {
            case 0x31: return true
            case 0x30: return false
            default: return nil
            }
        case 2 where equalsIgnoringCase(Array("no".utf8)): return false
        case 3 where equalsIgnoringCase(Array("yes".utf8)): return true
        case 4 where equalsIgnoringCase(Array("true".utf8)): return true
        case 5 where equalsIgnoringCase(Array("false".utf8)): return false
        default: return nil
        }
    }
}
