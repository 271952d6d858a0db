public import Basis
public import Drawing

/// A report as one web page: nothing is loaded from elsewhere and no script runs.
public struct HTMLReport: Sendable {
    public struct Page: Sendable {
        /// As printed, and as links name it.
        public var number: Int
        public var header: PageHeader
        /// As of when, and from what.
        public var feet: [String]
        public var panels: [PagePanel]

        public init(number: Int, header: PageHeader, feet: [String], panels: [PagePanel]) {
            self.number = number
            self.header = header
            self.feet = feet
            self.panels = panels
        }
    }

    public var info: DocumentInfo
    public var pages: [Page]
    /// What stands over the list of pages.
    public var contents: String

    public init(info: DocumentInfo, pages: [Page], contents: String = "Contents") {
        self.info = info
        self.pages = pages
        self.contents = contents
    }
}

/// Headlines, sentences and tables as text, drawings as SVG with real text: each drawing once as wide as on paper and
/// once for narrow screens.
///
/// - Returns: UTF-8.
/// - Throws: `glyph-missing`.
public func renderHTML(_ report: HTMLReport, measurer: PangoMeasurer) throws(Rejection) -> Checked<[UInt8]> {
    var writer = HTMLWriter(report: report, measurer: measurer)
    try writer.write()
    return Checked(Array(writer.out.utf8))
}

struct HTMLWriter {
    let report: HTMLReport
    let measurer: PangoMeasurer
    var out = ""

    mutating func write() throws(Rejection) {
        let info = report.info
        out = """
            <!DOCTYPE html>
            <html lang="\(markup(info.language))">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(markup(info.title))</title>
            <meta name="generator" content="\(DocumentInfo.creator)">
            <link rel="icon" href="data:,">
            <style>
            \(HTMLStyle.sheet(theme, measurer.families))
            </style>
            </head>
            <body>
            <header class="top">
            <h1>\(markup(info.title))</h1>
            </header>

            """
        if report.pages.count > 1 { writeContents() }
        out += "<main>\n"
        for page in report.pages { try write(page, number: page.number) }
        out += "</main>\n</body>\n</html>\n"
    }

    private var theme: Theme { report.pages.lazy.compactMap(\.panels.first).first?.theme ?? .standard }

    private mutating func writeContents() {
        out += "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">\(markup(report.contents))</h2>\n<ol>\n"
        for page in report.pages {
            out += "<li><a href=\"#p\(page.number)\">\(HTMLText.glued(page.header.headline))</a></li>\n"
        }
        out += "</ol>\n</nav>\n"
    }

    private mutating func write(_ page: HTMLReport.Page, number: Int) throws(Rejection) {
        let header = page.header
        out += "<section class=\"page\" aria-labelledby=\"p\(number)\">\n"
        out += "<p class=\"question\">\(markup(header.question))"
        let from = [header.place, header.period].filter { !$0.isEmpty }.map(markup).joined(separator: ", ")
        out += from.isEmpty ? "</p>\n" : " <span>\(from)</span></p>\n"
        out += "<h2 id=\"p\(number)\">\(HTMLText.glued(header.headline))</h2>\n"
        if !header.sentence.isEmpty { out += "<p class=\"sentence\">\(HTMLText.rich(header.sentence))</p>\n" }
        out += "<div class=\"panels\">\n"
        let content = (page.panels.map(\.area.maxX).max() ?? 1) - (page.panels.map(\.area.x).min() ?? 0)
        for (index, panel) in page.panels.enumerated() {
            try write(panel, number: index + 1, page: number, content: content)
        }
        out += "</div>\n"
        let feet = page.feet.filter { !$0.isEmpty }
        if !feet.isEmpty { out += "<footer>" + feet.map { "<p>\(HTMLText.glued($0))</p>" }.joined() + "</footer>\n" }
        out += "</section>\n"
    }

    /// How wide a drawing is on a narrow screen, in points: 357 of the 390 pixels that a small telephone has.
    static let narrow = 268.0

    private mutating func write(_ panel: PagePanel, number: Int, page: Int, content: Double) throws(Rejection) {
        let block = panel.block
        let wide = panel.drawing(measurer: measurer)
        try checkGlyphs(wide, page: page, measurer: measurer)
        let slug = LaidPage.slug(page: page, panel: number, title: panel.title(measurer: measurer))
        // Of twelve columns with gutters between them, as on paper.
        let gutter = PageFormat.a4Landscape.gutter
        let span = min(max(Int(((panel.area.width + gutter) / (content + gutter) * 12).rounded()), 1), 12)
        out += "<section class=\"panel s\(span)\(block.signal ? " signal" : "")\" id=\"\(slug)\">\n"
        if !block.finding.isEmpty { out += "<h3>\(HTMLText.glued(block.finding))</h3>\n" }
        if !block.sub.isEmpty { out += "<p class=\"sub\">\(HTMLText.glued(block.sub))</p>\n" }
        out += HTMLBody(
            wide: wide, narrow: narrowDrawing(panel), title: block.finding, theme: panel.theme,
            families: measurer.families
        ).text
        if !block.note.isEmpty { out += "<p class=\"note\">\(HTMLText.rich(block.note))</p>\n" }
        out += "</section>\n"
    }

    /// Drawn anew for narrow screens; nil where the page's own is as narrow, or where the narrow one cannot be read.
    private func narrowDrawing(_ panel: PagePanel) -> Frame? {
        guard abs(panel.area.width - HTMLWriter.narrow) > HTMLWriter.narrow * 0.1 else { return nil }
        let frame = panel.drawing(width: HTMLWriter.narrow, measurer: measurer)
        return PageFaults(frame, margin: 0).all.contains { $0.kind != .struck } ? nil : frame
    }
}

enum HTMLText {
    /// Text for HTML in which a number is not parted from what it counts: `80.7 %`, `31 h 08`.
    static func glued(_ text: String) -> String {
        var out = ""
        for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            if index > 0 {
                let isUnit = ["%", "h,", "h.", "min"].contains { word.hasPrefix($0) } || word == "h"
                let follows = out.last?.isNumber ?? false
                let isMinutes = out.hasSuffix("\u{A0}h") && (word.first?.isNumber ?? false)
                out += (isUnit && follows) || isMinutes ? "\u{A0}" : " "
            }
            out += word
        }
        return markup(out)
    }

    static func rich(_ text: RichText) -> String {
        text.runs.map { run in
            let words = glued(run.text)
            let toned = run.tone == .bad ? "<span class=\"bad\">\(words)</span>" : words
            return run.emphasised ? "<strong>\(toned)</strong>" : toned
        }.joined()
    }
}
