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
}
