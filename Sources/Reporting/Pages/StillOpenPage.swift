import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// What is still open? Who waits and since when, calls nobody returned, handoffs, what runs where nobody sees it, and
/// replies for a second look.
enum StillOpenPage: ReportPage {
    static let tables: [ReportTable] = [
        .responses, .responsesByChannel, .responsesByDay, .responsesByWeekday, .volumesByChannel, .waitingByAge, .calls,
        .handoffs, .offChannel, .stoppedClocks,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.messages) || context.header.has(.conversations) else {
            return missing(context, setting).draw(ledger)
        }
        let page = setting.number
        let answers = ChannelAnswers(context)
        let pairs = HandoffPairs(context)
        let waiting = WaitingByAgePanel(answers, limit: min(setting.definition[.channels], 4))
        let calls = CallsPanel(context, asOf: answers.asOfDay)
        let headline = StillOpenHeadline(answers: answers, waiting: waiting, calls: calls, pairs: pairs)
        let ages = waiting.block(page: page, ledger: &ledger)
        let missed = calls.block(page: page, ledger: &ledger)
        let outside = OffChannelPanel(context).block(page: page, ledger: &ledger)
        let handoffs = HandoffPanel(pairs: pairs, showsHalf: true).block(page: page, ledger: &ledger)
        let review = ReviewListPanel(context: context, limit: setting.definition[.named]).block(page: page, ledger: &ledger)
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations])
        let week = OpenWeek(context)
        let clock = week.days == nil
            ? say("No opening hours given: waits count all hours.")
            : week.words.map { say("Waits count open hours: \($0); ages all hours.") }
                ?? say("Waits count each store’s and department’s open hours; ages all hours.")
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: [clock], ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1), .init(span: 5, ages), .init(span: 3, missed), .init(span: 4, outside)),
            PageRow(height: .weight(1.05), .init(span: 7, handoffs), .init(span: 5, review)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    private static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        MissingPage(
            context: context, setting: setting,
            headline: say("No messages exported: nobody can tell what is still open"),
            sentence: say("Silence shows only where every message is exported, or one row a conversation."),
            needs: [
                .init(
                    panel: say("Who is still waiting"), table: .messages,
                    holds: say("calls, texts, e-mails, chats, tasks")),
                .init(
                    panel: say("The same, less exactly"), table: .conversations,
                    holds: say("tickets or threads, with opened_at and answered_at")),
            ])
    }
}

/// What the page says in its first two lines.
struct StillOpenHeadline {
    let answers: ChannelAnswers
    let waiting: WaitingByAgePanel
    let calls: CallsPanel
    let pairs: HandoffPairs
    private var context: ReportContext { answers.context }
    private var day: String { Words.day(answers.asOfDay) }

    var text: String {
        if answers.all.conversations == 0, pairs.handoffs == 0 {
            return say("No conversation in \(Words.monthName(context.month))")
        }
        let total = waiting.total
        if total == 0 {
            guard let open = calls.notReturned, open > 0 else { return say("Nobody was still waiting on \(day)") }
            return say(
                open, "Nobody was still waiting; \(Words.count(open)) missed call was not returned",
                "Nobody was still waiting; \(Words.count(open)) missed calls were not returned")
        }
        let head = say(
            total, "\(Words.count(total)) still waits for an answer", "\(Words.count(total)) still wait for an answer")
        let old = waiting.old
        if old == total { return say(total, "\(head), for over 7 days", "\(head), all for over 7 days") }
        return old > 0 ? say("\(head), \(Words.count(old)) of them for over 7 days") : head
    }

    var sentence: RichText {
        var parts: [String] = []
        if waiting.total > 0, let open = calls.notReturned, open > 0 {
            parts.append(
                say(
                    open, "**\(Words.count(open)) missed call was not returned** by \(day).",
                    "**\(Words.count(open)) missed calls were not returned** by \(day)."))
        }
        if pairs.unanswered > 0 {
            parts.append(
                say(
                    pairs.unanswered, "\(Words.count(pairs.unanswered)) handoff between departments is unanswered.",
                    "\(Words.count(pairs.unanswered)) handoffs between departments are unanswered."))
        } else if pairs.handoffs > 0 {
            parts.append(say("Every handoff past its target was answered."))
        }
        return RichText(marked: parts.joined(separator: " "))
    }
}
