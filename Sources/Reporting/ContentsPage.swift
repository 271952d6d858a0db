import Basis
import Dealership
import Definitions
public import Drawing

/// The first page of a report that wants one: every page's question and headline, with where it begins.
struct ContentsPage {
    let definition: ReportDefinition
    let context: ReportContext
    let format: PageFormat
    let theme: Theme
    let measurer: any TextMeasurer

    /// - Parameters:
    ///   - firsts: where each page begins.
    ///   - sheets: of the whole report.
    func draw(_ pages: [DrawnPage], firsts: [Int], of sheets: Int) -> DrawnPage {
        let entries = zip(pages, firsts).map { page, first in
            ContentsPlate.Entry(page: first, question: page.laid.header?.question ?? "", headline: page.headline)
        }
        return draw(entries, of: sheets)
    }

    /// A list of many pages takes several sheets: as many however its lines read.
    var sheetCount: Int {
        let entries = definition.pages.map { ContentsPlate.Entry(page: 1, headline: $0.question) }
        return draw(entries, of: 1).laid.sheets.count
    }

    private func draw(_ entries: [ContentsPlate.Entry], of sheets: Int) -> DrawnPage {
        let opening = context.header.audits.isEmpty ? "" : say("As of \(Words.asOf(context.header)).")
        let headline = "\(context.place), \(Words.month(context.month))"
        var layout = PageLayout(
            format: format, theme: theme, measurer: measurer,
            header: PageHeader(
                question: Report.contentsTitle, headline: headline, sentence: RichText(say(text: definition.title)), place: context.place,
                period: Words.month(context.month)),
            footer: PageFooter(first: opening, second: "", page: 1, pages: sheets))
        layout.add(rows: [PageRow(.init(span: 12, Block("", plate: ContentsPlate(entries))))])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }
}

extension Report {
    /// What stands over a list of pages.
    public static var contentsTitle: String { say("Contents") }
}

extension DrawnPage {
    /// The page for a web page.
    public var web: (header: PageHeader, feet: [String], panels: [PagePanel])? {
        laid.header.map { ($0, [laid.footer?.first ?? "", laid.footer?.second ?? ""], laid.panels) }
    }
}
