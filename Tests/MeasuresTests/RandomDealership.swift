import Foundation

/// A tiny made-up dealership: three stores, of which the first two share their customers and lie in two zones; around the
/// end of summer time, with ties, dates without a time, and windows of exactly 60 and 61 days.
struct RandomDealership {
    struct When: Hashable {
        /// Seconds since 1970; a date's own midnight in its store's zone.
        var seconds: Int
        var isDate: Bool
        var text: String
    }
    struct Visit: Hashable {
        var id: String
        var store: Int
        var customer: Int
        var vin: String
        var at: When
        var advisor: String
    }
    struct Sale: Hashable {
        var id: String
        var store: Int
        var customer: Int
        var at: When
        var gross: Int
    }
    struct Message: Hashable {
        var thread: String
        var store: Int
        var customer: Int
        var channel: String
        /// `inbound`, `outbound`, or `machine`.
        var kind: String
        var person: String
        var minute: Int
    }
    struct Outage: Hashable {
        var id: String
        var store: Int?
        var channel: String
        var minutes: Range<Int>
    }

    static let zones = ["America/Chicago", "America/New_York", "America/Los_Angeles"].map { TimeZone(identifier: $0)! }
    static let channels = ["email", "sms"]
    var visits: [Visit] = []
    var sales: [Sale] = []
    var messages: [Message] = []
    var outages: [Outage] = []

    /// Days since 1970 of the local date.
    static func day(_ seconds: Int, _ store: Int) -> Int {
        let local = seconds + zones[store].secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        return Int((Double(local) / 86_400).rounded(.down))
    }

    /// The instant of a wall clock that exists, by trying the zone's two offsets.
    static func instant(day: Int, minute: Int, _ store: Int) -> Int {
        let local = day * 86_400 + minute * 60
        let tries = (4...8).map { local + $0 * 3_600 }
        return tries.first { Self.day($0, store) * 86_400 + Self.secondOfDay($0, store) == local } ?? local
    }

    static func secondOfDay(_ seconds: Int, _ store: Int) -> Int {
        let local = seconds + zones[store].secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        return local - Int((Double(local) / 86_400).rounded(.down)) * 86_400
    }

    /// 2026-09-01.
    static let firstDay = 20_697

    init(seed: UInt64) {
        var random = Generator(seed)
        func when(_ day: Int, _ store: Int, date: Bool) -> When {
            let text = Self.date(day)
            if date { return When(seconds: Self.instant(day: day, minute: 0, store), isDate: true, text: text) }
            let seconds = Self.instant(day: day, minute: 240 + random.below(1_100), store)
            return When(seconds: seconds, isDate: false, text: Self.utc(seconds))
        }
        for number in 0..<60 {
            let store = random.below(3)
            visits.append(
                Visit(
                    id: "RO\(number)", store: store, customer: random.below(8),
                    vin: random.chance(600) ? "VIN\(random.below(6))" : "",
                    at: when(Self.firstDay + random.below(40), store, date: random.chance(300)), advisor: "A\(random.below(4))"))
        }
        for number in 0..<50 {
            let visit = random.pick(visits)
            let store = visit.store == 2 ? 2 : random.below(2)
            let gap = random.pick([0, 0, 1, 30, 59, 60, 60, 61, 61, 62])
            var at = when(Self.day(visit.at.seconds, visit.store) + gap, store, date: random.chance(300))
            // A sale at the very instant of the visit.
            if gap == 0, !visit.at.isDate, random.chance(500) { at = visit.at }
            sales.append(Sale(id: "D\(number)", store: store, customer: visit.customer, at: at, gross: random.below(900_000)))
        }
        // From 27 October: the clock is put back on 1 November.
        let start = Self.instant(day: Self.firstDay + 56, minute: 0, 0) / 60
        for number in 0..<80 {
            let store = random.below(3)
            let channel = random.pick(Self.channels)
            let customer = random.below(8)
            var minute = start + random.below(9 * 1_440)
            for _ in 0...random.below(4) {
                messages.append(
                    Message(
                        thread: "V\(number)", store: store, customer: customer, channel: channel,
                        kind: random.pick(["inbound", "inbound", "outbound", "machine"]), person: "P\(random.below(4))",
                        minute: minute))
                minute += random.pick([0, 0, 1, 4, 5, 6, 30, 600, 2_000])
            }
        }
        for number in 0..<6 {
            let begin = start + random.below(8 * 1_440)
            outages.append(
                Outage(
                    id: "O\(number)", store: random.chance(300) ? nil : random.below(3), channel: random.pick(Self.channels),
                    minutes: begin..<(begin + 1 + random.below(1_500))))
        }
    }

    static func date(_ day: Int) -> String { String(utc(day * 86_400).prefix(10)) }
    static func utc(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }

    /// The folder's files; rows in an order that the seed says.
    /// With the records of every measure: calls, texts, departments, leads, assignments, absences, ratings.
    func allFiles(shuffle: UInt64? = nil) -> [String: String] {
        var random = Generator(shuffle ?? 0)
        func table(_ header: String, _ rows: [String]) -> String {
            ([header] + (shuffle == nil ? rows : rows.shuffled(using: &random))).joined(separator: "\n") + "\n"
        }
        let told = messages.enumerated().map { number, message -> String in
            let isMachine = message.kind == "machine"
            let isTask = number % 7 == 3
            let person = message.kind == "outbound" || isTask ? message.person : ""
            return "M\(number),\(message.thread),S\(message.store),\(message.customer),\(message.channel),"
                + "\(isTask ? "internal" : isMachine ? "outbound" : message.kind),\(person),"
                + "\(Self.utc(message.minute * 60)),\(isMachine && !isTask ? "yes" : "no"),"
                + "\(isTask ? "service,sales" : number % 5 == 0 ? "sales," : ","),,"
                + (message.kind == "outbound" ? "H\(number % 3)" : "")
        }
        let called = messages.enumerated().filter { $0.offset % 4 == 0 }.map { number, message in
            let outcome = ["answered", "missed", "voicemail"][number / 4 % 3]
            return "C\(number),,S\(message.store),\(message.customer),phone,inbound,"
                + "\(outcome == "answered" ? message.person : ""),\(Self.utc(message.minute * 60 + 30)),no,,,\(outcome),"
        }
        var files = self.files(shuffle: shuffle)
        files["dealership.yaml"] = (files["dealership.yaml"] ?? "")
            .replacing("channels: { email: managed, sms: managed }", with: "channels: { email: managed, phone: managed, sms: off-channel }")
            .replacing("answer-on: same", with: "answer-on: any-managed")
            + "staffing: { sales: { mon-fri: \"09:00-17:00 x2\" } }\n" + Self.owed
        files["exports/messages.csv"] = table(
            "message_id,conversation_id,store_id,customer_id,channel,direction,person_id,sent_at,automated,department,"
                + "to_department,outcome,text_hash", told + called)
        files["exports/customers.csv"] = table(
            "customer_id,store_id,system,name,phone,email,address,created_at",
            (0..<40).flatMap { number -> [String] in
                // Few names, lines and mail boxes: all kinds of links and contradictions.
                let name = ["Ada Moreau", "Moreau, Bo", "Cleo Radley", "", "Radley Dov"][number * 7 % 5]
                let contact = "312-555-01\(10 + number * 5 % 17),p\(number * 3 % 13)@example.com"
                let made = number % 3 == 0 ? "" : "2026-10-\(10 + number % 19)"
                return ["", "crm"].filter { $0.isEmpty || number % 4 != 0 }.map { system in
                    "\(number),S\(number % 3),\(system),\"\(name)\",\(contact),\(1 + number % 6) Elm St,\(made)"
                }
            })
        files["exports/leads.csv"] = table(
            "lead_id,store_id,customer_id,created_at,source,owner_id",
            messages.enumerated().filter { $0.offset % 3 == 0 }.map { number, message in
                "L\(number),S\(message.store),\(message.customer),\(Self.utc(message.minute * 60 - 900)),web,P\(number % 4)"
            })
        let threads = Dictionary(messages.map { ($0.thread, $0) }, uniquingKeysWith: { first, _ in first })
            .sorted { $0.key < $1.key }
        files["exports/conversations.csv"] = table(
            "conversation_id,store_id,assigned_to,assigned_at,status,resolved_at",
            threads.enumerated().flatMap { number, thread -> [String] in
                let at = Self.utc(thread.value.minute * 60)
                let later = Self.utc(thread.value.minute * 60 + 7_200)
                let status = ["open,", "closed,\(later)", "withdrawn,", "closed,"][number % 4]
                let head = "\(thread.key),S\(thread.value.store)"
                return ["\(head),P\(number % 4),\(at),\(status)"]
                    + (number % 3 == 0 ? ["\(head),P\((number + 1) % 4),\(later),\(status)"] : [])
            })
        files["exports/appointments.csv"] = table(
            "appointment_id,store_id,customer_id,kind,booked_at,scheduled_for,status,person_id,vin,vehicle_year,mileage,"
                + "lease_end,recall",
            visits.enumerated().map { number, visit in
                let day = Self.day(visit.at.seconds, visit.store) + 30
                return "B\(number),S\(visit.store),\(visit.customer),\(number % 8 == 5 ? "sales" : "service"),"
                    + "\(number % 4 == 0 ? "" : Self.date(day - number % 12)),\(Self.date(day)) 09:\(10 + number % 40),"
                    + "\(["booked", "shown", "missed", "", "cancelled"][number % 5]),\(visit.advisor),"
                    + "\(number % 3 == 0 ? visit.vin : ""),\(number % 2 == 0 ? "\(2010 + number % 16)" : ""),"
                    + "\(number % 3 == 1 ? "\(number * 3_000)" : ""),\(number % 6 == 0 ? Self.date(day + number) : ""),"
                    + (number % 5 == 3 ? "yes" : "")
            })
        files["exports/people.csv"] = table(
            "person_id,store_id,department,place",
            (0..<4).map { "P\($0),S\($0 % 3),\($0 % 2 == 0 ? "sales" : "service"),\($0 == 3 ? "remote" : "on-site")" }
                + (0..<4).map { "A\($0),S0,service,on-site" })
        files["exports/absences.csv"] = table(
            "person_id,from,to,reason", (0..<4).map { "P\($0),2026-10-\(27 + $0),2026-10-\(28 + $0 % 3),leave" })
        addLedger(to: &files, table)
        files["exports/ratings.csv"] = table(
            "customer_id,store_id,rated_at,score",
            messages.enumerated().filter { $0.offset % 9 == 0 }.map { number, message in
                "\(message.customer),S\(message.store),\(Self.utc(message.minute * 60 + 86_400)),\(1 + number % 5)"
            })
        return files
    }

    private static let owed = """
        ladder:
          - { when: answer late, give: an apology }
          - { when: waited over 1 h, give: a credit, amount: 10, even-when-rare: yes }
          - { when: met or spoken to, give: a call }
        contracts: { Hubble: { availability: 99.5 %, systems: [hub], fee: 100, credit: { below 99.5 %: 7 % }, claim-within: 5 days } }
        rules: { vendors: { watch: { months-missed: 1 } } }

        """

    /// What was done about the outages.
    private func addLedger(to files: inout [String: String], _ table: (String, [String]) -> String) {
        files["dealership.yaml"] = (files["dealership.yaml"] ?? "").replacing(
            "outages: { recovery: 0 min }",
            with: "outages: { recovery: 0 min, systems: { hub: { activities: [email, sms], vendor: Hubble, "
                + "protocol: { acknowledge: 30 min, after-care: 1 h } } } }")
        let day = Self.date(Self.firstDay + 66)
        files["exports/remedies.csv"] = table(
            "remedy_id,store_id,outage_id,customer_id,kind,amount,given_at",
            (0..<18).map { number in
                let kind = ["apology", "credit", "call"][number * 5 % 3]
                return "R\(number),\(number % 4 == 0 ? "" : "S\(number % 3)"),O\(number % 6),\(number * 3 % 8),\(kind),\(number),\(day)"
            })
        files["exports/complaints.csv"] = table(
            "complaint_id,store_id,outage_id,customer_id,raised_at,offer,outcome",
            (0..<6).map { "CP\($0),S\($0 % 3),O\($0),\($0),\(day),,\(["solved", "declined", "parted", ""][$0 % 4])" })
        files["exports/claims.csv"] = table(
            "claim_id,outage_id,asked_at,amount_asked", (0..<3).map { "CL\($0),O\($0 * 2),\(day),\($0 + 1)" })
        files["exports/outage_steps.csv"] = table(
            "outage_id,step,done_at,by", outages.prefix(4).map { "\($0.id),acknowledge,\(Self.utc($0.minutes.lowerBound * 60 + 1_200)),Ana" })
    }

    func files(shuffle: UInt64? = nil) -> [String: String] {
        var random = Generator(shuffle ?? 0)
        func table(_ header: String, _ rows: [String]) -> String {
            ([header] + (shuffle == nil ? rows : rows.shuffled(using: &random))).joined(separator: "\n") + "\n"
        }
        return [
            "dealership.yaml": """
                name: Riverside
                time-zone: America/Chicago
                hours: { mon-fri: "08:00-18:00", sat: "09:00-13:00" }
                channels: { email: managed, sms: managed }
                targets: { first-response-time: { default: 1 h } }
                conversations: { answer-on: same }
                outages: { recovery: 0 min }

                """,
            "exports/stores.csv": """
                store_id,time_zone,sharing_group
                S0,America/Chicago,north
                S1,America/New_York,north
                S2,America/Los_Angeles,

                """,
            "exports/service_visits.csv": table(
                "visit_id,store_id,customer_id,vin,opened_at,advisor_id",
                visits.map { "\($0.id),S\($0.store),\($0.customer),\($0.vin),\($0.at.text),\($0.advisor)" }),
            "exports/sales.csv": table(
                "sale_id,store_id,customer_id,sold_at,gross_profit",
                sales.map { "\($0.id),S\($0.store),\($0.customer),\($0.at.text),\($0.gross / 100).\(100 + $0.gross % 100)".replacing(".1", with: ".", maxReplacements: 1) }),
            "exports/messages.csv": table(
                "message_id,conversation_id,store_id,customer_id,channel,direction,person_id,sent_at,automated",
                messages.enumerated().map { number, message in
                    let isMachine = message.kind == "machine"
                    return "M\(number),\(message.thread),S\(message.store),\(message.customer),\(message.channel),"
                        + "\(isMachine ? "outbound" : message.kind),\(message.kind == "outbound" ? message.person : ""),"
                        + "\(Self.utc(message.minute * 60)),\(isMachine ? "yes" : "no")"
                }),
            "exports/outages.csv": table(
                "outage_id,store_id,system,channel,started_at,ended_at",
                outages.map { outage in
                    "\(outage.id),\(outage.store.map { "S\($0)" } ?? ""),hub,\(outage.channel),"
                        + "\(Self.utc(outage.minutes.lowerBound * 60)),\(Self.utc(outage.minutes.upperBound * 60))"
                }),
        ]
    }
}
