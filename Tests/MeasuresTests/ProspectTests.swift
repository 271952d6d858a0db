import Dealership
import Ingest
import Measures
import Statistics
import Testing

/// Hand-made appointments whose standing can be told by reading them. The exports end on Saturday 31 October 2026.
@Suite("Coverage of prospects")
struct ProspectTests {
    static let yaml = """
        name: Riverside
        time-zone: America/Chicago
        conversion: { minimum-n: 1 }
        prospects:
          any-of: { vehicle-age: { min: 8 }, mileage: { min: 100000 }, lease-end-within: 60 days, recall: yes }

        """
    static let ford = "1FTEW1EP5JKD00001"
    static let other = "1FTEW1EP5JKD00002"

    static func folder(
        appointments: [String], orders: [String] = [], sales: [String] = [], messages: [String] = [],
        leads: [String] = [], people: [String] = ["P1,sales,,", "P2,sales,,2026-10-15", "P3,service,,"],
        yaml: String = ProspectTests.yaml
    ) throws -> Folder {
        func table(_ header: String, _ rows: [String]) -> String { ([header] + rows).joined(separator: "\n") + "\n" }
        return try Folder([
            "dealership.yaml": yaml,
            "exports/appointments.csv": table(
                "appointment_id,customer_id,kind,booked_at,scheduled_for,status,person_id,vin,vehicle_year,mileage,lease_end,recall",
                appointments),
            "exports/service_visits.csv": table(
                "visit_id,customer_id,vin,vehicle_year,mileage,opened_at,pay_type,status,bought_here",
                orders + ["RO999,c999,,,,2026-10-31 09:00,customer,closed,"]),
            "exports/sales.csv": table("sale_id,customer_id,vin,sold_at,salesperson_id,lease_end", sales),
            "exports/messages.csv": table(
                "message_id,customer_id,channel,direction,person_id,sent_at,automated,outcome",
                messages + ["M999,c999,sms,inbound,,2026-10-31 10:00,no,"]),
            "exports/leads.csv": table("lead_id,customer_id,created_at,owner_id", leads),
            "exports/people.csv": table("person_id,department,active_from,active_to", people),
        ])
    }

    /// By appointment: what the rows behind the figure say of it.
    static func standings(_ folder: Folder, by reason: String? = nil) async throws -> [String: [String]] {
        let exports = try await folder.read()
        let rule = try #require(exports.header.settings.prospects)
        let facts = Facts(
            exports.group(0),
            context: LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings)))
        let measure = ProspectCoverage(rule: rule, minimumN: 1)
        let slice = EvidenceSlice(month: nil, labels: reason.map { [.reason: $0] } ?? [:])
        let rows = measure.evidence(facts, slice)?.rows ?? []
        return Dictionary(
            rows.map { ($0.cells[0], [$0.standing, $0.cells[3], $0.cells[4], $0.cells[5], $0.cells[7]]) },
            uniquingKeysWith: { first, _ in first })
    }

    @Test("a condition holds, does not, or is not on record; only who is sure to qualify is a prospect")
    func judged() async throws {
        let found = try await Self.standings(
            Self.folder(appointments: [
                "A1,c1,service,2026-10-01,2026-10-20 09:00,shown,,,2018,,,",
                "A2,c2,service,2026-10-01,2026-10-20 09:00,shown,,,2019,99999,,",
                "A3,c3,service,2026-10-01,2026-10-20 09:00,shown,,,2019,100000,,",
                "A4,c4,service,2026-10-01,2026-10-20 09:00,shown,,,2019,,,",
                "A5,c5,service,2026-10-01,2026-10-20 09:00,shown,,,,,2026-12-19,",
                "A6,c6,service,2026-10-01,2026-10-20 09:00,shown,,,2025,10,2026-12-20,",
                "A7,c7,service,2026-10-01,2026-10-20 09:00,shown,,,2025,10,2026-10-19,yes",
                "A8,c8,service,2026-10-01,2026-10-20 09:00,shown,,,,,,",
                "A9,c9,sales,2026-10-01,2026-10-20 09:00,shown,,,2010,,,",
            ]))
        #expect(found["A1"] == ["not contacted", "vehicle-age", "mileage", "", ""])
        #expect(found["A2"]?[0] == "does not qualify")
        #expect(found["A3"]?[1] == "mileage")
        #expect(found["A4"]?[0] == "too little on record" && found["A4"]?[2] == "mileage")
        #expect(found["A5"]?[1] == "lease-end", "the last of the 60 days")
        #expect(found["A6"]?[0] == "does not qualify", "a day after the 60")
        #expect(found["A7"]?[1] == "recall", "a lease that has ended makes no prospect")
        #expect(found["A8"]?[0] == "too little on record" && found["A8"]?[2] == "vehicle-age mileage")
        #expect(found["A9"] == nil, "a sales appointment is no visit")
    }

    @Test("where no export tells of leases and recalls, they cannot be judged")
    func unknown() async throws {
        let found = try await Self.standings(
            Self.folder(appointments: ["A1,c1,service,2026-10-01,2026-10-20 09:00,shown,,,2025,10,,"]))
        #expect(found["A1"]?[0] == "too little on record" && found["A1"]?[2] == "lease-end recall")
    }

    @Test("the car: the one named, else the last one brought or bought; what the day itself tells does not count")
    func cars() async throws {
        let (ford, other) = (Self.ford, Self.other)
        let found = try await Self.standings(
            Self.folder(
                appointments: [
                    "A1,c1,service,2026-10-01,2026-10-20 09:00,shown,,\(ford),,,,no",
                    "A2,c2,service,2026-10-01,2026-10-20 09:00,shown,,,,,,",
                    "A3,c3,service,2026-10-01,2026-10-20 09:00,shown,,\(ford.dropLast()),,,,",
                    "A4,c4,service,2026-10-01,2026-10-20 09:00,shown,,,,,,",
                    "A5,c5,service,2026-10-01,2026-10-20 09:00,shown,,\(other),,,,",
                    "A6,c6,service,2026-10-01,2026-10-20 09:00,shown,,,,,,",
                ],
                orders: [
                    "RO1,c7,\(ford),2025,101000,2026-09-01 09:00,customer,closed,",
                    "RO2,c2,,2025,99000,2026-09-01 09:00,customer,closed,",
                    "RO3,c2,,2025,100500,2026-10-20 09:00,customer,closed,",
                    "RO4,c3,,2012,,2026-09-01 09:00,customer,closed,",
                    "RO5,c4,,2012,180000,2026-06-01 09:00,customer,closed,",
                    "RO6,c5,,2012,180000,2026-06-01 09:00,customer,closed,",
                    "RO7,c6,,2012,,2026-06-01 09:00,customer,void,",
                ],
                sales: ["D1,c4,\(other),2026-08-01,P1,2026-11-30"]))
        #expect(found["A1"]?[1] == "mileage", "the car's mileage, whoever brought it")
        #expect(found["A2"]?[0] == "does not qualify", "99,000 before; what the visit itself reads comes too late")
        #expect(found["A3"]?[1] == "vehicle-age", "a VIN of 16 is a slip: the car brought last")
        #expect(found["A4"]?[1] == "lease-end", "the car bought since, not the old one")
        #expect(found["A5"]?[0] == "too little on record", "another car than the one brought before")
        #expect(found["A6"]?[0] == "too little on record", "a void order says nothing")
    }

    @Test("one a customer, car and day; cancelled, coming and booked later are none")
    func leftOut() async throws {
        let found = try await Self.standings(
            Self.folder(appointments: [
                "A1,c1,service,2026-10-01,2026-10-20 09:00,shown,,,2010,,,",
                "A2,c1,service,2026-10-02,2026-10-20 15:00,booked,,,2010,,,",
                "A3,c1,service,2026-10-01,2026-10-21 09:00,cancelled,,,2010,,,",
                "A4,c1,service,2026-10-01,2026-11-02 09:00,booked,,,2010,,,",
                "A5,c1,service,,2026-10-31 16:00,missed,,,2010,,,",
            ]))
        #expect(found["A1"]?[0] == "not contacted")
        #expect(found["A2"]?[0] == "same customer, car and day")
        #expect(found["A3"]?[0] == "cancelled")
        #expect(found["A4"]?[0] == "day not over")
        #expect(found["A5"]?[0] == "not contacted", "missed: it was booked, and the day is over")
    }

    @Test("a word from sales: from seven days before to the end of the day, by a person of sales")
    func contacts() async throws {
        let days = (1...9).map { "A\($0),c\($0),service,2026-10-01,2026-10-20 09:00,shown,,,2010,,," }
        let found = try await Self.standings(
            Self.folder(
                appointments: days,
                messages: [
                    "M1,c1,sms,outbound,P1,2026-10-13 00:00,no,", "M2,c2,sms,outbound,P1,2026-10-12 23:59,no,",
                    "M3,c3,sms,outbound,P1,2026-10-20 23:59,no,", "M4,c4,sms,outbound,P1,2026-10-21 00:00,no,",
                    "M5,c5,sms,outbound,P3,2026-10-19 10:00,no,", "M6,c6,sms,outbound,P1,2026-10-19 10:00,yes,",
                    "M7,c7,sms,inbound,,2026-10-19 10:00,no,", "M8,c8,phone,inbound,P1,2026-10-19 10:00,no,answered",
                    "M9,c9,phone,outbound,P1,2026-10-19 10:00,no,voicemail",
                ]))
        let said = (1...9).filter { found["A\($0)"]?[0] == "contacted" }
        #expect(said == [1, 3, 8, 9])
    }

    @Test("whose prospect: the latest lead's owner, else who sold, of those who are still there")
    func owners() async throws {
        let found = try await Self.standings(
            Self.folder(
                appointments: (1...5).map { "A\($0),c\($0),service,2026-10-01,2026-10-20 09:00,shown,,,2010,,," },
                sales: ["D1,c2,,2026-05-01,P1,", "D2,c3,,2026-05-01,P2,", "D3,c5,,2026-05-01,P1,"],
                leads: [
                    "L1,c1,2026-09-01 09:00,P3", "L2,c1,2026-10-19 09:00,P1", "L3,c1,2026-10-20 08:00,P3",
                    "L4,c2,2026-09-01 09:00,P2",
                ]))
        #expect(found["A1"]?[3] == "P1", "the latest before the day; one of the day itself is the visit's")
        #expect(found["A2"]?[3] == "P1", "P2 has left: who sold the car")
        #expect(found["A3"]?[3] == "" && found["A4"]?[3] == "")
        #expect(found["A5"]?[3] == "P1")
    }

    @Test("all-of and any-of together; months since the purchase; pay type; bought here")
    func rules() async throws {
        let yaml = """
            name: Riverside
            time-zone: America/Chicago
            prospects:
              all-of: { bought-here: yes }
              any-of: { months-since-purchase: { min: 3, max: 4 }, pay-type: warranty }

            """
        let found = try await Self.standings(
            Self.folder(
                appointments: (1...5).map { "A\($0),c\($0),service,2026-10-01,2026-10-20 09:00,shown,,,,,," },
                orders: [
                    "RO1,c3,,2020,,2026-09-01 09:00,warranty,closed,yes", "RO2,c4,,2020,,2026-09-01 09:00,warranty,closed,no",
                    "RO3,c5,,2020,,2026-09-01 09:00,customer,closed,yes",
                ],
                sales: ["D1,c1,\(Self.ford),2026-07-20,P1,", "D2,c2,\(Self.other),2026-07-21,P1,"], yaml: yaml))
        #expect(found["A1"]?[1] == "bought-here months-since-purchase", "three months to the day")
        #expect(found["A2"]?[0] == "too little on record", "two whole months; who paid is not on record")
        #expect(found["A3"]?[1] == "bought-here pay-type")
        #expect(found["A4"]?[0] == "does not qualify")
        #expect(found["A5"]?[0] == "too little on record", "bought here, nobody knows when")
    }

    @Test("coverage by reason counts a prospect under each; too few is no rate; without a rule nothing is said")
    func figures() async throws {
        let folder = try Self.folder(
            appointments: [
                "A1,c1,service,2026-10-01,2026-10-20 09:00,shown,,,2010,150000,,",
                "A2,c2,service,2026-10-01,2026-10-20 09:00,shown,,,2010,,,", "A3,c3,service,2026-10-01,2026-10-20 09:00,shown,,,2020,5,,no",
            ], messages: ["M1,c1,sms,outbound,P1,2026-10-19 10:00,no,"])
        let exports = try await folder.read()
        let rule = exports.header.settings.prospects
        func cell(_ column: String, by: [Measures.Dimension], _ labels: [String], minimumN: Int = 1) -> Cell {
            let measure = ProspectCoverage(rule: rule, minimumN: minimumN)
            let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: by, columns: [column])
            return tabulate(exports, [spec])[0].cells[labels].map { measure.value(column, $0) } ?? .none
        }
        #expect(cell("prospects", by: [], []) == .count(2) && cell("contacted", by: [], []) == .count(1))
        #expect(cell("coverage", by: [], []) == .share(0.5))
        #expect(cell("coverage", by: [], [], minimumN: 3) == .tooFew(.init(had: 2, needed: 3)))
        #expect(cell("prospects", by: [.reason], ["vehicle-age"]) == .count(2))
        #expect(cell("prospects", by: [.reason], ["mileage"]) == .count(1))
        #expect(cell("contacted_before", by: [.month], ["2026-10"]) == .count(1))
        #expect(cell("not_qualifying", by: [], []) == .count(0) && cell("not_known", by: [], []) == .count(1))
        let none = TableSpec(
            name: "t", request: MeasureRequest(ProspectCoverage(rule: nil, minimumN: 1)), by: [], columns: ["prospects"])
        #expect(tabulate(exports, [none])[0].cells.isEmpty)
    }
}
