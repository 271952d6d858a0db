import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Statistics
import Testing

@Suite struct WhoWaitsTests {
    private func month(_ fill: (inout TinyReport) -> Void) -> TinyReport {
        var report = TinyReport()
        report.export(.messages)
        fill(&report)
        return report
    }

    @Test func withoutMessagesThePageSaysWhatToExport() {
        let drawn = TinyReport().draw(.whoWaits)
        #expect(drawn.headline == "No messages exported: nobody can tell who waits")
        #expect(drawn.text.contains("exports/messages.csv"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    @Test func aMonthWithoutConversationsIsNoZero() {
        let drawn = month { _ in }.draw(.whoWaits)
        #expect(drawn.headline == "No conversation in October")
        #expect(!drawn.text.contains("0 %"))
    }

    @Test func sixConversationsAreTooFew() {
        let drawn = month { $0.conversations("chat", day: 5, inTime: 6) }.draw(.whoWaits)
        #expect(drawn.headline == "Chat: 6 conversations, too few")
        #expect(drawn.text.contains("too few: 6 of 20 needed"))
    }

    /// Beside channels with a rate, on the narrower paper.
    @Test func tooFewIsPrintedWhole() {
        let drawn = month {
            for channel in ["email", "phone", "sms"] { $0.conversations(channel, day: 5, inTime: 95, late: 5) }
            $0.conversations("chat", day: 5, inTime: 12)
        }.draw(.whoWaits, on: .letterLandscape)
        #expect(drawn.runs.contains { $0.text == "too few: 12 of 20 needed" })
        #expect(drawn.page.laid.shortened.isEmpty)
    }

    @Test func onTargetAndBelowAndInBetween() {
        let good = month {
            $0.conversations("phone", day: 5, inTime: 190, late: 10)
            $0.conversations("email", day: 6, inTime: 95, late: 5)
        }
        #expect(good.draw(.whoWaits).headline == "Every channel on target")
        // 88 of 100: Wilson reaches 93 %, so it is not clearly below 90 %.
        let near = month { $0.conversations("email", day: 6, inTime: 88, late: 12) }
        #expect(near.draw(.whoWaits).headline == "No channel clearly below target")
        // 70 of 100: Wilson ends at 78 %.
        let bad = month {
            $0.conversations("phone", day: 5, inTime: 190, late: 10)
            $0.conversations("sms", day: 6, inTime: 70, late: 30)
        }
        #expect(bad.draw(.whoWaits).headline == "Texts: 70 % answered in time, target 90 %")
    }

    @Test func theDayThatMakesAChannelMissIsNamed() {
        // 10 October 2026 is a Saturday; on weekdays 95 of 100 are in time.
        let drawn = month {
            $0.conversations("sms", day: 6, inTime: 95, late: 5)
            $0.conversations("sms", day: 10, inTime: 30, late: 40, silent: 30)
        }.draw(.whoWaits)
        #expect(drawn.headline == "Texts: 63 % answered in time, target 90 %. Saturday is the gap")
        #expect(drawn.text.contains("30 of the 30 still waiting on 31 Oct are Saturday texts."))
        #expect(drawn.text.contains("Saturday at 10:00 is clearly below target"))
        #expect(drawn.text.contains("15 to 31 days"))
        #expect(drawn.text.contains("21 days"))
    }

    @Test func thoseStillWithinTargetAreNotLate() {
        let drawn = month { $0.conversations("email", day: 31, inTime: 30, stillWithin: 4) }.draw(.whoWaits)
        #expect(drawn.headline == "E-mail on target: 100 % answered in time")
        #expect(drawn.text.contains("4 still within target left out"))
        #expect(drawn.text.contains("Nobody was still waiting on 31 Oct."))
    }

    @Test func aManagedChannelWithoutAnyRowsIsMissing() {
        let drawn = month {
            $0.settings.channels = [.init(name: "phone", management: .managed), .init(name: "sms", management: .managed)]
            $0.conversations("phone", day: 5, inTime: 95, late: 5)
        }.draw(.whoWaits)
        #expect(drawn.headline == "No texts exported for October: they cannot be judged")
        #expect(drawn.text.contains("never exported"))
        #expect(drawn.text.contains("Please export texts for 1–31 Oct into exports/messages.csv."))
    }

    @Test func withoutTargetsNothingIsLate() {
        let drawn = month {
            $0.settings.targets = TargetSettings()
            var tally = [Int64](repeating: 0, count: FirstResponseTime.Counter.allCases.count)
            tally[FirstResponseTime.Counter.conversations.rawValue] = 40
            tally[FirstResponseTime.Counter.answered.rawValue] = 40
            tally[FirstResponseTime.Counter.noTarget.rawValue] = 40
            var waits = TinyReport.histogram(600, 40)
            waits.add(1_200, times: 1)
            let empty = TinyReport.histogram(0, 0)
            let cell = Tally(counts: tally, histograms: [waits, empty, empty, empty])
            $0.add(.responses, ["2026-10"], cell)
            $0.add(.responsesByChannel, ["2026-10", "email"], cell)
        }.draw(.whoWaits)
        #expect(drawn.headline == "Half were answered within 10 min; no target is set")
        #expect(!drawn.text.contains("late:"))
        #expect(drawn.text.contains("Set targets: first-response-time"))
    }

    @Test(arguments: [PageFormat.a4Landscape, .letterLandscape])
    func nothingIsSmallOrOutsideAndEveryFigureHasAnId(_ format: PageFormat) {
        let drawn = month {
            for channel in ["email", "sms", "phone", "chat", "web", "whatsapp", "fax", "portal"] {
                $0.conversations(channel, day: 10, inTime: 70, late: 20, silent: 10)
            }
        }.draw(.whoWaits, on: format)
        expectSound(drawn, format)
        #expect(drawn.text.contains("3 others"))
    }

    @Test func classesLieAroundTheTarget() {
        let hour = WaitClasses.bounds(target: 3_600)
        #expect(hour.inTime == [300, 600, 1_200, 1_800, 3_600])
        #expect(hour.late == [7_200, 14_400, 28_800])
        #expect(WaitClasses.bounds(target: 120).inTime.last == 120)
        #expect(Words.waitClass(1_800, 3_600) == "30–60 min")
        #expect(Words.waitClass(0, 300, before: 600) == "0–5")
        #expect(Words.waitClass(28_800, nil) == "over 8 h")
    }
}

/// 8 pt or more, inside the page, and every figure's id reads back.
func expectSound(_ drawn: DrawnTiny, _ format: PageFormat) {
    #expect(drawn.page.laid.shortened.isEmpty, "\(drawn.page.laid.shortened)")
    for run in drawn.runs {
        #expect(run.style.size >= 8, "\(run.text)")
        #expect(run.origin.x >= 0 && run.origin.x + run.width <= format.size.width, "\(run.text)")
        #expect(run.origin.y >= 0 && run.origin.y <= format.size.height, "\(run.text)")
    }
    #expect(!drawn.ledger.entries.isEmpty)
    for entry in drawn.ledger.entries {
        #expect(FigureID(entry.id.description) == entry.id)
        #expect(Figures.figure(entry.id.code) != nil, "\(entry.id.code)")
        #expect(!entry.estimate.isEmpty)
    }
}
