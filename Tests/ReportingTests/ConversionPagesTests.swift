import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Statistics
import Testing

/// What the pages of the conversion report say, and what they do not say.
@Suite struct ConversionPagesTests {
    private let august = Month(year: 2026, month: 8)

    /// Twelve finished months of 500 visits, then September and October.
    private func year(bought: Int = 16, october: Int = 10) -> TinyReport {
        var report = TinyReport()
        report.export(.serviceVisits, .sales, .leads, .messages, .appointments)
        for back in 0...11 {
            let month = august + -back
            report.add(.visits, [month.description], report.outcome(month, 500, bought: bought))
            report.add(.visitsByRelation, [month.description, ""], report.outcome(month, 500, bought: bought))
        }
        report.add(.visits, ["2026-09"], report.outcome(august + 1, 500, bought: 12))
        report.add(.visits, ["2026-10"], report.outcome(august + 2, 500, bought: october))
        return report
    }

    private func kinds(_ table: ReportTable, _ shares: [(String, Int, Int)]) -> TinyReport {
        var report = year()
        report.cells[.visitsByRelation] = nil
        for back in 0...11 {
            for (label, visits, bought) in shares {
                report.add(table, [(august + -back).description, label], report.outcome(august + -back, visits, bought: bought))
            }
        }
        return report
    }

    @Test(arguments: [PageKind.howManyBuy, .howLong, .lostSteps, .whoTurns, .whatItBrings])
    func withoutExportsThePagesSayWhatToExport(_ kind: PageKind) {
        let drawn = TinyReport().draw(kind)
        #expect(drawn.headline.hasPrefix("No service visits exported"))
        #expect(drawn.text.contains("exports/service_visits.csv"))
        #expect(drawn.ledger.entries.isEmpty)
    }

    @Test(arguments: [PageKind.howManyBuy, .howLong, .whoTurns, .whatItBrings])
    func withoutSalesNothingIsSaidToHaveBought(_ kind: PageKind) {
        var report = TinyReport()
        report.export(.serviceVisits)
        report.add(.visits, ["2026-08"], report.outcome(august, 500, bought: 0))
        let drawn = report.draw(kind)
        #expect(drawn.headline.hasPrefix("No sales exported"))
        #expect(!drawn.text.contains("0.0 %"))
    }

    @Test(arguments: [PageKind.howManyBuy, .howLong, .lostSteps, .whoTurns])
    func theFirstMonthIsTooNew(_ kind: PageKind) {
        var report = TinyReport()
        report.export(.serviceVisits, .sales, .leads)
        report.add(.visits, ["2026-10"], report.outcome(august + 2, 500, bought: 3))
        #expect(report.draw(kind).headline == "Too new: October can be judged from 30 Dec 2026 on")
    }

    /// Newcombe: 360 of 6000 less 240 of 6000 is 2 points, 1.2 to 2.8 by the hybrid score limits.
    @Test func kindsDifferOnlyAsFarAsTheIntervalSays() {
        let clear = kinds(.visitsByRelation, [("loyalty", 500, 30), ("conquest", 500, 20)]).draw(.howManyBuy)
        #expect(clear.words.contains("Those who bought here before buy more: by 1.2 to 2.8 points"))
        let alike = kinds(.visitsByRelation, [("loyalty", 500, 21), ("conquest", 500, 20)]).draw(.howManyBuy)
        #expect(alike.words.contains("Loyalty, conquest: no clear difference"))
    }

    @Test func figuresOfManyMonthsNameThemAll() throws {
        let drawn = kinds(.visitsByRelation, [("loyalty", 500, 30), ("conquest", 500, 20)]).draw(.howManyBuy)
        let entry = try #require(drawn.ledger.entries.first { $0.id.slice[.relation] == "loyalty" })
        #expect(entry.id.description == "S2S-20@2025-09..2026-08;relation=loyalty")
        #expect(entry.n == 6_000)
        #expect(entry.estimate == "0.060000")
        #expect(FigureID(entry.id.description) == entry.id)
        for months in ["2025-09.2026-08", "2026-08..2025-09", "2026-08..2026-08", "2025-09..2026-08x"] {
            #expect(FigureID("S2S-20@\(months)") == nil, "\(months)")
        }
    }

    /// Of 16 buyers a month on days 2, 4 … 32: half by day 16, nine in ten by day 30.
    @Test func halfOfTheBuyersIsAnObservedDay() {
        let drawn = year().draw(.howLong)
        #expect(drawn.headline == "Half of the buyers had bought by day 16 after their visit")
        #expect(drawn.words.contains("Nine in ten had by day 30."))
        #expect(drawn.words.contains("So far September and October keep pace with earlier months."))
    }

    /// No buyer of October against 16 of 500 in each earlier month: behind, and said so at the day that was reached.
    @Test func aYoungMonthBehindIsSaidToBe() {
        let drawn = year(october: 0).draw(.howLong)
        // October's last visit is of 31 October: all are watched for 0 days, when nobody buys.
        #expect(!drawn.words.contains("October is behind"))
        var report = year()
        let nobody = report.outcome(august + 1, 500, bought: 0)
        report.cells[.visits]?[["2026-09"]] = nobody
        let behind = report.draw(.howLong)
        #expect(behind.words.contains("September is behind earlier months at day 31."))
    }

    @Test func tooFewBuyersAreNoCurve() {
        var report = TinyReport()
        report.export(.serviceVisits, .sales)
        report.add(.visits, [august.description], report.outcome(august, 9, bought: 1))
        report.add(.visitsByRelation, [august.description, "loyalty"], report.outcome(august, 9, bought: 1))
        let drawn = report.draw(.howLong)
        #expect(drawn.headline == "1 visit ended in a sale: too few to say how long it takes")
        #expect(drawn.words.contains("too few visits to draw a line"))
        #expect(drawn.words.contains("Loyalty, too few: 9 of 20 needed."))
        #expect(!drawn.words.contains("11.1 %"))
    }

    @Test func whoStandsOutIsNamedAndNobodyElse() {
        var shares = (1...8).map { ("p\($0)", 60, 2) }
        shares.append(("p9", 60, 9))
        let report = kinds(.visitsByAdvisor, shares)
        let drawn = report.draw(.whoTurns)
        #expect(drawn.headline == "p9 turns more visits into sales than chance explains")
        // 108 of 720 against 300 of 6480 visits in all.
        #expect(drawn.words.contains("108 sales from 720 visits; at the average it would be 33."))
        #expect(!drawn.words.contains("p1 "))
        let even = kinds(.visitsByAdvisor, (1...9).map { ("p\($0)", 60, 2) }).draw(.whoTurns)
        #expect(even.headline == "Nobody stands out beyond chance")
    }

    @Test func whatTakesAwayIsShownAsSuch() {
        var report = year()
        report.sell(report.month, "loyalty", 20, front: 25_000, back: 18_000)
        report.sell(report.month, "conquest", 10, front: -4_000, back: 9_000)
        let drawn = report.draw(.whatItBrings)
        #expect(drawn.headline == "30 sales from service brought $48,000 in October")
        #expect(drawn.words.contains("Conquest, front \u{2212}$4,000"))
        #expect(drawn.words.contains("Hatched: takes away"))
        #expect(drawn.words.contains("$1,600 a sale"))
    }

    /// 60 of 200 is 24 to 37 % by Wilson: clearly under 50 %, and clearly more than July's 20 of 200.
    @Test func stepsAreHeldAgainstTheirTargetsAndTheMonthBefore() throws {
        var report = TinyReport()
        report.export(.serviceVisits, .sales, .leads, .messages, .appointments)
        report.settings.targets.funnelPermille = ["contact": 500, "lead": 400]
        for back in 0...11 {
            let isJuly = back == 1
            report.visits(
                august + -back, 500, bought: isJuly ? 5 : 16, leads: 200, contacts: isJuly ? 20 : 60)
        }
        let drawn = report.draw(.lostSteps)
        #expect(drawn.words.contains("Clearly below target: two-way contact."))
        #expect(drawn.words.contains("Two-way contact improved since July"))
        // Newcombe: 0.30 (0.241, 0.367) less 0.10 (0.066, 0.149).
        #expect(drawn.words.contains("+20, likely 12 to 28"))
        let change = try #require(drawn.ledger.entries.first { $0.label == "Two-way contact, less July 2026" })
        #expect(change.id.description == "FUN-02@2026-08")
        #expect(change.estimate == "0.200000")
        #expect(report.draw(.whereLost).words.contains("Two-way contact is up 20 points since July (likely 12 to 28)."))
    }

    @Test func prospectsNeedARuleAndBuyersTime() {
        var report = year()
        report.sell(report.month, "loyalty", 20, front: 25_000, back: 18_000)
        let silent = report.draw(.whatItBrings)
        #expect(silent.words.contains("Who is worth a word: no rule yet"))
        #expect(silent.words.contains("Way back to service: no days set"))
        report.settings.prospects = ProspectRule(allOf: [.boughtHere(true)], anyOf: [], beforeDays: 7, department: "sales")
        report.settings.conversion.wayBackDays = 180
        report.prospects(report.month, 90, contacted: 60)
        report.match(report.month, 500, matched: 400)
        let told = report.draw(.whatItBrings)
        #expect(told.words.contains("Sales spoke to 67 % of the prospects"))
        #expect(told.words.contains("30 of October’s 90 prospects heard nothing."))
        #expect(told.words.contains("Way back to service: too new"))
        #expect(told.words.contains("Sales knows 80 % of the service customers"))
        #expect(told.words.contains("Within 24 hours of the visit: 40 %"))
        report.back(Month(year: 2026, month: 3), 60, back: 45)
        #expect(report.draw(.whatItBrings).words.contains("75 % of March’s buyers came back"))
    }

    @Test func withoutTargetsNoStepMissesOne() {
        var report = TinyReport()
        report.export(.serviceVisits, .sales, .leads, .messages, .appointments)
        for back in 0...11 { report.visits(august + -back, 500, bought: 16, leads: 200, contacts: 60) }
        let drawn = report.draw(.lostSteps)
        #expect(drawn.headline == "Most are lost before contact: 140 of 200 August leads")
        #expect(drawn.words.contains("No step has clearly changed since July."))
        #expect(!drawn.words.contains("below target"))
    }
}
