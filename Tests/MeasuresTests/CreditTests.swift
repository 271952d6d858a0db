import Dealership
import Ingest
import Measures
import Testing

/// Which visit gets a sale: order of events, ties, dates without time, and linear shares. Answers worked out by hand.
@Suite("Credit of sales")
struct CreditTests {
    private static let yaml = """
        name: Riverside
        time-zone: America/Chicago
        conversion: { window: 60 days, minimum-n: 1 }
        exports:
          service_visits: { file: service_visits.csv, covered-from: 2026-01-01, covered-until: 2026-12-31 }
          sales: { file: sales.csv, covered-from: 2026-01-01, covered-until: 2026-12-31 }

        """

    private func exports(
        _ visits: [String], _ sales: [String], more: [String: String] = [:], yaml: String = yaml
    ) async throws -> StagedExports {
        let files = [
            "dealership.yaml": yaml,
            "exports/service_visits.csv":
                "visit_id,customer_id,opened_at,advisor_id,vin,vehicle_year,bought_here\n" + visits.map { $0 + "\n" }.joined(),
            "exports/sales.csv":
                "sale_id,customer_id,sold_at,salesperson_id,gross_profit\n" + sales.map { $0 + "\n" }.joined(),
        ]
        return try await Folder(files.merging(more) { $1 }).read()
    }

    private func request(
        _ credit: ServiceToSales.Credit, _ view: ServiceToSales.View = .byDeal,
        _ denominator: ConversionSettings.Denominator = .visits, window: Int = 60
    ) -> MeasureRequest {
        MeasureRequest(
            ServiceToSales(
                view: view, windowDays: window, credit: credit, denominator: denominator, maturity: .required, minimumN: 1))
    }

    private func rows(
        _ exports: StagedExports, _ request: MeasureRequest, _ by: [Dimension], _ columns: [String]
    ) -> [[String]] {
        let spec = TableSpec(name: "t", request: request, by: by, columns: columns)
        return Array(Tabulation.rows(tabulate(exports, [spec])[0], spec).dropFirst())
    }

    /// The advisors credited with the one sale, by credit.
    private func credited(_ visits: [String], _ sale: String, window: Int = 60) async throws -> [String] {
        let exports = try await exports(visits, [sale])
        return ServiceToSales.Credit.allCases.map { credit in
            rows(exports, request(credit, window: window), [.advisor], ["credited_sales_exact"])
                .map { "\($0[0]) \($0[1])" }.joined(separator: ", ")
        }
    }

    @Test("by instants where both have times; one instant counts as after")
    func instants() async throws {
        let visits = ["R1,1001,2026-03-02 09:00,A1", "R2,1001,2026-03-02 15:00,A2"]
        #expect(try await credited(visits, "D1,1001,2026-03-02 12:00,P1,100") == ["A1 1", "A1 1", "A1 1"])
        #expect(try await credited(visits, "D1,1001,2026-03-02 15:00,P1,100") == ["A2 1", "A1 1", "A1 1/2, A2 1/2"])
        #expect(try await credited(visits, "D1,1001,2026-03-02 14:59:59,P1,100") == ["A1 1", "A1 1", "A1 1"])
        #expect(try await credited(visits, "D1,1001,2026-03-02 08:00,P1,100") == ["", "", ""])
    }

    @Test("by days where either has none; the same day counts as after")
    func days() async throws {
        let timed = ["R1,1001,2026-03-02 09:00,A1", "R2,1001,2026-03-02 15:00,A2"]
        #expect(try await credited(timed, "D1,1001,2026-03-02,P1,100") == ["A2 1", "A1 1", "A1 1/2, A2 1/2"])
        #expect(try await credited(timed, "D1,1001,2026-03-01,P1,100") == ["", "", ""])
        let dated = ["R1,1001,2026-03-02,A1", "R2,1001,2026-03-03,A2"]
        #expect(try await credited(dated, "D1,1001,2026-03-02 00:00:00,P1,100") == ["A1 1", "A1 1", "A1 1"])
        #expect(try await credited(dated, "D1,1001,2026-03-03 08:00,P1,100") == ["A2 1", "A1 1", "A1 1/2, A2 1/2"])
        // A visit with a time and one without on one day: the one without is not known to be the later.
        let mixed = ["R1,1001,2026-03-02 09:00,A1", "R2,1001,2026-03-02,A2"]
        #expect(try await credited(mixed, "D1,1001,2026-03-02,P1,100") == ["A1 1", "A2 1", "A1 1/2, A2 1/2"])
    }

    @Test("the window is counted in days between local dates, both ends included")
    func window() async throws {
        let visit = ["R1,1001,2026-03-02 23:50,A1"]
        #expect(try await credited(visit, "D1,1001,2026-03-09 00:10,P1,100", window: 7) == ["A1 1", "A1 1", "A1 1"])
        #expect(try await credited(visit, "D1,1001,2026-03-10 00:10,P1,100", window: 7) == ["", "", ""])
        // The clocks go forward on 8 March: seven dates, an hour short of seven days.
        #expect(try await credited(visit, "D1,1001,2026-03-09 23:59,P1,100", window: 7) == ["A1 1", "A1 1", "A1 1"])
    }

    @Test("linear: exact fractions, and gross in whole cents that add up")
    func linear() async throws {
        let visits = [
            "R1,1001,2026-03-02,A1", "R2,1001,2026-03-05,A2", "R3,1001,2026-03-09,A1", "R4,2002,2026-03-04,A2",
            "R5,2002,2026-03-06,A3",
        ]
        let sales = ["D1,1001,2026-03-20,P1,100.00", "D2,2002,2026-03-21,P2,-0.01", "D3,3003,2026-03-22,P1,5.00"]
        let exports = try await exports(visits, sales)
        let columns = ["sales", "touches", "credited_sales", "credited_sales_exact", "gross_profit"]
        // 100.00 in three: 33.34, 33.33, 33.33; the earliest takes what remains. −0.01 in two: 0.00 and −0.01.
        #expect(
            rows(exports, request(.linear), [.advisor], columns) == [
                ["A1", "1", "2", "0.667", "2/3", "66.67"], ["A2", "2", "2", "0.833", "5/6", "33.33"],
                ["A3", "1", "1", "0.500", "1/2", "-0.01"],
            ])
        #expect(
            rows(exports, request(.linear), [], ["all_sales"] + columns) == [["3", "2", "5", "2.000", "2", "99.99"]])
        #expect(
            rows(exports, request(.linear), [.salesperson], columns) == [
                ["P1", "1", "3", "1.000", "1", "100.00"], ["P2", "1", "2", "1.000", "1", "-0.01"],
            ])
        // A rate or another view's count is no answer here.
        #expect(rows(exports, request(.linear), [], ["rate", "visits"]) == [["", ""]])
    }

    @Test("shares of many visits stay exact, also beyond the common denominator")
    func manyVisits() async throws {
        var visits: [String] = []
        var sales: [String] = []
        // Customers with 2, 3, 5, … visits, each on a day and vehicle of its own, all with one advisor but the first.
        let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103]
        for (customer, count) in primes.enumerated() {
            for visit in 0..<count {
                let day = visit % 28 + 1
                visits.append("R\(customer)-\(visit),\(customer),2026-02-\(day < 10 ? "0" : "")\(day),\(visit == 0 ? "A1" : "A2")")
            }
            sales.append("D\(customer),\(customer),2026-03-01,P1,1.00")
        }
        let exact = rows(try await exports(visits, sales), request(.linear), [.advisor], ["credited_sales_exact", "gross_profit"])
        #expect(exact.map { $0[0] } == ["A1", "A2"])
        #expect(exact[0][1] == primes.map { "1/\($0)" }.joined(separator: " + "))
        #expect(exact[1][1] == primes.map { "\($0 - 1)/\($0)" }.joined(separator: " + "))
        let few = rows(
            try await exports(visits, Array(sales.prefix(3))), request(.linear), [.advisor], ["credited_sales_exact"])
        #expect(few == [["A1", "31/30"], ["A2", "59/30"]])
        let all = rows(try await exports(visits, sales), request(.linear), [], ["credited_sales_exact", "gross_profit"])
        #expect(all == [["27", "27.00"]])
    }

    @Test("each denominator has its own mature count")
    func denominators() async throws {
        // Known through the 31 December: visits from 2 November on are young. 1001 came in October and in November.
        let visits = [
            "R1,1001,2026-10-05,A1", "R2,1001,2026-10-20,A1", "R3,1002,2026-10-21,A1", "R4,1001,2026-11-20,A1",
            "R5,1003,2026-11-01,A1", "R6,1003,2026-11-30,A1",
        ]
        let exports = try await exports(visits, ["D1,1001,2026-10-25,P1,1.00"])
        func row(_ denominator: ConversionSettings.Denominator, _ by: [Dimension]) -> [[String]] {
            rows(exports, request(.lastTouch, .byVisit, denominator), by, ["visits", "customers", "converted", "mature", "rate"])
        }
        #expect(row(.visits, [.month]) == [["2026-10", "3", "2", "1", "3", "0.333333"], ["2026-11", "3", "2", "0", "1", ""]])
        #expect(row(.customers, [.month]) == [["2026-10", "3", "2", "1", "2", "0.500000"], ["2026-11", "3", "2", "0", "0", ""]])
        #expect(row(.customers, []) == [["6", "3", "1", "1", ""]])
        #expect(row(.visits, []) == [["6", "3", "1", "4", ""]])
    }

    @Test("a household counts once, and is mature when all its visits are")
    func households() async throws {
        let customers = """
            customer_id,name,phone,address
            1001,Ada Smith,312-555-0143,12 Oak Street
            1002,Ben Smith,312-555-0177,12 Oak St
            1003,Cleo Jones,312-555-0188,12 Oak St

            """
        let visits = [
            "R1,1001,2026-10-05,A1", "R2,1002,2026-10-20,A1", "R3,1003,2026-10-21,A2", "R4,1002,2026-11-20,A1",
            "R5,,2026-10-22,A1",
        ]
        let exports = try await exports(
            visits, ["D1,1001,2026-10-25,P1,1.00"], more: ["exports/customers.csv": customers])
        let columns = ["visits", "customers", "households", "converted", "mature", "rate"]
        #expect(
            rows(exports, request(.lastTouch, .byVisit, .households), [.month], columns) == [
                ["2026-10", "3", "3", "2", "1", "2", "0.500000"], ["2026-11", "1", "1", "1", "0", "0", ""],
            ])
        #expect(rows(exports, request(.lastTouch, .byVisit, .households), [], columns) == [["4", "3", "2", "1", "1", ""]])
        #expect(
            rows(exports, request(.lastTouch, .byVisit, .customers), [.month], columns) == [
                ["2026-10", "3", "3", "2", "1", "3", "0.333333"], ["2026-11", "1", "1", "1", "0", "0", ""],
            ])
    }

    @Test("visits before the first sales on record have no rate")
    func beforeSales() async throws {
        let yaml = """
            name: Riverside
            time-zone: America/Chicago
            exports:
              service_visits: { file: service_visits.csv, covered-from: 2026-01-01, covered-until: 2026-12-31 }
              sales: { file: sales.csv, covered-from: 2026-03-01, covered-until: 2026-12-31 }

            """
        let visits = ["R1,1001,2026-02-10,A1", "R2,1002,2026-03-10,A1"]
        let exports = try await exports(visits, ["D1,1002,2026-03-25,P1,1.00"], yaml: yaml)
        #expect(
            rows(exports, request(.lastTouch, .byVisit), [.month], ["visits", "mature", "rate"]) == [
                ["2026-02", "1", "1", ""], ["2026-03", "1", "1", "1.000000"],
            ])
        let time = MeasureRequest(TimeToSale(windowDays: 60, credit: .lastTouch, denominator: .visits, minimumN: 1))
        #expect(rows(exports, time, [.month], ["share_by_30", "finished"]) == [["2026-02", "", "1"], ["2026-03", "1.000000", "1"]])
    }

    @Test("source, vehicle age, workplace, dedicated: by visit and by deal")
    func dimensions() async throws {
        let visits = [
            // Sold; its latest lead before the sale is a web lead, the one after it does not count.
            "R1,1001,2026-03-02 09:00,A1,,2026,yes",
            // A lead before the visit is none; next year's model is new.
            "R2,1002,2026-03-02 09:00,A2,,2027,no",
            // Not sold: the latest lead within the window.
            "R3,1003,2026-03-02,A2,,2021,no",
            "R4,1004,2026-03-02,A1,,2017,", "R5,1005,2026-03-02,,,2018,", "R6,1006,2026-03-02,A3,,1016,",
            "R7,1007,2026-03-02,A1,,2035,", "R8,1008,2026-03-02,A1,,,",
        ]
        let sales = ["D1,1001,2026-03-20 10:00,P1,10.00", "D2,1004,2026-03-21,P2,20.00", "D3,9999,2026-03-21,P2,20.00"]
        let more = [
            "exports/leads.csv": """
                lead_id,customer_id,created_at,source,owner_id
                L1,1001,2026-03-02 09:00,service,P1
                L2,1001,2026-03-19 09:00,web,P2
                L3,1001,2026-03-20 10:00:01,phone,P2
                L4,1002,2026-03-02 08:59:59,web,P1
                L5,1003,2026-03-02 08:00,service,P2
                L6,1003,2026-05-01,web,P1
                L7,1003,2026-05-02,phone,P1
                L8,1004,2026-03-10,,P2
                L9,1005,2026-03-10,fair,

                """,
            "exports/people.csv": """
                person_id,name,department,role,place
                A1,A,service,advisor,on-site
                A2,B,service,advisor,remote
                P1,C,sales,conquest specialist,remote
                P2,D,sales,salesperson,on-site

                """,
        ]
        let exports = try await exports(visits, sales, more: more)
        func labels(_ view: ServiceToSales.View, _ dimension: Dimension, _ column: String) -> [String] {
            rows(exports, request(.lastTouch, view), [dimension], [column]).map { "\($0[0])=\($0[1])" }
        }
        #expect(labels(.byVisit, .source, "visits") == ["=5", "fair=1", "web=2"])
        #expect(labels(.byDeal, .source, "sales") == ["=1", "web=1"])
        #expect(labels(.byVisit, .vehicleAge, "visits") == ["=3", "0-2=2", "3-5=1", "6-8=1", "9+=1"])
        #expect(labels(.byDeal, .vehicleAge, "sales") == ["0-2=1", "9+=1"])
        #expect(labels(.byVisit, .workplace, "visits") == ["=2", "on-site=4", "remote=2"])
        #expect(labels(.byDeal, .workplace, "all_sales") == ["on-site=2", "remote=1"])
        // Whose the funnel's lead is: the first since the visit's day.
        #expect(labels(.byVisit, .dedicated, "visits") == ["=4", "dedicated=2", "others=2"])
        #expect(labels(.byDeal, .dedicated, "gross_profit") == ["dedicated=10.00", "others=20.00"])
        // The settings' own list goes before the role's words.
        let named = try await self.exports(
            visits, sales, more: more,
            yaml: Self.yaml.replacing("minimum-n: 1", with: "minimum-n: 1, dedicated: [P2]"))
        #expect(
            rows(named, request(.lastTouch, .byDeal), [.dedicated], ["gross_profit"])
                == [["dedicated", "20.00"], ["others", "10.00"]])
    }
}
