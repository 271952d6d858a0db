import Basis
import Dealership
import Ingest
import Measures
import Testing

/// Outages at a month's end, rows that overlap on one system, and what became known after the as-of.
@Suite("Outages: months, one failure in two rows, the as-of")
struct OutageMonthTests {
    private static func folder(remedies: [String] = [], claims: [String] = []) throws -> Folder {
        try Folder([
            "dealership.yaml": """
            name: Riverside
            time-zone: UTC
            channels: { email: managed }
            outages: { systems: { mail: { activities: [email], vendor: Northmail } } }
            ladder: [{ when: answer late, give: credit, amount: 25, even-when-rare: yes }]
            targets: { first-response-time: { email: 1 h } }
            """,
            "exports/messages.csv": """
            message_id,conversation_id,customer_id,channel,direction,person_id,sent_at
            1,V1,A,email,inbound,,2026-03-31 11:30
            2,V1,A,email,outbound,E1,2026-04-01 11:00
            3,V2,B,email,inbound,,2026-04-10 11:45
            4,V2,B,email,outbound,E1,2026-04-10 15:00
            5,V3,C,email,inbound,,2026-04-20 09:00
            6,V3,C,email,outbound,E1,2026-04-20 11:00
            7,V4,D,email,inbound,,2026-04-30 09:00
            8,V4,D,email,outbound,E1,2026-04-30 09:10

            """,
            "exports/outages.csv": """
            outage_id,vendor,system,started_at,ended_at,acknowledged_at,notified_at
            O1,Northmail,mail,2026-04-01 09:00,2026-04-01 10:00,2026-04-01 12:00,2026-04-03 09:00
            OA,Northmail,mail,2026-04-10 10:00,2026-04-10 12:00,,
            OB,Northmail,mail,2026-04-10 11:30,2026-04-10 13:00,,
            O0,Northmail,mail,2026-04-20 10:00,2026-04-20 10:00,,

            """,
            "exports/remedies.csv": (["remedy_id,outage_id,customer_id,kind,amount,given_at"] + remedies)
                .joined(separator: "\n") + "\n",
            "exports/claims.csv": (["claim_id,outage_id,vendor,asked_at,answered_at,amount_asked,amount_received"] + claims)
                .joined(separator: "\n") + "\n",
        ])
    }

    private static func asOf(_ day: Int) -> Instant { Instant(seconds: 1_775_001_600 + Int64(day) * 86_400) }

    @Test("what an outage did is of the month in which it began; one that did not last hit nobody")
    func months() async throws {
        let exports = try await Self.folder().read()
        let columns = ["conversations", "exposed"]
        func cells(_ by: [Dimension]) -> [[String]: [String]] {
            let spec = TableSpec(
                name: "t", request: MeasureRequest(OutageImpact(answerOn: .same)), by: by, columns: columns)
            return Dictionary(uniqueKeysWithValues: tabulate(exports, [spec])[0].rows.map { row in
                (row.labels, columns.map { Tabulation.value($0, of: row.tally, in: spec).plain })
            })
        }
        #expect(cells([.month])[["2026-04"]] == ["1", "2"])
        #expect(cells([.month])[["2026-03"]] == nil)
        #expect(cells([.outage])[["O1"]] == ["0", "1"])
        #expect(cells([.outage])[["O0"]].map { $0 == ["0", "0"] } ?? true)
    }

    @Test("a customer hit by two rows of one failure is owed once, and what was given for either was given")
    func oneFailure() async throws {
        func items(_ remedies: [String]) async throws -> [String] {
            let exports = try await Self.folder(remedies: remedies).read()
            let facts = Facts(
                exports.group(0),
                context: LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings)))
            return facts.owed.items.map { item in
                "\(exports.header.outages[item.outage].identifier) \(facts.journal.customers[item.number].suffix(1)) \(item.standing)"
            }
        }
        // A had waited long before the outage began.
        let none = try await items([]), given = try await items(["R1,OB,B,credit,25,2026-04-11 10:00"])
        #expect(none == ["O1 A nothingDue", "OA B owed"], "\(none)")
        #expect(given == ["O1 A nothingDue", "OA B given"], "\(given)")
    }

    @Test("claims, complaints, steps and times behind the as-of are not known yet")
    func later() async throws {
        let claims = [
            "C1,OA,Northmail,2026-04-12 10:00,2026-04-20 10:00,100.00,80.00",
            "C2,OA,Northmail,2026-04-25 10:00,,100.00,",
        ]
        let remedies = ["R1,OA,B,credit,25,2026-04-18 10:00", "R2,OA,,credit,5,2026-04-11 10:00"]
        let folder = try Self.folder(remedies: remedies, claims: claims)
        let early = try await folder.read(asOf: Self.asOf(14)).header
        #expect(early.ledger.claims.map(\.identifier) == ["C1"])
        #expect(early.ledger.claims.first?.answeredAt.isMissing == true && early.ledger.claims.first?.amountReceived == nil)
        #expect(early.ledger.remedies.map(\.identifier) == ["R2"])
        let late = try await folder.read().header
        #expect(late.ledger.claims.count == 2 && late.ledger.claims[0].amountReceived == Money(minorUnits: 8_000))
        #expect(late.outages.first { $0.identifier == "O1" }?.notified != nil)
        let soon = try await folder.read(asOf: Self.asOf(1)).header.outages.first { $0.identifier == "O1" }
        #expect(soon?.acknowledged != nil && soon?.notified == nil)
    }

    @Test("what was given costs whoever had it")
    func cost() async throws {
        let exports = try await Self.folder(
            remedies: ["R1,OA,B,credit,25,2026-04-18 10:00", "R2,OA,,credit,5,2026-04-11 10:00", "R3,OA,Z9,credit,7,"]
        ).read()
        let measure = OutageCost(answerOn: .same, windowDays: 60, minimumN: 20)
        let spec = TableSpec(
            name: "t", request: MeasureRequest(measure), by: [.outage], columns: ["remedies_given"])
        let tally = try #require(tabulate(exports, [spec])[0].cells[["OA"]])
        #expect(Tabulation.value("remedies_given", of: tally, in: spec).plain == "37.00")
        let facts = Facts(
            exports.group(0),
            context: LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings)))
        let slice = EvidenceSlice(month: nil, labels: [.outage: "OA"], column: "remedies_given")
        let rows = measure.evidence(facts, slice)?.rows ?? []
        #expect(rows.map { $0.cells[0] } == ["R1", "R2", "R3"] && rows.allSatisfy(\.isCounted))
    }
}
