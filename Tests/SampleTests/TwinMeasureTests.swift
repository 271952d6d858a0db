import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Sample
import Statistics
import Testing

/// The sample and its twin whose replies no outage delayed, through the whole of reading, linking and measuring.
struct TwinMeasureTests {
    private func table(_ made: SampleDealership, adjusted: Bool, turns: Bool) async throws -> [[String]: Tally] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kpi-twin-\(UUID().uuidString)")
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
        let answer = FirstResponseTime(
            clock: .open, adjusted: adjusted, silence: .count, target: .settings, answerOn: .same, minimumN: 20)
        let request = turns ? MeasureRequest(NextResponseTime(answer)) : MeasureRequest(answer)
        let spec = TableSpec(
            name: "t", request: request, by: [.month, .channel],
            columns: ["conversations", "answered_in_time", "p50", "p90", "p50_without_outages"])
        let tabulation = Tabulation(header: exports.header, specs: [spec])
        var cells = TallyTable()
        for group in 0..<exports.groupCount { cells.merge(tabulation.tally(exports.group(group)).tables[0]) }
        return cells.cells
    }

    /// Adjusted waits of the answered by cell. Who waits still, of the planted clocks that disagree, does so with and
    /// without outages.
    private func waits(_ cells: [[String]: Tally], adjusted: Bool) -> [[String]: SparseHistogram] {
        cells.mapValues { FirstResponseTime.waits($0, adjusted: adjusted).answered }
    }

    private func waiting(_ cells: [[String]: Tally]) -> [[String]: Int64] {
        cells.mapValues { Int64(FirstResponseTime.waits($0, adjusted: true).waiting.count) }
    }

    @Test(arguments: [false, true]) func adjustedTimesAreTheTwinsAndRawOnesAreNot(turns: Bool) async throws {
        let made = make(seed: 5, months: 4, size: 0.4, without: [.silence])
        let twin = make(seed: 5, months: 4, size: 0.4, without: [.silence, .outageDelays])
        let (ours, its) = (
            try await table(made, adjusted: true, turns: turns), try await table(twin, adjusted: true, turns: turns)
        )
        #expect(!ours.isEmpty)
        #expect(waits(ours, adjusted: true) == waits(its, adjusted: true))
        #expect(waiting(ours) == waiting(its))
        #expect(
            ours.mapValues { FirstResponseTime.answeredInTime($0, adjusted: true) }
                == its.mapValues { FirstResponseTime.answeredInTime($0, adjusted: true) })
        #expect(waits(ours, adjusted: false) != waits(its, adjusted: false))
    }
}
