public import Dealership
public import Basis

extension StagedExports {
    /// Files of the folder that the settings map and that are not as they were when they were imported last.
    /// - Parameter stamps: by name.
    public static func filesToImport(
        directory: String, settings: DealershipSettings, stamps: [String: (bytes: Int64, modified: Int64)]
    ) throws(Rejection) -> [String] {
        let folder = try ExportFolder(directory: directory, settings: settings)
        var names: Set<String> = []
        for file in folder.found.flatMap(\.files) {
            guard let now = ExportBytes.stamp(file.path) else { continue }
            // A sheet's rows stand under the workbook's name and its own.
            let stamp = stamps[file.name] ?? stamps.first { $0.key.hasPrefix("\(file.name)!") }?.value
            if let known = stamp, known == now || known.bytes < 0 { continue }
            names.insert(file.name)
        }
        return names.sorted()
    }

    /// Puts what was noticed around the reading with what was noticed in it.
    public mutating func note(_ notes: [Diagnostic]) { diagnostics = notes + diagnostics }

    /// Rows that took the place of others in the store; none where files were read.
    public var corrections: [RowSource: RowCorrection] {
        var found: [RowSource: RowCorrection] = [:]
        for table in tables {
            for part in table.parts { found.merge(part.chunk.corrections) { first, _ in first } }
        }
        return found
    }
}
