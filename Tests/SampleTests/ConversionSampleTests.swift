import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Sample
import Statistics
import Testing

/// What the made-up dealership was given, by the program's own reading of its files.
struct ConversionSampleTests {
    private func tables(
        _ made: SampleDealership, _ specs: (DealershipSettings) -> [TableSpec]
    ) async throws -> [TallyTable] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kpi-sample-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in made.files {
            let target = folder.appendingPathComponent(file.path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: target)
        }
        let text = try #require(made.files.first { $0.path == "dealership.yaml" }).text
        let settings = try DealershipFile.read(text: text, file: "dealership.yaml").value
        let exports = try await StagedExports.read(directory: folder.path, settings: settings, tasks: 2)
        let tabulation = Tabulation(header: exports.header, specs: specs(settings))
        var tables = tabulation.common()
        for group in 0..<exports.groupCount {
            let parts = tabulation.tally(exports.group(group)).tables
            for (index, part) in parts.enumerated() { tables[index].merge(part) }
        }
        return tabulation.completed(tables)
    }

    /// The visits of the last two months seem to buy less when time not yet passed counts as time without a sale; what
    /// is reported of them agrees with the finished months by the same day.
    @Test func theNaiveRateFallsAndTheReportedOneDoesNot() async throws {
        var outside = 0
        var (naiveRates, usualRates) = (0.0, 0.0)
        for seed in [UInt64(2), 5, 8, 11] {
            let made = make(seed: seed, months: 7, size: 1)
            let naive = ServiceToSales(
                view: .byVisit, windowDays: 60, credit: .lastTouch, denominator: .visits, maturity: .ignore,
                minimumN: 20)
            var reported = naive
            reported.maturity = .required
            let time = TimeToSale(windowDays: 60, credit: .lastTouch, denominator: .visits, minimumN: 20)
            let measures: [MeasureRequest] = [MeasureRequest(naive), MeasureRequest(reported), MeasureRequest(time)]
            let specs = measures.map { TableSpec(name: "t", request: $0, by: [.month], columns: []) }
            let tables = try await tables(made) { _ in specs }
            func cell(_ table: Int, _ column: String, _ month: String) throws -> Cell {
                Tabulation.value(column, of: try #require(tables[table].cells[[month]]), in: specs[table])
            }
            func share(_ table: Int, _ column: String, _ month: String) throws -> Double {
                guard case .share(let share) = try cell(table, column, month) else {
                    Issue.record("\(column) of \(month), seed \(seed)")
                    return .nan
                }
                return share
            }
            let finished = try ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08"].map { try share(1, "rate", $0) }
            let usual = finished.reduce(0, +) / Double(finished.count)
            let last = try share(0, "rate", "2026-10")
            #expect(last < usual, "seed \(seed)")
            naiveRates += last
            usualRates += usual
            for month in ["2026-09", "2026-10"] {
                #expect(try cell(1, "rate", month) == .tooNew)
                let earlier = try share(2, "finished_share_at_t_star", month)
                if try share(2, "share_at_t_star_lower", month) > earlier { outside += 1 }
                if try share(2, "share_at_t_star_upper", month) < earlier { outside += 1 }
            }
            // A finished month's curve ends at its rate.
            for (month, rate) in zip(["2026-04", "2026-08"], [finished[0], finished[4]]) {
                #expect(try (share(2, "share_by_window", month) - rate).magnitude < 1e-12)
                #expect(try cell(2, "t_star_days", month) == .count(60))
            }
        }
        #expect(naiveRates < 0.7 * usualRates)
        // Eight limits of 95 %: more than two misses have a chance of one in 200.
        #expect(outside <= 2)
    }

    @Test func theDedicatedPersonsEffectIsFoundWhenPlanted() async throws {
        let measure = DedicatedDifference(windowDays: 60, minimumN: 20)
        let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: [.month], columns: [])
        for seed in [UInt64(4), 9, 15] {
            var clear: [Bool] = []
            for without in [[], [SampleFeature.dedicated]] {
                let made = make(seed: seed, months: 6, size: 0.5, without: Set(without))
                let table = try await tables(made) { _ in [spec] }[0]
                // She began on 1 August; that month is the newest finished month.
                let verdict = try measure.verdict(.reached, #require(table.cells[["2026-08"]]))
                if case .clear(let difference) = verdict {
                    clear.append((difference.estimate ?? 0) > 0)
                } else {
                    clear.append(false)
                }
            }
            #expect(clear == [true, false], "seed \(seed)")
        }
    }
}
