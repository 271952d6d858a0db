import Basis
import Dealership
import Ingest
import Measures
import Testing

/// Hand-made weeks: every e-mail is answered after ten minutes, but those of an outage when it is over.
@Suite struct OutageDelayTests {
    private static let hours = 8..<20

    private static func mail(weeks: Int, hours: Range<Int> = hours, reply: (Int, Int) -> String?) -> String {
        guard let first = Day(year: 2026, month: 8, day: 3) else { return "" }
        var text = "conversation_id,store_id,customer_id,channel,opened_at,answered_at\n"
        for day in 0..<(weeks * 7) {
            for hour in hours {
                let at = "\(first + day) \(hour < 10 ? "0" : "")\(hour)"
                text += "\(day)-\(hour),A,\(day)-\(hour),email,\(at):30,\(reply(day, hour) ?? "\(at):40")\n"
            }
        }
        return text
    }

    private func found(_ mail: String, _ outages: String) async throws -> [String: String] {
        let exports = try await Folder([
            "dealership.yaml": "name: R\ntime-zone: UTC\nchannels: { email: managed }\n",
            "exports/conversations.csv": mail, "exports/stores.csv": "store_id,name\nA,A\n",
            "exports/outages.csv": "outage_id,store_id,channel,started_at,ended_at\n" + outages,
        ]).read()
        let columns = OutageDelay.entry.columns.map(\.name)
        let spec = TableSpec(
            name: "t", request: MeasureRequest(OutageDelay(answerOn: .same)), by: [.outage, .channel], columns: columns)
        let row = try #require(tabulate(exports, [spec])[0].rows.first)
        #expect(row.labels == ["O1", "email"])
        return Dictionary(uniqueKeysWithValues: columns.map {
            ($0, Tabulation.value($0, of: row.tally, in: spec).plain)
        })
    }

    @Test("five are answered ten minutes after the end: 4 h 40 min to 40 min instead of ten minutes")
    func answeredAfter() async throws {
        let mail = Self.mail(weeks: 10) { day, hour in
            day == 57 && (13..<18).contains(hour) ? "2026-09-29 18:10" : nil
        }
        let cell = try await found(mail, "O1,A,email,2026-09-29 13:00,2026-09-29 18:00\n")
        #expect(cell["exposed"] == "5" && cell["compared"] == "5" && cell["references"] == "40")
        #expect(cell["mean_wait_seconds"] == "9600.000" && cell["expected_wait_seconds"] == "600.000")
        #expect(cell["excess_mean_seconds"] == "9000.000" && cell["excess_seconds"] == "45000.000")
        // In clean weeks no two waits differ. Had half a wait more in 40 lasted to the bound of 13 h, variance would be
        // 0.5 / 40 x 46,200 squared; of five, with the error of the mean, 1.5e8; z + z / 2 deviations of 12,250 s.
        let lower = try #require(Double(cell["excess_seconds_lower"] ?? ""))
        #expect((8_980...8_990).contains(lower.rounded()), "\(lower)")
        #expect(cell["effect"] == "delayed")
    }

    @Test("who never had an answer has waited up to the bound: the outage's five hours and eight more")
    func silence() async throws {
        let mail = Self.mail(weeks: 10) { day, hour in day == 57 && hour == 13 ? "" : nil }
        let cell = try await found(mail, "O1,A,email,2026-09-29 13:00,2026-09-29 18:00\n")
        #expect(cell["compared"] == "5" && cell["excess_seconds"] == "\(13 * 3_600 - 600).000")
    }

    @Test("eight conversations of clean weeks are too few, and without one exposed nothing is said")
    func tooFew() async throws {
        let mail = Self.mail(weeks: 10) { _, _ in nil }
        let few = try await found(mail, "O1,A,email,2026-09-29 13:00,2026-09-29 14:00\n")
        #expect(few["exposed"] == "1" && few["compared"] == "0" && few["excess_seconds"] == "" && few["effect"] == "")
        let none = try await found(mail, "O1,A,email,2026-09-29 22:00,2026-09-29 23:00\n")
        #expect(none["exposed"] == "0" && none["excess_seconds"] == "")
    }
}

/// Leads of whom every twelfth buys, ten days later, for 1,200.
@Suite struct OutageCostTests {
    @Test("two weeks without leads: 168 missing, one in twelve of them bought for 1,200; two people at 38 an hour")
    func lostGross() async throws {
        let first = try #require(Day(year: 2026, month: 8, day: 3))
        var leads = "lead_id,store_id,customer_id,created_at\n"
        var sales = "sale_id,store_id,customer_id,sold_at,gross_profit\n"
        for day in 0..<91 where !(63..<77).contains(day) {
            for hour in 8..<20 {
                leads += "L\(day)-\(hour),A,\(day)-\(hour),\(first + day) \(hour < 10 ? "0" : "")\(hour):30\n"
            }
            if day + 10 < 91 { sales += "D\(day),A,\(day)-8,\(first + day + 10),1200.00\n" }
        }
        let exports = try await Folder([
            "dealership.yaml": """
                name: R
                time-zone: UTC
                outages: { staff-hour: 38, staff-people: 2, systems: { website: { activities: [leads] } } }

                """,
            "exports/leads.csv": leads, "exports/sales.csv": sales, "exports/stores.csv": "store_id,name\nA,A\n",
            "exports/outages.csv":
                "outage_id,store_id,system,started_at,ended_at\nO1,A,website,2026-10-05 00:00,2026-10-19 00:00\n",
        ]).read()
        let columns = OutageCost.entry.columns.map(\.name)
        let measure = OutageCost(answerOn: .same, windowDays: 14, minimumN: 20)
        let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: [.outage], columns: columns)
        let row = try #require(tabulate(exports, [spec])[0].rows.first)
        let cell = Dictionary(uniqueKeysWithValues: columns.map {
            ($0, Tabulation.value($0, of: row.tally, in: spec).plain)
        })
        #expect(cell["missing_enquiries"] == "168.000" && cell["buying_share"] == "0.083333")
        #expect(cell["gross_of_sale"] == "1200.00" && cell["lost_gross"] == "16800.00")
        // Wilson of 56 in 672 is 6.47 % to 10.67 %; the rest is the limits of 168.
        let (low, high) = (Double(cell["lost_gross_low"] ?? "") ?? 0, Double(cell["lost_gross_high"] ?? "") ?? 0)
        #expect(low > 11_000 && low < 168 * 1_200 * 0.0647 && high > 168 * 1_200 * 0.1067 && high < 24_000)
        #expect(cell["staff_seconds"] == "1209600" && cell["staff_cost"] == "25536.00")
        #expect(cell["together"] == "42336.00")
    }
}
