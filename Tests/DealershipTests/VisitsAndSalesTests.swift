import Basis
import Testing

@testable import Dealership

private let orders = "visit_id,customer_id,vin,opened_at,pay_type,status,advisor_id\n"
private let deals = "sale_id,customer_id,vin,trade_vin,sold_at,kind,reversed_on,gross_profit\n"

/// DEFINITIONS 2, Visit and Sale, rule by rule on folders made by hand.
@Suite("Visits and sales by the rules")
struct VisitsAndSalesTests {
    private func visits(_ rows: String, sales: String = "") async throws -> Facts {
        try await madeFacts(["service_visits": orders + rows, "sales": deals + "X,999,,,2026-12-31,,,\n" + sales])
    }

    private func orderNumbers(_ facts: Facts) -> [[String]] {
        (0..<facts.visits.count).map { visit in
            [facts.journal.orders.identifiers[Int32(facts.visits.order[visit])], String(facts.visits.orders[visit])]
        }
    }

    @Test("orders of one customer and vehicle on one local day are one visit; the first gives advisor and pay type")
    func merged() async throws {
        let found = try await visits(
            """
            RO2,1,CAR,2026-10-05 14:00,warranty,closed,A2
            RO1,1,CAR,2026-10-05 09:00,customer,closed,A1
            RO3,1,CAR,2026-10-06 00:10,customer,closed,A1
            RO4,1,VAN,2026-10-05 09:00,customer,closed,A1
            RO5,2,CAR,2026-10-05 09:00,customer,closed,A1

            """)
        #expect(orderNumbers(found) == [["RO1", "2"], ["RO4", "1"], ["RO5", "1"], ["RO3", "1"]])
        #expect(found.journal.people[found.visits.advisor[0]] == "A1")
        #expect(found.visits.payType[0] == .customer)
    }

    @Test("a day is the store's: two orders around midnight in Chicago are two visits, though one day in UTC")
    func localDay() async throws {
        let found = try await visits("RO1,1,CAR,2026-10-06T04:30:00Z,,,\nRO2,1,CAR,2026-10-06T05:30:00Z,,,\n")
        #expect(found.visits.day.map(\.description) == ["2026-10-05", "2026-10-06"])
    }

    @Test("an order without a VIN is its own vehicle; so is one whose VIN has 16 characters")
    func withoutVehicle() async throws {
        let found = try await visits(
            """
            RO1,1,,2026-10-05 09:00,,,
            RO2,1,,2026-10-05 10:00,,,
            RO3,1,1HGCM82633A00435,2026-10-05 11:00,,,
            RO4,1,1HGCM82633A00435,2026-10-05 12:00,,,
            RO5,1,1HGCM82633A004352,2026-10-05 13:00,,,
            RO6,1,1hgcm82633a004352,2026-10-05 14:00,,,

            """)
        #expect(orderNumbers(found) == [["RO1", "1"], ["RO2", "1"], ["RO3", "1"], ["RO4", "1"], ["RO5", "2"]])
        #expect(found.header.audits.first { $0.table == .serviceVisits }?.cellsSetAside == [.badVIN: 2])
    }

    @Test("void and internal orders are no visits; one order that the customer pays makes the visit")
    func leftOut() async throws {
        let found = try await visits(
            """
            RO1,1,CAR,2026-10-05,customer,void,
            RO2,2,CAR,2026-10-05,internal,closed,
            RO3,3,CAR,2026-10-05,internal,closed,
            RO4,3,CAR,2026-10-05,customer,closed,

            """)
        #expect(orderNumbers(found) == [["RO4", "1"]])
        #expect(found.visits.leftOut.map(\.reason) == [.void, .dealerOwned, .dealerOwned])
    }

    @Test("work on the very car before it is delivered is preparation, wholesale too; afterwards it is the buyer's visit")
    func preparation() async throws {
        let found = try await visits(
            """
            RO1,1,NEW,2026-10-05 09:00,customer,closed,
            RO2,1,NEW,2026-10-08 09:00,customer,closed,
            RO3,9,AUC,2026-10-05 09:00,customer,closed,
            RO4,1,OLD,2026-10-05 09:00,customer,closed,

            """, sales: "D1,1,NEW,,2026-10-07 12:00,retail,,\nD2,,AUC,,2026-10-09,wholesale,,\n")
        #expect(orderNumbers(found) == [["RO4", "1"], ["RO2", "1"]])
        #expect(found.visits.leftOut.map(\.reason) == [.preparation, .preparation])
    }

    @Test("whoever brought a car and bought another had it traded in, though no deal says so; later deals tell nothing yet")
    func tradedInUnsaid() async throws {
        let rows = "RO1,1,OLD,2026-09-10,customer,closed,\nRO2,2,STK,2026-09-10,customer,closed,\n"
        let sales = """
            D1,1,NEW,,2026-09-22,retail,,300
            D2,,OLD,,2026-10-20,wholesale,,50
            D3,2,STK,,2026-10-20,retail,,300

            """
        let resold = sales.replacing("D2,,OLD,,2026-10-20,wholesale", with: "D2,7,OLD,,2026-11-20,retail")
        for made in [sales, resold] {
            let found = try await visits(rows, sales: made)
            #expect(orderNumbers(found) == [["RO1", "1"]])
            #expect(found.sales.visit.filter { $0 >= 0 }.count == 1)
        }
        // Who buys two cars has traded in neither.
        let fleet = "D1,1,NEW,,2026-09-22,retail,,300\nD2,1,OLD,,2026-10-20,retail,,300\n"
        #expect(orderNumbers(try await visits("RO1,1,OLD,2026-09-10,customer,closed,\n", sales: fleet)).isEmpty)
        let tables = ["service_visits": orders + rows, "sales": deals + sales]
        let earlier = try await madeFacts(tables, asOf: "2026-10-19")
        #expect(orderNumbers(earlier) == [["RO1", "1"], ["RO2", "1"]])
    }

    @Test("wholesale is no sale; a reversed deal counts until its reversal day, in the month it was sold in")
    func sales() async throws {
        let rows = deals + """
            D1,1,,,2026-09-20,retail,,900
            D2,2,,,2026-09-21,wholesale,,50
            D3,3,,,2026-09-22,retail,2026-10-10,700
            D4,4,,,2026-10-25,,,800
            """
        let tables = ["service_visits": orders + "RO1,3,CAR,2026-09-01,,,\n", "sales": rows + "\n"]
        for (asOf, kept, left) in [
            ("2026-10-10", ["D1", "D3"], ["D2 Wholesale deal", "D4 After the as-of day"]),
            ("2026-10-11", ["D1"], ["D2 Wholesale deal", "D3 Reversed deal", "D4 After the as-of day"]),
            ("2026-10-31", ["D1", "D4"], ["D2 Wholesale deal", "D3 Reversed deal"]),
        ] {
            // The day's beginning in UTC is the evening before in Chicago.
            let found = try await madeFacts(tables, asOf: asOf)
            let number = { (sale: Int) in found.journal.sales.identifiers[Int32(sale)] }
            #expect(found.sales.sale.map(number) == kept, "\(asOf)")
            #expect(found.sales.leftOut.map { "\(number($0.sale)) \($0.reason.words)" } == left, "\(asOf)")
            #expect(found.sales.visit.count { $0 >= 0 } == (kept.contains("D3") ? 1 : 0))
            #expect(found.sales.day[0].month.description == "2026-09")
        }
    }

    @Test("a reversal in a row of its own reverses the deal, whichever comes first; without the deal it is set aside")
    func reversals() async throws {
        for rows in [["D1,1,,,2026-09-20,,,900", "D1,,,,,,2026-10-10,", "D7,,,,,,2026-10-11,"],
                     ["D7,,,,,,2026-10-11,", "D1,,,,,,2026-10-10,", "D1,1,,,2026-09-20,,,900"]] {
            let found = try await madeFacts(["sales": deals + rows.joined(separator: "\n") + "\nD9,9,,,2026-10-31,,,\n"])
            #expect(found.journal.sales.count == 2)
            #expect(found.sales.leftOut.map(\.reason) == [.reversed])
            #expect(found.journal.faults.map(\.reason) == [.reversalWithoutSale])
        }
        let split = try await madeFacts(
            [
                "a": deals + "D1,1,,,2026-09-20,,,900\nD9,9,,,2026-10-31,,,\n",
                "b": "sale_id,customer_id,sold_at,reversed_on\nD1,,,2026-10-10\n",
            ],
            yaml: "exports: { sales: [{ file: a.csv, system: dms }, { file: b.csv, system: dms }] }\n")
        #expect(split.journal.faults.isEmpty && split.sales.leftOut.map(\.reason) == [.reversed])
    }

    @Test("a sale without a customer, or whose visits all come after it, is a sale, and says why no visit has the credit")
    func uncredited() async throws {
        let found = try await visits(
            "RO1,2,,2026-10-20,,,\nRO2,3,,2026-07-01,,,\nRO3,4,,2026-10-01,,,\nRO4,5,,2026-10-05 10:00,,,\n",
            sales: """
                D1,,,,2026-10-05,,,
                D2,2,,,2026-10-05,,,
                D3,3,,,2026-10-05,,,
                D4,4,,,2026-10-05,,,
                D5,5,,,2026-10-05 09:59,,,

                """)
        let why = found.uncredited()
        let numbers = found.sales.sale.map { found.journal.sales.identifiers[Int32($0)] }
        let byDeal = Dictionary(zip(numbers, why), uniquingKeysWith: { first, _ in first })
        #expect(byDeal == [
            "X": .noVisit, "D1": .noCustomer, "D2": .onlyAfter, "D3": .beforeWindow, "D4": nil, "D5": .onlyAfter,
        ])
        #expect(found.header.audits.first { $0.table == .sales }?.cellsSetAside == [.noCustomer: 1])
    }

    @Test("credit within the household only where the settings say so")
    func household() async throws {
        let files = [
            "customers": "customer_id,name,phone,email,address\n1,Ada Moreau,,,12 Elm St\n2,Bo Moreau,,,12 Elm Street\n",
            "service_visits": orders + "RO1,1,,2026-10-01,,,\n", "sales": deals + "D1,2,,,2026-10-05,,,\n",
        ]
        let person = try await madeFacts(files)
        #expect(person.sales.visit == [-1] && person.uncredited() == [.noVisit])
        let household = try await madeFacts(files, yaml: "conversion: { same-customer: household }\n")
        #expect(household.sales.visit == [0])
        #expect(household.sales.identity[0] != household.visits.identity[0])
    }

    @Test("money lost is told of once a file; so are numbers of exports without a system, taken for the same or kept apart")
    func notices() async throws {
        let found = try await madeFacts([
            "sales": deals + "D1,1,,,2026-10-05,,,-900\nD2,2,,,2026-10-05,,,-1\n"
                + "D3,3,,,2026-10-05,wholesale,,-1\nD4,,,,2026-10-06,,,5\n",
            "leads": "lead_id,customer_id,created_at\nL1,2,2026-10-05\nL2,2,2026-10-05\nL3,7,2026-10-05\n",
            "customers": "customer_id,system,name\n7,crm,Ada\n1,dms,Bo\n",
        ])
        let told = found.faults.map { "\($0.kind) \($0.table) \($0.rows) \($0.detail)" }
        #expect(told == [
            "negativeGross sales 2 ", "numbersShared leads 1 sales", "numbersApart leads 1 crm", "numbersApart sales 1 dms",
        ])
    }
}
