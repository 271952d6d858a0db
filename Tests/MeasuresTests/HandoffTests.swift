import Basis
import Dealership
import Ingest
import Measures
import Testing

/// What one department asks of another, and its first word.
@Suite struct HandoffTests {
    private static let yaml = """
        name: Riverside
        time-zone: America/Chicago
        hours: { mon-fri: "08:00-18:00" }
        targets: { handoff: 4 h }
        conversations: { gap: 3 days }
        """
    /// `thread,department,to,direction,sent_at,automated`, one message each; Thursday 1 October 2026 is the first day.
    private func rows(_ lines: [String], asOf: String = "2026-10-30 17:00") async throws -> [String: [Cell]] {
        var text = "message_id,conversation_id,customer_id,channel,direction,person_id,department,to_department,sent_at,automated\n"
        for (number, line) in lines.enumerated() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            text += "m\(number),\(cells[0]),c1,task,\(cells[3]),p1,\(cells[1]),\(cells[2]),\(cells[4]),\(cells[5])\n"
        }
        // The log goes on to its end, so that silence has had its time.
        text += "last,zz,c9,email,outbound,p1,service,,\(asOf),no\n"
        let exports = try await Folder(["dealership.yaml": Self.yaml, "exports/messages.csv": text]).read()
        let columns = ["handoffs", "in_time", "late", "unanswered", "still_within"]
        let spec = TableSpec(
            name: "h", request: MeasureRequest(Handoffs(targetSeconds: 14_400, minimumN: 1)),
            by: [.department, .toDepartment], columns: columns)
        var found: [String: [Cell]] = [:]
        for row in tabulate(exports, [spec])[0].rows {
            found[row.labels.joined(separator: ">")] = columns.map { Tabulation.value($0, of: row.tally, in: spec) }
        }
        return found
    }
    private func counts(_ values: Int64...) -> [Cell] { values.map { .count($0) } }

    @Test func theAnswerIsNoHandoffAndThanksNeither() async throws {
        let found = try await rows([
            "t1,service,sales,internal,2026-10-01 09:00,no", "t1,service,sales,internal,2026-10-01 09:30,no",
            "t1,sales,service,internal,2026-10-01 12:59,no", "t1,service,sales,internal,2026-10-01 13:10,no",
        ])
        #expect(found == ["service>sales": counts(1, 1, 0, 0, 0)])
    }

    @Test func lateIsCountedInOpenHours() async throws {
        // Thursday 16:00 to Friday 9:59: 2 h + 1 h 59 of open time; to 10:01 it is a minute over.
        let inTime = try await rows(["t,service,sales,internal,2026-10-01 16:00,no", "t,sales,,outbound,2026-10-02 09:59,no"])
        #expect(inTime == ["service>sales": counts(1, 1, 0, 0, 0)])
        let late = try await rows(["t,service,sales,internal,2026-10-01 16:00,no", "t,sales,,outbound,2026-10-02 10:01,no"])
        #expect(late == ["service>sales": counts(1, 0, 1, 0, 0)])
    }

    @Test func silenceCountsAndAMachineSaysNothing() async throws {
        let found = try await rows([
            "t1,service,sales,internal,2026-10-01 09:00,no", "t1,sales,service,internal,2026-10-01 09:05,yes",
            "t2,parts,sales,internal,2026-10-30 16:00,no",
        ])
        #expect(found == ["service>sales": counts(1, 0, 0, 1, 0), "parts>sales": counts(1, 0, 0, 0, 1)])
    }

    @Test func oneDepartmentPassesItOn() async throws {
        let found = try await rows([
            "t1,service,sales,internal,2026-10-01 09:00,no", "t1,sales,finance,internal,2026-10-01 10:00,no",
            "t1,finance,sales,internal,2026-10-01 11:00,no",
        ])
        #expect(found == ["service>sales": counts(1, 1, 0, 0, 0), "sales>finance": counts(1, 1, 0, 0, 0)])
    }

    @Test func withoutAConversationTheCustomerHoldsItTogetherUntilAPause() async throws {
        let found = try await rows([
            ",service,sales,internal,2026-10-01 09:00,no", ",sales,,outbound,2026-10-01 10:00,no",
            ",service,sales,internal,2026-10-02 09:00,no", ",service,sales,internal,2026-10-12 09:00,no",
        ])
        #expect(found == ["service>sales": counts(2, 1, 0, 1, 0)])
    }

    @Test func aTaskToOneselfIsNoHandoff() async throws {
        #expect(try await rows(["t,sales,sales,internal,2026-10-01 09:00,no"]).isEmpty)
    }
}
