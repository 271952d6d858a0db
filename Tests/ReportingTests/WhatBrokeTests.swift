import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Statistics
import Testing

@Suite struct WhatBrokeTests {
    private func month(_ fill: (inout TinyReport) -> Void = { _ in }) -> TinyReport {
        var report = TinyReport()
        report.export(.outages, .messages)
        fill(&report)
        return report
    }

    /// An outage of e-mail from 9:00 on, with those who began in it, each answered after `wait` seconds.
    private func addOutage(
        _ report: inout TinyReport, _ name: String, day: Int, hours: Int, began: Int = 0, wait: Int64 = 0,
        system: String = "e-mail"
    ) throws {
        let start = ZoneRules.utc.startOfDay(try #require(Day(year: 2026, month: 10, day: day))) + 32_400
        report.outages.append(
            Outage(
                identifier: name, store: -1, vendor: "", system: system, channel: "email", start: start,
                end: start + Int64(hours) * 3_600, detected: nil, acknowledged: nil, notified: nil, isExternal: nil,
                vendorStart: nil, vendorEnd: nil, source: .none))
        var counts = [Int64](repeating: 0, count: OutageImpact.Counter.allCases.count)
        counts[OutageImpact.Counter.outages.rawValue] = 1
        counts[OutageImpact.Counter.openDown.rawValue] = Int64(hours) * 3_600
        counts[OutageImpact.Counter.wallDown.rawValue] = Int64(hours) * 3_600
        counts[OutageImpact.Counter.open.rawValue] = 31 * 86_400
        counts[OutageImpact.Counter.conversations.rawValue] = Int64(began)
        counts[OutageImpact.Counter.exposed.rawValue] = Int64(began)
        var answered = SparseHistogram()
        if began > 0 { answered.add(wait, times: Int64(began)) }
        var histograms = [SparseHistogram](repeating: SparseHistogram(), count: OutageImpact.Histogram.allCases.count)
        histograms[OutageImpact.Histogram.answered.rawValue] = answered
        let tally = Tally(counts: counts, histograms: histograms)
        report.add(.outagesOfMonth, [name], tally)
        report.add(.outages, ["2026-10"], tally)
        report.add(.downtimeBySystem, ["2026-10", system], tally)
    }

    @Test func withoutALogThePageSaysWhatToExport() {
        let drawn = TinyReport().draw(.whatBroke)
        #expect(drawn.headline == "No outage log: nobody can tell what broke")
        #expect(drawn.text.contains("exports/outages.csv"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    @Test func aLogWithoutOutagesSaysNoneIsRecorded() {
        let drawn = month().draw(.whatBroke)
        #expect(drawn.headline == "No outage recorded in October")
        #expect(!drawn.text.contains("100 %"))
    }

    @Test func aLogThatEndsBeforeTheMonthIsNotANone() throws {
        var report = month()
        let end = try #require(Day(year: 2026, month: 9, day: 12))
        report.exports[.outages] = (end + -100, end)
        #expect(report.draw(.whatBroke).headline == "The outage log ends 12 Sep: nobody can tell what broke in October")
    }

    @Test func theLongestIsNamedAndTheLimitJudged() throws {
        var report = month { $0.settings.targets.outageSecondsAMonth = 14_400 }
        try addOutage(&report, "a", day: 5, hours: 1)
        try addOutage(&report, "b", day: 13, hours: 4, system: "phone lines")
        let drawn = report.draw(.whatBroke)
        #expect(drawn.headline == "Phone lines were down 4 h, the longest of 2 outages")
        #expect(drawn.text.contains("5 h lost, limit 4 h"))
        #expect(drawn.text.contains("No opening hours given"))
        #expect(drawn.ledger.entries.contains { $0.id.code == "OUT-03" && $0.estimate == "18000" })
    }

    @Test func aLongerWaitIsSaidOnlyWhereItIsClear() throws {
        var report = month { $0.conversations("email", day: 13, inTime: 100, late: 40) }
        // The forty late ones of TinyReport waited 18,000 seconds each; they began in the outage.
        try addOutage(&report, "a", day: 13, hours: 4, began: 40, wait: 18_000)
        report.delay("a", "email", exposed: 40, excess: 17_400, deviation: 1_200)
        #expect(report.draw(.whatBroke).words.contains("E-mail: those who wrote waited 4 h 50 longer"))
        var unclear = month { $0.conversations("email", day: 13, inTime: 100, late: 4) }
        try addOutage(&unclear, "a", day: 13, hours: 4, began: 4, wait: 18_000)
        unclear.delay("a", "email", exposed: 4, excess: 600, deviation: 1_200)
        #expect(unclear.draw(.whatBroke).words.contains("4 conversations hit; effect on waits unclear"))
    }

    @Test func theHeadlineNamesWhoIsOwedAndTheDeadline() throws {
        var report = month()
        report.export(.remedies, .claims, .leads)
        report.owners(["Northmail"], systems: ["e-mail"])
        report.outage("OUT-7", day: 13, from: 8, hours: 10)
        report.missing("OUT-7", "leads", expected: 48, observed: 5)
        report.remedies("OUT-7", rung: 3, due: 3, given: 0)
        report.remedies("OUT-7", rung: 2, due: 9, given: 9, worth: 25)
        let drawn = report.draw(.whatBroke)
        #expect(drawn.headline == "E-mail was down 10 h; 3 customers are owed; claim by 12 Nov")
        #expect(drawn.words.contains("leads never came back"))
        #expect(drawn.words.contains("3 customers owed, 9 have had theirs"))
        // Another vendor's outage leads: the claim says whose it is.
        report.outage("OUT-8", day: 14, from: 8, hours: 11, system: "phones", vendor: "Southtel")
        #expect(report.draw(.whatBroke).headline.hasSuffix("claim from Northmail by 12 Nov"))
        #expect(drawn.words.contains("Not asked. Closes Thu 12 Nov"))
        #expect(drawn.words.contains("12 days left"))
        // The same month with a loss that the range does not leave beyond doubt.
        var unclear = month()
        unclear.outage("OUT-7", day: 13, from: 8, hours: 10)
        unclear.missing("OUT-7", "leads", expected: 48, observed: 45)
        #expect(unclear.draw(.whatBroke).words.contains("What was lost for good: effect unclear"))
        #expect(!unclear.draw(.whatBroke).words.contains("never came back"))
    }

    @Test func aDayIsQuieterOnlyBelowTheLimitsOfItsWeekday() throws {
        func drawn(_ count: Int64) throws -> DrawnTiny {
            var report = month { $0.conversations("email", day: 13, inTime: 30) }
            try addOutage(&report, "a", day: 13, hours: 4)
            let day = try #require(Day(year: 2026, month: 10, day: 13))
            var counts = [Int64](repeating: 0, count: Volume.Counter.allCases.count)
            counts[Volume.Counter.knowsConversations.rawValue] = 1
            for (week, value) in zip(1..., [100, 104, 96, 102, 98, 100, 101, 99].map(Int64.init)) {
                counts[Volume.Counter.conversations.rawValue] = value
                report.add(.volumesByDay, [(day + -7 * week).description], Tally(counts: counts, histograms: []))
            }
            counts[Volume.Counter.conversations.rawValue] = count
            report.add(.volumesByDay, [day.description], Tally(counts: counts, histograms: []))
            return report.draw(.whatBroke)
        }
        // Mean 100, standard deviation 2.45, t(7) 2.365: one day reaches from 93.9 to 106.1.
        let quiet = try drawn(93).text
        #expect(quiet.contains("Tuesday 13 October: 93 conversations instead of the usual 100"), "\(quiet)")
        #expect(try drawn(94).text.contains("No day with an outage was clearly quieter than usual"))
    }

    @Test(arguments: [PageFormat.a4Landscape, .letterLandscape])
    func nothingIsSmallOrOutside(_ format: PageFormat) throws {
        var report = month {
            $0.settings.outages.systems = [
                .init(name: "scheduler", activities: []), .init(name: "e-mail", activities: ["email"], hasProtocol: true),
            ]
        }
        for index in 0..<20 { try addOutage(&report, "o\(index)", day: 1 + index, hours: 1 + index % 5) }
        let drawn = report.draw(.whatBroke, on: format)
        #expect(drawn.runs.allSatisfy { $0.style.size >= 8 })
        #expect(drawn.text.contains("1 of 2 systems lacks a"))
        #expect(drawn.page.laid.shortened.isEmpty)
        #expect(drawn.ledger.entries.allSatisfy { FigureID($0.id.description) == $0.id })
    }
}
