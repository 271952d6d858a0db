import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

private func written(_ instant: Instant) -> String { instant.description }

@Suite("Absences")
struct AbsenceTests {
    @Test("whole days last through the last one, times to the second, by the clock of the person's store")
    func clocks() async throws {
        let folder = try Folder([
            "exports/stores.csv": "store_id,time_zone\nE,America/New_York\nW,America/Los_Angeles\n",
            "exports/people.csv": "person_id,store_id\nP1,E\nP2,W\n",
            "exports/absences.csv": """
                person_id,from,to,reason
                P2,2026-10-05,2026-10-06,vacation
                P1,2026-10-05,2026-10-05,vacation
                P1,2026-10-01 09:00,2026-10-01 12:30,doctor
                P2,2026-10-20T09:00:00Z,2026-10-20T10:00:00+00:00,doctor
                P1,2026-10-31,2026-11-01,the day has 25 hours

                """,
        ])
        let exports = try await folder.read()
        let absences = exports.header.absences
        #expect(absences["P1"]?.map { written($0.start) } == [
            "2026-10-01T13:00:00Z", "2026-10-05T04:00:00Z", "2026-10-31T04:00:00Z",
        ])
        #expect(absences["P1"]?.map { $0.end - $0.start } == [3 * 3_600 + 1_800, 86_400, 49 * 3_600])
        #expect(absences["P2"]?.map { written($0.start) } == ["2026-10-05T07:00:00Z", "2026-10-20T09:00:00Z"])
        #expect(absences["P2"]?.map { written($0.end) } == ["2026-10-07T07:00:00Z", "2026-10-20T10:00:00Z"])
        #expect(exports.diagnostics.isEmpty)
        let source = try #require(absences["P1"]?.first?.source)
        #expect(exports.location(of: source).row == 4, "\(folder.path)")
    }

    @Test("the mapping's zone and order of dates hold")
    func mapped() async throws {
        let exports = try await Folder([
            "dealership.yaml": """
                name: Riverside
                time-zone: America/Chicago
                exports:
                  absences: { file: leave.csv, dates: dmy, time-zone: UTC, columns: { person_id: Who } }
                """,
            "exports/leave.csv": "Who,from,to\nP1,5/10/2026 09:00,6/10/2026\n",
        ]).read()
        let absence = try #require(exports.header.absences["P1"]?.first)
        #expect(written(absence.start) == "2026-10-05T09:00:00Z" && written(absence.end) == "2026-10-07T00:00:00Z")
    }

    @Test("overlapping absences are one time away; the same row twice is one absence")
    func union() async throws {
        let exports = try await Folder([
            "exports/absences.csv": "person_id,from,to\n"
                + "P1,2026-10-05,2026-10-07\nP1,2026-10-06,2026-10-08\nP1,2026-10-05,2026-10-07\n"
        ]).read()
        #expect(exports.header.absences["P1"]?.count == 2)
        #expect(exports.header.absence(of: "P1").seconds == 4 * 86_400)
        #expect(exports.header.absence(of: "P2").isEmpty)
        #expect(exports.header.audits[0].setAside == [.duplicateRow: 1])
    }

    @Test("what cannot be read, ends before it starts or is of nobody known is set aside")
    func faults() async throws {
        let exports = try await Folder([
            "exports/people.csv": "person_id\nP1\n",
            "exports/absences.csv": "person_id,from,to\n"
                + "P1,2026-10-05,soon\nP1,2026-10-05,2026-10-04\nP2,2026-10-05,2026-10-07\nP1,,2026-10-07\n",
        ]).read()
        #expect(exports.header.absences.isEmpty)
        #expect(exports.header.audits[0].setAside == [
            .unreadableTime: 1, .endsBeforeStart: 1, .unknownPerson: 1, .missingValue: 1,
        ])
        #expect(exports.diagnostics.map { "\($0.location?.row ?? 0) \($0.location?.column ?? "")" } == [
            "2 to", "3 to", "4 person_id", "5 from",
        ])
    }

    @Test("a time the clock skips is moved on and noted")
    func skipped() async throws {
        let exports = try await Folder([
            "exports/absences.csv": "person_id,from,to\nP1,2026-03-08 02:30,2026-03-08 12:00\n"
        ]).read()
        #expect(exports.header.absences["P1"]?.map { written($0.start) } == ["2026-03-08T08:30:00Z"])
        #expect(exports.header.audits[0].skippedLocalTimes == 1)
        #expect(exports.diagnostics.map(\.code) == ["skipped-local-time"])
    }
}

@Suite("Assignments")
struct AssignmentTests {
    private static let header = "conversation_id,assigned_to,assigned_at,status,due_at,resolved_at\n"

    private func journal(_ rows: [String]) async throws -> GroupJournal {
        try await Folder(["exports/conversations.csv": Self.header + rows.joined(separator: "\n") + "\n"]).read().group(0)
    }

    @Test("rows of one conversation are its history; what else they say is the latest's; the order of rows is nothing")
    func history() async throws {
        let rows = [
            "V1,P1,2026-10-05 09:00,open,2026-10-06 12:00,",
            "V1,P2,2026-10-05 11:00,closed,,2026-10-05 12:00",
            "V1,,2026-10-05 10:00,open,,",
            "V2,P3,,open,,",
            "V3,,,closed,,",
        ]
        for order in [rows, rows.reversed(), [rows[2], rows[4], rows[0], rows[3], rows[1]]] {
            let journal = try await journal(order)
            #expect(journal.faults.isEmpty)
            let thread = { (name: String) in try #require(journal.threads.code(of: name)) }
            let log = journal.assignments
            func lines(_ name: String) throws -> [String] {
                log.range(ofThread: try thread(name)).map { row in
                    let at = log.at[row] == .min ? "-" : Instant(seconds: log.at[row]).description
                    return "\(journal.people[log.person[row]]) \(at)"
                }
            }
            #expect(try lines("V1") == ["P1 2026-10-05T14:00:00Z", " 2026-10-05T15:00:00Z", "P2 2026-10-05T16:00:00Z"])
            #expect(try lines("V2") == ["P3 -"])
            #expect(try lines("V3") == [])
            let first = try thread("V1")
            let start = try #require(Day(year: 2026, month: 10, day: 5)).number
            let at = { (hour: Int64) in Int64(start) * 86_400 + (hour + 5) * 3_600 }
            #expect([8, 9, 10, 11, 30].map { journal.people[log.person(ofThread: first, at: at($0))] } == [
                "", "P1", "", "P2", "P2",
            ])
            #expect(journal.people[log.person(ofThread: try thread("V2"), at: 0)] == "P3")

            let conversations = journal.conversations
            #expect(conversations.count == 3)
            let row = try #require(conversations.thread.firstIndex(of: first))
            #expect(journal.people[conversations.assignee[row]] == "P2")
            #expect(conversations.status[row] == .closed)
            #expect(conversations.dueAt[row].instant.description == "2026-10-06T17:00:00Z")
            #expect(conversations.resolvedAt[row].instant.description == "2026-10-05T17:00:00Z")
        }
    }

    @Test("the same row again is a repetition; the same time with other content is a contradiction")
    func duplicates() async throws {
        let row = "V1,P1,2026-10-05 09:00,open,,"
        let again = try await journal([row, row])
        #expect(again.conversations.count == 1 && again.assignments.count == 1)
        #expect(again.faults.map(\.reason) == [.duplicateRow])
        let other = try await journal([row, "V1,P2,2026-10-05 09:00,open,,"])
        #expect(other.assignments.person.map { other.people[$0] } == ["P1"])
        #expect(other.faults.map(\.reason) == [.duplicateIdentifier])
        #expect(other.faults.map(\.column) == ["conversation_id"])
    }

    @Test("an assignment in two exports counts once, the first export's")
    func twoExports() async throws {
        let journal = try await Folder([
            "dealership.yaml": """
                name: Riverside
                time-zone: America/Chicago
                exports:
                  conversations: [{ file: a.csv }, { file: b.csv }]
                """,
            "exports/a.csv": Self.header + "V1,P1,2026-10-05 09:00,open,,\nV2,P1,2026-10-05 09:00,open,,\n",
            "exports/b.csv": Self.header + "V1,P1,2026-10-05 09:00,open,,\nV2,P2,2026-10-05 09:00,open,,\n"
                + "V2,P3,2026-10-05 10:00,,,\n",
        ]).read().group(0)
        #expect(journal.assignments.person.map { journal.people[$0] } == ["P1", "P1", "P3"])
        #expect(journal.faults.map(\.reason).sorted() == [.duplicateRow, .duplicateIdentifier])
    }
}

@Suite("One system's messages in two exports")
struct RepeatedMessagesTests {
    static let header = "message_id,conversation_id,customer_id,channel,direction,sent_at\n"

    @Test("the same message counts once; the same number with other content is another message")
    func repeated() async throws {
        func read(_ systems: (String, String)) async throws -> (exports: StagedExports, journal: GroupJournal) {
            let exports = try await Folder([
                "dealership.yaml": """
                    name: Riverside
                    time-zone: America/Chicago
                    exports:
                      messages: [{ file: a.csv, system: \(systems.0) }, { file: b.csv, system: \(systems.1) }]
                    """,
                "exports/a.csv": Self.header + "1,V1,P1,sms,inbound,2026-10-05 09:00\n2,V2,P2,sms,inbound,2026-10-05 09:00\n",
                "exports/b.csv": Self.header + "1,V1,P1,sms,inbound,2026-10-05 09:00\n2,V9,P2,email,inbound,2026-10-05 11:00\n"
                    + "3,V3,P2,email,inbound,2026-10-05 12:00\n",
            ]).read()
            return (exports, exports.group(0))
        }
        let (exports, one) = try await read(("crm", "crm"))
        #expect(one.messages.count == 4)
        #expect(one.faults.map(\.reason) == [.duplicateRow])
        #expect(exports.header(counting: one.faults).audits.map(\.rowsSetAside) == [0, 1])
        let two = try await read(("crm", "phones")).journal
        #expect(two.messages.count == 5 && two.faults.isEmpty)
    }
}

@Suite("Ratings and texts")
struct RatingTests {
    @Test("scores in thousandths, with conversation and store where they are given")
    func ratings() async throws {
        let exports = try await Folder([
            "exports/messages.csv": "message_id,conversation_id,customer_id,channel,direction,sent_at\n"
                + "M1,V1,1001,email,inbound,2026-10-05 09:00\n",
            "exports/ratings.csv": "customer_id,rated_at,score,conversation_id\n"
                + "1001,2026-10-06,4.5,V1\n1001,2026-10-07 10:00,5,\n1002,2026-10-07 10:00,good,\n1001,2026-10-06,4.5,V1\n",
        ]).read()
        let journal = exports.group(0)
        #expect(journal.ratings.score == [4_500, 5_000])
        #expect(journal.ratings.thread == [journal.threads.code(of: "V1") ?? -2, -1])
        #expect(journal.ratings.customer.map { journal.customers[$0] } == ["·1001", "·1001"])
        #expect(journal.ratings.store == [0, 0])
        #expect(journal.ratings.ratedAt.map(\.isDateOnly) == [true, false])
        #expect(journal.faults.map(\.reason) == [.duplicateRow])
        #expect(exports.header.audits.first { $0.table == .ratings }?.setAside == [.unreadableNumber: 1])
    }

    @Test("numbers with decimals", arguments: [
        ("4", 4_000), ("4.5", 4_500), ("-0.25", -250), ("+3.", 3_000), (".5", 500), ("2.0005", 2_001), ("-2.0005", -2_001),
        ("1.23449", 1_234),
    ])
    func thousandths(text: String, value: Int64) {
        #expect(thousandths(of: text) == value)
    }

    @Test("what is no number", arguments: ["", "-", ".", "4,5", "1e3", "4.5.1", "9999999999999999", "five"])
    func noNumber(text: String) {
        #expect(thousandths(of: text) == nil)
    }

    private func thousandths(of text: String) -> Int64? {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { FieldText($0, from: 0, to: bytes.count).thousandths() } ?? nil
        }
    }

    @Test("equal text hashes are equal, others are not, and none is 0")
    func textHash() async throws {
        let texts = ["", "a", "b", "a", "abcdefgh", "abcdefgi", "abcdefgha", "hgfedcba", "aaaaaaaa", "aaaaaaaaa"]
        let rows = texts.enumerated().map { "M\($0.offset),1001,email,inbound,2026-10-05 09:00,\($0.element)" }
        let journal = try await Folder([
            "exports/messages.csv": "message_id,customer_id,channel,direction,sent_at,text_hash\n"
                + rows.joined(separator: "\n") + "\n"
        ]).read().group(0)
        for (a, x) in zip(texts, journal.messages.textHash) {
            #expect((x == 0) == a.isEmpty)
            for (b, y) in zip(texts, journal.messages.textHash) { #expect((a == b) == (x == y), "\(a) \(b)") }
        }
    }

    @Test("a whole text as text_hash stands for itself; a conversation's number too long is passed over, a message's is not")
    func longTexts() async throws {
        let long = String(repeating: "We have your car ready. ", count: 40)
        let number = String(repeating: "7", count: 251)
        let exports = try await Folder([
            "exports/messages.csv": "message_id,conversation_id,customer_id,channel,direction,sent_at,text_hash\n"
                + "M1,V1,1001,email,outbound,2026-10-05 09:00,\(long)\nM2,V2,1002,email,outbound,2026-10-05 09:00,\(long)\n"
                + "M3,V3,1002,email,outbound,2026-10-05 09:00,\(long)!\nM4,\(number),1002,email,outbound,2026-10-05 09:00,\n"
                + "\(number),V5,1002,email,outbound,2026-10-05 09:00,\n"
        ]).read()
        let messages = exports.group(0).messages
        #expect(messages.count == 4)
        #expect(messages.textHash[0] == messages.textHash[1] && messages.textHash[0] != messages.textHash[2])
        #expect(messages.thread.count { $0 >= 0 } == 3)
        #expect(exports.header.audits[0].setAside == [.tooLong: 1])
        #expect(exports.header.audits[0].cellsSetAside == [.tooLong: 1])
    }
}
