import Basis
import Dealership
import Drawing
import Measures

/// How many of the month's conversations nobody has answered.
struct UnansweredTile {
    let answers: ChannelAnswers
    let focus: WaitFocus
    let series: MonthSeries
    let limit: Int?
    private var context: ReportContext { answers.context }

    init(_ answers: ChannelAnswers, _ focus: WaitFocus, back: Int) {
        self.answers = answers
        self.focus = focus
        let context = answers.context
        limit = context.settings.targets.unansweredAMonth
        series = MonthSeries(context, back: back) { month in
            guard (context.count(.responses, "conversations", context.at(month)) ?? 0) > 0,
                let waiting = context.count(.responses, "still_waiting", context.at(month))
            else { return .missing("") }
            return .value(Double(waiting))
        }
    }

    /// Nil: no conversation is exported.
    var waiting: Int? { answers.all.conversations > 0 ? answers.all.waiting : nil }

    /// Nil: no limit, or some of the month is not known.
    var isOverLimit: Bool? {
        guard let waiting, let limit else { return nil }
        if waiting > limit { return true }
        let table: StandardTable = context.header.has(.messages) ? .messages : .conversations
        return context.isWhole(context.month, table) && answers.missing.isEmpty ? false : nil
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let title = say("Unanswered conversations")
        let goal = TilePlate.Fact(say("Limit"), limit.map { Words.count($0) } ?? say("not set"))
        guard let waiting else {
            let file = context.header.has(.conversations) ? "conversations" : "messages"
            return Block(
                tile: TilePlate(
                    title: title, number: "–", goal: goal,
                    absence: RichText(
                        say("No conversation of \(Words.monthName(context.month)) is exported: exports/\(file).csv."))))
        }
        ledger.note(page: page, context.figure("RESP-06", context.month), "unanswered", count: waiting)
        return Block(
            tile: TilePlate(
                title: title, number: Words.count(waiting), status: status,
                note: focus.words.map { words in
                    let count = Words.count(focus.waiting)
                    return say(
                        focus.waiting, "\(count) is \(words)", "\(count) are \(words)", context: "of those waiting")
                }
                    ?? say("of \(Words.count(answers.all.conversations))"),
                history: series.hasHistory ? series.readings : [], lastLabel: Words.count(waiting),
                target: limit.map(Double.init), months: series.labels,
                before: series.fact(series.before.map { Words.count(Int($0)) }), goal: goal,
                signal: isOverLimit == true, absence: RichText(series.hasHistory ? "" : FirstMonth.words)))
    }

    private var status: Label? {
        guard limit != nil else { return nil }
        switch isOverLimit {
        case true?: return .bad(say("over limit"), cue: .up)
        case false?: return .good(say("within limit"), cue: .check)
        case nil: return Label(say("not all is known"))
        }
    }
}
