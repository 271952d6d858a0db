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
    /// - Parameter isNarrow: what each export holds has a line of its own.
    func block(finding: String, isNarrow: Bool = false) -> Block {
        let rows = needs.map { need -> TablePlate.Row in
            let has = context.header.has(need.table)
            let standing = has
                ? Label(say("there"), cue: .check) : Label(say("missing"), .bad, bold: true, cue: .dot)
            let file = Label("exports/\(need.table).csv")
            return .row([Label(need.panel), file] + (isNarrow ? [] : [Label(self.holds(need))]) + [standing])
        }
        let held = TablePlate.Column(say("Holds, at least"), flexible: true)
        let table = TablePlate(
            subject: finding,
            columns: [.init(say("To see")), .init(say("File"))] + (isNarrow ? [] : [held]) + [.init("")],
            rows: rows, rowHeight: 18)
        let lines = needs.map {
            ParagraphPlate(RichText("exports/\($0.table).csv", emphasised: true) + RichText(": " + self.holds($0)))
        }
        return Block(
            finding,
            sub: say("Put the files into exports/ under these names, or map your own under exports: in dealership.yaml"),
            plate: isNarrow ? StackPlate(parts: [table] + lines, gap: 6) : table)
    }

    private func holds(_ need: Need) -> String {
        let columns = need.table.columns.filter(\.isRequired).map(\.name).joined(separator: ", ")
        return "\(need.holds): \(columns)"
    }
}
