import Dealership
import Ingest
import Measures
import Statistics
import Testing

/// The dedicated person against the others: an effect is found when there is one, and seldom when there is none.
@Suite("Dedicated against others")
struct DedicatedTests {
    /// Permille of leads reached, and of the reached sold.
    private struct Skill {
        var reach: Int
        var sell: Int
    }

    /// So many dealerships in one folder, each a sharing group of its own with its own seed: a finished month of some 300
    /// leads, four in ten of them with the dedicated person; one customer in twelve comes twice.
    private func folder(_ stores: Int, seed: UInt64, dedicated: Skill, others: Skill) async throws -> StagedExports {
        var visits = "visit_id,store_id,customer_id,opened_at\n"
        var leads = "lead_id,store_id,customer_id,created_at,owner_id\n"
        var messages = "message_id,conversation_id,store_id,customer_id,channel,direction,person_id,sent_at\n"
        var sales = "sale_id,store_id,customer_id,sold_at\n"
        var storeRows = "store_id,name\n"
        var people = "person_id,store_id,name,role\n"
        for store in 0..<stores {
            var random = Generator(seed &+ UInt64(store) &* 7_919)
            storeRows += "S\(store),S\(store)\n"
            people += "E\(store),S\(store),E,dedicated\nA\(store),S\(store),A,salesperson\nB\(store),S\(store),B,salesperson\n"
            for lead in 0..<300 {
                let id = "\(store)-\(lead)"
                visits += "R\(id),S\(store),\(id),2026-03-02 09:00\n"
                if random.chance(83) { visits += "Q\(id),S\(store),\(id),2026-03-20 09:00\n" }
                let isDedicated = random.chance(400)
                let owner = isDedicated ? "E\(store)" : random.chance(500) ? "A\(store)" : "B\(store)"
                let skill = isDedicated ? dedicated : others
                leads += "L\(id),S\(store),\(id),2026-03-02 10:00,\(owner)\n"
                guard random.chance(skill.reach) else { continue }
                messages += "M\(id)-1,\(id),S\(store),\(id),sms,outbound,\(owner),2026-03-03 10:00\n"
                messages += "M\(id)-2,\(id),S\(store),\(id),sms,inbound,,2026-03-03 11:00\n"
                if random.chance(skill.sell) { sales += "D\(id),S\(store),\(id),2026-03-25\n" }
            }
        }
        return try await Folder([
            "dealership.yaml": """
                name: Group
                time-zone: UTC
                exports:
                  service_visits: { file: service_visits.csv, covered-until: 2026-06-30 }
                  sales: { file: sales.csv, covered-from: 2026-03-01, covered-until: 2026-06-30 }
                  leads: { file: leads.csv, covered-until: 2026-06-30 }
                  messages: { file: messages.csv, covered-until: 2026-06-30 }

                """,
            "exports/service_visits.csv": visits, "exports/leads.csv": leads, "exports/messages.csv": messages,
            "exports/sales.csv": sales, "exports/stores.csv": storeRows, "exports/people.csv": people,
        ]).read()
    }

    private let measure = DedicatedDifference(windowDays: 60, minimumN: 20)

    private func verdicts(_ exports: StagedExports, _ outcome: DedicatedDifference.Outcome) -> [DedicatedDifference.Verdict] {
        let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: [.store, .month], columns: [])
        return tabulate(exports, [spec])[0].rows.compactMap { measure.verdict(outcome, $0.tally) }
    }

    private func clear(_ verdicts: [DedicatedDifference.Verdict]) -> [NewcombeDifference] {
        verdicts.compactMap { if case .clear(let difference) = $0 { difference } else { nil } }
    }

    @Test("200 dealerships without an effect: a false alarm in at most 9 of 100")
    func noEffect() async throws {
        let alike = Skill(reach: 300, sell: 350)
        let exports = try await folder(200, seed: 11, dedicated: alike, others: alike)
        for outcome in DedicatedDifference.Outcome.allCases {
            let verdicts = verdicts(exports, outcome)
            #expect(verdicts.count == 200)
            #expect(clear(verdicts).count <= 18, "\(outcome)")
            for case .tooFew in verdicts { Issue.record("too few") }
            for case .tooNew in verdicts { Issue.record("too new") }
        }
    }

    @Test("an effect that was planted is found, with its sign and within its limits")
    func effect() async throws {
        let exports = try await folder(
            20, seed: 5, dedicated: Skill(reach: 490, sell: 500), others: Skill(reach: 170, sell: 350))
        for (outcome, planted) in [(DedicatedDifference.Outcome.reached, 0.32), (.bought, 0.1855)] {
            let found = clear(verdicts(exports, outcome))
            #expect(found.count == 20, "\(outcome)")
            #expect(found.allSatisfy { ($0.estimate ?? 0) > 0 })
            #expect(found.count { $0.interval()?.contains(planted) == true } >= 17, "\(outcome)")
        }
    }

    @Test("columns, too few and too new")
    func columns() async throws {
        let exports = try await folder(1, seed: 3, dedicated: Skill(reach: 490, sell: 500), others: Skill(reach: 170, sell: 350))
        func row(_ measure: DedicatedDifference, _ exports: StagedExports, _ columns: [String]) throws -> [Cell] {
            let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: [.month], columns: columns)
            let tally = try #require(tabulate(exports, [spec])[0].cells[["2026-03"]])
            return columns.map { Tabulation.value($0, of: tally, in: spec) }
        }
        let counts = try row(measure, exports, [
            "dedicated_leads", "others_leads", "mature", "dedicated_reached", "others_reached", "dedicated_bought", "others_bought",
        ]).map { cell -> Int in if case .count(let count) = cell { Int(count) } else { -1 } }
        #expect(counts[0] + counts[1] == counts[2] && counts[2] >= 300)
        let difference = NewcombeDifference(
            first: Proportion(successes: counts[3], trials: counts[0]), second: Proportion(successes: counts[4], trials: counts[1]))
        let limits = try #require(difference.interval())
        #expect(
            try row(measure, exports, ["reached_difference", "reached_difference_lower", "reached_difference_upper"])
                == [.share(try #require(difference.estimate)), .share(limits.lower), .share(limits.upper)])
        let own = Proportion(successes: counts[5], trials: counts[0])
        #expect(
            try row(measure, exports, ["dedicated_bought_share", "dedicated_bought_share_lower"])
                == [.share(try #require(own.estimate)), .share(try #require(own.wilson()).lower)])
        // 150 are enough for the others' share, not for the dedicated person's and not for the difference.
        let many = DedicatedDifference(windowDays: 60, minimumN: 150)
        let tooFew = Cell.tooFew(TooFew(had: counts[0], needed: 150))
        let cells = try row(many, exports, ["reached_difference", "dedicated_reached_share", "others_reached_share"])
        #expect(cells[0] == tooFew && cells[1] == tooFew)
        #expect(cells[2] == .share(Double(counts[4]) / Double(counts[1])))
        #expect(try row(DedicatedDifference(windowDays: 200, minimumN: 20), exports, ["reached_difference"]) == [.tooNew])
    }
}
