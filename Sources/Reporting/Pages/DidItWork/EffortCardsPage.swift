import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// Page 6 with efforts: a card each, and below what else was tried, and rewards.
struct EffortCardsPage {
    let context: ReportContext
    let setting: PageSetting

    init(_ context: ReportContext, _ setting: PageSetting) {
        self.context = context
        self.setting = setting
    }

    func draw(_ ledger: inout FigureLedger) -> DrawnPage {
        let cards = EffortCards(context)
        let shown = Array(cards.ordered.prefix(min(setting.definition[.efforts], 4)))
        let others = Array(cards.ordered.dropFirst(shown.count))
        let blocks = shown.map { EffortCard($0, context).block(page: setting.number, &ledger) }
        let headline = EffortCards.headline(shown)
        let rewards = DidItWorkPage.rewardsBlock(context, setting, showsPoints: false, &ledger)
        let feet = PageFeet(context: context, setting: setting, tables: tables(shown))
        var layout = setting.layout(
            context, headline: headline, sentence: EffortCards.sentence(shown, currency: context.settings.currency),
            footer: feet.footer(first: [EffortsFoot.limits, EffortsFoot.open(context)], ledger: ledger))
        let span = 12 / max(blocks.count, 1)
        var cells = blocks.map { PageRow.Cell(span: min(span, 6), $0) }
        if blocks.count == 1 { cells.append(.init(span: 6, written(shown[0]))) }
        let below = others.isEmpty
            ? PageRow(.init(span: 12, rewards)) : PageRow(.init(span: 7, more(others)), .init(span: 5, rewards))
        layout.add(rows: [PageRow(height: .weight(1), cells: cells), below])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    /// The exports that the goals are taken from.
    private func tables(_ shown: [EffortAssessment]) -> [StandardTable] {
        let needs = Set(shown.flatMap { $0.effort.goal.measure.request.entry.needs })
        return StandardTable.allCases.filter { needs.contains($0.rawValue) }
    }

    private func more(_ others: [EffortAssessment]) -> Block {
        let most = 5
        let rest = others.count - most
        return Block(
            say("What else was tried"), sub: rest > 0 ? say("The last \(most) of \(others.count); kpi report efforts has all") : "",
            plate: EffortCards.table(Array(others.prefix(most)), currency: context.settings.currency))
    }

    /// Beside a single card: what was written down.
    private func written(_ one: EffortAssessment) -> Block {
        Block(say("What was written down before it started"), plate: PointsPlate(points: EffortScope(one, context).points))
    }
}

/// What the foot of a page on efforts says.
enum EffortsFoot {
    static var limits: String {
        say("Limits allow for several looks: false alarms are counted per effort, not per month.")
    }

    static func open(_ context: ReportContext) -> String {
        guard let cut = context.efforts.first?.cut else { return "" }
        let open = context.efforts.count { $0.record.isOpen(on: cut) }
        return say("\(Words.counted(open, "effort", "efforts")) open, limit \(context.settings.efforts.mostAtOnce).")
    }
}
