import Basis
import Dealership
import Definitions
import Drawing
import Measures
@testable import Reporting
import Statistics
import Testing

extension TinyReport {
    static func histogram(_ value: Int64, _ times: Int64) -> SparseHistogram {
        var histogram = SparseHistogram()
        if times > 0 { histogram.add(value, times: times) }
        return histogram
    }
}

@Suite struct WhereLostTests {
    /// Visits alone: the page asks for deals, and does not say that their months were too new.
    @Test func withoutSalesEachPanelAsksForThem() {
        var report = TinyReport()
        report.export(.serviceVisits)
        let drawn = report.draw(.whereLost)
        #expect(drawn.headline == "No sales exported: which visits bought is not known")
        #expect(drawn.text.contains("No sales exported: the way to the sale is not known"))
        #expect(!drawn.text.contains("No month is finished"))
        #expect(!drawn.text.contains("is credited to a service visit"))
    }

    /// Finished months all the same: what is missing are leads.
    @Test func withoutLeadsTheWayIsNotKnown() {
        var report = TinyReport()
        report.export(.serviceVisits, .sales)
        let drawn = report.draw(.whereLost)
        #expect(drawn.text.contains("No lead export: the way to the sale is not known"))
    }

    private let august = Month(year: 2026, month: 8)

    /// Twelve finished months of 500 visits, then September and October.
    private func year(august bought: Int, leads: Int = 200, contacts: Int = 60) -> TinyReport {
        var report = TinyReport()
        report.export(.serviceVisits, .sales, .leads, .messages, .appointments)
        for back in 1...11 { report.visits(august + -back, 500, bought: 15 + back % 3, leads: leads, contacts: contacts) }
        report.visits(august, 500, bought: bought, leads: leads, contacts: contacts)
        report.visits(august + 1, 500, bought: 8)
        report.visits(august + 2, 500, bought: 3)
        return report
    }

    @Test func withoutVisitsThePageSaysWhatToExport() {
        let drawn = TinyReport().draw(.whereLost)
        #expect(drawn.headline.hasPrefix("No service visits exported"))
        #expect(drawn.text.contains("visit_id, customer_id, opened_at"))
    }

    @Test func withoutSalesNothingIsSaidToHaveBought() {
        var report = TinyReport()
        report.export(.serviceVisits)
        report.visits(august, 500, bought: 0)
        let drawn = report.draw(.whereLost)
        #expect(drawn.headline == "No sales exported: which visits bought is not known")
        #expect(!drawn.text.contains("0.0 %"))
    }

    @Test func mostAreLostBeforeContactOnlyWhenTheIntervalSaysSo() {
        #expect(year(august: 16).draw(.whereLost).headline == "Most are lost before contact: 140 of 200 August leads")
        // 100 before contact, 84 before an appointment: more, but not clearly most.
        let even = year(august: 16, contacts: 100).draw(.whereLost)
        #expect(even.headline == "More are lost before contact than anywhere else: 100 of 200 August leads")
    }

    @Test func aMonthOutsideTheUsualRangeIsTheHeadline() {
        #expect(year(august: 60).draw(.whereLost).headline == "August visits: 12.0 % bought, above the usual range")
        #expect(year(august: 16).draw(.whereLost).text.contains("August is inside the usual range"))
    }

    @Test func nineVisitsAreTooFew() {
        var report = TinyReport()
        report.export(.serviceVisits, .sales)
        report.visits(august, 9, bought: 1)
        let drawn = report.draw(.whereLost)
        #expect(drawn.headline == "August: 9 visits, 20 needed")
        #expect(!drawn.text.contains("11.1 %"))
    }

    @Test func theFirstMonthCannotBeJudgedYet() {
        var report = TinyReport()
        report.export(.serviceVisits, .sales)
        report.visits(august + 2, 500, bought: 3)
        let drawn = report.draw(.whereLost)
        #expect(drawn.headline == "Too new: October can be judged from 30 Dec 2026 on")
    }

    @Test func aYoungMonthStandsBesideEarlierMonthsAtTheSameAge() throws {
        let outcomes = VisitOutcomes(year(august: 16).context)
        #expect(outcomes.finished.last == august)
        #expect(outcomes.young.map(\.month) == [august + 1, august + 2])
        // All of September's visits have been watched for 31 days, eight bought by day 5.
        let september = try #require(outcomes.young.first?.figure)
        #expect(september.age == 31)
        #expect((september.share - 8.0 / 500).magnitude < 1e-12)
        let bought = (1...11).map { 15 + $0 % 3 }.reduce(16, +)
        #expect(((september.earlier ?? 0) - Double(bought) / 6_000).magnitude < 1e-12)
    }

    @Test func salesBeforeTheirExportBeginsAreNotNothing() {
        var report = year(august: 16)
        report.exports[.sales] = ((august + -2).firstDay, report.month.lastDay)
        #expect(VisitOutcomes(report.context).finished == [august + -2, august + -1, august])
    }

    @Test func theDedicatedPersonIsComparedOnlyWhenNamed() {
        var report = year(august: 16)
        // By side: leads, reached, bought; then mature leads, and that messages and sales are exported.
        report.add(.dedicated, ["2026-08", "p1"], Tally(counts: [100, 50, 0, 0, 0, 0, 100, 1, 1], histograms: []))
        report.add(.dedicated, ["2026-08", "p2"], Tally(counts: [0, 0, 0, 100, 15, 0, 100, 1, 1], histograms: []))
        #expect(report.draw(.whereLost).text.contains("No dedicated person is named"))
        report.people = [
            Person(
                identifier: "p1", store: 0, name: "Dana", department: "sales", role: "Conquest specialist", isRemote: nil,
                payrollIdentifier: "", activeFrom: nil, activeTo: nil)
        ]
        let drawn = report.draw(.whereLost)
        #expect(drawn.text.contains("Dedicated reaches 50 %, others 15 %"))
        // Newcombe: 0.5 − 0.15 with Wilson limits (0.404, 0.596) and (0.093, 0.233).
        #expect(drawn.text.contains("+35 points, likely 22 to 46"))
    }

    @Test(arguments: [PageFormat.a4Landscape, .letterLandscape])
    func nothingIsSmallOrOutsideAndEveryFigureHasAnId(_ format: PageFormat) {
        expectSound(year(august: 16).draw(.whereLost, on: format), format)
    }
}
