import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Programs
import Statistics

/// An effort's figure over time: the time before with its usual range, the start, the dip, the time after, the goal.
struct EffortChart {
    let assessment: EffortAssessment
    let series: EffortSeries
    let words: EffortWords

    init?(_ assessment: EffortAssessment, currency: String) {
        guard let series = assessment.series else { return nil }
        self.init(assessment, series, currency: currency)
    }

    /// Of a guard's series, without a goal.
    init?(_ assessment: EffortAssessment, guard one: EffortAssessment.Guard, currency: String) {
        guard let series = one.series else { return nil }
        self.init(assessment, series, currency: currency)
    }

    private init(_ assessment: EffortAssessment, _ series: EffortSeries, currency: String) {
        self.assessment = assessment
        self.series = series
        words = EffortWords(assessment, currency: currency)
    }

    private var isGoal: Bool { series.measure == effort.goal.measure }

    private var effort: Effort { assessment.effort }
    private var measure: EffortMeasure { series.measure }

    // MARK: Units

    /// What values are divided by, and the unit behind them.
    var scale: (by: Double, unit: String, prefix: String) {
        switch measure.unit {
        case .share: return (0.01, " %", "")
        case .seconds:
            let longest = series.points.compactMap(\.value).max() ?? 0
            return longest < 90 ? (1, " s", "") : longest < 7_200 ? (60, say(" min"), "") : (3_600, " h", "")
        case .money:
            guard words.currency == "USD" else { return (1, "", "") }
            // Before the number or behind it, as the language writes money.
            let written = Words.amount("0", words.currency)
            return (1, String(written.drop { $0 != "0" }.dropFirst()), String(written.prefix { $0 != "0" }))
        case .count, .number: return (1, "", "")
        }
    }

    /// Over the chart: `E-mail: answered in time, % by week`.
    var title: String {
        let scale = scale
        let unit = scale.unit.isEmpty ? scale.prefix : scale.unit.trimmed
        let name = EffortWords.upper(EffortWords.title(measure))
        let what = unit.isEmpty ? name : "\(name), \(unit)"
        return say("\(what) by \(words.periods.one)", context: "chart")
    }

    // MARK: Limits

    /// The usual range of the points that count, before or after; nil of fewer than two.
    struct Limits {
        var positions: [Int]
        var centre: Double
        var lower: [Double]
        var upper: [Double]
        var isProvisional: Bool
        /// Positions outside.
        var outside: [Int]
    }

    /// Shares: Laney's P′ over their denominators; other figures: XmR. Limits of a figure that cannot be negative end at 0.
    func limits(_ stage: EffortSeries.Stage) -> Limits? {
        let positions = series.positions(stage, on: assessment.cut)
        let points = positions.map { series.points[$0] }
        let shares = points.compactMap(\.share)
        if !shares.isEmpty, shares.count == points.count, let chart = LaneyChart.of(shares).value {
            return Limits(
                positions: positions, centre: chart.centre, lower: chart.lower, upper: chart.upper,
                isProvisional: chart.provisional, outside: outside(chart.signals, positions))
        }
        guard let chart = ProcessChart.of(points.compactMap(\.value)).value, let segment = chart.segments.first else {
            return nil
        }
        let least = measure.unit == .money || measure.unit == .number ? segment.lower : max(0, segment.lower)
        return Limits(
            positions: positions, centre: segment.centre, lower: positions.map { _ in least },
            upper: positions.map { _ in segment.upper }, isProvisional: segment.provisional,
            outside: outside(chart.signals, positions))
    }

    private func outside(_ signals: [[ProcessChart.Signal]], _ positions: [Int]) -> [Int] {
        signals.indices.filter { signals[$0].contains { $0.rule == .outside } }.map { positions[$0] }
    }

    /// Limits of one stretch as one band: the chart is small, and denominators move them little.
    private func band(_ stage: EffortSeries.Stage, current: Bool) -> LinePlate.UsualRange? {
        guard let limits = limits(stage), let first = limits.positions.first, let last = limits.positions.last,
            let lower = Moments.mean(limits.lower), let upper = Moments.mean(limits.upper)
        else { return nil }
        let by = scale.by
        return LinePlate.UsualRange(
            from: first, to: last, lower: lower / by, centre: limits.centre / by, upper: upper / by,
            label: current || last - first < 4 ? "" : say("usual range"), current: current, provisional: limits.isProvisional)
    }

    /// What was declared for the dip: from the usual range's far edge to as much worse as was said.
    private var dipBand: LinePlate.UsualRange? {
        let dip = series.points.indices.filter { series.points[$0].stage == .dip }
        guard isGoal, let depth = effort.dip.depth, let first = dip.first, let last = dip.last, let before = limits(.before),
            let lower = Moments.mean(before.lower), let upper = Moments.mean(before.upper)
        else { return nil }
        let by = scale.by
        let isUp = effort.goal.direction == .up
        let worst = isUp ? min(lower, before.centre - depth) : max(upper, before.centre + depth)
        return LinePlate.UsualRange(
            from: first, to: last, lower: (isUp ? worst : lower) / by, centre: before.centre / by,
            upper: (isUp ? upper : worst) / by, provisional: true)
    }

    // MARK: The plate

    /// - Parameter small: in a card there is no room for words at points.
    func plate(small: Bool) -> LinePlate {
        let by = scale.by
        let started = series.started
        func reading(_ point: EffortSeries.Point) -> Reading {
            point.value.map { .value($0 / by) } ?? .missing(point.missing)
        }
        let before = series.points.prefix(started).map(reading)
        let after = series.points.dropFirst(started).map(reading)
        let lastValue = series.points.lastIndex { $0.value != nil }.flatMap { series.points[$0].value }
        let isShown = isGoal && assessment.result != nil && lastValue != nil
        let level = assessment.result.map { measure.text($0.after, currency: words.currency) }
        var lines = [LinePlate.Series(say("before", context: "chart"), Array(before), look: .past)]
        if !after.isEmpty {
            lines.append(
                .init(
                    say("since the start"), Array(after), from: started, look: .main,
                    lastLabel: isShown ? level.map { Label($0, .good, bold: true) } : nil,
                    level: isShown ? assessment.result.map { $0.after / by } : nil))
        }
        return LinePlate(
            subject: title, periods: ticks, series: lines,
            usual: [band(.before, current: false), dipBand, band(.after, current: true)].compactMap { $0 },
            target: goalLine, tooNew: hollow(small), events: events, windows: windows,
            flags: flags(small, started: started), unit: scale.unit, prefix: scale.prefix, caption: tooNew)
    }

    /// Figures that are not known yet.
    private var tooNew: String {
        let new = series.points.filter(\.isTooNew)
        guard !new.isEmpty else { return "" }
        let counted = words.periods.counted(new.count)
        let told = say(new.count, "\(counted) is too new to judge", "\(counted) are too new to judge")
        return new.contains { $0.soFar != nil } ? say("\(told): hollow, what came so far") : told
    }

    /// What has come so far of periods too new; the last says how much where there is room.
    private func hollow(_ small: Bool) -> [LinePlate.TooNew] {
        let places = series.points.indices.filter { series.points[$0].soFar != nil }
        return places.compactMap { place in
            guard let share = series.points[place].soFar?.estimate else { return nil }
            let isNamed = !small && place == places.last
            return LinePlate.TooNew(
                period: place, .value(share / scale.by), label: isNamed ? say("so far") : "",
                value: isNamed ? measure.text(share, currency: words.currency) : "")
        }
    }

    var goalValue: Double? {
        switch effort.goal.size {
        case .reach(let value): return value
        case .by(let size):
            return assessment.judge?.mean(.before, on: assessment.cut).map {
                effort.goal.direction == .up ? $0 + size : $0 - size
            }
        case .byShare(let share):
            return assessment.judge?.mean(.before, on: assessment.cut).map {
                effort.goal.direction == .up ? $0 * (1 + share) : $0 * (1 - share)
            }
        }
    }

    /// The unit of differences, in words: "points".
    var unitWords: String {
        switch measure.unit {
        case .share: say("Points")
        case .money: words.currency
        case .seconds: scale.by < 60 ? say("Seconds") : scale.by < 3_600 ? say("Minutes") : say("Hours")
        case .count, .number: EffortWords.upper(EffortWords.name(measure))
        }
    }

    /// Gives a chart of the same series, or of its end, this one's names of periods and its unit.
    func dress(_ plate: inout LinePlate, from: Int = 0) {
        plate.periods = Array(ticks.dropFirst(from))
        let nearest = plate.periods.firstIndex { !$0.label.isEmpty } ?? .max
        if from > 0, !plate.periods.isEmpty, nearest > max(1, plate.periods.count / 6) {
            plate.periods[0] = LinePlate.Period(words.day(series.days(from).lowerBound))
        }
        plate.unit = scale.unit
        plate.prefix = scale.prefix
        plate.events = from == 0 ? events : []
        // What the stretch is stands on the chart above.
        plate.windows = from == 0 ? windows.map { .init(from: $0.from, to: $0.to, label: "") } : []
    }

    private var goalLine: ReferenceLine? {
        guard isGoal else { return nil }
        return goalValue.map { ReferenceLine($0 / scale.by, say("goal \(measure.text($0, currency: words.currency))"), dashed: true) }
    }

    private var events: [LinePlate.Event] {
        guard series.started < series.points.count else { return [] }
        return [LinePlate.Event(at: Double(series.started), date: words.day(effort.start), label: "")]
    }

    private var windows: [LinePlate.Window] {
        let dip = series.points.indices.filter { [.dip, .starting].contains(series.points[$0].stage) }
        guard let first = dip.first, let last = dip.last else { return [] }
        return [LinePlate.Window(from: Double(first), to: Double(last + 1), label: effort.dip.days > 0 ? say("dip expected") : say("start", context: "chart"))]
    }

    private func flags(_ small: Bool, started: Int) -> [LinePlate.Flag] {
        let most = small ? 1 : 3
        let hit = series.points.indices.filter { position in
            let point = series.points[position]
            return point.value != nil && (point.isLeftOut || (effort.outages == .mark && point.outage > 0.01))
        }
        return hit.map { position in
            let isBefore = position < started
            let isNamed = !isBefore && hit.suffix(most).contains(position)
            let label = !isNamed ? "" : effort.period == .week ? say("outage week") : say("outage month")
            return LinePlate.Flag(series: isBefore ? 0 : 1, period: position, label: label)
        }
    }

    /// A name where a month begins, so many that they do not touch.
    private var ticks: [LinePlate.Period] {
        let months = series.points.indices.map { series.days($0).lowerBound.month }
        let starts = months.indices.filter { $0 == 0 ? effort.period == .month : months[$0] != months[$0 - 1] }
        let every = max(1, (starts.count + 3) / 4)
        var year: Int?
        return months.indices.map { position in
            guard let place = starts.firstIndex(of: position), (starts.count - 1 - place) % every == 0 else {
                return LinePlate.Period("")
            }
            let month = months[position]
            let showsYear = year != month.year
            year = month.year
            return LinePlate.Period(Words.shortMonth(month), sub: showsYear ? String(month.year) : "")
        }
    }
}

extension String {
    fileprivate var trimmed: String { hasPrefix(" ") ? String(dropFirst()) : self }
}
