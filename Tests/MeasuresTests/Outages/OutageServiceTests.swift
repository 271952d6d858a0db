import Basis
import Dealership
import Foundation
import Ingest
import Measures
import Statistics
import Testing

/// Service figures of outages, on cases worked out by hand.
@Suite("Outages as service figures")
struct OutageServiceTests {
    private static let settings = """
        name: Riverside
        time-zone: America/Chicago
        hours: { mon-fri: "08:00-18:00" }
        outages:
          recovery: 30 min
          systems:
            e-mail: { activities: email, vendor: Northmail, kind: vendor }
            power: { activities: [email, phone], kind: utility }
            lines: { activities: phone, kind: own, stores: [S1] }

        """

    private func row(
        _ exports: StagedExports, by: [Measures.Dimension] = [], _ labels: [String] = [],
        months: ClosedRange<Month>? = nil
    ) throws -> [String: String] {
        let entry = OutageImpact.entry
        let spec = TableSpec(
            name: "t", request: MeasureRequest(OutageImpact(answerOn: .same)), by: by, columns: entry.columns.map(\.name),
            months: months)
        let rows = Tabulation.rows(tabulate(exports, [spec])[0], spec).dropFirst()
        let row = try #require(rows.first { Array($0.prefix(by.count)) == labels }, "\(labels) among \(rows)")
        return Dictionary(uniqueKeysWithValues: zip(spec.columns, row.dropFirst(by.count)))
    }

    private func read(_ outages: String, _ more: [String: String] = [:], yaml: String = settings) async throws -> StagedExports {
        var files = ["dealership.yaml": yaml, "exports/outages.csv": outages]
        for (name, text) in more { files["exports/\(name).csv"] = text }
        return try await Folder(files).read()
    }

    private static let log = """
        outage_id,system,started_at,ended_at,detected_at,acknowledged_at,notified_at,external,vendor_started_at,vendor_ended_at,planned
        O1,e-mail,2026-10-05 09:00,2026-10-05 10:00,2026-10-05 09:10,2026-10-05 09:20,,yes,2026-10-05 09:15,2026-10-05 09:45,
        O2,e-mail,2026-10-05 09:30,2026-10-05 11:00,2026-10-05 09:32,,2026-10-05 10:00,yes,2026-10-05 09:30,2026-10-05 10:30,
        O3,e-mail,2026-10-07 17:30,2026-10-07 18:30,2026-10-07 17:40,2026-10-07 17:50,2026-10-07 18:00,yes,,,
        O4,e-mail,2026-10-12 09:00,2026-10-12 09:20,2026-10-12 09:06,2026-10-12 09:10,2026-10-12 09:20,no,,,
        M1,e-mail,2026-10-12 09:10,2026-10-12 10:00,,,,,,,yes
        P1,power,2026-10-13 12:00,2026-10-13 12:30,,,,,,,
        R1,e-mail,2026-10-14 12:00,2026-10-14 11:30,,,,,,,
        O5,e-mail,2026-10-16 09:00,,2026-10-16 09:20,,,,,,

        """

    @Test("failures, means, faults, planned, reversed and the vendor's times")
    func worked() async throws {
        let exports = try await read(Self.log, ["messages": "message_id,conversation_id,customer_id,channel,direction,sent_at\n"
            + "M1,V1,1001,email,inbound,2026-10-16 12:00\n"])
        let mail = try row(exports, by: [.system], ["e-mail"])
        // O1 and O2 overlap: one failure from 9:00 to 11:00. As of the end of the 16th O5 is down 15 h, 9 of them open.
        #expect(mail["outages"] == "5")
        #expect(mail["failures"] == "4")
        #expect(mail["wall_seconds_down"] == "66000")
        #expect(mail["open_seconds_down"] == "42600")
        #expect(mail["summed_seconds_down"] == "67800")
        #expect(mail["own"] == "1")
        #expect(mail["external"] == "4")
        #expect(mail["utility"] == "0")
        #expect(mail["still_down"] == "1")
        // Of the maintenance's 50 minutes ten lie in O4.
        #expect(mail["planned"] == "1")
        #expect(mail["planned_wall_seconds"] == "2400")
        #expect(mail["planned_open_seconds"] == "2400")
        #expect(mail["resolved_before_start"] == "1")
        // Noticed after 10, 10, 6 and 20 minutes; acknowledged after 20, 20 and 10; told after 60, 30 and 20.
        #expect(mail["mean_seconds_to_detect"] == "690.000")
        #expect(mail["mean_seconds_to_acknowledge"] == "1000.000")
        #expect(mail["mean_seconds_to_notify"] == "2200.000")
        // 2 h, 1 h and 20 minutes; O5 is not over.
        #expect(mail["mean_seconds_to_restore"] == "4000.000")
        // Starts 9:00 on the 5th, 17:30 on the 7th, 9:00 on the 12th and 16th.
        #expect(mail["mean_seconds_between_failures"] == "316800.000")
        // Theirs from 9:15 to 9:45 and from 9:30 to 10:30: 75 minutes once; ours of those two 120.
        #expect(mail["vendor_outages"] == "2")
        #expect(mail["vendor_seconds_down"] == "4500")
        #expect(mail["vendor_difference"] == "2700")

        let power = try row(exports, by: [.system], ["power"])
        #expect(power["utility"] == "1")
        #expect(power["failures"] == "1")
        #expect(power["mean_seconds_to_restore"] == "")
        let all = try row(exports)
        #expect(all["outages"] == "6")
        #expect(all["failures"] == "5")
        #expect(all["wall_seconds_down"] == "67800")
        let vendor = try row(exports, by: [.vendor], ["Northmail"])
        #expect(vendor["outages"] == "5")
        #expect(vendor["failures"] == "4")
    }

    @Test("below three no mean; what nobody wrote down is no figure")
    func few() async throws {
        let exports = try await read("""
            outage_id,system,started_at,ended_at,detected_at
            O1,mail,2026-10-05 09:00,2026-10-05 10:00,2026-10-05 09:10
            O2,mail,2026-10-06 09:00,2026-10-06 10:00,2026-10-06 09:10

            """)
        let spec = TableSpec(
            name: "t", request: MeasureRequest(OutageImpact(answerOn: .same)), by: [],
            columns: OutageImpact.entry.columns.map(\.name))
        let tally = try #require(tabulate(exports, [spec])[0].cells[[]])
        for column in ["mean_seconds_to_detect", "mean_seconds_to_restore", "mean_seconds_between_failures"] {
            guard case .tooFew(let few) = Tabulation.value(column, of: tally, in: spec) else {
                Issue.record("\(column) is no mean of two")
                continue
            }
            #expect(few.had == 2 && few.needed == 3)
        }
        for column in ["mean_seconds_to_acknowledge", "mean_seconds_to_notify", "own", "vendor_seconds_down"] {
            #expect(Tabulation.value(column, of: tally, in: spec) == .none, "\(column)")
        }
    }

    @Test("months: time is split at their ends, a failure and what lies before it are of the month of its start")
    func months() async throws {
        let exports = try await read("""
            outage_id,system,started_at,ended_at
            O1,mail,2026-08-30 12:00,2026-09-02 12:00
            O2,mail,2026-09-10 12:00,2026-09-10 13:00
            O3,mail,2026-09-20 12:00,2026-09-20 13:00
            O4,mail,2026-09-30 23:00,2026-10-01 01:00

            """)
        let august = try row(exports, by: [.month], ["2026-08"])
        let september = try row(exports, by: [.month], ["2026-09"])
        #expect(august["wall_seconds_down"] == "129600")
        #expect(august["failures"] == "1")
        #expect(august["outages"] == "1")
        #expect(september["wall_seconds_down"] == "140400")
        #expect(september["outages"] == "4")
        #expect(september["failures"] == "3")
        // 11 days, 10, and 10 with 11 hours.
        #expect(september["mean_seconds_between_failures"] == "906000.000")
        // The same month asked for alone is the same.
        let month = try #require(Month("2026-09"))
        #expect(try row(exports, months: month...month).filter { $0.key != "open_seconds" && $0.key != "availability" }
            == september.filter { $0.key != "open_seconds" && $0.key != "availability" })
    }

    @Test("stores: of a system that some have, of all, and of one overlap once in the sum, and each store has its own")
    func stores() async throws {
        let exports = try await read("""
            outage_id,store_id,system,started_at,ended_at
            O1,,lines,2026-10-05 09:00,2026-10-05 10:00
            O2,,e-mail,2026-10-05 09:00,2026-10-05 10:00
            O3,S2,e-mail,2026-10-05 09:30,2026-10-05 11:00

            """, ["stores": "store_id\nS1\nS2\n"])
        #expect(try row(exports, by: [.system], ["e-mail"])["wall_seconds_down"] == "7200")
        #expect(try row(exports, by: [.store], ["S1"])["wall_seconds_down"] == "7200")
        #expect(try row(exports, by: [.store], ["S1"])["outages"] == "2")
        #expect(try row(exports, by: [.store], ["S2"])["wall_seconds_down"] == "7200")
        #expect(try row(exports, by: [.store], ["S2"])["failures"] == "1")
    }

    @Test("evidence lists every row, and counts those of the column asked for")
    func evidence() async throws {
        let exports = try await read(Self.log, ["messages": "message_id,conversation_id,customer_id,channel,direction,sent_at\n"
            + "M1,V1,1001,email,inbound,2026-10-16 12:00\n"])
        let spec = TableSpec(
            name: "t", request: MeasureRequest(OutageImpact(answerOn: .same)), by: [], columns: ["outages"])
        let tabulation = Tabulation(header: exports.header, specs: [spec])
        let facts = try #require(tabulation.link(exports.group(0)).values.first)
        func counted(_ column: String) -> [String] {
            let slice = EvidenceSlice(month: nil, labels: [:], column: column)
            let rows = OutageImpact(answerOn: .same).evidence(facts, slice)?.rows ?? []
            #expect(rows.count == 8)
            return rows.filter(\.isCounted).map { $0.cells[0] }
        }
        #expect(counted("outages") == ["O1", "O2", "O3", "O4", "P1", "O5"])
        #expect(counted("planned_wall_seconds") == ["M1"])
        #expect(counted("resolved_before_start") == ["R1"])
    }
}
