import Foundation
import Testing

/// `kpi check` tells everything in one run.
@Suite("kpi check")
struct CheckFaultsTests {
    private func check(_ settings: String) throws -> Program.Ran {
        let folder = try ScratchFolder()
        try folder.write(settings, "dealership.yaml")
        try folder.write(
            """
            message_id,conversation_id,customer_id,channel,direction,sent_at
            1,1,1,email,inbound,2026-05-04T09:00:00
            2,1,1,email,outbound,2026-05-34T09:30:00

            """, "exports/messages.csv")
        try folder.write("name: One\n", "efforts/one.yaml")
        let ran = try Program.run("check", folder.path)
        #expect(ran.status == 1)
        return ran
    }

    @Test("faults of settings, of rows and of efforts at once")
    func together() throws {
        let ran = try check("name: Riverside Motors\ncurrency: dollars\ntime-zone: America/Chicago\n")
        #expect(ran.errors.contains("dealership.yaml:2:currency: error[bad-currency]"), "\(ran.errors)")
        #expect(ran.errors.contains("exports/messages.csv:3:sent_at"), "\(ran.errors)")
        #expect(ran.errors.contains("efforts/one.yaml"), "\(ran.errors)")
    }

    @Test("a mapping that cannot be read: rows are not looked at, and that is said")
    func mapping() throws {
        let ran = try check("name: Riverside Motors\nexports: { messages: { file: 7, colums: {} } }\n")
        #expect(ran.errors.contains("dealership.yaml:2:exports"), "\(ran.errors)")
        #expect(ran.errors.contains("exports-not-read"), "\(ran.errors)")
        #expect(!ran.errors.contains("messages.csv:3"), "\(ran.errors)")
    }

    @Test("a channel that is spelled otherwise than the settings name it")
    func channels() throws {
        let folder = try ScratchFolder()
        try folder.write(
            "name: One\ntime-zone: America/Chicago\nchannels: { email: managed, sms: managed }\n", "dealership.yaml")
        try folder.write(
            """
            message_id,conversation_id,customer_id,channel,direction,sent_at
            1,1,1,E-Mail,inbound,2026-05-04T09:00:00
            2,2,2,email,inbound,2026-05-04T09:00:00
            3,3,3,pigeon,inbound,2026-05-04T09:00:00
            4,3,3,E-Mail,inbound,2026-05-05T09:00:00

            """, "exports/messages.csv")
        let ran = try Program.run("check", "--show-values", folder.path)
        #expect(ran.status == 0, "\(ran.errors)")
        let lines = ran.errors.split(separator: "\n").filter { $0.contains("[unlisted-channel]") }
        #expect(lines.count == 2, "\(ran.errors)")
        #expect(lines.contains { $0.contains("warning") && $0.contains("2 messages are on \"E-Mail\"") }, "\(lines)")
        #expect(lines.contains { $0.contains("note") && $0.contains("1 message is on \"pigeon\"") })
    }

    @Test("rows that repeat others are set aside in every place that counts them")
    func repeated() throws {
        let folder = try ScratchFolder()
        try folder.write("name: Riverside Motors\ncurrency: USD\ntime-zone: America/Chicago\n", "dealership.yaml")
        try folder.write(
            """
            sale_id,customer_id,sold_at,kind,front_gross
            D1,1,2026-05-04,new,100
            D1,1,2026-05-04,new,100
            D2,2,2026-05-05,new,100
            D2,2,2026-05-05,new,200
            D3,3,never,new,200

            """, "exports/sales.csv")
        try folder.write(
            """
            tables:
              - { name: rows, measure: data-quality, by: [reason], columns: [rows, set_aside] }

            """, "spec.yaml")
        let ran = try Program.run("check", folder.path)
        #expect(ran.out.contains("5 rows, 3 set aside"), "\(ran.out) \(ran.errors)")
        let table = try Program.run("tables", folder.path + "/spec.yaml", folder.path)
        let reasons = Set(table.out.split(separator: "\n"))
        let expected: Set<Substring> = ["duplicate-row,0,1", "duplicate-id,0,1", "unreadable-date,0,1"]
        #expect(reasons.isSuperset(of: expected), "\(table.out) \(table.errors)")
        let figure = try Program.run("explain", "DATA-01@2026-05", folder.path)
        #expect(figure.out.contains(/figure +3\n/), "\(figure.out) \(figure.errors)")
    }
}
