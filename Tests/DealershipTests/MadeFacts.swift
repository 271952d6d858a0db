import Basis
import Definitions
import Foundation
import Ingest

@testable import Dealership

/// Facts of the first sharing group of a folder with these files.
func madeFacts(_ files: [String: String], yaml: String = "", asOf: String? = nil) async throws -> Facts {
    let path = FileManager.default.temporaryDirectory.appending(path: "kpi-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: "\(path)/exports", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(path)/exports/\(name).csv")) }
    let text = "name: Riverside\ntime-zone: America/Chicago\n" + yaml
    let settings = try DealershipFile.read(bytes: Array(text.utf8), file: "dealership.yaml").value
    let end = asOf.flatMap { try? Date($0 + "T00:00:00Z", strategy: .iso8601) }
    let exports = try await StagedExports.read(
        directory: path, settings: settings, asOf: end.map { .init(seconds: Int64($0.timeIntervalSince1970)) }, tasks: 1)
    return Facts(exports.group(0), context: LinkingContext(header: exports.header, parameters: LinkingParameters(settings)))
}

extension Facts {
    /// Numbers that are one customer, each group in order, those of one number left out.
    var joinedNumbers: [[String]] {
        let groups = Dictionary(grouping: (0..<Int32(journal.customers.count))) { identity[$0] }
        return groups.values.filter { $0.count > 1 }.map { $0.map { journal.customers[$0] }.sorted() }
            .sorted { $0[0] < $1[0] }
    }

    /// `dms·1 crm·1 phone joined`, in order.
    var linkWords: [String] {
        identity.links.map { link in
            let other = link.b < 0 ? "+\(link.numbers - 1)" : journal.customers[link.b]
            return "\(journal.customers[link.a]) \(other) \(link.kind) \(link.standing)"
        }.sorted()
    }
}

extension StagedExports {
    /// Rows of tests stay in memory, so that none has to be read back from a file.
    func group(_ group: Int) -> GroupJournal { try! journal(ofGroup: group) }
}
