import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Each step's rate with its likely range, against the month before and the target.
struct StepChangesPanel {
    let steps: FunnelSteps
    private var context: ReportContext { steps.context }
    private var hasTargets: Bool { steps.steps.contains { $0.target != nil } }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("Of those who came to the step before, how many came to this one")
        guard let month = steps.month, !steps.steps.isEmpty else {
            return Block(
                say("Step rates: not known yet"), sub: sub, plate: NoticePlate(say("No month is finished yet.")))
        }
        for step in steps.steps where step.ofStep.trials >= context.minimumN {
            ledger.note(
                page: page, context.figure(step.code, month), "\(step.name), of the step before", step.ofStep)
        }
        for step in steps.changed { steps.noteChange(step, page: page, &ledger) }
        var columns: [TablePlate.Column] = [
            .init(say("Step")), .init(say("Rate"), align: .right), .init(say("Likely"), align: .right),
        ]
        if let before = steps.before {
            columns += [.init(Words.shortMonth(before), align: .right), .init(say("Change, points"), flexible: true)]
        }
        if hasTargets { columns.append(.init(say("Target"), align: .right)) }
        return Block(
            finding, sub: sub, note: note,
            plate: TablePlate(columns: columns, rows: steps.steps.map(row), rowHeight: 20))
    }

    private var finding: String {
        let changed = steps.changed
        guard let before = steps.before else { return say("Each step, with its likely range") }
        if changed.isEmpty { return say("No step has clearly changed since \(Words.monthName(before))") }
        let worse = changed.filter { ($0.change?.estimate ?? 0) < 0 }
        let shown = worse.isEmpty ? changed : worse
        let names = Words.list(shown.map(\.name))
        return worse.isEmpty
            ? say("\(names) improved since \(Words.monthName(before))")
            : say("\(names) fell since \(Words.monthName(before))")
    }

    private var note: RichText {
        hasTargets
            ? ""
            : RichText(
                marked: say("Set **targets: funnel** in dealership.yaml, and each step is held against its own."))
    }

    private func row(_ step: FunnelSteps.Step) -> TablePlate.Row {
        var cells = [Label(step.name)]
        if step.ofStep.trials >= context.minimumN, let rate = step.ofStep.estimate, let limits = step.ofStep.wilson() {
            cells.append(step.isMissed ? .bad(Words.share(rate)) : Label(Words.share(rate), bold: true))
            cells.append(Label("\((limits.lower * 100).shown(0))–\((limits.upper * 100).shown(0))"))
        } else {
            cells += ["–", steps.before == nil ? tooFew(step) : "–"]
        }
        if steps.before != nil {
            let earlier = step.earlier.flatMap { $0.ofStep.trials >= context.minimumN ? $0.ofStep.estimate : nil }
            cells.append(Label(earlier.map { Words.share($0) } ?? "–"))
            cells.append(change(step))
        }
        if hasTargets { cells.append(Label(step.target.map { Words.share(Double($0) / 1000) } ?? "–")) }
        return .row(cells)
    }

    private func tooFew(_ step: FunnelSteps.Step) -> Label {
        Label(Words.tooFew(step.ofStep.trials, of: context.minimumN), .quiet)
    }

    private func change(_ step: FunnelSteps.Step) -> Label {
        if step.ofStep.trials < context.minimumN { return tooFew(step) }
        guard let change = step.change, let estimate = change.estimate, let limits = change.interval() else {
            return Label(say("too few to compare"), .quiet)
        }
        if limits.contains(0) { return Label(say("no clear change"), .text) }
        return Label(bare(estimate, limits), .ink, bold: true, cue: estimate > 0 ? .up : .down)
    }

    /// `Words.points` without the unit, which the column's title gives.
    private func bare(_ estimate: Double, _ limits: ConfidenceInterval) -> String {
        let isFall = estimate < 0
        let (near, far) = isFall ? (-limits.upper, -limits.lower) : (limits.lower, limits.upper)
        // An end that is not 0 does not print as 0.
        let places = near != 0 && (near * 100).shown(0) == 0.0.shown(0) ? 1 : 0
        return say("""
            \(isFall ? "\u{2212}" : "+")\((estimate.magnitude * 100).shown(0)), likely \((near * 100).shown(places)) to \
            \((far * 100).shown(places))
            """)
    }
}

/// How long each step takes.
struct DaysBetweenPanel {
    let steps: FunnelSteps

    func block() -> Block {
        let sub = say("Half needed so many days from the step before")
        let known = steps.steps.filter { $0.reading.medianDays != nil }
        guard let month = steps.month, let last = known.last, let day = last.reading.medianDays else {
            return Block(
                say("How long the steps take: not known yet"), sub: sub,
                plate: ParagraphPlate(say("Nobody of a finished month has come to a step.")))
        }
        let rows = steps.steps.map { step -> BarsPlate.Row in
            let cells = [Label(step.reading.medianDays.map { say("day \($0)") } ?? "–")]
            guard let days = step.reading.medianStepDays else {
                return BarsPlate.Row(step.name, .tooFew(say("not on record")), cells: cells)
            }
            return BarsPlate.Row(
                step.name, .value(Double(days)), fill: .soft, end: Label(Words.counted(days, "day", "days")), cells: cells)
        }
        return Block(
            last.reading.step == .sold
                ? say("Half of \(Words.monthName(month))’s buyers had bought by day \(day)")
                : say("Half of those who came farthest were there by day \(day)"), sub: sub,
            plate: BarsPlate(subject: sub, columns: [say("From the visit")], rows: rows, rowHeight: 23))
    }
}

/// The step that loses most, over the finished months.
struct StepOverMonthsPanel {
    let steps: FunnelSteps
    private var context: ReportContext { steps.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard let worst = steps.worst, let newest = steps.month else {
            return Block(
                say("The worst step over the months: too few"), sub: say("Of those who came to the step before, %"),
                plate: ParagraphPlate(say("No step after the lead has enough visits.")))
        }
        let months = self.months(upTo: newest)
        let shares = months.map { month in
            FunnelSteps.readings(context, month).first { $0.step == worst.reading.step }?.ofStep
        }
        for (month, share) in zip(months, shares) where (share?.trials ?? 0) >= context.minimumN {
            guard let share else { continue }
            ledger.note(
                page: page, context.figure(worst.code, month), "\(worst.name) of \(Words.month(month)), of the step before",
                share)
        }
        let readings = shares.map { share -> Reading in
            guard let share, share.trials >= context.minimumN, let value = share.estimate, let limits = share.wilson() else {
                return .tooFew(Words.tooFew(share?.trials ?? 0, of: context.minimumN))
            }
            return .value(value * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100))
        }
        let charted = shares.compactMap { $0 }.filter { $0.trials >= context.minimumN }
        let chart = charted.count == shares.count && charted.count >= VisitOutcomes.leastForRange
            ? LaneyChart.of(charted).value : nil
        let last = shares.last.flatMap { $0 }.flatMap { $0.trials >= context.minimumN ? $0.estimate : nil }
        return Block(
            finding(worst, chart),
            sub: say("\(worst.name): of those who came to the step before, %. Line: likely range"),
            plate: LinePlate(
                subject: say("\(worst.name) by month"), periods: MonthTicks.periods(months),
                series: [
                    .init(
                        worst.name, readings, look: .muted, lastLabel: last.map { .good(Words.share($0)) },
                        emphasiseLast: last != nil)
                ], usual: usual(chart, months.count),
                target: worst.target.map {
                    ReferenceLine(Double($0) / 10, say("target \(Words.share(Double($0) / 1000))"))
                },
                unit: " %"
            ).marked(with: context.effortRecords, of: EffortMarks.sales, from: months.first))
    }

    /// The finished months, oldest first.
    private func months(upTo newest: Month) -> [Month] {
        let finished = steps.outcomes.finished
        return finished.isEmpty ? [newest] : finished
    }

    private func finding(_ worst: FunnelSteps.Step, _ chart: LaneyChart?) -> String {
        let name = worst.name
        guard let chart, let signals = chart.signals.last else {
            return say("\(name), the step that loses most, by month")
        }
        guard let outside = signals.first(where: { $0.rule == .outside }) else {
            return say("\(name), the step that loses most, is inside its usual range")
        }
        return outside.direction == .up
            ? say("\(name), the step that loses most, is above its usual range")
            : say("\(name), the step that loses most, is below its usual range")
    }

    private func usual(_ chart: LaneyChart?, _ count: Int) -> [LinePlate.UsualRange] {
        guard let chart else { return [] }
        return (0..<count).map { index in
            LinePlate.UsualRange(
                from: index, to: index, lower: chart.lower[index] * 100, centre: chart.centre * 100,
                upper: chart.upper[index] * 100, provisional: chart.provisional)
        }
    }
}
