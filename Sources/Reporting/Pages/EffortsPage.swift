import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// All efforts on one page: cards of the open ones, a row each of the others.
enum EffortsPage: ReportPage {
    static let tables: [ReportTable] = []

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        let cards = EffortCards(context)
        guard !cards.ordered.isEmpty else { return nothing(context, setting, ledger) }
        let headline = EffortCards.headline(cards.ordered)
        for one in cards.ordered { EffortCard(one, context).note(page: setting.number, &ledger) }
        let feet = PageFeet(context: context, setting: setting, tables: [])
        var layout = setting.layout(
            context, headline: headline,
            sentence: EffortCards.sentence(cards.ordered, currency: context.settings.currency),
            footer: feet.footer(first: [EffortsFoot.limits, EffortsFoot.open(context)], ledger: ledger))
        let most = setting.definition[.efforts]
        let charts = cards.ordered.prefix(min(most, 3)).map { small($0, context) }
        let table = Block(
            say("Every effort, the open ones first"), sub: say("Its goal, how many verdicts were taken, and what they say"),
            plate: all(cards.ordered, context))
        layout.add(rows: [
            PageRow(height: .weight(1), cells: charts.map { .init(span: 12 / max(charts.count, 1), $0) }),
            PageRow(.init(span: 12, table)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func small(_ one: EffortAssessment, _ context: ReportContext) -> Block {
        let chart = EffortChart(one, currency: context.settings.currency)
        return Block(
            one.effort.name, sub: chart?.title ?? "",
            plate: chart.map { $0.plate(small: true) as any Plate }
                ?? NoticePlate(say("The exports hold no figure of it."), isMissing: true))
    }

    private static func all(_ efforts: [EffortAssessment], _ context: ReportContext) -> TablePlate {
        TablePlate(
            subject: say("Change efforts"),
            columns: [
                .init(say("Effort"), flexible: true), .init(say("Goal")), .init(say("Look")), .init(say("Before and since")),
                .init(say("Verdict")), .init(say("Flag")),
            ],
            rows: efforts.map { one in
                let words = EffortWords(one, currency: context.settings.currency)
                let flags = one.flags.filter { if case .approximate = $0 { false } else { true } }
                let flag = flags.first.map { words.short($0) + (flags.count > 1 ? " +\(flags.count - 1)" : "") } ?? ""
                return .row([
                    Label(one.effort.name), Label(EffortScope(one, context).goalWords, .ink), Label(words.look, .ink),
                    Label(words.levels, .ink), words.tableLabel, Label(flag, .ink),
                ])
            }, rowHeight: 17, goesOn: true)
    }

    private static func nothing(
        _ context: ReportContext, _ setting: PageSetting, _ ledger: FigureLedger
    ) -> DrawnPage {
        let headline = say("No change effort is written down")
        let feet = PageFeet(context: context, setting: setting, tables: [])
        var layout = setting.layout(
            context, headline: headline, sentence: say("What is tried without being written down cannot be judged."),
            footer: feet.footer(first: [], ledger: ledger))
        layout.add(rows: [
            PageRow(
                .init(
                    span: 12,
                    Block(
                        say("What this page needs"),
                        plate: NoticePlate(
                            RichText(marked: say("""
                                A file a change in **efforts/**, and **kpi effort open** before it starts; \
                                `kpi sample` writes examples.
                                """)), showsFrame: false))))
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }
}
