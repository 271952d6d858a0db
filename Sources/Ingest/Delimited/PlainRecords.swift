import CBytes

/// Finds the fields of records as `RecordSplitter` does, as long as they are plain: as many cells as there are columns, quotes
/// only around a whole cell, and none of delimiter, line break and quote between them.
struct PlainRecords {
    private let base: UnsafePointer<UInt8>
    private let count: Int
    private let delimiter: UInt8
    private let quote: UInt8
    /// Start of the next record.
    private(set) var begin: Int
    /// Line breaks passed so far.
    private(set) var lines: Int
    /// 64 bytes of the buffer begin here; its bytes that mean something and that nobody has come to yet.
    private var block: Int
    private var marks: UInt64 = 0

    init(base: UnsafePointer<UInt8>, count: Int, delimiter: UInt8, quote: UInt8, begin: Int, lines: Int) {
        self.base = base
        self.count = count
        self.delimiter = delimiter
        self.quote = quote
        self.begin = begin
        self.lines = lines
        block = begin &- 64
    }

    /// False: the next record is not plain, or it is among the buffer's last 64 bytes. What follows is then of no use.
    ///
    /// By itself, so that what it goes on with is at hand in registers.
    /// - Parameter bounds: room for as many as there are columns.
    @inline(never)
    mutating func next(_ bounds: UnsafeMutablePointer<FieldBounds>, _ columns: Int) -> Bool {
        let last = bounds + (columns &- 1)
        var cell = bounds
        var (block, marks) = (block, marks)
        var start = begin
        while true {
            while marks == 0 {
                block &+= 64
                if block &+ 64 > count { return false }
                marks = kpi_marks(base + block, delimiter, 0x0A, quote)
            }
            var end = block &+ marks.trailingZeroBitCount
            marks &= marks &- 1
            if base[end] == delimiter {
                if cell == last { return false }
                cell.pointee = FieldBounds(start: start, end: end, isQuoted: false, isEscaped: false)
            } else if base[end] == 0x0A {
                if cell != last { return false }
                let text = end > start && base[end &- 1] == 0x0D ? end &- 1 : end
                cell.pointee = FieldBounds(start: start, end: text, isQuoted: false, isEscaped: false)
                keep(end, block, marks)
                return true
            } else {
                if end != start { return false }
                (self.block, self.marks) = (block, marks)
                end = quoted(cell, from: start &+ 1)
                if end < 0 { return false }
                (block, marks) = (self.block, self.marks)
                if (base[end] == 0x0A) != (cell == last) { return false }
                if cell == last {
                    keep(end, block, marks)
                    return true
                }
            }
            cell += 1
            start = end &+ 1
        }
    }

    /// A record ends here.
    @inline(__always)
    private mutating func keep(_ end: Int, _ block: Int, _ marks: UInt64) {
        (self.block, self.marks) = (block, marks)
        begin = end &+ 1
        lines &+= 1
    }

    /// The cell whose opening quote was passed, from behind it; returns where it ends, less than 0 where it is not plain.
    @inline(never)
    private mutating func quoted(_ cell: UnsafeMutablePointer<FieldBounds>, from start: Int) -> Int {
        let closing = mark()
        guard closing >= 0, base[closing] == quote else { return -1 }
        let end = mark()
        // Behind the quote the cell ends, or the line as some systems end it.
        guard end >= 0, base[end] != quote,
            end == closing &+ 1 || end == closing &+ 2 && base[end] == 0x0A && base[end &- 1] == 0x0D
        else { return -1 }
        cell.pointee = FieldBounds(start: start, end: closing, isQuoted: true, isEscaped: false)
        return end
    }

    /// The next byte that means something; less than 0: there is none before the last 64 bytes.
    private mutating func mark() -> Int {
        while marks == 0 {
            block &+= 64
            if block &+ 64 > count { return -1 }
            marks = kpi_marks(base + block, delimiter, 0x0A, quote)
        }
        let place = block &+ marks.trailingZeroBitCount
        marks &= marks &- 1
        return place
    }
}

extension RecordSplitter {
    /// From the next record on.
    var plainRecords: PlainRecords {
        PlainRecords(base: base, count: count, delimiter: delimiter, quote: quote, begin: position, lines: lines)
    }

    /// Goes on where plain records ended.
    mutating func resume(at position: Int, lines: Int) {
        if position != self.position { self.position = position }
        self.lines = lines
    }
}
