import Basis
import Reporting
import Statistics

/// A study of a series as JSON: keys in snake_case, an estimate as estimate, lower, upper, n, method.
struct SeriesJSON {
    let study: ChangeStudy
    let file: String

    private var periods: SeriesPeriods { study.table.periods }
    private var count: Int { study.before + study.after }

    var value: JSONValue {
        let words = SeriesWords(study)
        let settings = study.settings
        var fields: [(String, JSONValue)] = [
            ("file", .text(file)), ("question", .text(settings.method.rawValue)), ("value", .text(study.table.value.name)),
            ("exposure", .optional(study.table.exposure?.name)),
            ("controls", .list(study.table.controls.map { .text($0.name) })), ("period", .text(periods.one)),
            ("first", .text(periods.name(0))), ("last", .text(periods.name(periods.count - 1))),
            ("change", .optional(settings.change.map(periods.name))), ("n", .whole(count)),
            ("n_before", .whole(study.before)), ("n_after", .whole(study.after)),
            ("missing", .list(study.table.missing.map { .text(periods.name($0)) })),
            (
                "season",
                settings.season.map {
                    .object([("length", .number($0.length)), ("harmonics", .whole($0.harmonics))])
                } ?? .none
            ),
            ("verdict", .text(words.verdict)), ("words", .text(words.headline)), ("trust", .text(words.trust)),
        ]
        switch study.answer {
        case .interrupted(let fit): fields += interrupted(fit)
        case .counterfactual(let impact, let tests): fields += counterfactual(impact, tests)
        case .comparison(let found): fields += comparison(found)
        case .chart(let chart, let runs): fields += processChart(chart) + [("runs", self.runs(runs))]
        case .shares(let charts, let runs): fields += shares(charts) + [("runs", self.runs(runs))]
        case .none(let reason): fields += [("effect", .none), ("reason", .text(reason.description))]
        }
        return .object(fields)
    }

    private func effect(_ effect: Effect?) -> JSONValue {
        guard let effect else { return .none }
        return .object([
            ("estimate", .optional(effect.estimate)), ("lower", .optional(effect.interval.lower)),
            ("upper", .optional(effect.interval.upper)), ("n", .whole(count)), ("method", .text(effect.interval.method)),
            ("level", .number(effect.interval.level)), ("standard_error", .optional(effect.standardError)),
            ("p", .optional(effect.p)), ("scale", .text(effect.scale.rawValue)),
        ])
    }

    private func time(_ position: Int) -> (String, JSONValue) { ("time", .text(periods.name(position))) }

    private func interrupted(_ fit: InterruptedSeries) -> [(String, JSONValue)] {
        let later = fit.design.positions.indices.filter(fit.design.isAfter)
        let first = later.first ?? 0
        let points = fit.design.positions.enumerated().map { index, position -> JSONValue in
            var fields = [
                time(position), ("value", .optional(study.table.value.values[position])),
                ("fitted", .number(fit.fitted[index])),
            ]
            if index >= first, fit.design.isAfter(index) {
                fields += [
                    ("unchanged", .number(fit.unchangedEstimates[index - first])),
                    ("unchanged_lower", .number(fit.unchanged[index - first].lower)),
                    ("unchanged_upper", .number(fit.unchanged[index - first].upper)),
                ]
            }
            return .object(fields)
        }
        return [
            ("effect", effect(fit.average)), ("step", effect(fit.step)), ("slope", effect(fit.slope)),
            ("last_effect", effect(fit.last)), ("degrees_of_freedom", .whole(fit.degreesOfFreedom)),
            ("autocorrelation", .optional(fit.correlation)), ("error_deviation", .number(fit.deviation)),
            ("dispersion", fit.model == .counts ? .number(fit.deviation * fit.deviation) : .none),
            ("durbin_watson", .optional(fit.durbinWatson)), ("newey_west_lag", .whole(fit.neweyWestLag)),
            ("newey_west", effect(fit.neweyWest)), ("points", .list(points)),
        ]
    }

    private func counterfactual(_ impact: Counterfactual, _ tests: InnovationTests?) -> [(String, JSONValue)] {
        let model = impact.model
        let points = impact.positions.enumerated().map { index, position -> JSONValue in
            .object([
                time(position), ("value", .optional(study.table.value.values[position])),
                ("unchanged", .number(impact.estimates[index])),
                ("unchanged_lower", .number(impact.predictions[index].lower)),
                ("unchanged_upper", .number(impact.predictions[index].upper)),
                ("cumulative", .number(impact.cumulative[index].estimate)),
                ("cumulative_lower", .number(impact.cumulative[index].interval.lower)),
                ("cumulative_upper", .number(impact.cumulative[index].interval.upper)),
            ])
        }
        let coefficients = zip(study.table.controls, zip(model.coefficients, model.coefficientErrors)).map {
            JSONValue.object([
                ("control", .text($0.0.name)), ("estimate", .number($0.1.0)), ("standard_error", .number($0.1.1)),
            ])
        }
        let diagnostics = tests.map { tests in
            JSONValue.object([
                ("n", .whole(tests.count)), ("ljung_box", .number(tests.ljungBox)), ("ljung_box_lags", .whole(tests.lags)),
                ("ljung_box_p", .number(tests.ljungBoxP)), ("normality", .number(tests.normality)),
                ("normality_p", .number(tests.normalityP)), ("variance_ratio", .number(tests.variances)),
                ("variance_ratio_p", .number(tests.variancesP)),
            ])
        }
        return [
            ("effect", effect(impact.average)), ("cumulative", effect(impact.cumulative.last)),
            ("relative", effect(impact.relative)), ("irregular_variance", .number(model.irregularVariance)),
            ("level_variance", .number(model.levelVariance)), ("log_likelihood", .number(model.logLikelihood)),
            ("coefficients", .list(coefficients)), ("replicates", .whole(impact.replicates)),
            ("seed", .text(String(impact.seed))), ("diagnostics", diagnostics ?? .none), ("points", .list(points)),
        ]
    }

    private func comparison(_ found: DifferenceInDifferences) -> [(String, JSONValue)] {
        func units(_ units: [DifferenceInDifferences.UnitChange], _ isTreated: Bool) -> [JSONValue] {
            units.map { unit in
                .object([
                    ("unit", .text(unit.name)), ("changed", .flag(isTreated)), ("before", .number(unit.before)),
                    ("after", .number(unit.after)), ("difference", .number(unit.change)),
                    ("slope_before", .optional(unit.slopeBefore)),
                ])
            }
        }
        return [
            ("effect", effect(found.effect)), ("slope_gap", effect(found.slopeGap)),
            ("left_out", .list(found.leftOut.map(JSONValue.text))),
            ("units", .list(units(found.treated, true) + units(found.controls, false))),
        ]
    }

    // MARK: Charts

    private func signals(_ signals: [ProcessChart.Signal]) -> JSONValue {
        .list(signals.map { .text("\(Self.name($0.rule)) \($0.direction == .up ? "up" : "down")") })
    }

    private static func name(_ rule: ProcessChart.Rule) -> String {
        switch rule {
        case .outside: "outside"
        case .sevenOnOneSide: "seven_on_one_side"
        case .sevenTrending: "seven_trending"
        case .twoOfThreeOuter: "two_of_three_outer"
        }
    }

    private var known: [Int] {
        (0..<periods.count).filter { position in !study.table.missing.contains(position) }
    }

    private func processChart(_ chart: ProcessChart) -> [(String, JSONValue)] {
        let known = known
        let segments = chart.segments.map { segment -> JSONValue in
            .object([
                ("from", .text(periods.name(known[segment.range.lowerBound]))),
                ("to", .text(periods.name(known[segment.range.upperBound - 1]))), ("n", .whole(segment.range.count)),
                ("centre", .number(segment.centre)), ("lower", .number(segment.lower)), ("upper", .number(segment.upper)),
                ("mean_moving_range", .number(segment.meanMovingRange)), ("range_limit", .number(segment.rangeLimit)),
                ("provisional", .flag(segment.provisional)),
            ])
        }
        let points = chart.values.indices.map { index -> JSONValue in
            .object([
                time(known[index]), ("value", .number(chart.values[index])),
                ("moving_range", .optional(chart.movingRanges[index])), ("signals", signals(chart.signals[index])),
            ])
        }
        return [("chart", .text("xmr")), ("segments", .list(segments)), ("points", .list(points))]
    }

    private func shares(_ charts: [LaneyChart]) -> [(String, JSONValue)] {
        let known = known
        var place = 0
        var points: [JSONValue] = []
        var segments: [JSONValue] = []
        for chart in charts {
            segments.append(
                .object([
                    ("from", .text(periods.name(known[place]))),
                    ("to", .text(periods.name(known[place + chart.shares.count - 1]))), ("n", .whole(chart.shares.count)),
                    ("centre", .number(chart.centre)), ("spread", .number(chart.spread)),
                    ("provisional", .flag(chart.provisional)),
                ]))
            for index in chart.shares.indices {
                points.append(
                    .object([
                        time(known[place]), ("value", .optional(chart.shares[index].estimate)),
                        ("lower", .number(chart.lower[index])), ("upper", .number(chart.upper[index])),
                        ("signals", signals(chart.signals[index])),
                    ]))
                place += 1
            }
        }
        return [("chart", .text("laney_p")), ("segments", .list(segments)), ("points", .list(points))]
    }

    private func runs(_ runs: RunsTest?) -> JSONValue {
        guard let runs else { return .none }
        return .object([
            ("median", .number(runs.median)), ("n_useful", .whole(runs.useful)), ("longest_run", .whole(runs.longestRun)),
            ("longest_run_allowed", .whole(runs.longestAllowed)), ("crossings", .whole(runs.crossings)),
            ("crossings_needed", .whole(runs.crossingsNeeded)), ("signals", .flag(runs.signals)),
        ])
    }
}
