import Dealership
import Foundation
import Ingest
import Measures
import Testing

/// dbt MetricFlow's conversion fixtures, read as a dealership's folder by mapping alone: visits of a web site as service
/// visits, buys as sales. `Tests/Fixtures/published/conversion_metricflow.json`.
@Suite("MetricFlow's conversion metric")
struct MetricFlowTests {
    struct Published: Decodable {
        var visits: [[String: String]]
        var buys: [[String: String]]
        var cases: [Case]
    }

    struct Case: Decodable {
        struct Filter: Decodable {
            var referrer: String?
            var dates: [String]?
            enum CodingKeys: String, CodingKey {
                case referrer = "referrer_id", dates = "visit_date_between"
            }
        }
        var windowDays: Int?
        var group: String?
        var filter: Filter?
        var rate: Double?
        var expectedConversions: Int?
        var visits: Int
        var conversions: Int
        enum CodingKeys: String, CodingKey {
            case windowDays = "window_days", group, filter, rate = "expected_rate"
            case expectedConversions = "expected_conversions", visits, conversions
        }
    }

    /// By position: where we differ by rule, why, and our rate.
    private static let differences: [Int: (reason: String, rate: Double)] = {
        let nothing = "upstream divides by NULL where nobody bought; none of one visit is a share of 0"
        let once = "a visit converts at most once, so no rate is above 1; its two buys are two credited sales"
        var differences: [Int: (String, Double)] = [:]
        for position in [3, 4, 7, 11, 12, 15] { differences[position] = (nothing, 0) }
        for position in [16, 19, 21] { differences[position] = (once, 1) }
        return differences
    }()

    private static func published() throws -> Published {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fixtures/published/conversion_metricflow.json").standardizedFileURL
        return try JSONDecoder().decode(Published.self, from: Data(contentsOf: file))
    }

    private static func csv(_ rows: [[String: String]]) -> String {
        let columns = Set(rows.flatMap(\.keys)).sorted()
        return ([columns.joined(separator: ",")] + rows.map { row in columns.map { row[$0] ?? "" }.joined(separator: ",") })
            .joined(separator: "\n") + "\n"
    }

    /// `vehicle`: each user comes with one car, so that two visits of a day are one.
    private static func exports(_ published: Published, _ filter: Case.Filter?, vehicle: Bool = false) async throws -> StagedExports {
        // Both ends of a range are the same day or follow each other.
        let days = (filter?.dates).map { Set($0).sorted() }
        var only: [String] = []
        if let referrer = filter?.referrer { only.append("referrer_id: [\(referrer)]") }
        if let days { only.append("date: [\(days.joined(separator: ", "))]") }
        let yaml = """
            name: A web site
            time-zone: UTC
            exports:
              service_visits:
                file: visits.csv
                system: site
                covered-from: 2020-01-01
                covered-until: 2021-12-31
                \(only.isEmpty ? "" : "only: { \(only.joined(separator: ", ")) }")
                columns:
                  visit_id: session_id
                  customer_id: user_id
                  opened_at: date
                  advisor_id: referrer_id
                  \(vehicle ? "vin: user_id" : "")
              sales:
                file: buys.csv
                system: site
                covered-from: 2020-01-01
                covered-until: 2021-12-31
                columns: { sale_id: session_id, customer_id: user_id, sold_at: date }

            """
        return try await Folder([
            "dealership.yaml": yaml, "exports/visits.csv": csv(published.visits), "exports/buys.csv": csv(published.buys),
        ]).read()
    }

    /// Upstream's window of 7 days excludes the seventh; without one, longer than the data.
    private static func request(_ view: ServiceToSales.View, _ window: Int?) -> MeasureRequest {
        MeasureRequest(
            ServiceToSales(
                view: view, windowDays: window.map { $0 - 1 } ?? 365, credit: .lastTouch, denominator: .visits,
                maturity: .required, minimumN: 1))
    }

    private static func row(
        _ exports: StagedExports, _ request: MeasureRequest, _ day: String?, _ columns: [String]
    ) -> [Cell]? {
        let spec = TableSpec(name: "t", request: request, by: day == nil ? [] : [.day], columns: columns)
        let cell = tabulate(exports, [spec])[0].cells[day.map { [$0] } ?? []]
        return cell.map { tally in columns.map { Tabulation.value($0, of: tally, in: spec) } }
    }

    @Test("all 23 cases: equal, or listed with the reason")
    func cases() async throws {
        let published = try Self.published()
        #expect(published.cases.count == 23)
        for (position, item) in published.cases.enumerated() {
            let exports = try await Self.exports(published, item.filter)
            let row = try #require(
                Self.row(exports, Self.request(.byVisit, item.windowDays), item.group, ["visits", "rate"]), "\(position)")
            #expect(row[0] == .count(Int64(item.visits)), "\(position)")
            if let expected = item.expectedConversions {
                let sales = try #require(Self.row(exports, Self.request(.byDeal, item.windowDays), nil, ["sales"]))
                #expect(sales == [.count(Int64(expected))], "\(position)")
                continue
            }
            guard case .share(let rate) = row[1] else {
                Issue.record("\(position) has no rate")
                continue
            }
            if let difference = Self.differences[position] {
                #expect(rate == difference.rate, "\(position): \(difference.reason)")
                #expect(item.rate.map { $0 != rate } ?? true, "\(position) does not differ any more")
            } else {
                let expected = try #require(item.rate, "\(position) must be listed")
                #expect((rate - expected).magnitude < 1e-6, "\(position)")
            }
        }
    }

    @Test("two visits of one user and car on one day are one visit: u0003452")
    func oneVehicle() async throws {
        let published = try Self.published()
        let own = published.visits.filter { $0["user_id"] == "u0003452" }
        #expect(own.count == 2 && Set(own.map { $0["date"] }) == ["2020-01-02"])
        let exports = try await Self.exports(published, nil, vehicle: true)
        // Upstream: 2 of 4. One of the visits that bought is the one of two sessions.
        #expect(Self.row(exports, Self.request(.byVisit, nil), "2020-01-02", ["visits", "converted"]) == [.count(3), .count(2)])
        #expect(Self.row(exports, Self.request(.byVisit, nil), "2020-01-01", ["visits", "converted"]) == [.count(4), .count(2)])
    }
}
