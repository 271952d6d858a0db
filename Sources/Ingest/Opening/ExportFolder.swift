import Basis
import Dealership
import Definitions
import Foundation

/// Which files of a dealership's folder are which exports.
struct ExportFolder {
    struct Found {
        var export: ExportSettings
        var files: [SourceFile]
        /// The dealership's folder.
        var directory = ""
        /// The dealership's own zone, by name.
        var zone: String?
    }

    var found: [Found]
    var diagnostics: [Diagnostic]

    /// Exports lie in `exports/`, or in the folder itself where it has none. A mapped export takes the files its pattern
    /// names; an unmapped file counts when its name is a standard table's.
    init(directory: String, settings: DealershipSettings) throws(Rejection) {
        let manager = FileManager.default
        var isDirectory: ObjCBool = false
        guard manager.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw Rejection(
                Diagnostic(
                    .error, "no-folder", at: .init(file: directory), "there is no such folder", remedies: ["check the path"]))
        }
        let hasExports = manager.fileExists(atPath: "\(directory)/exports", isDirectory: &isDirectory) && isDirectory.boolValue
        let folder = hasExports ? "\(directory)/exports" : directory
        let prefix = hasExports ? "exports/" : ""
        // Excel puts a file `~$…` beside a workbook that somebody has open.
        let names = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).filter { !$0.hasPrefix("~$") }.sorted()
        found = []
        diagnostics = []
        var taken: Set<String> = []
        for export in settings.exports {
            if export.postgres != nil {
                found.append(Found(export: export, files: []))
                continue
            }
            let matching = ExportFolder.files(matching: export.file, in: folder, names)
            if matching.isEmpty {
                diagnostics.append(
                    Diagnostic(
                        .warning, "no-export", at: export.location,
                        "no file \(export.file) for \(export.table) in \(hasExports ? "exports/" : "the folder")",
                        remedies: ["export it into the folder, or correct the pattern"]))
            }
            taken.formUnion(matching)
            found.append(
                Found(
                    export: export, files: matching.map { SourceFile(path: "\(folder)/\($0)", name: prefix + $0) },
                    directory: directory))
        }
        for name in names where !taken.contains(name) {
            guard let table = ExportFolder.table(ofFile: name) else { continue }
            let path = "\(folder)/\(name)"
            guard manager.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else { continue }
            taken.insert(name)
            found.append(Found(export: ExportSettings(table: table, file: name), files: [SourceFile(path: path, name: prefix + name)]))
        }
        for name in names where hasExports && !taken.contains(name) && ExportFolder.looksLikeExport(name) {
            diagnostics.append(ExportFolder.unread(name, prefix))
        }
        settle(settings)
        if found.allSatisfy({ $0.files.isEmpty && $0.export.postgres == nil }) {
            diagnostics.append(
                Diagnostic(
                    .warning, "no-exports", at: .init(file: "exports/"),
                    "there is no export to read",
                    remedies: [
                        "put the exports of DMS, CRM, telephone and text systems in there, named as the standard tables "
                            + "(service_visits.csv, messages.csv, ...) or mapped in dealership.yaml"
                    ]))
        }
    }

    /// What holds for every export.
    mutating func settle(_ settings: DealershipSettings) {
        for index in found.indices {
            found[index].zone = settings.timeZone
            found[index].export.currency = settings.currency
        }
    }

    static func table(ofFile name: String) -> StandardTable? {
        SourceKind.stem(ofFile: name).flatMap { StandardTable(rawValue: $0) }
    }

    private static func looksLikeExport(_ name: String) -> Bool {
        !name.hasPrefix(".")
            && (SourceKind(fileName: name) != nil
                || [".gz", ".ods", ".xml"].contains { name.lowercased().hasSuffix($0) })
    }

    private static func unread(_ name: String, _ prefix: String) -> Diagnostic {
        var remedies = ["map it in dealership.yaml under exports, or remove it"]
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        if let near = nearestName(to: stem, among: StandardTable.allCases.map(\.rawValue)) {
            remedies.insert("did you mean \(near)\(name.dropFirst(stem.count))?", at: 0)
        }
        return Diagnostic(
            .note, "unread-file", at: .init(file: prefix + name), "nothing reads this file", remedies: remedies)
    }

    /// Names relative to `folder`; a pattern may lead into a folder in there, without a star on the way.
    private static func files(matching pattern: String, in folder: String, _ names: [String]) -> [String] {
        guard let slash = pattern.lastIndex(of: "/") else { return names.filter { matches($0, pattern: pattern) } }
        let way = String(pattern[...slash])
        let inside = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(way)")) ?? []
        let name = String(pattern[pattern.index(after: slash)...])
        return inside.sorted().filter { matches($0, pattern: name) }.map { way + $0 }
    }

    /// `*` stands for any characters, everything else for itself.
    static func matches(_ name: String, pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else { return name == pattern }
        guard name.hasPrefix(parts[0]) else { return false }
        var rest = name.dropFirst(parts[0].count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.range(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(parts[parts.count - 1])
    }
}
