import Basis
import Definitions
import Measures

/// A channel that should be there has no messages in the month: nobody can say how it was answered.
enum ExportMissing: ActionRule {
    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        let answers = findings.answers
        guard answers.all.conversations > 0 else { return [] }
        let span = Words.span(context.month.firstDay, context.month.lastDay)
        return answers.missing.map { channel in
            var why = ""
            if case .missing(let reason) = channel.standing { why = reason }
            return ProposedAction(
                title: say("Export \(channel.plural) for \(span)"),
                text: say("""
                    \(channel.title): \(why). Until then it is missing from every figure on waiting. Put it into \
                    \(answers.file(of: channel.name)).
                    """),
                page: .believe, subjects: [channel.name],
                concerned: 0)
        }
    }
}
