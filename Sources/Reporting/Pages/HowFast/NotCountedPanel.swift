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
        let isWithdrawalKnown = !context.audits(.conversations).isEmpty
        func name(_ column: String) -> String {
            switch column {
            case "still_within": say("No answer yet, still within target")
            case "left_out":
                isWithdrawalKnown
                    ? say("Withdrawn, or a reply before its question") : say("A reply before its question")
            default: say("Machines’ replies, which answer nothing")
            }
        }
        var found = [("RESP-13", "still_within"), ("RESP-14", "left_out")]
        if context.header.has(.messages) { found.append(("RESP-15", "machine_replies")) }
        var rows: [FactsPlate.Row] = []
        for (code, column) in found {
            guard let count = context.count(.responses, column, month) else { continue }
            ledger.note(page: page, context.figure(code, context.month), name(column), count: count)
            rows.append(FactsPlate.Row(Label(name(column)), Label(Words.count(count))))
        }
        return Block(say("Counted for nobody"), plate: FactsPlate(rows: rows, rowHeight: 14))
    }
}
