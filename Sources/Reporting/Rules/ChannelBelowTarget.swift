import Basis
import Definitions
import Measures
import Statistics

/// A channel is clearly below its target: man it, on the weekday that most of its unanswered wrote on where there is one.
enum ChannelBelowTarget: ActionRule {
    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        guard let goal = findings.answers.goal else { return [] }
        return findings.answers.below.map { propose($0, goal: goal, findings) }
    }

    private static func propose(
        _ channel: ChannelAnswers.Channel, goal: Double, _ findings: RuleFindings
    ) -> ProposedAction {
        let context = findings.context
        let missed = channel.share.trials - channel.share.successes
        let rate = say("""
            \(channel.title): \(Words.share(channel.share.estimate ?? 0)) answered in time, target \
            \(Words.share(goal)).
            """)
        let evidence = ProposedAction.Evidence(
            figure: context.figure("RESP-02", context.month, [.channel: channel.name]),
            label: "\(channel.title), answered in time", value: .share(channel.share))
        guard let day = worstDay(channel, context) else {
            return ProposedAction(
                title: say("Answer \(channel.plural) faster: more people, or fewer tasks beside it"),
                text: say("""
                    \(rate) \(Words.count(missed)) of \(Words.count(channel.share.trials)) were late or got no answer, \
                    on no weekday in particular.
                    """),
                evidence: evidence, page: .whoWaits,
                subjects: [channel.name], concerned: missed,
                part: .init(
                    count: missed, whole: channel.share.trials,
                    words: say("\(Words.count(missed)) of \(Words.count(channel.share.trials)) late or unanswered")))
        }
        let name = Words.longDayNames[day.weekday - 1]
        let hours = findings.week.days.flatMap { span($0[day.weekday - 1]) }
        return ProposedAction(
            title: say("Put one person on \(channel.plural) every \(name)\(hours.map { ", \($0)" } ?? "")"),
            text: say("""
                \(Words.count(day.waiting)) of the \(Words.count(day.all)) unanswered \(channel.plural) came on a \
                \(name). \(rate)
                """),
            evidence: evidence, page: .whoWaits,
            subjects: [channel.name], concerned: missed,
            part: .init(
                count: day.waiting, whole: day.all,
                words: say("\(Words.count(day.waiting)) of \(Words.count(day.all)) on \(name)s")))
    }

    /// The weekday on which half or more of the channel's unanswered wrote; fewer than five are no pattern.
    private static func worstDay(
        _ channel: ChannelAnswers.Channel, _ context: ReportContext
    ) -> (weekday: Int, waiting: Int, all: Int)? {
        let counts = (1...7).map { day in
            context.count(.responsesByWeekday, "still_waiting", [.channel: channel.name, .weekday: String(day)]) ?? 0
        }
        let all = counts.reduce(0, +)
        guard let most = counts.max(), most >= 5, most * 2 >= all, let index = counts.firstIndex(of: most) else {
            return nil
        }
        return (index + 1, most, all)
    }

    /// `8:00 to 17:00`; nil: closed on the day.
    private static func span(_ day: [Range<Int>]) -> String? {
        guard let first = day.map(\.lowerBound).min(), let last = day.map(\.upperBound).max() else { return nil }
        return say("\(Words.clock(first)) to \(Words.clock(last))")
    }
}
