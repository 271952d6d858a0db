import Basis
import Dealership
import Testing

@testable import Ingest

/// A group's journal as text, in reading order.
func describe(_ exports: StagedExports) -> String {
    var text = "stores \(exports.header.stores.map(\.identifier)) as of \(exports.header.asOf) \(exports.header.names)\n"
    for audit in exports.header.audits {
        let reasons = audit.setAside.sorted { $0.key < $1.key }.map { "\($0.key.code) \($0.value)" }.joined(separator: ", ")
        text += "\(audit.label) \(audit.rowsRead) [\(reasons)] \(audit.firstDay.map(\.description) ?? "")"
        text += " \(audit.lastDay.map(\.description) ?? "") \(audit.rowsByDay.values.reduce(0, +))\n"
    }
    for (person, absences) in exports.header.absences.sorted(by: { $0.key < $1.key }) {
        text += "\(person) away \(absences.map { "\($0.start) \($0.end) \($0.source.offset)" })\n"
    }
    for group in 0..<exports.groupCount {
        let journal = exports.group(group)
        let orders = journal.orders
        for i in 0..<orders.count {
            text += "order \(orders.identifiers[Int32(i)]) \(exports.header.stores[Int(orders.store[i])].identifier)"
            text += " \(journal.customers[orders.customer[i]]) \(orders.openedAt[i].instant) \(orders.amount[i])\n"
        }
        let log = journal.messages
        for i in 0..<log.count {
            text += "message \(journal.threads[log.thread[i]]) \(journal.customers[log.customer[i]])"
            text += " \(exports.header.name(log.channel[i])) \(log.direction[i]) \(log.sentAt[i])"
            text += " \(journal.people[log.person[i]]) \(log.textHash[i])\n"
        }
        let assigned = journal.assignments
        for i in 0..<assigned.count {
            text += "assigned \(journal.threads[assigned.thread[i]]) \(journal.people[assigned.person[i]]) \(assigned.at[i])\n"
        }
        let ratings = journal.ratings
        for i in 0..<ratings.count {
            text += "rating \(journal.customers[ratings.customer[i]]) \(ratings.score[i]) \(ratings.ratedAt[i].instant)\n"
        }
        text += journal.faults.map { "fault \($0.reason.code) \($0.source.offset)\n" }.sorted().joined()
    }
    return text + exports.diagnostics.map { $0.rendered(showValues: true) + "\n" }.joined()
}

@Suite("Parts of a file")
struct PartsTests {
    /// Orders with everything that makes a guess at a part's beginning wrong.
    private static func export(_ random: inout Generator, rows: Int) -> String {
        let end = random.chance(500) ? "\n" : "\r\n"
        var text = "visit_id,store_id,note,customer_id,opened_at,amount" + end
        for row in 0..<rows {
            let notes = [
                "plain", "\"two\(end)lines\"", "\"a\n\n\nRO9,S9,x,1,2026-10-05,1\n\"", "\"say \"\"yes\"\"\"", "", "\"\"",
                "\"comma, and \(end)\"", "5\" tyre",
            ]
            let id = random.chance(30) ? "RO0" : "RO\(row)"
            let when = random.chance(50) ? "never" : "2026-10-\(10 + random.below(20)) 0\(random.below(10)):15"
            text += "\(id),S\(random.below(3)),\(random.pick(notes)),C\(random.below(9)),\(when),\"1,\(100 + row % 900).50\"\(end)"
        }
        if random.chance(500) { text.removeLast(end.unicodeScalars.count == 1 ? 1 : 1) }
        if random.chance(200) { text += "RO-last,S1,\"never closed,C1,2026-10-05,1\n1,2,3,4,5\n" }
        return text
    }

    /// Tasks, and bytes of rows that may stay in memory: all, none, some.
    private static let ways = [(1, Int.max), (3, Int.max), (1, 0), (3, 0), (2, 900)]

    @Test("the same rows, places and faults whatever their size", arguments: 0..<8)
    func anySize(seed: Int) async throws {
        var random = Generator(UInt64(seed) + 77)
        let folder = try Folder(["exports/service_visits.csv": Self.export(&random, rows: 60)])
        let whole = describe(try await folder.read(tasks: 1, partSize: 1 << 20))
        for size in [16, 17, 40, 64, 100, 333, 1_000, 2_500] {
            for (tasks, memory) in Self.ways {
                let parts = describe(try await folder.read(tasks: tasks, partSize: size, memory: memory))
                #expect(parts == whole, "parts of \(size) bytes on \(tasks) tasks, \(memory) bytes in memory")
            }
        }
    }

    @Test("every table of a conversation, whatever the size", arguments: 0..<4)
    func conversations(seed: Int) async throws {
        var random = Generator(UInt64(seed) + 177)
        var (messages, assigned, ratings, absences) = ("", "", "", "")
        for row in 0..<80 {
            let when = "2026-10-\(10 + random.below(20)) 0\(random.below(10)):15"
            let store = "S\(random.below(10) == 0 ? 1 : 0)"
            messages += "M\(row),V\(random.below(20)),\(store),C\(random.below(9)),sms,"
            messages += "\(random.pick(["inbound", "outbound", "inbuond"])),P\(random.below(4)),\(when),"
            messages += "\(random.pick(["", "aa", "ab"]))\n"
            assigned += "V\(random.below(20)),S0,P\(random.below(4)),\(when),\(random.pick(["open", "closed", ""]))\n"
            ratings += "C\(random.below(3)),S0,2026-10-1\(random.below(3)),\(random.below(6)).5\n"
            absences += "P\(random.below(4)),2026-10-1\(random.below(9)),2026-10-1\(random.below(9))\n"
        }
        let folder = try Folder([
            "exports/stores.csv": "store_id,sharing_group\nS0,x\nS1,x\n",
            "exports/people.csv": "person_id,store_id\nP0,S0\nP1,S0\nP2,S1\n",
            "exports/messages.csv":
                "message_id,conversation_id,store_id,customer_id,channel,direction,person_id,sent_at,text_hash\n" + messages,
            "exports/conversations.csv": "conversation_id,store_id,assigned_to,assigned_at,status\n" + assigned,
            "exports/ratings.csv": "customer_id,store_id,rated_at,score\n" + ratings,
            "exports/absences.csv": "person_id,from,to\n" + absences,
        ])
        let whole = describe(try await folder.read(tasks: 1, partSize: 1 << 20))
        for word in ["fault two-stores", "fault unknown-person", "assigned V", "rating ·C", "P1 away", "unknown-choice"] {
            #expect(whole.contains(word), "\(word)")
        }
        for size in [40, 333, 1_000] {
            for (tasks, memory) in Self.ways {
                let parts = describe(try await folder.read(tasks: tasks, partSize: size, memory: memory))
                #expect(parts == whole, "\(size) bytes, \(tasks) tasks, \(memory) bytes in memory")
            }
        }
    }

    @Test("stores that rows name, met in any order, with rows that stand in a file")
    func openStores() async throws {
        var rows = ""
        for row in 0..<90 { rows += "RO\(row),S\(row * 7 % 9),C\(row % 5),2026-10-0\(1 + row % 9) 09:15\n" }
        let folder = try Folder(["exports/service_visits.csv": "visit_id,store_id,customer_id,opened_at\n" + rows])
        let whole = describe(try await folder.read(tasks: 1, partSize: 1 << 20))
        for (tasks, memory) in Self.ways {
            #expect(describe(try await folder.read(tasks: tasks, partSize: 200, memory: memory)) == whole)
        }
    }

    @Test("a record longer than a part and than what is read behind it")
    func longRecord() async throws {
        let long = String(repeating: "word ", count: 40_000)
        let folder = try Folder([
            "exports/service_visits.csv": "visit_id,note,customer_id,opened_at\nRO1,\"\(long)\n\(long)\",C1,2026-10-05\n"
                + "RO2,,C2,2026-10-06\nRO3,,C3,soon\n"
        ])
        let exports = try await folder.read(partSize: 1_000)
        #expect(exports.group(0).orders.count == 2)
        #expect(exports.diagnostics.map { $0.location?.row } == [5])
    }
}
