import Basis
import Drawing
import Ink
import Reporting

/// What will be written, whole.
struct OutputPart {
    var path: String
    var bytes: [UInt8]
}

/// A page or a panel, as a file of its own.
struct PagePicture {
    /// Behind the report's name: `3`, or `p3-2-only-texts-miss-the-target`.
    var name: String
    var title: String
    /// On which it stands in the report, for messages.
    var page: Int
    var margin: Double
    var frame: Frame

    static func sheets(of pages: [DrawnPage]) -> [PagePicture] {
        let sheets = pages.flatMap { page in page.laid.sheets.map { (frame: $0, headline: page.headline) } }
        return sheets.enumerated().map { index, sheet in
            PagePicture(name: "\(index + 1)", title: sheet.headline, page: index + 1, margin: 36, frame: sheet.frame)
        }
    }

    func file(isPNG: Bool, dpi: Double, measurer: PangoMeasurer) throws(Rejection) -> Checked<[UInt8]> {
        isPNG
            ? try PageFile.png(frame, page: page, margin: margin, dpi: dpi, measurer: measurer)
            : try PageFile.svg(frame, page: page, margin: margin, title: title, measurer: measurer)
    }
}

/// Which panels are wanted as pictures of their own.
struct PanelChoice {
    /// Nil: all.
    private var only: (page: Int, panel: Int)?

    /// Nil where none is asked for.
    ///
    /// - Parameters:
    ///   - panel: `3.2`.
    ///   - arePictures: whether the format is one of pictures.
    init?(panels: Bool, panel: String?, arePictures: Bool) throws(Rejection) {
        guard panels || panel != nil else { return nil }
        guard arePictures else {
            throw Rejection(
                Diagnostic(
                    .error, "bad-combination", "panels are pictures", remedies: ["add --format png or --format svg"]))
        }
        guard let panel else { return }
        let parts = panel.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let page = parts[0], let number = parts[1] else {
            throw Rejection(
                Diagnostic(
                    .error, "unknown-panel", "--panel \(panel) is no page and panel",
                    remedies: ["write --panel 3.2 for the second panel of page 3"]))
        }
        only = (page, number)
    }

    func pictures(of report: Report, measurer: PangoMeasurer) throws(Rejection) -> [PagePicture] {
        var pictures: [PagePicture] = []
        var known: [String] = []
        for (index, page) in report.pages.enumerated() {
            let number = page.laid.footer?.page ?? index + 1
            for (place, panel) in page.laid.panels.enumerated() {
                let title = panel.title(measurer: measurer)
                known.append("\(number).\(place + 1) \(title)")
                if let only, only != (number, place + 1) { continue }
                pictures.append(
                    PagePicture(
                        name: LaidPage.slug(page: number, panel: place + 1, title: title), title: title, page: number,
                        margin: PagePanel.margin, frame: panel.picture(measurer: measurer)))
            }
        }
        guard let only, pictures.isEmpty else { return pictures }
        throw Rejection(
            Diagnostic(
                .error, "unknown-panel", "the report has no panel \(only.page).\(only.panel)",
                remedies: ["it has " + known.joined(separator: ", ")]))
    }
}
