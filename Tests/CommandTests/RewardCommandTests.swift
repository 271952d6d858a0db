import Foundation
import Testing

/// `kpi rewards show` and `kpi check` on rules: gates, previews, what data says of a rule.
@Suite("kpi rewards show")
struct RewardCommandTests {
    private static let dealership = """
        name: Riverside Motors
        time-zone: America/Chicago
        hours: { mon-fri: "08:00-18:00" }
        channels: { email: managed, whatsapp: off-channel }
        targets: { first-response-time: { email: 1 h } }

        """

    private static let rule = """
        name: Answered in time
        version: 1
        approved: 2026-09-01
        approvers: [Ellis Moore, Kim Ortega]
        in-force: 2026-10
        measure: first-response-time
        channels: [email]
        eligible: { departments: [service], minimum-n: 1 }
        tiers: [{ from: 50 %, pays: 100 }]
        pool: 150
        gates: [{ measure: off-channel.share, at-most: 25 %, of: person }]

        """

    /// P1 answers one e-mail in time and writes nothing elsewhere; P2 as well, and half of what she writes is
    /// off-channel.
    private func folder(_ rule: String = rule) throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write(Self.dealership, "dealership.yaml")
        try folder.write(rule, "rewards/answers.yaml")
        try folder.write(
            """
            person_id,store_id,name,department,role
            P1,S1,Dana Ruiz,service,advisor
            P2,S1,June Boyd,service,advisor

            """, "exports/people.csv")
        try folder.write(
            """
            message_id,conversation_id,store_id,customer_id,channel,direction,person_id,sent_at
            1,A,S1,1,email,inbound,,2026-10-05 09:00:00
            2,A,S1,1,email,outbound,P1,2026-10-05 09:10:00
            3,B,S1,2,email,inbound,,2026-10-30 09:00:00
            4,B,S1,2,email,outbound,P2,2026-10-30 09:10:00
            5,W,S1,3,whatsapp,outbound,P2,2026-10-30 09:20:00

            """, "exports/messages.csv")
        try folder.write(
            """
            conversation_id,store_id,assigned_to,assigned_at,status
            A,S1,P1,2026-10-05 09:00:00,closed
            B,S1,P2,2026-10-30 09:00:00,closed

            """, "exports/conversations.csv")
        return folder
    }

    @Test("a gate that is shut pays nothing, and says by what")
    func gate() throws {
        let folder = try folder()
        let shown = try Program.run("rewards", "show", folder.path, "--month", "2026-10", "--format", "csv")
        #expect(shown.status == 0 && shown.errors.isEmpty, "\(shown.errors)")
        let rows = shown.out.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let header = try #require(rows.first)
        let amount = try #require(header.firstIndex(of: "amount"))
        let outcome = try #require(header.firstIndex(of: "outcome"))
        #expect(rows.dropFirst().map { $0[amount] } == ["100.00", "0.00"])
        #expect(rows.dropFirst().map { $0[outcome] } == ["scored", "off-channel share at most 25 %: 50.0 %"])
    }

    @Test("the same bytes twice, as text, CSV and JSON", arguments: ["text", "csv", "json"])
    func alike(format: String) throws {
        let folder = try folder()
        let runs = try (0..<2).map { _ in try Program.run("rewards", "show", folder.path, "--format", format).out }
        #expect(runs[0] == runs[1] && !runs[0].isEmpty)
    }

    @Test("kpi check proves a rule by the data: a pool that may not do, a department that nobody has")
    func check() throws {
        let folder = try folder(Self.rule.replacing("[service]", with: "[service, servise]"))
        let checked = try Program.run("check", folder.path)
        #expect(checked.errors.contains("[pool-may-not-do]") && checked.errors.contains("[nobody-eligible]"))
        #expect(checked.errors.contains("did you mean service?"))
        #expect(checked.out.contains("reward answers: 2026-10 can be closed; 2 people, 1 paid, 100.00 USD"))
    }

    @Test("a folder without rules, a rule that is not there")
    func none() throws {
        let folder = try folder()
        let unknown = try Program.run("rewards", "show", folder.path, "--rule", "answer")
        #expect(unknown.status == 1 && unknown.errors.contains("did you mean answers?"))
        try FileManager.default.removeItem(at: folder.url.appending(path: "rewards"))
        let empty = try Program.run("rewards", "show", folder.path)
        #expect(empty.status == 1 && empty.errors.contains("[no-rules]"))
    }
}
