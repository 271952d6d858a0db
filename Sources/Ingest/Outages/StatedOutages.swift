import Basis
import Dealership

extension StagedExports {
    /// `outages: none` in dealership.yaml is a log without rows over all days that the exports have. Outages in an export
    /// stand all the same: the statement is contradicted by them.
    mutating func takeStatedOutages() {
        guard header.settings.outages.hadNone else { return }
        let logs = header.audits.filter { $0.table.tells(of: .outages) && $0.rowsRead > 0 }
        guard logs.isEmpty else {
            let files = logs.flatMap(\.files).joined(separator: ", ")
            diagnostics.append(
                Diagnostic(
                    .warning, "outages-after-all", at: .init(file: "dealership.yaml", column: "outages"),
                    "it says that there were no outages, and \(files) has some; they are counted",
                    remedies: ["delete `outages: none`"]))
            return
        }
        guard !header.hasNoDays else { return }
        var audit = ExportAudit(
            table: .outages, label: say(later: "No outages, as stated", context: "export"), system: "",
            files: ["dealership.yaml"])
        audit.statedFrom = header.audits.compactMap(\.firstDay).min()
        audit.statedUntil = header.asOfDay
        header.audits.append(audit)
    }
}
