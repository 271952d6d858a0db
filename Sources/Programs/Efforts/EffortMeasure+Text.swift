import Basis

extension EffortMeasure {
    /// A value of this measure in words: `83 %`, `3.6 %`, `46 min`, `$2,140`, `34`.
    public func text(_ value: Double, currency: String = "") -> String {
        switch unit {
        case .share: EffortMeasure.decimal(value * 100, places: value.magnitude < 0.1 ? 1 : 0) + " %"
        case .seconds: EffortMeasure.duration(value)
        case .count: EffortMeasure.grouped(value, places: value == value.rounded() ? 0 : 1)
        case .money: EffortMeasure.money(EffortMeasure.grouped(value, places: 0), currency)
        case .number: EffortMeasure.decimal(value, places: 1)
        }
    }

    /// A difference of two values, without its sign: `6 points`, `12 min`.
    public func size(_ value: Double, currency: String = "") -> String {
        guard unit == .share else { return text(value.magnitude, currency: currency) }
        let points = value.magnitude * 100
        let text = EffortMeasure.decimal(points, places: points < 2 ? 1 : 0)
        return say(text == "1" ? 1 : 2, "1 point", "\(text) points")
    }

    /// The number alone, as `size` prints it; with `unitWords` behind it the same.
    public func sizeNumber(_ value: Double, currency: String = "") -> String {
        guard unit == .share else { return text(value, currency: currency) }
        return EffortMeasure.decimal(value * 100, places: (value * 100).magnitude < 2 ? 1 : 0)
    }

    /// Both ends of a likely range with one unit: `6 to 12 points`, `−9 to +3 min`; signs where they differ.
    public func range(_ lower: Double, _ upper: Double, currency: String = "") -> String {
        let signed = lower < 0 && upper > 0
        let ends = signed || lower >= 0 ? (lower, upper) : (-upper, -lower)
        let widest = max(ends.0.magnitude, ends.1.magnitude)
        let (scale, places, unit): (Double, Int, String) = switch unit {
        case .share: (0.01, widest < 0.02 ? 1 : 0, say(" points"))
        case .seconds:
            widest < 90 ? (1, 0, " s") : widest < 7_200 ? (60, widest < 600 ? 1 : 0, " min") : (3_600, 1, " h")
        case .count: (1, widest < 10 ? 1 : 0, "")
        case .money: (1, 0, currency.isEmpty || currency == "USD" ? "" : " \(currency)")
        case .number: (1, 1, "")
        }
        func number(_ value: Double) -> String {
            let text = EffortMeasure.decimal(value / scale, places: places)
            let plus = signed && value > 0 && text != "0" ? "+" : ""
            return plus + (self.unit == .money && currency == "USD" ? EffortMeasure.dollars(text) : text)
        }
        return say("\(number(ends.0)) to \(number(ends.1))\(unit)", context: "range")
    }

    private static func dollars(_ text: String) -> String {
        text.hasPrefix("−") ? "−\(money(text.dropFirst(), "USD"))" : money(text, "USD")
    }

    private static func money(_ digits: some StringProtocol, _ currency: String) -> String {
        switch currency {
        case "": String(digits)
        case "USD": say("$\(String(digits))", context: "money")
        default: say("\(currency) \(String(digits))", context: "money")
        }
    }

    /// Minutes up to two hours, then hours.
    private static func duration(_ seconds: Double) -> String {
        let size = seconds.magnitude
        let sign = seconds < 0 ? "−" : ""
        if size < 90 { return "\(sign)\(decimal(size, places: 0)) s" }
        if size < 7_200 { return "\(sign)\(decimal(size / 60, places: size < 600 ? 1 : 0)) min" }
        return "\(sign)\(decimal(size / 3_600, places: 1)) h"
    }

    /// Without a decimal part of 0.
    private static func decimal(_ value: Double, places: Int) -> String {
        let text = grouped(value, places: places)
        return text.hasSuffix("\(Speech.book.numbers.decimal)0") && places > 0 ? String(text.dropLast(2)) : text
    }

    /// As the language writes thousands, rounded half away from zero.
    private static func grouped(_ value: Double, places: Int) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return say("unknown") }
        let scale = places == 0 ? 1.0 : 10.0
        let scaled = Int64((value.magnitude * scale).rounded(.toNearestOrAwayFromZero))
        let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int64(scale))
        let numbers = Speech.book.numbers
        let sign = value < 0 && scaled > 0 ? "−" : ""
        return sign + numbers.count(Int(whole)) + (places == 0 ? "" : "\(numbers.decimal)\(rest)")
    }
}
