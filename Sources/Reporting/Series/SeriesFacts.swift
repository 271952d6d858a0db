import Basis
import Drawing
import Statistics

/// The figures beside the chart, and the sentences on how they were got.
struct SeriesFacts {
    let study: ChangeStudy
    private let words: SeriesWords

    init(_ study: ChangeStudy) {
        self.study = study
        words = SeriesWords(study)
    }

    private var period: PeriodWords { PeriodWords(study.table.periods.one) }

    private func row(_ name: String, _ effect: Effect) -> FactsPlate.Row {
        let shown = SeriesWords.shown(effect)
        let unit = effect.scale == .factor ? " %" : ""
        let numbers = words.numbers(effect)
        return FactsPlate.Row(
            Label(name), Label(numbers.signed(shown.estimate) + unit, .ink, bold: true),
            note: say("likely \(numbers.signed(shown.lower)) to \(numbers.signed(shown.upper))\(unit)"))
    }

    var rows: [FactsPlate.Row] {
        switch study.answer {
        case .interrupted(let fit): interrupted(fit)
        case .counterfactual(let impact, _): counterfactual(impact)
        case .comparison(let found): comparison(found)
        case .chart(let chart, let runs): chartRows(chart) + runRows(runs)
        case .shares(let charts, let runs): shareRows(charts) + runRows(runs)
        case .none(let reason): [FactsPlate.Row(say("No figure"), note: reason.description)]
        }
    }

    private func interrupted(_ fit: InterruptedSeries) -> [FactsPlate.Row] {
        let numbers = SeriesNumbers(spread: fit.average.scale == .factor ? 1 : fit.average.standardError)
        var rows = [row(fit.slope == nil ? say("Change of level") : say("Effect on average"), fit.average)]
        if let slope = fit.slope { rows.append(row(say("Change of trend a \(period.one)"), slope)) }
        if fit.average.scale == .difference {
            let before = Moments.mean(fit.fitted.indices.filter { !fit.design.isAfter($0) }.map { fit.fitted[$0] })
            rows.append(FactsPlate.Row(say("Mean before"), Label(before.map(numbers.text) ?? "")))
        }
        if let correlation = fit.correlation {
            rows.append(
                FactsPlate.Row(
                    Label(say("One \(period.one) follows the last by")), Label(SeriesNumbers(spread: 0).text(correlation))))
        }
        return rows
    }

    private func counterfactual(_ impact: Counterfactual) -> [FactsPlate.Row] {
        var rows = [row(say("Effect a \(period.one), on average"), impact.average)]
        if let whole = impact.cumulative.last { rows.append(row(say("All that came of it"), whole)) }
        if let relative = impact.relative {
            let share = relative
            func percent(_ value: Double) -> String { SeriesNumbers(spread: 1).signed(value * 100) }
            rows.append(
                FactsPlate.Row(
                    say("As a share"), Label("\(percent(share.estimate)) %", .ink, bold: true),
                    note: say("likely \(percent(share.interval.lower)) to \(percent(share.interval.upper)) %")))
        }
        return rows
    }

    private func comparison(_ found: DifferenceInDifferences) -> [FactsPlate.Row] {
        var rows = [row(say("Effect"), found.effect)]
        if let gap = found.slopeGap { rows.append(row(say("Drifted apart before, a \(period.one)"), gap)) }
        rows.append(FactsPlate.Row(say("Units that changed"), Label("\(found.treated.count)")))
        rows.append(FactsPlate.Row(say("Units to compare with"), Label("\(found.controls.count)")))
        return rows
    }

    private func chartRows(_ chart: ProcessChart) -> [FactsPlate.Row] {
        chart.segments.enumerated().map { index, segment in
            let numbers = SeriesNumbers(spread: segment.meanMovingRange)
            let name = chart.segments.count == 1 ? say("Centre") : index == 0 ? say("Centre before") : say("Centre since")
            return FactsPlate.Row(
                Label(name), Label(numbers.text(segment.centre), .ink, bold: true),
                note: say("usually \(numbers.text(segment.lower)) to \(numbers.text(segment.upper))")
                    + (segment.provisional ? say(", provisional: under 12 points") : ""))
        }
    }

    private func shareRows(_ charts: [LaneyChart]) -> [FactsPlate.Row] {
        charts.enumerated().map { index, chart in
            let name = charts.count == 1 ? say("Centre") : index == 0 ? say("Centre before") : say("Centre since")
            return FactsPlate.Row(
                Label(name), Label(Words.share(chart.centre, decimals: 1), .ink, bold: true),
                note: say("varies \(SeriesNumbers(spread: 1).text(chart.spread)) times as much as chance alone")
                    + (chart.provisional ? say(", provisional: under 12 points") : ""))
        }
    }

    private func runRows(_ runs: RunsTest?) -> [FactsPlate.Row] {
        guard let runs else { return [] }
        return [
            FactsPlate.Row(say("Longest run on one side"), Label(say("\(runs.longestRun) of \(runs.longestAllowed) allowed"))),
            FactsPlate.Row(say("Crossings of the median"), Label(say("\(runs.crossings), at least \(runs.crossingsNeeded)"))),
        ]
    }

    /// How the answer was got, in sentences.
    var points: [PointsPlate.Point] {
        switch study.answer {
        case .interrupted(let fit): interruptedPoints(fit)
        case .counterfactual(let impact, let tests): counterfactualPoints(impact, tests)
        case .comparison(let found): comparisonPoints(found)
        case .chart(_, let runs), .shares(_, let runs): chartPoints(runs)
        case .none(let reason):
            [
                .init(say("No verdict"), RichText("\(reason.description).")),
                .init(say("What would help"), say("More points, before the change above all; a control series; other units.")),
            ]
        }
    }

    private func interruptedPoints(_ fit: InterruptedSeries) -> [PointsPlate.Point] {
        var points: [PointsPlate.Point] = [
            .init(say("Without the change"), RichText(say("Level and trend from before, carried on\(season).")))
        ]
        switch fit.model {
        case .autoregressive, .neweyWest:
            points.append(
                .init(
                    say("Neighbours are alike"),
                    RichText(
                        say("""
                            Errors follow each other (AR(1) by REML); limits allow for not knowing by how much. Durbin–Watson \
                            \(SeriesNumbers(spread: 0).text(fit.durbinWatson)).
                            """))))
        case .counts:
            points.append(
                .init(
                    say("Counts"),
                    RichText(
                        say("""
                            They vary \(SeriesNumbers(spread: 1).text(fit.deviation * fit.deviation)) times as much as chance \
                            alone would have it, and limits are as much wider.
                            """))))
        }
        points.append(.init(say("How far to trust it"), RichText(words.trust)))
        return points
    }

    private var season: String {
        study.settings.season.map { say(", with a season of \(SeriesNumbers(spread: 100).text($0.length)) \(period.ofMany)") } ?? ""
    }

    private func counterfactualPoints(_ impact: Counterfactual, _ tests: InnovationTests?) -> [PointsPlate.Point] {
        let controls = study.table.controls.map(\.name)
        let what = controls.isEmpty
            ? say("The level of before, wandering as it did\(season).")
            : say("The level of before, wandering as it did, moved by \(Words.list(controls))\(season).")
        var points: [PointsPlate.Point] = [.init(say("Without the change"), RichText(what))]
        if !controls.isEmpty {
            points.append(
                .init(say("Taken for granted"), RichText(say("The change left \(Words.list(controls)) alone."))))
        }
        if let tests {
            let doubts = [
                tests.ljungBoxP < 0.05 ? say("follow each other") : nil, tests.normalityP < 0.05 ? say("are not normal") : nil,
                tests.variancesP < 0.05 ? say("grew or shrank") : nil,
            ].compactMap { $0 }
            let text = doubts.isEmpty
                ? say("One-step errors look as they should: independent, normal, of one size.")
                : say("One-step errors \(Words.list(doubts)): trust the range less.")
            points.append(.init(doubts.isEmpty ? say("The model fits") : say("The model fits badly"), RichText(text)))
        }
        points.append(.init(say("How far to trust it"), RichText(words.trust)))
        return points
    }

    private func comparisonPoints(_ found: DifferenceInDifferences) -> [PointsPlate.Point] {
        var points: [PointsPlate.Point] = [
            .init(
                say("The yardstick"),
                say("How differently the comparison units moved among themselves; whatever hit all of them drops out."))
        ]
        if let gap = found.slopeGap {
            let text = gap.direction == nil
                ? say("Before the change the units did not clearly drift apart.")
                : say("Before the change the units drifted apart already: this is no fair comparison.")
            points.append(.init(say("Before"), RichText(text)))
        }
        if !found.leftOut.isEmpty {
            points.append(
                .init(say("Left out"), RichText(say("\(Words.list(found.leftOut)): no value before or after the change."))))
        }
        return points
    }

    private func chartPoints(_ runs: RunsTest?) -> [PointsPlate.Point] {
        var points: [PointsPlate.Point] = [
            .init(
                say("Out of the ordinary"),
                say("Beyond the range; 7 in a row on one side; 7 rising or falling; 2 of 3 in an outer third.")),
            .init(say("By chance"), RichText(words.trust)),
        ]
        if let runs {
            let text = runs.signals
                ? say("Too long on one side of the median, or too few crossings: the level has shifted.")
                : say("Runs about the median are as chance has them.")
            points.append(.init(say("Runs"), RichText(text)))
        }
        return points
    }
}
