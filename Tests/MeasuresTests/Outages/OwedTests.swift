import Basis
import Dealership
import Ingest
import Measures
import Testing

/// One outage of the mail system on Tuesday 6 October 2026, 10:00 to 13:00 in Chicago (15:00Z to 18:00Z), open 08:00 to 18:00.
@Suite("Remedies and protocol")
struct OwedTests {
    private static let ladder = """
        ladder:
          - { when: answer late, give: explain and apologise }
          - { when: waited over 4 h, give: small credit, amount: 25, even-when-rare: yes }
          - { when: visit moved, give: discount or free item, amount: 60 }
          - { when: answer late and met or spoken to, give: a call from the manager }
        """

    private static func yaml(
        _ ladder: String, _ systems: String = "e-mail: { activities: [email, visits], vendor: Northmail }"
    ) -> String {
        """
        name: Riverside
        time-zone: America/Chicago
        hours: { mon-fri: "08:00-18:00" }
        channels: { email: managed, phone: managed }
        targets: { first-response-time: { email: 1 h } }
        outages: { systems: { \(systems) } }
        \(ladder)
        exports:
          outages: { file: outages.csv, covered-from: 2026-09-01, covered-until: 2026-10-31 }
          messages: { file: messages.csv, system: crm }
          appointments: { file: appointments.csv, system: crm }
          remedies: { file: remedies.csv, system: crm }
          complaints: { file: complaints.csv, system: crm }
          customers: { file: customers.csv, system: crm }
        """
    }

    /// Customer, when they wrote and were answered, local time on that day.
    private static let messages = """
        message_id,conversation_id,customer_id,channel,direction,person_id,sent_at,outcome
        1,V1,A,email,inbound,,2026-10-06 11:00,
        2,V1,A,email,outbound,E1,2026-10-06 11:40,
        3,V2,B,email,inbound,,2026-10-06 11:00,
        4,V2,B,email,outbound,E1,2026-10-06 14:00,
        5,V3,C,email,inbound,,2026-10-06 12:00,
        6,V3,C,email,outbound,E1,2026-10-06 16:30,
        7,V4,D,email,inbound,,2026-10-06 12:30,
        8,V4,D,email,outbound,E1,2026-10-06 15:00,
        9,V5,D,phone,inbound,E1,2026-09-20 10:00,answered
        10,V6,F,email,inbound,,2026-10-06 14:30,
        11,V6,F,email,outbound,E1,2026-10-06 18:00,
        12,V7,G2,email,inbound,,2026-10-06 10:30,
        13,V7,G2,email,outbound,E1,2026-10-06 13:30,
        14,V8,G,email,inbound,,2026-10-06 10:20,
        15,V8,G,email,outbound,E1,2026-10-06 15:30,
        16,V9,J,email,inbound,,2026-10-05 15:00,
        17,V10,K,email,inbound,,2026-10-06 09:00,

        """

    private static func folder(
        _ ladder: String = ladder, remedies: [String] = ["R9,O1,A,apology,0,2026-10-07 10:00"],
        external: String = "yes",
        outages: [String] = []
    ) throws -> Folder {
        try Folder([
            "dealership.yaml": yaml(ladder),
            "exports/outages.csv":
                ([
                    "outage_id,vendor,system,started_at,ended_at,external",
                    "O1,Northmail,e-mail,2026-10-06 10:00,2026-10-06 13:00,\(external)",
                ] + outages).joined(separator: "\n") + "\n",
            "exports/messages.csv": messages,
            "exports/customers.csv": "customer_id,name,phone\nG,Ana Lee,312-555-0101\nG2,Ana Lee,312-555-0101\n",
            "exports/appointments.csv": """
            appointment_id,customer_id,kind,booked_at,scheduled_for,status
            P1,E,service,2026-09-30 09:00,2026-10-06 11:00,cancelled
            P2,H,service,2026-10-06 12:59,2026-10-20 11:00,booked
            P3,I,service,2026-09-30 09:00,2026-10-06 13:00,missed

            """,
            "exports/remedies.csv": (["remedy_id,outage_id,customer_id,kind,amount,given_at"] + remedies).joined(
                separator: "\n") + "\n",
            "exports/complaints.csv":
                "complaint_id,customer_id,outage_id,raised_at,offer,outcome\nC1,B,O1,2026-10-07,$50,declined\nC2,C,O1,2026-10-08,,\n",
        ])
    }

    private static func rows(_ folder: Folder) async throws -> [String: String] {
        let exports = try await folder.read()
        let facts = Facts(
            exports.group(0),
            context: LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings)))
        return Dictionary(
            uniqueKeysWithValues: facts.owed.items.map { item in
                let number = facts.journal.customers[item.number].dropFirst(4)
                return (String(number), "\(item.rung.map { $0 + 1 } ?? 0) \(item.standing)")
            })
    }

    @Test("the highest rung that holds, one a person")
    func rungs() async throws {
        // A was answered in time; F wrote after it; I's appointment is at the second the outage ended. Customer G wrote
        // from two numbers, and the answer to one, after 3 h 10, answers both. J had waited 5 open hours when it began, K
        // one to the second. The outage was rare and not ours: no 60 for E.
        #expect(
            try await Self.rows(Self.folder()) == [
                "A": "0 givenWithoutDue", "B": "1 owed", "C": "2 owed", "D": "4 owed", "E": "0 nothingDue",
                "G": "1 owed", "H": "0 nothingDue", "J": "0 nothingDue", "K": "2 owed",
            ])
        let ours = try await Self.rows(Self.folder(external: "no"))
        #expect(ours["E"] == "3 owed")
        let often = [
            "O2,Northmail,e-mail,2026-09-20 10:00,2026-09-20 10:01,yes",
            "O3,Northmail,e-mail,2026-09-21 10:00,2026-09-21 10:01,yes",
        ]
        #expect(try await Self.rows(Self.folder(outages: often))["E"] == "3 owed")
        #expect(
            try await Self.rows(Self.folder("")) == [
                "A": "0 givenWithoutDue", "B": "0 nothingDue", "C": "0 nothingDue", "D": "0 nothingDue",
                "E": "0 nothingDue",
                "G": "0 nothingDue", "H": "0 nothingDue", "J": "0 nothingDue", "K": "0 nothingDue",
            ])
    }

    @Test("given: the kind and its amount, or a kind of a higher rung alone")
    func given() async throws {
        let remedies = [
            "R1,O1,B,credit,5.00,2026-10-07 10:00", "R2,O1,C,credit,10.00,2026-10-07 10:00",
            "R3,O1,C,Credit,15.00,2026-10-08 10:00", "R4,O1,D,credit,500.00,2026-10-07 10:00",
            "R5,O1,G2,call,,2026-10-07 10:00", "R6,O1,K,credit,24.99,2026-10-07 10:00",
        ]
        #expect(
            try await Self.rows(Self.folder(remedies: remedies)) == [
                "A": "0 nothingDue", "B": "1 given", "C": "2 given", "D": "4 lesser", "E": "0 nothingDue",
                "G": "1 given", "H": "0 nothingDue", "J": "0 nothingDue", "K": "2 lesser",
            ])
    }

    @Test("the table counts the same, complaints and cost with it")
    func table() async throws {
        let remedies = [
            "R1,O1,B,credit,5.00,2026-10-07 10:00", "R2,O1,A,apology,,2026-10-07 10:00",
            "R3,O1,A,apology,,2026-10-08 10:00",
            "R4,O1,A,apology,,2026-10-09 10:00", "R5,O1,C,credit,20.00,2026-10-07 10:00",
        ]
        let exports = try await Self.folder(remedies: remedies).read()
        let columns = OutageRemedies.entry.columns.map(\.name)
        let spec = TableSpec(name: "r", request: MeasureRequest(OutageRemedies()), by: [.outage], columns: columns)
        let tally = try #require(tabulate(exports, [spec])[0].cells[["O1"]])
        let cells = columns.map { "\($0) \(Tabulation.value($0, of: tally, in: spec).plain)" }
        #expect(
            cells == [
                "exposed 9", "customers 9", "due 5", "given 1", "owed 4", "lesser 1", "without_due 1",
                "over_apologised 1",
                "amount_due 50.00", "amount_owed 30.00", "amount_given 25.00", "complaints 2", "solved 0", "declined 1",
                "parted 0",
                "open_complaints 1",
            ])
    }

    @Test("protocol: kept, late, missed, over before it was due, not recorded, still running")
    func steps() async throws {
        let systems =
            "mail: { activities: [email], protocol: { acknowledge: 15 min, tell-customers: { within: 1 h, from: detection, "
            + "clock: open }, work-around: 2 h, after-care: 2 days, loan-car: 3 h } }, lines: { activities: [phone] }"
        let folder = try Folder([
            // No other export is mapped: a file that is not there would be a fault.
            "dealership.yaml": Self.yaml("", systems).split(separator: "\n")
                .filter { !$0.contains("system: crm }") }.joined(separator: "\n") + "\n",
            "exports/outages.csv": """
            outage_id,system,started_at,ended_at,detected_at,acknowledged_at,notified_at
            O1,mail,2026-10-06 07:00,2026-10-06 13:00,2026-10-06 07:10,2026-10-06 07:15,2026-10-06 09:00
            O2,mail,2026-10-07 10:00,2026-10-07 10:30,2026-10-07 10:05,2026-10-07 10:16,
            O3,mail,2026-10-08 10:00,2026-10-08 16:00,,,
            O4,mail,2026-10-31 22:30,,2026-10-31 22:40,2026-10-31 22:44,
            O5,lines,2026-10-09 10:00,2026-10-09 11:00,,,

            """,
            "exports/outage_steps.csv": """
            outage_id,step,done_at,by
            O1,work-around,2026-10-06 09:00,Ana
            O3,work-around,,
            O1,after-care,2026-10-09 13:00,Ben

            """,
        ])
        let exports = try await folder.read()
        let context = LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings))
        let found = ProtocolRecords(context)
        let words = found.records.map {
            "\(exports.header.outages[$0.outage].identifier) \($0.step.name): \($0.standing.words)"
        }
        #expect(
            words == [
                // Detected before opening at 08:00: told at 09:00, an open hour later to the second.
                "O1 acknowledge: kept", "O1 tell-customers: kept", "O1 work-around: kept", "O1 after-care: late",
                "O1 loan-car: not recorded",
                "O2 acknowledge: late", "O2 tell-customers: over before it was due",
                "O2 work-around: over before it was due",
                "O2 after-care: missed", "O2 loan-car: over before it was due",
                "O3 acknowledge: missed", "O3 tell-customers: not recorded", "O3 work-around: missed",
                "O3 after-care: missed",
                "O3 loan-car: not recorded",
                "O4 acknowledge: kept", "O4 tell-customers: still running", "O4 work-around: still running",
                "O4 after-care: still running", "O4 loan-car: still running",
            ])
        #expect(found.withoutProtocol.map { exports.header.outages[$0].identifier } == ["O5"])
    }
}
