import Dealership
import Ingest
import Measures
import Statistics
import Testing

@Suite("Way back")
struct WayBackTests {
    private static let (car, other) = ("1FTEW1EP5JKD00001", "1FTEW1EP5JKD00002")

    /// Exports that end on 31 October 2026.
    private func folder(_ sales: [String], visits: [String] = [], appointments: [String] = []) throws -> Folder {
        func table(_ header: String, _ rows: [String]) -> String { ([header] + rows).joined(separator: "\n") + "\n" }
        return try Folder([
            "dealership.yaml": "name: Riverside\ntime-zone: America/Chicago\n"
                + "exports: { sales: { file: sales.csv, covered-until: 2026-10-31 } }\n",
            "exports/sales.csv": table("sale_id,customer_id,vin,sold_at,salesperson_id", sales),
            "exports/service_visits.csv": table(
                "visit_id,customer_id,vin,opened_at", visits + ["RO999,c999,,2026-10-31 09:00"]),
            "exports/appointments.csv": table(
                "appointment_id,customer_id,kind,booked_at,scheduled_for,status,vin",
                appointments + ["A999,c999,service,2026-10-31,2026-11-05 09:00,booked,"]),
        ])
    }

    private func cells(_ folder: Folder, _ columns: [String], days: Int = 60, minimumN: Int = 1) async throws -> [Cell] {
        let exports = try await folder.read()
        let measure = WayBack(days: days, minimumN: minimumN)
        let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: [], columns: columns)
        let tally = try #require(tabulate(exports, [spec])[0].cells[[]])
        return columns.map { measure.value($0, tally) }
    }

    @Test("the first booking or visit from the sale's day on, within the days, of the car that was sold")
    func back() async throws {
        let (car, other) = (Self.car, Self.other)
        let folder = try folder(
            (1...8).map { "D\($0),c\($0),\(car),2026-08-01,P1" },
            visits: [
                "RO1,c1,\(car),2026-09-30 09:00", "RO2,c2,\(car),2026-10-01 09:00", "RO3,c3,\(other),2026-08-20 09:00",
                "RO4,c4,,2026-08-20 09:00", "RO5,c5,\(car.dropLast()),2026-08-20 09:00",
            ],
            appointments: [
                "A6,c6,service,2026-08-01,2026-12-01 09:00,booked,", "A7,c7,service,2026-07-31,2026-08-15 09:00,shown,",
                "A8,c8,service,2026-08-10,2026-08-15 09:00,cancelled,", "A9,c8,sales,2026-08-10,2026-08-15 09:00,shown,",
                "A10,c4,service,2026-08-05,2026-08-20 09:00,shown,",
            ])
        // Day 60 counts and day 61 does not; another car does not; a booking on the day of the sale does, one before it,
        // a cancelled one and one with sales do not.
        #expect(
            try await cells(folder, ["sales", "back", "booked", "mature", "rate", "back_days"])
                == [.count(8), .count(4), .count(2), .count(8), .share(0.5), .count(4)])
    }

    @Test("too new while the days of one sale are not over; the share so far by the last day that enough have reached")
    func young() async throws {
        // Watched for 91, 61 and 11 days; back on days 5 and 20; the young one is not back.
        let folder = try folder(
            ["D1,c1,,2026-08-01,P1", "D2,c2,,2026-08-31,P1", "D3,c3,,2026-10-20,P1"],
            visits: ["RO1,c1,,2026-08-06 09:00", "RO2,c2,,2026-09-20 09:00"])
        #expect(
            try await cells(folder, ["mature", "rate", "share_days", "share_so_far"])
                == [.count(2), .tooNew, .count(20), .share(1)])
        let three = try await cells(folder, ["share_days", "share_so_far"], minimumN: 3)
        #expect(three[0] == .count(5))
        if case .share(let share) = three[1] { #expect(abs(share - 1.0 / 3) < 1e-12) } else { Issue.record("\(three[1])") }
        #expect(try await cells(folder, ["share_so_far"], minimumN: 4) == [.tooFew(.init(had: 3, needed: 4))])
    }
}
