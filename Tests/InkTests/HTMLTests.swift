import Basis
import Drawing
import Foundation
import Ink
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct HTMLTests {
    private let info = DocumentInfo(
        title: "Riverside <Motors>, October", language: "en-US", createdAt: Instant(seconds: 1_793_491_199))

    private func page(_ measurer: PangoMeasurer) -> LaidPage {
        var page = PageLayout(
            measurer: measurer,
            header: PageHeader(
                question: "3  Who waits?", headline: "Texts: 71 % answered in time",
                sentence: RichText(marked: "Phone is on target. **40 of the 61 still waiting sent a text.**"),
                place: "Riverside Motors", period: "October 2026"),
            footer: PageFooter(first: "As of 31 Oct 2026.", second: "Sources: phone.", page: 1, pages: 1))
        let table = TablePlate(
            columns: [.init("Who", flexible: true), .init("Answered", align: .right)],
            rows: [.row(["Ana & Ben", "412"]), .row(["Cy", .bad("7")]), .total(["Together", "419"])])
        let bars = BarsPlate(
            subject: "Share answered in time",
            rows: [
                .init("Phone", .value(0.94), end: "94 %"), .init("Text", .value(0.71), fill: .bad, end: .bad("71 %")),
            ])
        page.add(rows: [
            PageRow(
                .init(span: 7, Block("Only texts miss the target", sub: "Share answered", signal: true, plate: bars)),
                .init(span: 5, Block("Who answered", note: RichText(marked: "Of **all**."), plate: table)))
        ])
        return page.finish()
    }

    private func html() throws -> String {
        let measurer = try PangoMeasurer()
        let laid = page(measurer)
        let header = try #require(laid.header)
        let report = HTMLReport(
            info: info,
            pages: [HTMLReport.Page(number: 1, header: header, feet: ["As of 31 Oct 2026."], panels: laid.panels)])
        return String(decoding: try renderHTML(report, measurer: measurer).value, as: UTF8.self)
    }

    @Test func saysThePagesWordsAsText() throws {
        let html = try html()
        for words in [
            "<html lang=\"en-US\">", "<h1>Riverside &lt;Motors&gt;, October</h1>",
            "<h2 id=\"p1\">Texts: 71\u{A0}% answered in time</h2>",
            "<strong>40 of the 61 still waiting sent a text.</strong>", "<h3>Only texts miss the target</h3>",
            "<p class=\"sub\">Share answered</p>", "<p class=\"note\">Of <strong>all</strong>.</p>",
            "As of 31 Oct 2026.",
            "id=\"p1-1-only-texts-miss-the-target\"", "class=\"panel s7 signal\"", "class=\"panel s5\"",
        ] { #expect(html.contains(words), "\(words)") }
        #expect(try self.html() == html)
    }

    @Test func tablesAreTables() throws {
        let html = try html()
        #expect(html.contains("<th scope=\"col\">Who</th><th scope=\"col\" class=\"r\">Answered</th>"))
        #expect(html.contains("Ana &amp; Ben</t"))
        #expect(html.contains("<td class=\"r\">412</td>"))
        #expect(html.contains("<span class=\"bad\">7</span>"))
    }

    /// One drawing for wide screens and one for narrow ones, each with a title and what it shows.
    @Test func drawingsAreThereTwice() throws {
        let html = try html()
        #expect(html.components(separatedBy: "<svg class=\"w\"").count == 2)
        #expect(html.components(separatedBy: "<svg class=\"n\"").count == 2)
        #expect(html.components(separatedBy: "role=\"img\"").count == 3)
        #expect(html.components(separatedBy: "<title>Only texts miss the target</title>").count == 3)
        #expect(html.components(separatedBy: "<desc>").count == 3)
    }

    @Test func nothingIsLoadedAndNothingRuns() throws {
        let html = try html()
        for forbidden in ["<script", "http://", "https://", "@import", "src=", "onclick", "<link rel=\"stylesheet\""] {
            // The name space of SVG is needed in files alone, not in HTML.
            #expect(!html.contains(forbidden), "\(forbidden)")
        }
    }

    /// HTML that is also XML but for its few empty elements: nothing is left open.
    @Test func isWellFormed() throws {
        let html = try html()
            .replacing("<!DOCTYPE html>\n", with: "").replacing("<meta charset=\"utf-8\">", with: "")
            .replacing(/<(meta|link) [^>]*>/, with: "")
        let parser = XMLParser(data: Data(html.utf8))
        #expect(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
    }
}

@Suite struct PanelTests {
    @Test func aPanelIsDrawnAnewAtAnyWidth() throws {
        let measurer = try PangoMeasurer()
        let block = Block(
            "Only texts miss the target", sub: "Share answered",
            plate: BarsPlate(subject: "Share answered", rows: [.init("Phone", .value(0.94), end: "94 %")]))
        let panel = PagePanel(block: block, area: Rect(x: 36, y: 104, width: 310, height: 150))
        let own = panel.picture(measurer: measurer)
        #expect(own.size.width == 310 + 24)
        let narrow = panel.picture(width: 200, measurer: measurer)
        #expect(narrow.size.width == 224)
        for frame in [own, narrow] {
            #expect(try checkSound(frame, page: 1, margin: PagePanel.margin).isEmpty)
            #expect(frame.description.contains("Only texts miss the target"))
        }
        let svg = renderSVG(own, title: "Only texts miss the target")
        #expect(svg.contains("<title>Only texts miss the target</title>") && svg.contains("<desc>"))
    }

    @Test func aPanelHasAStableName() {
        let slug = LaidPage.slug(page: 3, panel: 2, title: "Only texts miss the target")
        #expect(slug == "p3-2-only-texts-miss-the-target")
        #expect(LaidPage.slug(page: 1, panel: 4, title: "王小明") == "p1-4")
        let long = LaidPage.slug(page: 1, panel: 1, title: String(repeating: "very long words ", count: 20))
        #expect(long.count < 60 && !long.hasSuffix("-"))
    }
}
