import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// How fast do we answer? Waits by channel around their targets, answered in time with likely ranges, every kind of wait.
enum HowFastPage: ReportPage {
    static let tables: [ReportTable] = [
        .responses, .responsesByChannel, .volumesByChannel, .adjustedByChannel, .responsesByDepartment,
        .adjustedByDepartment, .turns, .leads, .resolutions, .responsesByWeekday,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.messages) || context.header.has(.conversations) else {
            return missing(context, setting).draw(ledger)
        }
        let answers = ChannelAnswers(context)
        let headline = HowFastHeadline(answers: answers)
        let page = setting.number
        var rows: [PageRow] = []
        if answers.all.conversations == 0 {
            rows = [PageRow(.init(span: 12, WhoWaitsPage.nothing(answers)))]
        } else {
            let waits = distributions(answers, page: page, ledger: &ledger)
            let inTime = InTimePanel(answers, limit: setting.definition[.channels]).blocks(page: page, ledger: &ledger)
            let kinds = KindsOfWaitPanel(answers: answers).block(page: page, ledger: &ledger)
            let left = NotCountedPanel(context: context).block(page: page, ledger: &ledger)
            rows = [
                PageRow(height: .weight(1), cells: waits),
                PageRow(height: .weight(1.75), .init(span: 6, blocks: inTime), .init(span: 6, kinds, left)),
            ]
        }
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations, .leads])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: footNotes(answers), ledger: ledger))
        layout.add(rows: rows)
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    /// So many channels side by side still have room for their classes.
    private static let most = 3

    /// Waits of the channels below their target first, then of the busiest.
    private static func distributions(
        _ answers: ChannelAnswers, page: Int, ledger: inout FigureLedger
    ) -> [PageRow.Cell] {
        let asked = answers.channels.filter { $0.conversations > 0 }
        let ranked = asked.filter { $0.standing == .below } + asked.filter { $0.standing != .below }
            .sorted { ($1.conversations, $0.name) < ($0.conversations, $1.name) }
        let shown = Array(ranked.prefix(most))
        var cells: [PageRow.Cell] = []
        for channel in shown {
            let panel = DistributionPanel(
                answers: answers, focus: WaitFocus(answers), only: channel.name,
                classes: shown.count == 1 ? (before: 5, after: 3) : shown.count == 2 ? (3, 3) : (3, 2),
                isNarrow: shown.count > 2)
            cells.append(.init(span: 12 / max(shown.count, 1), panel.block(page: page, ledger: &ledger)))
        }
        return cells
    }

    private static func footNotes(_ answers: ChannelAnswers) -> [String] {
        let context = answers.context
        let week = OpenWeek(context)
        let clock = week.days == nil
            ? say("No opening hours given: waits count all hours.")
            : week.words.map { say("Waits count open hours: \($0).") }
                ?? say("Waits count each store’s and department’s open hours.")
        return ["\(Words.counted(answers.all.conversations, "conversation", "conversations")).", clock]
    }

    private static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        MissingPage(
            context: context, setting: setting,
            headline: say("No messages exported: nobody can tell how fast we answer"),
            sentence: say("One row a message is best; one row a conversation with its first answer will do."),
            needs: [
                .init(panel: say("How long they waited"), table: .messages, holds: say("calls, texts, e-mails, chats")),
                .init(
                    panel: say("The same, less exactly"), table: .conversations,
                    holds: say("tickets or threads, with opened_at and answered_at")),
                .init(panel: say("How soon leads are answered"), table: .leads, holds: say("web and walk-in leads")),
            ])
    }
}

/// What the page says in its first two lines.
struct HowFastHeadline {
    let answers: ChannelAnswers
    private var context: ReportContext { answers.context }

    var text: String {
        let count = answers.all.conversations
        if count == 0 { return say("No conversation in \(Words.monthName(context.month))") }
        if count < context.minimumN {
            return say("\(Words.counted(count, "conversation", "conversations")): too few to say how fast")
        }
        let half = context.cell(.responses, "p50", context.at(context.month))
        let nine = context.cell(.responses, "p90", context.at(context.month))
        if case .over(let seconds) = half { return say("More than half waited over \(Words.duration(seconds))") }
        if case .over(let seconds) = nine {
            return say(
                "Half were answered within \(Words.wait(half)); more than 1 in 10 waited over \(Words.duration(seconds))"
            )
        }
        return say("Half were answered within \(Words.wait(half)), nine in ten within \(Words.wait(nine))")
    }

    var sentence: RichText {
        var parts: [String] = []
        let all = answers.all
        if all.hasRate, let share = all.share.estimate, let limits = all.share.wilson() {
            let target = answers.goal.map { say(", target \(Words.share($0))") } ?? ""
            parts.append(
                say("**\(Words.share(share)) answered in time**, \(Words.likely(limits.lower, limits.upper))\(target).")
            )
        } else if !answers.hasTargets, all.conversations > 0 {
            parts.append(say("No target is set: nothing is in time or late."))
        }
        if let adjusted = context.answeredInTime(.adjustedByChannel, context.at(context.month)), all.hasRate,
            adjusted.trials >= context.minimumN, let without = adjusted.estimate, let raw = all.share.estimate,
            Words.share(without) != Words.share(raw) {
            parts.append(say("Less outages and leave it is \(Words.share(without))."))
        }
        if !answers.below.isEmpty {
            let names = answers.below.map(\.plural)
            parts.append(
                names.count > 3
                    ? say("\(names.count) channels are clearly below target.")
                    : say("\(Words.capitalised(Words.list(names))) are clearly below target."))
        }
        if !answers.missing.isEmpty {
            let names = Words.list(answers.missing.map { Words.channelPlural($0.name) })
            parts.append(say("\(Words.capitalised(names)) are not exported for \(Words.monthName(context.month))."))
        }
        return RichText(marked: parts.joined(separator: " "))
    }
}
