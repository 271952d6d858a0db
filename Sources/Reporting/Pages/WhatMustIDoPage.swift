import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// What must I do? Four figures that matter, what the rules ask for, and what changed.
enum WhatMustIDoPage: ReportPage {
    static let tables: [ReportTable] = [
        .sales, .salesByRelation, .visits, .funnel, .dedicated, .responses, .responsesByChannel, .responsesByDay,
        .responsesByWeekday, .adjustedByChannel, .outages, .outagesBySystem, .outagesOfMonth, .volumesByChannel,
        .remediesByRung,
    ]

    private static let tileHeight = 156.0

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        let page = setting.number
        let back = setting.definition[.months]
        let findings = RuleFindings(context)
        let sales = SalesTile(context, back: back)
        let answered = AnsweredTile(findings.answers, back: back)
        let unanswered = UnansweredTile(findings.answers, findings.focus, back: back)
        let outage = OutageTile(context, findings.outages, back: back)
        let fired = ActionRules.fired(findings)
        let tiles = [
            sales.block(page: page, ledger: &ledger), answered.block(page: page, ledger: &ledger),
            unanswered.block(page: page, ledger: &ledger), outage.block(page: page, ledger: &ledger),
        ]
        let changes = ChangesPanel(findings: findings, sales: sales, outage: outage).block(page: page, ledger: &ledger)
        let series = [sales.series, answered.series, unanswered.series, outage.series]
        let headline = WhatMustIDoHeadline(
            findings: findings, sales: sales, unanswered: unanswered,
            isFirstMonth: !series.contains { $0.hasHistory }, fired: fired.count)
        let sheet = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: PageFooter(first: "", second: "", page: page, pages: setting.pages))
        // Upright the tiles stand two a row, and each panel has the whole width.
        let isUpright = sheet.format.isPortrait
        let tiled = (tileHeight + PageLayout.rowGap) * (isUpright ? 2 : 1)
        let room = sheet.contentBottom - sheet.contentTop - tiled 
        let actions = ActionsPanel(
            context: context, setting: setting, findings: findings, fired: fired,
            width: sheet.format.width(span: isUpright ? 12 : 8), height: room, pen: sheet.pen
        ).block(page: page, ledger: &ledger)
        let feet = PageFeet(
            context: context, setting: setting,
            tables: [.serviceVisits, .sales, .leads, .messages, .conversations, .outages])
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: feet.footer(first: footNotes(findings), ledger: ledger))
        layout.add(rows: [
            PageRow(height: .points(tileHeight), cells: tiles.map { PageRow.Cell(span: 3, $0) }),
            PageRow(height: .weight(1), .init(span: 8, actions), .init(span: 4, changes)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    private static func footNotes(_ findings: RuleFindings) -> [String] {
        var notes: [String] = []
        if findings.answers.all.conversations > 0 {
            notes.append(
                say("Unanswered: no person’s answer by \(Words.day(findings.answers.asOfDay)); earlier months had longer to get one."))
        }
        if !findings.context.header.audits.isEmpty { notes.append(Colours.named(say("Orange with triangle: off target."))) }
        return notes
    }
}
