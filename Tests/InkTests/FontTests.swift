import Basis
import Drawing
import Foundation
import Ink
import Testing

/// Names in scripts that Inter lacks, with a font file that has them.
@Suite struct FontTests {
    private static let dejaVu = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    private static let microHei = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"

    static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func measurer(_ path: String) throws -> PangoMeasurer {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        return try PangoMeasurer(extraFonts: [FontFile(name: path, bytes: Array(bytes))])
    }

    private func frame(_ names: [String], _ measurer: PangoMeasurer) -> Frame {
        let style = TextStyle(size: 9, color: SamplePage.ink)
        let items = names.enumerated().map { index, name -> FrameItem in
            let run = TextRun(
                name, at: Point(x: 36, y: 60 + Double(index) * 14), style: style,
                width: measurer.width(of: name, style: style))
            return .group(FrameGroup(.paragraph, items: [.text(run)]))
        }
        return Frame(size: Size(width: 400, height: 300), items: items)
    }

    private func expectWords(_ names: [String], from path: String, family: String) throws {
        let measurer = try measurer(path)
        let frame = frame(names, measurer)
        #expect(try checkSound(frame, page: 1).isEmpty)
        try checkGlyphs(frame, measurer: measurer)
        let info = DocumentInfo(title: "Names", createdAt: Instant(seconds: 0))
        let pdf = try renderPDF(pages: [frame], info: info, measurer: measurer).value
        #expect(try run("qpdf", ["--check"], on: pdf).status == 0)
        let fonts = try run("pdffonts", [], on: pdf).text.split(separator: "\n").dropFirst(2)
        #expect(fonts.contains { $0.contains("+\(family)") }, "\(fonts)")
        for font in fonts { #expect(font.contains(" yes yes yes "), "\(font)") }
        // Marks of direction, which poppler puts around names that run from right to left.
        let marks: Set<Unicode.Scalar> = ["\u{202A}", "\u{202B}", "\u{202C}", "\u{200E}", "\u{200F}"]
        var words = String.UnicodeScalarView()
        let extracted = try run("pdftotext", [], on: pdf, after: ["-"]).text
        for scalar in extracted.unicodeScalars where !marks.contains(scalar) { words.append(scalar) }
        for name in names { #expect(String(words).contains(name), "\(name) in \(String(words))") }
        let png = try renderPNG(frame, dpi: 96, measurer: measurer).value
        let empty = try renderPNG(Frame(size: frame.size), dpi: 96, measurer: measurer).value
        #expect(png.count > empty.count)
    }

    @Test(.enabled(if: isThere(dejaVu), "Debian's fonts-dejavu-core is not installed"))
    func namesFromRightToLeft() throws {
        try expectWords(["שרה לוי", "ليلى حداد"], from: Self.dejaVu, family: "DejaVu")
    }

    @Test(.enabled(if: isThere(microHei), "Debian's fonts-wqy-microhei is not installed"))
    func chineseAndJapaneseNames() throws {
        try expectWords(["王小明", "李 伟, service", "さくら 田中"], from: Self.microHei, family: "WenQuanYi")
    }

    /// Latin letters stay Inter's, and so does every width that a page was laid out with.
    @Test(.enabled(if: isThere(dejaVu), "Debian's fonts-dejavu-core is not installed"))
    func interStaysWhereItHasTheLetters() throws {
        let (plain, extended) = (try PangoMeasurer(), try measurer(Self.dejaVu))
        for text in ["Unanswered 1,234", "Größe", "Ελλάδα", "Привет", "– … €"] {
            let style = TextStyle(size: 9, color: SamplePage.ink)
            #expect(extended.width(of: text, style: style) == plain.width(of: text, style: style), "\(text)")
        }
    }
}
