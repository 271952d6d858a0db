import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// The share answered in time, over all channels.
struct AnsweredTile {
    let answers: ChannelAnswers
    let series: MonthSeries
    private var context: ReportContext { answers.context }

    init(_ answers: ChannelAnswers, back: Int) {
        self.answers = answers
        let context = answers.context
        series = MonthSeries(context, back: back) { month in
            guard let share = context.answeredInTime(.responses, context.at(month)), share.trials > 0 else {
                return .missing("")
            }
            guard share.trials >= context.minimumN, let estimate = share.estimate else {
                return .tooFew(Words.tooFew(share.trials, of: context.minimumN))
            }
            return .value(estimate * 100)
        }
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let title = say("Answered in time")
        let goal = TilePlate.Fact(say("Target"), answers.goal.map { Words.share($0) } ?? say("not set"))
        guard answers.all.hasRate, let share = answers.all.share.estimate, let limits = answers.all.share.wilson() else {
            return Block(tile: TilePlate(title: title, number: "–", goal: goal, absence: RichText(absence)))
        }
        ledger.note(page: page, context.figure("RESP-02", context.month), "answered in time", answers.all.share)
        let number = Words.shareNumber(share)
        return Block(
            tile: TilePlate(
                title: title, number: number, unit: "%", status: status,
                note: Words.likely(limits.lower, limits.upper, decimals: 1),
                history: series.hasHistory ? series.readings : [], lastLabel: number,
                target: answers.goal.map { $0 * 100 }, months: series.labels,
                before: series.fact(series.before.map { Words.share($0 / 100) }), goal: goal,
                signal: answers.all.standing == .below, absence: RichText(series.hasHistory ? "" : FirstMonth.words)))
    }

    private var status: Label? {
        switch answers.all.standing {
        case .below: .bad(say("below target"))
        case .onTarget: .good(say("on target"), cue: .check)
        case .unclear: Label(say("not clearly below"))
        default: nil
        }
    }

    private var absence: String {
        let count = answers.all.conversations
        let header = context.header
        guard header.has(.messages) || header.has(.conversations) else {
            return say("Export calls, texts, e-mails and chats as exports/messages.csv.")
        }
        if count == 0 {
            let span = Words.span(context.month.firstDay, context.month.lastDay)
            return say("No conversation of \(Words.monthName(context.month)) is exported. Export messages for \(span).")
        }
        if answers.all.standing == .noTarget || !answers.hasTargets {
            return say("Nobody has said what in time is. Set first-response-time under targets: in dealership.yaml.")
        }
        return say("Conversations judged, \(Words.tooFew(answers.all.share.trials, of: context.minimumN)).")
    }
}
