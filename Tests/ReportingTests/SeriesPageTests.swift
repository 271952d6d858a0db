import Basis
import Drawing
import Testing

@testable import Reporting
@testable import Statistics

@Suite struct SeriesPageTests {
    private static let first = Month(year: 2024, month: 1)

    private func table(_ values: [Double?], exposure: [Double?]? = nil) -> SeriesTable {
        SeriesTable(
            periods: SeriesPeriods(grain: .months(1, first: Self.first), count: values.count),
            value: .init("answered", values), exposure: exposure.map { .init("asked", $0) })
    }

    /// Ups and downs that do not repeat, around 80, with a step.
    private func values(_ count: Int, change: Int, by step: Double) -> [Double?] {
        (0..<count).map { (t: Int) -> Double? in
            let noise = Double((t * 37 + t * t * 11) % 17) - 8
            return 80 + noise / 4 + (t >= change ? step : 0)
        }
    }

    private func page(_ study: ChangeStudy) -> (text: String, shortened: [String], headline: String) {
        let drawn = SeriesPage.draw(
            study, file: "a.csv", format: .a4Landscape, measurer: FixedWidthMeasurer(characterWidth: 0.5))
        return ("\(drawn.laid.frame)", drawn.laid.shortened, drawn.headline)
    }

    @Test func aStepIsSeenAndWorded() {
        let study = ChangeStudy(
            table(values(48, change: 30, by: 9)), .init(method: .its, change: 30, season: .ofMonths))
        let drawn = page(study)
        #expect(drawn.headline.hasPrefix("answered rose by "), "\(drawn.headline)")
        #expect(drawn.headline.contains("since 2026-07 (likely "))
        #expect(drawn.shortened.isEmpty, "\(drawn.shortened)")
        #expect(drawn.text.contains("2026-07") && drawn.text.contains("What the change did"))
        #expect(SeriesWords(study).verdict == "changed_up")
        let fall = ChangeStudy(table(values(48, change: 30, by: -9)), .init(method: .its, change: 30))
        #expect(SeriesWords(fall).headline.hasPrefix("answered fell by ") && SeriesWords(fall).verdict == "changed_down")
    }

    @Test func noChangeIsNoClearChange() {
        let study = ChangeStudy(table(values(48, change: 30, by: 0)), .init(method: .its, change: 30))
        #expect(SeriesWords(study).headline.hasPrefix("answered shows no clear change since 2026-07 (likely \u{2212}"))
        #expect(SeriesWords(study).verdict == "no_clear_change")
    }

    @Test func everyMethodHasAPage() {
        let known = values(40, change: 28, by: 6)
        var shares = known
        for i in shares.indices { shares[i] = shares[i].map { $0.rounded() } }
        let asked = [Double?](repeating: 120, count: 40)
        var controlled = table(known)
        controlled.controls = [.init("other", (0..<40).map { Double(($0 * 13) % 11) })]
        var units = table([])
        units.periods = SeriesPeriods(grain: .months(1, first: Self.first), count: 40)
        units.units = (0..<7).map { unit in
            .init("store \(unit)", values(40, change: 28, by: unit == 0 ? 9 : Double(unit) / 4))
        }
        let studies = [
            ChangeStudy(table(known), .init(method: .xmr, change: 28)), ChangeStudy(table(known), .init(method: .xmr)),
            ChangeStudy(table(shares, exposure: asked), .init(method: .xmr, change: 28)),
            ChangeStudy(table(known), .init(method: .its, change: 28, slope: true, season: .ofMonths)),
            ChangeStudy(table(shares, exposure: asked), .init(method: .its, change: 28)),
            ChangeStudy(controlled, .init(method: .counterfactual, change: 28, replicates: 99)),
            ChangeStudy(units, .init(method: .did, change: 28, treated: ["store 0"])),
        ]
        for study in studies {
            if case .none(let reason) = study.answer { Issue.record("\(study.settings.method): \(reason)") }
            let drawn = page(study)
            #expect(drawn.shortened.isEmpty, "\(study.settings.method) \(drawn.shortened)")
            #expect(!drawn.headline.isEmpty && drawn.text.contains("How this was judged"))
            #expect(!drawn.text.contains("nan") && !drawn.text.contains("inf "))
        }
    }

    @Test func tooLittleIsAnAnswer() {
        let five = ChangeStudy(table([1, 2, 3, 2, 1]), .init(method: .its, change: 3))
        let drawn = page(five)
        #expect(drawn.headline == "Cannot be told: too few points before the change: 3 of 8 needed")
        #expect(five.effect == nil && SeriesWords(five).verdict == "cannot_tell")
        let constant = ChangeStudy(table([Double?](repeating: 4, count: 30)), .init(method: .its, change: 20))
        #expect(SeriesWords(constant).headline.contains("never changes"))
        let negative = ChangeStudy(
            table([3, -1] + values(20, change: 9, by: 1)), .init(method: .its, change: 12, counts: true))
        #expect(SeriesWords(negative).headline.contains("the value at place 2 is no count"))
        let gaps = ChangeStudy(
            table(values(40, change: 30, by: 9).enumerated().map { [4, 5, 33].contains($0.offset) ? nil : $0.element }),
            .init(method: .its, change: 30))
        #expect(gaps.before == 28 && gaps.after == 9 && SeriesWords(gaps).sentence.contains("3 missing"))
        #expect(gaps.effect?.direction == .up)
    }

    @Test func figuresHaveAsManyDecimalsAsTheirRangeBears() {
        #expect(SeriesNumbers(spread: 243).text(-1717.8) == "\u{2212}1,718")
        #expect(SeriesNumbers(spread: 0.037).text(0.16403) == "0.164")
        #expect(SeriesNumbers(spread: 2.4).signed(10.56) == "+10.6")
        #expect(SeriesNumbers(spread: 24).text(-0.3) == "0")
    }

    @Test func coverageIsSaidOfTheLengthInHand() throws {
        let short = try #require(MeasuredCoverage(.autoregressive, before: 6, after: 1))
        #expect(short.isShorter && short.isApproximate && short.words.hasSuffix("and this series is shorter."))
        let long = try #require(MeasuredCoverage(.autoregressive, before: 200, after: 30))
        #expect(long.before == 60 && long.after == 24 && !long.isApproximate && long.lowest >= 0.93)
    }
}
