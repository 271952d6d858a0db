import Basis
import Dealership
import Definitions

/// A look at one export, bounded: its header, what each column holds, and some rows from all over the file.
struct ExportSample: Sendable {
    /// Read whole up to so many bytes; of a larger file as many again, spread over all of it.
    static let mostBytes = 24 << 20
    private static let windows = 48
    /// Rows kept as they are, for what takes two columns to see.
    static let mostRows = 4_000

    /// With the sheet behind a `!`, where a workbook has several.
    var name: String
    /// Of a workbook that has several.
    var sheet: String?
    var delimiter: UInt8 = 0x2C
    var headerLine = 1
    var columns: [ColumnFacts] = []
    var rows: [[String]] = []
    var rowCount = 0
    /// Every row of the file was looked at.
    var isWhole = true
    var byteCount = 0
    /// Files with the same content have the same.
    var fingerprint: UInt64 = 0
    /// The header comes again among the rows.
    var repeatedHeaders = 0
    var isUTF8 = true
    /// Leads that came as mails.
    var isOfMails = false

    /// - Throws: `Rejection` when there is nothing to look at: no text, no rows, a file that cannot be opened.
    static func read(_ bytes: ExportBytes) throws(Rejection) -> ExportSample {
        var sample = ExportSample(name: bytes.name)
        sample.byteCount = bytes.count
        let head = try sample.range(bytes, from: 0, count: min(bytes.count, 1 << 16))
        // Its refusals of what is no text are the same as when the export is read.
        let probe = ExportSettings(table: .messages, file: bytes.name)
        try LayoutReader(export: probe, file: bytes.name).refuseUnreadable(head)
        guard let header = HeaderGuess(head, isWhole: head.count == bytes.count) else {
            throw Rejection(
                Diagnostic(
                    .error, "empty-file", at: .init(file: bytes.name), "the file has no rows",
                    remedies: ["export it again, or remove it from the folder"]))
        }
        sample.delimiter = header.delimiter
        sample.headerLine = header.line
        sample.columns = header.names.map(ColumnFacts.init)
        sample.isUTF8 = sample.holdsUTF8(head, isWhole: head.count == bytes.count)
        if bytes.count <= mostBytes {
            try sample.look(bytes, from: header.dataOffset, to: bytes.count, isExact: true, header.names)
        } else {
            sample.isWhole = false
            let size = mostBytes / windows
            let step = (bytes.count - header.dataOffset) / windows
            for window in 0..<windows {
                let start = header.dataOffset + window * step
                try sample.look(bytes, from: start, to: start + size, isExact: window == 0, header.names)
            }
        }
        return sample
    }

    private func holdsUTF8(_ head: [UInt8], isWhole: Bool) -> Bool {
        let whole = isWhole ? head[...] : head[...(head.lastIndex(of: 0x0A) ?? head.count - 1)]
        return String(validating: whole, as: UTF8.self) != nil
    }

    private func range(_ bytes: ExportBytes, from offset: Int, count: Int) throws(Rejection) -> [UInt8] {
        var part = [UInt8](repeating: 0, count: count)
        var failure: Rejection?
        part.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            do throws(Rejection) { _ = try bytes.read(from: offset, count: count, into: base) } catch { failure = error }
        }
        if let failure { throw failure }
        return part
    }

    private mutating func look(
        _ bytes: ExportBytes, from start: Int, to stop: Int, isExact: Bool, _ names: [String]
    ) throws(Rejection) {
        let count = min(stop, bytes.count) - start
        guard count > 0 else { return }
        let part = try range(bytes, from: start, count: count)
        var hash = fingerprint == 0 ? 0xCBF2_9CE4_8422_2325 : fingerprint
        for byte in part { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        fingerprint = hash
        var first = 0
        if !isExact { first = (part.firstIndex(of: 0x0A) ?? part.count - 1) + 1 }
        let isLast = start + count >= bytes.count
        let padded = part + [UInt8](repeating: 0, count: 16)
        var bounds = [FieldBounds](
            repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false), count: max(names.count + 8, 16))
        let lowered = names.map { $0.lowercased() }
        padded.withUnsafeBufferPointer { buffer in
            bounds.withUnsafeMutableBufferPointer { bounds in
                guard let base = buffer.baseAddress else { return }
                var splitter = RecordSplitter(base: base, count: count, delimiter: delimiter, position: first, isLast: isLast)
                while case .record(let fields) = splitter.next(bounds) {
                    take(Record(base: base, bounds: bounds, count: min(fields, bounds.count)), lowered)
                }
            }
        }
    }

    private mutating func take(_ record: Record, _ header: [String]) {
        if record.count == 1, record.text(0).isEmpty, columns.count > 1 { return }
        if record.looksLikeTotal { return }
        if record.count == header.count, header.indices.allSatisfy({ record.text($0).string.lowercased() == header[$0] }) {
            repeatedHeaders += 1
            return
        }
        rowCount += 1
        for index in columns.indices {
            let text = record.text(index)
            columns[index].count(text, record.unescaped(index))
        }
        guard rows.count < ExportSample.mostRows, rows.count * columns.count < 200_000 else { return }
        rows.append(columns.indices.map { String(decoding: record.unescaped($0), as: UTF8.self) })
    }
}

/// Where the header stands and what separates its names, told without knowing a single name.
struct HeaderGuess {
    var delimiter: UInt8 = 0
    var line = 1
    var dataOffset = 0
    var names: [String] = []

    private struct Line {
        var line: Int
        var end: Int
        var cells: [String]
    }

    init?(_ head: [UInt8], isWhole: Bool) {
        var best: (score: Double, guess: HeaderGuess)?
        for delimiter: UInt8 in [0x2C, 0x09, 0x3B, 0x7C] {
            guard let (score, guess) = HeaderGuess.best(head, delimiter, isWhole: isWhole) else { continue }
            if score > best?.score ?? -1 { best = (score, guess) }
        }
        guard let best else { return nil }
        self = best.guess
    }

    private init(_ delimiter: UInt8, _ line: Line) {
        self.delimiter = delimiter
        self.line = line.line
        dataOffset = line.end
        names = line.cells
    }

    private static func best(_ head: [UInt8], _ delimiter: UInt8, isWhole: Bool) -> (Double, HeaderGuess)? {
        let lines = lines(head, delimiter, isWhole: isWhole)
        guard !lines.isEmpty else { return nil }
        // Most rows have the header's width.
        var widths: [Int: Int] = [:]
        for line in lines { widths[line.cells.count, default: 0] += 1 }
        var best: (Double, HeaderGuess)?
        for (index, line) in lines.prefix(64).enumerated() {
            let named = line.cells.filter { !$0.isEmpty }
            guard !named.isEmpty, index < 32 else { continue }
            let texts = named.filter { cell in cell.contains(where: \.isLetter) || cell == "#" }.count
            let like = Double(widths[line.cells.count] ?? 0) / Double(lines.count)
            let known = named.filter { name in !HeaderWords(name).words.allSatisfy { !Synonyms.vocabulary.contains($0) } }.count
            let distinct = Set(named.map { $0.lowercased() }).count
            var score = like * 2 + Double(texts) / Double(line.cells.count) + Double(known) / Double(line.cells.count)
                + Double(distinct) / Double(line.cells.count)
            score += min(Double(line.cells.count), 12) / 6
            if line.cells.count == 1 { score -= 2 }
            score -= Double(index) * 0.02
            if named.contains(where: { $0.count > 60 }) { score -= 1 }
            if score > best?.0 ?? -10 { best = (score, HeaderGuess(delimiter, line)) }
        }
        return best
    }

    private static func lines(_ head: [UInt8], _ delimiter: UInt8, isWhole: Bool) -> [Line] {
        let padded = head + [UInt8](repeating: 0, count: 16)
        var bounds = [FieldBounds](repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false), count: 512)
        var lines: [Line] = []
        padded.withUnsafeBufferPointer { bytes in
            bounds.withUnsafeMutableBufferPointer { bounds in
                guard let base = bytes.baseAddress else { return }
                let hasMark = head.starts(with: [0xEF, 0xBB, 0xBF])
                var splitter = RecordSplitter(
                    base: base, count: head.count, delimiter: delimiter, position: hasMark ? 3 : 0, isLast: isWhole)
                for _ in 0..<96 {
                    let line = splitter.lines + 1
                    guard case .record(let fields) = splitter.next(bounds) else { return }
                    let cells = (0..<min(fields, bounds.count)).map {
                        FieldText(base, from: bounds[$0].start, to: bounds[$0].end).string
                    }
                    if cells.allSatisfy(\.isEmpty) { continue }
                    lines.append(Line(line: line, end: splitter.position, cells: cells))
                }
            }
        }
        return lines
    }
}
