import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// Who answers? Each person against their own team, who is worth praising, who cannot be scored, where people work, and
/// what customers said.
enum WhoAnswersPage: ReportPage {
    static let tables: [ReportTable] = [
        .responses, .responsesByPerson, .adjustedByPerson, .adjustedByWorkplace, .ratingsByPerson,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.messages) || context.header.has(.conversations) else {
            return missing(context, setting).draw(ledger)
        }
        let page = setting.number
        let teams = TeamStandings(context)
        let named = setting.definition[.named]
        let headline = WhoAnswersHeadline(teams: teams)
        var rows = [PageRow(height: .weight(1), cells: plots(teams, named))]
        let praise = TeamPraisePanel(teams: teams, limit: named).block()
        let places = WorkplacePanel(context).block(page: page, ledger: &ledger)
        if teams.people.isEmpty {
            rows = [PageRow(.init(span: 12, PeoplePanel(people: PeopleStanding(context), limit: named).absence))]
        } else {
            let people = PeopleTablePanel(teams: teams).block(page: page, ledger: &ledger)
            let few = NotScoredPanel(teams: teams).block()
            let left = [praise, places] + (few.map { [$0] } ?? [])
            rows.append(PageRow(height: .weight(1.65), .init(span: 5, blocks: left), .init(span: 7, people)))
        }
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations, .people, .ratings])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: footNotes(teams), ledger: ledger))
        layout.add(rows: rows)
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    private static let most = 3

    /// A plot for each team: those with somebody outside first, then the largest.
    private static func plots(_ teams: TeamStandings, _ named: Int) -> [PageRow.Cell] {
        let shown = Array(teams.compared.prefix(most))
        guard !shown.isEmpty else {
            let absence = PeoplePanel(people: PeopleStanding(teams.context), limit: named).absence
            return [.init(span: 12, absence)]
        }
        return shown.map { team -> PageRow.Cell in
            let panel = TeamPlotPanel(team: team, limit: named, isNarrow: shown.count > 2)
            return .init(span: 12 / shown.count, panel.block())
        }
    }

    private static func footNotes(_ teams: TeamStandings) -> [String] {
        let judged = teams.people.reduce(0) { $0 + $1.share.trials }
        var notes: [String] = []
        if judged > 0 {
            notes.append(say("\(Words.count(judged)) conversations judged by person; outages and leave taken out."))
        }
        if teams.unassigned > 0 {
            notes.append(say("\(Words.count(teams.unassigned)) unanswered had no assignee and count for nobody."))
        }
        if teams.compared.count > most {
            let rest = teams.compared.count - most
            notes.append(say("\(Words.counted(rest, "more team", "more teams")): in the figures file."))
        }
        return notes
    }

    private static func missing(_ context: ReportContext, _ setting: PageSetting) -> MissingPage {
        MissingPage(
            context: context, setting: setting, headline: say("No messages exported: nobody can tell who answers"),
            sentence: RichText(marked: say("**person_id** says who wrote, **assigned_to** whose the silence is.")),
            needs: [
                .init(panel: say("Who answers"), table: .messages, holds: say("calls, texts, e-mails, with person_id")),
                .init(
                    panel: say("Whose the silence is"), table: .conversations,
                    holds: say("one row each, with assigned_to")),
                .init(panel: say("Names, teams, workplaces"), table: .people, holds: say("name, department, place")),
                .init(panel: say("What customers said"), table: .ratings, holds: say("score and time")),
            ])
    }
}

/// What the page says in its first two lines.
struct WhoAnswersHeadline {
    let teams: TeamStandings
    private var context: ReportContext { teams.context }

    var text: String {
        if teams.people.isEmpty {
            return context.count(.responses, "conversations", context.at(context.month)) == nil
                ? say("No conversation in \(Words.monthName(context.month))") : say("Who answers cannot be told")
        }
        if teams.compared.isEmpty { return say("Too few to compare people within a team") }
        let praise = teams.praised.count
        let help = teams.needingHelp.count
        let good = praise == 0
            ? "" : say(praise, "one person is worth praising", "\(praise) people are worth praising")
        let bad = help == 0
            ? "" : praise == 0
                ? say(help, "one person needs help", "\(help) people need help")
                : say(help, "one needs help", "\(help) need help")
        let parts = [good, bad].filter { !$0.isEmpty }
        return parts.isEmpty
            ? say("Nobody stands out within their own team") : Words.capitalised(parts.joined(separator: ", "))
    }

    var sentence: RichText {
        if teams.people.isEmpty { return say("What to export or to set up stands below.") }
        var parts: [String] = []
        let praised = teams.praised.prefix(3).map { "**\($0.name)**" }
        if !praised.isEmpty {
            let names = Words.list(Array(praised))
            parts.append(
                say(
                    teams.praised.count, "\(names) answers more in time than their own team’s range explains.",
                    "\(names) answer more in time than their own team’s range explains."))
        }
        let help = teams.needingHelp.prefix(3).map { "**\($0.name)**" }
        if !help.isEmpty {
            let names = Words.list(Array(help))
            parts.append(
                say(
                    teams.needingHelp.count, "\(names) answers clearly less in time.",
                    "\(names) answer clearly less in time."))
        }
        parts.append(
            teams.teams.count == 1
                ? say("Everyone is held against the range of all; this is no ranking.")
                : say("Everyone is held against their own team; this is no ranking."))
        if !teams.tooFew.isEmpty {
            parts.append(
                say(
                    teams.tooFew.count, "\(Words.count(teams.tooFew.count)) person is not scored: too few.",
                    "\(Words.count(teams.tooFew.count)) people are not scored: too few."))
        }
        return RichText(marked: parts.joined(separator: " "))
    }
}
