public import Basis
import Definitions
import Foundation

/// Which columns of anybody's file hold what.
public struct SeriesColumns: Hashable, Sendable {
    public var time: String
    public var value: String
    public var exposure: String?
    public var controls: [String]
    public var unit: String?
    /// `3/4/2026` is 3 April.
    public var dayFirst: Bool

    public init(
        time: String, value: String, exposure: String? = nil, controls: [String] = [], unit: String? = nil,
        dayFirst: Bool = false
    ) {
        self.time = time
        self.value = value
        self.exposure = exposure
        self.controls = controls
        self.unit = unit
        self.dayFirst = dayFirst
    }

    var numbers: [String] { [value] + [exposure].compactMap { $0 } + controls }
}

/// Reads a figure over time from a delimited file (`.csv`, `.tsv`, `.gz`): every fault with its row and column.
public struct SeriesFile {
    let name: String
    let columns: SeriesColumns

    /// - Parameter name: as messages name the file.
    public static func read(
        path: String, name: String, columns: SeriesColumns
    ) throws(Rejection) -> Checked<SeriesTable> {
        guard FileManager.default.fileExists(atPath: path) else {
            throw Rejection(
                Diagnostic(.error, "no-file", at: .init(file: name), "there is no such file", remedies: ["check the path"]))
        }
        let file = try ExportBytes(path: path, name: name)
        var bytes = [UInt8](repeating: 0, count: file.count)
        var failure: Rejection?
        bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            do throws(Rejection) { _ = try file.read(from: 0, count: buffer.count, into: base) } catch { failure = error }
        }
        if let failure { throw failure }
        return try read(bytes: bytes, name: name, columns: columns)
    }

    public static func read(
        bytes: [UInt8], name: String, columns: SeriesColumns
    ) throws(Rejection) -> Checked<SeriesTable> {
        let file = SeriesFile(name: name, columns: columns)
        let records = try SeriesRecords.read(bytes, name: name, wanted: [columns.time, columns.value])
        let places = try file.places(records.header, line: records.headerLine)
        var faults: [Diagnostic] = []
        var rows: [SeriesRow] = []
        for record in records.rows {
            if let row = file.row(record, places, &faults) { rows.append(row) }
        }
        guard faults.isEmpty else { throw Rejection(faults) }
        guard !rows.isEmpty else {
            throw Rejection(
                Diagnostic(
                    .error, "empty-file", at: .init(file: name), "the file has no rows below its header",
                    remedies: ["export it again"]))
        }
        return try SeriesAssembly(name: name, columns: columns).table(rows)
    }

    private func places(_ header: [String], line: Int) throws(Rejection) -> [String: Int] {
        var places: [String: Int] = [:]
        var faults: [Diagnostic] = []
        for wanted in [columns.time] + columns.numbers + [columns.unit].compactMap({ $0 }) where places[wanted] == nil {
            let exact = header.indices.filter { header[$0] == wanted }
            let found = exact.isEmpty ? header.indices.filter { header[$0].lowercased() == wanted.lowercased() } : exact
            if found.count > 1 {
                faults.append(
                    Diagnostic(
                        .error, "duplicate-column", at: .init(file: name, row: line, column: wanted),
                        "the header has this column twice", remedies: ["rename one of them"]))
            }
            if let place = found.first {
                places[wanted] = place
                continue
            }
            var remedies = ["it has \(header.filter { !$0.isEmpty }.joined(separator: ", "))"]
            if let near = nearestName(to: wanted, among: header.filter { !$0.isEmpty }) {
                remedies.insert("did you mean \(near)?", at: 0)
            }
            faults.append(
                Diagnostic(
                    .error, "missing-column", at: .init(file: name, row: line, column: wanted),
                    "the header has no column \(wanted)", remedies: remedies))
        }
        guard faults.isEmpty else { throw Rejection(faults) }
        return places
    }

    /// Nil: faults say why, or the row is empty.
    private func row(_ record: SeriesRecords.Record, _ places: [String: Int], _ faults: inout [Diagnostic]) -> SeriesRow? {
        func cell(_ column: String) -> String {
            guard let place = places[column], place < record.cells.count else { return "" }
            return record.cells[place]
        }
        if record.cells.allSatisfy(\.isEmpty) { return nil }
        let time = cell(columns.time)
        var numbers: [Double?] = []
        var isSound = true
        for column in columns.numbers {
            switch SeriesCell.number(cell(column)) {
            case .number(let value): numbers.append(value)
            case .missing: numbers.append(nil)
            case .unreadable:
                isSound = false
                faults.append(
                    Diagnostic(
                        .error, "unreadable-number", at: .init(file: name, row: record.line, column: column),
                        "this is no number", remedies: ["write 1234.5, and nothing where it is not known"],
                        value: cell(column)))
            }
        }
        guard let read = SeriesCell.time(time, dayFirst: columns.dayFirst) else {
            faults.append(
                Diagnostic(
                    .error, "unreadable-date", at: .init(file: name, row: record.line, column: columns.time),
                    time.isEmpty ? "there is no time" : "this is no time",
                    remedies: ["write 2026-10, 2026-10-31 or a number"], value: time))
            return nil
        }
        let unit = columns.unit.map(cell) ?? ""
        if columns.unit != nil, unit.isEmpty {
            faults.append(
                Diagnostic(
                    .error, "missing-value", at: .init(file: name, row: record.line, column: columns.unit ?? ""),
                    "the row names no unit", remedies: ["fill it in, or remove the row"]))
            return nil
        }
        return isSound ? SeriesRow(line: record.line, time: read, unit: unit, numbers: numbers) : nil
    }
}

/// One row, read.
struct SeriesRow {
    var line: Int
    var time: SeriesCell.Time
    var unit: String
    /// Value, exposure, controls.
    var numbers: [Double?]
}

/// What a cell of such a file may hold.
enum SeriesCell {
    enum Number: Equatable { case number(Double), missing, unreadable }

    enum Time: Hashable {
        case month(Month)
        case day(Day)
        case number(Double)
    }

    private static let absent: Set<String> = ["", "na", "n/a", "nan", "null", "none", "-", "."]

    /// Digits with a decimal point, thousands commas where they belong, an exponent, a % sign behind.
    static func number(_ text: String) -> Number {
        if absent.contains(text.lowercased()) { return .missing }
        var bytes = Array(text.utf8)
        if bytes.last == 0x25 {
            bytes.removeLast()
            while bytes.last == 0x20 { bytes.removeLast() }
        }
        if bytes.contains(0x2C) {
            let whole = String(decoding: bytes.prefix { $0 != 0x2E }, as: UTF8.self)
            let groups = whole.drop { $0 == "-" || $0 == "+" }.split(separator: ",", omittingEmptySubsequences: false)
            let isGrouped = groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
                && (groups.first.map { (1...3).contains($0.utf8.count) } ?? false)
            guard isGrouped, !bytes.drop(while: { $0 != 0x2E }).contains(0x2C) else { return .unreadable }
            bytes.removeAll { $0 == 0x2C }
        }
        let isPlain = bytes.allSatisfy { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
        guard isPlain, let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
            return .unreadable
        }
        return .number(value)
    }

    /// `2026-10`, any date that exports have (a time of day is passed over), or a number: a year, a week's number.
    static func time(_ text: String, dayFirst: Bool) -> Time? {
        if let month = Month(text) { return .month(month) }
        if case .number(let value) = number(text), !text.contains("%"), text.utf8.count < 8 || text.contains(".") {
            return .number(value)
        }
        let bytes = Array(text.utf8)
        let written = bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.flatMap { TimeReader(dayFirst: dayFirst).read(FieldText($0, from: 0, to: bytes.count)) }
        }
        return written.map { .day($0.day) }
    }
}
