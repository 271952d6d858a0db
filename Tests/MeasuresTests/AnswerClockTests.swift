import Basis
import Dealership
import Ingest
import Measures
import Testing

/// What stops a clock, moves it or leaves it out. Thursday 1 October 2026; open 8 to 18 on weekdays.
@Suite("Clocks of answers")
struct AnswerClockTests {
    private static let yaml = """
        name: Riverside
        time-zone: America/Chicago
        hours: { mon-fri: "08:00-18:00" }
        channels: { email: managed, sms: managed, phone: managed, whatsapp: off-channel }
        targets: { first-response-time: { default: 1 h, lead: 30 min } }
        outages: { systems: { crm: { activities: [leads] }, mail: { activities: [email] }, site: { activities: [web] } } }

        """
    private static let header = "message_id,conversation_id,customer_id,channel,direction,person_id,sent_at\n"

    private func read(_ messages: [String], _ more: [String: String] = [:]) async throws -> StagedExports {
        var text = Self.header
        for (number, line) in messages.enumerated() { text += "m\(number),\(line)\n" }
        // The log goes on to its end, so that silence has had its time.
        text += "end,zz,c99,email,outbound,p9,2026-10-09 17:00\n"
        let own = ["dealership.yaml": Self.yaml, "exports/messages.csv": text]
        return try await Folder(own.merging(more) { _, more in more }).read()
    }

    private func facts(_ exports: StagedExports) -> Facts {
        Facts(
            exports.group(0),
            context: LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings)))
    }

    private func answer(
        _ answerOn: ConversationSettings.AnswerOn = .anyManaged, adjusted: Bool = false,
        target: FirstResponseTime.Target = .settings
    ) -> FirstResponseTime {
        FirstResponseTime(clock: .open, adjusted: adjusted, silence: .count, target: target, answerOn: answerOn, minimumN: 1)
    }

    @Test func aReplyInTheThreadCountsByItsChannel() async throws {
        let data = try await read([
            // Answered by telephone after 10 min, by e-mail after 30.
            "t1,c1,email,inbound,,2026-10-01 09:00", "t1,c1,phone,outbound,p1,2026-10-01 09:10",
            "t1,c1,email,outbound,p1,2026-10-01 09:30",
            // Answered past our channels alone.
            "t2,c2,sms,inbound,,2026-10-01 09:00", "t2,c2,whatsapp,outbound,p1,2026-10-01 09:10",
            // Who writes there and is answered there is answered.
            "t3,c3,whatsapp,inbound,,2026-10-01 09:00", "t3,c3,whatsapp,outbound,p1,2026-10-01 09:05",
        ])
        let columns = ["answered", "waiting", "p50"]
        let any = figures(data, answer(), by: [.channel], columns)
        #expect(any == ["email": "1 0 600", "sms": "0 1 >248400", "whatsapp": "1 0 300"])
        let same = figures(data, answer(.same), by: [.channel], columns)
        #expect(same == ["email": "1 0 1800", "sms": "0 1 >248400", "whatsapp": "1 0 300"])
        let turns = figures(data, NextResponseTime(answer(.same)), by: [.channel], columns)
        #expect(turns == same)
    }

    @Test func leadsWaitWithoutOutagesAndLeave() async throws {
        let leads = """
            lead_id,customer_id,created_at,source,owner_id
            L1,c1,2026-10-01 09:00,web,p1
            L2,c2,2026-10-01 09:00,phone,p1
            L3,c3,2026-10-05 09:00,web,p2

            """
        let outages = """
            outage_id,system,started_at,ended_at
            O1,crm,2026-10-01 09:10,2026-10-01 09:40
            O2,site,2026-10-01 09:30,2026-10-01 09:50
            O3,mail,2026-10-05 09:00,2026-10-05 18:00

            """
        let data = try await read(
            [
                "t1,c1,email,outbound,p1,2026-10-01 10:00", "t2,c2,email,outbound,p1,2026-10-01 10:00",
                "t3,c3,email,outbound,p2,2026-10-07 09:00",
            ],
            [
                "exports/leads.csv": leads, "exports/outages.csv": outages,
                "exports/people.csv": "person_id,name\np1,Ann\np2,Ben\np9,Cy\n",
                "exports/absences.csv": "person_id,from,to\np2,2026-10-06,2026-10-06\n",
            ])
        let target = LeadResponseTime.target(data.header.settings)
        let raw = figures(data, LeadResponseTime(answer(target: target)), by: [.source], ["in_time", "late", "p50"])
        #expect(raw == ["web": "0 2 3600", "phone": "0 1 3600"])
        let adjusted = LeadResponseTime(answer(adjusted: true, target: target))
        // L1 without 9:10 to 9:50; L2 without 9:10 to 9:40; L3 without Tuesday, mail being no way of leads.
        #expect(figures(data, adjusted, by: [.source], ["in_time", "late", "p50"]) == ["web": "1 1 1200", "phone": "1 0 1800"])
        #expect(figures(data, adjusted, by: [.person], ["mean"]) == ["p1": "1500.000", "p2": "36000.000"])
    }

    @Test func whoMovedBelongsWhereHeWasThen() async throws {
        let people = """
            person_id,name,department,active_from,active_to
            p1,Ann,service,,2026-10-04
            p1,Ann,sales,2026-10-05,
            p9,Cy,service,,

            """
        let leads = "lead_id,customer_id,created_at,owner_id\nL1,c1,2026-10-02 09:00,p1\nL2,c2,2026-10-05 09:00,p1\n"
        let data = try await read([], [
            "exports/people.csv": people, "exports/leads.csv": leads,
            "exports/messages.csv": """
                message_id,conversation_id,customer_id,channel,direction,person_id,to_department,sent_at
                m1,t1,c1,task,internal,p1,sales,2026-10-02 09:00
                m2,t1,c1,email,outbound,p1,,2026-10-05 09:00
                m3,t2,c2,task,internal,p9,sales,2026-10-02 09:00
                m4,t2,c2,email,outbound,p1,,2026-10-02 10:00
                end,zz,c99,email,outbound,p9,,2026-10-09 17:00

                """,
        ])
        let found = figures(data, LeadResponseTime(answer()), by: [.department], ["conversations"])
        #expect(found == ["service": "1", "sales": "1"])
        let handoffs = figures(data, Handoffs(targetSeconds: 3_600, minimumN: 1), by: [.department], ["handoffs", "answered"])
        // The first was answered by Ann, of sales by then; the second not by Ann, who still was of service.
        #expect(handoffs == ["service": "2 1"])
    }

    @Test func whatTheExportPromisesIsAdjustedAndIsOfTheFirstTurn() async throws {
        let data = try await read(
            [
                "t1,c1,email,inbound,,2026-10-01 09:00", "t1,c1,email,outbound,p1,2026-10-01 10:00",
                "t1,c1,email,inbound,,2026-10-01 11:00", "t1,c1,email,outbound,p1,2026-10-01 11:30",
                "t2,c2,email,inbound,,2026-10-01 09:00", "t2,c2,email,outbound,p1,2026-10-01 10:20",
            ],
            [
                "exports/conversations.csv": "conversation_id,due_at\nt1,2026-10-01 09:45\nt2,2026-10-01 09:45\n",
                "exports/outages.csv": "outage_id,system,started_at,ended_at\nO1,mail,2026-10-01 09:10,2026-10-01 09:40\n",
            ])
        let columns = ["in_time", "late", "no_target", "in_time_without_outages"]
        #expect(figures(data, answer(target: .due), columns) == ["": "0 2 0 1"])
        #expect(figures(data, answer(adjusted: true, target: .due), columns) == ["": "1 1 0 1"])
        #expect(figures(data, NextResponseTime(answer(target: .due)), columns) == ["": "0 2 1 1"])
        let evidence = try #require(answer(adjusted: true, target: .due).evidence(facts(data), EvidenceSlice(month: nil, labels: [:])))
        #expect(evidence.rows.map(\.standing) == ["in time", "late"])
    }

    @Test func aDayAloneIsLeftOutNotWaiting() async throws {
        let conversations = """
            conversation_id,customer_id,channel,opened_at,answered_at,status,resolved_at
            t1,c1,email,2026-10-01 09:00,2026-10-02,,
            t2,c2,email,2026-10-01,2026-10-01 10:00,,
            t3,c3,email,,2026-10-01 10:00,,
            t4,c4,email,2026-10-01 09:00,2026-10-01 08:00,closed,2026-10-01 11:00
            t5,c5,email,2026-10-01 09:00,2026-10-01 09:30,closed,2026-10-01 08:00
            t6,c6,email,2026-10-01 09:00,,closed,2026-10-30 11:00

            """
        let data = try await read([], ["exports/conversations.csv": conversations])
        #expect(figures(data, answer(), ["conversations", "answered", "waiting", "left_out"]) == ["": "2 1 1 3"])
        let found = facts(data)
        #expect(
            found.leftOutByRule == [
                "A date without a time": 2, "Reply before question": 1, "A conversation that began at no known time": 1,
            ])
        // Resolved only after the end of the data: open.
        let columns = ["resolved", "still_open", "closed_without_time", "no_status", "left_out"]
        #expect(figures(data, ResolutionTime(), columns) == ["": "1 1 0 0 3"])
        #expect(found.faults.map(\.kind) == [.replyBeforeQuestion, .resolvedBeforeQuestion])
    }

    @Test func messagesWithoutACustomerHaveTheirConversations() async throws {
        let data = try await read(
            [
                "t1,c1,email,inbound,,2026-10-01 09:00", "t1,,email,outbound,p1,2026-10-01 10:00",
                "t2,,email,inbound,,2026-10-01 09:00", "t2,,email,outbound,p1,2026-10-01 09:30",
                // Nobody says whose these are.
                "t3,,email,inbound,,2026-10-01 09:00", ",,email,inbound,,2026-10-01 09:00",
            ], ["exports/conversations.csv": "conversation_id,customer_id\nt2,c2\n"])
        #expect(figures(data, answer(), ["conversations", "answered", "waiting", "p50"]) == ["": "2 2 0 1800"])
        let audits = data.header.audits.first { $0.table == .messages }
        #expect(audits?.setAside[.missingValue] == 1)
        #expect(data.group(0).faults.map(\.reason) == [.missingValue])
    }
}
