import Definitions
import Drawing

/// To come.
enum DidItWorkPage: ReportPage {
    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        let headline = "To come"
        let layout = PageLayout(
            format: setting.format, theme: setting.theme, measurer: setting.measurer,
            header: PageHeader(
                question: "\(setting.number)  \(setting.definition.question)", headline: headline, sentence: "",
                place: context.place, period: Words.month(context.month)),
            footer: PageFooter(first: "", second: "", page: setting.number, pages: setting.pages))
        return DrawnPage(laid: layout.finish(), headline: headline)
    }
}
