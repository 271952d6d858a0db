import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

@Suite("Workbooks that cannot be read")
struct WorkbookFaultTests {
    private static let rows: [[String]] = [
        ["visit_id", "customer_id", "opened_at"], ["RO1", "1001", "2026-10-03"], ["RO2", "1002", "2026-10-04"],
    ]

    private func bytes(_ workbook: WorkbookWriter) throws -> [UInt8] {
        let folder = try Folder()
        try workbook.write(to: "\(folder.path)/a.xlsx")
        return Array(try #require(FileManager.default.contents(atPath: "\(folder.path)/a.xlsx")))
    }

    /// The faults, or the visits' numbers.
    private func outcome(_ bytes: [UInt8], name: String = "service_visits.xlsx") async throws -> String {
        let folder = try Folder()
        try folder.write(bytes, to: "exports/\(name)")
        do {
            let exports = try await folder.read()
            let found = (0..<exports.groupCount).flatMap { group in
                let orders = exports.group(group).orders
                return (0..<orders.count).map { "\(orders.identifiers[Int32($0)]) \(orders.openedAt[$0].instant)" }
            }
            return found.joined(separator: ", ")
        } catch let error as Rejection {
            return error.diagnostics.filter { $0.severity == .error }.map { $0.rendered() }.joined(separator: "\n")
        }
    }

    private func outcome(_ workbook: WorkbookWriter) async throws -> String { try await outcome(bytes(workbook)) }

    @Test("cut off anywhere, it is refused")
    func cut() async throws {
        let whole = try bytes(WorkbookWriter(texts: Self.rows))
        let right = try await outcome(whole)
        #expect(right.hasPrefix("RO1 2026-10-03"))
        for length in stride(from: 0, to: whole.count - 1, by: 61) {
            let outcome = try await outcome(Array(whole.prefix(length)))
            #expect(outcome.contains(": error["), "\(length) of \(whole.count): \(outcome)")
        }
        #expect(try await outcome(Array(whole.prefix(whole.count / 2))).contains("error[damaged-workbook]: the workbook is"))
    }

    @Test("with any byte changed, it is refused or reads the same")
    func changed() async throws {
        let whole = try bytes(WorkbookWriter(texts: Self.rows))
        let right = try await outcome(whole)
        for place in stride(from: 0, to: whole.count, by: 7) {
            var other = whole
            other[place] ^= 0x21
            let outcome = try await outcome(other)
            #expect(outcome == right || outcome.contains(": error["), "\(place): \(outcome)")
        }
    }

    @Test("parts that are missing, no XML, or declare entities")
    func parts() async throws {
        func outcome(_ part: String, _ text: String) async throws -> String {
            var workbook = WorkbookWriter([.init("A", Self.rows.map { $0.map { .shared($0) } })])
            workbook.others[part] = text
            return try await self.outcome(workbook)
        }
        #expect(try await outcome("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c>").contains("[unreadable-xml]"))
        #expect(try await outcome("xl/styles.xml", "none").contains("xl/styles.xml is damaged at its line 1"))
        let laughs = "<!DOCTYPE a [<!ENTITY a \"ha\">]><sst><si><t>&a;</t></si></sst>"
        #expect(try await outcome("xl/sharedStrings.xml", laughs).contains("declares entities"))
        #expect(try await outcome("xl/sharedStrings.xml", "<sst/>").contains("a cell in row 1 has a text that the workbook lacks"))
        #expect(try await outcome("xl/workbook.xml", "<workbook/>").contains("the workbook has no sheet with rows"))
        let link = "<Relationship Id=\"rId1\" Type=\"t/worksheet\" Target=\"worksheets/nowhere.xml\"/>"
        #expect(try await outcome("xl/_rels/workbook.xml.rels", "<Relationships>\(link)</Relationships>")
            .contains("the workbook lacks its part xl/worksheets/nowhere.xml"))
    }

    @Test("passwords, older kinds and other archives")
    func foreign() async throws {
        let folder = try Folder()
        let path = "\(folder.path)/a.xlsx"
        func zipped(_ parts: [String: String], password: String? = nil) async throws -> String {
            try WorkbookWriter.zip(parts.mapValues { Array($0.utf8) }, to: path, password: password)
            return try await outcome(Array(FileManager.default.contents(atPath: path) ?? Data()))
        }
        #expect(try await zipped(["xl/workbook.xml": "<workbook/>"], password: "secret").contains("[locked-workbook]"))
        #expect(try await zipped(["xl/workbook.bin": "x"]).contains("[foreign-workbook]: the workbook is of Excel's binary kind"))
        #expect(try await zipped(["content.xml": "x"]).contains("[foreign-workbook]: the file is an archive, but no Excel"))

        let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 504)
        func named(_ name: String) -> [UInt8] { compound + name.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), 0] as [UInt8] } }
        #expect(try await outcome(named("EncryptedPackage")).contains("[locked-workbook]"))
        #expect(try await outcome(named("Workbook"), name: "service_visits.xls").contains("[old-workbook]"))
        let page = "\u{FEFF}\n<html><table><tr><td>visit_id</td></tr></table></html>"
        #expect(try await outcome(Array(page.utf8), name: "service_visits.xls").contains("the file is a web page"))
    }

    @Test("text with a workbook's name is read as text")
    func text() async throws {
        let text = Self.rows.map { $0.joined(separator: "\t") }.joined(separator: "\n") + "\n"
        let right = try await outcome(WorkbookWriter(texts: Self.rows))
        #expect(try await outcome(Array(text.utf8), name: "service_visits.xls") == right)
        #expect(try await outcome([], name: "service_visits.xlsx").contains("[empty-file]"))
    }

    @Test("too many rows, columns and bytes are said, and how far an archive may unpack")
    func limits() async throws {
        func sheet(_ row: String) async throws -> String {
            var workbook = WorkbookWriter(texts: Self.rows)
            workbook.others["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData>\(row)</sheetData></worksheet>"
            return try await outcome(workbook)
        }
        #expect(try await sheet("<row r=\"1048577\"/>")
            .contains("[workbook-too-large]: the workbook is too large: a sheet has no row 1048577"))
        #expect(try await sheet("<row r=\"1\"><c r=\"XFE1\"/></row>").contains("no column XFE, but up to XFD"))
        #expect(try await sheet("<row r=\"1\"><c r=\"XFD1\"/></row>").contains("[empty-file]"))

        let folder = try Folder()
        let file = SourceFile(path: "\(folder.path)/a.xlsx", name: "a.xlsx")
        try WorkbookWriter.zip(["a": [UInt8](repeating: 0x20, count: 1 << 20)], to: file.path)
        func read(_ limits: ZipArchive.Limits) -> String {
            do throws(Rejection) {
                let stream = try ZipArchive(file, limits: limits).stream("a")
                let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 1)
                defer { buffer.deallocate() }
                var total = 0
                while true {
                    let count = try stream(buffer)
                    if count == 0 { return "\(total)" }
                    total += count
                }
            } catch {
                return error.diagnostics[0].message
            }
        }
        #expect(read(.init()) == "1048576")
        #expect(read(.init(ratioFrom: 1 << 16)).contains("more than 250 times larger"))
        #expect(read(.init(ratio: 2_000, ratioFrom: 1 << 16)) == "1048576")
        #expect(read(.init(bytes: 500_000)).contains("larger than 0 MB"))
        #expect(read(.init(members: 0)).contains("an archive of 1 files; up to 0 are read"))
    }
}
