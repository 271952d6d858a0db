import Basis
import Dealership
import Ingest
import Testing

/// Deals of two stores in two exports, one of which is stated to end sooner.
@Suite("Deals: an end that is stated")
struct StatedEndTests {
    private func lastDay(_ mappings: String, second: String) async throws -> String? {
        let deals = "sale_id,store_id,customer_id,sold_at\n"
        let folder = try Folder([
            "dealership.yaml": "name: T\ntime-zone: UTC\nexports:\n  sales:\n\(mappings)",
            "exports/stores.csv": "store_id,name\nA,North\nB,South\n",
            "exports/a.csv": deals + "D1,A,1,2026-01-02\nD2,A,2,2026-04-30\n",
            "exports/b.csv": deals + second,
        ])
        return try await folder.read().header.lastDay(of: .sales)?.description
    }

    @Test("it holds where no other export goes on from there")
    func stated() async throws {
        let besides = "    - { file: a.csv, covered-from: 2026-01-01 }\n    - { file: b.csv, covered-from: 2026-01-01, covered-until: 2026-03-12 }\n"
        #expect(try await lastDay(besides, second: "D3,B,3,2026-03-01\n") == "2026-03-12")
        let unstated = "    - { file: a.csv }\n    - { file: b.csv }\n"
        #expect(try await lastDay(unstated, second: "D3,B,3,2026-03-01\n") == "2026-04-30")
        let follows = "    - { file: a.csv, covered-from: 2026-01-01, covered-until: 2026-04-30 }\n    - { file: b.csv, covered-from: 2026-05-01 }\n"
        #expect(try await lastDay(follows, second: "D3,B,3,2026-06-01\n") == "2026-06-01")
    }
}
