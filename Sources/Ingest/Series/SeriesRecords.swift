import Basis

/// The cells of a small delimited file, with the lines they stand on.
struct SeriesRecords {
    struct Record {
        /// The record's first line, counted from 1.
        var line: Int
        var cells: [String]
    }

    var header: [String]
    var headerLine: Int
    var rows: [Record]

    /// - Parameter wanted: by these names the delimiter is told: comma, tab, semicolon or bar.
    static func read(_ bytes: [UInt8], name: String, wanted: [String]) throws(Rejection) -> SeriesRecords {
        func refuse(_ code: String, _ message: String, _ remedy: String, row: Int? = nil) -> Rejection {
            Rejection(Diagnostic(.error, code, at: .init(file: name, row: row), message, remedies: [remedy]))
        }
        guard bytes.contains(where: { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }) else {
            throw refuse("empty-file", "the file is empty", "export it again")
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw refuse("not-utf-8", "the file is UTF-16", "save it as CSV UTF-8")
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.contains(0) {
            throw refuse("binary-file", "the file is a spreadsheet or ZIP archive, not text", "export or save it as CSV")
        }
        var best: (known: Int, records: [Record])?
        for delimiter: UInt8 in [0x2C, 0x09, 0x3B, 0x7C] {
            guard let records = split(bytes, delimiter) else {
                throw refuse("unclosed-quote", "a quote that begins a field is never closed", "close it, or remove it")
            }
            let names = Set((records.first?.cells ?? []).map { $0.lowercased() })
            let known = wanted.count { names.contains($0.lowercased()) } * 1_000 + min(names.count, 999)
            if known > best?.known ?? -1 { best = (known, records) }
        }
        guard let records = best?.records, let header = records.first else {
            throw refuse("empty-file", "the file is empty", "export it again")
        }
        return SeriesRecords(header: header.cells, headerLine: header.line, rows: Array(records.dropFirst()))
    }

    /// Nil: the file ends inside quotes.
    private static func split(_ bytes: [UInt8], _ delimiter: UInt8) -> [Record]? {
        let padded = bytes + [UInt8](repeating: 0, count: 8)
        var records: [Record] = []
        var isWhole = true
        padded.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var bounds = [FieldBounds](
                repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false), count: 1_024)
            bounds.withUnsafeMutableBufferPointer { bounds in
                var splitter = RecordSplitter(
                    base: base, count: bytes.count, delimiter: delimiter,
                    position: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0, isLast: true)
                while true {
                    let line = splitter.lines + 1
                    switch splitter.next(bounds) {
                    case .record(let fields):
                        let cells = (0..<min(fields, bounds.count)).map { index -> String in
                            let field = bounds[index]
                            let text = FieldText(base, from: field.start, to: field.end).string
                            return field.isEscaped ? text.split(separator: "\"\"", omittingEmptySubsequences: false)
                                .joined(separator: "\"") : text
                        }
                        if cells.contains(where: { !$0.isEmpty }) { records.append(Record(line: line, cells: cells)) }
                    case .unclosedQuote:
                        isWhole = false
                        return
                    case .end, .incomplete: return
                    }
                }
            }
        }
        return isWhole ? records : nil
    }
}
