import Basis
import Foundation
import Testing

@testable import Ingest

/// Workbooks that other programs wrote, cell by cell against what openpyxl reads of them. How both were made stands in
/// Scripts/oracles/workbook_fixtures.py and workbook_oracle.py.
@Suite("Workbooks of other programs")
struct WorkbookOracleTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/workbooks").standardizedFileURL.path()

    private func cells(_ name: String) throws -> [String] {
        let workbook = try Workbook(ZipArchive(SourceFile(path: "\(Self.folder)/\(name).xlsx", name: name)))
        let strings = try workbook.stringsPart.map { try SharedStrings(workbook.archive, part: $0) } ?? SharedStrings()
        let formats = try workbook.stylesPart.map { try CellFormats(workbook.archive, part: $0) } ?? CellFormats()
        var found: [String] = []
        for sheet in workbook.sheets {
            let read = try SheetReader(workbook, sheet, name: name, strings: strings, formats: formats, firstRow: 1)
                .read(lines: nil)
            let lines = read.text.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
            #expect(lines.count == read.rows.count)
            for (row, line) in zip(read.rows, lines) {
                let cells = line.split(separator: SheetText.delimiter, omittingEmptySubsequences: false)
                for (column, cell) in cells.enumerated() where !cell.isEmpty {
                    var text = String(decoding: cell, as: UTF8.self)
                    if text.hasPrefix("\"") { text = String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"") }
                    found.append("\(sheet.name)!\(CellRange.letters(column))\(row)\t\(text)")
                }
            }
        }
        return found
    }

    @Test("every cell as openpyxl reads it", arguments: ["openpyxl", "xlsxwriter", "xlsxwriter-1904"])
    func openpyxl(name: String) throws {
        let expected = try String(contentsOfFile: "\(Self.folder)/\(name).txt", encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let found = try cells(name)
        #expect(expected.count > 500)
        #expect(found.count == expected.count)
        for (mine, its) in zip(found, expected) where mine != its { Issue.record("\(mine) is \(its) by openpyxl") }
    }
}
