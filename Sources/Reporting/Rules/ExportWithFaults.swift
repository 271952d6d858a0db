import Basis
import Dealership
import Definitions

/// So many rows of an export are faulty that its figures suffer: have them corrected where they come from.
enum ExportWithFaults: ActionRule {
    /// Of a thousand rows; fewer are looked at on page 7.
    private static let tolerated = 10

    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        return context.header.audits.compactMap { audit in
            let faults = audit.setAside.filter(\.key.isFault).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let count = faults.reduce(0) { $0 + $1.value }
            guard let worst = faults.first, count * 1000 > audit.rowsRead * tolerated else { return nil }
            let words = Words.inside(worst.key.words)
            let reason = faults.count == 1 ? say("Reason: \(words)") : say("Most often: \(words) (\(Words.count(worst.value)))")
            return ProposedAction(
                title: say("Correct \(audit.label): \(Words.counted(count, "row is", "rows are")) not counted"),
                text: say("\(reason). To do: \(say(text: worst.key.remedy))."),
                page: .believe, subjects: [audit.name, audit.system].filter { !$0.isEmpty }, concerned: 0,
                part: .init(
                    count: count, whole: audit.rowsRead,
                    words: say("\(Words.count(count)) of \(Words.counted(audit.rowsRead, "row", "rows"))")))
        }
    }
}
