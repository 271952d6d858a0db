import Basis
import Definitions
import Measures

/// Customers of the month still wait for a person's answer: call them, those who wrote last first.
enum CustomersWaiting: ActionRule {
    /// Whoever wrote within so many days may still want an answer.
    private static let recentDays = 7

    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        let answers = findings.answers
        let waiting = answers.all.waiting
        guard waiting > 0 else { return [] }
        let day = Words.day(answers.asOfDay)
        let recent = recent(answers)
        let who = findings.focus.words.map { say(" \(Words.count(findings.focus.waiting)) of them are \($0).") } ?? ""
        let first = recent > 0 && recent < waiting
            ? say(" Start with the \(Words.count(recent)) who wrote in the last \(recentDays) days.") : ""
        let already = answers.all.conversations
        return [
            ProposedAction(
                title: waiting == 1
                    ? say("Call back the one customer who still waits for an answer")
                    : say("Call back the \(Words.count(waiting)) who still wait for an answer"),
                text: say("""
                    On \(day) \(Words.counted(waiting, "conversation", "conversations")) of \
                    \(Words.monthName(context.month)) had no answer from a person.\(who)\(first)
                    """),
                evidence: .init(
                    figure: context.figure("RESP-06", context.month), label: "still waiting", value: .count(waiting)),
                page: .whoWaits, subjects: findings.focus.channel.map { [$0] } ?? [], concerned: waiting,
                part: recent > 0 && recent < waiting
                    ? .init(
                        count: recent, whole: waiting,
                        words: say("\(Words.count(recent)) of \(Words.count(waiting)) from the last \(recentDays) days"))
                    : .init(
                        count: waiting, whole: already,
                        words: already == 1
                            ? say("\(Words.count(waiting)) of \(Words.counted(already, "conversation", "conversations"))")
                            : say("\(Words.count(waiting)) of \(Words.count(already)) conversations")))
        ]
    }

    private static func recent(_ answers: ChannelAnswers) -> Int {
        let days = (0..<recentDays).map { answers.asOfDay + -$0 }
        return days.reduce(0) {
            $0 + (answers.context.count(.responsesByDay, "still_waiting", [.day: $1.description]) ?? 0)
        }
    }
}
