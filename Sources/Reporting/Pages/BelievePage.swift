import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// Can I believe it? What was read, what it covers, what was set aside, and what the words mean.
enum BelievePage: ReportPage {
    /// Of the height between headline and footer.
    private static let upperShare = 0.535

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        let coverage = CoveragePanel(context)
        let setAside = SetAsidePanel(context)
        // This page's own figures explain themselves.
        let printed = Set(ledger.entries.map(\.id.code))
        let headline = BelieveHeadline(context: context, coverage: coverage, setAside: setAside)
        let aside = setAside.block(page: setting.number, ledger: &ledger)
        let match = MatchPanel(context).block(page: setting.number, ledger: &ledger)
        var layout = PageLayout(
            format: setting.format, theme: setting.theme, measurer: setting.measurer,
            header: PageHeader(
                question: "\(setting.number)  \(setting.definition.question)", headline: headline.text,
                sentence: headline.sentence, place: context.place, period: Words.month(context.month)),
            footer: footer(context, setting, setAside, ledger))
        let room = layout.format.contentBottom - layout.contentTop - 18
        let upper = room * upperShare
        let words = WordsPanel(context: context, printed: printed).block(
            width: layout.format.width(span: 4), height: room - upper - 24, pen: layout.pen)
        let coverageBlock = coverage.block(width: layout.format.width(span: 8), height: upper, pen: layout.pen)
        layout.add(rows: [
            PageRow(
                height: .points(upper), .init(span: 8, coverageBlock),
                .init(span: 4, MadeFromPanel(context: context).block())),
            PageRow(height: .points(room - upper), .init(span: 4, aside), .init(span: 4, match), .init(span: 4, words)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    /// Every export's end stands on the page, so the footer does not repeat them.
    private static func footer(
        _ context: ReportContext, _ setting: PageSetting, _ setAside: SetAsidePanel, _ ledger: FigureLedger
    ) -> PageFooter {
        let stores = context.request.store == nil ? "" : " The exports are those of all stores."
        let codes = ledger.codes(page: setting.number)
        return PageFooter(
            first: (context.header.audits.isEmpty
                ? "" : "As of \(Words.dayAndYear(context.header.asOfDay)), end of day, fixed before anything is split. ")
                + "Nothing reads the machine’s clock.\(stores)",
            second: "\(Words.counted(setAside.rowsRead, "row", "rows")) read from "
                + "\(Words.counted(context.header.audits.count, "export", "exports")). Every figure’s id, likely range and "
                + "method: the figures file beside this report" + (codes.isEmpty ? "." : "; here \(codes.joined(separator: ", "))."),
            page: setting.number, pages: setting.pages)
    }
}
