import Basis
import Dealership
import Definitions

/// An export misses days of the month that chance would hardly leave empty: they are missing from every figure.
enum ExportEndsEarly: ActionRule {
    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        return context.header.audits.compactMap { audit in
            guard !audit.rowsByDay.isEmpty else { return nil }
            let coverage = CoverageDays(context: context, audit: audit)
            let days = coverage.standings.count { $0 == .missing }
            guard days > 0 else { return nil }
            let spans = Words.list(coverage.missing)
            return ProposedAction(
                title: say("Export \(audit.label) again, with \(spans)"),
                text: say("""
                    \(Words.counted(days, "day has", "days have")) no row, where there are some on most days: every \
                    figure made of this export lacks them.
                    """),
                page: .believe, subjects: [audit.name, audit.system].filter { !$0.isEmpty }, concerned: 0,
                part: .init(
                    count: days, whole: coverage.days.count,
                    words: say("\(days) of \(coverage.days.count) days missing")))
        }
    }
}
