import Basis
import Dealership
import Definitions
import Drawing

/// A page without its data: it says what to export, and does not vanish.
struct MissingPage {
    let context: ReportContext
    let setting: PageSetting
    let headline: String
    let sentence: RichText
    /// What the page needs, in the order of its panels.
    let needs: [MissingExports.Need]
    /// The tables whose exports the page reads although most of it is missing.
    var reads: [StandardTable] = []
    /// What can be said without.
    var below: [PageRow] = []

    func draw(_ ledger: FigureLedger) -> DrawnPage {
        let feet = PageFeet(context: context, setting: setting, tables: reads)
        var layout = setting.layout(
            context, headline: headline, sentence: sentence, footer: feet.footer(first: [], ledger: ledger))
        let missing = MissingExports(context: context, needs: needs)
        let block = missing.block(finding: say("What this page needs"), isNarrow: setting.format.isPortrait)
        layout.add(rows: [PageRow(.init(span: 12, block))] + below)
        return DrawnPage(laid: layout.finish(), headline: headline)
    }
}

extension PageSetting {
    /// The page's sheet: its question, what it answers, whose it is and of which month.
    func layout(
        _ context: ReportContext, headline: String, sentence: RichText, footer: PageFooter
    ) -> PageLayout {
        PageLayout(
            format: format, theme: theme, measurer: measurer,
            header: PageHeader(
                question: "\(number)  \(say(text: definition.question))", headline: headline, sentence: sentence,
                place: context.place, period: Words.month(context.month)),
            footer: footer)
    }
}
