import Foundation
import Testing

/// Statements, trials and reviews on the command line.
@Suite("kpi rewards statement, try, review")
struct RewardPagesCommandTests {
    private static func rule(version: Int, first: String, pays: Int, inForce: String = "2026-09") -> String {
        """
        name: Answered in time
        version: \(version)
        approved: 2026-08-20
        approvers: [Dana Cole, Priya Nair]
        in-force: \(inForce)
        currency: USD
        measure: first-response-time
        target: 1 h
        clock: open
        adjusted: yes
        eligible: { departments: [service], minimum-n: 10, days-present: 1 }
        tiers:
          - { from: \(first), below: 90 %, pays: 75 }
          - { from: 90 %, pays: \(pays) }
        pool: 1000
        rounding: { to: 0.01, mode: half-up }
        late-data: add-only
        ask: { within: 14 days, whom: Maria Ruiz }

        """
    }

    /// Two people, 20 conversations each in October: Ana answers 18 in time, Ben 17.
    private func folder() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write(
            """
            name: Riverside Motors
            currency: USD
            time-zone: America/Chicago
            hours: { mon-sun: "00:00-24:00" }
            channels: { email: managed }
            targets: { first-response-time: { email: 1 h } }

            """, "dealership.yaml")
        try folder.write(Self.rule(version: 1, first: "80 %", pays: 150), "rewards/answered.yaml")
        var messages = "message_id,conversation_id,customer_id,channel,direction,sent_at,person_id\n"
        var conversations = "conversation_id,customer_id,channel,opened_at,assigned_to\n"
        for (person, inTime) in [("p1", 18), ("p2", 17)] {
            for index in 0..<20 {
                let id = "\(person)-\(index)"
                let day = "2026-10-\(index + 5 < 10 ? "0" : "")\(index + 5)"
                messages += "\(id)a,\(id),c\(id),email,inbound,\(day)T09:00:00,\n"
                messages +=
                    "\(id)b,\(id),c\(id),email,outbound,\(day)T\(index < inTime ? "09:30" : "11:00"):00,\(person)\n"
                conversations += "\(id),c\(id),email,\(day)T09:00:00,\(person)\n"
            }
        }
        messages += "z1,z,cz,email,inbound,2026-11-02T09:00:00,\nz2,z,cz,email,outbound,2026-11-02T09:10:00,p1\n"
        try folder.write(messages, "exports/messages.csv")
        try folder.write(conversations, "exports/conversations.csv")
        try folder.write(
            "person_id,name,department,role,payroll_id\n"
                + "p1,Ana Ruiz,service,advisor,007\np2,Ben Cho,service,advisor,008\n",
            "exports/people.csv")
        return folder
    }

    @Test("a page a person, all rows beside it; one person's file has nobody else's rows")
    func statements() throws {
        let folder = try folder()
        let all = try Program.run("rewards", "statement", folder.path, "--month", "2026-10")
        #expect(all.status == 0, "\(all.errors)")
        #expect(all.out.split(separator: "\n").count == 2)
        let rows = try folder.read("rewards-2026-10-rows.csv").split(separator: "\n")
        #expect(rows.count == 41)
        #expect(rows[0].hasSuffix("month,rule,version,ledger_entry,ledger_hash"))
        let pdf = try Data(contentsOf: folder.url.appending(path: "rewards-2026-10.pdf"))
        #expect(pdf.starts(with: Array("%PDF".utf8)))
        let again = try Program.run("rewards", "statement", folder.path, "--month", "2026-10")
        #expect(again.status == 0)
        #expect(try Data(contentsOf: folder.url.appending(path: "rewards-2026-10.pdf")) == pdf)
        let ana = try Program.run("rewards", "statement", folder.path, "--month", "2026-10", "--person", "ana ruiz")
        #expect(ana.status == 0, "\(ana.errors)")
        let own = try folder.read("rewards-2026-10-p1-rows.csv").split(separator: "\n").dropFirst()
        #expect(own.count == 20 && own.allSatisfy { $0.contains(",p1,") })
        let nobody = try Program.run("rewards", "statement", folder.path, "--month", "2026-10", "--person", "Ana Ruis")
        #expect(nobody.status == 1 && nobody.errors.contains("did you mean Ana Ruiz?"))
    }

    @Test("a closed month's statements are the ledger's, whatever the exports say later")
    func closed() throws {
        let folder = try folder()
        let closed = try Program.run(
            "rewards", "close", folder.path, "--month", "2026-10", "--approved-by", "Dana Cole", "--approved-by",
            "Priya Nair", "--on", "2026-11-04")
        #expect(closed.status == 0, "\(closed.errors)")
        let before = try Program.run("rewards", "statement", folder.path, "--month", "2026-10")
        #expect(before.status == 0, "\(before.errors)")
        let rows = try folder.read("rewards-2026-10-rows.csv")
        let cells = rows.split(separator: "\n")[1].split(separator: ",", omittingEmptySubsequences: false)
        #expect(cells.suffix(2).first == "1" && cells.last?.count == 64)
        let pdf = try Data(contentsOf: folder.url.appending(path: "rewards-2026-10.pdf"))
        // Ben's last answer of October came later than was exported first.
        let messages = try folder.read("exports/messages.csv")
        try folder.write(
            messages.replacing("2026-10-05T09:30:00,p2", with: "2026-10-05T13:30:00,p2"), "exports/messages.csv")
        let after = try Program.run("rewards", "statement", folder.path, "--month", "2026-10")
        #expect(after.status == 0, "\(after.errors)")
        #expect(try folder.read("rewards-2026-10-rows.csv") == rows)
        #expect(try Data(contentsOf: folder.url.appending(path: "rewards-2026-10.pdf")) == pdf)
        let report = try Program.run("report", "rewards", folder.path, "--month", "2026-10")
        #expect(report.status == 0, "\(report.errors)")
        let figures = try folder.read("riverside-motors-rewards-2026-10-figures.csv")
        #expect(figures.contains("REW-01@2026-10;rule=answered,Answered in time: paid,225.00"))
    }

    @Test("a changed rule says who gains and who loses")
    func trial() throws {
        let folder = try folder()
        // Ana: 90 % at 150, then 200. Ben: 85 %, 75, then below 86 %.
        try folder.write(Self.rule(version: 2, first: "86 %", pays: 200, inForce: "2026-11"), "changed.yaml")
        let tried = try Program.run(
            "rewards", "try", folder.path + "/changed.yaml", folder.path, "--months", "2026-10..2026-10", "-o",
            folder.path + "/tried.pdf")
        #expect(tried.status == 0, "\(tried.errors)")
        #expect(tried.out.contains("Ana Ruiz (p1): 150.00 then, 200.00 by it, 50.00"))
        #expect(tried.out.contains("Ben Cho (p2): 75.00 then, 0.00 by it, -75.00"))
        #expect(tried.out.contains("together: 225.00 then, 200.00 USD by it; 1 gain, 1 lose"))
        #expect(FileManager.default.fileExists(atPath: folder.path + "/tried.pdf"))
    }

    @Test("the review names whose tier hangs on an answer")
    func review() throws {
        let folder = try folder()
        let review = try Program.run("rewards", "review", folder.path, "--month", "2026-10")
        #expect(review.status == 0, "\(review.errors)")
        // 18 of 20 is 90 %: one fewer pays 75. 17 of 20: one more pays 150.
        #expect(review.out.contains("Ana Ruiz (p1), answered: 18 of 20, 150.00; 1 fewer in time pay 75.00"))
        #expect(
            review.out.contains("Ben Cho (p2), answered: 17 of 20, 75.00; 2 fewer in time pay 0.00, 1 more pay 150.00"))
        let csv = try Program.run("rewards", "review", folder.path, "--month", "2026-10", "--format", "csv")
        #expect(csv.out.split(separator: "\n").count { $0.hasPrefix("close-call,answered,") } == 2)
        let explained = try Program.run("explain", "REW-04@2026-10;rule=answered;person=p1", folder.path)
        #expect(explained.status == 0 && explained.out.contains("Ana Ruiz (p1): 150.00 USD"), "\(explained.errors)")
        #expect(!explained.out.contains("Ben Cho"))
    }
}
