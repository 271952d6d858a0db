import Definitions
import Drawing
import Testing

@testable import Reporting

/// A report that lists its pages first.
@Suite struct ContentsTests {
    private func draw(_ orientation: Orientation, contents: Bool, step: (Report.Step) -> Void = { _ in }) -> Report {
        let definition = ReportDefinition(
            name: "monthly", title: "Monthly", paper: .letter, orientation: orientation, contents: contents,
            pages: PageKind.allCases.map { PageDefinition(question: "What is the question?", page: $0) })
        return Report.draw(
            definition, context: WholeMonth.ordinary.report.context,
            measurer: FixedWidthMeasurer(characterWidth: 0.5), step: step)
    }

    private func links(_ items: [FrameItem]) -> [Int] {
        items.flatMap { item -> [Int] in
            switch item {
            case .text, .path, .image: return []
            case .group(let group): return links(group.items)
            case .link(let link):
                guard case .page(let page) = link.target else { return [] }
                return [page]
            }
        }
    }

    @Test(arguments: Orientation.allCases)
    func everyPageIsListedWhereItBegins(_ orientation: Orientation) throws {
        var told: [Frame] = []
        var announced = 0
        let report = draw(orientation, contents: true) { step in
            switch step {
            case .begin(let sheets):
                told = []
                announced = sheets
            case .sheet(let frame): told.append(frame)
            }
        }
        let list = try #require(report.contents)
        #expect(told == report.sheets && announced == told.count)
        var first = list.laid.sheets.count + 1
        var expected: [Int] = []
        for page in report.pages {
            expected.append(first)
            #expect(page.laid.footer?.page == first)
            first += page.laid.sheets.count
        }
        // 29 kinds of pages have no room on one sheet.
        #expect(list.laid.sheets.count > 1)
        #expect(list.laid.sheets.flatMap { links($0.items) } == expected)
        let format = PageFormat(.letter, orientation)
        for sheet in list.laid.sheets {
            let faults = PageFaults(sheet, format: format).all
            #expect(faults.isEmpty, "\(faults.map(\.description).joined(separator: "; "))")
        }
        // Figures name the pages on which they are printed.
        #expect(report.ledger.entries.allSatisfy { $0.page > list.laid.sheets.count })
    }

    @Test func withoutOneNothingMoves() {
        let report = draw(.landscape, contents: false)
        #expect(report.contents == nil && report.pages.first?.laid.footer?.page == 1)
    }

    /// A page's panels are what it is drawn from, and each can be drawn by itself.
    @Test(arguments: WholeMonth.allCases)
    func everyPanelCanBeDrawnByItself(_ month: WholeMonth) {
        let measurer = FixedWidthMeasurer(characterWidth: 0.5)
        for page in month.draw(paper: .letter, characterWidth: 0.5).pages {
            #expect(!page.laid.panels.isEmpty)
            for panel in page.laid.panels {
                let picture = panel.picture(measurer: measurer)
                let faults = PageFaults(picture, margin: PagePanel.margin).all
                let words = faults.map(\.description).joined(separator: "; ")
                #expect(faults.isEmpty, "\(month) \(panel.title(measurer: measurer)): \(words)")
            }
        }
    }
}
