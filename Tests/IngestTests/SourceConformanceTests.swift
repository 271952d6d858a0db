import Basis
import CDeflate
import Dealership
import Foundation
import Store
import Testing

@testable import Ingest

/// One way to keep a dealership's tables. A new kind of source is one more value in `KeptAs.all`.
struct KeptAs: Sendable, CustomTestStringConvertible {
    var name: String
    /// Tables that it can keep; the others are kept as CSV beside it, here and in what it is compared with.
    var tables: Set<StandardTable> = Set(SmallDealership.tables.map(\.table))
    /// Why it cannot be tried here, in a word; nil: it can.
    var skipped: (@Sendable () -> String?) = { nil }
    /// Writes one table into the folder, and what the settings must say of it (under `exports:`), if anything.
    var keep: @Sendable (SmallDealership.Table, Folder) throws -> String
    /// Needs PostgreSQL running.
    var needsServer = false
    /// Reads the folder, where that is not by its exports: a store's rows, a database.
    var read: @Sendable (Folder) async throws -> StagedExports = { try await $0.read() }

    var testDescription: String { name }

    static let all: [KeptAs] = [
        csv, tsv, gzip, workbook, workbookOfTexts, oneWorkbook, store(of: csv), store(of: oneWorkbook), leadsInXML,
        leadMails, postgres,
    ]

    static let csv = KeptAs(name: "CSV") { table, folder in
        try folder.write(Array(table.csv.utf8), to: "exports/\(table.table).csv")
        return ""
    }

    static let tsv = KeptAs(name: "TSV, with byte-order mark and CRLF") { table, folder in
        let lines = ([table.columns] + table.rows).map { row in
            row.map { $0.contains("\"") ? "\"\($0.replacing("\"", with: "\"\""))\"" : $0 }.joined(separator: "\t") + "\r\n"
        }
        try folder.write(Array(("\u{FEFF}" + lines.joined()).utf8), to: "exports/\(table.table).tsv")
        return ""
    }

    static let gzip = KeptAs(name: "CSV packed by gzip") { table, folder in
        let text = Array(table.csv.utf8)
        let packer = try #require(libdeflate_alloc_compressor(6))
        defer { libdeflate_free_compressor(packer) }
        var packed = [UInt8](repeating: 0, count: text.count + 1_000)
        let count = libdeflate_gzip_compress(packer, text, text.count, &packed, packed.count)
        #expect(count > 0)
        try folder.write(Array(packed.prefix(count)), to: "exports/\(table.table).csv.gz")
        return ""
    }

    /// Numbers as numbers, times as serial dates, the rest as shared strings: what a spreadsheet makes of a CSV.
    static let workbook = KeptAs(name: "XLSX, with numbers and dates") { table, folder in
        let sheet = WorkbookWriter.Sheet("Sheet1", typed(table))
        try WorkbookWriter([sheet], formats: ["General", "#14", "m/d/yy h:mm:ss"])
            .write(to: "\(folder.path)/exports/\(table.table).xlsx")
        return ""
    }

    static let workbookOfTexts = KeptAs(name: "XLSX, all texts, by the calendar of 1904") { table, folder in
        var workbook = WorkbookWriter(texts: [["Export"], []] + [table.columns] + table.rows)
        workbook.countsFrom1904 = true
        try workbook.write(to: "\(folder.path)/exports/\(table.table).xlsx")
        return ""
    }

    /// Every table a sheet of one workbook.
    static let oneWorkbook = KeptAs(name: "one XLSX, a sheet a table") { table, folder in
        let sheets = SmallDealership.tables.map { WorkbookWriter.Sheet("\($0.table)", typed($0)) }
        try WorkbookWriter(sheets, formats: ["General", "#14", "m/d/yy h:mm:ss"]).write(to: "\(folder.path)/exports/all.xlsx")
        return "  \(table.table): { file: all.xlsx, sheet: \(table.table) }\n"
    }

    /// Imported into `kpi.sqlite`, and read from there without the files.
    static func store(of kept: KeptAs) -> KeptAs {
        KeptAs(name: "the store, from \(kept.name)", keep: kept.keep) { folder in
            let settings = try folder.settings().value
            let exports = try await ExportImport(directory: folder.path, settings: settings, tasks: 2)
            let file = RecordFile(directory: folder.path)
            let writing = try RecordImport(file)
            _ = try await exports.run(into: writing, tasks: 2)
            let done = try #require(try writing.finish())
            #expect(done.rowsNew > 0)
            try FileManager.default.removeItem(atPath: "\(folder.path)/exports")
            let archive = try #require(try RecordReading.open(file))
            return try await StagedExports.read(directory: folder.path, settings: settings, tasks: 2, archive: archive)
        }
    }

    /// A lead as ADF says it, of which the mapping takes what the table has.
    static let leadsInXML = KeptAs(name: "leads as ADF/XML", tables: [.leads]) { table, folder in
        let prospects = table.rows.map { row in
            """
            <prospect><id source="crm">\(row[0])</id><requestdate>\(row[2])</requestdate>
            <vehicle><year>2026</year><make>Honda</make><model>Civic</model></vehicle>
            <customer><contact><name part="full">\(row[1])</name><email>\(row[1])@example.org</email></contact></customer>
            <vendor><id source="group">\(row[4])</id><vendorname>Riverside</vendorname></vendor>
            <provider><name part="full">\(row[3])</name></provider></prospect>

            """
        }
        let text = "<?xml version=\"1.0\"?><?adf version=\"1.0\"?>\n<adf>\n\(prospects.joined())</adf>\n"
        try folder.write(Array(text.utf8), to: "exports/leads.adf")
        return "  leads: { file: leads.adf, columns: { lead_id: id, customer_id: name, created_at: requested_at, "
            + "source: provider, store_id: vendor_id } }\n"
    }

    /// Tables of a database, all columns texts: what is empty is null.
    static let postgres = KeptAs(
        name: "PostgreSQL",
        skipped: { PostgresServer.programs == nil ? "PostgreSQL is not installed (apt-get install postgresql)" : nil },
        keep: { table, _ in
            let server = try #require(PostgresRunning.server)
            let columns = table.columns.map { "\"\($0)\" text" }.joined(separator: ", ")
            let rows = table.rows.map { row in
                "(" + row.map { $0.isEmpty ? "NULL" : "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ") + ")"
            }
            try server.sql(
                "CREATE TABLE \(table.table) (\(columns));\n"
                    + "INSERT INTO \(table.table) VALUES \(rows.joined(separator: ",\n"));\n")
            return "  \(table.table): { postgres: { connect: \"\(server.connect())\", table: \(table.table) } }\n"
        }, needsServer: true)

    private static func typed(_ table: SmallDealership.Table) -> [[WorkbookWriter.Cell]] {
        [table.columns.map { .shared($0) }] + table.rows.map { row in
            row.map { text in
                if text.isEmpty { return .empty }
                if let serial = serial(text) { return .number(serial.value, format: serial.hasTime ? 2 : 1) }
                return Double(text) != nil ? .number(text) : .shared(text)
            }
        }
    }

    /// `2026-10-05` and `2026-10-05 08:15:00` in days since 30 December 1899, as Excel counts in this century.
    private static func serial(_ text: String) -> (value: String, hasTime: Bool)? {
        let parts = text.split(separator: " ")
        let numbers = parts.first?.split(separator: "-").compactMap { Int($0) } ?? []
        guard numbers.count == 3, text.count == 10 || (text.count == 19 && parts.count == 2),
            let day = Day(year: numbers[0], month: numbers[1], day: numbers[2])
        else { return nil }
        let clock = parts.count > 1 ? parts[1].split(separator: ":").compactMap { Int($0) } : []
        let seconds = clock.reduce(0) { $0 * 60 + $1 }
        let days = Double(day.number) + 25_569 + Double(seconds) / 86_400
        return (parts.count > 1 ? "\(days)" : "\(Int(days))", parts.count > 1)
    }
}

@Suite("The same dealership through every kind of source")
struct SourceConformanceTests {
    /// What the sources are held to: everything as CSV.
    private func expected() async throws -> String {
        let folder = try Folder(["dealership.yaml": SmallDealership.settings])
        for table in SmallDealership.tables { _ = try KeptAs.csv.keep(table, folder) }
        return JournalPrint.text(try await folder.read())
    }

    @Test("gives equal journals, tables set aside included", arguments: KeptAs.all)
    func equal(kept: KeptAs) async throws {
        if let word = kept.skipped() {
            print("skipped: \(kept.name): \(word)")
            return
        }
        guard kept.needsServer else { return try await hold(kept) }
        let server = try PostgresServer()
        defer { server.stop() }
        try await PostgresRunning.$server.withValue(server) { try await hold(kept) }
    }

    private func hold(_ kept: KeptAs) async throws {
        let folder = try Folder()
        var mappings = ""
        for table in SmallDealership.tables {
            mappings += try (kept.tables.contains(table.table) ? kept : .csv).keep(table, folder)
        }
        let settings = SmallDealership.settings + (mappings.isEmpty ? "" : "exports:\n\(mappings)")
        try folder.write(Array(settings.utf8), to: "dealership.yaml")
        let found = Self.comparable(JournalPrint.text(try await kept.read(folder)), kept)
        let right = Self.comparable(try await expected(), kept)
        let (mine, its) = (found.split(separator: "\n"), right.split(separator: "\n"))
        for line in its where !mine.contains(line) { Issue.record("\(kept.name) lacks: \(line)") }
        for line in mine where !its.contains(line) { Issue.record("\(kept.name) has: \(line)") }
        #expect(found == right)
    }

    /// Leads in ADF say when they were asked for, and that they are new, which the other exports have no column for.
    private static func comparable(_ text: String, _ kept: KeptAs) -> String {
        guard kept.name.contains("ADF") else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).filter { $0 != "name new" }
            .joined(separator: "\n").replacing(/requestedAt=\S+/, with: "requestedAt=-")
    }

    @Test("the print tells every table, record and fault of it, and nothing of places")
    func told() async throws {
        let text = try await expected()
        for words in [
            "identifiers=RO1", "customer=·2001", "amount=41250", "name=Zoë Straße", "identifiers=D2", "identifiers=L3",
            "gross=185075", "kind=retail", "thread=V2", "audit messages", "duplicate-id",
            "unknown-store=1", "time-needed", "outage (", "person (",
            "unreadable-date=1", "missing-value=1",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(!text.contains(".csv") && !text.contains("exports/"))
    }

    @Test("a changed cell changes the print")
    func changed() async throws {
        let right = try await expected()
        for (index, table) in SmallDealership.tables.enumerated() {
            let folder = try Folder(["dealership.yaml": SmallDealership.settings])
            for (other, table) in SmallDealership.tables.enumerated() {
                var table = table
                if other == index { table.rows.removeLast() }
                _ = try KeptAs.csv.keep(table, folder)
            }
            #expect(JournalPrint.text(try await folder.read()) != right, "\(table.table)")
        }
    }
}
