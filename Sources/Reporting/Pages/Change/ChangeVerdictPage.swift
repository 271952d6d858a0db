import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// One effort: its goal, its figure before and after, and what would have been without it.
enum ChangeVerdictPage: ReportPage {
    static let tables: [ReportTable] = []

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let one = ChangePages.effort(context) else { return ChangePages.nothing(context, setting, ledger) }
        let words = EffortWords(one, currency: context.settings.currency)
        EffortCard(one, context).note(page: setting.number, &ledger)
        let headline = "\(one.effort.name): \(Words.inside(words.verdict))"
        let without = WithoutTheChange(one, context)
        without.note(page: setting.number, &ledger)
        let feet = PageFeet(context: context, setting: setting, tables: ChangePages.tables(one))
        var layout = setting.layout(
            context, headline: headline, sentence: ChangePages.sentence(one, words),
            footer: feet.footer(first: ChangePages.foot(one), ledger: ledger))
        let goal = Block(say("The goal, as it was written down"), plate: FactsPlate(rows: EffortScope(one, context).goal))
        layout.add(rows: [
            PageRow(height: .weight(1.15), .init(span: 4, goal), .init(span: 8, chart(one, context, words))),
            without.isKnown
                ? PageRow(height: .weight(1), .init(span: 7, without.main), .init(span: 5, without.cumulative))
                : PageRow(.init(span: 12, without.main)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func chart(_ one: EffortAssessment, _ context: ReportContext, _ words: EffortWords) -> Block {
        guard let chart = EffortChart(one, currency: context.settings.currency) else {
            return Block(
                say("No figure of it is in the exports"), plate: NoticePlate(say("Nothing can be drawn."), isMissing: true))
        }
        return Block(
            finding(chart, words), sub: say("\(chart.title). Bands: where steady \(words.periods.many) fall"),
            plate: chart.plate(small: false))
    }

    /// How the points since the dip lie to the time before.
    private static func finding(_ chart: EffortChart, _ words: EffortWords) -> String {
        guard let before = chart.limits(.before) else { return say("Too few points before the change for a usual range") }
        let cut = chart.assessment.cut
        let after = chart.series.values(.after, on: cut)
        guard !after.isEmpty else { return say("No point since the dip yet") }
        let effort = chart.assessment.effort
        let isUp = effort.goal.direction == .up
        let beyond = after.count { isUp ? $0 > before.centre : $0 < before.centre }
        let centre = effort.goal.measure.text(before.centre, currency: words.currency)
        let all = words.countedAfterOf(after.count)
        return isUp
            ? say(
                beyond, "\(beyond) of \(all) since the dip lies above the \(centre) of before",
                "\(beyond) of \(all) since the dip lie above the \(centre) of before")
            : say(
                beyond, "\(beyond) of \(all) since the dip lies below the \(centre) of before",
                "\(beyond) of \(all) since the dip lie below the \(centre) of before")
    }
}

/// What both pages of one effort share.
enum ChangePages {
    static func effort(_ context: ReportContext) -> EffortAssessment? {
        context.efforts.first { $0.effort.identifier == context.effort }
    }

    static func tables(_ one: EffortAssessment) -> [StandardTable] {
        StandardTable.allCases.filter { one.effort.goal.measure.request.entry.needs.contains($0.rawValue) }
    }

    /// The reason, and what to do about it.
    static func sentence(_ one: EffortAssessment, _ words: EffortWords) -> RichText {
        let flag = one.flags.first { flag in
            switch flag {
            case .goalMoved, .historyChanged, .editedPastHistory, .guardWorse, .tooManyAtOnce: true
            default: false
            }
        }
        return RichText(marked: "\(words.reason)." + (flag.map { " **\(words.sentence($0))**" } ?? ""))
    }

    static func foot(_ one: EffortAssessment) -> [String] {
        guard let result = one.result else { return [EffortsFoot.limits] }
        let level = (result.look.level * 100).shown(1)
        return [EffortsFoot.limits, say("Likely ranges at this look: \(level) %.")]
    }

    static func nothing(_ context: ReportContext, _ setting: PageSetting, _ ledger: FigureLedger) -> DrawnPage {
        let headline = say("No such effort is written down")
        let feet = PageFeet(context: context, setting: setting, tables: [])
        var layout = setting.layout(
            context, headline: headline, sentence: say("A change is a file in efforts/."),
            footer: feet.footer(first: [], ledger: ledger))
        layout.add(rows: [
            PageRow(
                .init(
                    span: 12,
                    Block(
                        say("What this page needs"),
                        plate: NoticePlate(
                            RichText(marked: say("Name an effort: **kpi report change DIR --effort NAME**.")), showsFrame: false))))
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }
}
