import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

@Suite("Workbooks as exports")
struct WorkbookTests {
    private typealias Cell = WorkbookWriter.Cell

    private static let yaml = "name: Riverside\ntime-zone: America/Chicago\n"
    private static let header = ["visit_id", "customer_id", "opened_at", "amount"]

    private static func header(_ names: [String] = header) -> [Cell] { names.map { .shared($0) } }

    /// Columns: number, customer, opened on (format 1 is a date), amount.
    private static func order(_ number: Int, opened: String = "46298", amount: String = "12.5") -> [Cell] {
        [.shared("RO\(number)"), .number("\(1_000 + number)"), .number(opened, format: 1), .number(amount)]
    }

    private func folder(_ workbook: WorkbookWriter, _ yaml: String = yaml, name: String = "service_visits.xlsx") throws -> Folder {
        let folder = try Folder(["dealership.yaml": yaml])
        try workbook.write(to: "\(folder.path)/exports/\(name)")
        return folder
    }

    private func mapped(_ mapping: String) -> String {
        "\(Self.yaml)exports:\n  service_visits: { file: service_visits.xlsx, \(mapping) }\n"
    }

    private func orders(_ folder: Folder) async throws -> [String] {
        let exports = try await folder.read()
        guard exports.groupCount > 0 else { return [] }
        let journal = exports.group(0)
        return (0..<journal.orders.count).map { row in
            let opened = journal.orders.openedAt[row]
            return "\(journal.orders.identifiers[Int32(row)]) \(journal.customers[journal.orders.customer[row]]) "
                + "\(opened.isDateOnly ? "day" : "\(opened.instant)") \(journal.orders.amount[row])"
        }.sorted()
    }

    private func faults(_ folder: Folder) async throws -> [String] {
        do {
            let exports = try await folder.read()
            let groups = (0..<exports.groupCount).flatMap { exports.group($0).faults }.map(exports.diagnostic)
            return (exports.diagnostics + groups).map { $0.rendered() }
        } catch let error as Rejection {
            return error.diagnostics.map { $0.rendered() }
        }
    }

    @Test("texts of every kind, numbers, dates and flags")
    func cells() async throws {
        let rich = "<r><t>R</t></r><r><rPr><b/></rPr><t>O7</t></r><rPh sb=\"0\" eb=\"1\"><t>reading</t></rPh>"
        var workbook = WorkbookWriter(
            [
                .init("Orders", [
                    Self.header(),
                    Self.order(1),
                    [.inline("RO2"), .shared("1002"), .number("46298.586805555555", format: 2), .number("1.25E+1")],
                    [.formula("A1", value: "3"), .number("1003"), .number("46298.25", format: 1), .formula("D2", value: "4")],
                    [.raw("<c r=\"A5\" t=\"str\"><f>x</f><v>RO4</v></c>"), .number("1.004E+3"),
                        .raw("<c r=\"C5\" t=\"d\"><v>2026-10-03T14:05:00</v></c>"), .number("-3")],
                    [.shared(rich), .inline("10\n07"), .number("46298", format: 2), .number("0.1")],
                ])
            ], formats: ["General", "#14", "[$-409]m/d/yy\\ h:mm\\ AM/PM;@"])
        let expected = [
            "3 ·1003 2026-10-03T11:00:00Z 400", "RO1 ·1001 day 1250", "RO2 ·1002 2026-10-03T19:05:00Z 1250",
            "RO4 ·1004 2026-10-03T19:05:00Z -300", "RO7 ·10 07 2026-10-03T05:00:00Z 10",
        ]
        #expect(try await orders(folder(workbook)) == expected)
        // The same numbers by the calendar of old Macs are 1,462 days later.
        workbook.countsFrom1904 = true
        #expect(try await orders(folder(workbook)).first == "3 ·1003 2030-10-04T11:00:00Z 400")
    }

    @Test("a row's place is the sheet's row; rows without anything are none; sheets are named where there are several")
    func places() async throws {
        var sheet = WorkbookWriter.Sheet("Orders", [Self.header(), Self.order(1), Self.order(2, opened: "-5")])
        sheet.rows[0].number = 4
        sheet.rows[1].number = 9
        sheet.rows[2].number = 1_048_576
        sheet.rows.insert((2, [.inline("Riverside Motors")]), at: 0)
        sheet.rows.insert((6, [.empty, .inline("  ")]), at: 2)
        let one = try folder(WorkbookWriter([sheet]))
        #expect(try await faults(one).map { $0.prefix(60) } == [
            "exports/service_visits.xlsx:1048576:opened_at: warning[unrea"
        ])
        let exports = try await one.read()
        #expect(exports.header.audits[0].rowsRead == 2)
        #expect(exports.location(of: exports.group(0).orders.source[0]).row == 9)
        let two = try folder(WorkbookWriter([.init("About", [[.inline("October")]]), sheet]))
        #expect(try await faults(two).map { $0.prefix(67) } == [
            "exports/service_visits.xlsx!Orders:1048576:opened_at: warning[unrea"
        ])
    }

    @Test("the sheet whose header fits, visible ones first; what else fits or is hidden is said")
    func sheets() async throws {
        let first = WorkbookWriter.Sheet("Sep", [Self.header(), Self.order(1)])
        let second = WorkbookWriter.Sheet("Oct", [Self.header(), Self.order(2)])
        var hidden = WorkbookWriter.Sheet("Old", [Self.header(), Self.order(3)], state: "hidden")
        let about = WorkbookWriter.Sheet("About", [[.inline("made by hand")]])
        let several = try folder(WorkbookWriter([about, hidden, first, second]))
        #expect(try await orders(several).map { $0.prefix(3) } == ["RO1"])
        let said = try await faults(several)
        #expect(said.contains { $0.contains("[several-sheets]: the sheet Sep is read; Oct would fit as well and is not") })
        #expect(said.contains { $0.contains("[hidden-sheet]: the sheet Old is hidden and not read") })
        #expect(try await orders(folder(WorkbookWriter([about, hidden]))).map { $0.prefix(3) } == ["RO3"])
        hidden.state = "veryHidden"
        #expect(try await faults(folder(WorkbookWriter([hidden]))).contains { $0.contains("is hidden and read all the same") })

        for (mapping, found) in [
            ("sheet: Oct", ["RO2"]), ("sheet: oct", ["RO2"]), ("sheet: \"*\"", ["RO1", "RO2", "RO3"]),
            ("sheet: \"O*\"", ["RO2", "RO3"]),
        ] {
            let named = try folder(WorkbookWriter([first, second, hidden]), mapped(mapping))
            #expect(try await orders(named).map { String($0.prefix(3)) } == found, "\(mapping)")
        }
        let wrong = try await faults(folder(WorkbookWriter([first, second, about]), mapped("sheet: Abou")))
        #expect(wrong == [
            "dealership.yaml:4:exports.service_visits: error[unknown-sheet]: exports/service_visits.xlsx has no sheet \"Abou\"; "
                + "did you mean About?; its sheets are: About, Sep, Oct"
        ])
    }

    @Test("the header is found, or where header-row says, of workbooks and of text")
    func headerRow() async throws {
        let rows = [
            Self.header(["visit_id", "customer_id", "opened_at", "note"]), Self.header(), Self.order(1), Self.order(2),
        ]
        let found = try folder(WorkbookWriter([.init("A", rows)]))
        #expect(try await faults(found).contains { $0.contains("xlsx:2: error[other-header]") })
        let said = try folder(WorkbookWriter([.init("A", rows)]), mapped("header-row: 2"))
        #expect(try await orders(said).map { $0.suffix(4) } == ["1250", "1250"])
        for row in [4, 5, 900] {
            let wrong = try await faults(folder(WorkbookWriter([.init("A", rows)]), mapped("header-row: \(row)")))
            #expect(wrong.allSatisfy { $0.contains(row == 4 ? "xlsx:4:" : ": error[no-header]") } && !wrong.isEmpty, "\(wrong)")
        }
        let text = try Folder([
            "dealership.yaml": mapped("header-row: 70").replacing(".xlsx", with: ".csv"),
            "exports/service_visits.csv": String(repeating: "visit_id,customer_id,opened_at\n", count: 69)
                + "visit_id,customer_id,opened_at,amount\nRO1,1,2026-10-05,7\n",
        ])
        #expect(try await orders(text) == ["RO1 ·1 day 700"])
    }

    @Test("a header of two rows, of which some cells are one over both")
    func mergedHeader() async throws {
        let rows: [[Cell]] = [
            [.inline("Repair orders of October")],
            [.inline("visit_id"), .inline("Customer"), .empty, .inline("opened_at")],
            [.empty, .inline("customer_id"), .inline("name"), .empty],
            [.inline("RO1"), .inline("1001"), .inline("Ann"), .inline("2026-10-03")],
            [.empty, .inline("1002"), .inline("Bob"), .inline("2026-10-04")],
        ]
        let sheet = WorkbookWriter.Sheet("A", rows, merges: ["A1:D1", "A2:A3", "B2:C2", "D2:D3", "A4:A5"])
        for others in [[], [WorkbookWriter.Sheet("About", [[.inline("x")]])]] {
            let folder = try folder(WorkbookWriter(others + [sheet]))
            #expect(try await orders(folder).map { $0.prefix(9) } == ["RO1 ·1001"])
            // A cell that is one over two data rows stays the first one's.
            #expect(try await faults(folder).contains { $0.contains(":5:visit_id: warning[missing-value]") })
        }
    }

    @Test("errors, formulas that nobody computed and numbers too long are told, never taken for values")
    func doubtful() async throws {
        let rows: [[Cell]] = [
            Self.header(),
            [.error("#N/A"), .number("1001"), .number("46298", format: 1), .number("1")],
            [.inline("RO2"), .error("#REF!"), .error("#VALUE!"), .number("1")],
            [.inline("RO3"), .number("1003"), .number("46298", format: 1), .error("#DIV/0!")],
            [.inline("RO4"), .number("1.00412345678901E+17"), .number("46298", format: 1), .formula("1+1", value: nil)],
            [.inline("RO5"), .error("#N/A"), .number("46298", format: 1), .number("5")],
        ]
        let folder = try folder(WorkbookWriter([.init("A", rows)]))
        let said = try await faults(folder)
        for (place, code) in [
            (":2:visit_id", "error-cell"), (":3:customer_id", "error-cell"), (":4:amount", "unreadable-number"),
            (":5:B", "long-number"), (":5:D", "uncomputed-formula"), (":6:customer_id", "error-cell"),
        ] {
            #expect(said.contains { $0.contains("\(place): warning[\(code)]") }, "\(place) \(code) \(said)")
        }
        #expect(try await orders(folder).map { $0.prefix(3) } == ["RO3", "RO4"])
    }

    @Test("quotes, tabs and empty cells stay where they stand")
    func quoting() async throws {
        let rows: [[Cell]] = [
            Self.header(["visit_id", "", "customer_id", "opened_at"]),
            [.inline("\"7\" up"), .inline("a,b;c|d"), .inline("10\t01"), .inline("2026-10-03")],
            [.inline("a \"7\""), .empty, .inline("1002"), .inline("2026-10-03")],
        ]
        #expect(try await orders(folder(WorkbookWriter([.init("A", rows)]))).map { $0.dropLast(25) } == [
            "\"7\" up ·10 01", "a \"7\" ·1002",
        ])
    }

    @Test("cells and rows without addresses, in any order; names with prefixes; parts of other writers")
    func lenient() async throws {
        var workbook = WorkbookWriter(texts: [["x"]])
        let cells = { (texts: [String]) in texts.map { "<x:c t=\"str\"><x:v>\($0)</x:v></x:c>" }.joined() }
        workbook.others["xl/worksheets/sheet1.xml"] = """
            <x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>
            <x:row>\(cells(["visit_id", "customer_id", "opened_at"]))</x:row>
            <x:row>\(cells(["RO1", "1001", "2026-10-03T10:00:00Z"]))</x:row>
            <x:row r="7"><x:c r="C7" t="str"><x:v>2026-10-03T10:00:00Z</x:v></x:c><x:c r="A7" t="str"><x:v>RO2</x:v></x:c>
            <x:c r="B7" t="str"><x:v>1002</x:v></x:c><x:c r="B7" t="str"><x:v>1003</x:v></x:c></x:row>
            </x:sheetData></x:worksheet>
            """
        let folder = try folder(workbook)
        #expect(try await orders(folder) == [
            "RO1 ·1001 2026-10-03T10:00:00Z \(Int64.min)", "RO2 ·1002 2026-10-03T10:00:00Z \(Int64.min)",
        ])
        let exports = try await folder.read()
        #expect(exports.group(0).orders.source.map { exports.location(of: $0).row } == [2, 7])
    }
}
