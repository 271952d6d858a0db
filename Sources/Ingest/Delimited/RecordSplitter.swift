/// Where a field's text lies in the buffer. `end` excludes closing quotes; `isEscaped` says that `""` must still become `"`.
struct FieldBounds {
    var start: Int
    var end: Int
    var isQuoted: Bool
    var isEscaped: Bool
}

/// Splits delimited text into records and fields as RFC 4180 says, leniently: LF or CRLF ends a record, a quote counts only
/// at a field's beginning, text behind a closing quote is ignored up to the next delimiter.
///
/// Looks at eight bytes at a time. The buffer must be readable for eight bytes past `count`.
struct RecordSplitter {
    enum Outcome: Equatable {
        /// So many fields; those past the capacity of the bounds were counted, not kept.
        case record(fields: Int)
        /// The buffer ended inside a record and is not the file's end.
        case incomplete
        /// The file ended inside a quoted field.
        case unclosedQuote
        case end
    }

    private let base: UnsafePointer<UInt8>
    private let count: Int
    private let isLast: Bool
    private let delimiter: UInt8
    private let delimiterPattern: UInt64
    /// More than a byte can be where quotes are letters like others.
    private let quote: UInt16
    /// Start of the next record.
    var position: Int
    /// Line breaks passed so far, those in quotes included.
    var lines: Int = 0

    /// `isLast`: the buffer ends where the file ends, so that the last record needs no line break.
    init(base: UnsafePointer<UInt8>, count: Int, delimiter: UInt8, position: Int, isLast: Bool, hasQuotes: Bool = true) {
        self.base = base
        self.count = count
        self.isLast = isLast
        self.delimiter = delimiter
        self.delimiterPattern = 0x0101_0101_0101_0101 &* UInt64(delimiter)
        quote = hasQuotes ? 0x22 : .max
        self.position = position
    }

    mutating func next(_ bounds: UnsafeMutableBufferPointer<FieldBounds>) -> Outcome {
        if position >= count { return .end }
        var fields = 0
        var start = position
        var p = position
        if UInt16(base[p]) == quote {
            switch quotedField(from: &p, start: &start, into: bounds, &fields) {
            case .record(let n): return .record(fields: n)
            case .end: break
            case let failed: return failed
            }
        }
        while true {
            // The next delimiter or line break, eight bytes at a time.
            while p < count {
                let word = UnsafeRawPointer(base + p).loadUnaligned(as: UInt64.self)
                let hits = RecordSplitter.matches(word, delimiterPattern) | RecordSplitter.matches(word, 0x0A0A_0A0A_0A0A_0A0A)
                if hits == 0 {
                    p += 8
                } else {
                    p += hits.trailingZeroBitCount >> 3
                    break
                }
            }
            if p >= count {
                guard isLast else { return .incomplete }
                close(&fields, bounds, start, count > start && base[count - 1] == 0x0D ? count - 1 : count)
                position = count
                return .record(fields: fields)
            }
            let isBreak = base[p] == 0x0A
            var end = p
            if isBreak, end > start, base[end - 1] == 0x0D { end -= 1 }
            close(&fields, bounds, start, end)
            p += 1
            start = p
            if isBreak {
                lines += 1
                position = p
                return .record(fields: fields)
            }
            if p < count, UInt16(base[p]) == quote {
                switch quotedField(from: &p, start: &start, into: bounds, &fields) {
                case .record(let n): return .record(fields: n)
                case .end: break
                case let failed: return failed
                }
            }
        }
    }

    /// Reads quoted fields as long as one follows the other. `.end` means: go on with an unquoted field at `p`.
    private mutating func quotedField(
        from p: inout Int, start: inout Int, into bounds: UnsafeMutableBufferPointer<FieldBounds>, _ fields: inout Int
    ) -> Outcome {
        while true {
            var q = p + 1
            var isEscaped = false
            var breaks = 0
            while true {
                if q >= count { return isLast ? .unclosedQuote : .incomplete }
                if base[q] == 0x22 {
                    if q + 1 < count, base[q + 1] == 0x22 {
                        isEscaped = true
                        q += 2
                        continue
                    }
                    if q + 1 >= count, !isLast { return .incomplete }
                    break
                }
                if base[q] == 0x0A { breaks += 1 }
                q += 1
            }
            if fields < bounds.count {
                bounds[fields] = FieldBounds(start: p + 1, end: q, isQuoted: true, isEscaped: isEscaped)
            }
            fields += 1
            q += 1
            while q < count, base[q] != delimiter, base[q] != 0x0A { q += 1 }
            if q >= count {
                guard isLast else { return .incomplete }
                lines += breaks
                position = count
                return .record(fields: fields)
            }
            lines += breaks
            if base[q] == 0x0A {
                lines += 1
                position = q + 1
                return .record(fields: fields)
            }
            p = q + 1
            start = p
            if p < count, base[p] == 0x22 { continue }
            return .end
        }
    }

    @inline(__always)
    private func close(_ fields: inout Int, _ bounds: UnsafeMutableBufferPointer<FieldBounds>, _ start: Int, _ end: Int) {
        if fields < bounds.count {
            bounds[fields] = FieldBounds(start: start, end: end, isQuoted: false, isEscaped: false)
        }
        fields += 1
    }

    /// The high bit of every byte that equals the pattern's; exact in each byte.
    @inline(__always)
    private static func matches(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
        let x = word ^ pattern
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((x & low) &+ low) | x | low)
    }
}
