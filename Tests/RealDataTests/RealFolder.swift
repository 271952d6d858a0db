import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Testing

/// A folder under `Tests/Fixtures/real`, read as `kpi` reads it.
struct RealFolder: Sendable {
    let exports: StagedExports

    var header: JournalHeader { exports.header }
    var settings: DealershipSettings { exports.header.settings }

    static func read(_ name: String) async throws -> RealFolder {
        let directory = fixtures.appending(path: "real/\(name)")
        let bytes = try Data(contentsOf: directory.appending(path: "dealership.yaml"))
        let settings = try DealershipFile.read(bytes: [UInt8](bytes), file: "dealership.yaml")
        #expect(settings.diagnostics.isEmpty)
        let exports = try await StagedExports.read(directory: directory.path, settings: settings.value, tasks: 2)
        return RealFolder(exports: exports)
    }

    /// The largest of them, read once for all tests.
    static let boston = Task { try await read("boston311") }

    static var project: URL { fixtures.deletingLastPathComponent().deletingLastPathComponent() }
    static var fixtures: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures")
    }

    /// Tables over all sharing groups.
    func tabulate(_ specs: [TableSpec]) -> (tables: [TallyTable], leftOut: [String: Int], faults: [GroupFault]) {
        let tabulation = Tabulation(header: header, specs: specs)
        var tables = tabulation.common()
        var leftOut: [String: Int] = [:]
        var faults: [GroupFault] = []
        for group in 0..<exports.groupCount {
            let journal = exports.group(group)
            let part = tabulation.tally(journal)
            for (index, table) in part.tables.enumerated() { tables[index].merge(table) }
            leftOut.merge(part.leftOut, uniquingKeysWith: +)
            faults += journal.faults
        }
        return (tabulation.completed(tables), leftOut, faults)
    }

    /// One table's rows by their labels, each as column → plain figure.
    /// Where no conversation has a target ours prints no figure and SQL counts 0: both are written 0 here.
    func rows(_ spec: TableSpec) throws -> [[String]: [String: String]] {
        let table = try #require(tabulate([spec]).tables.first)
        var rows: [[String]: [String: String]] = [:]
        for row in Tabulation.rows(table, spec).dropFirst() {
            rows[Array(row.prefix(spec.by.count))] = Dictionary(
                uniqueKeysWithValues: zip(spec.columns, row.dropFirst(spec.by.count)).map { column, figure in
                    (column, figure.isEmpty && !column.hasPrefix("answered_in_time") ? "0" : figure)
                })
        }
        return rows
    }

    /// The measure with nothing left to a default.
    static func firstResponse(
        _ target: FirstResponseTime.Target, _ clock: FirstResponseTime.Clock
    ) -> MeasureRequest {
        MeasureRequest(
            FirstResponseTime(
                clock: clock, adjusted: false, silence: .count, target: target, answerOn: .same, minimumN: 1))
    }
}

/// An export as this test reads it, independent of the project's own reader: column → text, a row each.
struct PlainExport {
    var rows: [[String: String]] = []

    init(_ path: String) throws {
        let file = RealFolder.fixtures.appending(path: "real/\(path)")
        let bytes = path.hasSuffix(".gz") ? try PlainExport.unzipped(file) : [UInt8](try Data(contentsOf: file))
        var header: [String] = []
        for line in bytes.split(separator: 0x0A) {
            let cells = PlainExport.cells(line)
            if header.isEmpty {
                header = cells
            } else {
                rows.append(Dictionary(uniqueKeysWithValues: zip(header, cells)))
            }
        }
    }

    /// Cells of a line; no value of these files has a line break in it.
    private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
        var cells: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        for byte in line where byte != 0x0D {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                cells.append(String(decoding: cell, as: UTF8.self))
                cell = []
            default: cell.append(byte)
            }
        }
        return cells + [String(decoding: cell, as: UTF8.self)]
    }

    private static func unzipped(_ file: URL) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return [UInt8](bytes)
    }
}

extension StagedExports {
    /// Rows of tests stay in memory, so that none has to be read back from a file.
    func group(_ group: Int) -> GroupJournal { try! journal(ofGroup: group) }
}
