import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

@Suite("Exports as they come")
struct MappingTests {
    private func orders(_ files: [String: String]) async throws -> (journal: GroupJournal, exports: StagedExports) {
        let exports = try await Folder(files).read()
        return (exports.group(0), exports)
    }

    @Test("columns joined, translated, constant, one of several, and only some rows")
    func mapping() async throws {
        let yaml = """
            name: Riverside
            time-zone: America/Chicago
            exports:
              messages:
                file: "texts_*.txt"
                system: text
                delimiter: pipe
                columns:
                  message_id: { join: [Phone, Seq] }
                  customer_id: [Customer, Phone]
                  channel: { value: sms }
                  direction: { column: Way, values: { I: inbound, O: outbound } }
                  sent_at: When
                only: { Type: [text, 7] }
            """
        let text = """
            Phone|Seq|Customer|Way|When|Type
            555|1|1001|I|10/05/2026 9:00 AM|text
            555|2||O|10/05/2026 9:30 AM|7
            555|3|1001|O|10/05/2026 9:31 AM|note

            """
        let (journal, exports) = try await orders(["dealership.yaml": yaml, "exports/texts_1.txt": text])
        #expect(exports.diagnostics.isEmpty)
        let log = journal.messages
        #expect(log.customer.map { journal.customers[$0] } == ["text·1001", "text·555"])
        #expect(log.channel.map(exports.header.name) == ["sms", "sms"])
        #expect(log.direction == [.inbound, .outbound])
        #expect(log.sentAt.map { Instant(seconds: $0).description } == ["2026-10-05T14:00:00Z", "2026-10-05T14:30:00Z"])
        #expect(exports.header.audits.map(\.rowsRead) == [3])
        #expect(exports.header.audits[0].setAside == [.leftOutByMapping: 1])
    }

    @Test("preamble, byte-order mark, tabs, CRLF and totals")
    func frame() async throws {
        let table = """
            \u{FEFF}Repair orders, Riverside\r
            \tfrom\t2026-10-01\r
            \r
            VISIT_ID\tcustomer_id\topened_at\tamount\r
            RO1\t1001\t20261005\t"$1,200.50"\r
            Summit\t1002\t2026-10-06\t(3)\r
            Grand total:\t\t\t1,197.50\r

            """
        let (journal, exports) = try await orders(["exports/service_visits.tsv": table])
        #expect(journal.orders.amount == [120_050, -300])
        #expect((0..<2).map { journal.orders.identifiers[$0] } == ["RO1", "Summit"])
        #expect(exports.header.audits[0].setAside == [.totalRow: 1])
        #expect(exports.diagnostics.map { $0.location?.row } == [7])
    }

    @Test("a name that begins like a total is no total")
    func summit() async throws {
        let table = "visit_id,customer_id,opened_at\nSummit 12,1001,soon\nTotal Auto 1,1002,\n"
        let (_, exports) = try await orders(["exports/service_visits.csv": table])
        #expect(exports.header.audits[0].setAside == [.unreadableTime: 1, .missingValue: 1])
    }

    @Test("gzip files of several members, with zeros behind")
    func gzip() async throws {
        // `visit_id,customer_id,opened_at⏎RO1,1001,2026-10-05⏎` and `RO2,1002,2026-10-06⏎`, each packed by gzip.
        let members = [
            "H4sIAAAAAAACAyvLLM4sic9M0UkuLS7Jz00tArHzC1LzUlPiE0u4gvwNdQwNDAx1jAyMzHQNDXQNTLkAJdKg7jMAAAA=",
            "H4sIAAAAAAACAwvyN9IxNDAw0jEyMDLTNTTQNTDjAgBfqiAVFAAAAA==",
        ]
        var bytes: [UInt8] = []
        for member in members { bytes += Array(try #require(Data(base64Encoded: member))) }
        for padding in [0, 512] {
            let folder = try Folder()
            try folder.write(bytes + [UInt8](repeating: 0, count: padding), to: "exports/service_visits.csv.gz")
            #expect(try await folder.read().group(0).orders.count == 2)
        }
    }

    @Test("two mappings of one table: numbers of one system once, of two systems apart")
    func twoMappings() async throws {
        func read(_ first: String, _ second: String) async throws -> GroupJournal {
            let yaml = """
                name: Riverside
                time-zone: America/Chicago
                exports:
                  service_visits:
                    - { file: a.csv, system: \(first) }
                    - { file: b.csv, system: \(second) }
                """
            let head = "visit_id,customer_id,opened_at\n"
            return try await orders([
                "dealership.yaml": yaml, "exports/a.csv": head + "RO1,1001,2026-10-05\nRO2,1002,2026-10-05\n",
                "exports/b.csv": head + "RO2,1002,2026-10-06\nRO3,1003,2026-10-06\n",
            ]).journal
        }
        let apart = try await read("north", "south")
        #expect(apart.orders.count == 4)
        #expect((0..<4).map { apart.orders.identifiers[$0] } == ["RO1", "RO2", "RO2 south", "RO3"])
        #expect(apart.faults.isEmpty)
        let same = try await read("dms", "dms")
        #expect((0..<3).map { same.orders.identifiers[$0] } == ["RO1", "RO2", "RO3"])
        #expect(same.orders.count == 3)
        #expect(same.faults.map(\.reason) == [.duplicateIdentifier])
    }

    @Test("without stores.csv: the only store is everybody's, several must be named, and their order is that of their ids")
    func openStores() async throws {
        let head = "visit_id,store_id,customer_id,opened_at\n"
        let plain = "sale_id,customer_id,sold_at\nD1,1001,2026-10-05\n"
        let none = try await orders(["exports/sales.csv": plain])
        #expect(none.exports.header.stores.map(\.identifier) == ["Riverside"])
        #expect(none.journal.sales.count == 1)
        let one = try await orders([
            "exports/sales.csv": plain, "exports/service_visits.csv": head + "RO1,S1,1001,2026-10-05\nRO2,,1001,2026-10-05\n",
        ])
        #expect(one.exports.header.stores.map(\.identifier) == ["S1"])
        #expect(one.journal.sales.store == [0] && one.journal.orders.store == [0, 0])
        let two = try await orders([
            "exports/sales.csv": plain, "exports/service_visits.csv": head + "RO1,S2,1001,2026-10-05\nRO2,S1,1001,2026-10-05\n",
        ])
        #expect(two.exports.header.stores.map(\.identifier) == ["S1", "S2"])
        #expect(two.journal.orders.identifiers[0] == "RO2" && two.journal.orders.store == [0])
        #expect(two.exports.diagnostics.map(\.code) == ["missing-store"])
        #expect(two.exports.header.audits.first { $0.table == .sales }?.setAside == [.missingStore: 1])
    }

    @Test("a date in 2062 in exports of any size")
    func dateAhead() async throws {
        for rows in [1, 2, 30, 49, 50, 60, 99, 100, 400] {
            var table = "sale_id,customer_id,sold_at\n"
            for row in 0..<rows { table += "D\(row),1001,2026-\(row % 2 == 0 ? 10 : 11)-0\(1 + row % 9)\n" }
            let (journal, exports) = try await orders(["exports/sales.csv": table + "X,1001,2062-10-05\n"])
            #expect(journal.faults.map(\.reason) == [.dateAhead], "\(rows) rows")
            #expect(exports.header.asOfDay < Day(number: 20_900), "\(rows) rows")
        }
    }

    @Test("people and outages: which of two rows counts does not depend on their order")
    func duplicatesInAnyOrder() async throws {
        let rows = ["O1,mail,2026-10-05 09:00,2026-10-05 10:00", "O1,mail,2026-10-05 09:00,2026-10-05 11:00"]
        var kept: Set<String> = []
        for order in [rows, rows.reversed()] {
            let exports = try await Folder([
                "exports/outages.csv": "outage_id,system,started_at,ended_at\n" + order.joined(separator: "\n") + "\n"
            ]).read()
            kept.formUnion(exports.header.outages.map { "\($0.end?.description ?? "")" })
            #expect(exports.header.audits[0].setAside == [.duplicateIdentifier: 1])
        }
        #expect(kept.count == 1)
    }

    @Test("an outage whose end cannot be read is set aside; one without an end is still open, one with a day lasts through it")
    func openOutage() async throws {
        let exports = try await Folder([
            "exports/outages.csv": """
                outage_id,system,started_at,ended_at
                O1,mail,2026-10-05 09:00,
                O2,mail,2026-10-05 09:00,later
                O3,mail,2026-10-05 09:00,2026-10-05

                """
        ]).read()
        #expect(exports.header.outages.map(\.identifier) == ["O1", "O3"])
        #expect(exports.header.outages.map(\.precision) == [.instant, .day])
        #expect(exports.header.audits[0].setAside == [.unreadableTime: 1])
    }
}
