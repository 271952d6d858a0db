import Foundation

/// A small dealership with one reward rule: three people, ten e-mails each and month, a target of an hour.
///
/// September: everybody answered all in time. October: Ana was late twice (C-10-101, C-10-106), Ben twice (C-10-203
/// over days, C-10-205), Cy three times (C-10-302 during an outage, C-10-305, C-10-308).
struct RewardDealership {
    struct Row {
        var number: String
        var person: String
        var arrived: String
        /// Nil: nobody answered.
        var answered: String?
        var channel = "email"
    }

    var rows: [Row] = []
    var outageEnd = "2026-10-13T10:05"
    var absences: [String] = []
    var calls: [String] = []
    var lastDay = "2026-11-02"
    var lateData = "both"
    var pool = "400"
    var version = 1
    var payrollOfBen = "=00418"

    init() {
        for month in [9, 10] {
            for (index, person) in ["P-1", "P-2", "P-3"].enumerated() {
                for position in 1...10 {
                    let day = RewardDealership.day(month, position)
                    let number = "C-\(month)-\(index + 1)\(position < 10 ? "0" : "")\(position)"
                    rows.append(Row(number: number, person: person, arrived: "\(day)T09:10", answered: "\(day)T09:40"))
                }
            }
        }
        for number in ["C-10-101", "C-10-106", "C-10-205", "C-10-305", "C-10-308"] { answer(number, "13:30") }
        change("C-10-208") { ($0.arrived, $0.answered) = ("2026-10-28T09:10", "2026-10-28T09:40") }
        change("C-10-203") { $0.answered = "2026-10-26T08:30" }
        change("C-10-302") { $0.arrived = "2026-10-13T09:10" }
        answer("C-10-302", "12:20")
    }

    /// Working days: two a week apart enough for outages to hit one of them alone.
    private static func day(_ month: Int, _ position: Int) -> String {
        let days =
            month == 9
            ? [1, 3, 8, 10, 15, 17, 18, 22, 24, 29] : [1, 6, 20, 8, 14, 15, 16, 22, 27, 29]
        return "2026-\(month < 10 ? "0" : "")\(month)-\(days[position - 1] < 10 ? "0" : "")\(days[position - 1])"
    }

    mutating func change(_ number: String, _ edit: (inout Row) -> Void) {
        for index in rows.indices where rows[index].number == number { edit(&rows[index]) }
    }

    /// On its own day at this time.
    mutating func answer(_ number: String, _ time: String) {
        change(number) { $0.answered = "\($0.arrived.prefix(10))T\(time)" }
    }

    static let settings = """
        name: Riverside Motors
        currency: USD
        time-zone: America/Chicago
        hours:
          mon-fri: "08:00-18:00"
        channels: { email: managed, phone: managed }
        targets: { first-response-time: { email: 1 h } }
        outages:
          recovery: 30 min
          systems:
            e-mail: { activities: [email], vendor: Northmail }

        """

    var rule: String {
        """
        name: Answered in time
        version: \(version)
        approved: 2026-08-14
        approvers: [Jordan Ellis, Sam Okafor]
        in-force: 2026-09
        currency: USD
        measure: first-response-time
        clock: open
        adjusted: yes
        channels: [email]
        eligible: { departments: [service], minimum-n: 5, days-present: 5 }
        tiers: [{ from: 80 %, below: 90 %, pays: 50 }, { from: 90 %, pays: 100.50 }]
        cap: 120
        pool: \(pool)
        rounding: { to: 0.01, mode: half-up }
        late-data: \(lateData)
        ask: { within: 14 days, whom: Sam Okafor }

        """
    }

    private var messages: String {
        var lines = ["message_id,conversation_id,customer_id,channel,direction,person_id,sent_at"]
        for row in rows {
            let customer = "K\(row.number.dropFirst())"
            lines.append("\(row.number)-in,\(row.number),\(customer),\(row.channel),inbound,,\(row.arrived)")
            if let answered = row.answered {
                lines.append(
                    "\(row.number)-out,\(row.number),\(customer),\(row.channel),outbound,\(row.person),\(answered)")
            }
        }
        lines += calls
        lines.append("last,C-last,K-last,phone,outbound,P-1,\(lastDay)T17:59")
        return lines.joined(separator: "\n") + "\n"
    }

    private var conversations: String {
        let lines = rows.map { "\($0.number),K\($0.number.dropFirst()),\($0.channel),\($0.arrived),\($0.person)" }
        return (["conversation_id,customer_id,channel,opened_at,assigned_to"] + lines).joined(separator: "\n") + "\n"
    }

    func write(_ folder: borrowing ScratchFolder) throws {
        try folder.write(RewardDealership.settings, "dealership.yaml")
        try folder.write(rule, "rewards/answers.yaml")
        try folder.write(messages, "exports/messages.csv")
        try folder.write(conversations, "exports/conversations.csv")
        try folder.write(
            """
            person_id,name,department,role,payroll_id
            P-1,Ana Ruiz,service,advisor,00417
            P-2,Ben Cho,service,advisor,\(payrollOfBen)
            P-3,Cy Ode,service,advisor,19

            """, "exports/people.csv")
        try folder.write(
            """
            outage_id,vendor,system,channel,started_at,ended_at
            OUT-1,Northmail,e-mail,email,2026-10-13T09:00,\(outageEnd)

            """, "exports/outages.csv")
        try folder.write(
            (["person_id,from,to,reason"] + absences).joined(separator: "\n") + "\n", "exports/absences.csv")
    }

    // MARK: commands

    static let approved = ["--approved-by", "Jordan Ellis", "--approved-by", "Sam Okafor"]

    static func close(_ folder: borrowing ScratchFolder, _ month: String, on: String) throws -> Program.Ran {
        try Program.run(list: ["rewards", "close", folder.path, "--month", month, "--on", on] + approved)
    }

    static func adjust(_ folder: borrowing ScratchFolder, on: String) throws -> Program.Ran {
        try Program.run(list: ["rewards", "adjust", folder.path, "--on", on] + approved)
    }

    static func verify(_ folder: borrowing ScratchFolder) throws -> Program.Ran {
        try Program.run("rewards", "verify", folder.path)
    }
}
