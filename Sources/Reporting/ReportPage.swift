public import Definitions
public import Drawing

/// What one page is drawn with.
public struct PageSetting {
    public var format: PageFormat
    public var theme: Theme
    public var measurer: any TextMeasurer
    /// Counts from 1.
    public var number: Int
    public var pages: Int
    public var definition: PageDefinition
    /// Where the report has the other pages; without an entry it has not got the page.
    public var numbers: [PageKind: Int]

    public init(
        format: PageFormat, theme: Theme, measurer: any TextMeasurer, number: Int, pages: Int, definition: PageDefinition,
        numbers: [PageKind: Int] = [:]
    ) {
        self.format = format
        self.theme = theme
        self.measurer = measurer
        self.number = number
        self.pages = pages
        self.definition = definition
        self.numbers = numbers
    }
}

/// A page answers one question from the context's figures. It notes every figure it prints in the ledger.
protocol ReportPage {
    /// All that the page reads of the context: a report tallies its pages' tables and no others.
    static var tables: [ReportTable] { get }

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage
}

/// A finished page with its headline, for the contents and for whoever asks what a page says.
public struct DrawnPage: Sendable {
    public var laid: LaidPage
    public var headline: String
    public init(laid: LaidPage, headline: String) {
        self.laid = laid
        self.headline = headline
    }
}
