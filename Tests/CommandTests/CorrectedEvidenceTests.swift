import Foundation
import Testing

/// `kpi explain --rows` says of every figure which of the rows that it rests on a later import corrected: since when,
/// in which columns, and what stood there before.
@Suite("kpi explain: corrected rows")
struct CorrectedEvidenceTests {
    private static let settings = """
        name: Riverside
        currency: USD
        time-zone: America/Chicago
        hours: { mon-fri: "08:00-18:00" }
        channels: { email: managed, phone: managed }
        targets: { first-response-time: { email: 1 h, phone: 5 min, lead: 1 h } }
        outages: none
        """

    /// One customer from service to a car; another who called. What comes later only lets September be over.
    private static let exports = [
        "service_visits.csv": """
            visit_id,customer_id,vin,opened_at,advisor_id,amount
            V1,C1,1HGCM82633A004352,2026-09-01T09:00,A1,100.00
            V2,C1,1HGCM82633A004352,2026-09-01T11:00,A1,80.00
            V9,C9,,2026-12-30T09:00,A1,20.00
            """,
        "sales.csv": """
            sale_id,customer_id,sold_at,salesperson_id,gross_profit
            D1,C1,2026-09-20T15:00,P1,1500.00
            D9,C9,2026-12-31T15:00,P1,900.00
            """,
        "leads.csv": """
            lead_id,customer_id,created_at,source,owner_id
            L1,C1,2026-09-03T10:00,web,P1
            L9,C9,2026-12-31T10:00,web,P1
            """,
        "appointments.csv": """
            appointment_id,customer_id,kind,booked_at,scheduled_for,status
            AP1,C1,sales,2026-09-04T10:00,2026-09-10T10:00,shown
            AP9,C9,sales,2026-12-30T10:00,2026-12-31T10:00,shown
            """,
        "messages.csv": """
            message_id,conversation_id,customer_id,channel,direction,person_id,sent_at,outcome
            M1,T1,C1,email,inbound,,2026-09-03T10:05,
            M2,T1,C1,email,outbound,P1,2026-09-03T10:30,
            M3,T2,C2,phone,inbound,,2026-09-08T10:00,missed
            M4,T2,C2,phone,outbound,P1,2026-09-08T10:20,
            M9,T9,C9,email,inbound,,2026-12-31T10:00,
            """,
        "conversations.csv": """
            conversation_id,customer_id,channel,assigned_to,assigned_at,status
            T1,C1,email,P1,2026-09-03T10:06,open
            T9,C9,email,P1,2026-12-31T10:06,open
            """,
    ]

    /// A row as it was, the row as it is, and figures that rest on it without being of it.
    private struct Change {
        var export: String
        var line: Int
        var from: String
        var to: String
        var column: String
        var figures: [String]
    }

    private static let changes = [
        Change(
            export: "messages.csv", line: 3, from: "2026-09-03T10:30", to: "2026-09-03T10:40", column: "sent_at",
            figures: ["RESP-02@2026-09;channel=email", "NEXT-02@2026-09", "LEAD-02@2026-09", "S2S-05@2026-09"]),
        Change(
            export: "messages.csv", line: 5, from: "2026-09-08T10:20", to: "2026-09-08T10:50", column: "sent_at",
            figures: ["CALL-02@2026-09", "RESP-02@2026-09;channel=phone"]),
        Change(
            export: "sales.csv", line: 2, from: "1500.00", to: "1400.00", column: "gross_profit",
            figures: ["S2S-02@2026-09", "S2S-11@2026-09"]),
        Change(
            export: "service_visits.csv", line: 3, from: "80.00", to: "85.00", column: "amount",
            figures: ["S2S-01@2026-09", "S2S-02@2026-09", "S2S-08@2026-09"]),
        Change(
            export: "leads.csv", line: 2, from: "2026-09-03T10:00", to: "2026-09-03T10:01", column: "created_at",
            figures: ["S2S-04@2026-09"]),
        Change(
            export: "appointments.csv", line: 2, from: "2026-09-04T10:00", to: "2026-09-04T11:00", column: "booked_at",
            figures: ["S2S-09@2026-09"]),
        Change(
            export: "conversations.csv", line: 2, from: "email,P1,", to: "email,P2,", column: "assigned_to",
            figures: ["RESP-02@2026-09;channel=email"]),
    ]

    private static func folder() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write(settings, "dealership.yaml")
        for (name, text) in exports { try folder.write(text + "\n", "exports/\(name)") }
        return folder
    }

    private static func explained(
        _ figure: String, _ folder: borrowing ScratchFolder, _ more: [String] = []
    ) throws -> Program.Ran {
        let ran = try Program.run(list: ["explain", figure, folder.path, "--rows", "-"] + more)
        #expect(ran.status == 0, "\(figure): \(ran.errors)")
        return ran
    }

    @Test("a corrected answer, deal, repair order, lead, appointment, assignment: told where figures rest on it")
    func every() throws {
        for change in Self.changes {
            let folder = try Self.folder()
            #expect(try Program.run("import", folder.path).status == 0)
            for figure in change.figures {
                let before = try Self.explained(figure, folder)
                #expect(!before.out.contains("since import") && !before.out.contains(",corrected"), "\(before.out)")
            }
            let text = try folder.read("exports/\(change.export)")
            #expect(text.contains(change.from))
            let changed = text.replacing(change.from, with: change.to, maxReplacements: 1)
            try folder.write(changed, "exports/\(change.export)")
            let second = try Program.run("import", folder.path)
            #expect(second.out.contains("1 correct earlier ones"), "\(second.out)")
            for figure in change.figures {
                let ran = try Self.explained(figure, folder)
                let place = "exports/\(change.export):\(change.line)"
                let words = "\(place) since import 2: \(change.column); before: \(place) (imports 1 to 1)"
                #expect(ran.out.contains(words), "\(figure) \(change.export): \(ran.out)")
                let told = "corrected by a later import, or rest on rows that were"
                #expect(ran.errors.contains(told), "\(figure): \(ran.errors)")
                #expect(!ran.out.contains("now “"), "\(figure): \(ran.out)")
            }
        }
    }

    @Test("with --show-values it says what the cells were")
    func values() throws {
        let folder = try Self.folder()
        #expect(try Program.run("import", folder.path).status == 0)
        let text = try folder.read("exports/messages.csv")
        // The columns in another order, and the answer later.
        let lines = text.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).reversed().joined(separator: ",")
        }
        try folder.write(
            lines.joined(separator: "\n").replacing("2026-09-03T10:30", with: "2026-09-03T11:30") + "\n",
            "exports/messages.csv")
        let second = try Program.run("import", folder.path)
        #expect(second.out.contains("1 correct earlier ones, 4 known"), "\(second.out)")
        let ran = try Self.explained("RESP-02@2026-09;channel=email", folder, ["--show-values"])
        let words = "since import 2: sent_at “2026-09-03T10:30”, now “2026-09-03T11:30”; before: exports/messages.csv:3"
        #expect(ran.out.contains(words), "\(ran.out)")
        #expect(try Program.run("undo", folder.path, "2").status == 0)
        #expect(!(try Self.explained("RESP-02@2026-09;channel=email", folder).out.contains("since import")))
    }
}
