import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Testing

/// Exports without stores.csv: real ones rarely name their store.
struct StoresUnnamedTests {
    private static let messages = """
        message_id,customer_id,channel,direction,sent_at
        1,c1,sms,inbound,2026-03-02 09:00:00
        2,c1,sms,outbound,2026-03-02 09:10:00

        """

    @Test func `nobody names a store: the dealership is the one store`() async throws {
        let exports = try await read(["messages.csv": Self.messages], tasks: 2)
        #expect(exports.header.stores.map(\.name) == ["Riverside Motors"])
        #expect(exports.groupCount == 1)
        #expect(exports.group(0).messages.count == 2)
    }

    @Test(arguments: [1, 2, 4])
    func `one export names the only store: the others' rows are that store's`(tasks: Int) async throws {
        let visits = "visit_id,store_id,customer_id,opened_at\n1,S1,c1,2026-03-01\n2,,c2,2026-03-02\n"
        let exports = try await read(["messages.csv": Self.messages, "service_visits.csv": visits], tasks: tasks)
        #expect(exports.header.stores.map(\.identifier) == ["S1"])
        let journal = exports.group(0)
        #expect(journal.messages.count == 2)
        #expect(journal.orders.count == 2)
        #expect(exports.diagnostics.filter { $0.severity > .note }.isEmpty)
    }

    @Test(arguments: [1, 2, 4])
    func `several stores are named: a row that names none is set aside, whoever read first`(tasks: Int) async throws {
        let visits = "visit_id,store_id,customer_id,opened_at\n1,S1,c1,2026-03-01\n2,S2,c2,2026-03-02\n3,,c3,2026-03-02\n"
        let exports = try await read(["messages.csv": Self.messages, "service_visits.csv": visits], tasks: tasks)
        #expect(exports.header.stores.map(\.identifier) == ["S1", "S2"])
        let aside = exports.header.audits.map { [$0.table.rawValue: $0.setAside[.missingStore] ?? 0] }
        #expect(Set(aside) == [["messages": 2], ["service_visits": 1]])
    }

    @Test(arguments: [1, 2, 4])
    func `stores stand in order of their names, each with its own rows`(tasks: Int) async throws {
        let visits = "visit_id,store_id,customer_id,opened_at\n"
            + (1...40).map { "\($0),S\(9 - $0 % 5),c\($0),2026-03-01\n" }.joined()
        let sales = "sale_id,store_id,customer_id,sold_at\n"
            + (1...40).map { "\($0),S\(3 + $0 % 8),c\($0),2026-03-09\n" }.joined()
        let exports = try await read(["service_visits.csv": visits, "sales.csv": sales], tasks: tasks)
        #expect(exports.header.stores.map(\.identifier) == (3...10).map { "S\($0)" }.sorted())
        for (group, store) in exports.header.stores.enumerated() {
            let journal = exports.group(group)
            let number = try #require(Int(store.identifier.dropFirst()))
            let orders = (0..<journal.orders.count).map { journal.orders.identifiers[Int32($0)] }
            let sold = (0..<journal.sales.count).map { journal.sales.identifiers[Int32($0)] }
            #expect(Set(orders) == Set((1...40).filter { 9 - $0 % 5 == number }.map(String.init)))
            #expect(Set(sold) == Set((1...40).filter { 3 + $0 % 8 == number }.map(String.init)))
            #expect(journal.orders.store.allSatisfy { Int($0) == group })
            #expect(journal.sales.store.allSatisfy { Int($0) == group })
        }
    }

    @Test func `an outage that names no store hits the one there is`() async throws {
        let outages = "outage_id,system,started_at,ended_at\n1,dms,2026-03-02 09:00:00,2026-03-02 10:00:00\n"
        let exports = try await read(["outages.csv": outages], tasks: 1)
        #expect(exports.header.stores.count == 1)
        let spec = TableSpec(
            name: "downtime", request: MeasureRequest(OutageImpact(answerOn: .same)), by: [.store],
            columns: ["outages", "wall_seconds_down"])
        #expect(
            try RealFolder(exports: exports).rows(spec) == [
                ["Riverside Motors"]: ["outages": "1", "wall_seconds_down": "3600"]
            ])
    }

    private func read(_ files: [String: String], tasks: Int) async throws -> StagedExports {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kpi-stores-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        let settings = try DealershipFile.read(
            text: "name: Riverside Motors\ntime-zone: America/Chicago\n", file: "dealership.yaml")
        return try await StagedExports.read(directory: folder.path, settings: settings.value, tasks: tasks)
    }
}
