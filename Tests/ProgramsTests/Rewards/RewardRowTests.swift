import Basis
import Programs
import Testing

/// Whose a conversation is, how it stands, and who is paid for it: folders made by hand, answers by pencil.
@Suite("Rows of rewards")
struct RewardRowTests {
    private func messages(_ rows: [String]) -> String {
        (["message_id,conversation_id,store_id,customer_id,channel,direction,person_id,sent_at"]
            + rows.enumerated().map { "M\($0.offset),\($0.element)" }).joined(separator: "\n") + "\n"
    }

    private func asked(_ id: String, _ at: String) -> String { "\(id),S1,K-\(id),email,inbound,,2026-10-\(at)" }
    private func answered(_ id: String, _ person: String, _ at: String) -> String {
        "\(id),S1,K-\(id),email,outbound,\(person),2026-10-\(at)"
    }

    private func conversations(_ rows: [String]) -> String {
        (["conversation_id,store_id,assigned_to,assigned_at,status"] + rows).joined(separator: "\n") + "\n"
    }

    /// The month's end is in the data, and somebody is named.
    private var ending: [String] { [asked("Z", "30 09:00:00"), answered("Z", "P2", "30 09:10:00")] }

    @Test("assigned, left out, in time, late, unanswered; the tier and its amount")
    func counts() async throws {
        let result = try await MadeReward.result([
            "people": MadeReward.people,
            "messages": messages(
                [
                    asked("A", "05 09:00:00"), answered("A", "P1", "05 10:00:00"), asked("B", "05 10:00:00"),
                    answered("B", "P1", "05 12:00:00"), asked("C", "06 09:00:00"), asked("D", "06 09:00:00"),
                    asked("E", "06 09:00:00"), answered("E", "P1", "06 09:20:00"),
                ] + ending),
            "conversations": conversations([
                "A,S1,P1,2026-10-05 09:00:00,closed", "B,S1,P2,2026-10-05 10:00:00,closed",
                "C,S1,P1,2026-10-06 09:00:00,open", "D,S1,P1,2026-10-06 09:00:00,withdrawn",
                "E,S1,P1,2026-10-06 09:00:00,closed", "Z,S1,P2,2026-10-30 09:00:00,closed",
            ]),
        ])
        let dana = try #require(result.one("P1"))
        #expect(dana.count.assigned == 5 && dana.count.leftOut == ["Withdrawn": 1])
        #expect(dana.count.inTime == 2 && dana.count.late == 1 && dana.count.unanswered == 1)
        // 2 of 4: the first tier, which holds 50 %.
        #expect(dana.tier == 0 && dana.amount == Money(minorUnits: 6_000) && dana.payroll == "0071")
        #expect(dana.eligibleDays == 22 && dana.presentDays == 22 && dana.periodDays == 22)
        #expect(result.one("P2")?.amount == Money(minorUnits: 10_000))
        #expect(result.refusals.isEmpty && result.total == Money(minorUnits: 16_000))
        let late = try #require(result.rows.first { $0.number == "B" })
        #expect(late.due == "2026-10-05 11:00:00" && late.answered == "2026-10-05 12:00:00" && late.seconds == 7_200)
        #expect(late.source == "" && late.person == "P1" && late.standing == .late)
    }

    @Test("leave and an outage are taken out, and the due time moves on")
    func excused() async throws {
        let result = try await MadeReward.result([
            "people": MadeReward.people,
            "absences": "person_id,from,to,reason\nP1,2026-10-12,2026-10-16,vacation\n",
            "outages": """
                outage_id,vendor,system,started_at,ended_at
                O1,Mail Co,mail,2026-10-05 09:00:00,2026-10-05 11:00:00

                """,
            "messages": messages(
                [
                    asked("A", "05 08:30:00"), answered("A", "P1", "05 11:20:00"), asked("B", "12 09:00:00"),
                    answered("B", "P1", "19 08:30:00"),
                ] + ending),
            "conversations": conversations([
                "A,S1,P1,2026-10-05 08:30:00,closed", "B,S1,P1,2026-10-12 09:00:00,closed",
                "Z,S1,P2,2026-10-30 09:00:00,closed",
            ]),
        ])
        let outage = try #require(result.rows.first { $0.number == "A" })
        #expect(outage.rawSeconds == 10_200 && outage.outageSeconds == 7_200 && outage.seconds == 3_000)
        #expect(outage.standing == .inTime && outage.rawStanding == .late && outage.due == "2026-10-05 11:30:00")
        let leave = try #require(result.rows.first { $0.number == "B" })
        // Nine hours of Monday and ten of four more days.
        #expect(leave.absenceSeconds == 49 * 3_600 && leave.seconds == 1_800)
        #expect(leave.standing == .inTime && leave.due == "2026-10-19 09:00:00")
        let dana = try #require(result.one("P1"))
        #expect(dana.presentDays == 17 && dana.eligibleDays == 22)
        #expect(dana.amount == Money(minorUnits: 10_000) && dana.rawAmount == .zero)
    }

    @Test("what the export promised moves on with an outage, too")
    func promised() async throws {
        let result = try await MadeReward.result(
            [
                "people": MadeReward.people,
                "outages": """
                    outage_id,vendor,system,started_at,ended_at
                    O1,Mail Co,mail,2026-10-05 09:00:00,2026-10-05 11:00:00

                    """,
                "messages": messages(
                    [
                        asked("A", "05 08:30:00"), answered("A", "P1", "05 11:20:00"), asked("B", "06 08:30:00"),
                        answered("B", "P1", "06 09:31:00"),
                    ] + ending),
                "conversations": """
                    conversation_id,store_id,assigned_to,assigned_at,status,due_at
                    A,S1,P1,2026-10-05 08:30:00,closed,2026-10-05 09:30:00
                    B,S1,P1,2026-10-06 08:30:00,closed,2026-10-06 09:30:00
                    Z,S1,P2,2026-10-30 09:00:00,closed,2026-10-30 09:30:00

                    """,
            ], MadeReward.text(more: "target: due"))
        let moved = try #require(result.rows.first { $0.number == "A" })
        #expect(moved.standing == .inTime && moved.rawStanding == .late && moved.due == "2026-10-05 11:30:00")
        let plain = try #require(result.rows.first { $0.number == "B" })
        #expect(plain.standing == .late && plain.rawStanding == .late && plain.due == "2026-10-06 09:30:00")
    }

    @Test("who moves is paid for the days there, and what came elsewhere is left out")
    func transfer() async throws {
        let files = [
            "people": """
                person_id,store_id,name,department,role,payroll_id,active_from,active_to
                P1,S1,Dana Ruiz,service,advisor,0071,,2026-10-14
                P1,S1,Dana Ruiz,sales,salesperson,0071,2026-10-15,
                P2,S1,June Boyd,service,advisor,0072,,

                """,
            "messages": messages(
                [
                    asked("A", "05 09:00:00"), answered("A", "P1", "05 09:10:00"), asked("B", "20 09:00:00"),
                    answered("B", "P1", "20 16:00:00"),
                ] + ending),
            "conversations": conversations(["A,S1,P1,2026-10-05 09:00:00,closed"]),
        ]
        let result = try await MadeReward.result(
            files, MadeReward.text(eligible: "eligible: { departments: [Service], minimum-n: 1 }"))
        let dana = try #require(result.one("P1"))
        #expect(dana.count.counted == 1 && dana.count.leftOut == ["In another department or store that day": 1])
        #expect(dana.eligibleDays == 10 && dana.periodDays == 22 && dana.department == "service")
        // 100.00 × 10 / 22 = 45.4545…
        #expect(dana.amount == Money(minorUnits: 4_545))
        let whole = try await MadeReward.result(
            files,
            MadeReward.text(eligible: "eligible: { departments: [Service], minimum-n: 1 }", more: "pro-rata: no"))
        #expect(whole.one("P1")?.amount == Money(minorUnits: 10_000))
    }

    @Test("by answer it is of who replied, by holder of who had it when it fell due", arguments: ["answered", "held"])
    func owner(whose: String) async throws {
        let result = try await MadeReward.result(
            [
                "people": MadeReward.people,
                "messages": messages([asked("A", "05 09:00:00"), answered("A", "P2", "05 15:10:00")] + ending),
                "conversations": conversations([
                    "A,S1,P1,2026-10-05 09:00:00,open", "A,S1,P2,2026-10-05 15:00:00,closed",
                ]),
            ], MadeReward.text(more: "whose: \(whose)"))
        #expect(result.rows.first { $0.number == "A" }?.person == (whose == "held" ? "P1" : "P2"))
    }

    @Test("silence that nobody is named for pays nobody in person, and the team all the same")
    func silence() async throws {
        let files = [
            "people": MadeReward.people,
            "messages": messages([asked("A", "05 09:00:00"), asked("B", "05 09:00:00")] + ending),
            "conversations": conversations(["Z,S1,P2,2026-10-30 09:00:00,closed"]),
        ]
        let result = try await MadeReward.result(files)
        #expect(result.refusals.map(\.code) == ["silence-of-nobody"] && result.total == .zero)
        #expect(result.unowned.unanswered == 2 && result.one("P2")?.outcome == .silenceOfNobody)
        // One of three in time: what nobody is named for is the team's.
        let team = try await MadeReward.result(
            files, MadeReward.text(scheme: "team: { tiers: [{ from: 30 %, below: 40 %, pays: 10.01 }] }"))
        #expect(team.refusals.isEmpty && team.teams.first?.tier == 0 && team.teams.first?.count.counted == 3)
        #expect(team.total == Money(minorUnits: 1_001) && team.people.count == 1)
    }

    @Test("nothing is closed while somebody may still be answered in time, or before the export's end")
    func stillWithin() async throws {
        let result = try await MadeReward.result([
            "people": MadeReward.people,
            "messages": messages(ending + [asked("A", "30 17:30:00")]),
            "conversations": conversations(["A,S1,P1,2026-10-30 17:30:00,open"]),
        ])
        #expect(result.refusals.map(\.code) == ["still-within-target"])
        #expect(result.refusals.first?.message == "not before the end of 2026-11-02: 1 still within target")
        let early = try await MadeReward.result([
            "people": MadeReward.people,
            "messages": messages([asked("A", "05 09:00:00"), answered("A", "P1", "05 09:10:00")]),
            "conversations": conversations(["A,S1,P1,2026-10-05 09:00:00,open"]),
        ])
        #expect(early.refusals.map(\.code) == ["export-ends-early"])
    }

    @Test("who is at two places on one day is refused, and so is an approver who is paid")
    func refused() async throws {
        let result = try await MadeReward.result(
            [
                "people": """
                    person_id,store_id,name,department,role,payroll_id,active_from,active_to
                    P1,S1,Dana Ruiz,service,advisor,0071,,2026-10-14
                    P1,S1,Dana Ruiz,sales,salesperson,0071,2026-10-12,
                    P2,S1,Kim Ortega,service,advisor,0072,,

                    """,
                "messages": messages([asked("A", "05 09:00:00"), answered("A", "P1", "05 09:10:00")] + ending),
                "conversations": conversations(["A,S1,P1,2026-10-05 09:00:00,open"]),
            ])
        #expect(result.refusals.map(\.code) == ["two-places", "paid-approver"])
    }

    @Test("who moved leaves what they did with the team it was done in, and shares with each by days")
    func moved() async throws {
        let result = try await MadeReward.result(
            [
                "people": """
                    person_id,store_id,name,department,role,payroll_id,active_from,active_to
                    P1,S1,Dana Ruiz,service,advisor,0071,,2026-10-28
                    P1,S1,Dana Ruiz,sales,salesperson,0071,2026-10-29,
                    P2,S1,Lee Wong,sales,salesperson,0072,,
                    P3,S1,Ann Bell,service,advisor,0073,,

                    """,
                "messages": messages(
                    [
                        asked("A", "05 09:00:00"), answered("A", "P1", "05 15:00:00"), asked("B", "06 09:00:00"),
                        answered("B", "P1", "06 15:00:00"), asked("C", "07 09:00:00"),
                        answered("C", "P3", "07 09:10:00"),
                        asked("D", "08 09:00:00"), answered("D", "P2", "08 09:10:00"),
                    ] + ending),
                "conversations": conversations(["Z,S1,P2,2026-10-30 09:00:00,closed"]),
            ], MadeReward.text(scheme: "team: { of: department, tiers: [{ from: 90 %, pays: 300 }] }"))
        #expect(result.teams.map(\.team) == ["sales", "service"])
        #expect(result.teams.map { [$0.count.inTime, $0.count.counted] } == [[2, 2], [1, 3]])
        // 22 working days; Dana Ruiz has two of them in sales.
        #expect(result.people.map(\.teamPart.minorUnits) == [2_500, 27_500, 0])
        #expect(result.one("P1")?.teamDays == ["service": 20, "sales": 2])
        #expect(result.previews.first?.otherTeams.map(\.team) == ["service"])
    }
}
