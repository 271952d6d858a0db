import Basis
import CDeflate
import Dealership

/// The rows of a job as lines: sharing group, file and record, between tabs; in the record a tab, line break and backslash
/// stand as `\t`, `\n`, `\r` and `\\`. Sorted by their bytes, the rows of a group stand together.
public struct RowLine {
    public var group: String
    public var file: String
    public var record: [UInt8]

    public static func checksum(_ line: [UInt8]) -> UInt32 {
        line.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
    }

    /// Nil: it is no such line.
    public init?(_ line: [UInt8]) {
        let parts = line.split(separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[2].contains(0x09) else { return nil }
        group = String(decoding: parts[0], as: UTF8.self)
        file = String(decoding: parts[1], as: UTF8.self)
        record = []
        record.reserveCapacity(parts[2].count + 1)
        var isEscaped = false
        for byte in parts[2] {
            if isEscaped {
                switch byte {
                case 0x5C: record.append(0x5C)
                case 0x74: record.append(0x09)
                case 0x6E: record.append(0x0A)
                case 0x72: record.append(0x0D)
                default: return nil
                }
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else {
                record.append(byte)
            }
        }
        if isEscaped { return nil }
        record.append(0x0A)
    }

    /// The line of a record, which ends with its line break.
    static func written(_ record: ArraySlice<UInt8>, group: [UInt8], file: [UInt8]) -> [UInt8] {
        var record = record
        if record.last == 0x0A { record.removeLast() }
        if record.last == 0x0D { record.removeLast() }
        var line = group + [0x09] + file + [0x09]
        for byte in record {
            switch byte {
            case 0x5C: line += [0x5C, 0x5C]
            case 0x09: line += [0x5C, 0x74]
            case 0x0A: line += [0x5C, 0x6E]
            case 0x0D: line += [0x5C, 0x72]
            default: line.append(byte)
            }
        }
        line.append(0x0A)
        return line
    }
}

extension StagedExports {
    /// Gives the lines of all rows that the plan hands out, in the order of files, to `write`, many at once.
    public func rowLines(of plan: JobPlan, _ write: ([UInt8]) throws -> Void) throws {
        for table in tables {
            for (file, layout) in table.layouts.sorted(by: { $0.key < $1.key })
            where plan.inputs.contains(where: { $0.file == files[file].name }) {
                try rowLines(file, layout, try groups(of: table, file: file), write)
            }
        }
    }

    /// By the byte at which a record begins: its sharing group. Records set aside have none.
    private func groups(of table: StagedTable, file: Int) throws(Rejection) -> [Int: Int] {
        var groups: [Int: Int] = [:]
        for part in table.parts where part.file == file {
            try part.chunk.withEveryRow { rows in
                guard var row = rows.baseAddress else { return }
                let end = row + rows.count
                while row < end {
                    let store = RowCursor.store(row)
                    if store >= 0 { groups[RowCursor.source(row).offset] = header.stores[Int(store)].group }
                    row += RowCursor.length(row)
                }
            }
        }
        return groups
    }

    private func rowLines(
        _ file: Int, _ layout: ExportLayout, _ groups: [Int: Int], _ write: ([UInt8]) throws -> Void
    ) throws {
        let names = header.groups.map { Array($0.utf8) }
        let fileName = Array(files[file].name.utf8)
        var offset = layout.dataOffset
        var size = 4 << 20
        let bounds = UnsafeMutableBufferPointer<FieldBounds>.allocate(capacity: max(layout.columnCount + 8, 16))
        bounds.initialize(repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false))
        defer { bounds.deallocate() }
        while offset < files[file].count {
            let window = try files[file].bytes(from: offset, count: min(size, files[file].count - offset))
            let isLast = offset + window.count >= files[file].count
            var lines: [UInt8] = []
            var used = 0
            var isStray = false
            (window + [UInt8](repeating: 0, count: 16)).withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                var splitter = RecordSplitter(
                    base: base, count: window.count, delimiter: layout.delimiter, position: 0, isLast: isLast,
                    hasQuotes: layout.hasQuotes)
                while true {
                    let outcome = splitter.next(bounds)
                    guard case .record(let fields) = outcome else {
                        isStray = outcome == .unclosedQuote
                        return
                    }
                    let record = window[used..<splitter.position]
                    let begin = offset + used
                    used = splitter.position
                    if fields == 1, bounds[0].end == bounds[0].start { continue }
                    let group = groups[begin].map { names[$0] } ?? []
                    lines += RowLine.written(record, group: group, file: fileName)
                }
            }
            if isStray || (used == 0 && size > Limits.record) {
                throw Rejection(
                    Diagnostic(
                        .error, "unclosed-quote-row", at: .init(file: files[file].name),
                        "a quote is never closed: where the record ends cannot be told once rows are sorted",
                        remedies: ["kpi check names the row; correct it in the file"]))
            }
            try write(lines)
            offset += used
            size = used == 0 ? size * 4 : 4 << 20
        }
    }
}
