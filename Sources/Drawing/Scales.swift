import Basis

/// Maps a domain of values linearly to a range of points. A domain without width maps to the middle.
public struct LinearScale: Hashable, Sendable {
    public var lower: Double
    public var upper: Double
    /// Where `lower` and `upper` are drawn; upright axes have start > end.
    public var start: Double
    public var end: Double

    public init(_ lower: Double, _ upper: Double, start: Double, end: Double) {
        self.lower = lower
        self.upper = upper
        self.start = start
        self.end = end
    }

    public func callAsFunction(_ value: Double) -> Double {
        guard upper > lower, value.isFinite else { return (start + end) / 2 }
        // Far outside the domain the page has long ended: coordinates stay finite.
        let share = min(max((value - lower) / (upper - lower), -4), 5)
        return start + share * (end - start)
    }

    /// As the scale maps it, but never outside the range.
    public func clamped(_ value: Double) -> Double {
        value.isFinite ? self(min(max(value, lower), upper)) : self(value)
    }
}

/// Divides a length into equal bands for rows, columns or days.
public struct BandScale: Hashable, Sendable {
    public var count: Int
    public var start: Double
    public var end: Double

    public init(count: Int, start: Double, end: Double) {
        self.count = max(count, 1)
        self.start = start
        self.end = end
    }

    public var step: Double { (end - start) / Double(count) }
    /// The middle of a band, counted from 0.
    public func middle(_ index: Int) -> Double { start + (Double(index) + 0.5) * step }
    public func lower(_ index: Int) -> Double { start + Double(index) * step }
    /// Where a fractional position lies: 2.5 is the middle of the third band.
    public func position(_ value: Double) -> Double {
        start + (value.isFinite ? min(max(value, -1), Double(count) + 1) : 0) * step
    }
}

/// An axis's domain and ticks: chosen by `NiceTicks`, or given by the plate.
public struct Axis: Hashable, Sendable {
    public struct Tick: Hashable, Sendable {
        public var value: Double
        public var label: String
        public init(_ value: Double, _ label: String) {
            self.value = value
            self.label = label
        }
    }

    public var lower: Double
    public var upper: Double
    public var ticks: [Tick]

    public init(lower: Double, upper: Double, ticks: [Tick]) {
        self.lower = lower
        self.upper = upper
        self.ticks = ticks
    }

    /// Three to five round ticks that hold all values; the unit stands on the last.
    /// - Parameters:
    ///   - values: what must fit; non-finite ones are passed over. Without any, the axis runs from 0 to 1, no ticks.
    ///   - fromZero: bars start at 0.
    ///   - unit: " %", " h"; goes behind the last tick's number.
    ///   - prefix: "$", before each number except 0.
    public init(
        holding values: [Double], fromZero: Bool = false, unit: String = "", prefix: String = "", most: Int = 6
    ) {
        var usable = values.filter(\.isFinite)
        // Nothing known is no 0: an axis without a value has no ticks.
        if fromZero, !usable.isEmpty { usable.append(0) }
        guard var low = usable.min(), var high = usable.max() else {
            self.init(lower: 0, upper: 1, ticks: [])
            return
        }
        if low == high {
            // One value only: half its size to either side, so that it stands in the middle.
            let half = low == 0 ? 1 : abs(low) / 2
            if !(fromZero || low == 0) { low -= half }
            high += half
        }
        let nice = NiceTicks(from: low, to: high, most: most)
        let ticks = nice.values.enumerated().map { index, value in
            let last = index == nice.values.count - 1
            let number = NiceTicks.label(value, step: nice.step, prefix: prefix)
            return Tick(value, last ? number + unit : number)
        }
        self.init(lower: nice.values.first ?? low, upper: nice.values.last ?? high, ticks: ticks)
    }
}

extension Axis {
    /// Shares end at 100: ticks beyond are dropped, and the unit moves to the last that stays.
    func cut(at limit: Double, unit: String) -> Axis {
        var axis = self
        axis.upper = min(upper, limit)
        axis.ticks = ticks.filter { $0.value <= axis.upper + 1e-9 }
        if let last = axis.ticks.last, last != ticks.last { axis.ticks[axis.ticks.count - 1].label = last.label + unit }
        return axis
    }
}

/// Round steps (1, 2, 2.5 or 5 times a power of ten) whose ticks cover a span.
public struct NiceTicks: Hashable, Sendable {
    public var step: Double
    public var values: [Double]

    /// - Parameters:
    ///   - from, to: the span, `from` < `to`.
    ///   - most: the largest number of ticks.
    public init(from low: Double, to high: Double, most: Int = 6) {
        let span = max(high - low, Double.leastNormalMagnitude)
        var power = 1.0
        while power * 10 <= span { power *= 10 }
        while power > span, power > 1e-300 { power /= 10 }
        for factor in [0.1, 0.2, 0.25, 0.5, 1, 2, 2.5, 5, 10] {
            let step = factor * power
            // A hair of tolerance: 0.3 / 0.1 is not 3.
            let first = (low / step + 1e-9).rounded(.down)
            let last = (high / step - 1e-9).rounded(.up)
            let count = Int(min(last - first, 1000)) + 1
            if count <= max(most, 3) {
                self.step = step
                values = (0..<count).map { (first + Double($0)) * step }
                return
            }
        }
        step = span
        values = [low, high]
    }

    /// The number with as many decimals as the step needs, thousands grouped as the language does, a true minus sign.
    public static func label(_ value: Double, step: Double, prefix: String = "") -> String {
        var decimals = 0
        var scaled = abs(step)
        while decimals < 9, scaled.rounded() < 1 || abs(scaled - scaled.rounded()) > 1e-6 * scaled {
            scaled *= 10
            decimals += 1
        }
        let magnitude = abs(value)
        var unit = ""
        var shown = magnitude
        if step >= 1e9 { (shown, unit) = (magnitude / 1e9, say("bn", context: "axis")) }
        else if step >= 1e6 { (shown, unit) = (magnitude / 1e6, say("m", context: "axis")) }
        else if step >= 1e3, magnitude >= 1e4 || step >= 5e3 {
            (shown, unit) = (magnitude / 1e3, say("k", context: "axis"))
        }
        if !unit.isEmpty { decimals = abs(shown - shown.rounded()) > 1e-6 ? 1 : 0 }
        let digits = fixed(shown, decimals: decimals)
        if digits.isEmpty { return "" }
        if magnitude == 0 { return "0" }
        return (value < 0 ? "−" : "") + prefix + digits + unit
    }

    private static func fixed(_ value: Double, decimals: Int) -> String {
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        let scaled = (value * factor).rounded()
        // No count and no sum of money is so large: rather no label than a wrong one.
        guard scaled < 9e15 else { return "" }
        let whole = Int(scaled)
        var divisor = 1
        for _ in 0..<decimals { divisor *= 10 }
        let numbers = Speech.book.numbers
        let text = numbers.count(whole / divisor)
        guard decimals > 0 else { return text }
        let fraction = String(whole % divisor)
        return text + numbers.decimal + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
}
