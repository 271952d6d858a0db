import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures

/// A dealership's folder on disk, gone when the test is.
final class Folder {
    let path: String

    init(_ files: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "kpi-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: "\(path)/exports", withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)")) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func read(tasks: Int = 2, asOf: Instant? = nil) async throws -> StagedExports {
        try await readExports(in: path, tasks: tasks, asOf: asOf)
    }
}

/// Reads a folder's settings and exports.
func readExports(in path: String, tasks: Int = 2, asOf: Instant? = nil) async throws -> StagedExports {
    let yaml = FileManager.default.contents(atPath: "\(path)/dealership.yaml").map(Array.init) ?? []
    let settings = try DealershipFile.read(bytes: yaml, file: "dealership.yaml").value
    return try await StagedExports.read(directory: path, settings: settings, asOf: asOf, tasks: tasks)
}

/// Every table over all sharing groups, merged in the order of `groups`.
func tabulate(_ exports: StagedExports, _ specs: [TableSpec], groups: [Int]? = nil) -> [TallyTable] {
    let tabulation = Tabulation(header: exports.header, specs: specs)
    var tables = tabulation.common()
    for group in groups ?? Array(0..<exports.groupCount) {
        let found = tabulation.tally(exports.group(group)).tables
        for index in tables.indices { tables[index].merge(found[index]) }
    }
    return tabulation.completed(tables)
}

/// A measure's figures by the labels of their row, both as text: `["email": "3 2 1200"]`.
func figures(
    _ exports: StagedExports, _ measure: some Measure, by: [Measures.Dimension] = [], _ columns: [String]
) -> [String: String] {
    let spec = TableSpec(name: "t", request: MeasureRequest(measure), by: by, columns: columns)
    var found: [String: String] = [:]
    for row in tabulate(exports, [spec])[0].rows {
        found[row.labels.joined(separator: ">")] = columns.map {
            Tabulation.value($0, of: row.tally, in: spec).plain
        }.joined(separator: " ")
    }
    return found
}

extension StagedExports {
    /// Rows of tests stay in memory, so that none has to be read back from a file.
    func group(_ group: Int) -> GroupJournal { try! journal(ofGroup: group) }
}
