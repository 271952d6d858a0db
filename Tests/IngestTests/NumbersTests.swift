import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

@Suite("Whose numbers")
struct NumberTests {
    @Test("two stores of a sharing group may number alike; one store may not twice")
    func stores() async throws {
        let head = "visit_id,store_id,customer_id,opened_at\n"
        let folder = try Folder([
            "dealership.yaml": """
                name: Riverside
                time-zone: America/Chicago
                exports:
                  service_visits: [{ file: a.csv, system: dms }, { file: b.csv, system: dms }]
                """,
            "exports/stores.csv": "store_id,sharing_group\nS1,north\nS2,north\n",
            "exports/a.csv": head + "RO1,S1,1001,2026-10-05\nRO1,S2,1002,2026-10-05\nRO1,S1,1003,2026-10-05\n",
            "exports/b.csv": head + "RO1,S2,1002,2026-10-05\nRO2,S2,1002,2026-10-05\nRO2,S1,1002,2026-10-05\n",
        ])
        let exports = try await folder.read()
        let journal = exports.group(0)
        #expect((0..<journal.orders.count).map { journal.orders.identifiers[Int32($0)] } == ["RO1", "RO1 S2", "RO2", "RO2 S1"])
        #expect(journal.orders.store == [0, 1, 1, 0])
        // Of the second file the same order again.
        #expect(journal.faults.map(\.reason) == [.duplicateIdentifier, .duplicateRow])
        #expect(exports.diagnostics(of: journal.faults).map(\.location).map { "\($0?.file ?? ""):\($0?.row ?? 0)" } == [
            "exports/a.csv:4", "exports/b.csv:2",
        ], "\(folder.path)")
    }

    @Test("conversations of two systems with one number are two; an export of a third system finds the one there is")
    func systems() async throws {
        let head = "message_id,conversation_id,customer_id,channel,direction,sent_at\n"
        let exports = try await Folder([
            "dealership.yaml": """
                name: Riverside
                time-zone: America/Chicago
                exports:
                  conversations: [{ file: crm.csv, system: crm }, { file: texts_state.csv, system: text }]
                  messages: [{ file: mail.csv, system: mail }, { file: texts.csv, system: text }]
                """,
            "exports/mail.csv": head + "M1,1,1001,email,inbound,2026-10-05 09:00\nM2,2,1001,email,inbound,2026-10-05 09:00\n",
            "exports/texts.csv": head + "T1,1,1002,sms,inbound,2026-10-05 09:00\nT2,3,1002,sms,inbound,2026-10-05 09:00\n",
            "exports/crm.csv": "conversation_id,status\n1,open\n2,closed\n3,withdrawn\n4,open\n",
            "exports/ratings.csv": "customer_id,rated_at,score,conversation_id\n7,2026-10-06,4,1\n7,2026-10-06,5,2\n",
            "exports/texts_state.csv": "conversation_id,status\n1,closed\n",
        ]).read()
        let journal = exports.group(0)
        #expect(journal.messages.thread.map { journal.threads[$0] } == ["mail·1", "mail·2", "text·1", "text·3"])
        #expect(journal.conversations.thread.map { journal.threads[$0] } == ["mail·2", "text·3", "crm·4", "text·1"])
        #expect(journal.ratings.thread.map { journal.threads[$0] } == ["", "mail·2"])
        #expect(journal.faults.map(\.reason) == [.severalSystems, .severalSystems])
        #expect(journal.faults.map(\.table) == [.conversations, .ratings])
        let audits = exports.header(counting: journal.faults).audits
        #expect(audits.filter { !$0.setAside.isEmpty }.map(\.label) == ["Conversations"])
        #expect(audits.filter { !$0.cellsSetAside.isEmpty }.map(\.label) == ["Ratings"])
    }

    @Test("with one system of messages every export's conversations are the same")
    func oneSystem() async throws {
        let exports = try await Folder([
            "dealership.yaml": """
                name: Riverside
                time-zone: America/Chicago
                exports:
                  conversations: { file: crm.csv, system: crm }
                  messages: { file: mail.csv, system: mail }
                """,
            "exports/mail.csv": "message_id,conversation_id,customer_id,channel,direction,sent_at\n"
                + "M1,1,1001,email,inbound,2026-10-05 09:00\n",
            "exports/crm.csv": "conversation_id,status\n1,open\n",
        ]).read()
        let journal = exports.group(0)
        #expect(journal.messages.thread == journal.conversations.thread)
    }
}

@Suite("Rows that contradict others")
struct ContradictionTests {
    @Test("a conversation stays with the store of its first message, whatever the order of the rows")
    func twoStores() async throws {
        let rows = [
            "M1,V1,S2,1001,email,inbound,2026-10-05 09:00", "M2,V1,S1,1001,email,outbound,2026-10-05 09:10",
            "M3,V1,S2,1001,email,outbound,2026-10-05 09:20", "M4,V2,S1,1001,email,inbound,2026-10-05 09:00",
            "M5,V2,S2,1001,email,inbound,2026-10-05 09:00",
        ]
        for order in [rows, rows.reversed()] {
            for group in ["north,north", "north,south"] {
                let groups = group.split(separator: ",")
                let exports = try await Folder([
                    "exports/stores.csv": "store_id,sharing_group\nS1,\(groups[0])\nS2,\(groups[1])\n",
                    "exports/messages.csv": "message_id,conversation_id,store_id,customer_id,channel,direction,sent_at\n"
                        + order.joined(separator: "\n") + "\n",
                ]).read()
                let journals = (0..<exports.groupCount).map { exports.group($0) }
                let lost = journals.flatMap(\.faults).map(\.reason)
                let audit = try #require(exports.header(counting: journals.flatMap(\.faults)).audits.first {
                    $0.table == .messages
                })
                #expect(audit.setAside == [.otherStore: 2] && audit.rowsKept == 3)
                #expect(journals.reduce(0) { $0 + $1.messages.count } == 3)
                if group == "north,north" {
                    #expect(lost == [.otherStore, .otherStore])
                    let log = journals[0].messages
                    let kept = zip(log.thread, log.store).map { thread, store in
                        journals[0].threads[thread] + exports.header.stores[Int(store)].identifier
                    }
                    #expect(kept.sorted() == ["V1S2", "V1S2", "V2S1"])
                    #expect(log.textHash.count == 3 && log.outcome.count == 3 && log.isAutomated.count == 3)
                } else {
                    #expect(lost.isEmpty && journals.map(\.messages.count) == [1, 2])
                }
            }
        }
    }

    @Test("a row of another store's conversation that lies after all exports as well is set aside once")
    func onceSetAside() async throws {
        for sharing in ["north,north", "north,south"] {
            let groups = sharing.split(separator: ",")
            let exports = try await Folder([
                "exports/stores.csv": "store_id,sharing_group\nS1,\(groups[0])\nS2,\(groups[1])\n",
                "exports/messages.csv": "message_id,conversation_id,store_id,customer_id,channel,direction,sent_at\n"
                    + "M1,V1,S2,1001,email,outbound,2026-10-05 09:40\nM2,V1,S1,1001,email,inbound,2026-10-05 09:00\n",
                "exports/remedies.csv": "remedy_id,outage_id,customer_id,kind,amount,given_at\n"
                    + "R1,OUT-1,1001,apology,0,2006-10-05 08:59\n",
            ]).read()
            let faults = (0..<exports.groupCount).flatMap { exports.group($0).faults }
            let audit = try #require(exports.header(counting: faults).audits.first { $0.table == .messages })
            #expect(audit.rowsRead == 2 && audit.setAside.values.reduce(0, +) == 2, "\(sharing): \(audit.setAside)")
            if sharing == "north,south" { #expect(audit.setAside == [.otherStore: 1, .dateAhead: 1]) }
        }
    }

    @Test("stores that share nothing may number alike: another customer, or so many that it cannot be a slip")
    func numberedAlike() async throws {
        let head = "message_id,conversation_id,store_id,customer_id,channel,direction,sent_at\n"
        func lost(_ rows: [String]) async throws -> [Int?] {
            let exports = try await Folder(["exports/messages.csv": head + rows.joined(separator: "\n") + "\n"]).read()
            #expect(exports.header.groups.count == 2)
            #expect((0..<2).reduce(0) { $0 + exports.group($1).messages.count } + exports.diagnostics.count == rows.count)
            return exports.diagnostics.filter { $0.code == "two-stores" }.map { $0.location?.row }
        }
        let first = "M1,V1,S1,1001,email,inbound,2026-10-05 09:00"
        #expect(try await lost([first, "M2,V1,S2,1001,email,outbound,2026-10-05 09:10"]) == [3])
        #expect(try await lost([first, "M2,V1,S2,1002,email,outbound,2026-10-05 09:10"]) == [])
        #expect(try await lost([first, "M2,,S2,1001,email,outbound,2026-10-05 09:10"]) == [])
        // The repetition of a row that is set aside is no second fault.
        let again = "M2,V1,S2,1001,email,outbound,2026-10-05 09:10"
        #expect(try await lost([first, again, again]) == [3, 4])
        func numbered(_ alike: Int, of all: Int) -> [String] {
            (0..<all).map { "M\($0),V\($0),S1,\($0),email,inbound,2026-10-05 09:00" }
                + (0..<alike).map { "N\($0),V\($0),S2,\($0),email,inbound,2026-10-05 10:00" }
        }
        #expect(try await lost(numbered(20, of: 30)).count == 20)
        #expect(try await lost(numbered(21, of: 30)).isEmpty)
        #expect(try await lost(numbered(21, of: 210)).count == 21)
    }

    @Test("who is not among the people answers for nobody, and the answer counts")
    func unknownPerson() async throws {
        let messages = "message_id,conversation_id,customer_id,channel,direction,person_id,sent_at,automated\n"
            + "M1,V1,1001,email,outbound,P9,2026-10-05 09:00,\nM2,V1,1001,email,outbound,P1,2026-10-05 09:00,\n"
            + "M3,V1,1001,email,outbound,P9,2026-10-05 09:00,\nM4,V1,1001,email,outbound,BOT,2026-10-05 09:00,yes\n"
        let known = try await Folder(["exports/people.csv": "person_id\nP1\n", "exports/messages.csv": messages]).read()
        let journal = known.group(0)
        #expect(journal.messages.person.map { journal.people[$0] } == ["", "P1", "", "BOT"])
        #expect(journal.faults.map(\.rows) == [2] && journal.faults.map(\.isOfCell) == [true])
        let audit = try #require(known.header(counting: journal.faults).audits.first)
        #expect(audit.cellsSetAside == [.unknownPerson: 2] && audit.unreadableCells == 2)
        #expect(audit.rowsSetAside == 0 && audit.rowsKept == 4)
        let nobodyListed = try await Folder(["exports/messages.csv": messages]).read().group(0)
        #expect(nobodyListed.faults.isEmpty && !nobodyListed.messages.person.contains(-1))
    }

    @Test("cells behind the header's last: empty ones are nothing, others move what the row says")
    func extraCells() async throws {
        let exports = try await Folder([
            "exports/sales.csv": "sale_id,customer_id,sold_at\nD1,1001,2026-10-05,,\nD2,1001,2026-10-05,Smith\n"
                + "D3,1001,2026-10-05,,,,,,,,,,,,,,,,\nD4,1001,2026-10-05,\"a,b\"\n"
        ]).read()
        let journal = exports.group(0)
        #expect((0..<journal.sales.count).map { journal.sales.identifiers[Int32($0)] } == ["D1", "D3"])
        #expect(exports.header.audits[0].setAside == [.extraCells: 2])
        #expect(exports.diagnostics.map { $0.location?.row } == [3, 5])
    }

    @Test("without a day in any export there is no as-of day")
    func noDays() async throws {
        #expect(try await Folder().read().header.hasNoDays)
        #expect(try await Folder(["exports/people.csv": "person_id\nP1\n"]).read().header.hasNoDays)
        #expect(try await !Folder(["exports/sales.csv": "sale_id,customer_id,sold_at\nD1,1,2026-10-05\n"]).read().header.hasNoDays)
    }
}
