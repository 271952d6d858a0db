import Basis
import Drawing
import Foundation
import Ink
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct SVGTests {
    @Test func isTheFrameAsText() throws {
        let clip = Rect(x: 1, y: 2, width: 30.5, height: 4)
        let frame = Frame(size: Size(width: 100, height: 50.25), items: [
            .group(FrameGroup(.figure(alternative: "88 % <on> target"), clip: clip, items: [
                .path(PathShape(
                    [.move(Point(x: 1, y: 2)), .line(Point(x: 3.12345, y: -4)), .close], fill: Color(0x0B5A9D),
                    stroke: Stroke(Color(0xFF), width: 0.4, dash: [2, 1], cap: .round))),
            ])),
            .link(FrameLink(.uri("https://example.com/?a=1&b=ü"), area: clip, items: [
                .text(TextRun(
                    "R&D \"5 < 6\"", at: Point(x: 5, y: 6),
                    style: TextStyle(size: 9, weight: .semibold, color: Color(0x14202E), family: .display),
                    width: 40.1)),
            ])),
            .image(ImageShape(png: [1, 2, 3, 4], frame: Rect(x: 0, y: 0, width: 8, height: 8))),
        ])
        #expect(renderSVG(frame, title: "A & B") == """
            <svg xmlns="http://www.w3.org/2000/svg" width="100" height="50.25" viewBox="0 0 100 50.25" role="img" \
            font-family="Inter, 'Helvetica Neue', Arial, sans-serif">
            <title>A &amp; B</title>
            <desc>88 % &lt;on&gt; target</desc>
            <style>text{white-space:pre;font-feature-settings:"calt" 0}.t{font-feature-settings:"calt" 0,"tnum"}</style>
            <rect width="100" height="50.25" fill="#ffffff"/>
            <svg x="1" y="2" width="30.5" height="4" viewBox="1 2 30.5 4" preserveAspectRatio="none">
            <path d="M1 2L3.123 -4Z" fill="#0b5a9d" stroke="#0000ff" stroke-width="0.4" stroke-dasharray="2 1" \
            stroke-linecap="round" stroke-linejoin="round"/>
            </svg>
            <a href="https://example.com/?a=1&amp;b=%C3%BC">
            <text x="5" y="6" font-size="9" fill="#14202e" font-weight="600" \
            font-family="'Inter Display', Inter, 'Helvetica Neue', Arial, sans-serif" class="t" textLength="40.1" \
            lengthAdjust="spacingAndGlyphs">R&amp;D &quot;5 &lt; 6&quot;</text>
            </a>
            <image x="0" y="0" width="8" height="8" preserveAspectRatio="none" href="data:image/png;base64,AQIDBA=="/>
            </svg>

            """)
    }

    @Test func isWellFormed() {
        let parser = XMLParser(data: Data(renderSVG(SamplePage.frame, title: "Sample \u{1}").utf8))
        #expect(parser.parse())
    }
}
