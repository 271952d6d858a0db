import Basis

/// How an axis writes time: "45 s", "12 min", "3 h 20", "2 days", in the language of the document.
public enum DurationWords {
    /// Two units at most, the smaller without its name; from two days on whole days alone.
    /// - Parameter seconds: not finite ones and those beyond nine million years are an empty text.
    public static func label(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds.magnitude < 3e14 else { return "" }
        let sign = seconds < 0 ? "−" : ""
        let whole = Int(seconds.magnitude.rounded())
        if seconds == 0 { return "0" }
        if seconds.magnitude < 10, seconds != seconds.rounded() {
            let tenths = seconds.magnitude * 10
            let step = abs(tenths - tenths.rounded()) < 1e-6 ? 0.1 : 0.01
            return "\(sign)\(NiceTicks.label(seconds.magnitude, step: step)) s"
        }
        if whole < 60 { return "\(sign)\(whole) s" }
        if whole < 3_600 {
            let (minutes, rest) = (whole / 60, whole % 60)
            return sign + say("\(minutes) min") + (rest == 0 ? "" : " \(rest)")
        }
        if whole < 48 * 3_600, whole % 86_400 != 0 {
            let rest = whole % 3_600 / 60
            return "\(sign)\(whole / 3_600) h" + (rest == 0 ? "" : rest < 10 ? " 0\(rest)" : " \(rest)")
        }
        let count = Int((Double(whole) / 86_400).rounded())
        let days = NiceTicks.label(Double(count), step: 1)
        return sign + say(count, "\(days) day", "\(days) days")
    }
}

extension Axis {
    /// Steps that clocks have, in seconds; from a week on round numbers of days.
    private static let clockSteps: [Double] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800,
        432_000, 604_800,
    ]

    /// An axis of time whose ticks a clock has: every 15 min, every 3 h.
    /// - Parameter values: seconds; those that are not finite are passed over. Without any it has no ticks.
    public init(
        holdingSeconds values: [Double], fromZero: Bool = true, most: Int = 6
    ) {
        let usable = values.filter(\.isFinite) + (fromZero && values.contains(where: \.isFinite) ? [0] : [])
        guard let low = usable.min(), var high = usable.max() else {
            self.init(lower: 0, upper: 1, ticks: [])
            return
        }
        if high <= low { high = low + max(abs(low), 1) }
        let count = Double(max(most, 3) - 1)
        func holds(_ step: Double) -> Bool {
            (high / step - 1e-9).rounded(.up) - (low / step + 1e-9).rounded(.down) <= count
        }
        var step = Axis.clockSteps.first(where: holds) ?? 0
        // Shorter than a few seconds or longer than some weeks: tenths, or round numbers of days.
        let unit = (high - low) < 3 ? 1.0 : 86_400
        if step == 0 || unit == 1 {
            step = NiceTicks(from: low / unit, to: high / unit, most: most).step * unit
        }
        let first = (low / step + 1e-9).rounded(.down)
        let last = (high / step - 1e-9).rounded(.up)
        let ticks = (0...Int(min(max(last - first, 1), 50))).map { index in
            let value = (first + Double(index)) * step
            return Tick(value, DurationWords.label(value))
        }
        self.init(lower: first * step, upper: ticks.last?.value ?? high, ticks: ticks)
    }

    /// Where a scale that doubles its time with each step has ticks, for times from seconds to months in one picture.
    private static let doublingTicks: [Double] = [
        1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400, 604_800, 2_592_000, 31_536_000,
    ]

    /// An axis of time on which equal steps are equal factors, from one tick to another.
    /// - Parameter values: seconds; those under 1 and those not finite are passed over.
    public init(doublingSeconds values: [Double]) {
        let usable = values.filter { $0.isFinite && $0 >= 1 }
        guard let low = usable.min(), let high = usable.max() else {
            self.init(lower: 1, upper: 2, ticks: [])
            return
        }
        let all = Axis.doublingTicks
        let from = all.lastIndex { $0 <= low } ?? 0
        let to = max(all.firstIndex { $0 >= high } ?? all.count - 1, min(from + 1, all.count - 1))
        let ticks = all[min(from, to)...to].map { Tick($0, DurationWords.label($0)) }
        self.init(lower: all[min(from, to)], upper: max(all[to], high), ticks: ticks)
    }
}
