import ArgumentParser
import Basis
import Definitions
import Foundation
import Ingest
import Programs
import Sample

struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Writes a made-up dealership, linked and lifelike, to try everything on.",
        discussion: """
            The same options give the same bytes. --without makes a twin that differs in one thing alone: \
            \(SampleFeature.allCases.map(\.rawValue).joined(separator: ", ")). Without outages customers write who \
            could not before; without outage-delays every customer's row stays and replies alone come earlier.
            """)

    @Argument(help: "The folder to write; it must not hold anything yet.")
    var directory: String
    @Option(help: "Stores.")
    var stores = 1
    @Option(help: "Months the exports cover.")
    var months = 14
    @Option(help: "The last of them.")
    var lastMonth = "2026-10"
    @Option(help: "Everything random follows from it.")
    var seed: UInt64 = 1
    @Option(help: "Volume, against a store with some 900 service visits a month.")
    var size = 1.0
    @Option(help: "What to leave out; may be given several times.")
    var without: [String] = []
    @Flag(help: "A row in conversations.csv for each person a conversation was assigned to, not the last alone.")
    var assignmentHistory = false

    func run() async throws {
        try await Messages(showValues: false).run {
            let sample = try options()
            let directory = ZoneDirectory()
            var zones: [String: ZoneRules] = [:]
            for name in sampleZones { zones[name] = try directory.rules(name) }
            let known = zones
            let dealership = sampleDealership(sample) { known[$0] ?? .utc }
            try refuseFilledFolder()
            for file in dealership.files {
                let path = "\(self.directory)/\(file.path)"
                try OutputFile.makeFolder(OutputFile.folder(of: path))
                try OutputFile.write(file.bytes, to: path)
            }
            try openEfforts()
            print("\(self.directory): \(dealership.files.count) files, made up, seed \(seed)")
            print("next: kpi check \(self.directory); kpi report monthly \(self.directory) --month \(sample.lastMonth)")
        }
    }

    /// Efforts were written down a week before they began, and those that are over were closed.
    private func openEfforts() throws(Rejection) {
        let settings = try FolderOptions.readSettings(of: directory).value
        let files = EffortFolder(directory: directory)
        for identifier in files.identifiers {
            let text = try files.text(identifier)
            let effort = try files.record(identifier, settings).value.effort
            var history = EffortHistory().adding(.open, on: effort.start + -7, by: effort.owner, text: text)
            if let closed = effort.closed {
                history = history.adding(.close, on: closed, by: effort.owner, outcome: .drop, text: text)
            }
            try files.write(history, identifier)
        }
    }

    private func options() throws(Rejection) -> SampleOptions {
        var faults: [Diagnostic] = []
        var features: Set<SampleFeature> = []
        let names = SampleFeature.allCases.map(\.rawValue)
        for name in without {
            if let feature = SampleFeature(rawValue: name) {
                features.insert(feature)
            } else {
                var remedies = ["one of \(names.joined(separator: ", "))"]
                if let near = nearestName(to: name, among: names) { remedies.insert("did you mean \(near)?", at: 0) }
                faults.append(
                    Diagnostic(.error, "unknown-feature", "--without \(name) is nothing the sample has", remedies: remedies))
            }
        }
        let month = Month(lastMonth)
        if month == nil {
            faults.append(Diagnostic(.error, "bad-month", "--last-month \(lastMonth) is no month", remedies: ["write 2026-10"]))
        }
        if stores < 1 || months < 1 || size <= 0 {
            faults.append(
                Diagnostic(.error, "out-of-range", "--stores, --months and --size must be above 0", remedies: ["leave them out"]))
        }
        guard faults.isEmpty, let month else { throw Rejection(faults) }
        return SampleOptions(
            seed: seed, stores: stores, months: months, lastMonth: month, size: size, without: features,
            writesAssignmentHistory: assignmentHistory)
    }

    private func refuseFilledFolder() throws(Rejection) {
        let there = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        guard there.isEmpty else {
            throw Rejection(
                Diagnostic(
                    .error, "folder-not-empty", at: .init(file: directory), "the folder is not empty",
                    remedies: ["name a new folder, or remove this one"]))
        }
    }
}
