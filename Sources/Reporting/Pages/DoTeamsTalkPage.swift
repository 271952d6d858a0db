import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// Do our teams talk? Handoffs between departments, who stands out, what runs where nobody sees it.
enum DoTeamsTalkPage: ReportPage {
    static let tables: [ReportTable] = [
        .responses, .responsesByPerson, .adjustedByPerson, .volumes, .volumesByChannel, .handoffs,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.messages) || context.header.has(.conversations) else {
            return missing(context, setting).draw(ledger)
        }
        let page = setting.number
        let named = setting.definition[.named]
        let pairs = HandoffPairs(context)
        let people = PeopleStanding(context)
        let handoffs = HandoffPanel(pairs: pairs).block(page: page, ledger: &ledger)
        let standing = PeoplePanel(people: people, limit: named).block(page: page, ledger: &ledger)
        let unseen = UnseenChannelsPanel(context).block(page: page, ledger: &ledger)
        let praise = PraisePanel(people: people, pairs: pairs, limit: min(named, 4)).block()
        let headline = DoTeamsTalkHeadline(pairs: pairs, people: people)
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: footNotes(pairs, people), ledger: ledger))
        var below: [PageRow.Cell] = [.init(span: 4, praise)]
        if let open = OpenHandoffsPanel(pairs: pairs).block() {
            below += [.init(span: 4, open), .init(span: 4, unseen)]
        } else {
            below = [.init(span: 6, praise), .init(span: 6, unseen)]
        }
        // Two notices need no more than a third of the page.
        let isBare = pairs.handoffs == 0 && people.limits == nil
        layout.add(rows: [
            PageRow(height: isBare ? .points(176) : .weight(1.1), .init(span: 7, handoffs), .init(span: 5, standing)),
            PageRow(height: .weight(1), cells: isBare ? [.init(span: 7, unseen)] : below),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    private static func footNotes(_ pairs: HandoffPairs, _ people: PeopleStanding) -> [String] {
        let judged = people.members.reduce(0) { $0 + $1.share.trials }
        var notes: [String] = []
        if pairs.handoffs > 0 || judged > 0 {
            let counts = [
                pairs.handoffs > 0 ? Words.counted(pairs.handoffs, "handoff", "handoffs") : "",
                judged > 0 ? say("\(Words.count(judged)) conversations judged by person") : "",
            ].filter { !$0.isEmpty }
            notes.append(say("\(Words.list(counts)); outages taken out."))
        }
        let week = OpenWeek(people.context)
        notes.append(
            week.days == nil ? say("No opening hours given: waits count all hours.")
                : week.words.map { say("Open hours: \($0).") } ?? say("Waits count each store’s and department’s open hours."))
        return notes
    }

    private static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        MissingPage(
            context: context, setting: setting, headline: say("No messages exported: nobody can tell whether teams talk"),
            sentence: RichText(
                marked: say("""
                    Tasks between departments are messages with direction internal, **department** and \
                    **to_department**; **person_id** says who answered.
                    """)),
            needs: [
                .init(panel: say("Handoffs between departments"), table: .messages, holds: say("tasks")),
                .init(panel: say("Who stands out"), table: .messages, holds: say("calls, texts, e-mails")),
                .init(panel: say("Whose the silence is"), table: .conversations, holds: say("one row each, with assigned_to")),
                .init(panel: say("Names"), table: .people, holds: say("name and department")),
            ])
    }
}

/// What page 4 says in its first two lines.
struct DoTeamsTalkHeadline {
    let pairs: HandoffPairs
    let people: PeopleStanding
    private var context: ReportContext { pairs.context }
    private var month: String { Words.monthName(context.month) }

    var text: String {
        if pairs.handoffs == 0 { return withoutHandoffs }
        let total = pairs.unanswered
        let below = pairs.below
        if total > 0, pairs.target != nil || total >= 5 {
            let words = Words.counted(total, "handoff unanswered", "handoffs unanswered")
            guard let most = pairs.mostUnanswered else { return words }
            return most.unanswered == total
                ? say("\(words), all from \(most.words)") : say("\(words), \(Words.count(most.unanswered)) of them from \(most.words)")
        }
        guard pairs.target != nil else { return say("\(Words.counted(pairs.handoffs, "handoff", "handoffs")); no target is set") }
        if let worst = below.first {
            return say("\(Words.capitalised(worst.words)): \(Words.share(worst.share.estimate ?? 0)) of handoffs in time")
        }
        if pairs.all.trials < context.minimumN {
            return say("\(Words.counted(pairs.handoffs, "handoff", "handoffs")), too few to judge")
        }
        guard let goal = pairs.goal else { return say("Every handoff was answered") }
        return (pairs.all.estimate ?? 0) >= goal ? say("Handoffs on target") : say("Handoffs not clearly off target")
    }

    /// Nothing is known of handoffs: what is known of people leads.
    private var withoutHandoffs: String {
        let help = people.needingHelp
        let isRecorded = pairs.isEverRecorded
        if help.count == 1, let one = help.first {
            return isRecorded
                ? say("\(one.name) needs help; no handoff in \(month)")
                : say("\(one.name) needs help; handoffs are not recorded")
        }
        if help.count > 1 {
            return isRecorded
                ? say("\(help.count) people need help; no handoff in \(month)")
                : say("\(help.count) people need help; handoffs are not recorded")
        }
        return isRecorded ? say("No handoff in \(month)") : say("Handoffs are not recorded")
    }

    var sentence: RichText {
        var parts: [String] = []
        if pairs.handoffs == 0, people.limits == nil {
            return say("What to export or to set up stands in each panel.")
        }
        if let worst = pairs.below.first, let share = worst.share.estimate, let goal = pairs.goal {
            parts.append(
                say("""
                    \(Words.departmentTitle(worst.to)) answers **\(Words.share(share))** of handoffs from \
                    \(Words.department(worst.from)) in time, target \(Words.share(goal)).
                    """))
            if pairs.below.count == 1, pairs.rated.count > 1 {
                parts.append(say("Every other pair with enough handoffs is on target or not clearly off."))
            }
        } else if pairs.target != nil, let share = pairs.all.estimate, pairs.all.trials >= context.minimumN {
            parts.append(say("\(Words.share(share)) of all handoffs were answered in time."))
        }
        let help = people.needingHelp
        let praise = people.praised
        if people.limits != nil {
            if let one = help.first, help.count == 1 {
                parts.append(say("**\(one.name)** answers clearly less in time than the others."))
            } else if help.count > 1 {
                parts.append(say("**\(help.count) people** answer clearly less in time than the others."))
            } else if praise.isEmpty, parts.count < 2 {
                parts.append(say("No person stands out from the others."))
            }
        }
        return RichText(marked: parts.joined(separator: " "))
    }
}
