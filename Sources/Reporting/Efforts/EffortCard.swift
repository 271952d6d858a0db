import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// An effort's card: verdict, chart, and what is known of it.
struct EffortCard {
    let assessment: EffortAssessment
    let context: ReportContext
    let words: EffortWords

    init(_ assessment: EffortAssessment, _ context: ReportContext) {
        self.assessment = assessment
        self.context = context
        words = EffortWords(assessment, currency: context.settings.currency)
    }

    func block(page: Int, _ ledger: inout FigureLedger) -> Block {
        note(page: page, &ledger)
        let chart = EffortChart(assessment, currency: context.settings.currency)
        let plate: any Plate = chart.map { $0.plate(small: true) }
            ?? NoticePlate(RichText(marked: say("No figure of it is in the exports: \(needs).")), isMissing: true)
        return Block(
            "", plate: EffortCardPlate(
                name: assessment.effort.name, verdict: words.label, sentence: RichText("\(words.reason)."),
                chartTitle: chart?.title ?? "", chart: plate, facts: facts))
    }

    private var needs: String {
        let tables = assessment.effort.goal.measure.request.entry.needs.map { "**\($0).csv**" }
        return tables.isEmpty ? say("see kpi check") : say("it needs \(Words.list(tables))")
    }

    // MARK: Facts

    /// As many rows on every card, so that charts side by side are as high.
    private static let rows = 4

    private var facts: [FactsPlate.Row] {
        var rows = [FactsPlate.Row(say("Look"), Label(words.look, .ink))]
        if let visible = words.untilVisible, assessment.verdict.finding == .tooEarly {
            rows.append(.init(say("To see the goal"), Label(visible, .ink)))
        }
        for one in assessment.guards.prefix(2) {
            rows.append(
                .init(
                    Label(say("Guard: \(EffortWords.title(one.measure))")),
                    one.isWorse ? Label(words.words(of: one), .bad, bold: true, cue: .down) : Label(words.words(of: one), .ink)))
        }
        if let flag { rows.append(.init(say("Flag"), Label(words.short(flag), .ink))) }
        if assessment.effort.stop != nil { rows.append(.init(say("Stop rule"), Label(words.stop, .ink))) }
        let scope = EffortScope(assessment, context)
        rows.append(.init(say("Goal"), Label(say("\(scope.goalWords) by \(words.day(assessment.effort.goal.by))"), .ink)))
        rows.append(.init(say("Dip expected"), Label(scope.dip, .ink)))
        let asked = assessment.effort.asked.map(\.who)
        rows.append(.init(say("Asked", context: "effort"), Label(asked.isEmpty ? say("nobody", context: "asked") : Words.list(asked), .ink)))
        rows = Array(rows.prefix(EffortCard.rows))
        let finding = assessment.effort.why?.finding
        rows.append(
            .init(
                Label(say("Owner \(assessment.effort.owner)")),
                finding.map { Label(say("answers \($0.code), \(Words.shortMonth($0.month))"), .good) }
                    ?? Label(say("answers no finding"), .ink)))
        return rows
    }

    /// The weightiest; that a change cites nothing stands beside the owner.
    private var flag: EffortAssessment.Flag? {
        assessment.flags.first { flag in
            switch flag {
            case .noFinding, .approximate, .noHistory, .guardWorse: false
            default: true
            }
        }
    }

    // MARK: Ledger

    private func id(_ figure: EffortFigure) -> FigureID {
        context.figure(figure.rawValue, context.month, [.effort: assessment.effort.identifier])
    }

    func note(page: Int, _ ledger: inout FigureLedger) {
        let name = assessment.effort.name
        if let result = assessment.result {
            let method = result.study.effect?.interval.method ?? ""
            ledger.note(
                page: page, id(.before), "\(name): before", estimate: result.before.fixed(6), n: result.study.before)
            ledger.note(
                page: page, id(.after), "\(name): since the dip", estimate: result.after.fixed(6), n: result.study.after)
            if let gain = result.gain {
                ledger.note(
                    page: page, id(.gain), "\(name): \(words.verdict)", estimate: gain.estimate.fixed(6),
                    lower: gain.lower.fixed(6), upper: gain.upper.fixed(6), n: result.study.before + result.study.after,
                    method: "\(method), level \(result.look.level.fixed(6))")
            }
        }
        for one in assessment.guards {
            guard let gain = one.gain else { continue }
            ledger.note(
                page: page, id(.guardGain), "\(name), guard \(EffortWords.title(one.measure))",
                estimate: gain.estimate.fixed(6), lower: gain.lower.fixed(6), upper: gain.upper.fixed(6),
                n: one.series?.points.count { $0.value != nil })
        }
        for one in assessment.power?.looks ?? [] {
            ledger.note(
                page: page, id(.power), "\(name): would show on \(one.look.day)", estimate: one.share.fixed(6),
                n: EffortPower.runs, method: "simulation")
        }
    }
}
