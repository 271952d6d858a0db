import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Statistics
import Testing

@Suite struct DidItWorkTests {
    private func draw(_ report: TinyReport, on format: PageFormat = .a4Landscape) -> DrawnTiny {
        var ledger = FigureLedger()
        let setting = PageSetting(
            format: format, theme: .standard, measurer: FixedWidthMeasurer(characterWidth: 0.5), number: 6, pages: 7,
            definition: PageDefinition(question: "Did our changes work?", page: .didItWork))
        return DrawnTiny(page: DidItWorkPage.draw(report.context, setting, ledger: &ledger), ledger: ledger)
    }

    /// Answered in time by month, the newest last; of 200 conversations each.
    private func answered(_ inTime: [Int]) -> TinyReport {
        var report = TinyReport()
        report.export(.messages)
        for (index, value) in inTime.enumerated() {
            var counts = [Int64](repeating: 0, count: FirstResponseTime.Counter.allCases.count)
            counts[FirstResponseTime.Counter.conversations.rawValue] = 200
            counts[FirstResponseTime.Counter.answered.rawValue] = 200
            counts[FirstResponseTime.Counter.inTime.rawValue] = Int64(value)
            counts[FirstResponseTime.Counter.late.rawValue] = Int64(200 - value)
            var waits = SparseHistogram()
            waits.add(600, times: 200)
            let none = SparseHistogram()
            let month = report.month + (index - inTime.count + 1)
            report.add(.responses, [month.description], Tally(counts: counts, histograms: [waits, none, none, none]))
        }
        return report
    }

    @Test func withoutFiguresThePageSaysWhatToExportAndSetUp() {
        let drawn = draw(TinyReport())
        #expect(drawn.headline == "No change is judged yet: write one down before it starts")
        #expect(drawn.text.contains("What moves by itself: no figures yet"))
        #expect(drawn.text.contains("messages.csv"))
        #expect(drawn.text.contains("An example, made up"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    /// As of the middle of the month: its count is no month's, and no fall.
    @Test func halfAMonthIsNotCountedAsOne() throws {
        var report = answered([180, 176, 182, 179, 175, 181, 178, 180, 177, 183, 179, 181, 178])
        report.settings.targets = TargetSettings()
        let base = report.context
        var header = base.header
        header.asOfDay = try #require(Day(year: 2026, month: 10, day: 15))
        let context = ReportContext(
            request: base.request, header: header,
            tables: ReportTable.allCases,
            tallies: ReportTable.allCases.map { base.tables[$0] ?? TallyTable(cells: [:]) }, leftOutByRule: [:])
        var ledger = FigureLedger()
        let panels = MovedMeasures(context, page: 6).panels(&ledger)
        let counted = try #require(panels.first { $0.title == "Conversations" } ?? panels.last)
        #expect(counted.title == "Conversations")
        #expect(counted.months.last == report.month + -1)
    }

    @Test func steadyMonthsAreInsideTheUsualRange() {
        let drawn = draw(answered([180, 176, 182, 179, 175, 181, 178, 180, 177, 183, 179, 181, 178]))
        #expect(drawn.text.contains("Answered in time: inside the usual range"))
        #expect(!drawn.text.contains("usual range so far"))
        #expect(drawn.text.contains("no newest figure is outside its usual range"))
    }

    @Test func aFallOutsideTheRangeIsSaidAndNoReasonGiven() {
        let drawn = draw(answered([180, 176, 182, 179, 175, 181, 178, 180, 177, 183, 179, 181, 120]))
        #expect(drawn.text.contains("Answered in time: below the usual range"))
        #expect(drawn.text.contains("answered in time below the usual range."))
        #expect(drawn.text.contains("Look for the reason first."))
    }

    @Test func fewMonthsHaveNoUsualRange() {
        let drawn = draw(answered([150, 180]))
        #expect(drawn.text.contains("Answered in time: 2 of 8 months needed"))
        #expect(drawn.text.contains("What is usual is not known yet"))
        #expect(!drawn.text.contains("inside the usual range"))
        // Eight are provisional.
        #expect(draw(answered([180, 176, 182, 179, 175, 181, 178, 180])).text.contains("inside the usual range so far"))
    }

    @Test func monthsBelowMinimumNAreNoFigure() {
        var report = answered([180])
        report.settings.conversion.minimumN = 300
        #expect(!draw(report).text.contains("Answered in time:"))
    }

    /// Limits of shares are Laney's, as on page 2, not XmR's: months of unequal size have unequal limits.
    @Test func sharesAreJudgedByTheirDenominators() {
        let shares = [40, 400, 40, 400, 40, 400, 40, 400, 40].map { Proportion(successes: $0 * 9 / 10, trials: $0) }
        let months = (0..<9).map { Month(year: 2026, month: 1) + $0 }
        var figures = shares.map(MovedPanel.Figure.share)
        let panel = MovedPanel(title: "A", name: "a", sub: "", months: months, figures: figures, unit: " %", lastLabel: "")
        #expect(panel.standing == .inside)
        figures[8] = .share(Proportion(successes: 200, trials: 400))
        let fallen = MovedPanel(title: "A", name: "a", sub: "", months: months, figures: figures, unit: " %", lastLabel: "")
        let chart = LaneyChart.of(shares.dropLast() + [Proportion(successes: 200, trials: 400)]).value
        let isOutside = chart?.signals.last?.contains { $0.rule == .outside } == true
        #expect((fallen.standing == .below) == isOutside)
    }

    @Test(arguments: [PageFormat.a4Landscape, .letterLandscape])
    func nothingIsSmallOrOutside(_ format: PageFormat) {
        let drawn = draw(answered([180, 176, 182, 179, 175, 181, 178, 180, 177, 183, 179, 181, 120]), on: format)
        expectSound(drawn, format)
    }
}
