import Basis
import Dealership
import Ingest
import Measures
import Statistics
import Testing

/// Small folders whose figures a reader can work out by hand. Thursday 1 October 2026; open 8 to 18 on weekdays.
@Suite("Answers of every kind")
struct ResponseTests {
    private static let yaml = """
        name: Riverside
        time-zone: America/Chicago
        hours: { mon-fri: "08:00-18:00" }
        channels: { email: managed, sms: managed, phone: managed, whatsapp: off-channel }
        targets: { first-response-time: { default: 1 h, lead: 30 min } }
        conversations: { answer-on: ANSWER, gap: 3 days }
        off-channel-audit: { looked-at: 50, off-channel: 10 }
        stopped-clocks: { share: 30 %, seconds: 20, minimum: 4 }

        """

    private func exports(
        _ messages: [String], answerOn: String = "same", more: [String: String] = [:], asOf: String = "2026-10-09 17:00",
        settings: String = ""
    ) async throws -> StagedExports {
        var text = "message_id,conversation_id,customer_id,channel,direction,person_id,sent_at,automated,outcome,text_hash\n"
        for (number, line) in messages.enumerated() { text += "m\(number),\(line)\n" }
        // The log goes on to its end, so that silence has had its time.
        text += "end,zz,c99,email,outbound,p9,\(asOf),no,,\n"
        let yaml = Self.yaml.replacing("ANSWER", with: answerOn) + settings
        return try await Folder(
            more.merging(["dealership.yaml": yaml, "exports/messages.csv": text]) { own, _ in own }
        ).read()
    }

    private func answer(
        adjusted: Bool = false, answerOn: ConversationSettings.AnswerOn = .same, target: FirstResponseTime.Target = .settings
    ) -> FirstResponseTime {
        FirstResponseTime(
            clock: .open, adjusted: adjusted, silence: .count, target: target, answerOn: answerOn, minimumN: 1)
    }

    @Test func everyTurnIsAnsweredForItself() async throws {
        let data = try await exports([
            // Asked at 9:00 and again at 9:10 while waiting: one turn, answered at 9:30. Asked at 10:00: answered at 12:00.
            "t1,c1,email,inbound,,2026-10-01 09:00,no,,", "t1,c1,email,inbound,,2026-10-01 09:10,no,,",
            "t1,c1,email,outbound,p1,2026-10-01 09:20,yes,,", "t1,c1,email,outbound,p1,2026-10-01 09:30,no,,",
            "t1,c1,email,outbound,p1,2026-10-01 09:40,no,,", "t1,c1,email,inbound,,2026-10-01 10:00,no,,",
            "t1,c1,email,outbound,p2,2026-10-01 12:00,no,,", "t1,c1,email,inbound,,2026-10-08 12:00,no,,",
        ])
        let columns = ["conversations", "answered", "in_time", "late", "unanswered", "machine_replies", "p50"]
        let turns = figures(data, NextResponseTime(answer()), by: [.turn], columns)
        #expect(turns == ["first": "1 1 1 0 0 1 1800", "later": "2 1 0 1 1 0 7200"])
        let people = figures(data, NextResponseTime(answer()), by: [.person], ["conversations", "waiting"])
        #expect(people == ["p1": "1 0", "p2": "1 0", "": "1 1"])
        #expect(figures(data, answer(), columns) == ["": "1 1 1 0 0 1 1800"])
    }

    @Test func anAnswerElsewhereEndsATurn() async throws {
        let lines = [
            "t1,c1,email,inbound,,2026-10-01 09:00,no,,", "t2,c1,sms,outbound,p1,2026-10-01 09:15,no,,",
            "t1,c1,email,inbound,,2026-10-01 10:00,no,,", "t3,c1,whatsapp,outbound,p1,2026-10-01 10:05,no,,",
            "t1,c1,email,outbound,p2,2026-10-01 11:00,no,,",
        ]
        let any = try await exports(lines, answerOn: "any-managed")
        let columns = ["conversations", "answered", "p50", "p90"]
        let elsewhere = figures(any, NextResponseTime(answer(answerOn: .anyManaged)), by: [.turn], columns)
        // A text answers the mail; a message past the dealership's channels answers nothing.
        #expect(elsewhere == ["first": "1 1 900 900", "later": "1 1 3600 3600"])
        let same = figures(any, NextResponseTime(answer()), by: [.turn], columns)
        #expect(same == ["first": "1 1 7200 7200"])
    }

    @Test func aLeadBeginsAConversation() async throws {
        let leads = """
            lead_id,customer_id,created_at,source,owner_id
            L1,c1,2026-10-01 09:00,web,p1
            L2,c2,2026-10-01 17:50,web,p2
            L3,c3,2026-10-08 09:00,walk-in,p2
            L4,c4,2026-10-08,web,p2

            """
        let data = try await exports(
            [
                "t1,c1,email,outbound,p1,2026-10-01 09:10,yes,,", "t1,c1,email,outbound,p1,2026-10-01 09:20,no,,",
                "t2,c2,phone,outbound,p2,2026-10-02 08:25,no,answered,",
            ], more: ["exports/leads.csv": leads])
        let settings = data.header.settings
        let measure = LeadResponseTime(answer(answerOn: .anyManaged, target: LeadResponseTime.target(settings)))
        let columns = ["conversations", "answered", "in_time", "late", "unanswered", "left_out", "p50"]
        // 20 min; 10 + 25 min over the night; none; a day alone.
        #expect(figures(data, measure, columns) == ["": "3 2 1 1 1 1 2100"])
        let people = figures(data, measure, by: [.person], ["conversations", "waiting"])
        #expect(people == ["p1": "1 0", "p2": "2 1"])
    }

    @Test func missedCallsAreReturnedOrNot() async throws {
        let data = try await exports(
            [
                ",c1,phone,inbound,p1,2026-10-01 09:00,no,answered,", ",c2,phone,inbound,,2026-10-01 09:00,no,missed,",
                ",c2,phone,outbound,p1,2026-10-01 10:00,no,answered,", ",c3,phone,inbound,,2026-10-01 09:00,no,voicemail,",
                ",c3,email,outbound,p1,2026-10-01 11:00,yes,,", ",c4,phone,outbound,p1,2026-10-01 11:00,no,answered,",
            ], answerOn: "any-managed")
        let columns = ["calls", "answered", "missed", "returned", "not_returned", "answered_share", "return_p50"]
        #expect(figures(data, Calls(minimumN: 1), columns) == ["": "3 1 2 1 1 0.333333 3600"])
    }

    @Test func whatExportsSayOfTheEndIsResolution() async throws {
        let conversations = """
            conversation_id,status,resolved_at,assigned_to
            t1,closed,2026-10-01 11:00,p1
            t2,open,,p1
            t3,closed,,p1
            t4,withdrawn,2026-10-01 11:00,p1

            """
        let data = try await exports(
            (1...5).map { "t\($0),c\($0),email,inbound,,2026-10-01 09:00,no,," },
            more: ["exports/conversations.csv": conversations])
        let columns = ["conversations", "resolved", "still_open", "closed_without_time", "withdrawn", "no_status", "p50"]
        #expect(figures(data, ResolutionTime(), columns) == ["": "2 1 1 1 1 1 7200"])
    }

    @Test func trafficPastOurChannelsAndWhatAnAuditFound() async throws {
        let data = try await exports([
            "t1,c1,email,inbound,,2026-10-01 09:00,no,,", "t2,c1,whatsapp,inbound,,2026-10-01 09:00,no,,",
            "t3,c1,telegram,inbound,,2026-10-01 09:00,no,,", "t4,c1,task,internal,p1,2026-10-01 09:00,no,,",
        ])
        let measure = OffChannel(minimumN: 1, audit: data.header.settings.offChannelAudit)
        let columns = ["messages", "off_channel", "unlisted", "share", "audit_share", "audit_share_lower"]
        // Wilson 1927 of 10 in 50: 0.112438 to 0.330362.
        #expect(figures(data, measure, columns) == ["": "5 1 2 0.200000 0.200000 0.112438"])
    }

    @Test func repliesThatLookMadeToStopTheClock() async throws {
        var lines: [String] = []
        for number in 1...4 {
            lines.append("t\(number),c\(number),email,inbound,,2026-10-01 09:00:00,no,,")
            let second = number == 1 ? "00:19" : "05:00"
            lines.append("t\(number),c\(number),email,outbound,p1,2026-10-01 09:\(second),no,,\(number < 3 ? "same" : "h\(number)")")
        }
        lines.append("t2,c2,email,inbound,,2026-10-01 10:00,no,,")
        // Three replies of another person with one text are too few to say anything.
        for number in 5...7 {
            lines.append("t\(number),c\(number),sms,inbound,,2026-10-01 09:00,no,,")
            lines.append("t\(number),c\(number),sms,outbound,p2,2026-10-01 09:05,no,,same")
        }
        let data = try await exports(lines)
        let measure = StoppedClocks(data.header.settings.stoppedClocks)
        let columns = ["first_replies", "listed", "same_text", "too_quick", "asked_again"]
        #expect(figures(data, measure, by: [.person], columns) == ["p1": "4 2 2 1 1", "p2": "3 0 0 0 0"])
    }

    @Test func leaveOfWhoHadItComesOutOfAdjustedTimes() async throws {
        let conversations = """
            conversation_id,assigned_to,assigned_at
            t1,p1,2026-10-01 09:00
            t1,p2,2026-10-02 12:00
            t2,p1,2026-10-01 09:00

            """
        let data = try await exports(
            [
                "t1,c1,email,inbound,,2026-10-01 09:00,no,,", "t1,c1,email,outbound,p2,2026-10-02 13:00,no,,",
                "t2,c2,email,inbound,,2026-10-01 09:00,no,,",
            ],
            more: [
                "exports/conversations.csv": conversations,
                "exports/people.csv": "person_id,name\np1,Ann\np2,Bo\np9,Cy\n",
                "exports/absences.csv": "person_id,from,to,reason\np1,2026-10-02,2026-10-02,leave\n",
            ], asOf: "2026-10-05 18:30")
        // t1: 9 h + 5 h open, of which 4 h of Friday morning were Ann's leave before Bo had it. t2 waits 9 + 10 + 10 h, less
        // Friday: 19 h.
        let raw = figures(data, answer(), by: [.person], ["conversations", "answered", "p50"])
        #expect(raw == ["p2": "1 1 50400", "p1": "1 0 >104400"])
        let adjusted = figures(data, answer(adjusted: true), by: [.person], ["conversations", "answered", "p50"])
        #expect(adjusted == ["p2": "1 1 36000", "p1": "1 0 >68400"])
    }

    @Test func afterHoursAndAges() async throws {
        let data = try await exports([
            "t1,c1,email,inbound,,2026-10-01 20:00,no,,", "t1,c1,email,outbound,p1,2026-10-02 08:10,no,,",
            "t2,c2,email,inbound,,2026-10-09 16:30,no,,", "t3,c3,email,inbound,,2026-10-08 12:00,no,,",
            "t4,c4,email,inbound,,2026-10-01 09:00,no,,",
        ])
        #expect(figures(data, answer(), by: [.arrival], ["conversations", "p50"])["after hours"] == "1 600")
        // The data end with the day of the last message, 9 October: midnight.
        let ages = figures(data, answer(), by: [.age], ["waiting", "still_waiting"])
        #expect(ages == ["": "0 0", "4 to 24 h": "1 1", "1 to 3 days": "1 1", "over 7 days": "1 1"])
    }

    @Test func theBacklogThatClearsAfterwardsIsReportedApart() async throws {
        let outages = """
            outage_id,system,channel,started_at,ended_at
            O1,hub,sms,2026-10-01 10:00,2026-10-01 12:00

            """
        let data = try await exports(
            [
                // Answered while it was down; asked before it; asked during and answered the next morning, 6 h 15 of open
                // time after it; asked during and never answered; not exposed.
                "t1,c1,sms,inbound,,2026-10-01 09:50,no,,", "t1,c1,sms,outbound,p1,2026-10-01 10:30,no,,",
                "t2,c2,sms,inbound,,2026-10-01 09:55,no,,", "t2,c2,sms,outbound,p1,2026-10-01 12:30,no,,",
                "t3,c3,sms,inbound,,2026-10-01 11:00,no,,", "t3,c3,sms,outbound,p1,2026-10-02 08:15,no,,",
                "t4,c4,sms,inbound,,2026-10-01 11:30,no,,", "t5,c5,sms,inbound,,2026-10-01 12:00,no,,",
            ], more: ["exports/outages.csv": outages])
        let columns = ["exposed", "conversations", "backlog", "backlog_answered", "backlog_p50"]
        let found = figures(data, OutageImpact(answerOn: .same), by: [.outage], columns)
        #expect(found == ["O1": "4 2 2 1 22500"])
        // The same waits with and without the two hours: what came before and after stays.
        let p50 = ["p50", "p50_without_outages"]
        #expect(figures(data, answer(), by: [.person], p50)["p1"] == "9300 2100")
    }

    @Test func whoHadTenConversationsIsNotScored() async throws {
        var lines: [String] = []
        for number in 1...30 {
            let person = number <= 10 ? "p1" : "p2"
            lines.append("t\(number),c\(number),email,inbound,,2026-10-01 09:00,no,,")
            lines.append("t\(number),c\(number),email,outbound,\(person),2026-10-01 09:10,no,,")
        }
        let data = try await exports(lines)
        var usual = answer(adjusted: true)
        usual.minimumN = data.header.settings.conversion.minimumN
        let spec = TableSpec(
            name: "t", request: MeasureRequest(usual), by: [.person], columns: ["answered_in_time"])
        let cells = tabulate(data, [spec])[0].cells.mapValues { Tabulation.value("answered_in_time", of: $0, in: spec) }
        #expect(cells[["p1"]] == .tooFew(TooFew(had: 10, needed: 20)))
        #expect(cells[["p2"]] == .share(1))
    }

    @Test func aBridgeLeadsFromTheAverageOfACRMToOurs() async throws {
        let data = try await exports(
            [
                // A machine after 1 min, a person by text after 60; a person after 30 min; overnight 16 h of which 30 min open;
                // nobody.
                "t1,c1,email,inbound,,2026-10-01 09:00,no,,", "t1,c1,email,outbound,,2026-10-01 09:01,yes,,",
                "t9,c1,sms,outbound,p1,2026-10-01 10:00,no,,", "t2,c2,email,inbound,,2026-10-01 09:00,no,,",
                "t2,c2,email,outbound,p1,2026-10-01 09:30,no,,", "t3,c3,email,inbound,,2026-10-01 16:30,no,,",
                "t3,c3,email,outbound,p1,2026-10-02 08:30,no,,", "t4,c4,email,inbound,,2026-10-01 09:00,no,,",
            ], answerOn: "any-managed")
        func facts(_ answerOn: ConversationSettings.AnswerOn) -> [Facts] {
            var parameters = LinkingParameters(data.header.settings)
            parameters.answerOn = answerOn
            return [Facts(data.group(0), context: LinkingContext(header: data.header, parameters: parameters))]
        }
        let slice = EvidenceSlice(month: Month("2026-10"), labels: [.channel: "email"])
        let bridge = ResponseBridge(
            answer(answerOn: .anyManaged), slice, sameThread: facts(.same), ours: facts(.anyManaged))
        #expect(bridge.steps.map(\.figure.plain) == [
            "19820.000", "29700.000", "21000.000", "4200.000", "3600", "3600", "3600",
        ])
        #expect(bridge.steps.map(\.conversations) == [3, 2, 3, 3, 3, 4, 4])
    }

    @Test func ratingsBelongToTheLatestConversation() async throws {
        let ratings = """
            customer_id,rated_at,score,conversation_id
            c1,2026-10-02 09:00,4,
            c1,2026-10-02 09:00,2,t1
            c2,2026-10-08 09:00,5,

            """
        let data = try await exports(
            [
                "t1,c1,email,inbound,,2026-10-01 09:00,no,,", "t1,c1,email,outbound,p1,2026-10-01 09:10,no,,",
                "t2,c1,sms,inbound,,2026-10-01 12:00,no,,", "t2,c1,sms,outbound,p2,2026-10-01 12:10,no,,",
            ], more: ["exports/ratings.csv": ratings])
        let found = figures(data, Ratings(minimumN: 1), by: [.person], ["ratings", "linked", "mean"])
        #expect(found == ["p1": "1 1 2.000", "p2": "1 1 4.000", "": "1 0 5.000"])
        #expect(figures(data, Ratings(minimumN: 4), ["ratings", "mean"]) == ["": "3 "])
    }

    @Test func trafficStandsBesideThoseOnDuty() async throws {
        let data = try await exports(
            ["t1,c1,email,inbound,,2026-10-08 09:30,no,,", "t2,c2,email,inbound,,2026-10-08 19:00,no,,"],
            settings: "staffing: { sales: { mon-fri: \"09:00-12:00 x2\" } }\n")
        let found = figures(data, Traffic(), by: [.hour], ["inbound", "staffed_hours", "inbound_per_staffed_hour"])
        // Thursday and Friday: two people for two hours.
        #expect(found == [
            "09": "1 4.000 0.250", "10": "0 4.000 0.000", "11": "0 4.000 0.000", "19": "1  ",
        ])
    }
}
