import Basis

/// Text in another encoding than UTF-8, or with other line ends, made plain before anything reads it. Lines stay where they
/// are.
enum ForeignText {
    /// Larger text is written to disk, not kept in memory.
    private static let inMemory = 32 << 20

    enum Order { case little, big }

    /// UTF-16 by its mark, or, where a spreadsheet left the mark away, by the zeros beside every plain letter.
    static func utf16(_ head: [UInt8]) -> (order: Order, mark: Int)? {
        if head.starts(with: [0xFF, 0xFE]) { return (.little, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.big, 2) }
        let pairs = min(head.count, 512) / 2
        guard pairs >= 4 else { return nil }
        let even = (0..<pairs).count { head[2 * $0] == 0 }
        let odd = (0..<pairs).count { head[2 * $0 + 1] == 0 }
        if even == 0, odd * 10 >= pairs * 9 { return (.little, 0) }
        if odd == 0, even * 10 >= pairs * 9 { return (.big, 0) }
        return nil
    }

    /// - Throws: `Rejection` (`not-utf-8`) where the text ends in the middle of a letter: it was cut off.
    static func fromUTF16(_ text: ExportBytes, _ order: Order, mark: Int) throws(Rejection) -> ExportBytes {
        guard (text.count - mark) % 2 == 0 else {
            throw Rejection(
                Diagnostic(
                    .error, "not-utf-8", at: .init(file: text.name),
                    "the file is UTF-16 and ends in the middle of a letter: it was cut off",
                    remedies: ["export or copy it again, best as CSV UTF-8"]))
        }
        var high: UInt16?
        return try made(text, from: mark) { bytes, isLast, into in
            var i = 0
            while i + 1 < bytes.count {
                let (a, b) = (UInt16(bytes[i]), UInt16(bytes[i + 1]))
                let unit = order == .little ? b << 8 | a : a << 8 | b
                i += 2
                if let lead = high {
                    high = nil
                    if unit & 0xFC00 == 0xDC00 {
                        put(0x1_0000 + (UInt32(lead & 0x3FF) << 10 | UInt32(unit & 0x3FF)), to: &into)
                        continue
                    }
                    put(0xFFFD, to: &into)
                }
                if unit & 0xFC00 == 0xD800 {
                    high = unit
                } else {
                    put(unit & 0xFC00 == 0xDC00 ? 0xFFFD : UInt32(unit), to: &into)
                }
            }
            if isLast, high != nil { put(0xFFFD, to: &into) }
            return i
        }
    }

    /// Lines that are no UTF-8 as Windows-1252; the others stay as they are, so that a file put together from two reads right.
    static func fromWindows1252(_ text: ExportBytes) throws(Rejection) -> (text: ExportBytes, lines: Int) {
        var lines = 0
        let made = try made(text, from: 0) { bytes, isLast, into in
            var i = 0
            while i < bytes.count {
                guard let end = bytes[i...].firstIndex(of: 0x0A).map({ $0 + 1 }) ?? (isLast ? bytes.count : nil) else { break }
                let line = UnsafeRawBufferPointer(rebasing: bytes[i..<end])
                if TextScan.scan(line, upTo: line.count, isFirst: true, at: 0).foreign == nil {
                    into += line
                } else {
                    lines += 1
                    for byte in line { put(letter(byte), to: &into) }
                }
                i = end
            }
            return i
        }
        return (made, lines)
    }

    /// A return stands between the beginning's lines, and no line feed anywhere in it.
    static func endsLinesWithReturns(_ head: [UInt8]) -> Bool {
        guard let first = head.firstIndex(of: 0x0D), !head.contains(0x0A) else { return false }
        return head[first...].contains { $0 != 0x0D }
    }

    /// Line feeds in place of returns: as many bytes, so that every place stays what it was. A pair of both, further down,
    /// stays one line's end.
    static func fromReturns(_ text: ExportBytes) throws(Rejection) -> ExportBytes {
        try made(text, from: 0) { bytes, isLast, into in
            // Whether a pair follows is told by the next byte.
            let end = isLast || bytes.last != 0x0D ? bytes.count : bytes.count - 1
            for i in 0..<end {
                let isAlone = bytes[i] == 0x0D && (i + 1 == bytes.count || bytes[i + 1] != 0x0A)
                into.append(isAlone ? 0x0A : bytes[i])
            }
            return end
        }
    }

    /// The WHATWG's windows-1252 (encoding.spec.whatwg.org/index-windows-1252.txt): the five bytes without a letter are
    /// controls.
    private static func letter(_ byte: UInt8) -> UInt32 {
        (0x80...0x9F).contains(byte) ? letters[Int(byte) - 0x80] : UInt32(byte)
    }

    private static let letters: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
        0x017E, 0x0178,
    ]

    private static func put(_ scalar: UInt32, to bytes: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(scalar) else { return }
        bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }

    /// Goes through the text in blocks. `change` says how many bytes it took; the rest comes again with what follows.
    private static func made(
        _ text: ExportBytes, from start: Int, _ change: (UnsafeRawBufferPointer, Bool, inout [UInt8]) throws(Rejection) -> Int
    ) throws(Rejection) -> ExportBytes {
        let spool = text.count > inMemory ? try SpoolFile() : nil
        var made: [UInt8] = []
        var offset = start
        var size = 1 << 20
        while offset < text.count {
            let wanted = min(size, text.count - offset)
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: wanted, alignment: 16)
            defer { buffer.deallocate() }
            guard let base = buffer.baseAddress else { break }
            let got = try text.read(from: offset, count: wanted, into: base)
            let taken = try change(UnsafeRawBufferPointer(rebasing: buffer[..<got]), offset + got >= text.count, &made)
            offset += taken
            if taken == 0 {
                // A line that is longer than the block.
                guard size < Limits.record * 2 else {
                    throw Rejection(Limits.rowTooLong(in: text.name, row: text.lineBreaks(in: 0..<offset) + 1))
                }
                size *= 4
            }
            if let spool {
                try append(made, to: spool)
                made.removeAll(keepingCapacity: true)
            }
        }
        if let spool { return text.replaced(by: spool) }
        return text.replaced(by: made)
    }

    private static func append(_ bytes: [UInt8], to spool: SpoolFile) throws(Rejection) {
        var failure: Rejection?
        bytes.withUnsafeBytes { bytes in
            do throws(Rejection) { try spool.append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
