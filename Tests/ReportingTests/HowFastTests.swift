import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Testing

@Suite struct HowFastTests {
    private func month(_ fill: (inout TinyReport) -> Void = { _ in }) -> TinyReport {
        var report = TinyReport()
        report.export(.messages)
        fill(&report)
        return report
    }

    @Test func withoutMessagesThePageSaysWhatToExport() {
        let drawn = TinyReport().draw(.howFast)
        #expect(drawn.headline == "No messages exported: nobody can tell how fast we answer")
        #expect(drawn.words.contains("exports/messages.csv"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    @Test func halfAndNineInTenLead() {
        let drawn = month { $0.conversations("email", day: 5, inTime: 95, late: 5) }.draw(.howFast)
        #expect(drawn.headline == "Half were answered within 10 min, nine in ten within 10 min")
        #expect(drawn.words.contains("95 % answered in time"))
        #expect(!drawn.words.contains("clearly below"))
    }

    /// 60 of 100 waited longer than anybody was watching.
    @Test func silenceIsNotLeftOut() {
        let some = month { $0.conversations("email", day: 5, inTime: 80, silent: 20) }.draw(.howFast)
        #expect(some.headline == "Half were answered within 10 min; more than 1 in 10 waited over 111 h 07")
        let most = month { $0.conversations("email", day: 5, inTime: 40, silent: 60) }.draw(.howFast)
        #expect(most.headline == "More than half waited over 111 h 07")
        #expect(most.words.contains("E-mails are clearly below target"))
    }

    @Test func tooFewAndNone() {
        let few = month { $0.conversations("email", day: 5, inTime: 7) }.draw(.howFast)
        #expect(few.headline == "7 conversations: too few to say how fast")
        #expect(few.words.contains("7 of 20 needed"))
        #expect(!few.words.contains("100 %"))
        #expect(month().draw(.howFast).headline == "No conversation in October")
    }

    @Test func departmentsStandBesideChannelsRawAndAdjusted() {
        let drawn = month {
            $0.conversations("email", day: 5, inTime: 180, late: 20)
            $0.department("service", inTime: 70, late: 30, freed: 10)
            $0.department("sales", inTime: 98, late: 2)
        }.draw(.howFast)
        #expect(drawn.words.contains("Service clearly misses the target"))
        func entry(_ code: String, _ department: String) -> FigureLedger.Entry? {
            drawn.ledger.entries.first { $0.id.code == code && $0.id.slice == [.department: department] }
        }
        #expect(entry("RESP-02", "service")?.estimate == "0.700000")
        #expect(entry("RESP-09", "service")?.estimate == "0.800000")
        #expect(entry("RESP-02", "sales")?.n == 100)
    }

    @Test func otherWaitsAreThoseOfTheirTables() {
        let report = month {
            $0.export(.leads, .conversations)
            $0.conversations("email", day: 5, inTime: 95, late: 5)
            $0.turns(inTime: 60, late: 30, silent: 10)
            $0.leads(inTime: 30, late: 10)
            $0.resolutions(50, open: 5)
        }
        let drawn = report.draw(.howFast)
        func estimate(_ code: String) -> String? { drawn.ledger.entries.first { $0.id.code == code }?.estimate }
        #expect(estimate("NEXT-01") == "600")
        #expect(estimate("NEXT-02") == "0.600000")
        // Nine of ten turns were answered, so the longest answer is theirs.
        #expect(estimate("NEXT-03") == "18000")
        #expect(estimate("NEXT-04") == "10")
        #expect(estimate("LEAD-02") == "0.750000")
        #expect(estimate("LEAD-04") == "0")
        #expect(estimate("RES-01") == "7200")
        #expect(estimate("RES-03") == "5")
        #expect(drawn.words.contains("Half of first answers within 10 min, of later ones within 10 min"))
    }

    @Test func whatIsMissingIsNamedAndNotZero() {
        let drawn = month { $0.conversations("email", day: 5, inTime: 95, late: 5) }.draw(.howFast)
        #expect(drawn.words.contains("exports/leads.csv"))
        #expect(drawn.words.contains("exports/conversations.csv"))
        #expect(!drawn.words.contains("Withdrawn"))  // only the conversations export says so
        #expect(!drawn.ledger.entries.contains { $0.id.code.hasPrefix("LEAD") || $0.id.code.hasPrefix("RES-") })
    }

    @Test func withoutATargetNothingIsInTime() {
        let drawn = month {
            $0.settings.targets = TargetSettings()
            var tally = TinyReport.answers(inTime: 50)
            tally.counts[FirstResponseTime.Counter.inTime.rawValue] = 0
            tally.counts[FirstResponseTime.Counter.noTarget.rawValue] = 50
            $0.add(.responses, ["2026-10"], tally)
            $0.add(.responsesByChannel, ["2026-10", "email"], tally)
        }.draw(.howFast)
        #expect(drawn.words.contains("No target is set"))
        #expect(!drawn.ledger.entries.contains { $0.id.code == "RESP-02" })
    }
}
