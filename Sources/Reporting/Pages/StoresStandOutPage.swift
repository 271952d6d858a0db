import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// Which stores stand out? Shares against how many stand behind them, with limits; in words what these support.
enum StoresStandOutPage: ReportPage {
    static let tables: [ReportTable] = [.visits, .responsesByStore, .visitsByStore]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard StoreComparison.isPossible(context) else { return StoreComparison.missing(context, setting).draw(ledger) }
        let comparison = StoreComparison(context)
        let limit = setting.definition[.named]
        let answers = StorePlotPanel(comparison: comparison, figure: .answers, limit: limit)
        let sales = StorePlotPanel(comparison: comparison, figure: .sales, limit: limit)
        let page = setting.number
        let plots = [answers.plot(page: page, ledger: &ledger), sales.plot(page: page, ledger: &ledger)]
        let headline = StoresHeadline(comparison: comparison)
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations, .serviceVisits, .sales])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: [headline.foot], ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1.5), .init(span: 6, plots[0]), .init(span: 6, plots[1])),
            PageRow(height: .weight(1), .init(span: 6, answers.list()), .init(span: 6, sales.list())),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }
}

/// What pages on stores say in their first two lines.
struct StoresHeadline {
    let comparison: StoreComparison
    private var context: ReportContext { comparison.context }
    private var all: [StoreStanding] { [comparison.answers, comparison.sales].filter { $0.limits != nil } }

    var text: String {
        if context.header.stores.count < 2 { return say("One store: nothing to hold it against") }
        if all.isEmpty { return say("Too few to hold stores against each other") }
        let low = Set(all.flatMap(\.helped).map(\.identifier)).count
        let high = Set(all.flatMap(\.praised).map(\.identifier)).count
        let parts = [
            low == 0 ? "" : say(low, "one store needs help", "\(low) stores need help"),
            high == 0 ? "" : low == 0
                ? say(high, "one store is worth learning from", "\(high) stores are worth learning from")
                : say(high, "one is worth learning from", "\(high) are worth learning from"),
        ].filter { !$0.isEmpty }
        return parts.isEmpty
            ? say("No store stands out from the others") : Words.capitalised(parts.joined(separator: ", "))
    }

    var sentence: RichText {
        guard !all.isEmpty else { return RichText(say("What is needed stands below.")) }
        var parts: [String] = []
        if comparison.answers.limits != nil {
            parts.append(say("All stores answer **\(Words.share(comparison.answers.centre)) in time**."))
        }
        if comparison.sales.limits != nil {
            parts.append(say("Of all visits **\(Words.share(comparison.sales.centre, decimals: 1)) bought**."))
        }
        parts.append(say("Only a store beyond the solid curve differs by more than chance and what is usual between stores; this is no ranking."))
        return RichText(marked: parts.joined(separator: " "))
    }

    var foot: String {
        say("\(Words.counted(context.header.stores.count, "store", "stores")). Curves: 1 in 20 and 1 in 500 by chance (Spiegelhalter 2005).")
    }
}
