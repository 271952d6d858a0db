import Basis
import Measures
public import Statistics

/// Figures of a series that nobody declared a unit for: as many decimals as their uncertainty bears.
struct SeriesNumbers {
    let decimals: Int

    /// Two digits of a spread: 0.0371 shows 0.037, 243 shows 243.
    init(spread: Double) {
        var decimals = 0
        var scaled = spread.magnitude
        while decimals < 8, scaled > 0, scaled < 10, scaled.isFinite {
            scaled *= 10
            decimals += 1
        }
        self.decimals = spread == 0 ? 2 : decimals
    }

    /// `1,717.8`, `−0.16`.
    func text(_ value: Double) -> String {
        let plain = value.magnitude.fixed(decimals)
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts.first.flatMap { Int($0) }.map { Words.count($0) } ?? plain
        let rest = parts.count > 1 ? "\(Speech.book.numbers.decimal)\(parts[1])" : ""
        let isNegative = value < 0 && plain.contains { $0 != "0" && $0 != "." }
        return (isNegative ? "\u{2212}" : "") + whole + rest
    }

    func signed(_ value: Double) -> String { value > 0 ? "+" + text(value) : text(value) }
}

/// What a study of a series says in words, on the page and in JSON alike.
public struct SeriesWords {
    let study: ChangeStudy
    let name: String

    public init(_ study: ChangeStudy) {
        self.study = study
        name = study.table.value.name
    }

    /// "since 1983-02"; empty without a change.
    var since: String { study.settings.change.map { say(" since \(study.table.periods.name($0))") } ?? "" }

    /// One sentence, without a full stop: the verdict with its likely range, or why there is none.
    public var headline: String {
        switch study.answer {
        case .none(let reason): return say("Cannot be told: \(reason)")
        case .chart(let chart, _): return chartHeadline(chart.signals)
        case .shares(let charts, _): return chartHeadline(charts.flatMap(\.signals))
        case .interrupted, .counterfactual, .comparison:
            guard let effect = study.effect else { return "" }
            return change(effect)
        }
    }

    /// `changed_up`, `changed_down`, `no_clear_change`, `cannot_tell`, `signals`, `no_signals`.
    public var verdict: String {
        switch study.answer {
        case .none: return "cannot_tell"
        case .chart(let chart, _): return chart.signals.contains { !$0.isEmpty } ? "signals" : "no_signals"
        case .shares(let charts, _):
            return charts.contains { $0.signals.contains { !$0.isEmpty } } ? "signals" : "no_signals"
        case .interrupted, .counterfactual, .comparison:
            switch study.effect?.direction {
            case .up: return "changed_up"
            case .down: return "changed_down"
            case nil: return "no_clear_change"
            }
        }
    }

    private func chartHeadline(_ signals: [[ProcessChart.Signal]]) -> String {
        let count = signals.count { !$0.isEmpty }
        let all = "\(Words.count(signals.count)) \(period.ofMany)"
        if count == 0 { return say("\(name): nothing outside the usual range in \(all)") }
        return say("\(name): \(Words.count(count)) of \(all) are out of the ordinary")
    }

    private var period: PeriodWords { PeriodWords(study.table.periods.one) }

    /// `Deaths fell by 243 since 1983-02 (likely 180 to 306)`, `Deaths shows no clear change since 1983-02 (likely …)`.
    private func change(_ effect: Effect) -> String {
        let range = likely(effect)
        switch effect.direction {
        case nil: return say("\(name) shows no clear change\(since) (likely \(range))")
        case .up: return say("\(name) rose by \(size(effect))\(since) (likely \(range))")
        case .down: return say("\(name) fell by \(size(effect))\(since) (likely \(range))")
        }
    }

    /// The effect without its sign: `243`, `15 %`.
    func size(_ effect: Effect) -> String {
        let shown = Self.shown(effect)
        return numbers(effect).text(shown.estimate.magnitude) + unit(effect)
    }

    /// Both ends; of a clear change without signs, the nearer to no change first.
    func likely(_ effect: Effect) -> String {
        let shown = Self.shown(effect)
        let numbers = numbers(effect)
        switch effect.direction {
        case .up: return say("\(numbers.text(shown.lower)) to \(numbers.text(shown.upper))\(unit(effect))")
        case .down: return say("\(numbers.text(-shown.upper)) to \(numbers.text(-shown.lower))\(unit(effect))")
        case nil: return say("\(numbers.signed(shown.lower)) to \(numbers.signed(shown.upper))\(unit(effect))")
        }
    }

    private func unit(_ effect: Effect) -> String { effect.scale == .factor ? " %" : "" }

    func numbers(_ effect: Effect) -> SeriesNumbers {
        let shown = Self.shown(effect)
        return SeriesNumbers(spread: (shown.upper - shown.lower) / 2)
    }

    /// In the unit that words use: per cent of a factor.
    static func shown(_ effect: Effect) -> (estimate: Double, lower: Double, upper: Double) {
        func shown(_ value: Double) -> Double { effect.scale == .factor ? (value - 1) * 100 : value }
        return (shown(effect.estimate), shown(effect.interval.lower), shown(effect.interval.upper))
    }

    /// What stands under the headline: how many points, by what method, and how far it can be trusted.
    public var sentence: String {
        let periods = study.table.periods
        let missing = periods.count - study.before - study.after
        let gaps = missing == 0 ? "" : say(", \(missing) missing")
        let before = "\(Words.count(study.before)) \(period.many)"
        let points = study.settings.change == nil
            ? "\(before)\(gaps)"
            : say("\(before) before the change, \(Words.count(study.after)) after\(gaps)")
        return "\(points). \(trust)"
    }

    /// How often limits like these hold, as measured; "approximate" where that is not known to be 93 % or more.
    public var trust: String {
        guard let coverage = MeasuredCoverage(study) else { return rule }
        return coverage.words
    }

    private var rule: String {
        switch study.answer {
        case .chart, .shares:
            say("The rules mark points; in a steady series of 24 they mark some by chance in about one of five.")
        case .comparison: say("The comparison units’ own ups and downs are the yardstick.")
        default: ""
        }
    }
}
