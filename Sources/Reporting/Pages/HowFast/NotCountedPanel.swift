import Basis
import Dealership
import Drawing
import Measures

/// What counts for nobody, and what stops no clock: each with its number.
struct NotCountedPanel {
    let context: ReportContext

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let month = context.at(context.month)
        // Only conversations have a status; without their export nobody knows who withdrew.
        let leftOut = context.audits(.conversations).isEmpty
            ? say("A reply before its question") : say("Withdrawn, or a reply before its question")
        var found = [
            ("RESP-13", "still_within", say("No answer yet, still within target")),
            ("RESP-14", "left_out", leftOut),
        ]
        if context.header.has(.messages) {
            found.append(("RESP-15", "machine_replies", say("Machines’ replies, which answer nothing")))
        }
        var rows: [FactsPlate.Row] = []
        for (code, column, name) in found {
            guard let count = context.count(.responses, column, month) else { continue }
            ledger.note(page: page, context.figure(code, context.month), name, count: count)
            rows.append(FactsPlate.Row(Label(name), Label(Words.count(count))))
        }
        return Block(say("Counted for nobody"), plate: FactsPlate(rows: rows, rowHeight: 14))
    }
}
