import Basis
import Dealership
import Foundation
import Measures
import Testing

/// Building violations read as visits and their dispositions as sales, by mapping alone, against R's Kaplan–Meier curves:
/// `Tests/Fixtures/real/dob`, `Tests/Fixtures/published/dob_km.json`.
struct ViolationTests {
    struct Published: Decodable { var cases: [Cohort] }
    struct Cohort: Decodable {
        var id: String
        var n: Int
        var events: Int
        var days: [Int]
        var conversion: [Double]
        var lower: [Double]
        var upper: [Double]
        var atRisk: [Int64]
        var naive: [Double]
        enum CodingKeys: String, CodingKey {
            case id, n, events, days, conversion, lower, upper, atRisk = "n_risk", naive
        }
    }

    private static func spec(_ measure: some Measure, _ cohort: Cohort, _ columns: [String]) throws -> TableSpec {
        let years = cohort.id.split(separator: "-").compactMap { Int($0) }
        return TableSpec(
            name: cohort.id, request: MeasureRequest(measure), by: [], columns: columns,
            months: Month(year: years[0], month: 1)...Month(year: years[1], month: 12))
    }

    @Test func allSevenCohortsAgreeWithR() async throws {
        let file = RealFolder.fixtures.appending(path: "published/dob_km.json")
        let cohorts = try JSONDecoder().decode(Published.self, from: Data(contentsOf: file)).cases
        #expect(cohorts.count == 7)
        let folder = try await RealFolder.read("dob")
        var specs: [TableSpec] = []
        for cohort in cohorts {
            for day in cohort.days {
                specs.append(
                    try Self.spec(
                        TimeToSale(windowDays: day, credit: .lastTouch, denominator: .visits, minimumN: 1), cohort,
                        ["share_by_window", "share_by_window_lower", "share_by_window_upper", "at_risk_window", "visits"]))
                specs.append(
                    try Self.spec(
                        ServiceToSales(
                            view: .byVisit, windowDays: day, credit: .lastTouch, denominator: .visits, maturity: .ignore,
                            minimumN: 1), cohort, ["rate"]))
            }
        }
        let tables = folder.tabulate(specs).tables
        var index = 0
        for cohort in cohorts {
            for (position, day) in cohort.days.enumerated() {
                let tally = try #require(tables[index].cells[[]])
                let found = specs[index].columns.map { Tabulation.value($0, of: tally, in: specs[index]) }
                let expected = [cohort.conversion[position], cohort.lower[position], cohort.upper[position]]
                for (cell, answer) in zip(found, expected) {
                    guard case .share(let share) = cell else {
                        Issue.record("\(cohort.id) day \(day): \(cell)")
                        continue
                    }
                    #expect((share - answer).magnitude < 5e-7, "\(cohort.id) day \(day)")
                }
                #expect(found[3] == .count(cohort.atRisk[position]), "\(cohort.id) day \(day)")
                #expect(found[4] == .count(Int64(cohort.n)))
                let naive = try #require(tables[index + 1].cells[[]])
                if case .share(let rate) = Tabulation.value("rate", of: naive, in: specs[index + 1]) {
                    #expect((rate - cohort.naive[position]).magnitude < 5e-7, "\(cohort.id) day \(day)")
                } else {
                    Issue.record("\(cohort.id) has no naive rate")
                }
                index += 2
            }
        }
    }

    /// Rows without a disposition are no sales, those after the end of the data no sales yet; all of them are counted.
    @Test func everyRowIsAccountedFor() async throws {
        let folder = try await RealFolder.read("dob")
        let rows = try PlainExport("dob/exports/dob_violations.csv.gz").rows
        let spec = TableSpec(
            name: "t",
            request: MeasureRequest(TimeToSale(windowDays: 30, credit: .lastTouch, denominator: .visits, minimumN: 1)),
            by: [], columns: ["visits"])
        let result = folder.tabulate([spec])
        #expect(result.tables[0].cells[[]].map { Tabulation.value("visits", of: $0, in: spec) } == .count(Int64(rows.count)))
        let open = rows.count { ($0["disposition_date"] ?? "").isEmpty }
        let audit = try #require(folder.header.audits.first { $0.table == .sales })
        #expect(audit.setAside[.missingValue] == open)
        #expect(open > 1_000)
    }
}
