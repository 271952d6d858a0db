import CBytes

/// Where a field's text lies in the buffer. `end` excludes closing quotes; `isEscaped` says that `""` must still become `"`.
/// No buffer that is split is longer than 4 GB: a record has a limit.
struct FieldBounds {
    private var from: UInt32
    private var to: UInt32
    var isQuoted: Bool
    var isEscaped: Bool

    @inline(__always)
    init(start: Int, end: Int, isQuoted: Bool, isEscaped: Bool) {
        from = UInt32(truncatingIfNeeded: start)
        to = UInt32(truncatingIfNeeded: end)
        self.isQuoted = isQuoted
        self.isEscaped = isEscaped
    }

    @inline(__always)
    var start: Int { Int(from) }
    @inline(__always)
    var end: Int { Int(to) }
}

/// Splits delimited text into records and fields as RFC 4180 says, leniently: LF or CRLF ends a record, a quote counts only
/// at a field's beginning, text behind a closing quote is ignored up to the next delimiter.
///
/// Looks for delimiters, line breaks and quotes in 64 bytes at once, and then goes from one to the next: what stands between
/// them is not touched. Nothing behind `count` is read.
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

    let base: UnsafePointer<UInt8>
    let count: Int
    private let isLast: Bool
    let delimiter: UInt8
    /// The delimiter once more where quotes are letters like others.
    let quote: UInt8
    private var begin: Int
    private var block: Block
    /// Line breaks passed so far, those in quotes included.
    var lines: Int = 0

    /// 64 bytes of the buffer.
    private struct Block {
        var start: Int
        /// Bytes that mean something and that nobody has come to yet.
        var marks: UInt64
    }

    /// `isLast`: the buffer ends where the file ends, so that the last record needs no line break.
    init(base: UnsafePointer<UInt8>, count: Int, delimiter: UInt8, position: Int, isLast: Bool, hasQuotes: Bool = true) {
        self.base = base
        self.count = count
        self.isLast = isLast
        self.delimiter = delimiter
        quote = hasQuotes ? 0x22 : delimiter
        begin = position
        block = Block(start: position, marks: 0)
        block.marks = marks(at: position)
    }

    /// Start of the next record.
    var position: Int {
        @inline(__always)
        get { begin }
        set {
            begin = newValue
            block = Block(start: newValue, marks: marks(at: newValue))
        }
    }

    @inline(__always)
    private func marks(at start: Int) -> UInt64 {
        start + 64 <= count ? kpi_marks(base + start, delimiter, 0x0A, quote) : lastMarks(at: start)
    }

    /// Where fewer than 64 bytes are left.
    private func lastMarks(at start: Int) -> UInt64 {
        var marks: UInt64 = 0
        for i in 0..<max(0, count - start) {
            let byte = base[start + i]
            if byte == delimiter || byte == 0x0A || byte == quote { marks |= 1 << UInt64(i) }
        }
        return marks
    }

    /// The next byte that means something; `count`: there is none.
    @inline(__always)
    private func mark(_ block: inout Block) -> Int {
        while block.marks == 0 {
            block.start += 64
            if block.start >= count { return count }
            block.marks = marks(at: block.start)
        }
        let place = block.start + block.marks.trailingZeroBitCount
        block.marks &= block.marks &- 1
        return place
    }

    @inline(__always)
    mutating func next(_ bounds: UnsafeMutableBufferPointer<FieldBounds>) -> Outcome {
        if begin >= count { return .end }
        // A record that does not end leaves everything as it was.
        var block = block
        var breaks = 0
        var fields = 0
        var start = begin
        let hasQuotes = quote != delimiter
        while true {
            var end = mark(&block)
            var isQuoted = false
            var isEscaped = false
            if hasQuotes, end < count, base[end] == 0x22 {
                if end == start {
                    switch closing(&block, &breaks, &isEscaped) {
                    case .failure(let outcome): return outcome
                    case .success(let closing):
                        isQuoted = true
                        start += 1
                        end = closing
                    }
                }
                let text = end
                // What stands behind a quote, or around one within a text, up to the field's end.
                repeat { end = mark(&block) } while end < count && base[end] == 0x22
                if isQuoted { keep(&fields, bounds, start, text, isQuoted: true, isEscaped: isEscaped) }
            }
            let isBreak = end < count && base[end] == 0x0A
            if end >= count, !isLast { return .incomplete }
            if !isQuoted {
                let hasReturn = (isBreak || end >= count) && end > start && base[end - 1] == 0x0D
                keep(&fields, bounds, start, hasReturn ? end - 1 : end, isQuoted: false, isEscaped: false)
            }
            if end >= count || isBreak {
                lines += breaks + (isBreak ? 1 : 0)
                begin = isBreak ? end + 1 : count
                self.block = block
                return .record(fields: fields)
            }
            start = end + 1
        }
    }

    private enum Closing {
        case success(Int)
        case failure(Outcome)
    }

    /// The quote that closes a field, whose opening one was passed.
    @inline(__always)
    private func closing(_ block: inout Block, _ breaks: inout Int, _ isEscaped: inout Bool) -> Closing {
        while true {
            let place = mark(&block)
            if place >= count { return .failure(isLast ? .unclosedQuote : .incomplete) }
            if base[place] == 0x0A { breaks += 1 }
            if base[place] != 0x22 { continue }
            if place + 1 >= count { return isLast ? .success(place) : .failure(.incomplete) }
            if base[place + 1] != 0x22 { return .success(place) }
            isEscaped = true
            _ = mark(&block)
        }
    }

    @inline(__always)
    private func keep(
        _ fields: inout Int, _ bounds: UnsafeMutableBufferPointer<FieldBounds>, _ start: Int, _ end: Int, isQuoted: Bool,
        isEscaped: Bool
    ) {
        if fields < bounds.count {
            bounds[fields] = FieldBounds(start: start, end: end, isQuoted: isQuoted, isEscaped: isEscaped)
        }
        fields += 1
    }
}
