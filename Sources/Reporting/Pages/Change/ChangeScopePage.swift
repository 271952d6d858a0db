import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// One effort: what must not get worse, who did not change, when it will be known, and whether its file stood still.
enum ChangeScopePage: ReportPage {
    static let tables: [ReportTable] = []

    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        guard let one = ChangePages.effort(context) else { return ChangePages.nothing(context, setting, ledger) }
        let words = EffortWords(one, currency: context.settings.currency)
        let looks = one.judge?.looks.looks ?? []
        let power = one.judge?.power(at: looks)
        note(one, power, context, page: setting.number, &ledger)
        let headline = headline(one, words)
        let feet = PageFeet(context: context, setting: setting, tables: ChangePages.tables(one))
        var layout = setting.layout(
            context, headline: headline, sentence: RichText(sentence(one, words)),
            footer: feet.footer(first: ChangePages.foot(one), ledger: ledger))
        let scope = EffortScope(one, context)
        let written = Block(say("What was written down"), plate: PointsPlate(points: scope.points))
        let history = Block(
            scope.history.isEmpty ? say("No history") : say("Its history"),
            sub: one.record.history.damage.isEmpty ? "" : say("Changed after it was written"),
            plate: FactsPlate(rows: scope.history, emptyText: say("kpi effort open writes it down before it starts.")))
        layout.add(rows: [
            PageRow(
                .init(span: 4, guards(one, words)), .init(span: 4, when(one, looks, power, words)),
                .init(span: 4, flags(one, words))),
            charts(one, context, words),
            PageRow(.init(span: 7, written), .init(span: 5, history)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func headline(_ one: EffortAssessment, _ words: EffortWords) -> String {
        let worse = one.guards.filter(\.isWorse)
        if let first = worse.first { return say("\(EffortWords.upper(EffortWords.name(first.measure))) got worse meanwhile") }
        let serious = one.flags.first { flag in
            switch flag {
            case .goalMoved, .historyChanged, .editedPastHistory: true
            default: false
            }
        }
        if let serious { return EffortWords.upper(words.short(serious)) }
        guard !one.flags.isEmpty else { return say("Nothing speaks against the verdict") }
        let number = EffortWords.upper(EffortCards.number(one.flags.count))
        return say(one.flags.count, "One thing to bear in mind", "\(number) things to bear in mind")
    }

    private static func sentence(_ one: EffortAssessment, _ words: EffortWords) -> String {
        let guarded = one.guards.isEmpty
            ? say("No guard measure is named.") : one.guards.contains(where: \.isWorse)
                ? say("A guard measure moved the wrong way.") : say("No guard measure clearly got worse.")
        return "\(words.verdict). \(guarded)"
    }

    // MARK: Panels

    private static func guards(_ one: EffortAssessment, _ words: EffortWords) -> Block {
        guard !one.guards.isEmpty else {
            return Block(
                say("No guard measure is named"),
                plate: NoticePlate(
                    RichText(marked: say("Write under **guards:** what must not get worse while this gets better.")), showsFrame: false))
        }
        let rows = one.guards.map { guarded -> FactsPlate.Row in
            let range = guarded.gain.map { say("Likely \(guarded.measure.range($0.lower, $0.upper, currency: words.currency))") }
            return FactsPlate.Row(
                Label(EffortWords.upper(EffortWords.title(guarded.measure))),
                guarded.isWorse
                    ? Label(words.words(of: guarded), .bad, bold: true, cue: .down) : Label(words.words(of: guarded), .ink),
                note: range ?? EffortWords.upper(guarded.missing))
        }
        return Block(say("What must not get worse"), sub: say("The same before and after, 95 % limits"), plate: FactsPlate(rows: rows))
    }

    /// The first guard over time, and the stores that did not change where any are named.
    private static func charts(_ one: EffortAssessment, _ context: ReportContext, _ words: EffortWords) -> PageRow {
        guard !one.effort.compare.isEmpty else {
            return one.guards.isEmpty
                ? PageRow(.init(span: 12, comparison(one, context, words)))
                : PageRow(height: .weight(1), .init(span: 12, guardChart(one, words)))
        }
        guard !one.guards.isEmpty else {
            return PageRow(height: .weight(1), .init(span: 12, comparison(one, context, words)))
        }
        return PageRow(
            height: .weight(1), .init(span: 6, guardChart(one, words)), .init(span: 6, comparison(one, context, words)))
    }

    private static func guardChart(_ one: EffortAssessment, _ words: EffortWords) -> Block {
        guard let first = one.guards.first, let chart = EffortChart(one, guard: first, currency: words.currency) else {
            return Block(
                say("No guard measure to draw"),
                plate: NoticePlate(
                    RichText(marked: say("A figure under **guards:** would stand here over time.")), showsFrame: false))
        }
        return Block(
            "\(EffortWords.upper(EffortWords.title(first.measure))): \(words.words(of: first))",
            sub: say("\(chart.title). Bands: where steady \(words.periods.many) fall"),
            plate: chart.plate(small: false))
    }

    private static func comparison(_ one: EffortAssessment, _ context: ReportContext, _ words: EffortWords) -> Block {
        guard let judge = one.judge, !one.effort.compare.isEmpty else {
            return Block(
                say("No stores to compare with are named"),
                plate: NoticePlate(
                    RichText(marked: say("Write under **compare:** five or more stores that do not change.")), showsFrame: false))
        }
        guard let found = judge.comparison else { return Block(say("Stores that did not change"), plate: NoticePlate(say("No figures."))) }
        guard case .comparison = found.answer, let chart = EffortChart(one, currency: words.currency) else {
            var reason = ""
            if case .none(let why) = found.answer { reason = say("Cannot be told: \(why).") }
            return Block(say("Stores that did not change"), plate: NoticePlate(RichText(reason)))
        }
        var table = found.table
        for index in table.units.indices {
            table.units[index].values = table.units[index].values.map { $0.map { $0 / chart.scale.by } }
        }
        var plate = SeriesCharts(ChangeStudy(table, found.settings)).main
        chart.dress(&plate)
        return Block(
            against(found, one, words),
            sub: say("\(chart.title). Blue: changed. Grey: mean of \(one.effort.compare.count) that did not"), plate: plate)
    }

    private static func against(_ found: ChangeStudy, _ one: EffortAssessment, _ words: EffortWords) -> String {
        guard let effect = found.effect, let direction = effect.direction else {
            return say("No clear change against stores that did not change")
        }
        let limits = effect.interval
        let range = one.effort.goal.measure.range(limits.lower, limits.upper, currency: words.currency)
        return direction == .up
            ? say("Against stores that did not change likely \(range) higher")
            : say("Against stores that did not change likely \(range) lower")
    }

    private static func when(
        _ one: EffortAssessment, _ looks: [EffortLook], _ power: EffortPower?, _ words: EffortWords
    ) -> Block {
        let size = power.map { one.effort.goal.measure.size($0.size, currency: words.currency) }
        let rows = looks.map { look -> FactsPlate.Row in
            let share = power?.share(at: look).map { say("shows in \(Words.share($0))") } ?? say("not known")
            let day = words.day(look.day)
            return FactsPlate.Row(
                Label(look.day <= one.cut ? say("Look \(look.number), \(day), taken") : say("Look \(look.number), \(day)")),
                Label(share, .ink),
                note: say("After \(words.countedAfterOf(look.periods)); limits of \((look.level * 100).shown(1)) %"))
        }
        let known = power?.known
        let hasGone = one.judge.map { $0.mean(.before, on: one.cut) != nil && $0.goalSize == nil } ?? false
        let missing = hasGone
            ? say("The goal was met before: no change is left to show")
            : say("Its ups and downs before are not known: it cannot be said when")
        let finding = if one.verdict.finding == .cannotTell { say("When it would be known") } else if let known {
            known.day <= one.cut ? say("Enough was known by \(words.day(known.day))") : say("Known by \(words.day(known.day))")
        } else { say("No look is sure to show it") }
        return Block(
            finding, sub: size.map { say("A change of \($0), the goal’s size, in simulated efforts") } ?? (looks.isEmpty ? "" : missing),
            plate: FactsPlate(rows: rows, emptyText: say("No look by which anything would be known.")))
    }

    private static func flags(_ one: EffortAssessment, _ words: EffortWords) -> Block {
        let points = one.flags.prefix(6).map { flag in
            PointsPlate.Point(Label(EffortWords.upper(words.short(flag))), RichText(words.sentence(flag)))
        }
        return Block(
            say("To bear in mind"), plate: PointsPlate(points: points, runIn: false, emptyText: say("Nothing.")))
    }

    private static func note(
        _ one: EffortAssessment, _ power: EffortPower?, _ context: ReportContext, page: Int, _ ledger: inout FigureLedger
    ) {
        var own = one
        own.power = power
        EffortCard(own, context).note(page: page, &ledger)
        guard let effect = one.judge?.comparison?.effect else { return }
        ledger.note(
            page: page,
            context.figure(EffortFigure.comparison.rawValue, context.month, [.effort: one.effort.identifier]),
            "\(one.effort.name): against stores that did not change", estimate: effect.estimate.fixed(6),
            lower: effect.interval.lower.fixed(6), upper: effect.interval.upper.fixed(6),
            method: effect.interval.method)
    }
}
