import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// Who turns visits into sales? Advisors and salespeople against their colleagues, the dedicated person against the others.
enum WhoTurnsPage: ReportPage {
    static let tables: [ReportTable] = [
        .visits, .visitsByStore, .visitsByAdvisor, .visitsByWorkplace, .funnelByOwner, .dedicated,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.serviceVisits), context.header.has(.sales) else {
            return ConversionMissing.page(context, setting, say("nobody can tell who turns visits into sales")).draw(
                ledger)
        }
        let outcomes = VisitOutcomes(context)
        let visits = FinishedVisits(outcomes)
        let page = setting.number
        let named = setting.definition[.named]
        let advisors = Colleagues(context, ColleaguesOf.advisors(visits))
        let sellers = Colleagues(context, ColleaguesOf.sellers(visits))
        var groups: [(Colleagues, ColleaguesPanel.Kind)] = [(advisors, .advisors), (sellers, .sellers)]
        if context.request.store == nil, context.header.stores.count > 1 {
            groups.insert((Colleagues(context, ColleaguesOf.stores(visits), names: ColleaguesOf.storeNames(context)), .stores), at: 0)
        }
        var plots: [PageRow.Cell] = []
        for (people, kind) in groups {
            let panel = ColleaguesPanel(
                colleagues: people, visits: visits, limit: named, kind: kind, isNarrow: groups.count > 2)
            plots.append(.init(span: 12 / groups.count, panel.block(page: page, ledger: &ledger)))
        }
        let blocks = [
            DedicatedPanel(context, month: outcomes.newest).block(page: page, ledger: &ledger),
            WorkplaceSalesPanel(visits: visits).block(page: page, ledger: &ledger),
            WorthATalkPanel(advisors: advisors, sellers: sellers, limit: named).block(),
        ]
        let headline = WhoTurnsHeadline(visits: visits, advisors: advisors, sellers: sellers)
        let feet = PageFeet(context: context, setting: setting, tables: [.serviceVisits, .sales, .leads, .people])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: [ConversionWords.foot(outcomes)], ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1.2), cells: plots),
            PageRow(height: .weight(1), .init(span: 4, blocks[0]), .init(span: 4, blocks[1]), .init(span: 4, blocks[2])),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }
}

/// What the page says in its first two lines.
struct WhoTurnsHeadline {
    let visits: FinishedVisits
    let advisors: Colleagues
    let sellers: Colleagues
    private var context: ReportContext { visits.context }

    var text: String {
        guard visits.months != nil else { return ConversionWords.tooNew(visits.outcomes) }
        let best = advisors.far(isGood: true) + sellers.far(isGood: true)
        let worst = advisors.far(isGood: false) + sellers.far(isGood: false)
        if best.isEmpty, worst.isEmpty {
            let compared = advisors.members.count + sellers.members.count
            return compared == 0
                ? say("Too few visits by person to compare anybody") : say("Nobody stands out beyond chance")
        }
        if best.count == 1, worst.isEmpty {
            return say("\(best[0].name) turns more visits into sales than chance explains")
        }
        if worst.count == 1, best.isEmpty {
            return say("\(worst[0].name) turns fewer visits into sales than chance explains")
        }
        if worst.isEmpty { return say("\(best.count) above what chance explains") }
        if best.isEmpty { return say("\(worst.count) below what chance explains") }
        return say("\(best.count) above and \(worst.count) below what chance explains")
    }

    var sentence: RichText {
        guard visits.months != nil else { return say("People are compared over finished months.") }
        return RichText(
            say("""
                \(Words.counted(advisors.members.count, "advisor", "advisors")) and \
                \(Words.counted(sellers.members.count, "salesperson", "salespeople")) with \(Words.count(context.minimumN)) or more, \
                \(visits.words). Only who lies outside the curves is named.
                """))
    }
}
