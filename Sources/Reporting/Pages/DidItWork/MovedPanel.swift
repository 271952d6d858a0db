import Basis
import Drawing
import Measures
import Statistics

/// One figure over the months with its usual range: what moved by itself, before anybody changed anything on purpose.
struct MovedPanel {
    /// Where the newest month stands in the range of the months.
    enum Standing: Hashable { case inside, above, below, tooFew, missing }

    /// A month's figure.
    enum Figure: Hashable {
        /// A count, money or hours: in the chart's unit.
        case value(Double)
        /// A share whose denominator changes from month to month.
        case share(Proportion)
        case tooFew(String)
        case missing(String)
    }

    /// The limits of each month that has a figure.
    private struct Range {
        var centre: Double
        var lower: [Double]
        var upper: [Double]
        var isProvisional: Bool
        var last: ProcessChart.Signal?
    }

    let title: String
    /// Inside a sentence: `answered in time`.
    let name: String
    let sub: String
    let months: [Month]
    let figures: [Figure]
    let unit: String
    let prefix: String
    let lastLabel: String
    private let range: Range?
    /// Positions of the months that have a figure.
    private let known: [Int]

    /// Needed for a usual range: one of fewer points is all noise.
    static let leastPoints = 8

    init(
        title: String, name: String, sub: String, months: [Month], figures: [Figure], unit: String = "",
        prefix: String = "", lastLabel: String
    ) {
        self.title = title
        self.name = name
        self.sub = sub
        self.unit = unit
        self.prefix = prefix
        self.lastLabel = lastLabel
        // Months before the first figure would only be empty space.
        let first = figures.firstIndex { MovedPanel.number($0) != nil } ?? 0
        let months = Array(months.dropFirst(first))
        let figures = Array(figures.dropFirst(first))
        self.months = months
        self.figures = figures
        known = figures.indices.filter { MovedPanel.number(figures[$0]) != nil }
        range = MovedPanel.range(figures, known)
    }

    private static func number(_ figure: Figure) -> Double? {
        switch figure {
        case .value(let value): value
        case .share(let share): share.estimate.map { $0 * 100 }
        case .tooFew, .missing: nil
        }
    }

    /// Shares: Laney's P′ over their denominators; other figures: XmR.
    private static func range(_ figures: [Figure], _ known: [Int]) -> Range? {
        guard known.count >= leastPoints else { return nil }
        let shares = known.compactMap { index -> Proportion? in
            if case .share(let share) = figures[index] { share } else { nil }
        }
        if shares.count == known.count {
            guard let chart = LaneyChart.of(shares).value else { return nil }
            return Range(
                centre: chart.centre * 100, lower: chart.lower.map { $0 * 100 }, upper: chart.upper.map { $0 * 100 },
                isProvisional: chart.provisional, last: chart.signals.last?.first { $0.rule == .outside })
        }
        guard let chart = ProcessChart.of(known.compactMap { number(figures[$0]) }).value,
            let segment = chart.segments.first
        else { return nil }
        return Range(
            centre: segment.centre, lower: known.map { _ in max(0, segment.lower) },
            upper: known.map { _ in segment.upper }, isProvisional: segment.provisional,
            last: chart.signals.last?.first { $0.rule == .outside })
    }

    var standing: Standing {
        if known.isEmpty { return .missing }
        guard let range, known.last == figures.count - 1 else { return .tooFew }
        guard let signal = range.last else { return .inside }
        return signal.direction == .up ? .above : .below
    }

    private var finding: String {
        let soFar = range?.isProvisional == true ? say(" so far") : ""
        switch standing {
        case .inside: return say("\(title): inside the usual range\(soFar)")
        case .above: return say("\(title): above the usual range\(soFar)")
        case .below: return say("\(title): below the usual range\(soFar)")
        case .tooFew:
            return known.count < MovedPanel.leastPoints
                ? say("\(title): \(known.count) of \(MovedPanel.leastPoints) months needed")
                : say("\(title): no figure for \(months.last.map(Words.monthName) ?? say("the month"))")
        case .missing: return say("\(title): no figures")
        }
    }

    func block() -> Block {
        let readings = figures.map { figure -> Reading in
            switch figure {
            case .value(let value): .value(value)
            case .share: MovedPanel.number(figure).map { .value($0) } ?? .missing(say("nothing to judge"))
            case .tooFew(let words): .tooFew(words)
            case .missing(let words): .missing(words)
            }
        }
        let hasLast = known.last == figures.count - 1
        let isSignal = standing == .above || standing == .below
        let series = LinePlate.Series(
            title, readings, look: .main,
            lastLabel: hasLast ? Label(lastLabel, isSignal ? .bad : .good, bold: true, cue: cue) : nil, emphasiseLast: hasLast)
        return Block(
            finding, sub: sub,
            plate: LinePlate(
                subject: finding, periods: MonthTicks.periods(months), series: [series], usual: usual, axis: axis,
                // Without a usual range nothing says how much chance moves it: a cut axis would make much of little.
                fromZero: unit != " %" || range == nil, unit: unit, prefix: prefix))
    }

    /// Of small counts: no ticks between whole numbers. Nil: chosen by the chart.
    private var axis: Axis? {
        let most = known.compactMap { MovedPanel.number(figures[$0]) }.max() ?? 0
        guard unit.isEmpty, prefix.isEmpty, most < 4, (range?.upper.max() ?? 0) < 4 else { return nil }
        return Axis(holding: [4], fromZero: true)
    }

    private var cue: Cue? {
        switch standing {
        case .above: .up
        case .below: .down
        default: nil
        }
    }

    /// Each month's limits; those that print alike are drawn as one stretch.
    private var usual: [LinePlate.UsualRange] {
        guard let range else { return [] }
        var stretches: [LinePlate.UsualRange] = []
        for (position, month) in known.enumerated() {
            let one = LinePlate.UsualRange(
                from: month, to: month, lower: range.lower[position], centre: range.centre, upper: range.upper[position],
                provisional: range.isProvisional)
            if let last = stretches.last, last.to + 1 == month, last.lower.shown(1) == one.lower.shown(1),
                last.upper.shown(1) == one.upper.shown(1) {
                stretches[stretches.count - 1].to = month
            } else {
                stretches.append(one)
            }
        }
        // The words stand in a stretch that has room for them.
        let longest = stretches.indices.max { a, b in
            (stretches[a].to - stretches[a].from, -a) < (stretches[b].to - stretches[b].from, -b)
        }
        if let longest, stretches[longest].to - stretches[longest].from >= 2 { stretches[longest].label = say("usual range") }
        return stretches
    }
}
