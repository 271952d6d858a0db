import Definitions
import Drawing
@testable import Reporting
import Testing

/// Every page on sheets of both kinds, upright and lying, in every theme: whatever the month holds, all of it can be
/// read.
@Suite struct UprightPagesTests {
    @Test(arguments: WholeMonth.allCases, Paper.allCases)
    func everyPageCanBeReadUpright(_ month: WholeMonth, _ paper: Paper) {
        let format = PageFormat(paper, .portrait)
        for width in [0.5, 0.6] {
            let report = month.draw(paper: paper, orientation: .portrait, characterWidth: width)
            for (page, kind) in zip(report.pages, PageKind.allCases) {
                for (index, sheet) in page.laid.sheets.enumerated() {
                    let faults = PageFaults(sheet, format: format).all
                    let words = faults.map(\.description).joined(separator: "; ")
                    #expect(faults.isEmpty, "\(month) \(paper) \(kind), sheet \(index + 1), type \(width): \(words)")
                }
            }
        }
    }

    /// Words are cut only where a name is longer than any column.
    @Test(
        arguments: [WholeMonth.nothing, .messagesOnly, .salesOnly, .outagesOnly, .tooLittle, .ordinary], Paper.allCases)
    func ordinaryNamesAreNeverCutUpright(_ month: WholeMonth, _ paper: Paper) {
        let report = month.draw(paper: paper, orientation: .portrait, characterWidth: 0.5)
        for (page, kind) in zip(report.pages, PageKind.allCases) {
            #expect(page.laid.shortened.isEmpty, "\(month) \(paper) \(kind): \(page.laid.shortened)")
        }
    }

    /// Numbers run on over all sheets, and every one says of how many.
    @Test(arguments: WholeMonth.allCases, Orientation.allCases)
    func sheetsAreNumbered(_ month: WholeMonth, _ orientation: Orientation) {
        var told: [Report.Step] = []
        let report = month.draw(paper: .a4, orientation: orientation) { told.append($0) }
        let sheets = report.sheets
        for (index, sheet) in sheets.enumerated() {
            #expect(texts(sheet).contains("\(index + 1) / \(sheets.count)"), "\(month), sheet \(index + 1)")
        }
        // What was told since the last beginning is the report.
        var streamed: [Frame] = []
        var announced = 0
        for step in told {
            switch step {
            case .begin(let count):
                streamed = []
                announced = count
            case .sheet(let frame): streamed.append(frame)
            }
        }
        #expect(streamed == sheets && announced == sheets.count)
        // A figure's page is one on which the report has the page, and a page that goes on says so.
        var first = 1
        for page in report.pages {
            let count = page.laid.sheets.count
            #expect(report.ledger.lastSheets[first] == (count > 1 ? first + count - 1 : nil))
            first += count
        }
        let known = Set(report.pages.indices.map { index in
            report.pages.prefix(index).reduce(1) { $0 + $1.laid.sheets.count }
        })
        #expect(Set(report.ledger.entries.map(\.page)).isSubset(of: known))
    }

    /// Everybody of a long table is on it, under a header on each of its sheets; of 300 stores, dots of one plot, the
    /// page says which stand out.
    @Test(arguments: Orientation.allCases)
    func sixtyPeopleAndThreeHundredStores(_ orientation: Orientation) throws {
        let report = WholeMonth.extreme.draw(paper: .letter, orientation: orientation, characterWidth: 0.5)
        let people = try #require(PageKind.allCases.firstIndex(of: .whoAnswers))
        let sheets = report.pages[people].laid.sheets
        #expect(sheets.count > 1)
        let words = sheets.flatMap(texts)
        for index in 0..<60 { #expect(words.contains { $0.hasPrefix("Robin\(index) Fea") }, "Robin\(index)") }
        #expect(sheets.dropFirst().allSatisfy { texts($0).contains("Judged") })
        #expect(!words.contains { $0.hasPrefix("and ") && $0.hasSuffix(" more") })
        let stores = try #require(PageKind.allCases.firstIndex(of: .whoTurns))
        let told = report.pages[stores].laid.sheets.flatMap(texts).joined(separator: " ")
        #expect(told.contains("Stores: one to praise"), "\(told.prefix(900))")
    }

    /// Nothing of a page is lost upright: every figure and every block is there as it is on a lying sheet.
    @Test(arguments: [WholeMonth.ordinary, .crowded])
    func nothingIsLostUpright(_ month: WholeMonth) {
        let lying = month.draw(paper: .a4, orientation: .landscape)
        let upright = month.draw(paper: .a4, orientation: .portrait)
        #expect(lying.ledger.entries.map(\.id) == upright.ledger.entries.map(\.id))
        for (index, kind) in PageKind.allCases.enumerated() {
            #expect(blocks(lying.pages[index]) <= blocks(upright.pages[index]), "\(kind)")
        }
    }

    @Test(arguments: ["high contrast", "monochrome"])
    func everyThemeCanBeRead(_ name: String) {
        let theme: Theme = name == "monochrome" ? .monochrome : .highContrast
        for month in [WholeMonth.ordinary, .tooLittle, .crowded] {
            for orientation in Orientation.allCases {
                let report = month.draw(paper: .letter, orientation: orientation, theme: theme)
                for (page, kind) in zip(report.pages, PageKind.allCases) {
                    for sheet in page.laid.sheets {
                        let faults = PageFaults(sheet, format: PageFormat(.letter, orientation)).all
                        let words = faults.map(\.description).joined(separator: "; ")
                        #expect(faults.isEmpty, "\(name) \(month) \(kind): \(words)")
                    }
                }
            }
        }
    }

    private func texts(_ frame: Frame) -> [String] { frame.items.flatMap(texts) }

    private func texts(_ item: FrameItem) -> [String] {
        switch item {
        case .text(let run): [run.text]
        case .group(let group): group.items.flatMap(texts)
        case .link(let link): link.items.flatMap(texts)
        case .path, .image: []
        }
    }

    private func blocks(_ page: DrawnPage) -> Int {
        page.laid.sheets.flatMap(\.items).count {
            if case .group(let group) = $0 { group.role == .section } else { false }
        }
    }
}
