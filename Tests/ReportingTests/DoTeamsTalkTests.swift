import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Testing

@Suite struct DoTeamsTalkTests {
    private func month(_ fill: (inout TinyReport) -> Void = { _ in }) -> TinyReport {
        var report = TinyReport()
        report.settings.targets.handoffSeconds = 14_400
        report.settings.channels = [
            ChannelSettings(name: "email", management: .managed), ChannelSettings(name: "whatsapp", management: .offChannel),
        ]
        report.export(.messages)
        fill(&report)
        return report
    }

    @Test func withoutMessagesThePageSaysWhatToExport() {
        let drawn = TinyReport().draw(.doTeamsTalk)
        #expect(drawn.headline == "No messages exported: nobody can tell whether teams talk")
        #expect(drawn.text.contains("exports/messages.csv"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    @Test func messagesWithoutTasksOrPeopleAreNoZero() {
        let drawn = month().draw(.doTeamsTalk)
        #expect(drawn.headline == "Handoffs are not recorded")
        #expect(drawn.text.contains("to_department"))
        #expect(!drawn.text.contains("0 %"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    @Test func theUnansweredLeadAndThePairThatHoldsThem() {
        let drawn = month {
            $0.handoffs("service", "sales", inTime: 70, late: 16, silent: 14)
            $0.handoffs("sales", "parts", inTime: 58, late: 1, silent: 1)
        }.draw(.doTeamsTalk)
        #expect(drawn.headline == "15 handoffs unanswered, 14 of them from service to sales")
        #expect(drawn.text.contains("Sales answers 70 % of handoffs from service in time"))
        #expect(drawn.text.contains("All 15 have waited over a week"))
    }

    /// 88 of 100 against 90 %: Wilson reaches 93 %.
    @Test func aPairNearTheTargetIsNotSaidToMissIt() {
        let drawn = month { $0.handoffs("service", "sales", inTime: 88, late: 12) }.draw(.doTeamsTalk)
        #expect(drawn.headline == "Handoffs not clearly off target")
        #expect(drawn.text.contains("No pair clearly misses the target"))
        #expect(drawn.text.contains("Service to sales: 88 %, likely 80 to 93 %, so not clearly off the target of 90 %."))
    }

    @Test func onTargetAndTooFew() {
        let good = month { $0.handoffs("service", "sales", inTime: 95, late: 5) }.draw(.doTeamsTalk)
        #expect(good.headline == "Handoffs on target")
        let few = month { $0.handoffs("service", "sales", inTime: 12) }.draw(.doTeamsTalk)
        #expect(few.headline == "12 handoffs, too few to judge")
        #expect(few.text.contains("12 of 20 needed"))
        #expect(!few.text.contains("100 %"))
    }

    @Test func withoutATargetNothingIsInTime() {
        let drawn = month {
            $0.settings.targets.handoffSeconds = nil
            $0.handoffs("service", "sales", inTime: 0, late: 0, silent: 0, stillWithin: 0)
            $0.handoffs("service", "parts", inTime: 30)
        }.draw(.doTeamsTalk)
        #expect(drawn.headline == "30 handoffs; no target is set")
        #expect(drawn.text.contains("targets: handoff"))
        #expect(!drawn.ledger.entries.contains { $0.id.code == "HAND-01" })
    }

    @Test func whoStandsOutIsNamedAndChanceIsNot() {
        func people(_ missed: Int) -> DrawnTiny {
            month { report in
                for name in ["a", "b", "c", "d", "e", "f", "g", "h"] { report.person(name, inTime: 180, missed: 20) }
                report.person("moss", inTime: 200 - missed, missed: missed)
                report.person("new", inTime: 5, missed: 4)
                report.person("", inTime: 0, missed: 7)
                report.people = [
                    Person(
                        identifier: "moss", store: 0, name: "Tess Moss", department: "sales", role: "", isRemote: nil,
                        payrollIdentifier: "", activeFrom: nil, activeTo: nil)
                ]
            }.draw(.doTeamsTalk)
        }
        let usual = people(24)
        #expect(usual.text.contains("Nobody stands out beyond chance"))
        #expect(!usual.text.contains("Tess Moss"))
        let far = people(60)
        #expect(far.headline == "Tess Moss needs help; handoffs are not recorded")
        #expect(far.text.contains("One person needs help"))
        #expect(far.text.contains("60 of 200 late or unanswered; at the average it would be 24."))
        #expect(far.text.contains("1 person with fewer than 20 not scored."))
        #expect(far.text.contains("7 unanswered had no"))
        #expect(!far.ledger.entries.contains { $0.id.slice[.person] == "new" })
    }

    @Test func whatRunsOutsideIsASeenShareAndTheRestIsNotSampled() {
        let drawn = month {
            $0.messages("email", 970)
            $0.messages("whatsapp", 30, isOff: true)
        }.draw(.doTeamsTalk)
        #expect(drawn.text.contains("3.0 % of what we see runs outside"))
        #expect(drawn.text.contains("Personal phones"))
        #expect(drawn.text.contains("not sampled"))
        let none = month { $0.settings.channels = [] }.draw(.doTeamsTalk)
        #expect(none.text.contains("Managed channels are not listed"))
    }

    @Test(arguments: [PageFormat.a4Landscape, .letterLandscape])
    func nothingIsSmallOrOutside(format: PageFormat) {
        let drawn = month { report in
            for (from, to) in [("service", "sales"), ("sales", "service"), ("parts", "sales"), ("finance", "parts")] {
                report.handoffs(from, to, inTime: 140, late: 6, silent: 11)
            }
            for index in 0..<30 { report.person("p\(index)", inTime: 60 + index, missed: index % 7) }
            report.person("Maximiliane Schwarzenberger-Featherstonehaugh", inTime: 20, missed: 60)
            report.messages("email", 970)
        }.draw(.doTeamsTalk, on: format)
        for run in drawn.runs {
            #expect(run.style.size >= 8, "\(run.text)")
            #expect(run.origin.x >= 0 && run.origin.x <= format.size.width, "\(run.text)")
            #expect(run.origin.y >= 0 && run.origin.y <= format.size.height, "\(run.text)")
        }
        for entry in drawn.ledger.entries { #expect(FigureID(entry.id.description) == entry.id) }
    }
}
