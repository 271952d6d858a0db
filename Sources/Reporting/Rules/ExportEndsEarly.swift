import Basis
import Dealership
import Definitions

/// An export ends before the month does: its last days are missing from every figure.
enum ExportEndsEarly: ActionRule {
    /// A weekend and a holiday without rows are no gap.
    private static let quietDays = 3

    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        let due = min(context.month.lastDay, context.header.asOfDay)
        return context.header.audits.compactMap { audit in
            // Outages are rare: a log without rows says nothing.
            guard audit.table != .outages, audit.rowsRead > 0, audit.rowsByDay.count > 1, let last = audit.lastDay,
                last < due, due - last > quietDays || audit.statedUntil != nil
            else { return nil }
            let span = Words.span(last + 1, due)
            return ProposedAction(
                title: "Export \(audit.label) again, with \(span)",
                text: "The export ends \(Words.day(last)): \(Words.counted(due - last, "day is", "days are")) missing from "
                    + "every figure made of it.",
                page: .believe, subjects: [audit.label, audit.system].filter { !$0.isEmpty },
                concerned: 0)
        }
    }
}
