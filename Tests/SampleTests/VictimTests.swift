import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Sample
import Testing

/// A made-up dealership of June and July 2024, hit by the outage of its vendor that the press told of, day by day.
struct VictimTests {
    private static let real = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/real/cdk")

    /// The sample's settings with the system and the mapping of the fixture's.
    private static func settings(_ sample: String) throws -> String {
        let fixture = try String(contentsOf: real.appending(path: "dealership.yaml"), encoding: .utf8)
        let system = try #require(fixture.split(separator: "\n").first { $0.contains("dealer systems: {") })
        let mapping = try #require(fixture.range(of: "  outage_updates:"))
        var text = sample
        let place = try #require(text.range(of: "  systems:\n"))
        text.replaceSubrange(place, with: "  systems:\n\(system)\n")
        return text + fixture[mapping.lowerBound...]
    }

    private func read() async throws -> StagedExports {
        let made = sampleDealership(
            SampleOptions(
                seed: 1, stores: 1, months: 4, lastMonth: Month(year: 2024, month: 7), size: 0.12, without: []),
            zones: zone)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kpi-victim-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in made.files {
            let target = folder.appendingPathComponent(file.path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: target)
        }
        let timeline = "exports/cdk_2024_timeline.csv"
        try Data(contentsOf: Self.real.appending(path: timeline)).write(to: folder.appendingPathComponent(timeline))
        let text = try Self.settings(try #require(made.files.first { $0.path == "dealership.yaml" }).text)
        let settings = try DealershipFile.read(text: text, file: "dealership.yaml").value
        return try await StagedExports.read(directory: folder.path, settings: settings, tasks: 2)
    }

    @Test func itIsHitForSixteenWholeDaysAndItsCustomersAreCounted() async throws {
        let exports = try await read()
        let outage = try #require(exports.header.outages.first { $0.identifier == "CDK-2024" })
        #expect(outage.precision == .day && outage.spans.count == 2 && outage.isExternal == true)
        let request = MeasureRequest(OutageImpact(answerOn: .anyManaged))
        let spec = TableSpec(
            name: "t", request: request, by: [.outage],
            columns: ["wall_seconds_down", "open_seconds_down", "day_precise", "conversations", "exposed"])
        let tabulation = Tabulation(header: exports.header, specs: [spec])
        var table = tabulation.common()[0]
        var began = 0
        for group in 0..<exports.groupCount {
            let journal = exports.group(group)
            let facts = tabulation.link(journal)
            table.merge(tabulation.tally(spec, facts))
            let conversations = try #require(facts.values.first).conversations
            let email = exports.header.code(ofName: "email")
            let zone = exports.header.zones[0]
            let first = try #require(Day(year: 2024, month: 6, day: 19))
            let last = try #require(Day(year: 2024, month: 7, day: 4))
            for fact in 0..<conversations.count where conversations.channel[fact] == email {
                let day = zone.day(at: Instant(seconds: conversations.start[fact]))
                if conversations.leftOut[fact] == .counted, (first...last).contains(day) { began += 1 }
            }
        }
        let tally = try #require(table.cells[["CDK-2024"]])
        func value(_ column: String) -> Cell { Tabulation.value(column, of: tally, in: spec) }
        #expect(value("wall_seconds_down") == .count(16 * 86_400))
        // 11 weekdays of 11:30 h and two Saturdays of 9 h; Independence Day is closed.
        #expect(value("open_seconds_down") == .count(11 * 41_400 + 2 * 32_400))
        #expect(value("day_precise") == .count(1))
        #expect(began > 20 && value("conversations") == .count(Int64(began)))
    }
}
