import Basis
import Dealership
import Definitions
import Programs
import Reporting

/// The efforts that a report's pages mark, and where a page judges them what that takes.
struct ReportEfforts: Sendable {
    let records: [EffortRecord]
    let diagnostics: [Diagnostic]
    private let judges: Bool
    private let settings: DealershipSettings

    /// - Parameter effort: the one that the report is of.
    init(
        _ definition: ReportDefinition, _ settings: DealershipSettings, directory: String, effort: String?
    ) throws(Rejection) {
        let files = EffortFolder(directory: directory)
        let pages = definition.pages.map(\.page)
        if pages.contains(where: { $0 == .changeVerdict || $0 == .changeScope }) {
            guard let effort else {
                throw Rejection(
                    Diagnostic(
                        .error, "which-effort", "the report is of one effort",
                        remedies: ["name it: --effort \(files.identifiers.first ?? "one-inbox")"]))
            }
            _ = try files.text(effort)
        }
        let records = try files.records(settings)
        self.records = records.value
        diagnostics = records.diagnostics
        judges = pages.contains(where: \.judgesEfforts) && !records.value.isEmpty
        self.settings = settings
    }

    /// The same beside other work.
    static func read(
        _ definition: ReportDefinition, _ settings: DealershipSettings, _ folder: FolderOptions, effort: String?
    ) async -> Result<ReportEfforts, Rejection> {
        Result { () throws(Rejection) in
            try ReportEfforts(definition, settings, directory: folder.directory, effort: effort)
        }
    }

    /// How a page judges them.
    /// - Parameter store: by its figures alone; nil: by those of all.
    func programme(_ store: String?) -> EffortProgramme? {
        judges ? EffortProgramme(records, settings: settings, store: store) : nil
    }
}
