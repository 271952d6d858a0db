import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Programs
import Sample
import Statistics
import Testing

/// The sample's efforts, whose truth is planted, through the whole of reading, linking, measuring and judging.
@Suite("Verdicts of the sample's efforts")
struct SampleVerdictTests {
    /// A made-up dealership in a folder of its own, read once.
    private struct Made {
        var exports: StagedExports
        var records: [EffortRecord]
        var tables: [TallyTable]
        var programme: EffortProgramme

        init(_ options: SampleOptions, asOf: Day? = nil) async throws {
            let made = sampleDealership(options, zones: SampleVerdictTests.zone)
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("kpi-efforts-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            for file in made.files {
                let target = folder.appendingPathComponent(file.path)
                try FileManager.default.createDirectory(
                    at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.bytes).write(to: target)
            }
            let text = try #require(made.files.first { $0.path == "dealership.yaml" }).text
            let settings = try DealershipFile.read(text: text, file: "dealership.yaml").value
            let zone = SampleVerdictTests.zone(settings.timeZone ?? "UTC")
            exports = try await StagedExports.read(
                directory: folder.path, settings: settings, asOf: asOf.map { zone.startOfDay($0 + 1) }, tasks: 2)
            records = try made.files.filter { $0.path.hasPrefix("efforts/") }.map { file in
                let name = String(file.path.dropFirst(8).dropLast(5))
                let read = try EffortFile.record(
                    text: file.text, file: file.path, identifier: name, history: nil, settings: settings)
                #expect(read.diagnostics.isEmpty, "\(read.diagnostics)")
                return read.value
            }
            programme = EffortProgramme(records, settings: settings)
            let tabulation = Tabulation(header: exports.header, specs: programme.specs)
            var tables = tabulation.common()
            for group in 0..<exports.groupCount {
                for (index, table) in tabulation.tally(exports.group(group)).tables.enumerated() {
                    tables[index].merge(table)
                }
            }
            self.tables = tabulation.completed(tables)
        }

        func assess(_ cut: Day) -> [String: EffortAssessment] {
            let context = LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings))
            let found = programme.assess(tables, cut: min(cut, exports.header.asOfDay), context: context)
            return Dictionary(uniqueKeysWithValues: found.map { ($0.effort.identifier, $0) })
        }
    }

    private static func zone(_ name: String) -> ZoneRules {
        guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name),
            let rules = try? ZoneRules(identifier: name, tzif: [UInt8](data))
        else { return .utc }
        return rules
    }

    /// `KPI_EFFORT_SEEDS=20 swift test --filter SampleVerdictTests` takes so many whole dealerships; three half ones
    /// are looked at always. In half of one the planted gain shows in some 84 of 100, so that one seed in six misses
    /// it.
    private static let asked = ProcessInfo.processInfo.environment["KPI_EFFORT_SEEDS"].flatMap { UInt64($0) }
    private static let seeds = 1...(asked ?? 3)

    @Test("as they were planted", arguments: seeds)
    func planted(seed: UInt64) async throws {
        let options = SampleOptions(seed: seed, size: Self.asked == nil ? 0.5 : 1)
        let made = try await Made(options)
        let months = options.lastMonth
        let now = made.assess(months.lastDay)
        #expect(now["one-inbox"]?.verdict.finding == .goalReached, "\(now["one-inbox"]?.verdict as Any)")
        #expect(now["call-scripts"]?.verdict.finding == .noClearChange, "\(now["call-scripts"]?.verdict as Any)")
        #expect(now["call-scripts"]?.result?.look.isLast == true)
        #expect(now["dedicated-person"]?.verdict.finding == .tooEarly, "\(now["dedicated-person"]?.verdict as Any)")
        let parts = now["parts-chat"]?.verdict.finding
        #expect(parts == .noClearChange || parts == .tooEarly, "\(now["parts-chat"]?.verdict as Any)")
        #expect(now["text-turns"]?.verdict == EffortVerdict(.cannotTell, .overlap(name: "Templates for texts")))
        #expect(now["text-templates"]?.verdict == EffortVerdict(.cannotTell, .overlap(name: "Texts in turns")))
        // The planted mid-year improvement, month by month.
        let findings = [-4, -3, -2].map { made.assess((months + $0).lastDay)["one-inbox"]?.verdict.finding }
        #expect(findings == [.notBegun, .tooEarly, .tooEarly])
        // Three are open, and three may be.
        let flags = now.values.flatMap(\.flags)
        #expect(!flags.contains { if case .tooManyAtOnce = $0 { true } else { false } })
    }

    @Test("a run as of August says what a run of October says of August")
    func asOf() async throws {
        let options = SampleOptions(seed: 4, size: 0.3)
        let august = (options.lastMonth + -2).lastDay
        let then = try await Made(options, asOf: august)
        let later = try await Made(options)
        for name in ["one-inbox", "call-scripts", "text-turns", "parts-chat"] {
            let (a, b) = (then.assess(august)[name], later.assess(august)[name])
            #expect(a?.verdict.finding == b?.verdict.finding, "\(name)")
            #expect(a?.looksTaken == b?.looksTaken)
        }
    }

    @Test("without the change the goal is not reached", arguments: [UInt64(5)])
    func twin(seed: UInt64) async throws {
        let options = SampleOptions(seed: seed, size: 0.5, without: [.effort])
        let made = try await Made(options)
        let finding = made.assess(options.lastMonth.lastDay)["one-inbox"]?.verdict.finding
        #expect(finding != .goalReached && finding != .onCourse, "\(finding as Any)")
    }
}
