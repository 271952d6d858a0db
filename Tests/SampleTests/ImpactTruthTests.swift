import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Sample
import Testing

/// What the sample's outages took and delayed, against the limits that are computed from its files. Two dealerships in
/// every test run; `KPI_IMPACT_SEEDS=200 swift test --filter ImpactTruthTests` prints the shares of the documentation,
/// with `KPI_IMPACT_FIRST=100` those of the second hundred alone.
struct ImpactTruthTests {
    private static let asked = ProcessInfo.processInfo.environment["KPI_IMPACT_SEEDS"].flatMap { Int($0) }
    private static let first = ProcessInfo.processInfo.environment["KPI_IMPACT_FIRST"].flatMap { Int($0) } ?? 0

    private func read(_ made: SampleDealership) async throws -> StagedExports {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kpi-impact-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in made.files {
            let target = folder.appendingPathComponent(file.path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: target)
        }
        let text = try #require(made.files.first { $0.path == "dealership.yaml" }).text
        let settings = try DealershipFile.read(text: text, file: "dealership.yaml").value
        return try await StagedExports.read(directory: folder.path, settings: settings, tasks: 2)
    }

    private func rows(
        _ exports: StagedExports, _ measure: some Measure, _ by: [Measures.Dimension], _ columns: [String]
    ) -> [(labels: [String], cells: [String: String])] {
        let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: by, columns: columns)
        let tabulation = Tabulation(header: exports.header, specs: [spec])
        var table = tabulation.common()[0]
        for group in 0..<exports.groupCount { table.merge(tabulation.tally(exports.group(group)).tables[0]) }
        return tabulation.completed([table])[0].rows.map { row in
            let cells = columns.map { ($0, Tabulation.value($0, of: row.tally, in: spec).plain) }
            return (row.labels, Dictionary(uniqueKeysWithValues: cells))
        }
    }

    private struct Held {
        var held = 0
        var all = 0
        mutating func add(_ truth: Double, _ low: String?, _ high: String?) {
            guard let low = low.flatMap({ Double($0) }), let high = high.flatMap({ Double($0) }) else { return }
            all += 1
            // Printed limits have three decimals.
            if low - 0.001 <= truth, truth <= high + 0.001 { held += 1 }
        }
    }

    @Test func plantedLossesAndDelaysLieBetweenTheLimits() async throws {
        var missing = Held()
        var delay = Held()
        var claims = 0
        var empty = 0
        for seed in Self.first..<max(Self.first, Self.asked ?? 2) {
            let made = make(seed: UInt64(100 + seed), months: 5, size: Self.asked == nil ? 0.5 : 0.8)
            let exports = try await read(made)
            let outages = Dictionary(exports.header.outages.map { ($0.identifier, $0) }) { first, _ in first }
            let limits = ["missing_lower", "missing_upper", "effect"]
            for row in rows(exports, MissingVolume(answerOn: .same), [.outage, .kind], limits) {
                let outage = try #require(outages[row.labels[0]])
                let end = try #require(outage.end)
                let lost = made.truth.outages.lostArrivals.count {
                    $0.kind == row.labels[1] && outage.start <= $0.at && $0.at < end
                }
                missing.add(Double(lost), row.cells["missing_lower"], row.cells["missing_upper"])
                if lost == 0, !(row.cells["effect"] ?? "").isEmpty {
                    empty += 1
                    if row.cells["effect"] == "lost" { claims += 1 }
                }
            }
            let seconds = ["compared", "excess_seconds_lower", "excess_seconds_upper"]
            for row in rows(exports, OutageDelay(answerOn: .same), [.outage, .channel], seconds) {
                let outage = try #require(outages[row.labels[0]])
                let end = try #require(outage.end)
                let delays = made.truth.outages.delays.filter {
                    $0.channel == row.labels[1] && $0.asked < end && outage.start < $0.reply && $0.reply > end
                }
                // The limits are of those that could be compared.
                guard delays.count <= Int(row.cells["compared"] ?? "") ?? 0 else { continue }
                let truth = delays.reduce(0) { $0 + Double($1.openSeconds) }
                delay.add(truth, row.cells["excess_seconds_lower"], row.cells["excess_seconds_upper"])
            }
        }
        if Self.asked != nil {
            print("impact sample missing \(missing.held) of \(missing.all), claimed without loss \(claims) of \(empty)")
            print("impact sample delay \(delay.held) of \(delay.all)")
        }
        #expect(missing.all > 0 && delay.all > 0)
        #expect(Double(missing.held) >= 0.85 * Double(missing.all), "\(missing.held) of \(missing.all)")
        let least = Self.asked == nil ? 0.6 : 0.85
        #expect(Double(delay.held) >= least * Double(delay.all), "\(delay.held) of \(delay.all)")
        #expect(claims * 5 <= max(5, empty), "\(claims) of \(empty)")
    }
}
