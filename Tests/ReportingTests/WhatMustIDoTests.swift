import Basis
import Dealership
import Definitions
import Drawing
import Measures
@testable import Reporting
import Testing

@Suite struct WhatMustIDoTests {
    private func draw(_ report: TinyReport, on format: PageFormat = .a4Landscape) -> DrawnTiny {
        var ledger = FigureLedger()
        let setting = PageSetting(
            format: format, theme: .standard, measurer: FixedWidthMeasurer(), number: 1, pages: 7,
            definition: PageDefinition(question: "What must I do?", page: .whatMustIDo),
            numbers: [.whereLost: 2, .whoWaits: 3, .whatBroke: 5, .believe: 7])
        return DrawnTiny(page: WhatMustIDoPage.draw(report.context, setting, ledger: &ledger), ledger: ledger)
    }

    private func month(_ fill: (inout TinyReport) -> Void) -> TinyReport {
        var report = TinyReport()
        report.export(.messages)
        fill(&report)
        return report
    }

    /// Texts miss their target because of Saturdays; 10 October 2026 is one.
    private var saturdays: TinyReport {
        month {
            $0.settings.owners = [
                "default": OwnerSettings(name: "Jo Ellis"), "sms": OwnerSettings(name: "Sam Okafor", role: "Manager"),
            ]
            $0.settings.dueInDays = ["default": 14, "sms": 7]
            $0.conversations("phone", day: 5, inTime: 195, late: 5)
            $0.conversations("sms", day: 6, inTime: 95, late: 5)
            $0.conversations("sms", day: 10, inTime: 30, late: 40, silent: 30)
        }
    }

    @Test func anEmptyFolderIsNotAllWell() {
        let drawn = draw(TinyReport())
        #expect(drawn.headline == "No figure of October can be given yet")
        #expect(drawn.text.contains("exports/messages.csv"))
        #expect(drawn.text.contains("Nothing can be judged yet"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    @Test func theWeekdayOwnerAndDateOfAChannelBelowTarget() {
        let drawn = draw(saturdays)
        #expect(drawn.headline == "30 conversations got no answer, all of them Saturday texts")
        #expect(drawn.text.contains("Put one person on texts every Saturday"))
        #expect(drawn.text.contains("Sam Okafor"))
        #expect(drawn.text.contains("by Sat 7 Nov"))
        #expect(drawn.ledger.codes(page: 1).contains("RESP-02"))
    }

    @Test func rulesAreOrderedByCustomersConcerned() {
        let fired = ActionRules.fired(RuleFindings(saturdays.context))
        // Late or unanswered: 75 texts; still waiting: 30.
        #expect(fired.map(\.concerned) == [75, 30])
        #expect(fired.first?.title == "Put one person on texts every Saturday")
    }

    @Test func belowOnlyWhenTheWholeRangeIs() {
        // 88 of 100: the likely range holds 90 %.
        let near = month { $0.conversations("email", day: 6, inTime: 88, late: 12) }
        #expect(ActionRules.fired(RuleFindings(near.context)).isEmpty)
        let drawn = draw(near)
        #expect(drawn.headline == "Answers not clearly below target")
        #expect(drawn.text.contains("not clearly below"))
        #expect(drawn.text.contains("No rule asks for anything"))
    }

    @Test func onTargetSaysSoAndFirstMonthHasNothingToCompare() {
        let drawn = draw(month { $0.conversations("phone", day: 5, inTime: 195, late: 5) })
        #expect(drawn.headline == "Answers on target")
        #expect(drawn.text.contains("First month: nothing to compare."))
        #expect(drawn.text.contains("No earlier report is on file"))
    }

    @Test func leadsThatNobodySpokeTo() {
        var report = TinyReport()
        report.export(.messages, .serviceVisits, .sales, .leads, .appointments)
        report.visits(Month(year: 2026, month: 8), 900, bought: 30, leads: 300, contacts: 60)
        let fired = ActionRules.fired(RuleFindings(report.context))
        #expect(fired.first?.title == "Reach the service leads that nobody has spoken to")
        #expect(fired.first?.concerned == 240)
    }

    /// Where five are asked for, as many stand there as fit, and the others are counted.
    @Test(arguments: Paper.allCases)
    func asManyActionsAsFit(_ paper: Paper) {
        let fired = ActionRules.fired(RuleFindings(WholeMonth.crowded.report.context)).count
        #expect(fired > 5)
        for asked in [1, 3, 5, 9] {
            let page = WholeMonth.crowded.draw(paper: paper, actions: asked, characterWidth: 0.5).pages[0]
            let drawn = DrawnTiny(page: page, ledger: FigureLedger())
            let numerals = drawn.runs.filter { $0.style.size == 26 }.count
            #expect(numerals >= min(asked, 3) && numerals <= asked)
            #expect(drawn.text.contains("\(fired - numerals) more things to do: see page"))
            #expect(!drawn.text.contains(" and \(fired - numerals) more"))
        }
    }

    /// Without messages nobody knows how many waited: no 0 stands for it.
    @Test func anOutageWithoutMessagesCountsNobody() {
        let report = WholeMonth.outagesOnly.report
        var limited = report
        limited.settings.targets.outageSecondsAMonth = 60
        let fired = ActionRules.fired(RuleFindings(limited.context))
        #expect(fired.contains { $0.title.contains("why e-mail was down") })
        #expect(fired.allSatisfy { !$0.text.contains("waited") })
    }

    @Test func nothingUnderEightPointsAndNothingCut() {
        for format in [PageFormat.a4Landscape, .letterLandscape] {
            for report in [TinyReport(), saturdays] {
                let drawn = draw(report, on: format)
                #expect(drawn.runs.allSatisfy { $0.style.size >= 8 })
                #expect(drawn.page.laid.shortened.isEmpty)
                for row in drawn.ledger.entries { #expect(FigureID(row.id.description) == row.id) }
            }
        }
    }
}
