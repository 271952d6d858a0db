import Basis
import Dealership
import Definitions
import Drawing
import Foundation
import Measures
import Programs
@testable import Reporting
import Testing

/// What page 7 says of figures that read otherwise than a report before printed them.
@Suite struct RestatedTests {
    private static let october = Month(year: 2026, month: 10)

    private func figure(_ id: String, _ estimate: String, _ label: String = "sales", method: String = "") -> IssuedFigure {
        IssuedFigure(page: 1, id: id, label: label, estimate: estimate, method: method)
    }

    private func restatement(
        _ then: [IssuedFigure], _ now: [IssuedFigure], asThen: [IssuedFigure]? = nil, month: Month = october,
        settings: String = "s"
    ) -> Restatement {
        let issue = IssuedReport(
            number: 1, subject: .init(report: "monthly"), month: month, on: month.lastDay + 3,
            asOf: Instant(seconds: 1_793_500_000), asOfDay: month.lastDay, firstDays: [:], settings: "s", program: "1",
            figures: then)
        return Restatement(
            of: issue, then: then, today: now, asThen: asThen ?? now, settings: settings, firstDays: [:])
    }

    private func draw(
        _ restatements: [Restatement], on format: PageFormat = .letterLandscape, width: Double = 0.5
    ) -> DrawnTiny {
        var report = TinyReport()
        report.export(.messages, .sales, .leads)
        var context = report.context
        context.restatements = restatements
        var ledger = FigureLedger()
        let setting = PageSetting(
            format: format, theme: .standard, measurer: FixedWidthMeasurer(characterWidth: width), number: 7, pages: 7,
            definition: PageDefinition(question: "Can I believe it?", page: .believe))
        return DrawnTiny(page: BelievePage.draw(context, setting, ledger: &ledger), ledger: ledger)
    }

    @Test func withoutAnIssueNothingCanBeRestated() {
        let drawn = draw([])
        #expect(drawn.words.contains("Restated since the last report No earlier report is on file, so nothing can be restated."))
    }

    @Test func anIssueThatStillHoldsSaysSo() {
        let same = [figure("S2S-01@2026-10", "33")]
        let drawn = draw([restatement(same, same)])
        #expect(drawn.words.contains("October 2026, as of 31 Oct reads the same"))
        #expect(!drawn.text.contains("No earlier report"))
    }

    @Test func theLargestIsSaidAsPagesPrintIt() {
        let then = [
            figure("RESP-02@2026-10;channel=sms", "0.807212", "Text, answered in time", method: "Wilson"),
            figure("S2S-08@2026-09;relation=loyalty", "47980.49", "gross"),
        ]
        let now = [
            figure("RESP-02@2026-10;channel=sms", "0.790000", "Text, answered in time", method: "Wilson"),
            figure("S2S-08@2026-09;relation=loyalty", "54480.49", "gross"),
        ]
        let drawn = draw([restatement(then, now)])
        #expect(drawn.words.contains("October 2026, as of 31 Oct 2 figures"))
        #expect(
            drawn.words.contains(
                "By late or corrected rows, most of all: gross of sales from service, loyalty, Sep 2026: $47,980 → $54,480"),
            "\(drawn.words)")
        let one = draw([restatement([then[0]], [now[0]])])
        #expect(one.words.contains("1 figure"))
        #expect(one.words.contains("most of all: answered in time, text: 81 % → 79 %"))
    }

    @Test func whyIsSaid() {
        let then = [figure("S2S-01@2026-10", "33"), figure("RESP-06@2026-10", "80", "waiting")]
        let now = [figure("S2S-01@2026-10", "34"), figure("RESP-06@2026-10", "40", "waiting")]
        let mixed = draw([restatement(then, now, asThen: [now[0], then[1]])])
        #expect(mixed.words.contains("1 by rows, 1 by what came after; most of all: still waiting: 80 → 40"), "\(mixed.words)")
        #expect(draw([restatement(then, now, asThen: then)]).words.contains("By what came after, most of all"))
        #expect(draw([restatement(then, now, settings: "t")]).words.contains("By rows or changed settings, most of all"))
        let lost = draw([restatement([then[0]], [])])
        #expect(lost.words.contains("sales from service: 33 → no figure"))
        let wait = [figure("RESP-08@2026-10", ">3600", "nine in ten, seconds")]
        let known = [figure("RESP-08@2026-10", "5400", "nine in ten, seconds")]
        #expect(draw([restatement(wait, known)]).words.contains("nine in ten answered within: over 1 h → 1 h 30"))
    }

    /// Two issues and long names, on every paper: nothing outside its column, nothing on another.
    @Test(arguments: [PageFormat.a4Landscape, .letterLandscape, .a4Portrait, .letterPortrait], [0.5, 0.6])
    func pagesStaySound(_ format: PageFormat, _ width: Double) {
        let id = "S2S-08@2025-09..2026-08;salesperson=Maximilian Fitzgerald Featherstonehaugh"
        let long = restatement([figure(id, "1234567.89")], [figure(id, "7654321.00")])
        let drawn = draw(
            [long, restatement([figure("S2S-01@2026-09", "3")], [figure("S2S-01@2026-09", "4")], month: Self.october + -1)],
            on: format, width: width)
        let faults = PageFaults(drawn.page.laid.frame, format: format).all
        #expect(faults.isEmpty, "\(faults.map(\.description).joined(separator: "; "))")
        #expect(drawn.words.contains("September 2026, as of 30 Sep 1 figure"))
    }

    @Test(arguments: [
        ("de", "Seit dem letzten Bericht berichtigt", "Oktober 2026, Stand 31. Okt", "1 Kennzahl"),
        ("es", "octubre de 2026, a fecha de 31 oct", "sobre todo", "1 indicador"),
    ])
    func otherLanguages(_ language: String, _ a: String, _ b: String, _ c: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "languages/\(language).po")
        let book = try PhraseFile.read(String(contentsOf: file, encoding: .utf8), file: "\(language).po")
        let words = Speech.$book.withValue(book) {
            draw([restatement([figure("S2S-01@2026-10", "33")], [figure("S2S-01@2026-10", "34")])]).words
        }
        for part in [a, b, c] { #expect(words.lowercased().contains(part.lowercased()), "\(part): \(words)") }
        #expect(!words.contains("most of all") && words.contains("33 → 34"))
    }

    /// An issue is the same report whatever language, look and paper it was printed in.
    @Test func figuresAreOfNoLanguage() throws {
        let report = WholeMonth.ordinary.report
        let kinds: [PageKind] = [.whatMustIDo, .whoWaits, .whatBroke, .believe]
        func definition(_ paper: Paper, _ orientation: Orientation) -> ReportDefinition {
            ReportDefinition(
                name: "mine", title: "Mine", paper: paper, orientation: orientation,
                pages: kinds.map { PageDefinition(question: "The question?", page: $0) })
        }
        let figures = Report.figures(definition(.letter, .landscape), context: report.context)
        #expect(figures.count > 10)
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "languages/de.po")
        let german = try PhraseFile.read(String(contentsOf: file, encoding: .utf8), file: "de.po")
        let other = Speech.$book.withValue(german) {
            Report.figures(definition(.a4, .portrait), context: report.context)
        }
        #expect(figures == other)
        // Restatements of before are no figures of it: issuing twice says the same twice.
        var context = report.context
        context.restatements = [restatement([figure("S2S-01@2026-10", "33")], [figure("S2S-01@2026-10", "34")])]
        #expect(Report.figures(definition(.letter, .landscape), context: context) == figures)
    }
}
