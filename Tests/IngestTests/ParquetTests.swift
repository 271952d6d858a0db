import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

@Suite("Parquet")
struct ParquetTests {
    static let duckdb: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/duckdb" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    static func isHere() -> Bool {
        if duckdb == nil { print("duckdb is not on the PATH: its tests are skipped (pip install duckdb-cli)") }
        return duckdb != nil
    }

    @Test("without duckdb the remedy names it")
    func missing() {
        let opened = ParquetText(path: "/nowhere:/tmp").open([SourceFile(path: "/tmp/x.parquet", name: "exports/x.parquet")])
        #expect(opened.texts.isEmpty && opened.faults.map(\.code) == ["no-duckdb"])
        #expect(opened.faults.first?.remedies.first?.contains("duckdb.org") == true)
    }

    @Test("a name that ends in .parquet is a table's, too")
    func names() {
        #expect(SourceKind(fileName: "Messages.PARQUET") == .parquet)
        #expect(ExportFolder.table(ofFile: "messages.parquet") == .messages)
    }

    private func duckdb(_ statement: String) throws {
        let program = try #require(Self.duckdb)
        try PostgresServer.run([program, "-batch", "-init", "/dev/null", "-c", statement])
    }

    @Test(
        "the rows are those of the same CSV: times with and without zone, NULL, quotes and lines in cells, 0 rows",
        .enabled(if: ParquetTests.isHere(), "duckdb is not on the PATH: pip install duckdb-cli"))
    func equalToCSV() async throws {
        let folder = try Folder()
        // A star in a name is a letter here, and a quote ends nothing.
        let name = "mes'sages_*.parquet"
        try duckdb(
            """
            COPY (SELECT 'M' || i AS message_id, 'C' || i % 50 AS customer_id, 'V' || i // 3 AS conversation_id, 'sms' AS channel,
                CASE WHEN i % 3 = 0 THEN 'inbound' ELSE 'outbound' END AS direction,
                CASE WHEN i % 3 = 1 THEN NULL WHEN i % 3 = 2 THEN E'Zoë "Z",\\nLi' END AS person_id,
                TIMESTAMPTZ '2026-10-05 09:00:00-05' + i * INTERVAL 61 SECOND AS sent_at FROM range(5000) r(i))
            TO '\(folder.path)/exports/messages.parquet' (FORMAT parquet)
            """)
        try FileManager.default.copyItem(
            atPath: "\(folder.path)/exports/messages.parquet", toPath: "\(folder.path)/exports/\(name)")
        try FileManager.default.removeItem(atPath: "\(folder.path)/exports/messages.parquet")
        let yaml = "name: Riverside\ntime-zone: America/Chicago\nexports:\n  messages: { file: \"mes'sages_*\" }\n"
        try folder.write(Array(yaml.utf8), to: "dealership.yaml")
        let read = try await folder.read(partSize: 10_000)
        var csv = "message_id,customer_id,conversation_id,channel,direction,person_id,sent_at\n"
        for i in 0..<5_000 {
            let person = i % 3 == 2 ? "\"Zoë \"\"Z\"\",\nLi\"" : ""
            let at = Instant(seconds: 1_791_208_800 + Int64(i) * 61)
            csv += "M\(i),C\(i % 50),V\(i / 3),sms,\(i % 3 == 0 ? "inbound" : "outbound"),\(person),\(at)\n"
        }
        #expect(read.diagnostics.isEmpty)
        #expect(describe(read) == describe(try await Folder(["exports/messages.csv": csv]).read()))
        try duckdb(
            """
            COPY (SELECT '1' AS message_id, '' AS customer_id, 'x' AS channel, 'inbound' AS direction,
                DATE '2026-10-05' AS sent_at WHERE false)
            TO '\(folder.path)/exports/\(name.replacing("'", with: "''"))' (FORMAT parquet)
            """)
        #expect(try await folder.read().header.audits.map(\.rowsRead) == [0])
    }

    @Test(
        "a damaged file stops the run",
        .enabled(if: ParquetTests.isHere(), "duckdb is not on the PATH: pip install duckdb-cli"))
    func damaged() async throws {
        let folder = try Folder(["exports/messages.parquet": "PAR1 and nothing behind it"])
        do {
            _ = try await folder.read()
            Issue.record("it was read")
        } catch let rejection as Rejection {
            #expect(rejection.diagnostics.map(\.code) == ["unreadable-parquet"])
            #expect(rejection.diagnostics[0].location?.file == "exports/messages.parquet")
        }
    }
}
