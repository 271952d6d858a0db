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

    private var periods: SeriesPeriods { study.table.periods }

    private func row(_ name: String, _ effect: Effect) -> FactsPlate.Row {
        let shown = SeriesWords.shown(effect)
        let unit = effect.scale == .factor ? " %" : ""
        let numbers = words.numbers(effect)
        return FactsPlate.Row(
            Label(name), Label(numbers.signed(shown.estimate) + unit, .ink, bold: true),
            note: "likely \(numbers.signed(shown.lower)) to \(numbers.signed(shown.upper))\(unit)")
    }

    var rows: [FactsPlate.Row] {
        switch study.answer {
        case .interrupted(let fit): interrupted(fit)
        case .counterfactual(let impact, _): counterfactual(impact)
        case .comparison(let found): comparison(found)
        case .chart(let chart, let runs): chartRows(chart) + runRows(runs)
        case .shares(let charts, let runs): shareRows(charts) + runRows(runs)
        case .none(let reason): [FactsPlate.Row("No figure", note: reason.description)]
        }
    }

    private func interrupted(_ fit: InterruptedSeries) -> [FactsPlate.Row] {
        let numbers = SeriesNumbers(spread: fit.average.scale == .factor ? 1 : fit.average.standardError)
        var rows = [row(fit.slope == nil ? "Change of level" : "Effect on average", fit.average)]
        if let slope = fit.slope { rows.append(row("Change of trend a \(periods.one)", slope)) }
        if fit.average.scale == .difference {
            let before = Moments.mean(fit.fitted.indices.filter { !fit.design.isAfter($0) }.map { fit.fitted[$0] })
            rows.append(FactsPlate.Row("Mean before", Label(before.map(numbers.text) ?? "")))
        }
        if let correlation = fit.correlation {
            rows.append(
                FactsPlate.Row(
                    Label("One \(periods.one) follows the last by"), Label(SeriesNumbers(spread: 0).text(correlation))))
        }
        return rows
    }

    private func counterfactual(_ impact: Counterfactual) -> [FactsPlate.Row] {
        var rows = [row("Effect a \(periods.one), on average", impact.average)]
        if let whole = impact.cumulative.last { rows.append(row("All that came of it", whole)) }
        if let relative = impact.relative {
            let share = relative
            func percent(_ value: Double) -> String { SeriesNumbers(spread: 1).signed(value * 100) }
            rows.append(
                FactsPlate.Row(
                    "As a share", Label("\(percent(share.estimate)) %", .ink, bold: true),
                    note: "likely \(percent(share.interval.lower)) to \(percent(share.interval.upper)) %"))
        }
        return rows
    }

    private func comparison(_ found: DifferenceInDifferences) -> [FactsPlate.Row] {
        var rows = [row("Effect", found.effect)]
        if let gap = found.slopeGap { rows.append(row("Drifted apart before, a \(periods.one)", gap)) }
        rows.append(FactsPlate.Row("Units that changed", Label("\(found.treated.count)")))
        rows.append(FactsPlate.Row("Units to compare with", Label("\(found.controls.count)")))
        return rows
    }

    private func chartRows(_ chart: ProcessChart) -> [FactsPlate.Row] {
        chart.segments.enumerated().map { index, segment in
            let numbers = SeriesNumbers(spread: segment.meanMovingRange)
            let name = chart.segments.count == 1 ? "Centre" : index == 0 ? "Centre before" : "Centre since"
            return FactsPlate.Row(
                Label(name), Label(numbers.text(segment.centre), .ink, bold: true),
                note: "usually \(numbers.text(segment.lower)) to \(numbers.text(segment.upper))"
                    + (segment.provisional ? ", provisional: under 12 points" : ""))
        }
    }

    private func shareRows(_ charts: [LaneyChart]) -> [FactsPlate.Row] {
        charts.enumerated().map { index, chart in
            let name = charts.count == 1 ? "Centre" : index == 0 ? "Centre before" : "Centre since"
            return FactsPlate.Row(
                Label(name), Label(Words.share(chart.centre, decimals: 1), .ink, bold: true),
                note: "varies \(SeriesNumbers(spread: 1).text(chart.spread)) times as much as chance alone"
                    + (chart.provisional ? ", provisional: under 12 points" : ""))
        }
    }

    private func runRows(_ runs: RunsTest?) -> [FactsPlate.Row] {
        guard let runs else { return [] }
        return [
            FactsPlate.Row("Longest run on one side", Label("\(runs.longestRun) of \(runs.longestAllowed) allowed")),
            FactsPlate.Row("Crossings of the median", Label("\(runs.crossings), at least \(runs.crossingsNeeded)")),
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
                .init("No verdict", RichText("\(reason.description).")),
                .init("What would help", "More points, before the change above all; a control series; other units."),
            ]
        }
    }

    private func interruptedPoints(_ fit: InterruptedSeries) -> [PointsPlate.Point] {
        var points: [PointsPlate.Point] = [
            .init("Without the change", RichText("Level and trend from before, carried on\(season)."))
        ]
        switch fit.model {
        case .autoregressive, .neweyWest:
            points.append(
                .init(
                    "Neighbours are alike",
                    RichText(
                        "Errors follow each other (AR(1) by REML); limits allow for not knowing by how much. Durbin–Watson "
                            + "\(SeriesNumbers(spread: 0).text(fit.durbinWatson)).")))
        case .counts:
            points.append(
                .init(
                    "Counts",
                    RichText(
                        "They vary \(SeriesNumbers(spread: 1).text(fit.deviation * fit.deviation)) times as much as chance "
                            + "alone would have it, and limits are as much wider.")))
        }
        points.append(.init("How far to trust it", RichText(words.trust)))
        return points
    }

    private var season: String {
        study.settings.season.map { ", with a season of \(SeriesNumbers(spread: 100).text($0.length)) \(periods.one)s" } ?? ""
    }

    private func counterfactualPoints(_ impact: Counterfactual, _ tests: InnovationTests?) -> [PointsPlate.Point] {
        let controls = study.table.controls.map(\.name)
        let what = controls.isEmpty
            ? "The level of before, wandering as it did\(season)."
            : "The level of before, wandering as it did, moved by \(Words.list(controls))\(season)."
        var points: [PointsPlate.Point] = [.init("Without the change", RichText(what))]
        if !controls.isEmpty {
            points.append(
                .init("Taken for granted", RichText("The change left \(Words.list(controls)) alone.")))
        }
        if let tests {
            let doubts = [
                tests.ljungBoxP < 0.05 ? "follow each other" : nil, tests.normalityP < 0.05 ? "are not normal" : nil,
                tests.variancesP < 0.05 ? "grew or shrank" : nil,
            ].compactMap { $0 }
            let text = doubts.isEmpty
                ? "One-step errors look as they should: independent, normal, of one size."
                : "One-step errors \(Words.list(doubts)): trust the range less."
            points.append(.init(doubts.isEmpty ? "The model fits" : "The model fits badly", RichText(text)))
        }
        points.append(.init("How far to trust it", RichText(words.trust)))
        return points
    }

    private func comparisonPoints(_ found: DifferenceInDifferences) -> [PointsPlate.Point] {
        var points: [PointsPlate.Point] = [
            .init(
                "The yardstick",
                "How differently the comparison units moved among themselves; whatever hit all of them drops out.")
        ]
        if let gap = found.slopeGap {
            let text = gap.direction == nil
                ? "Before the change the units did not clearly drift apart."
                : "Before the change the units drifted apart already: this is no fair comparison."
            points.append(.init("Before", RichText(text)))
        }
        if !found.leftOut.isEmpty {
            points.append(
                .init("Left out", RichText("\(Words.list(found.leftOut)): no value before or after the change.")))
        }
        return points
    }

    private func chartPoints(_ runs: RunsTest?) -> [PointsPlate.Point] {
        var points: [PointsPlate.Point] = [
            .init(
                "Out of the ordinary",
                "Beyond the range; 7 in a row on one side; 7 rising or falling; 2 of 3 in an outer third."),
            .init("By chance", RichText(words.trust)),
        ]
        if let runs {
            let text = runs.signals
                ? "Too long on one side of the median, or too few crossings: the level has shifted."
                : "Runs about the median are as chance has them."
            points.append(.init("Runs", RichText(text)))
        }
        return points
    }
}
