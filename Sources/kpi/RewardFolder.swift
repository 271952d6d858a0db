import Basis
import Dealership
import Definitions
import Foundation
import Programs

/// The reward rules of a dealership's folder: `rewards/*.yaml`.
struct RewardFolder {
    static let name = "rewards"

    let directory: String

    /// Identifiers, sorted.
    var identifiers: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(RewardFolder.name)")) ?? []
        return files.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
            .map { ($0 as NSString).deletingPathExtension }.sorted()
    }

    /// As messages name it: `rewards/answers.yaml`.
    func file(_ identifier: String) -> String {
        let short = "\(RewardFolder.name)/\(identifier).yml"
        return FileManager.default.fileExists(atPath: "\(directory)/\(short)")
            ? short : "\(RewardFolder.name)/\(identifier).yaml"
    }

    func rule(_ identifier: String, _ settings: DealershipSettings) throws(Rejection) -> Checked<RewardRule> {
        let file = file(identifier)
        guard let data = FileManager.default.contents(atPath: "\(directory)/\(file)") else {
            var remedies = ["kpi check \(directory) lists what is there"]
            if let near = nearestName(to: identifier, among: identifiers) { remedies.insert("did you mean \(near)?", at: 0) }
            throw Rejection(
                Diagnostic(.error, "unknown-rule", at: .init(file: file), "there is no such reward rule", remedies: remedies))
        }
        return try RewardFile.read(bytes: [UInt8](data), file: file, identifier: identifier, settings: settings)
    }

    /// All of them, or the one asked for; throws every fault of every file.
    func rules(_ settings: DealershipSettings, only: String? = nil) throws(Rejection) -> Checked<[RewardRule]> {
        if let only {
            let rule = try rule(only, settings)
            return Checked([rule.value], rule.diagnostics)
        }
        let found = found(settings)
        if found.diagnostics.contains(where: { $0.severity == .error }) { throw Rejection(found.diagnostics) }
        return found
    }

    /// Those that can be read, and every fault of every file.
    func found(_ settings: DealershipSettings) -> Checked<[RewardRule]> {
        var rules: [RewardRule] = []
        var diagnostics: [Diagnostic] = []
        for identifier in identifiers {
            do throws(Rejection) {
                let rule = try rule(identifier, settings)
                rules.append(rule.value)
                diagnostics += rule.diagnostics
            } catch {
                diagnostics += error.diagnostics
            }
        }
        return Checked(rules, diagnostics)
    }
}
