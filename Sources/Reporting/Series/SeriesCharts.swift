import Basis
import Drawing
import Statistics

/// The charts of a series' page.
struct SeriesCharts {
    let study: ChangeStudy

    init(_ study: ChangeStudy) { self.study = study }

    private var periods: SeriesPeriods { study.table.periods }
    private var words: PeriodWords { PeriodWords(study.table.periods.one) }
    private var name: String { study.table.value.name }

    var title: String {
        switch study.answer {
        case .interrupted, .counterfactual: say("\(name), and what it would have been")
        case .comparison: say("\(name): changed and unchanged units")
        case .chart, .shares: say("\(name) and its usual range")
        case .none: say("\(name) as it is")
        }
    }

    var sub: String {
        switch study.answer {
        case .interrupted: say("Grey: observed. Blue: the model. Dashed: without the change, with its likely range")
        case .counterfactual: say("Blue: observed. Dashed: without the change, with its likely range")
        case .comparison: say("Blue: mean of the changed units. Grey: mean of the comparison units")
        case .chart, .shares: say("Band: where steady \(words.many) fall. Ringed: out of the ordinary")
        case .none: say("A \(words.one) a point")
        }
    }

    var numbersSub: String {
        switch study.answer {
        case .none: return ""
        case .shares: return say("\(name) of \(study.table.exposure?.name ?? say("all"))")
        default:
            let isRate = study.table.exposure != nil
            if study.effect?.scale == .factor { return say("Per cent of what would have been") }
            return isRate ? say("\(name) of \(study.table.exposure?.name ?? say("all"))") : say("In the unit of \(name)")
        }
    }

    var main: LinePlate {
        switch study.answer {
        case .interrupted(let fit): return interrupted(fit)
        case .counterfactual(let impact, _): return counterfactual(impact)
        case .comparison(let found): return comparison(found)
        case .chart(let chart, _): return processChart(chart)
        case .shares(let charts, _): return shares(charts)
        case .none: return plate([.init(name, readings(observed), look: .main)])
        }
    }

    // MARK: Parts

    /// The values, or what they are out of each.
    private var observed: [Double?] {
        guard let exposure = study.table.exposure else { return study.table.value.values }
        return zip(study.table.value.values, exposure.values).map { value, exposure in
            guard let value, let exposure, exposure > 0 else { return nil }
            return value / exposure
        }
    }

    private func readings(_ values: [Double?]) -> [Reading] {
        values.map { $0.map { Reading.value($0) } ?? .missing(say("no value")) }
    }

    private func plate(
        _ series: [LinePlate.Series], usual: [LinePlate.UsualRange] = [], flags: [LinePlate.Flag] = [],
        zero: Bool = false
    ) -> LinePlate {
        let events = study.settings.change.map {
            [LinePlate.Event(at: Double($0), date: periods.name($0), label: say("change", context: "event"))]
        }
        return LinePlate(
            subject: say("\(name) by \(words.one)", context: "chart"), periods: ticks, series: series, usual: usual,
            target: zero ? ReferenceLine(0, say("no change")) : nil, events: events ?? [], flags: flags)
    }

    /// Eight to twelve names along the axis.
    private var ticks: [LinePlate.Period] {
        let count = periods.count
        let isYearly: Bool
        if case .months(1, _) = periods.grain { isYearly = count > 30 } else { isYearly = false }
        let every = max(1, (count + 9) / 10)
        return (0..<count).map { position in
            if isYearly {
                let month = Month(periods.name(position))
                return LinePlate.Period(month?.monthOfYear == 1 ? "\(month?.year ?? 0)" : "")
            }
            return LinePlate.Period(position % every == 0 ? periods.name(position) : "")
        }
    }

    private func interrupted(_ fit: InterruptedSeries) -> LinePlate {
        let exposures = study.table.exposure?.values
        func rate(_ value: Double, _ position: Int) -> Double {
            guard let exposure = exposures?[position] else { return value }
            return value / exposure
        }
        var fitted = [Double?](repeating: nil, count: periods.count)
        for (index, position) in fit.design.positions.enumerated() { fitted[position] = rate(fit.fitted[index], position) }
        var unchanged = [Reading](repeating: .missing(say("before the change")), count: periods.count)
        let later = fit.design.positions.filter { $0 >= fit.design.change }
        for (index, position) in later.enumerated() {
            let limits = fit.unchanged[index]
            unchanged[position] = .value(
                rate(fit.unchangedEstimates[index], position),
                likely: LikelyRange(rate(limits.lower, position), rate(limits.upper, position)))
        }
        let from = later.first ?? 0
        return plate([
            .init(name, readings(observed), look: .past), .init(say("model", context: "chart"), readings(fitted), look: .plain),
            .init(say("without the change"), Array(unchanged.dropFirst(from)), from: from, look: .dashed),
        ])
    }

    private func counterfactual(_ impact: Counterfactual) -> LinePlate {
        let from = impact.positions.first ?? 0
        var unchanged = [Reading](repeating: .missing(say("no value")), count: periods.count - from)
        for (index, position) in impact.positions.enumerated() {
            let limits = impact.predictions[index]
            unchanged[position - from] = .value(
                impact.estimates[index], likely: LikelyRange(limits.lower, limits.upper))
        }
        return plate([
            .init(say("without the change"), unchanged, from: from, look: .dashed),
            .init(name, readings(observed), look: .main),
        ])
    }

    private func comparison(_ found: DifferenceInDifferences) -> LinePlate {
        let treated = Set(found.treated.map(\.name))
        func mean(_ units: [SeriesTable.Column]) -> [Double?] {
            (0..<periods.count).map { position in Moments.mean(units.compactMap { $0.values[position] }) }
        }
        let units = study.table.units.filter { !found.leftOut.contains($0.name) }
        return plate([
            .init(say("comparison units"), readings(mean(units.filter { !treated.contains($0.name) })), look: .past),
            .init(say("changed units"), readings(mean(units.filter { treated.contains($0.name) })), look: .main),
        ])
    }

    // MARK: Process charts

    private var known: [Int] { (0..<periods.count).filter { observed[$0] != nil } }

    private func flags(_ signals: [[ProcessChart.Signal]]) -> [LinePlate.Flag] {
        let known = known
        return signals.indices.filter { !signals[$0].isEmpty && $0 < known.count }.map { index in
            let isOutside = signals[index].contains { $0.rule == .outside }
            return LinePlate.Flag(series: 0, period: known[index], label: isOutside ? periods.name(known[index]) : "")
        }
    }

    private func processChart(_ chart: ProcessChart) -> LinePlate {
        let known = known
        let usual = chart.segments.compactMap { segment -> LinePlate.UsualRange? in
            guard let first = known[segment.range].first, let last = known[segment.range].last else { return nil }
            return LinePlate.UsualRange(
                from: first, to: last, lower: segment.lower, centre: segment.centre, upper: segment.upper,
                label: segment.provisional ? say("provisional") : say("usual range"), current: segment.range.lowerBound > 0,
                provisional: segment.provisional)
        }
        return plate([.init(name, readings(observed), look: .main)], usual: usual, flags: flags(chart.signals))
    }

    private func shares(_ charts: [LaneyChart]) -> LinePlate {
        let known = known
        var usual: [LinePlate.UsualRange] = []
        var place = 0
        for (index, chart) in charts.enumerated() {
            for point in chart.shares.indices where place < known.count {
                usual.append(
                    LinePlate.UsualRange(
                        from: known[place], to: known[place], lower: chart.lower[point], centre: chart.centre,
                        upper: chart.upper[point], current: index > 0, provisional: chart.provisional))
                place += 1
            }
        }
        return plate(
            [.init(name, readings(observed), look: .main)], usual: usual, flags: flags(charts.flatMap(\.signals)))
    }

    // MARK: The second chart

    var second: Block? {
        switch study.answer {
        case .interrupted(let fit): return effects(fit)
        case .counterfactual(let impact, _): return cumulative(impact)
        case .comparison(let found): return units(found)
        case .chart(let chart, _): return ranges(chart)
        case .shares, .none: return nil
        }
    }

    private func row(_ label: String, _ effect: Effect) -> IntervalsPlate.Row {
        let words = SeriesWords(study)
        let shown = SeriesWords.shown(effect)
        let unit = effect.scale == .factor ? " %" : ""
        return IntervalsPlate.Row(
            label, .value(shown.estimate, likely: LikelyRange(shown.lower, shown.upper)),
            value: Label(words.numbers(effect).signed(shown.estimate) + unit),
            tone: effect.direction == nil ? .quiet : .good, hollow: effect.direction == nil)
    }

    private func effects(_ fit: InterruptedSeries) -> Block {
        var rows = [row(say("At once"), fit.step)]
        if let slope = fit.slope {
            rows += [
                row(say("More each \(words.one)"), slope), row(say("On average since"), fit.average),
                row(say("At the last \(words.one)"), fit.last),
            ]
        }
        if let plain = fit.neweyWest { rows.append(row(say("At once, Newey–West"), plain)) }
        return Block(
            say("What the change did"), sub: say("Dot: estimate. Line: likely range. Hollow: may be nothing"),
            plate: IntervalsPlate(
                subject: say("Effects"), groups: [.init(rows: rows)], reference: ReferenceLine(0, say("no change"))))
    }

    private func cumulative(_ impact: Counterfactual) -> Block {
        let from = impact.positions.first ?? 0
        var readings = [Reading](repeating: .missing(say("no value")), count: periods.count - from)
        for (index, position) in impact.positions.enumerated() {
            let effect = impact.cumulative[index]
            readings[position - from] = .value(
                effect.estimate, likely: LikelyRange(effect.interval.lower, effect.interval.upper))
        }
        var line = LinePlate(
            subject: say("Cumulative effect"), periods: Array(ticks.dropFirst(from)),
            series: [.init(say("since the change"), readings, look: .main)], target: ReferenceLine(0, say("no change")))
        if line.periods.allSatisfy({ $0.label.isEmpty }) {
            line.periods = (from..<periods.count).map { LinePlate.Period($0 == from ? periods.name($0) : "") }
        }
        return Block(say("All that came of it so far"), sub: say("Observed minus without the change, added up"), plate: line)
    }

    private func units(_ found: DifferenceInDifferences) -> Block {
        let numbers = SeriesNumbers(spread: found.effect.standardError)
        func rows(_ units: [DifferenceInDifferences.UnitChange], _ tone: Tone) -> [IntervalsPlate.Row] {
            units.map { unit in
                IntervalsPlate.Row(
                    unit.name, .value(unit.change), value: Label(numbers.signed(unit.change)), tone: tone)
            }
        }
        let controls = found.controls.sorted { ($1.change, $0.name) < ($0.change, $1.name) }
        return Block(
            say("Each unit’s own change"), sub: say("Mean after less mean before"),
            plate: IntervalsPlate(
                subject: say("Changes of units"),
                groups: [.init(say("Changed"), rows: rows(found.treated, .good)), .init(say("Comparison"), rows: rows(controls, .quiet))],
                reference: ReferenceLine(0, say("no change")), rowHeight: 13))
    }

    private func ranges(_ chart: ProcessChart) -> Block {
        let known = known
        var readings = [Reading](repeating: .missing(say("no value")), count: periods.count)
        for (index, range) in chart.movingRanges.enumerated() where index < known.count {
            readings[known[index]] = range.map { .value($0) } ?? .missing(say("first of its stretch"))
        }
        let usual = chart.segments.compactMap { segment -> LinePlate.UsualRange? in
            guard let first = known[segment.range].first, let last = known[segment.range].last else { return nil }
            return LinePlate.UsualRange(
                from: first, to: last, lower: 0, centre: segment.meanMovingRange, upper: segment.rangeLimit)
        }
        return Block(
            say("From one \(words.one) to the next"), sub: say("Moving ranges; the band ends at their limit"),
            plate: LinePlate(
                subject: say("Moving ranges"), periods: ticks, series: [.init(say("moving range"), readings, look: .main)],
                usual: usual, fromZero: true))
    }
}
