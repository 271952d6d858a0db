import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// Who waits? Answered in time by channel, when customers write, who is still waiting, how long they waited.
enum WhoWaitsPage: ReportPage {
    static let tables: [ReportTable] = [
        .responses, .responsesByChannel, .responsesByHour, .responsesByDay, .responsesByWeekday, .adjustedByChannel,
        .volumesByChannel,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.messages) || context.header.has(.conversations) else {
            return missing(context, setting).draw(ledger)
        }
        let answers = ChannelAnswers(context)
        let focus = WaitFocus(answers)
        let week = OpenWeek(context)
        let headline = WhoWaitsHeadline(answers: answers, focus: focus)
        let page = setting.number
        let channels = ChannelPanel(answers: answers, limit: setting.definition[.channels]).block(page: page, ledger: &ledger)
        var rows: [PageRow] = []
        if answers.all.conversations == 0 {
            rows = [PageRow(.init(span: 12, nothing(answers)))]
        } else {
            let hours = HourPanel(answers, week: week).block(page: page, ledger: &ledger)
            let waiting = WaitingPanel(answers: answers, focus: focus).block(page: page, ledger: &ledger)
            let distribution = DistributionPanel(answers: answers, focus: focus).block(page: page, ledger: &ledger)
            rows = [
                PageRow(height: .weight(1.12), .init(span: 5, channels), .init(span: 7, hours)),
                PageRow(height: .weight(1), .init(span: 5, waiting), .init(span: 7, distribution)),
            ]
        }
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: footNotes(answers, week), ledger: ledger))
        layout.add(rows: rows)
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    private static func footNotes(_ answers: ChannelAnswers, _ week: OpenWeek) -> [String] {
        let context = answers.context
        let all = answers.all.conversations
        let within = context.count(.responses, "still_within", context.at(context.month)) ?? 0
        let tail = within > 0 ? say("; \(Words.count(within)) still within target left out") : ""
        let clock = week.days == nil
            ? say("No opening hours given: waits count all hours.")
            : week.words.map { say("Waits count open hours: \($0).") } ?? say("Waits count each store’s and department’s open hours.")
        return ["\(Words.counted(all, "conversation", "conversations"))\(tail).", clock]
    }

    static func nothing(_ answers: ChannelAnswers) -> Block {
        let context = answers.context
        let span = Words.span(context.month.firstDay, context.month.lastDay)
        return Block(
            say("No conversation in \(Words.monthName(context.month))"), sub: say("Messages end \(Words.dayAndYear(answers.asOfDay))"),
            plate: NoticePlate(
                RichText(say("Export messages for \(span) as \(answers.file(of: "")) and draw the report again.")), isMissing: true))
    }

    private static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        MissingPage(
            context: context, setting: setting, headline: say("No messages exported: nobody can tell who waits"),
            sentence: say("One row a message is best; one row a conversation with its first answer will do."),
            needs: [
                .init(panel: say("Who waits how long"), table: .messages, holds: say("calls, texts, e-mails, chats")),
                .init(
                    panel: say("The same, less exactly"), table: .conversations,
                    holds: say("tickets or threads, with opened_at and answered_at")),
            ])
    }
}

/// What page 3 says in its first two lines.
struct WhoWaitsHeadline {
    let answers: ChannelAnswers
    let focus: WaitFocus
    private var context: ReportContext { answers.context }
    private var month: String { Words.monthName(context.month) }

    var text: String {
        if answers.all.conversations == 0 { return say("No conversation in \(month)") }
        guard answers.hasTargets else {
            return answers.all.conversations < context.minimumN
                ? tooFew : say("Half were answered within \(Words.wait(answers.all.half)); no target is set")
        }
        let rated = answers.rated
        if rated.isEmpty { return tooFew }
        guard let goal = answers.goal else {
            let share = answers.all.share.estimate.map { Words.share($0) } ?? "–"
            return say("\(share) answered in time; no goal is set")
        }
        let below = answers.below
        if below.count == 1, let one = below.first {
            let gap = focus.gapDay.map { say(". \(Words.longDayNames[$0 - 1]) is the gap") } ?? ""
            return say("\(plural(one)): \(Words.share(one.share.estimate ?? 0)) answered in time, target \(Words.share(goal))\(gap)")
        }
        if let worst = answers.worst {
            return say("\(below.count) of \(rated.count) channels below target; \(worst.plural) worst at \(Words.share(worst.share.estimate ?? 0)) in time")
        }
        if let missing = answers.missing.first {
            return answers.missing.count == 1
                ? say("No \(Words.channelPlural(missing.name)) exported for \(month): they cannot be judged")
                : say("\(answers.missing.count) channels not exported for \(month): they cannot be judged")
        }
        if rated.allSatisfy({ $0.standing == .onTarget }) {
            return rated.count == 1
                ? say("\(rated[0].title) on target: \(Words.share(rated[0].share.estimate ?? 0)) answered in time")
                : say("Every channel on target")
        }
        return say("No channel clearly below target")
    }

    private func plural(_ channel: ChannelAnswers.Channel) -> String {
        Words.capitalised(channel.plural)
    }

    private var tooFew: String {
        let asked = answers.channels.filter { $0.conversations > 0 }
        let count = answers.all.conversations
        let whose = asked.count == 1 ? "\(asked[0].title): " : ""
        return say("\(whose)\(Words.counted(count, "conversation", "conversations")), too few")
    }

    var sentence: RichText {
        var parts: [String] = []
        let onTarget = answers.rated.filter { $0.standing == .onTarget }
        if !answers.below.isEmpty, !onTarget.isEmpty || answers.rated.contains(where: { $0.standing == .unclear }) {
            let unclear = answers.rated.filter { $0.standing == .unclear }
            if !onTarget.isEmpty {
                let names = names(onTarget)
                parts.append(say(onTarget.count, "\(names) is on target.", "\(names) are on target."))
            }
            if !unclear.isEmpty {
                let names = names(unclear)
                parts.append(say(unclear.count, "\(names) is not clearly below.", "\(names) are not clearly below."))
            }
        } else if answers.below.isEmpty, answers.all.hasRate, let share = answers.all.share.estimate {
            parts.append(say("\(Words.share(share)) of all were answered in time."))
        }
        if let waiting { parts.append(waiting) }
        if let missing { parts.append(missing) }
        return RichText(marked: parts.joined(separator: " "))
    }

    private func names(_ channels: [ChannelAnswers.Channel]) -> String {
        Words.list(channels.enumerated().map { $0 == 0 ? $1.title : Words.inside($1.title) })
    }

    private var waiting: String? {
        let total = answers.all.waiting
        guard answers.all.conversations > 0 else { return nil }
        let day = Words.day(answers.asOfDay)
        if total == 0 { return say("Nobody was still waiting on \(day).") }
        if let words = focus.words {
            return say("**\(Words.count(focus.waiting)) of the \(Words.count(total)) still waiting on \(day) are \(words).**")
        }
        let count = Words.count(total)
        return say(total, "**\(count) was still waiting on \(day).**", "**\(count) were still waiting on \(day).**")
    }

    private var missing: String? {
        guard !answers.missing.isEmpty else { return nil }
        let span = Words.span(context.month.firstDay, context.month.lastDay)
        let names = Words.list(answers.missing.map { Words.channelPlural($0.name) })
        let files = Set(answers.missing.map { answers.file(of: $0.name) })
        let place = files.count == 1 ? files.first.map { say(" into \($0)") } ?? "" : ""
        return say("**Please export \(names) for \(span)\(place).**")
    }
}
