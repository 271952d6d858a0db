import Definitions
import Drawing
import Measures
@testable import Reporting
import Testing

/// Whatever the month holds, every page can be read: nothing under 8 pt, nothing outside its column, no text on another
/// or struck by a line, contrast of 4.5 : 1 or more.
@Suite struct SoundPagesTests {
    @Test(arguments: WholeMonth.allCases, Paper.allCases)
    func everyPageCanBeRead(_ month: WholeMonth, _ paper: Paper) {
        let format: PageFormat = paper == .a4 ? .a4Landscape : .letterLandscape
        // Narrow and wide type: other fonts and languages.
        for width in [0.5, 0.6] {
            let report = month.draw(paper: paper, characterWidth: width)
            for (index, page) in report.pages.enumerated() {
                let faults = PageFaults(page.laid.frame, format: format).all
                #expect(faults.isEmpty,
                    "\(month) \(paper) page \(index + 1), type \(width): \(faults.map(\.description).joined(separator: "; "))")
            }
        }
    }

    /// Words are cut only where a name is longer than any column.
    @Test(arguments: [WholeMonth.nothing, .messagesOnly, .salesOnly, .outagesOnly, .tooLittle, .ordinary], Paper.allCases)
    func ordinaryNamesAreNeverCut(_ month: WholeMonth, _ paper: Paper) {
        let report = month.draw(paper: paper, characterWidth: 0.5)
        for (index, page) in report.pages.enumerated() {
            #expect(page.laid.shortened.isEmpty, "\(month) \(paper) page \(index + 1): \(page.laid.shortened)")
        }
    }

    /// A report tallies only what its pages name: a page that reads another table would lose figures in silence.
    @Test(arguments: WholeMonth.allCases)
    func aPageReadsTheTablesItNames(_ month: WholeMonth) {
        let report = month.report
        for kind in PageKind.allCases {
            let whole = report.draw(kind)
            let own = report.draw(kind, from: report.context(of: kind.type.tables))
            #expect(own.page.laid.frame == whole.page.laid.frame, "\(month) \(kind)")
            #expect(own.ledger.entries == whole.ledger.entries, "\(month) \(kind)")
        }
    }

    static let elsewhere: [PageKind] = [
        .believe, .changeVerdict, .changeScope, .efforts, .rewards, .rewardTrial, .rewardReview,
        .storesStandOut,
    ]

    /// A page that the made-up month gives nothing to draw would pass every check here for nothing.
    /// (What this page itself was made from are no figures of it; efforts are drawn in `EffortPagesTests`, rewards in
    /// `RewardPagesTests`, stores against each other in `StorePagesTests`.)
    @Test(arguments: PageKind.allCases.filter { !SoundPagesTests.elsewhere.contains($0) })
    func anOrdinaryMonthFillsEveryPage(_ kind: PageKind) {
        #expect(!WholeMonth.ordinary.report.draw(kind).ledger.entries.isEmpty, "give TinyReport what the page reads")
    }

    /// `kpi explain` takes every id that a page prints: its code is known, its measure has the column and the slice.
    @Test(arguments: WholeMonth.allCases)
    func everyPrintedFigureCanBeExplained(_ month: WholeMonth) {
        let report = month.report
        for kind in PageKind.allCases {
            for entry in report.draw(kind).ledger.entries {
                #expect(FigureID(entry.id.description) == entry.id)
                guard let figure = Figures.figure(entry.id.code) else {
                    Issue.record("\(kind): no figure \(entry.id.code)")
                    continue
                }
                let measure = figure.request(report.settings).entry
                let columns = [figure.column, figure.lowerColumn, figure.upperColumn].compactMap { $0 }
                for column in columns { #expect(measure.columns.contains { $0.name == column }, "\(entry.id) \(column)") }
                for dimension in entry.id.slice.keys { #expect(measure.dimensions.contains(dimension), "\(entry.id)") }
            }
        }
    }

    /// The checks themselves see what they are for.
    @Test func faultsAreFound() {
        let style = { (size: Double, color: UInt32) in TextStyle(size: size, color: Color(color)) }
        func text(
            _ text: String, _ x: Double, _ y: Double, size: Double = 9, color: UInt32 = 0x14202E
        ) -> FrameItem {
            .text(TextRun(text, at: Point(x: x, y: y), style: style(size, color), width: 60))
        }
        func faults(_ items: [FrameItem]) -> [PageFault] {
            PageFaults(Frame(size: PageFormat.a4Landscape.size, items: items), format: .a4Landscape).all
        }
        let line = FrameItem.path(
            PathShape([.move(Point(x: 40, y: 97)), .line(Point(x: 140, y: 97))], stroke: Stroke(Color(0x14202E), width: 1)))
        let corners = [(90.0, 90.0), (170, 90), (170, 104), (90, 104)].map { Point(x: $0.0, y: $0.1) }
        let halo = FrameItem.path(
            PathShape([.move(corners[0])] + corners.dropFirst().map { .line($0) } + [.close], fill: Color(0xFFFFFF)))
        #expect(faults([text("fine", 100, 100)]).isEmpty)
        #expect(faults([text("small", 100, 100, size: 7.5)]).count == 1)
        #expect(faults([text("off the sheet", 800, 100)]).count == 1)
        #expect(faults([text("one", 100, 100), text("other", 150, 103)]).count == 1)
        #expect(faults([text("pale", 100, 100, color: 0x8793A3)]).count == 1)
        #expect(faults([line, text("struck", 100, 100)]).count == 1)
        #expect(faults([line, halo, text("saved by a halo", 100, 100)]).isEmpty)
        #expect(faults([halo, text("struck later", 100, 100), line]).count == 1)
        #expect(Color(0x000000).contrast(with: Color(0xFFFFFF)).rounded() == 21)
    }
}
