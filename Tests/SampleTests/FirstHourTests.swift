import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Sample
import Testing

/// Whoever has exports with other names and orders of columns, and the draft of `kpi new`, gets the figures of whoever
/// mapped them by hand.
struct FirstHourTests {
    private func tallies(_ path: String, _ settings: DealershipSettings) async throws -> [[[String]: Tally]] {
        let exports = try await StagedExports.read(directory: path, settings: settings, tasks: 2)
        let answer = FirstResponseTime(
            clock: .open, adjusted: true, silence: .count, target: .settings, answerOn: .same, minimumN: 20)
        let sales = ServiceToSales(
            view: .byVisit, windowDays: 60, credit: .lastTouch, denominator: .visits, maturity: .required, minimumN: 20)
        let requests = [
            MeasureRequest(answer), MeasureRequest(NextResponseTime(answer)), MeasureRequest(sales),
        ]
        let dimensions: [[Measures.Dimension]] = [[.month, .channel, .person], [.month, .channel], [.month]]
        let specs = zip(requests, dimensions).map { TableSpec(name: "t", request: $0, by: $1, columns: []) }
        let tabulation = Tabulation(header: exports.header, specs: specs)
        var tables = tabulation.common()
        for group in 0..<exports.groupCount {
            let parts = tabulation.tally(exports.group(group)).tables
            for (index, part) in parts.enumerated() { tables[index].merge(part) }
        }
        return tabulation.completed(tables).map(\.cells)
    }

    private func write(_ files: [(name: String, bytes: [UInt8])], into folder: URL) throws {
        for file in files {
            let target = folder.appendingPathComponent(file.name)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: target)
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func renamedAndShuffledExportsGiveTheSameFigures(seed: UInt64) async throws {
        let made = make(seed: seed, months: 5, size: 0.2)
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("kpi-first-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        let (first, second) = (place.appendingPathComponent("sample"), place.appendingPathComponent("own"))
        try write(made.files.map { ($0.path, $0.bytes) }, into: first)
        var scramble = Scramble(seed: seed)
        let exports = made.files.filter { $0.path.hasPrefix("exports/") }.map { file in
            let (name, text) = scramble.scrambled(String(file.path.dropFirst("exports/".count)), file.text)
            return ("exports/" + name, Array(text.utf8))
        }
        try write(exports, into: second)

        let text = try #require(made.files.first { $0.path == "dealership.yaml" }).text
        let settings = try DealershipFile.read(text: text, file: "dealership.yaml").value
        let found = try FolderRecognition.look(at: second.path + "/exports")
        let draft = DealershipDraft(found, name: "Own").text
        let drafted = try DealershipFile.read(text: draft, file: "dealership.yaml").value
        // Hours and targets are the owner's to say; where the exports are, the draft has found out.
        var own = settings
        own.exports = drafted.exports
        #expect(drafted.channels.filter { $0.management == .offChannel }.map(\.name) == ["whatsapp"])
        let (ours, its) = (try await tallies(first.path, settings), try await tallies(second.path, own))
        #expect(ours.allSatisfy { !$0.isEmpty })
        for index in ours.indices {
            #expect(ours[index] == its[index], "table \(index): \(found.lines.joined(separator: "\n"))")
        }
    }
}
