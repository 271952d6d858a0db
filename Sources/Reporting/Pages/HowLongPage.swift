import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// How long does it take from a visit to a sale? Curves by loyalty and conquest, the months as cohorts, and how the young
/// ones stand to earlier ones at the same age.
enum HowLongPage: ReportPage {
    static let tables: [ReportTable] = [.visits, .visitsByRelation]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.serviceVisits), context.header.has(.sales) else {
            return ConversionMissing.page(context, setting, say("nobody can tell how long it takes")).draw(ledger)
        }
        let outcomes = VisitOutcomes(context)
        let visits = FinishedVisits(outcomes)
        let page = setting.number
        let curves = CurvesPanel(visits: visits)
        let young = YoungMonthsPanel(outcomes: outcomes)
        let blocks = [
            curves.block(page: page, ledger: &ledger), BuyersDaysPanel(visits: visits).block(page: page, ledger: &ledger),
            CohortPanel(outcomes: outcomes).block(page: page, ledger: &ledger), young.block(page: page, ledger: &ledger),
        ]
        let headline = HowLongHeadline(visits: visits, young: young)
        let feet = PageFeet(context: context, setting: setting, tables: [.serviceVisits, .sales])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: [ConversionWords.foot(outcomes)], ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1), .init(span: 8, blocks[0]), .init(span: 4, blocks[1])),
            PageRow(height: .weight(1.12), .init(span: 7, blocks[2]), .init(span: 5, blocks[3])),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }
}

/// What the page says in its first two lines.
struct HowLongHeadline {
    let visits: FinishedVisits
    let young: YoungMonthsPanel
    private var context: ReportContext { visits.context }

    var text: String {
        guard visits.months != nil else { return ConversionWords.tooNew(visits.outcomes) }
        let days = SaleDays(visits.tally(.visitsByRelation), context)
        let buyers = days.buyers
        guard buyers >= context.minimumN, let half = days.day(.median) else {
            return say(
                buyers, "\(Words.count(buyers)) visit ended in a sale: too few to say how long it takes",
                "\(Words.count(buyers)) visits ended in a sale: too few to say how long it takes")
        }
        return half == 0
            ? say("Half of the buyers bought on the day of their visit")
            : say("Half of the buyers had bought by day \(half) after their visit")
    }

    var sentence: RichText {
        var parts: [String] = []
        let days = SaleDays(visits.tally(.visitsByRelation), context)
        if days.buyers >= context.minimumN, let most = days.day(Quantile(numerator: 9, denominator: 10)) {
            parts.append(
                say(
                    "Nine in ten had by day \(most). **A month is judged when its \(visits.outcomes.windowDays) days are over.**"
                ))
        }
        if let words = young.words { parts.append(words) }
        return RichText(marked: parts.joined(separator: " "))
    }
}
