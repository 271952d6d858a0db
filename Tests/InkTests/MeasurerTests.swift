import Drawing
import Foundation
import Ink
import Testing

@Suite struct MeasurerTests {
    private func style(_ size: Double = 10, tabular: Bool = true, tracking: Double = 0) -> TextStyle {
        TextStyle(size: size, color: Color(0), tabular: tabular, tracking: tracking)
    }

    /// From the font's own tables (head, GSUB `tnum`, hmtx): 1,824 of 2,816 units.
    private let tabularDigit = 1_824.0 / 2_816

    @Test func digitsHaveTheFontsWidth() throws {
        let measurer = try PangoMeasurer()
        for digit in 0...9 {
            let width = measurer.width(of: "\(digit)", style: style())
            #expect(abs(width - tabularDigit * 10) < 0.01)
        }
        #expect(measurer.width(of: "1", style: style(tabular: false)) < tabularDigit * 10 - 1)
    }

    @Test func widthsGrowWithSizeAndAreNotRounded() throws {
        let measurer = try PangoMeasurer()
        let one = measurer.width(of: "Unanswered customers", style: style(9))
        let two = measurer.width(of: "Unanswered customers", style: style(18))
        #expect(abs(two - 2 * one) < 0.05)
        #expect(one != one.rounded())
        #expect(measurer.width(of: "", style: style()) == 0)
    }

    @Test func trackingAddsItsPoints() throws {
        let measurer = try PangoMeasurer()
        let plain = measurer.width(of: "abcd", style: style())
        let tracked = measurer.width(of: "abcd", style: style(tracking: 1))
        #expect((3...4).contains((tracked - plain).rounded()))
    }

    @Test func kerns() throws {
        let measurer = try PangoMeasurer()
        let apart = measurer.width(of: "A", style: style()) + measurer.width(of: "V", style: style())
        #expect(measurer.width(of: "AV", style: style()) < apart - 0.1)
    }

    @Test func showsDataAsTheyAre() throws {
        let measurer = try PangoMeasurer()
        // With contextual alternates the x would become ×, which is wider or narrower.
        let joined = measurer.width(of: "1x1", style: style())
        let parts = measurer.width(of: "1", style: style()) * 2 + measurer.width(of: "x", style: style())
        #expect(abs(joined - parts) < 0.2)
    }

    @Test func staysOnOneLine() throws {
        let measurer = try PangoMeasurer()
        #expect(measurer.width(of: "a\nb\tc", style: style()) == measurer.width(of: "a b c", style: style()))
    }

    /// A font of the caller's is taken, and does not replace Inter where Inter has the glyphs.
    @Test func takesFurtherFonts() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/CFonts/fonts")
        let bytes = try Data(contentsOf: sources.appendingPathComponent("InterDisplay-Bold.otf"))
        let extended = try PangoMeasurer(extraFonts: [FontFile(name: "InterDisplay-Bold.otf", bytes: Array(bytes))])
        let plain = try PangoMeasurer()
        for text in ["Unanswered", "Größe", "Ελλάδα", "Привет"] {
            #expect(extended.width(of: text, style: style()) == plain.width(of: text, style: style()))
        }
    }
}
