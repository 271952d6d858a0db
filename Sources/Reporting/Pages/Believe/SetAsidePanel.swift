import Dealership
import Drawing
import Measures
import Statistics

/// Rows that are not counted, by reason; faults in orange, for somebody to correct.
struct SetAsidePanel {
    let context: ReportContext

    private var reasons: [(words: String, rows: Int, isFault: Bool)] {
        var rows: [SetAside: Int] = [:]
        for audit in context.header.audits { rows.merge(audit.setAside, uniquingKeysWith: +) }
        let read = rows.map { ($0.key.words, $0.value, $0.key.isFault) }
        let ruled = context.leftOutByRule.map { ($0.key, $0.value, false) }
        return (read + ruled).filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
            .map { (words: $0.0, rows: $0.1, isFault: $0.2) }
    }

    var rowsRead: Int { context.header.audits.reduce(0) { $0 + $1.rowsRead } }
    var total: Int { reasons.reduce(0) { $0 + $1.rows } }
    var faults: Int { reasons.filter(\.isFault).reduce(0) { $0 + $1.rows } }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let share = Proportion(successes: min(total, rowsRead), trials: rowsRead)
        ledger.note(page: page, context.figure("DATA-01", context.month), "rows set aside, of all rows read", share)
        let shown = reasons.prefix(9)
        let rows = shown.map { reason in
            BarsPlate.Row(
                reason.words, .value(Double(reason.rows)), fill: reason.isFault ? .bad : .soft,
                end: reason.isFault
                    ? Label(Words.counted(reason.rows, "fault", "faults"), .bad, bold: true, cue: .dot)
                    : Label(Words.count(reason.rows), bold: true))
        }
        let rest = reasons.dropFirst(9).reduce(0) { $0 + $1.rows }
        var note = rowsRead > 0 ? "\(Words.share(share.estimate ?? 0, decimals: 1)) of all rows." : ""
        if rest > 0 { note += " \(Words.count(rest)) more for other reasons." }
        if faults > 0 { note += " **Please correct the \(Words.count(faults)) faults**; kpi check lists each." }
        return Block(
            total == 0 ? "No row was set aside" : "\(Words.count(total)) of \(Words.count(rowsRead)) rows set aside",
            sub: "By reason, over all months read", note: RichText(marked: note),
            plate: BarsPlate(
                subject: "Rows set aside", rows: Array(rows), rowHeight: 21,
                emptyText: rowsRead == 0 ? "No row was read." : "Every row counts."))
    }
}
