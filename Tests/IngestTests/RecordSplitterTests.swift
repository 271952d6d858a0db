import Testing

@testable import Ingest

/// RFC 4180 one byte at a time, with the leniences that `RecordSplitter` documents. Nil: a quote is never closed.
private func naiveRecords(_ text: [UInt8], delimiter: UInt8) -> [[[UInt8]]]? {
    var records: [[[UInt8]]] = []
    var i = 0
    while i < text.count {
        var fields: [[UInt8]] = []
        var isOver = false
        while !isOver {
            var field: [UInt8] = []
            if i < text.count, text[i] == 0x22 {
                i += 1
                while true {
                    if i >= text.count { return nil }
                    if text[i] != 0x22 {
                        field.append(text[i])
                        i += 1
                    } else if i + 1 < text.count, text[i + 1] == 0x22 {
                        field.append(0x22)
                        i += 2
                    } else {
                        i += 1
                        break
                    }
                }
                while i < text.count, text[i] != delimiter, text[i] != 0x0A { i += 1 }
            } else {
                while i < text.count, text[i] != delimiter, text[i] != 0x0A {
                    field.append(text[i])
                    i += 1
                }
                if i >= text.count || text[i] == 0x0A, field.last == 0x0D { field.removeLast() }
            }
            fields.append(field)
            isOver = i >= text.count || text[i] == 0x0A
            i += 1
            // A delimiter at the very end opens an empty last field.
            if !isOver, i >= text.count {
                fields.append([])
                isOver = true
            }
        }
        records.append(fields)
    }
    return records
}

private func splitRecords(_ text: [UInt8], delimiter: UInt8) -> (records: [[[UInt8]]]?, lines: Int) {
    let padded = text + [UInt8](repeating: 0, count: 16)
    var bounds = [FieldBounds](repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false), count: 64)
    return padded.withUnsafeBufferPointer { bytes in
        bounds.withUnsafeMutableBufferPointer { bounds in
            var splitter = RecordSplitter(
                base: bytes.baseAddress!, count: text.count, delimiter: delimiter, position: 0, isLast: true)
            var records: [[[UInt8]]] = []
            while true {
                switch splitter.next(bounds) {
                case .record(let fields):
                    records.append(
                        (0..<fields).map { field in
                            let raw = Array(text[bounds[field].start..<bounds[field].end])
                            guard bounds[field].isEscaped else { return raw }
                            return Array(String(decoding: raw, as: UTF8.self).replacing("\"\"", with: "\"").utf8)
                        })
                case .end: return (records, splitter.lines)
                case .unclosedQuote, .incomplete: return (nil, splitter.lines)
                }
            }
        }
    }
}

@Suite("Records")
struct RecordSplitterTests {
    @Test("as a reader of one byte at a time", arguments: 0..<40)
    func naive(block: Int) {
        var random = Generator(UInt64(block))
        let alphabet: [[UInt8]] = [
            Array("a".utf8), Array("bc".utf8), Array(",".utf8), Array(",".utf8), Array("\"".utf8), Array("\"".utf8),
            Array("\"\"".utf8), Array("\n".utf8), Array("\r\n".utf8), Array(",\"".utf8), Array("\",".utf8),
            Array("\"\n".utf8), Array("a long text of more than eight bytes".utf8), Array("é".utf8), Array("\r".utf8),
        ]
        for _ in 0..<500 {
            let text = (0..<random.below(24)).flatMap { _ in random.pick(alphabet) }
            let expected = naiveRecords(text, delimiter: 0x2C)
            let found = splitRecords(text, delimiter: 0x2C)
            #expect(found.records == expected, "\(String(decoding: text, as: UTF8.self).debugDescription)")
            if expected != nil { #expect(found.lines == text.count { $0 == 0x0A }) }
        }
    }

    @Test("that are plain are found the short way as well", arguments: 0..<40)
    func plain(block: Int) {
        var random = Generator(UInt64(block) + 1_000)
        let cells = ["a", "bc", "", "\"\"", "\"x y\"", "12.50", "a long text of more than eight bytes", "é"]
        let odd = ["\"a,b\"", "\"a\nb\"", "5\" tyre", "\"a\"b", "\"two \"\" quotes\"", "more,", "\r", "\"open"]
        var found = 0
        for _ in 0..<200 {
            let columns = 1 + random.below(6)
            let text = (0..<random.below(12)).map { _ in
                (0..<columns).map { _ in random.chance(40) ? random.pick(odd) : random.pick(cells) }.joined(separator: ",")
                    + random.pick(["\n", "\n", "\r\n"])
            }.joined()
            let bytes = Array(text.utf8)
            let padded = bytes + [UInt8](repeating: 0, count: 16)
            let none = FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false)
            var (bounds, plain) = ([FieldBounds](repeating: none, count: 64), [FieldBounds](repeating: none, count: 64))
            padded.withUnsafeBufferPointer { padded in
                bounds.withUnsafeMutableBufferPointer { bounds in
                    plain.withUnsafeMutableBufferPointer { plain in
                        var splitter = RecordSplitter(
                            base: padded.baseAddress!, count: bytes.count, delimiter: 0x2C, position: 0, isLast: true)
                        while splitter.position < bytes.count {
                            var records = splitter.plainRecords
                            let isPlain = records.next(plain.baseAddress!, columns)
                            guard case .record(let fields) = splitter.next(bounds) else { break }
                            guard isPlain else { continue }
                            found += 1
                            #expect(fields == columns && records.begin == splitter.position && records.lines == splitter.lines)
                            for field in 0..<fields {
                                #expect(plain[field].start == bounds[field].start && plain[field].end == bounds[field].end)
                                #expect(plain[field].isQuoted == bounds[field].isQuoted && !bounds[field].isEscaped)
                            }
                        }
                    }
                }
            }
        }
        #expect(found > 200)
    }

    @Test("fields that quotes hold together")
    func examples() {
        func read(_ text: String, _ delimiter: UInt8 = 0x2C) -> [[String]]? {
            splitRecords(Array(text.utf8), delimiter: delimiter).records?.map { $0.map { String(decoding: $0, as: UTF8.self) } }
        }
        #expect(read("a,\"b,c\",d\r\n") == [["a", "b,c", "d"]])
        #expect(read("\"he said \"\"no\"\"\",x") == [["he said \"no\"", "x"]])
        #expect(read("\"two\nlines\",x\ny,z\n") == [["two\nlines", "x"], ["y", "z"]])
        #expect(read("a\tb,c\n", 0x09) == [["a", "b,c"]])
        #expect(read("a,b\r") == [["a", "b"]])
        #expect(read("a,\n,\n") == [["a", ""], ["", ""]])
        #expect(read("5\" tyre,x\n") == [["5\" tyre", "x"]])
        #expect(read("a,\"b\n") == nil)
        #expect(read("") == [])
    }
}
