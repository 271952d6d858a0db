import Basis

/// What a look at every byte of a file finds before anything is read from it: letters that are not UTF-8, and bytes that no
/// text has.
struct TextScan: Equatable, Sendable {
    /// Offset of the first byte that is no UTF-8.
    var foreign: Int?
    /// Offset of the first zero byte.
    var zero: Int?

    /// A part is looked at by one task.
    private static let partSize = 4 << 20
    /// Bytes of the longest letter but one: a letter that begins in a part is looked at whole.
    private static let overlap = 3

    var isClean: Bool { foreign == nil && zero == nil }

    /// Of every text, on several tasks; a failure is its file's own.
    /// - Parameter limit: bytes of each text that are looked at; whoever reads the rest looks at that.
    static func scan(_ texts: [ExportBytes], upTo limit: Int = .max, tasks: Int) async -> [Result<TextScan, Rejection>] {
        var jobs: [(text: Int, start: Int)] = []
        for (index, text) in texts.enumerated() {
            jobs += stride(from: 0, to: min(limit, text.count), by: partSize).map { (index, $0) }
        }
        let work = jobs
        let parts = try? await concurrently(work.count, tasks: tasks) { job throws(Rejection) -> Result<TextScan, Rejection> in
            let (text, start) = work[job]
            do throws(Rejection) { return .success(try scan(texts[text], from: start, upTo: limit)) } catch { return .failure(error) }
        }
        var scans = [Result<TextScan, Rejection>](repeating: .success(TextScan()), count: texts.count)
        for (job, part) in zip(work, parts ?? []) {
            guard case .success(var whole) = scans[job.text] else { continue }
            switch part {
            case .success(let found):
                whole.take(found)
                scans[job.text] = .success(whole)
            case .failure: scans[job.text] = part
            }
        }
        return scans
    }

    /// What a part behind this one has.
    mutating func take(_ next: TextScan) {
        foreign = foreign ?? next.foreign
        zero = zero ?? next.zero
    }

    private static func scan(_ text: ExportBytes, from start: Int, upTo limit: Int) throws(Rejection) -> TextScan {
        let stop = min(text.count, start + partSize, limit)
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: min(text.count, stop + overlap) - start, alignment: 16)
        defer { buffer.deallocate() }
        guard let base = buffer.baseAddress else { return TextScan() }
        let got = try text.read(from: start, count: buffer.count, into: base)
        return scan(
            UnsafeRawBufferPointer(rebasing: buffer[..<got]), upTo: stop - start, isFirst: start == 0, at: start)
    }

    private static let plainBlock = 256

    /// Nothing but plain letters in the block at `i`: neither a byte above 0x7F nor one that is 0. Words, not vectors: the
    /// least of a vector's bytes is no single instruction, and the compiler makes vectors of words by itself.
    @inline(__always)
    private static func isPlain(_ bytes: UnsafeRawBufferPointer, at i: Int) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var seen: UInt64 = 0
        for at in 0..<(plainBlock / 8) {
            let word = (base + i + at * 8).loadUnaligned(as: UInt64.self)
            seen |= word | (word &- 0x0101_0101_0101_0101)
        }
        return seen & 0x8080_8080_8080_8080 == 0
    }

    /// Letters that begin before `end`; what goes on from the part before belongs to it.
    static func scan(_ bytes: UnsafeRawBufferPointer, upTo end: Int, isFirst: Bool, at offset: Int) -> TextScan {
        var scan = TextScan()
        var i = 0
        if !isFirst { while i < min(overlap, bytes.count), bytes[i] & 0xC0 == 0x80 { i += 1 } }
        while i < min(end, bytes.count) {
            while i + plainBlock <= bytes.count, isPlain(bytes, at: i) { i += plainBlock }
            if i >= min(end, bytes.count) { break }
            if i + 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)
                // Neither a byte above 0x7F nor one that is 0.
                if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 == 0 {
                    i += 8
                    continue
                }
            }
            let byte = bytes[i]
            if byte == 0, scan.zero == nil { scan.zero = offset + i }
            if byte < 0x80 {
                i += 1
            } else if let length = UTF8Letter.length(bytes, at: i) {
                i += length
            } else {
                if scan.foreign == nil { scan.foreign = offset + i }
                i += 1
            }
        }
        return scan
    }
}

/// UTF-8 as Unicode has it (The Unicode Standard, table 3-7): no overlong forms, no surrogates, nothing past U+10FFFF.
enum UTF8Letter {
    /// Bytes of the letter of two bytes or more at `i`; nil: there is none.
    static func length(_ bytes: UnsafeRawBufferPointer, at i: Int) -> Int? {
        let first = bytes[i]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard i + length <= bytes.count, second.contains(bytes[i + 1]) else { return nil }
        for k in (i + 1)..<(i + length) where bytes[k] & 0xC0 != 0x80 { return nil }
        return length
    }
}
