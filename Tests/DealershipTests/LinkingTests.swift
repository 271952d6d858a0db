import Basis
import Definitions
import Foundation
import Ingest
import Testing

@testable import Dealership

/// Facts of the first sharing group of a folder with these files.
private func facts(_ files: [String: String], yaml: String = "") async throws -> Facts {
    let path = FileManager.default.temporaryDirectory.appending(path: "kpi-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: "\(path)/exports", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(path)/exports/\(name).csv")) }
    let text = "name: Riverside\ntime-zone: America/Chicago\n" + yaml
    let settings = try DealershipFile.read(bytes: Array(text.utf8), file: "dealership.yaml").value
    let exports = try await StagedExports.read(directory: path, settings: settings, tasks: 1)
    let context = LinkingContext(header: exports.header, parameters: LinkingParameters(settings))
    return Facts(exports.group(0), context: context)
}

private let orderHeader = "visit_id,customer_id,vin,opened_at\n"
private let saleHeader = "sale_id,customer_id,vin,trade_vin,sold_at\n"
private let messageHeader = "message_id,conversation_id,customer_id,channel,direction,sent_at\n"

@Suite("Linking")
struct LinkingTests {
    @Test("work on a car before its delivery is preparation, by days where a date has no time")
    func preparation() async throws {
        for sold in ["2026-10-05", "2026-10-05 18:00"] {
            let found = try await facts([
                "service_visits": orderHeader + "RO1,1,CAR,2026-10-05 10:00\nRO2,1,CAR,2026-10-06 10:00\n",
                "sales": saleHeader + "D1,1,CAR,,\(sold)\nD2,9,,,2026-12-01\n",
            ])
            #expect(found.visits.day.map(\.description) == ["2026-10-06"])
            #expect(found.visits.leftOut.map(\.reason) == [.preparation])
        }
    }

    @Test("who trades the car in keeps his visits, and is not taken for who buys it next")
    func tradedIn() async throws {
        let found = try await facts([
            "service_visits": orderHeader + "RO9,77,OLD,2026-11-20\nRO1,1,OLD,2026-10-01\nRO2,5,OLD,2026-10-20\n",
            "sales": saleHeader + "D1,2,NEW,OLD,2026-10-10\nD2,77,OLD,,2026-11-01\n",
        ])
        // RO2 was ours between trade-in and delivery; RO9 is the new owner's.
        #expect(found.visits.order.map { found.journal.orders.identifiers[Int32($0)] } == ["RO1", "RO9"])
        let code = { (number: String) in found.journal.customers.code(of: "·\(number)") ?? -1 }
        #expect(code("1") >= 0 && code("77") >= 0)
        #expect(found.identity[code("1")] == found.identity[code("2")])
        #expect(found.identity[code("1")] != found.identity[code("77")])
        #expect(found.sales.visit.map { $0 >= 0 } == [true, false])
    }

    @Test("our only message before the question is no answer; five minutes before or less, its row is named")
    func replyBeforeQuestion() async throws {
        for (sent, isNamed) in [("08:55", true), ("08:54", false)] {
            let found = try await facts([
                "messages": messageHeader + "M1,V1,1,email,inbound,2026-10-05 09:00\nM2,V1,1,email,outbound,2026-10-05 \(sent)\n"
            ], yaml: "conversations: { answer-on: same }\n")
            #expect(found.conversations.leftOut == [.counted])
            #expect(found.conversations.reply == [ConversationFacts.none])
            #expect(found.conversations.faults.map(\.kind) == (isNamed ? [.writtenJustBefore] : []))
        }
    }

    @Test("waits before a stated coverage are not 0")
    func beforeCoverage() async throws {
        let found = try await facts([
            "messages": messageHeader + "M1,V1,1,email,inbound,2026-08-05 09:00\nM2,V1,1,email,outbound,2026-08-05 09:10\n"
                + "M3,V2,1,email,inbound,2026-10-05 09:00\n"
        ], yaml: "exports: { messages: { file: messages.csv, covered-from: 2026-10-01 } }\n")
        #expect(found.conversations.openWait.first == 600)
    }

    @Test("due on a day: by its end")
    func dueOnADay() async throws {
        let found = try await facts([
            "conversations": "conversation_id,customer_id,channel,opened_at,due_at\nV1,1,web,2026-10-05 09:00,2026-10-06\n"
        ])
        #expect(found.conversations.due.map { Instant(seconds: $0).description } == ["2026-10-07T04:59:59Z"])
    }

    @Test("a visit is mature when its last day is covered, in every zone", arguments: [("2026-12-04", 0), ("2026-12-05", 1)])
    func maturity(sold: String, mature: Int) async throws {
        let found = try await facts([
            "stores": "store_id,time_zone,sharing_group\nE,America/New_York,x\nW,America/Los_Angeles,x\n",
            "service_visits": "visit_id,store_id,customer_id,opened_at\nRO1,E,1,2026-10-06\nRO2,W,2,2026-10-06\n",
            "sales": "sale_id,store_id,customer_id,sold_at\nD1,W,9,\(sold)\n",
        ])
        let watched = (0..<found.visits.count).filter { visit in
            found.lastWatchedDay(store: found.visits.store[visit]) - found.visits.day[visit] >= 60
        }
        #expect(watched.count == mature * 2)
    }
}
