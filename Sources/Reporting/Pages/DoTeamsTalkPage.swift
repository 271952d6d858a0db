import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// Do our teams talk? Who stands out among those who answer, and what runs where nobody can see it.
enum DoTeamsTalkPage: ReportPage {
    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.messages) || context.header.has(.conversations) else {
            return drawMissing(context, setting, ledger)
        }
        let answers = PeopleAnswers(context)
        let names = PersonNames.distinct(answers.scored.map(\.identifier), context)
        let standOut = StandOutPanel(answers: answers, names: names)
        let unseen = UnseenPanel(context)
        let page = setting.number
        let people = standOut.block(page: page, ledger: &ledger)
        let praise = PraisePanel(answers: answers, names: names, limit: setting.definition[.named])
            .block(page: page, ledger: &ledger)
        let table = PeopleTable(answers: answers, names: names, limit: 12).block(page: page, ledger: &ledger)
        let outside = unseen.block(page: page, ledger: &ledger)
        let text = DoTeamsTalkHeadline(answers: answers, unseen: unseen)
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations, .people])
        var layout = PageLayout(
            format: setting.format, theme: setting.theme, measurer: setting.measurer,
            header: PageHeader(
                question: "\(setting.number)  \(setting.definition.question)", headline: text.headline,
                sentence: text.sentence, place: context.place, period: Words.month(context.month)),
            footer: feet.footer(first: footNotes(answers), ledger: ledger))
        layout.add(rows: answers.state == .compared
            ? [
                PageRow(height: .weight(1.2), .init(span: 7, people), .init(span: 5, table)),
                PageRow(height: .weight(1), .init(span: 5, praise), .init(span: 4, outside), .init(span: 3, handoffs)),
            ]
            : [PageRow(height: .points(230), .init(span: 5, people), .init(span: 4, outside), .init(span: 3, handoffs))])
        return DrawnPage(laid: layout.finish(), headline: text.headline)
    }

    /// Nothing is measured yet, and nothing is made up in its place.
    private static var handoffs: Block {
        Block(
            "Handoffs: not measured yet", sub: "Between departments, both ways",
            plate: NoticePlate(
                "How departments answer each other is read from internal messages that name department and "
                    + "to_department. It comes with the response report; until then nothing is printed here. "
                    + "Meanwhile, export tasks and internal messages with both columns.", showsFrame: false))
    }

    private static func footNotes(_ answers: PeopleAnswers) -> [String] {
        let judged = answers.scored.reduce(0) { $0 + $1.share.trials }
        guard answers.state == .compared else { return [] }
        return [
            "\(Words.counted(answers.scored.count, "person", "people")), \(Words.count(judged)) conversations, outages taken out.",
            "An answer counts for who gave it, silence for who was assigned.",
        ]
    }

    private static func drawMissing(
        _ context: ReportContext, _ setting: PageSetting, _ ledger: FigureLedger
    ) -> DrawnPage {
        let headline = "No messages exported: nobody can tell who answers"
        let feet = PageFeet(context: context, setting: setting, tables: [])
        var layout = PageLayout(
            format: setting.format, theme: setting.theme, measurer: setting.measurer,
            header: PageHeader(
                question: "\(setting.number)  \(setting.definition.question)", headline: headline,
                sentence: "Messages that name who wrote them show who stands out.", place: context.place,
                period: Words.month(context.month)),
            footer: feet.footer(first: [], ledger: ledger))
        let missing = MissingExports(
            context: context,
            needs: [
                .init(panel: "Who stands out", table: .messages, holds: "with person_id, who wrote"),
                .init(panel: "Whose silence it was", table: .conversations, holds: "with assigned_to"),
                .init(panel: "Names and departments", table: .people, holds: "everybody who answers"),
                .init(panel: "Handoffs (later)", table: .messages, holds: "internal ones with department, to_department"),
            ])
        layout.add(rows: [PageRow(.init(span: 12, missing.block(finding: "What this page needs")))])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }
}

/// What page 4 says in its first two lines.
struct DoTeamsTalkHeadline {
    let answers: PeopleAnswers
    let unseen: UnseenPanel

    var headline: String {
        switch answers.state {
        case .nothing: "No conversation in \(Words.monthName(answers.context.month))"
        case .nobodyNamed: "Who answers is not in the exports"
        case .noTarget: "No target is set: nobody can be in time or late"
        case .tooFew: "Too few conversations a person to say who stands out"
        case .compared: verdict
        }
    }

    /// `One person needs help, one deserves praise`.
    private var verdict: String {
        let (help, praise) = (answers.needHelp.count, answers.praised.count)
        if help == 0, praise == 0 { return "Nobody stands out" }
        let helpWords = help == 0 ? "" : "\(Words.spelled(help)) \(help == 1 ? "person needs" : "people need") help"
        if praise == 0 { return helpWords }
        let verb = praise == 1 ? "deserves praise" : "deserve praise"
        if help > 0 { return "\(helpWords), \(Words.spelled(praise).lowercased()) \(verb)" }
        return "\(Words.spelled(praise)) \(praise == 1 ? "person" : "people") \(verb)"
    }

    var sentence: RichText {
        var parts: [String] = []
        if answers.state == .compared, let limits = answers.limits {
            parts.append(
                "\(Words.counted(answers.scored.count, "person", "people")) answered "
                    + "\(Words.share(limits.centre)) in time on average.")
        }
        if let share = unseen.now?.estimate, (unseen.now?.trials ?? 0) >= answers.context.minimumN {
            parts.append("\(Words.share(share, decimals: 1)) of known messages ran outside managed channels.")
        }
        parts.append("Handoffs are not measured yet.")
        return RichText(parts.joined(separator: " "))
    }
}
