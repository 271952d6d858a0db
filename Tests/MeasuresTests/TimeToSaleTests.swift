import Basis
import Dealership
import Ingest
import Measures
import Testing

/// Curves, young months and the cohort triangle; answers worked out by hand.
@Suite("Time to sale")
struct TimeToSaleTests {
    private static let yaml = """
        name: Riverside
        time-zone: America/Chicago
        exports:
          service_visits: { file: service_visits.csv, covered-from: 2026-01-01, covered-until: 2026-12-31 }
          sales: { file: sales.csv, covered-from: 2026-01-01, covered-until: 2026-12-31 }

        """

    /// Customer and day of each visit, customer and day of each sale.
    private func exports(_ visits: [(Int, String)], _ sales: [(Int, String)]) async throws -> StagedExports {
        try await Folder([
            "dealership.yaml": Self.yaml,
            "exports/service_visits.csv": "visit_id,customer_id,opened_at,bought_here\n"
                + visits.enumerated().map { "R\($0.offset),\($0.element.0),\($0.element.1),no\n" }.joined(),
            "exports/sales.csv": "sale_id,customer_id,sold_at\n"
                + sales.enumerated().map { "D\($0.offset),\($0.element.0),\($0.element.1)\n" }.joined(),
        ]).read()
    }

    private func time(_ minimumN: Int, _ denominator: ConversionSettings.Denominator = .visits) -> TimeToSale {
        TimeToSale(windowDays: 60, credit: .lastTouch, denominator: denominator, minimumN: minimumN)
    }

    private func cells(
        _ exports: StagedExports, _ measure: some Measure, _ by: [Dimension], _ labels: [String], _ columns: [String],
        months: ClosedRange<Month>? = nil
    ) throws -> [Cell] {
        let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: by, columns: columns, months: months)
        let tally = try #require(tabulate(exports, [spec])[0].cells[labels], "\(labels)")
        return columns.map { Tabulation.value($0, of: tally, in: spec) }
    }

    /// October: four visits, sold after 5 and 30 days. December: two visits followed 30 days, one of them sold after 3, and
    /// three followed 2 days.
    private func twoMonths() async throws -> StagedExports {
        try await exports(
            (1...4).map { ($0, "2026-10-01") } + [(5, "2026-12-01"), (6, "2026-12-01")] + (7...9).map { ($0, "2026-12-29") },
            [(1, "2026-10-06"), (2, "2026-10-31"), (5, "2026-12-04")])
    }

    @Test("a finished month ends at its rate")
    func finished() async throws {
        let exports = try await twoMonths()
        let columns = ["share_by_7", "share_by_30", "share_by_60", "share_by_window", "t_star_days", "share_at_t_star", "finished"]
        #expect(
            try cells(exports, time(2), [.month], ["2026-10"], columns)
                == [.share(0.25), .share(0.5), .share(0.5), .share(0.5), .count(60), .share(0.5), .count(4)])
        #expect(
            try cells(exports, time(2), [.month], ["2026-10"], ["at_risk_7", "at_risk_30", "at_risk_60", "half_of_sales_days"])
                == [.count(3), .count(3), .count(2), .count(5)])
        // Nobody's time was cut short: what is left at risk does not matter.
        #expect(try cells(exports, time(4), [.month], ["2026-10"], ["share_by_60", "t_star_days"]) == [.share(0.5), .count(60)])
        #expect(
            try cells(exports, time(5), [.month], ["2026-10"], ["share_by_60", "t_star_days"]).map(\.isTooFew) == [true, true])
    }

    @Test("a young month is said up to t*, and compared with finished months by the same day")
    func young() async throws {
        let exports = try await twoMonths()
        let columns = [
            "share_by_7", "t_star_days", "at_risk_t_star", "share_at_t_star", "finished_share_at_t_star", "finished", "mature",
        ]
        // Day 3: two at risk, one of them sold.
        #expect(
            try cells(exports, time(2), [.month], ["2026-12"], columns)
                == [.tooNew, .count(3), .count(2), .share(0.5), .share(0), .count(4), .count(0)])
        // Three are at risk on day 2 at the latest.
        #expect(
            try cells(exports, time(3), [.month], ["2026-12"], columns)
                == [.tooNew, .count(2), .count(5), .share(0), .share(0), .count(4), .count(0)])
        // The finished months are known to a table of December alone, and October is not in it.
        let december = Month(year: 2026, month: 12)
        #expect(
            try cells(exports, time(2), [.month], ["2026-12"], ["finished_share_at_t_star", "finished"], months: december...december)
                == [.share(0), .count(4)])
        let spec = TableSpec(
            name: "t", request: MeasureRequest(time(2)), by: [.month], columns: ["visits"], months: december...december)
        #expect(Array(tabulate(exports, [spec])[0].cells.keys) == [["2026-12"]])
        // Without months nothing is compared.
        #expect(try cells(exports, time(2), [], [], ["visits", "finished"]) == [.count(9), .none])
    }

    @Test("a visit whose credit went to a later one stays at risk, unconverted")
    func creditElsewhere() async throws {
        let exports = try await exports([(1, "2026-09-01"), (1, "2026-09-21"), (2, "2026-09-05")], [(1, "2026-09-26")])
        #expect(
            try cells(exports, time(1), [.month], ["2026-09"], ["visits", "converted", "share_by_7", "share_by_window", "at_risk_60"])
                == [.count(3), .count(1), .share(1 - 2.0 / 3), .share(1 - 2.0 / 3), .count(2)])
        // One of the two customers bought, after the visit that got the credit.
        #expect(
            try cells(exports, time(1, .customers), [.month], ["2026-09"], ["visits", "followed", "share_by_7", "half_of_sales_days"])
                == [.count(3), .count(2), .share(0.5), .count(5)])
    }

    @Test("the triangle says of each day what the curve says")
    func cohorts() async throws {
        let exports = try await twoMonths()
        let cohorts = Cohorts(time(2))
        #expect(cohorts.days == [7, 14, 21, 30, 45, 60])
        let columns = ["followed", "converted", "at_risk", "complete", "share"]
        func cell(_ month: String, _ since: Int) throws -> [Cell] {
            try cells(exports, cohorts, [.month, .since], [month, Cohorts.label(since)], columns)
        }
        #expect(try cell("2026-10", 7) == [.count(4), .count(1), .count(3), .count(4), .share(0.25)])
        #expect(try cell("2026-10", 30) == [.count(4), .count(2), .count(3), .count(4), .share(0.5)])
        #expect(try cell("2026-10", 60) == [.count(4), .count(2), .count(2), .count(4), .share(0.5)])
        #expect(try cell("2026-12", 7) == [.count(5), .count(1), .count(1), .count(2), .tooNew])
        #expect(try cell("2026-12", 60) == [.count(5), .count(1), .count(0), .count(1), .tooNew])
        for seed in 0..<6 {
            let data = RandomDealership(seed: UInt64(seed) &+ 610)
            let random = try await Folder(data.files()).read()
            for (day, column) in [(7, "share_by_7"), (14, "share_by_14"), (30, "share_by_30"), (60, "share_by_60")] {
                let triangle = TableSpec(
                    name: "t", request: MeasureRequest(Cohorts(time(3))), by: [.month, .since],
                    columns: ["share", "share_lower", "share_upper", "at_risk"])
                let curve = TableSpec(
                    name: "t", request: MeasureRequest(time(3)), by: [.month],
                    columns: [column, "\(column)_lower", "\(column)_upper", "at_risk_\(day)"])
                let cells = tabulate(random, [triangle])[0].cells
                for row in tabulate(random, [curve])[0].rows {
                    let own = try #require(cells[row.labels + [Cohorts.label(day)]])
                    #expect(
                        triangle.columns.map { Tabulation.value($0, of: own, in: triangle) }
                            == curve.columns.map { Tabulation.value($0, of: row.tally, in: curve) }, "seed \(seed) \(row.labels)")
                }
            }
        }
    }
}

extension Cell {
    fileprivate var isTooFew: Bool { if case .tooFew = self { true } else { false } }
}
