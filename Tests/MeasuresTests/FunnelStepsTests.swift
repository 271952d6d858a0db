import Basis
import Dealership
import Ingest
import Measures
import Statistics
import Testing

@Suite("Steps from visit to sale")
struct FunnelStepsTests {
    /// Ten visits of 1 August: six with a lead, three of them with a contact, two of these with an appointment that was
    /// kept, one of these and one without anything on record bought. Exports end on 31 October.
    private func folder(messages: Bool = true, lastSale: String = "2026-10-31") throws -> Folder {
        func table(_ header: String, _ rows: [String]) -> String { ([header] + rows).joined(separator: "\n") + "\n" }
        var files = [
            "dealership.yaml": "name: Riverside\ntime-zone: America/Chicago\ntargets: { funnel: { lead: 80 %, contact: 50 % } }\n",
            "exports/service_visits.csv": table(
                "visit_id,customer_id,opened_at", (0..<10).map { "RO\($0),c\($0),2026-08-01 09:00" }),
            "exports/leads.csv": table(
                "lead_id,customer_id,created_at,owner_id", (0..<6).map { "L\($0),c\($0),2026-08-03 10:00,P1" }),
            "exports/appointments.csv": table(
                "appointment_id,customer_id,kind,booked_at,scheduled_for,status",
                (0..<2).map { "A\($0),c\($0),sales,2026-08-09,2026-08-1\($0) 10:00,shown" }),
            "exports/sales.csv": table(
                "sale_id,customer_id,sold_at,front_gross,back_gross",
                [
                    "D1,c0,2026-08-15,1000,501", "D2,c9,2026-08-20,,", "D3,c8,2026-08-20,-300,", "D9,c99,\(lastSale),1,1",
                ]),
        ]
        if messages {
            files["exports/messages.csv"] = table(
                "message_id,conversation_id,customer_id,channel,direction,person_id,sent_at",
                (0..<3).flatMap { ["M\($0),V\($0),c\($0),sms,outbound,P1,2026-08-04 10:00", "R\($0),V\($0),c\($0),sms,inbound,,2026-08-05 10:00"] }
                    + ["M9,V9,c5,sms,outbound,P1,2026-10-31 10:00"])
        }
        return try Folder(files)
    }

    private func cells(
        _ folder: Folder, _ columns: [String], by: [Measures.Dimension] = [], _ labels: [String] = [], minimumN: Int = 1
    ) async throws -> [Cell] {
        let exports = try await folder.read()
        let measure = ServiceFunnel(windowDays: 60, minimumN: minimumN, targets: exports.header.settings.targets.funnelPermille)
        let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: by, columns: columns)
        let tally = try #require(tabulate(exports, [spec])[0].cells[labels])
        return columns.map { measure.value($0, tally) }
    }

    @Test("step and cumulative rates, leak, days between where both are on record, targets")
    func steps() async throws {
        // The two who bought without a lead on record count at every step, as the funnel says.
        let folder = try folder()
        #expect(try await cells(folder, ["leads", "contacts", "appointments", "shown", "sold"]) == [8, 5, 4, 4, 3].map { .count($0) })
        #expect(
            try await cells(folder, ["lead_step_rate", "contact_step_rate", "shown_step_rate", "sold_rate"])
                == [.share(0.8), .share(0.625), .share(1), .share(0.3)])
        #expect(try await cells(folder, ["lead_lost", "contact_lost", "contact_lost_share"]) == [.count(2), .count(3), .share(0.375)])
        // Visit 1 August, lead 3rd, contact 5th, booked 9th, kept 10th and 11th, sold 15th.
        #expect(
            try await cells(
                folder, ["lead_step_days", "contact_step_days", "appointment_step_days", "shown_step_days", "sold_step_days"])
                == [2, 2, 4, 1, 5].map { .count($0) })
        #expect(try await cells(folder, ["lead_target", "contact_target", "sold_target"]) == [.share(0.8), .share(0.5), .none])
        #expect(try await cells(folder, ["lead_rate"], minimumN: 20) == [.tooFew(.init(had: 10, needed: 20))])
    }

    @Test("a step that no export knows is not known, and the next is held against the one before it")
    func unknownStep() async throws {
        let folder = try folder(messages: false)
        #expect(
            try await cells(folder, ["contacts", "contact_step_rate", "contact_lost", "appointment_step_rate", "appointment_step_days"])
                == [.none, .none, .none, .share(0.5), .count(6)])
    }

    @Test("while one visit's window is not over there are counts and no rates")
    func tooNew() async throws {
        let folder = try folder(lastSale: "2026-09-29")
        #expect(try await cells(folder, ["leads", "lead_rate", "gross_per_visit"]) == [.count(8), .tooNew, .tooNew])
    }

    @Test("gross over the sales that have it; per visit; by what touched the sale")
    func gross() async throws {
        let folder = try folder()
        #expect(
            try await cells(
                folder, ["sales", "sales_with_gross", "gross_profit", "gross_per_sale", "gross_per_visit", "front_per_sale", "back_per_sale"])
                == [
                    .count(3), .count(2), money(120_100), money(60_050), money(12_010), money(35_000), money(50_100),
                ])
        #expect(try await cells(folder, ["visits", "sales"], by: [.touch], ["appointment"]) == [.count(2), .count(1)])
        #expect(try await cells(folder, ["visits", "sales"], by: [.touch], [""]) == [.count(4), .count(2)])
        #expect(try await cells(folder, ["visits"], by: [.touch], ["lead"]) == [.count(3)])
        let exports = try await folder.read()
        let measure = ServiceGross(windowDays: 60, credit: .lastTouch)
        let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: [.touch], columns: [])
        let table = tabulate(exports, [spec])[0]
        #expect(table.cells.keys.sorted { $0[0] < $1[0] } == [[""], ["appointment"]])
        let none = try #require(table.cells[[""]])
        #expect(measure.value("gross_per_sale", none) == money(-30_000) && measure.value("back_gross", none) == Cell.none)
    }

    private func money(_ cents: Int64) -> Cell { .money(.init(minorUnits: cents)) }

    @Test("a step against the period before and a target, as far as the interval allows")
    func compared() throws {
        func reading(_ came: Int, of before: Int) -> ServiceFunnel.Reading {
            ServiceFunnel.Reading(
                step: .contact, count: came, ofStep: Proportion(successes: came, trials: before),
                ofAll: Proportion(successes: came, trials: before))
        }
        let change = try #require(reading(56, of: 70).change(from: reading(48, of: 80), minimumN: 20)?.interval())
        // Newcombe 1998, the first example of his table II, method 10.
        #expect(abs(change.lower - 0.0524) < 5e-5 && abs(change.upper - 0.3339) < 5e-5)
        #expect(reading(9, of: 10).change(from: reading(48, of: 80), minimumN: 20) == nil)
        #expect(reading(20, of: 100).standing(target: 300, minimumN: 20) == .below)
        #expect(reading(25, of: 100).standing(target: 300, minimumN: 20) == .around)
        #expect(reading(60, of: 100).standing(target: 300, minimumN: 20) == .above)
        #expect(reading(0, of: 5).standing(target: 300, minimumN: 20) == .tooFew)
    }
}
