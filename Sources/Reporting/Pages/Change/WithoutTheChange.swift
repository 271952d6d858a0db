import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// The figure against what it would have been: a local level carried on from before, and what it comes to.
struct WithoutTheChange {
    let assessment: EffortAssessment
    let context: ReportContext
    private let chart: EffortChart?
    private let study: ChangeStudy?

    init(_ assessment: EffortAssessment, _ context: ReportContext) {
        self.assessment = assessment
        self.context = context
        chart = EffortChart(assessment, currency: context.settings.currency)
        guard let judge = assessment.judge, let chart, judge.series.settled < judge.series.points.count else {
            study = nil
            return
        }
        var table = judge.series.table(on: assessment.cut)
        table.exposure = nil
        table.value.values = table.value.values.map { $0.map { $0 / chart.scale.by } }
        if let others = WithoutTheChange.others(judge) {
            table.controls = [.init(say("stores that did not change"), others.map { $0.map { $0 / chart.scale.by } })]
        }
        study = ChangeStudy(
            table,
            .init(
                method: .counterfactual, change: judge.series.settled, season: table.periods.season,
                replicates: 499, seed: 1))
    }

    /// The mean of the stores that did not change, period by period; nil: none are named. A period that one of them lacks
    /// has none, since a mean of others would be another figure.
    private static func others(_ judge: EffortJudge) -> [Double?]? {
        let others = judge.units.filter { judge.effort.compare.contains($0.name) }
        guard let first = others.first else { return nil }
        return first.values.indices.map { position in
            let values = others.compactMap { $0.values.indices.contains(position) ? $0.values[position] : nil }
            return values.count == others.count ? Moments.mean(values) : nil
        }
    }

    private var impact: Counterfactual? {
        if let study, case .counterfactual(let impact, _) = study.answer { return impact }
        return nil
    }

    var isKnown: Bool { impact != nil }

    private var missing: String {
        guard let study, case .none(let reason) = study.answer else { return say("No point since the dip yet.") }
        return say("Cannot be told: \(reason).")
    }

    var main: Block {
        guard let study, let chart, impact != nil else {
            return Block(say("With the change and without"), plate: NoticePlate(RichText(missing), showsFrame: false))
        }
        var plate = SeriesCharts(study).main
        chart.dress(&plate)
        let finding = switch study.effect?.direction {
        case .up?: say("Above what would have been without the change")
        case .down?: say("Below what would have been without the change")
        case nil: say("Not clearly off what would have been without the change")
        }
        let sub = study.table.controls.isEmpty
            ? say("Blue: observed. Dashed: a level carried on from before, with its likely range")
            : say("Blue: observed. Dashed: from the stores that did not change, with its likely range")
        return Block(finding, sub: Colours.named(sub), plate: plate)
    }

    var cumulative: Block {
        guard let study, let chart, let impact, let last = impact.cumulative.last else {
            return Block(say("All that came of it"), plate: NoticePlate(say("As soon as points since the dip are known.")))
        }
        let from = impact.positions.first ?? 0
        var readings = [Reading](repeating: .missing(say("no value")), count: study.table.periods.count - from)
        for (index, position) in impact.positions.enumerated() {
            let effect = impact.cumulative[index]
            readings[position - from] = .value(
                effect.estimate, likely: LikelyRange(effect.interval.lower, effect.interval.upper))
        }
        var plate = LinePlate(
            subject: say("Cumulative effect"), periods: [], series: [.init(say("since the dip"), readings, look: .main)],
            target: ReferenceLine(0, say("no change")))
        chart.dress(&plate, from: from)
        plate.unit = ""
        let periods = chart.words.periods.many
        let trust = MeasuredCoverage(study).map { $0.isApproximate ? say(" Limits are approximate.") : "" } ?? ""
        return Block(
            last.direction == nil ? say("All that came of it: not clear") : say("All that came of it so far"),
            sub: say("\(chart.unitWords) × \(periods), added up.") + trust, plate: plate)
    }

    func note(page: Int, _ ledger: inout FigureLedger) {
        guard let impact, let last = impact.cumulative.last, let chart else { return }
        let by = chart.scale.by
        ledger.note(
            page: page,
            context.figure(
                EffortFigure.cumulative.rawValue, context.month, [.effort: assessment.effort.identifier]),
            "\(assessment.effort.name): all that came of it", estimate: (last.estimate * by).fixed(6),
            lower: (last.interval.lower * by).fixed(6), upper: (last.interval.upper * by).fixed(6),
            n: impact.positions.count, method: Counterfactual.method)
    }
}
