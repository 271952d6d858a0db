import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Statistics
import Testing

/// The report on one outage: what may be said of it, and what not.
@Suite struct IncidentPagesTests {
    private func report(_ fill: (inout TinyReport) -> Void = { _ in }) -> TinyReport {
        var report = TinyReport()
        report.export(.outages, .messages)
        fill(&report)
        return report
    }

    private func mail(_ shape: @escaping (inout Outage) -> Void = { _ in }) -> TinyReport {
        report { report in
            report.owners(["Northmail"], systems: ["e-mail"])
            report.outage("OUT-7", day: 13, from: 10, hours: 4.5) { outage in
                outage.detected = outage.start + 1_080
                outage.acknowledged = outage.start + 1_500
                outage.notified = outage.start + 7_500
                outage.vendorStart = outage.start + 2_880
                outage.vendorEnd = outage.start + 14_280
                shape(&outage)
            }
        }
    }

    @Test func withoutAnOutageTheReportSaysWhereThereIsOne() {
        #expect(report().draw(.whatHappened).headline == "No outage recorded in October 2026")
        #expect(TinyReport().draw(.whatHappened).headline == "No outage log: nobody can tell what broke")
        var other = report()
        other.outage = "OUT-99"
        #expect(other.draw(.whomItHit).headline == "No outage OUT-99 is on record")
    }

    @Test func theLongestIsTakenAndPlannedWorkOnlyWhereNothingBroke() {
        var one = report { report in
            report.outage("short", day: 3, from: 9, hours: 1)
            report.outage("long", day: 5, from: 9, hours: 3, system: "phone lines")
            report.outage("work", day: 7, from: 1, hours: 9) { $0.isPlanned = true }
        }
        #expect(one.draw(.whatHappened).headline == "Phone lines were down 3 h, Mon 5 Oct")
        one.outage = "short"
        #expect(one.draw(.whatHappened).headline == "E-mail was down 1 h, Sat 3 Oct")
        one.outage = nil
        one.outages.removeAll { !$0.isPlanned }
        #expect(one.draw(.whatHappened).headline == "Planned work: E-mail was down 9 h, Wed 7 Oct")
    }

    @Test func ofDaysAloneNoHourIsClaimed() throws {
        let first = try #require(Day(year: 2026, month: 10, day: 5))
        let drawn = report { report in
            report.outage("CDK", day: 5, from: 0, hours: 24 * 12, system: "DMS", vendor: "CDK") { outage in
                outage.precision = .day
                outage.spans = [
                    .init(
                        start: ZoneRules.utc.startOfDay(first), end: ZoneRules.utc.startOfDay(first + 2), firstDay: first,
                        lastDay: first + 1),
                    .init(
                        start: ZoneRules.utc.startOfDay(first + 3), end: ZoneRules.utc.startOfDay(first + 12),
                        firstDay: first + 3, lastDay: first + 11),
                ]
            }
        }.draw(.whatHappened)
        #expect(drawn.headline == "DMS was down 11 days, 5–16 Oct, in 2 stretches")
        #expect(drawn.words.contains("Known by the day alone: no hour is claimed"))
        #expect(!drawn.words.contains("0:00"))
    }

    @Test func stillDownIsSaid() {
        let drawn = report { $0.outage("open", day: 31, from: 12, hours: 12) { $0.end = nil } }.draw(.whatHappened)
        #expect(drawn.headline == "E-mail still down on 31 Oct: 12 h so far")
        #expect(drawn.words.contains("still down"))
    }

    @Test func aLossIsClaimedOnlyWhereTheRangeIsAbove0() {
        func drawn(observed: Int, later: Int, weeks: Int = 8) -> DrawnTiny {
            var report = mail()
            report.missing("OUT-7", "email", expected: 48, observed: observed, later: later, weeks: weeks)
            report.curve(report.outages[0], "email")
            return report.draw(.whatHappened)
        }
        let lost = drawn(observed: 5, later: 62)
        #expect(lost.words.contains("5 e-mails came while it was down, instead of the usual 48"))
        #expect(lost.words.contains("e-mails never came back"))
        let returned = drawn(observed: 5, later: 103)
        #expect(returned.words.contains("instead of the usual 48"))
        #expect(returned.words.contains("Fewer came while it was down; whether any stayed away for good is unclear."))
        let none = drawn(observed: 46, later: 60)
        #expect(none.words.contains("46 e-mails came while it was down, usual 48: no clear difference"))
        let few = drawn(observed: 5, later: 60, weeks: 3)
        #expect(few.words.contains("What is usual is not known: 3 clean weeks, 4 needed"))
        #expect(!few.ledger.entries.contains { $0.id.code == "MISS-03" })
    }

    @Test func ourTimesStandBesideTheVendors() {
        let words = mail().draw(.whatHappened).words
        #expect(words.contains("We saw it down 1 h 20 longer than the vendor says"))
        #expect(words.contains("12:05 (2 h 05 after)"))
        let silent = mail { ($0.vendorStart, $0.vendorEnd) = (nil, nil) }.draw(.whatHappened).words
        #expect(silent.contains("nothing on file"))
    }

    @Test func whatItCostIsARangeAndUnknownIsNotNothing() {
        var report = mail()
        report.export(.remedies)
        report.expose("OUT-7", conversations: 38, customers: 31)
        report.cost("OUT-7", lost: (650, 2_390, 4_120), staff: nil, given: 100)
        report.remedies("OUT-7", rung: 2, due: 12, given: 4, worth: 25)
        let drawn = report.draw(.whomItHit)
        #expect(drawn.words.contains("It cost about $2,490, likely $750 to $4,220"))
        #expect(drawn.words.contains("Staff time: not known"))
        #expect(drawn.headline == "It hit 31 customers; the effect is unclear")
        var bare = mail()
        bare.cost("OUT-7", lost: nil, staff: nil)
        #expect(bare.draw(.whomItHit).words.contains("What it cost is not known"))
    }

    @Test func waitsAreLongerOnlyWhereTheRangeSaysSo() {
        var report = mail()
        report.delay("OUT-7", "email", exposed: 38, excess: 10_440, deviation: 1_200)
        #expect(report.draw(.whomItHit).words.contains("E-mails waited 2 h 54 longer each"))
        var unclear = mail()
        unclear.delay("OUT-7", "email", exposed: 38, excess: 600, deviation: 1_200)
        #expect(unclear.draw(.whomItHit).words.contains("Effect on waits unclear"))
    }

    @Test func stepsAndRemediesAreCounted() {
        var report = mail()
        report.export(.remedies)
        report.remedies("OUT-7", rung: 3, due: 3, given: 0)
        report.remedies("OUT-7", rung: 2, due: 9, given: 2, worth: 25)
        let drawn = report.draw(.didWeKeepIt)
        // Seen after 18 minutes, acknowledged after 25 of 30, customers told after 125 of 60; of after-care nothing is known.
        #expect(drawn.headline == "Protocol: 1 of 3 steps kept; 10 customers are still owed")
        #expect(drawn.words.contains("late by 1 h 05"))
        #expect(drawn.words.contains("A call from the manager"))
        var none = mail()
        none.settings.ladder = nil
        none.settings.outages.systems = []
        #expect(none.draw(.didWeKeepIt).headline == "No protocol was written; who is owed is not decided")
    }
}

/// Letters to vendors, and the year with them.
@Suite struct VendorPagesTests {
    private func report(hours: Double = 10) throws -> TinyReport {
        var report = TinyReport()
        report.export(.outages, .claims)
        report.owners(["Northmail"], systems: ["e-mail"])
        report.outage("OUT-7", day: 13, from: 8, hours: hours) { outage in
            outage.vendorStart = outage.start + 2_880
            outage.vendorEnd = outage.start + 14_280
        }
        return report
    }

    @Test func theLetterComputesTheCreditLineByLine() throws {
        // October has 2,678,400 seconds; 36,000 down leave 98.6559 %: a quarter of $1,648.
        let drawn = try report().draw(.claimLetter)
        #expect(drawn.headline == "Northmail: service credit of $412.00 for October 2026")
        #expect(drawn.words.contains("744 h"))
        #expect(drawn.words.contains("98.655 %"))
        #expect(drawn.words.contains("25 % of the fee"))
        #expect(drawn.words.contains("Made in time: 12 days before the last"))
        #expect(drawn.ledger.entries.contains { $0.id.code == "VEND-03" && $0.estimate == "412.00" })
    }

    @Test func whatWasKeptIsNotClaimed() throws {
        let drawn = try report(hours: 0.5).draw(.claimLetter)
        #expect(drawn.headline == "No credit is due from Northmail for October 2026")
        #expect(!drawn.words.contains("We ask for"))
        var none = try report()
        none.settings.contracts = []
        none.vendor = "Northmail"
        #expect(none.draw(.claimLetter).headline == "No contract with Northmail is on file")
    }

    @Test func evidenceHasBothClocks() throws {
        let drawn = try report().draw(.claimEvidence)
        #expect(drawn.headline == "1 outage, 10 h by the contract’s clock")
        #expect(drawn.words.contains("13 Oct, 8:48"))
        #expect(drawn.words.contains("6 h 50 min more"))
    }

    @Test func theVerdictIsTheOwnersRule() {
        var report = TinyReport()
        report.export(.outages, .claims)
        report.owners(["Northmail", "Bookwell"], systems: ["e-mail", "scheduler"])
        report.year("Northmail", missed: 4, asked: 4, answered: 1)
        report.year("Bookwell", missed: 0, outages: 1)
        let drawn = report.draw(.vendorYear)
        #expect(drawn.headline == "Your rule says switch: Northmail")
        let why = "4 months below the promise (rule: 3 or more) and 1 of 4 claims answered (rule: under 50 %)"
        #expect(drawn.words.contains(why))
        report.settings.vendorRule = nil
        #expect(report.draw(.vendorYear).headline == "Northmail missed its promise; no rule set, so no verdict")
        var young = TinyReport()
        young.export(.outages, .claims)
        young.owners(["Northmail"], systems: ["e-mail"])
        young.year("Northmail", months: 4, missed: 1)
        #expect(young.draw(.vendorYear).headline == "Too few months to judge: 4 of 12 needed")
    }
}
