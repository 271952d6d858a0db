import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// How did each store do? A tile a store, answered in time and visits that bought by month, all on the same scales.
enum StoresOverTimePage: ReportPage {
    static let tables: [ReportTable] = [.visits, .responsesByStore, .visitsByStore]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard StoreComparison.isPossible(context) else { return StoreComparison.missing(context, setting).draw(ledger) }
        let comparison = StoreComparison(context)
        let tiles = StoreTiles(comparison: comparison)
        let block = tiles.block(page: setting.number, ledger: &ledger)
        let headline = tiles.headline
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations, .serviceVisits, .sales])
        var layout = setting.layout(
            context, headline: headline, sentence: tiles.sentence,
            footer: feet.footer(
                first: [say("\(Words.counted(context.header.stores.count, "store", "stores")).")], ledger: ledger))
        layout.add(rows: [PageRow(.init(span: 12, block))])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }
}

/// Each store's months.
struct StoreTiles {
    let comparison: StoreComparison
    private var context: ReportContext { comparison.context }
    private var finished: Set<Month> { Set(comparison.visits.outcomes.finished) }

    /// By month; nothing where too few were judged, and no sales of months that are too new.
    private func share(_ figure: StorePlotPanel.Figure, _ store: String, _ month: Month) -> Proportion? {
        switch figure {
        case .answers: return context.answeredInTime(.responsesByStore, context.at(month, [.store: store]))
        case .sales:
            let slice = context.at(month, [.store: store])
            guard finished.contains(month), let visits = context.count(.visitsByStore, "visits", slice),
                let bought = context.count(.visitsByStore, "converted", slice), bought <= visits
            else { return nil }
            return Proportion(successes: bought, trials: visits)
        }
    }

    private func line(_ figure: StorePlotPanel.Figure, _ store: String, tone: Tone?) -> SparkTilesPlate.Line {
        let shares = context.months.map { share(figure, store, $0) }
        let readings = shares.map { share -> Reading in
            guard let share, share.trials > 0 else { return .missing(say("none", context: "nothing to show")) }
            guard share.trials >= context.minimumN, let value = share.estimate else {
                return .tooFew(Words.tooFew(share.trials, of: context.minimumN))
            }
            return .value(value * 100)
        }
        let last = shares.indices.last { readings[$0].number != nil }.flatMap { shares[$0]?.estimate }
        let text = last.map { Words.share($0, decimals: figure == .answers ? 0 : 1) } ?? say("too few", context: "figure")
        return SparkTilesPlate.Line(
            figure == .answers ? say("Answered in time") : say("Visits that bought"), readings,
            value: Label(text, last == nil ? .quiet : tone, bold: last == nil ? false : nil))
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let helped = (Set(comparison.answers.helped.map(\.identifier)), Set(comparison.sales.helped.map(\.identifier)))
        let praised = Set((comparison.answers.praised + comparison.sales.praised).map(\.identifier))
        let stores = Dictionary(
            context.header.stores.map { ($0.identifier, StoreStanding.name($0)) }, uniquingKeysWith: { first, _ in first })
        let tiles = comparison.order.map { store -> SparkTilesPlate.Tile in
            let name = stores[store] ?? store
            let isBad = helped.0.contains(store) || helped.1.contains(store)
            let title = isBad ? Label.bad(name) : praised.contains(store) ? Label(name, cue: .up) : Label(name)
            note(store, name, page: page, &ledger)
            return SparkTilesPlate.Tile(
                title, [
                    line(.answers, store, tone: helped.0.contains(store) ? .bad : nil),
                    line(.sales, store, tone: helped.1.contains(store) ? .bad : nil),
                ])
        }
        let plate = SparkTilesPlate(tiles)
        return Block(headlineOfBlock, sub: sub(plate.scales), plate: plate)
    }

    private func note(_ store: String, _ name: String, page: Int, _ ledger: inout FigureLedger) {
        for month in context.months {
            if let share = share(.answers, store, month), share.trials >= context.minimumN {
                ledger.note(
                    page: page, context.figure("RESP-02", month, [.store: store]),
                    "Answered in time, \(name), \(Words.month(month))", share)
            }
            if let share = share(.sales, store, month), share.trials >= context.minimumN {
                ledger.note(
                    page: page, context.figure("S2S-02", month, [.store: store]),
                    "Visits that bought, \(name), \(Words.month(month))", share)
            }
        }
    }

    private var headlineOfBlock: String { say("Answered in time above, visits that bought below") }

    private func sub(_ scales: [ClosedRange<Double>]) -> String {
        guard scales.count == 2, let first = context.months.first else { return "" }
        let upper = "\(scales[0].lowerBound.shown(0))–\(scales[0].upperBound.shown(0)) %"
        let lower = "\(scales[1].lowerBound.shown(1))–\(scales[1].upperBound.shown(1)) %"
        return say("""
            \(Words.month(first)) to \(Words.month(context.month)), all tiles alike: above \(upper), below \(lower). Gaps: too few, \
            or too new. The figure is the newest month’s
            """)
    }

    var headline: String {
        let count = context.header.stores.count
        if count < 2 { return say("One store over \(Words.counted(context.months.count, "month", "months"))") }
        return say("\(Words.count(count)) stores over \(Words.counted(context.months.count, "month", "months"))")
    }

    var sentence: RichText {
        let order = comparison.answers.limits == nil && comparison.sales.limits == nil
            ? say("In the order of the roster.")
            : say("Stores that stand out come first, the others in the order of the roster; this is no ranking.")
        return RichText(order)
    }
}
