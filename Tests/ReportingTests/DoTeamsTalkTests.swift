import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Statistics
import Testing

extension TinyReport {
    /// A person's conversations of a month; no outage, so adjusted times are the times.
    fileprivate mutating func answers(_ person: String, inTime: Int, late: Int = 0, silent: Int = 0, in month: Month? = nil) {
        var counts = [Int64](repeating: 0, count: FirstResponseTime.Counter.allCases.count)
        func set(_ counters: [FirstResponseTime.Counter], _ value: Int) {
            for counter in counters { counts[counter.rawValue] = Int64(value) }
        }
        set([.conversations], inTime + late + silent)
        set([.answered], inTime + late)
        set([.inTime, .inTimeAdjusted], inTime)
        set([.late, .lateAdjusted], late)
        set([.unanswered, .unansweredAdjusted, .waiting], silent)
        let tally = Tally(counts: counts, histograms: [SparseHistogram](repeating: SparseHistogram(), count: 4))
        let month = (month ?? self.month).description
        add(.responses, [month], tally)
        add(.responsesByPerson, [month, person], tally)
        add(.adjustedByPerson, [month, person], tally)
    }

    fileprivate mutating func messages(_ channel: String, _ count: Int, off: Bool = false, in month: Month? = nil) {
        var counts = [Int64](repeating: 0, count: Volume.Counter.allCases.count)
        counts[Volume.Counter.messages.rawValue] = Int64(count)
        counts[Volume.Counter.offChannel.rawValue] = off ? Int64(count) : 0
        add(.volumesByChannel, [(month ?? self.month).description, channel], Tally(counts: counts, histograms: []))
    }

    fileprivate func talk(_ format: PageFormat = .a4Landscape) -> DrawnTiny {
        var ledger = FigureLedger()
        let setting = PageSetting(
            format: format, theme: .standard, measurer: FixedWidthMeasurer(), number: 4, pages: 7,
            definition: PageDefinition(question: "Do our teams talk?", page: .doTeamsTalk))
        return DrawnTiny(page: DoTeamsTalkPage.draw(context, setting, ledger: &ledger), ledger: ledger)
    }
}

@Suite struct DoTeamsTalkTests {
    private func month(_ fill: (inout TinyReport) -> Void) -> TinyReport {
        var report = TinyReport()
        report.export(.messages)
        fill(&report)
        return report
    }

    /// Ten people who answer 90 of 100 in time.
    private func ten(_ report: inout TinyReport, in month: Month? = nil) {
        for index in 0..<10 { report.answers("P\(index)", inTime: 90, late: 10, in: month) }
    }

    private func person(_ identifier: String, _ name: String) -> Person {
        Person(
            identifier: identifier, store: 0, name: name, department: "service", role: "", isRemote: nil,
            payrollIdentifier: "", activeFrom: nil, activeTo: nil)
    }

    @Test func withoutMessagesThePageSaysWhatToExport() {
        let drawn = TinyReport().talk()
        #expect(drawn.headline == "No messages exported: nobody can tell who answers")
        #expect(drawn.text.contains("exports/people.csv"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    @Test func whatCannotBeComparedIsSaid() {
        #expect(month { _ in }.talk().headline == "No conversation in October")
        #expect(month { $0.answers("", inTime: 40, silent: 4) }.talk().headline == "Who answers is not in the exports")
        let few = month {
            $0.answers("P1", inTime: 30)
            $0.answers("P2", inTime: 10, late: 9)
        }.talk()
        #expect(few.headline == "Too few conversations a person to say who stands out")
        #expect(!few.ledger.entries.contains { $0.id.code == "RESP-09" })
    }

    @Test func nobodyStandsOutAmongEquals() {
        let drawn = month { ten(&$0) }.talk()
        #expect(drawn.headline == "Nobody stands out")
        #expect(drawn.text.contains("All 10 lie inside the curves"))
        #expect(drawn.text.contains("Export people.csv for names and departments."))
    }

    @Test func whoIsOutsideIsNamedAndNobodyElse() {
        let drawn = month {
            ten(&$0)
            $0.answers("H", inTime: 110, late: 90)
            $0.people = [person("H", "Tess Moss"), person("P1", "Dana Ruiz")]
            $0.export(.people)
        }.talk()
        #expect(drawn.headline == "One person needs help")
        #expect(drawn.text.contains("Tess Moss, service"))
        #expect(drawn.text.contains("110 of 200 in time, likely 48 to 62 %."))
        #expect(!drawn.text.contains("months running"))
        #expect(drawn.ledger.entries.contains { $0.id == FigureID("RESP-09", TinyReport().month, [.person: "H"]) && $0.n == 200 })
    }

    @Test func threeMonthsRunningAreSaid() {
        let drawn = month { report in
            for back in 0..<3 {
                ten(&report, in: report.month + -back)
                report.answers("H", inTime: 110, late: 90, in: report.month + -back)
            }
        }.talk()
        #expect(drawn.text.contains("Three months running below the dashed curve."))
    }

    @Test func belowTheOthersYetOnTargetNeedsNoHelp() {
        let drawn = month {
            for index in 0..<10 { $0.answers("P\(index)", inTime: 398, late: 2) }
            $0.answers("H", inTime: 368, late: 32)
        }.talk()
        #expect(drawn.headline == "Nobody stands out")
        #expect(drawn.text.contains("H 92 %, yet on target"))
    }

    @Test func silenceWithoutAssigneeIsNobodys() {
        let drawn = month {
            ten(&$0)
            $0.answers("", inTime: 0, silent: 12)
        }.talk()
        #expect(drawn.text.contains("12 unanswered conversations had no assignee and count for nobody"))
        #expect(!drawn.text.contains("11 people"))
    }

    @Test func outsideChannelsAreUnknownUnlessExported() {
        func text(_ fill: (inout TinyReport) -> Void) -> String {
            month { report in
                ten(&report)
                report.messages("email", 980)
                fill(&report)
            }.talk().text
        }
        let whatsapp = ChannelSettings(name: "whatsapp", management: .offChannel)
        #expect(text { _ in }.contains("No channel is named as outside"))
        #expect(text { $0.settings.channels = [whatsapp] }.contains("WhatsApp: in no export"))
        let before = text {
            $0.settings.channels = [whatsapp]
            $0.messages("whatsapp", 20, off: true, in: $0.month + -1)
        }
        #expect(before.contains("exports, share unknown") && !before.contains("0.0 %"))
        let known = text {
            $0.settings.channels = [whatsapp]
            $0.messages("whatsapp", 20, off: true)
        }
        #expect(known.contains("At least 2.0 % is outside our channels"))
        #expect(known.contains("20 of 1,000 messages in October ran on WhatsApp"))
    }

    @Test(arguments: [PageFormat.a4Landscape, .letterLandscape])
    func threeHundredPeopleWithLongNamesStayOnThePage(_ format: PageFormat) {
        let drawn = month { report in
            report.export(.people, .conversations)
            report.settings.channels = [ChannelSettings(name: "whatsapp", management: .offChannel)]
            report.messages("email", 90_000)
            report.messages("whatsapp", 900, off: true)
            for index in 0..<300 {
                let late = index < 6 ? 60 : index > 293 ? 0 : 8 + index % 5
                report.answers("P\(index)", inTime: 110 + index % 37 * 3 - late, late: late)
                report.people.append(person("P\(index)", "Bartholomew-Alexander Featherstonehaugh \(index)"))
            }
        }.talk(format)
        #expect(drawn.page.laid.shortened.isEmpty)
        #expect(drawn.runs.allSatisfy { $0.style.size >= 8 })
        for entry in drawn.ledger.entries { #expect(FigureID(entry.id.description) == entry.id) }
    }
}
