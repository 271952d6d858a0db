import Basis
import Dealership
import Foundation
import Ingest
import Measures
import Testing

/// Customer-care messages: conversations by the export's thread, all answered.
struct CareTests {
    @Test func `half were answered within 7,481 seconds, nine in ten within 200,095`() async throws {
        let folder = try await RealFolder.read("care")
        for clock in FirstResponseTime.Clock.allCases {
            let spec = TableSpec(
                name: "all", request: RealFolder.firstResponse(.settings, clock), by: [],
                columns: ["conversations", "answered", "waiting", "p50", "p90"])
            // No hours are given: open time is wall time.
            #expect(
                try folder.rows(spec)[[]] == [
                    "conversations": "1025", "answered": "1025", "waiting": "0", "p50": "7481", "p90": "200095",
                ])
        }
    }

    @Test func `every message is read under a number made of conversation and turn`() async throws {
        let folder = try await RealFolder.read("care")
        #expect(folder.exports.diagnostics.isEmpty)
        let journal = folder.exports.group(0)
        #expect(journal.messages.count == 2_350)
        #expect(journal.threads.count == 1_025)
        #expect(journal.faults.isEmpty)
    }

    @Test func `companies are told apart by department`() async throws {
        let folder = try await RealFolder.read("care")
        let spec = TableSpec(
            name: "companies", request: RealFolder.firstResponse(.settings, .wall), by: [.department],
            columns: ["conversations", "p50"])
        let ours = try folder.rows(spec)
        var waits: [[String]: [Int]] = [:]
        var begun: [String: String] = [:]
        var isAnswered: Set<String> = []
        for row in try PlainExport("care/exports/twitter_care_messages.csv").rows.sorted(by: {
            ($0["sent_at_utc"] ?? "", $0["direction"] ?? "") < ($1["sent_at_utc"] ?? "", $1["direction"] ?? "")
        }) {
            guard let conversation = row["conversation_id"], let sent = row["sent_at_utc"] else { continue }
            if row["direction"] == "inbound" {
                if begun[conversation] == nil { begun[conversation] = sent }
            } else if let start = begun[conversation], isAnswered.insert(conversation).inserted {
                waits[[row["company"] ?? ""], default: []].append(try seconds(from: start, to: sent))
            }
        }
        #expect(ours.count == 25)
        #expect(
            ours == waits.mapValues { waits in
                let rank = (waits.count + 1) / 2
                return ["conversations": String(waits.count), "p50": String(waits.sorted()[rank - 1])]
            })
    }
}
