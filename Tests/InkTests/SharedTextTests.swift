import Basis
import Drawing
import Foundation
import Ink
import Testing

@Suite("Texts shaped once for two measurers")
struct SharedTextTests {
    private let info = DocumentInfo(
        title: "Answers", author: "Riverside Motors", subject: "October", keywords: [],
        createdAt: Instant(seconds: 1_793_491_199))

    /// Runs of one font and of several, letters with marks, tracking, tabular figures, a line end.
    private var frame: Frame {
        let words = [
            "Unanswered customers", "Größe 10x20 – 88 %", "AVATAR “office”", "1,234.5", "two\nlines", "Ελλάδα und mehr",
            "é e\u{301}", " ",
        ]
        let items = words.enumerated().flatMap { index, words in
            [(9.0, TextStyle.Weight.regular, 0.0), (14, .bold, 0.4)].map { size, weight, tracking in
                SamplePage.text(
                    words, 36 + size * 12, 40 + Double(index) * 20, size: size, weight: weight,
                    family: weight == .bold ? .display : .text, tracking: tracking)
            }
        }
        return Frame(size: Size(width: 600, height: 300), items: items + SamplePage.frame.items)
    }

    @Test("the second draws the very bytes that it would have drawn alone")
    func bytes() throws {
        let shared = ShapedTexts()
        let alone = try renderPDF(pages: [frame], info: info).value
        let first = try renderPDF(pages: [frame], info: info, measurer: PangoMeasurer(shared: shared)).value
        let second = try renderPDF(pages: [frame], info: info, measurer: PangoMeasurer(shared: shared)).value
        #expect(first == alone)
        #expect(second == alone)
    }

    @Test("outlines too, and widths")
    func pictures() throws {
        let shared = ShapedTexts()
        let (one, other) = (try PangoMeasurer(shared: shared), try PangoMeasurer(shared: shared))
        let alone = try renderPNG(frame, dpi: 150, measurer: PangoMeasurer()).value
        #expect(try renderPNG(frame, dpi: 150, measurer: one).value == alone)
        #expect(try renderPNG(frame, dpi: 150, measurer: other).value == alone)
        let style = TextStyle(size: 9, color: Color(0))
        let words = "Unanswered customers"
        #expect(one.width(of: words, style: style) == other.width(of: words, style: style))
    }
}
