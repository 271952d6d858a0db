import Basis
import Dealership
import Drawing

/// A page without its data: what each of its panels needs, and which of it is there.
struct MissingExports {
    struct Need {
        /// What would be shown.
        var panel: String
        var table: StandardTable
        /// What the export holds, and the columns it must have.
        var holds: String
    }

    let context: ReportContext
    let needs: [Need]

    /// A block as wide as the page.
    func block(finding: String) -> Block {
        let rows = needs.map { need -> TablePlate.Row in
            let has = context.header.has(need.table)
            let columns = need.table.columns.filter(\.isRequired).map(\.name).joined(separator: ", ")
            return .row([
                Label(need.panel), Label("exports/\(need.table).csv"), Label("\(need.holds): \(columns)"),
                has ? Label(say("there"), cue: .check) : Label(say("missing"), .bad, bold: true, cue: .dot),
            ])
        }
        return Block(
            finding,
            sub: say("Put the files into exports/ under these names, or map your own under exports: in dealership.yaml"),
            plate: TablePlate(
                subject: finding,
                columns: [
                    .init(say("To see")), .init(say("File")), .init(say("Holds, at least"), flexible: true), .init(""),
                ], rows: rows, rowHeight: 18))
    }
}
