import Basis
import Dealership
import Definitions
import Foundation
import Measures

@testable import Ingest

/// A dealership's folder on disk, gone when the test is.
final class Folder {
    let path: String

    /// Files by their name in the folder. `dealership.yaml` is the least there can be, unless given.
    init(_ files: [String: String] = [:]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "kpi-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: "\(path)/exports", withIntermediateDirectories: true)
        for (name, text) in files { try write(Array(text.utf8), to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: "\(path)/\(name)"))
    }

    func settings() throws -> Checked<DealershipSettings> { try Folder.settings(in: path) }

    static func settings(in path: String) throws -> Checked<DealershipSettings> {
        let file = FileManager.default.contents(atPath: "\(path)/dealership.yaml").map(Array.init)
        return try DealershipFile.read(
            bytes: file ?? Array("name: Riverside\ntime-zone: America/Chicago\n".utf8), file: "dealership.yaml")
    }

    func read(
        asOf: Instant? = nil, tasks: Int = 2, partSize: Int = ChunkReader.partSize, memory: Int = .max
    ) async throws -> StagedExports {
        try await StagedExports.read(
            directory: path, settings: settings().value, zones: ZoneDirectory(), asOf: asOf, tasks: tasks,
            partSize: partSize, memory: memory)
    }
}

/// What `kpi check --all` prints on standard error for a folder.
func check(_ path: String) async throws -> String {
    var diagnostics: [Diagnostic] = []
    do {
        let settings = try Folder.settings(in: path)
        let exports = try await StagedExports.read(directory: path, settings: settings.value, tasks: 2)
        let tabulation = Tabulation(header: exports.header, specs: [])
        var faults: [GroupFault] = []
        var links: [LinkFault] = []
        for group in 0..<exports.groupCount {
            let journal = exports.group(group)
            links += tabulation.tally(journal).faults
            faults += journal.faults
        }
        diagnostics = settings.diagnostics + exports.diagnostics
        diagnostics += faults.sorted { $0.source < $1.source }.map(exports.diagnostic)
        diagnostics += LinkFault.ofAllGroups(links.sorted { $0.source < $1.source }, groups: exports.groupCount)
            .map(exports.diagnostic)
    } catch let rejection as Rejection {
        diagnostics = rejection.diagnostics
    }
    return diagnostics.map { $0.rendered() + "\n" }.joined().replacing(path, with: "riverside")
}

extension StagedExports {
    /// Rows of tests stay in memory, so that none has to be read back from a file.
    func group(_ group: Int) -> GroupJournal { try! journal(ofGroup: group) }
}
