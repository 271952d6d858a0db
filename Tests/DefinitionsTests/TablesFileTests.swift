import Basis
import Dealership
import Foundation
import Measures
import Testing

@testable import Definitions

@Suite("tables.yaml")
struct TablesFileTests {
    @Test("the benchmark's six tables, with what they leave out from the dealership")
    func group() throws {
        let settings = try DealershipFile.read(bytes: fixture("group.dealership.yaml"), file: "dealership.yaml").value
        let checked = try TablesFile.read(bytes: fixture("group.tables.yaml"), file: "tables.yaml", settings: settings)
        #expect(checked.diagnostics.isEmpty)
        func response(_ target: FirstResponseTime.Target) -> MeasureRequest {
            MeasureRequest(
                FirstResponseTime(
                    clock: .open, adjusted: false, silence: .leaveOut, target: target, answerOn: .same, minimumN: 20))
        }
        #expect(
            checked.value == [
                TableSpec(
                    name: "conversion_by_store_month",
                    request: MeasureRequest(
                        ServiceToSales(
                            view: .byVisit, windowDays: 60, credit: .lastTouch, denominator: .customers,
                            maturity: .ignore, minimumN: 20)),
                    by: [.store, .month], columns: ["customers", "converted"]),
                TableSpec(
                    name: "credit_by_advisor",
                    request: MeasureRequest(
                        ServiceToSales(
                            view: .byDeal, windowDays: 60, credit: .lastTouch, denominator: .visits,
                            maturity: .required, minimumN: 20)),
                    by: [.advisor], columns: ["sales", "gross_profit"]),
                TableSpec(
                    name: "response_by_store_channel_month", request: response(.seconds(900)),
                    by: [.store, .channel, .month],
                    columns: ["conversations", "answered", "p50", "p90", "within_target"]),
                TableSpec(
                    name: "response_by_person", request: response(.settings), by: [.person],
                    columns: ["answered", "p50", "p90", "p90_without_outages"]),
                TableSpec(
                    name: "response_overall", request: response(.settings), by: [.month],
                    columns: ["conversations", "answered", "p50", "p90", "p99"]),
                TableSpec(
                    name: "outage_impact", request: MeasureRequest(OutageImpact(answerOn: .same)), by: [.outage],
                    columns: ["open_seconds_down", "conversations", "answered", "p50"]),
            ])
    }

    @Test("settings hold where a table is silent, and only there")
    func settings() throws {
        let settings = try DealershipFile.read(bytes: fixture("full.dealership.yaml"), file: "dealership.yaml").value
        let text = """
            tables:
              - { name: a, measure: service-to-sales, view: by-deal, columns: sales }
              - { name: b, measure: service-to-sales, view: by-deal, window: 2 weeks, minimum-n: 5, columns: [sales] }
              - { name: c, measure: first-response-time, clock: wall, target: 2 days, columns: [mean] }
              - { name: d, measure: first-response-time, target: due, adjusted: yes, answer-on: any-managed,
                  columns: [mean] }
              - { name: e, measure: volume, by: month, columns: [visits] }
            """
        let tables = try TablesFile.read(text: text, file: "tables.yaml", settings: settings).value
        #expect(
            tables.map(\.request) == [
                MeasureRequest(
                    ServiceToSales(
                        view: .byDeal, windowDays: 90, credit: .firstTouch, denominator: .customers,
                        maturity: .required, minimumN: 30)),
                MeasureRequest(
                    ServiceToSales(
                        view: .byDeal, windowDays: 14, credit: .firstTouch, denominator: .customers,
                        maturity: .required, minimumN: 5)),
                MeasureRequest(
                    FirstResponseTime(
                        clock: .wall, adjusted: false, silence: .count, target: .seconds(172_800), answerOn: .same,
                        minimumN: 30)),
                MeasureRequest(
                    FirstResponseTime(
                        clock: .open, adjusted: true, silence: .count, target: .due, answerOn: .anyManaged,
                        minimumN: 30)),
                MeasureRequest(Volume()),
            ])
        #expect(tables.map(\.by) == [[], [], [], [], [.month]])
    }

    @Test("every measure of the catalogue can be asked for", arguments: Catalog.measures.map(\.name))
    func every(measure: String) throws {
        let entry = try #require(Catalog.measure(named: measure))
        let view = measure == "service-to-sales" ? "view: by-deal, " : ""
        let settings = try DealershipFile.read(text: "name: R", file: "dealership.yaml").value
        let names = entry.columns.map(\.name).joined(separator: ", ")
        for dimension in entry.dimensions {
            let by = "by: \(dimension.rawValue)"
            let text = "tables: [{ name: t, measure: \(measure), \(view)\(by), columns: [\(names)] }]"
            let table = try #require(try TablesFile.read(text: text, file: "t.yaml", settings: settings).value.first)
            #expect(table.request.name == measure)
            #expect(table.by == [dimension])
            #expect(table.columns == entry.columns.map(\.name))
        }
    }

    @Test("more dimensions than a cell's key can tell apart are refused")
    func tooManyDimensions() throws {
        let settings = try DealershipFile.read(text: "name: R", file: "dealership.yaml").value
        let by = "[store, month, channel, weekday, hour]"
        let text = "tables: [{ name: t, measure: volume, by: \(by), columns: visits }]"
        #expect(throws: Rejection.self) { try TablesFile.read(text: text, file: "t.yaml", settings: settings) }
        let four = text.replacingOccurrences(of: ", hour]", with: "]")
        #expect(try TablesFile.read(text: four, file: "t.yaml", settings: settings).value[0].by.count == 4)
    }
}
