import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Programs
import Sample
import Testing

/// The sample and its twin whose replies no outage delayed: nobody's pay differs.
@Suite("Rewards of twins")
struct RewardTwinTests {
    private static func zone(_ name: String) -> ZoneRules {
        guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name),
            let rules = try? ZoneRules(identifier: name, tzif: [UInt8](data))
        else { return .utc }
        return rules
    }

    private func results(without: Set<SampleFeature>) async throws -> [RewardResult] {
        let made = sampleDealership(SampleOptions(seed: 5, months: 5, without: without), zones: Self.zone)
        let folder = FileManager.default.temporaryDirectory.appending(path: "kpi-reward-twin-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in made.files {
            let target = folder.appending(path: file.path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: target)
        }
        let text = try #require(made.files.first { $0.path == "dealership.yaml" }).text
        let settings = try DealershipFile.read(text: text, file: "dealership.yaml").value
        let exports = try await StagedExports.read(directory: folder.path(), settings: settings, tasks: 2)
        let file = try #require(made.files.first { $0.path == "rewards/answered-in-time.yaml" })
        let checked = try RewardFile.read(
            text: file.text, file: file.path, identifier: "answered-in-time", settings: settings)
        #expect(checked.diagnostics.isEmpty)
        let last = exports.header.latestWholeMonth
        return (0..<5).map { MadeReward.result(exports, checked.value, last + (-4 + $0)) }
    }

    @Test("adjusted pay is the same with and without the outages' delays; on raw times somebody would have lost a tier")
    func twins() async throws {
        let hit = try await results(without: [])
        let spared = try await results(without: [.outageDelays])
        var lost: [String] = []
        for (ours, its) in zip(hit, spared) {
            #expect(!ours.people.isEmpty && ours.people.map(\.person) == its.people.map(\.person))
            for (one, other) in zip(ours.people, its.people) {
                #expect(one.amount == other.amount && one.tier == other.tier, "\(ours.month) \(one.person)")
                #expect(one.count.inTime == other.count.inTime, "\(ours.month) \(one.person)")
                if one.rawAmount < one.amount { lost.append("\(ours.month) \(one.person)") }
            }
        }
        #expect(!lost.isEmpty)
    }
}
