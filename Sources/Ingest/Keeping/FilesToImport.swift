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
            if let known = stamps[file.name], known == now || known.bytes < 0 { continue }
            names.insert(file.name)
        }
        return names.sorted()
    }

    /// Puts what was noticed around the reading with what was noticed in it.
    public mutating func note(_ notes: [Diagnostic]) { diagnostics = notes + diagnostics }

    /// The row took the place of another in the store; nil: it did not, or files were read.
    public func correction(of source: RowSource) -> RowCorrection? {
        for table in tables {
            for part in table.parts {
                if let found = part.chunk.corrections[source] { return found }
            }
        }
        return nil
    }

    /// Whether any row did.
    public var hasCorrections: Bool { tables.contains { $0.parts.contains { !$0.chunk.corrections.isEmpty } } }
}
