import Basis
import Drawing
import Foundation
import Ink
import Testing

private let info = DocumentInfo(
    title: "Answers & <sales>, Größe", author: "Riverside Motors", subject: "October", keywords: ["answers", "sales"],
    createdAt: Instant(seconds: 1_793_491_199))

private func pdf(_ items: [FrameItem]) throws -> Checked<[UInt8]> {
    try renderPDF(pages: [Frame(size: Size(width: 400, height: 300), items: items)], info: info)
}

@Suite struct PDFTests {
    @Test func isSound() throws {
        let checked = try renderPDF(pages: [SamplePage.frame, SamplePage.frame], info: info)
        #expect(checked.diagnostics.isEmpty)
        let check = try run("qpdf", ["--check"], on: checked.value)
        #expect(check.status == 0)
        #expect(check.text.contains("No syntax or stream encoding errors found"))
    }

    @Test func saysItsWordsInReadingOrder() throws {
        let checked = try renderPDF(pages: [SamplePage.frame], info: info)
        let words = try run("pdftotext", [], on: checked.value, after: ["-"]).text
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.hasPrefix(
            "61 customers got no answer Service brought 34 sales and 10x20, above target; see the method Stores"))
        #expect(words.hasSuffix("As of 31 Oct 2026"))
    }

    @Test func embedsInterAndNothingElse() throws {
        let checked = try renderPDF(pages: [SamplePage.frame], info: info)
        let fonts = try run("pdffonts", [], on: checked.value).text.split(separator: "\n").dropFirst(2)
        #expect(fonts.count == 3)
        for font in fonts {
            #expect(font.contains("+Inter"))
            // Embedded, a subset, with a table back to Unicode.
            #expect(font.contains(" yes yes yes "))
        }
    }

    @Test func hasTheFramesStructure() throws {
        let checked = try renderPDF(pages: [SamplePage.frame], info: info)
        let found = try structure(of: checked.value)
        #expect(found == """
            Document
              H1 (block)
                "61 customers got no answer"
              P (block)
                Span (inline)
                  "Service brought 34 sales and 10x20, above target; see "
                Link (inline)
                  "the method"
              Sect
                H2 (block)
                  "Stores"
                Table (block)
                  TR
                    TH:
                       /Scope /Column
                      "Store"
                    TH:
                       /Scope /Column
                      "Answered"
                    TH:
                       /Scope /Column
                      "Share"
                  TR
                    TH:
                       /Scope /Row
                      "Riverside"
                    TD
                      "412 of 468"
                    TD
                      "88 %"
                  TR
                    TH:
                       /Scope /Row
                      "Lakeview"
                    TD
                      "97"
                    TD
                      "–"
                Figure
                  "88 %"
            """)
    }

    @Test func saysWhatItIs() throws {
        let checked = try renderPDF(pages: [SamplePage.frame], info: info)
        let facts = try run("pdfinfo", [], on: checked.value).text
        for line in [
            "Title: Answers & <sales>, Größe", "Author: Riverside Motors", "Subject: October",
            "Keywords: answers, sales", "Creator: kpi", "CreationDate: Sat Oct 31 23:59:59 2026 UTC", "Tagged: yes",
            "Metadata Stream: yes",
        ] {
            let spaced = line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            #expect(facts.split(separator: "\n").contains { row in
                row.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ") == spaced
            }, "\(line)")
        }
        let xmp = try run("pdfinfo", ["-meta"], on: checked.value).text
        #expect(xmp.contains("<rdf:li xml:lang=\"x-default\">Answers &amp; &lt;sales&gt;, Größe</rdf:li>"))
        #expect(xmp.contains("<xmp:CreateDate>2026-10-31T23:59:59Z</xmp:CreateDate>"))
        let objects = try json(of: checked.value)
        #expect(objects.contains("\"/Lang\": \"u:en-US\""))
        #expect(objects.contains("\"/DisplayDocTitle\": true"))
        #expect(objects.contains("\"/Marked\": true"))
        #expect(objects.contains("\"/Alt\": \"u:Share answered by month: 81 % in October 2025, 88 % in October 2026\""))
        #expect(objects.contains("\"/Contents\": \"u:the method\""))
        #expect(objects.contains("https://example.com/a%27b?q=%C3%BC"))
    }

    @Test func drawsDecorationAsArtifacts() throws {
        let checked = try renderPDF(pages: [SamplePage.frame], info: info)
        let plain = try run("qpdf", ["--qdf", "--object-streams=disable"], on: checked.value, after: ["-"]).text
        // Top rule, three rules of the table, footer.
        #expect(plain.components(separatedBy: "/Artifact BMC").count - 1 == 5)
        #expect(!plain.contains("NonStruct"))
    }

    @Test func isTheSameEveryTime() async throws {
        let pages = [SamplePage.frame, SamplePage.frame]
        let first = try renderPDF(pages: pages, info: info).value
        let measurer = try PangoMeasurer()
        #expect(try renderPDF(pages: pages, info: info, measurer: measurer).value == first)
        #expect(try renderPDF(pages: pages, info: info, measurer: measurer).value == first)
        let others = try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let own = try PangoMeasurer()
                    return try (0..<5).map { _ in try renderPDF(pages: pages, info: info, measurer: own).value }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(others.count == 20)
        #expect(others.allSatisfy { $0 == first })
    }

    @Test func hasBookmarksAndInnerLinks() throws {
        var first = SamplePage.frame
        let area = Rect(x: 36, y: 250, width: 40, height: 10)
        first.items.append(.link(FrameLink(.page(2), area: area, items: [SamplePage.text("page 2", 36, 258)])))
        first.items.append(.link(FrameLink(.page(9), area: area, items: [SamplePage.text("page 9", 90, 258)])))
        let checked = try renderPDF(pages: [first, SamplePage.frame], info: info)
        #expect(checked.diagnostics.map(\.code) == ["link-without-page"])
        let objects = try json(of: checked.value)
        #expect(objects.contains("\"/Title\": \"u:61 customers got no answer\""))
        #expect(objects.contains("\"/Contents\": \"u:page 2\""))
        #expect(!objects.contains("\"/Contents\": \"u:page 9\""))
        #expect(try run("qpdf", ["--check"], on: checked.value).status == 0)
        #expect(try run("pdftotext", [], on: checked.value, after: ["-"]).text.contains("page 9"))
    }
}

@Suite struct OddFrameTests {
    @Test func reportsAnUnknownGlyph() throws {
        let frame = Frame(size: Size(width: 100, height: 50), items: [SamplePage.text("王 and 李", 10, 20)])
        let measurer = try PangoMeasurer()
        let refused = [
            #expect(throws: Rejection.self) { _ = try renderPDF(pages: [Frame(size: frame.size), frame], info: info) },
            #expect(throws: Rejection.self) { _ = try renderPNG(frame, dpi: 72) },
            #expect(throws: Rejection.self) { try checkGlyphs(frame, page: 2, measurer: measurer) },
        ]
        for (index, rejection) in refused.enumerated() {
            let fault = try #require(rejection?.diagnostics.first)
            let page = index == 1 ? 1 : 2
            #expect(fault.severity == .error && fault.code == "glyph-missing")
            #expect(
                fault.message
                    == "no font at hand has U+674E, U+738B (Chinese or Japanese), in a text on page \(page)")
            #expect(fault.remedies.first?.contains("fonts: { scripts: [FILE.ttf] }") == true)
            #expect(fault.value == "王 and 李")
            // Never the customer's name in the message.
            #expect(!fault.description.contains("王"))
        }
        try checkGlyphs(SamplePage.frame, measurer: measurer)
    }

    @Test func refusesAFileThatIsNoFont() {
        #expect(throws: Rejection.self) {
            _ = try PangoMeasurer(extraFonts: [FontFile(name: "notes.txt", bytes: Array("not a font".utf8))])
        }
    }

    /// Roles where they do not belong, and none where they do.
    private var misnested: [FrameItem] {
        let area = Rect(x: 0, y: 0, width: 9, height: 9)
        let cell = { (words: String) in SamplePage.cell(.cell, words, 36, 60) }
        let link = FrameItem.link(FrameLink(
            .uri("https://example.com"), area: area, items: [
                .link(FrameLink(.page(1), area: area, items: [SamplePage.text("deep", 9, 9)]))
            ]))
        return [
            cell("lonely cell"),
            .group(FrameGroup(.row, items: [cell("lonely row")])),
            .group(FrameGroup(.table, items: [
                SamplePage.text("loose in table", 36, 90),
                .group(FrameGroup(.heading(level: 9), items: [SamplePage.text("heading in table", 36, 99)])),
                .group(FrameGroup(.none, clip: Rect(x: 0, y: 0, width: 300, height: 300), items: [
                    .group(FrameGroup(.row, items: [cell("a"), cell("b"), SamplePage.text("loose in row", 36, 120)])),
                ])),
                .group(FrameGroup(.row, items: [cell("short row"), SamplePage.rule(130)])),
                .group(FrameGroup(.row, items: [])),
            ])),
            .group(FrameGroup(.heading(level: 0), items: [
                .group(FrameGroup(.table, items: [.group(FrameGroup(.row, items: [cell("table in heading")]))])),
                .group(FrameGroup(.artifact, items: [SamplePage.text("hidden", 36, 140), link])),
            ])),
            .group(FrameGroup(.paragraph, items: [])),
            .group(FrameGroup(.figure(alternative: ""), items: [SamplePage.text("figure without words", 36, 150)])),
            .group(FrameGroup(.figure(alternative: ""), items: [SamplePage.rule(160)])),
            .group(FrameGroup(.figure(alternative: "outer"), items: [
                .group(FrameGroup(.figure(alternative: "inner"), items: [SamplePage.rule(170)])), link,
            ])),
            .group(FrameGroup(.section, items: [SamplePage.rule(180)])),
        ]
    }

    @Test func makesMisnestedRolesRegular() throws {
        let checked = try pdf(misnested)
        #expect(try run("qpdf", ["--check"], on: checked.value).status == 0)
        let words = try run("pdftotext", ["-raw"], on: checked.value, after: ["-"]).text
        for text in ["lonely cell", "lonely row", "loose in table", "loose in row", "short row", "table in heading",
            "figure without words", "deep"]
        { #expect(words.contains(text), "\(text)") }
        let found = try structure(of: checked.value)
        #expect(found == """
            Document
              P (block)
                "lonely cell"
              Div
                P (block)
                  "lonely row"
              Table (block)
                Caption
                  "loose in table"
                Caption
                  "heading in table"
                TR
                  TH:
                     /Scope /Row
                    "a"
                  TD
                    "b"
                  TD
                    "loose in row"
                TR
                  TH:
                     /Scope /Row
                    "short row"
                  TD
                  TD
                TR
                  TD
                  TD
                  TD
              H1 (block)
                Span (inline)
                  "table in heading "
                Link (inline)
                  "deep"
              Figure
                "figure without words"
              Figure
                Figure
                Link (inline)
                  "deep"
            """)
        let objects = try json(of: checked.value)
        for alternative in ["figure without words", "outer", "inner"] {
            #expect(objects.contains("\"/Alt\": \"u:\(alternative)\""))
        }
    }

    @Test(arguments: [Double.nan, .infinity])
    func refusesWhatIsNoNumber(value: Double) {
        #expect(throws: Rejection.self) { try pdf([SamplePage.text("x", value, 20)]) }
        #expect(throws: Rejection.self) { try pdf([SamplePage.rule(value)]) }
        #expect(throws: Rejection.self) { try renderPNG(Frame(size: Size(width: value, height: 9)), dpi: 72) }
    }

    @Test func refusesNoPagesAndBadImages() {
        #expect(throws: Rejection.self) { try renderPDF(pages: [], info: info) }
        let image = ImageShape(png: [1, 2, 3], frame: Rect(x: 0, y: 0, width: 10, height: 10))
        #expect(throws: Rejection.self) { try pdf([.image(image)]) }
    }

    @Test func drawsAnEmptyPage() throws {
        let checked = try pdf([])
        #expect(try run("qpdf", ["--check"], on: checked.value).status == 0)
    }
}
