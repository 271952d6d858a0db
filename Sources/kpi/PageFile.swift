import Basis
import Drawing
import Ink
import Reporting

/// Pages become files here and nowhere else: each is first held to what a page must keep, and one that cannot be read
/// ends the run before anything is written.
enum PageFile {
    static func pdf(
        _ pages: [DrawnPage], info: DocumentInfo, measurer: PangoMeasurer
    ) throws(Rejection) -> Checked<[UInt8]> {
        let sheets = pages.flatMap(\.laid.sheets)
        // Screen readers pronounce by it, whichever command made the pages.
        var info = info
        info.language = Speech.book.language
        var document = PDFPages(pageCount: sheets.count, info: info, measurer: measurer)
        for sheet in sheets { try document.add(sheet) }
        return try document.finish()
    }

    static func png(
        _ frame: Frame, page: Int, margin: Double = 36, dpi: Double, measurer: PangoMeasurer
    ) throws(Rejection) -> Checked<[UInt8]> {
        let notes = try checkSound(frame, page: page, margin: margin)
        let png = try renderPNG(frame, dpi: dpi, measurer: measurer)
        return Checked(png.value, notes + png.diagnostics)
    }

    static func svg(
        _ frame: Frame, page: Int, margin: Double = 36, title: String, measurer: PangoMeasurer
    ) throws(Rejection) -> Checked<[UInt8]> {
        let notes = try checkSound(frame, page: page, margin: margin)
        try checkGlyphs(frame, page: page, measurer: measurer)
        return Checked(Array(renderSVG(frame, title: title, families: measurer.families).utf8), notes)
    }

    /// A web page of panels, whose sheets are held to the same.
    static func html(
        _ pages: [DrawnPage], info: DocumentInfo, measurer: PangoMeasurer
    ) throws(Rejection) -> Checked<[UInt8]> {
        var notes: [Diagnostic] = []
        for (index, sheet) in pages.flatMap(\.laid.sheets).enumerated() { notes += try checkSound(sheet, page: index + 1) }
        let web = pages.enumerated().compactMap { index, page in
            page.web.map { web in
                HTMLReport.Page(
                    number: page.laid.footer?.page ?? index + 1, header: web.header, feet: web.feet, panels: web.panels)
            }
        }
        let html = try renderHTML(HTMLReport(info: info, pages: web, contents: Report.contentsTitle), measurer: measurer)
        return Checked(html.value, notes + html.diagnostics)
    }
}

/// A PDF of pages that come one after the other.
struct PDFPages {
    private let pageCount: Int
    private let info: DocumentInfo
    private let measurer: PangoMeasurer
    private var document: PDFDocument?
    private var page = 0
    private var notes: [Diagnostic] = []

    init(pageCount: Int, info: DocumentInfo, measurer: PangoMeasurer) {
        self.pageCount = pageCount
        self.info = info
        self.measurer = measurer
    }

    mutating func add(_ frame: Frame) throws(Rejection) {
        try add(frame, notes: try checkSound(frame, page: page + 1))
    }

    /// - Parameter found: what `checkSound` said of the page.
    mutating func add(_ frame: Frame, notes found: [Diagnostic]) throws(Rejection) {
        page += 1
        notes += found
        // The first page's size has to be known when the document is made.
        if document == nil {
            document = try PDFDocument(first: frame, pageCount: pageCount, info: info, measurer: measurer)
        }
        try document?.draw(frame)
    }

    func finish() throws(Rejection) -> Checked<[UInt8]> {
        guard let document else {
            throw Rejection(Diagnostic(.error, "drawing-failed", "a document without pages cannot be made"))
        }
        let pdf = try document.finish()
        return Checked(pdf.value, notes + pdf.diagnostics)
    }
}
