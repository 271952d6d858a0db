import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Testing

/// The group workload on a small scale against DuckDB's tables: `Tests/Fixtures/group/README.md`.
@Suite("The group workload")
struct GroupFixtureTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/group").standardizedFileURL

    @Test("all six tables equal the peers' value for value")
    func equal() async throws {
        let exports = try await readExports(in: Self.folder.appending(path: "data").path())
        let yaml = Array(try Data(contentsOf: Self.folder.appending(path: "tables.yaml")))
        let specs = try TablesFile.read(bytes: yaml, file: "tables.yaml", settings: exports.header.settings).value
        #expect(specs.count == 6)
        #expect(exports.diagnostics.isEmpty)
        for (spec, table) in zip(specs, tabulate(exports, specs)) {
            let file = Self.folder.appending(path: "expected/\(spec.name).csv")
            let expected = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let rows = Tabulation.rows(table, spec)
            #expect(rows.first == expected.first)
            #expect(rows.count == expected.count, "\(spec.name)")
            // Only the notation of money differs: 1234.5 and 1234.50.
            for (mine, its) in zip(rows.dropFirst(), expected.dropFirst()) {
                for (column, (a, b)) in zip(rows[0], zip(mine, its)) {
                    #expect(a == b || (column == "gross_profit" && Double(a) == Double(b)), "\(spec.name) \(mine) \(its)")
                }
            }
        }
    }
}
