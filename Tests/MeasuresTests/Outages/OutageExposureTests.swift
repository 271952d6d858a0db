import Basis
import Dealership
import Ingest
import Measures
import Testing

/// Hand-made folders: what was exposed, and what became of mailings.
@Suite struct OutageExposureTests {
    private static let yaml = """
        name: Riverside
        time-zone: UTC
        channels: { email: managed, phone: managed }
        outages:
          mailing-tolerance: 30 min
          systems:
            mail: { activities: [email, mailings] }
            desk: { activities: [visits, leads] }
        """
    private static let files = [
        "dealership.yaml": yaml,
        "exports/messages.csv": """
            message_id,conversation_id,customer_id,channel,direction,person_id,sent_at
            M1,V1,1,email,inbound,,2026-10-05 08:00
            M2,V1,1,email,outbound,P1,2026-10-05 09:00
            M3,V2,2,email,inbound,,2026-10-05 08:30
            M4,V2,2,email,outbound,P1,2026-10-05 09:01
            M5,V3,3,email,inbound,,2026-10-05 10:30
            M6,V4,4,email,inbound,,2026-10-05 11:00
            M7,V4,4,email,outbound,P1,2026-10-05 11:30
            M8,V5,5,phone,inbound,,2026-10-05 09:30
            M9,V6,3,email,inbound,,2026-10-05 09:45
            M10,V6,3,email,outbound,P1,2026-10-05 09:50
            M11,V9,9,phone,outbound,P1,2026-10-09 12:00

            """,
        "exports/leads.csv": """
            lead_id,customer_id,created_at,source
            L1,5,2026-10-06 09:00,web
            L2,6,2026-10-06 13:00,web

            """,
        "exports/appointments.csv": """
            appointment_id,customer_id,booked_at,scheduled_for
            A1,1,2026-10-06 12:30,2026-10-20 10:00
            A2,2,2026-10-01 12:00,2026-10-06 12:10
            A3,4,2026-10-06 14:00,2026-10-06 15:00

            """,
        "exports/service_visits.csv": """
            visit_id,customer_id,opened_at,closed_at,vin
            R1,1,2026-10-06 08:00,2026-10-06 12:30,
            R2,2,2026-10-06 08:00,2026-10-06 11:30,
            R3,6,2026-10-06,,

            """,
        "exports/mailings.csv": """
            mailing_id,planned_at,sent_at,recipients,fault
            K1,2026-10-05 09:30,2026-10-05 11:30,100,
            K2,2026-10-05 10:00,2026-10-05 10:20,200,
            K3,2026-10-05 12:00,2026-10-05 10:59,300,
            K4,2026-10-05 10:00,2026-10-05 10:00,50,twice
            K5,2026-10-05 11:00,2026-10-05 11:05,900,
            K6,2026-10-05 10:50,,7,

            """,
        "exports/outages.csv": """
            outage_id,system,started_at,ended_at
            O1,mail,2026-10-05 09:00,2026-10-05 10:00
            O2,mail,2026-10-05 09:40,2026-10-05 11:00
            O3,desk,2026-10-06 12:00,2026-10-06 13:00

            """,
    ]

    private func cells(by: [Dimension], _ columns: [String]) async throws -> [[String]: [String]] {
        let exports = try await Folder(Self.files).read()
        let spec = TableSpec(
            name: "t", request: MeasureRequest(OutageExposure(answerOn: .same)), by: by, columns: columns)
        return Dictionary(uniqueKeysWithValues: tabulate(exports, [spec])[0].rows.map { row in
            (row.labels, columns.map { Tabulation.value($0, of: row.tally, in: spec).plain })
        })
    }

    @Test("an answer on the second the outage begins is not exposed, one a second before its end is")
    func byOutage() async throws {
        let found = try await cells(by: [.outage], ["conversations", "leads", "appointments", "visits", "mailings"])
        // V2 was answered at 09:01, V3 waits, V6 came and went; V1 was answered when it began; V4 came when it was over.
        #expect(found[["O1"]] == ["2", "0", "0", "0", "1"])
        #expect(found[["O2"]] == ["2", "0", "0", "0", "5"])
        // L1 has been waiting, L2 came when it was over. A1 was booked in it, A2 was due in it. R1 was open, R3 that day.
        #expect(found[["O3"]] == ["0", "1", "2", "2", "0"])
    }

    @Test("what two outages of one system hit counts once")
    func bySystem() async throws {
        let found = try await cells(
            by: [.system],
            ["outages", "conversations", "customers", "mailings", "mailings_late", "mailings_early", "mailings_twice",
             "mailings_wrong", "mailings_unsent", "recipients"])
        #expect(found[["mail"]] == ["2", "3", "2", "5", "1", "1", "1", "0", "1", "657"])
        #expect(found[["desk"]]?.prefix(3) == ["1", "0", "4"])
    }

    @Test("rows behind: each exposed thing with its row")
    func evidence() async throws {
        let exports = try await Folder(Self.files).read()
        let measure = OutageExposure(answerOn: .same)
        let context = LinkingContext(
            header: exports.header, parameters: Tabulation.linking(MeasureRequest(measure), exports.header.settings))
        let facts = Facts(exports.group(0), context: context)
        func rows(_ column: String, _ outage: String) -> [[String]] {
            let slice = EvidenceSlice(month: nil, labels: [.outage: outage], column: column)
            return measure.evidence(facts, slice)?.rows.map(\.cells) ?? []
        }
        #expect(rows("conversations", "O1").count == 2 && rows("mailings_late", "O2").count == 1)
        #expect(rows("mailings_unsent", "O2").count == 1 && rows("leads", "O3").count == 1)
        #expect(rows("leads", "O3").first?[4] == "·5")
        #expect(facts.exposure.count == 2 + 1 + 2 + 5 + 1 + 2 + 2)
    }
}
