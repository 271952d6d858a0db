import Basis
import Dealership
import Definitions
import Foundation
import Programs

/// The change efforts of a dealership's folder: `efforts/*.yaml`, each with its history beside it.
struct EffortFolder {
    static let name = "efforts"

    let directory: String

    /// Identifiers, sorted.
    var identifiers: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(EffortFolder.name)")) ?? []
        return files.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
            .map { ($0 as NSString).deletingPathExtension }.sorted()
    }

    /// As messages name it: `efforts/one-inbox.yaml`.
    func file(_ identifier: String) -> String {
        let short = "\(EffortFolder.name)/\(identifier).yml"
        return FileManager.default.fileExists(atPath: "\(directory)/\(short)")
            ? short : "\(EffortFolder.name)/\(identifier).yaml"
    }

    func historyFile(_ identifier: String) -> String {
        "\(EffortFolder.name)/\(identifier)\(EffortHistoryFile.ending)"
    }

    func text(_ identifier: String) throws(Rejection) -> String {
        let file = file(identifier)
        guard let data = FileManager.default.contents(atPath: "\(directory)/\(file)") else {
            var remedies = ["kpi check \(directory) lists what is there"]
            if let near = nearestName(to: identifier, among: identifiers) { remedies.insert("did you mean \(near)?", at: 0) }
            throw Rejection(
                Diagnostic(.error, "unknown-effort", at: .init(file: file), "there is no such effort", remedies: remedies))
        }
        return try DefinitionText.decode([UInt8](data), file: file)
    }

    /// Nil: nobody opened it.
    func history(_ identifier: String) throws(Rejection) -> String? {
        let file = historyFile(identifier)
        guard let data = FileManager.default.contents(atPath: "\(directory)/\(file)") else { return nil }
        return try DefinitionText.decode([UInt8](data), file: file)
    }

    func record(_ identifier: String, _ settings: DealershipSettings) throws(Rejection) -> Checked<EffortRecord> {
        try EffortFile.record(
            text: text(identifier), file: file(identifier), identifier: identifier, history: history(identifier),
            settings: settings)
    }

    /// All of them; throws every fault of every file.
    func records(_ settings: DealershipSettings) throws(Rejection) -> Checked<[EffortRecord]> {
        let found = found(settings)
        if found.diagnostics.contains(where: { $0.severity == .error }) { throw Rejection(found.diagnostics) }
        return found
    }

    /// Those that can be read, and every fault of every file.
    func found(_ settings: DealershipSettings) -> Checked<[EffortRecord]> {
        var records: [EffortRecord] = []
        var diagnostics: [Diagnostic] = []
        for identifier in identifiers {
            do throws(Rejection) {
                let record = try record(identifier, settings)
                records.append(record.value)
                diagnostics += record.diagnostics
            } catch {
                diagnostics += error.diagnostics
            }
        }
        return Checked(records, diagnostics)
    }

    func write(_ history: EffortHistory, _ identifier: String) throws(Rejection) {
        try OutputFile.write(Array(history.text.utf8), to: "\(directory)/\(historyFile(identifier))")
    }
}
