import Basis
import Dealership
import Definitions
import Drawing
import Measures

/// Can I believe it? What was read, what it covers, what was set aside, and what the words mean.
enum BelievePage: ReportPage {
    static let tables: [ReportTable] = [.sales, .matches, .customerLinks]

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
        var layout = setting.layout(
            context, headline: headline.text, sentence: headline.sentence,
            footer: footer(context, setting, setAside, ledger))
        let madeFrom = MadeFromPanel(context: context).block()
        if layout.format.isPortrait {
            addUpright(
                to: &layout, coverage, [madeFrom, aside, match], WordsPanel(context: context, printed: printed))
            return DrawnPage(laid: layout.finish(), headline: headline.text)
        }
        let room = layout.contentBottom - layout.contentTop - PageLayout.rowGap
        let upper = room * upperShare
        let words = WordsPanel(context: context, printed: printed).block(
            width: layout.format.width(span: 4), height: room - upper - 24, pen: layout.pen)
        let coverageBlock = coverage.block(width: layout.format.width(span: 8), height: upper, pen: layout.pen)
        // Few exports leave no hole under them: what follows moves up on the left, and the right column goes its own way.
        let wanted = coverageBlock.naturalHeight(width: layout.format.width(span: 8), pen: layout.pen) ?? upper
        let isShort = wanted < upper - 30
        let lower = layout.contentTop + (isShort ? wanted : upper) + PageLayout.rowGap
        let lowerRight = layout.contentTop + upper + PageLayout.rowGap
        let end = isShort ? min(lower + room - upper, layout.contentBottom) : layout.contentBottom
        layout.place(coverageBlock, column: 0, span: 8, top: layout.contentTop, bottom: lower - PageLayout.rowGap)
        if isShort {
            layout.place(aside, column: 0, span: 4, top: lower, bottom: end)
            layout.place(match, column: 4, span: 4, top: lower, bottom: end)
        }
        layout.place(madeFrom, column: 8, span: 4, top: layout.contentTop, bottom: lowerRight - PageLayout.rowGap)
        if !isShort {
            layout.place(aside, column: 0, span: 4, top: lower, bottom: end)
            layout.place(match, column: 4, span: 4, top: lower, bottom: end)
        }
        layout.place(words, column: 8, span: 4, top: lowerRight, bottom: layout.contentBottom)
        return DrawnPage(laid: layout.finish(), headline: headline.text)
    }

    /// Wide panels one under the other, as many exports and words as there are.
    private static func addUpright(
        to layout: inout PageLayout, _ coverage: CoveragePanel, _ panels: [Block], _ words: WordsPanel
    ) {
        let width = layout.format.contentWidth
        let whole = layout.contentBottom - layout.contentTop
        layout.add(rows: [
            PageRow(.init(span: 12, coverage.block(width: width, height: whole * 0.5, pen: layout.pen))),
            PageRow(cells: panels.map { .init(span: 4, $0) }),
            PageRow(.init(span: 12, words.block(width: width, height: whole, pen: layout.pen))),
        ])
    }

    /// Every export's end stands on the page, so the footer does not repeat them.
    private static func footer(
        _ context: ReportContext, _ setting: PageSetting, _ setAside: SetAsidePanel, _ ledger: FigureLedger
    ) -> PageFooter {
        let stores = context.request.store == nil ? "" : say(" The exports are those of all stores.")
        let codes = ledger.codes(page: setting.number)
        let rows = Words.counted(setAside.rowsRead, "row", "rows")
        let exports = Words.counted(context.header.audits.count, "export", "exports", context: "from")
        return PageFooter(
            first: (context.header.audits.isEmpty
                ? "" : say("As of \(Words.asOf(context.header)), fixed before anything is split. "))
                + say("Nothing reads the machine’s clock.\(stores)"),
            second: say("""
                \(rows) read from \(exports). Every figure’s id, likely range and method: the figures file beside \
                this report
                """) + (codes.isEmpty ? "." : say("; here \(codes.joined(separator: ", ")).")),
            page: setting.number, pages: setting.pages)
    }
}
