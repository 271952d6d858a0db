import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// What does it bring, and do we see the same customer? Gross of the sales from service, and how much of service is known
/// to sales.
enum WhatItBringsPage: ReportPage {
    static let tables: [ReportTable] = [
        .sales, .salesByRelation, .volumes, .visits, .funnel, .grossByTouch, .customerMatch, .prospectCoverage, .wayBack,
    ]

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard context.header.has(.serviceVisits), context.header.has(.sales) else {
            return ConversionMissing.page(context, setting, say("nobody can tell what service brings")).draw(ledger)
        }
        let page = setting.number
        let gross = GrossPanel(context)
        let match = MatchPanelOverMonths(context: context)
        let waterfall = GrossWaterfallPanel(gross: gross, perVisit: GrossPerVisit(VisitOutcomes(context)))
            .block(page: page, ledger: &ledger)
        let months = GrossOverMonthsPanel(context: context).block(page: page, ledger: &ledger)
        let touch = TouchPanel(context: context).block(page: page, ledger: &ledger)
        let seen = [
            match.block(page: page, ledger: &ledger),
            CoverageOverMonthsPanel(context: context).block(page: page, ledger: &ledger),
            WayBackPanel(context: context).block(page: page, ledger: &ledger),
        ]
        let headline = WhatItBringsHeadline(gross: gross, match: match)
        let feet = PageFeet(context: context, setting: setting, tables: [.serviceVisits, .sales, .customers, .leads, .appointments])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: [foot(context)], ledger: ledger))
        layout.add(rows: [
            PageRow(
                height: .weight(1.25), .init(span: 7, waterfall), .init(span: 5, blocks: [months, touch].compactMap { $0 })),
            PageRow(height: .weight(1), cells: seen.map { .init(span: 4, $0) }),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    private static func foot(_ context: ReportContext) -> String {
        let days = context.settings.conversion.windowDays
        return context.settings.conversion.credit == .lastTouch
            ? say("By month of sale. Window \(days) days, credited to the last visit.")
            : say("By month of sale. Window \(days) days, credited to the first visit.")
    }
}

/// What the page says in its first two lines.
struct WhatItBringsHeadline {
    let gross: GrossPanel
    let match: MatchPanelOverMonths
    private var context: ReportContext { gross.context }

    var text: String {
        let month = Words.monthName(context.month)
        let all = gross.together
        guard all.sales > 0 else { return say("No sale of \(month) came from service") }
        let sales = Words.counted(all.sales, "sale", "sales")
        guard all.withGross > 0 else { return say("\(sales) from service in \(month); gross is not exported") }
        let gross = Words.money(all.gross, context.settings)
        return say(
            all.sales, "\(Words.count(all.sales)) sale from service brought \(gross) in \(month)",
            "\(Words.count(all.sales)) sales from service brought \(gross) in \(month)")
    }

    var sentence: RichText {
        var parts: [String] = []
        if let each = gross.together.perSale(gross.together.gross) {
            parts.append(say("\(Words.money(each, context.settings)) a sale."))
        }
        if let share = match.now, share.trials >= context.minimumN, let value = share.estimate {
            parts.append(
                say("**Sales knows \(Words.share(value)) of \(Words.monthName(context.month))’s service customers.**"))
        }
        return RichText(marked: parts.joined(separator: " "))
    }
}
