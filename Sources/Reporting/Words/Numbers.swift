import Basis
import Dealership
import Measures

// Figures as pages print them: shares without decimals, conversion with one, a space before %, thousands commas,
// a true minus. No locale: English pages read the same everywhere.

enum Words {
    /// `9,377`.
    static func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return value < 0 ? "\u{2212}" + text : text
    }

    /// `88 %`, or `3.4 %` with one decimal. 99.7 % is never rounded up to 100 % nor 0.2 % down to 0 %.
    static func share(_ share: Double, decimals: Int = 0) -> String { "\(shareNumber(share, decimals: decimals)) %" }

    static func shareNumber(_ share: Double, decimals: Int = 0) -> String {
        let percent = share * 100
        let text = percent.fixed(decimals)
        if share < 1, text == 100.0.fixed(decimals) { return percent.fixed(decimals + 1) == 100.0.fixed(decimals + 1) ? "over 99" : percent.fixed(decimals + 1) }
        if share > 0, text == 0.0.fixed(decimals) { return percent.fixed(decimals + 1) == 0.0.fixed(decimals + 1) ? "under 1" : percent.fixed(decimals + 1) }
        return text
    }

    /// `likely 2.4 to 4.8 %`.
    static func likely(_ lower: Double, _ upper: Double, decimals: Int = 0) -> String {
        "likely \((lower * 100).fixed(decimals)) to \((upper * 100).fixed(decimals)) %"
    }

    /// `12 min`, `4 h 28`, `3 days` (of 24 hours) from ten days on. Seconds below a minute: `40 s`.
    static func duration(_ seconds: Int64) -> String {
        if seconds < 60 { return "\(seconds) s" }
        let minutes = (seconds + 30) / 60
        if minutes < 60 { return "\(minutes) min" }
        let hours = minutes / 60
        if hours >= 240 { return "\(count(Int(hours / 24))) days" }
        return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(twoDigits(minutes % 60))"
    }

    /// `$71,400`; other currencies by their code: `EUR 71,400`. Whole units.
    static func money(_ money: Money, _ settings: DealershipSettings) -> String {
        let units = Int((Double(money.minorUnits) / 100).rounded(.toNearestOrAwayFromZero))
        let sign = units < 0 ? "\u{2212}" : ""
        let amount = count(Int(units.magnitude))
        switch settings.currency {
        case "USD", "CAD", "AUD": return "\(sign)$\(amount)"
        case "EUR": return "\(sign)\u{20AC}\(amount)"
        case "GBP": return "\(sign)\u{A3}\(amount)"
        default: return "\(sign)\(settings.currency) \(amount)"
        }
    }

    /// `1 customer`, `9,377 customers`.
    static func counted(_ value: Int, _ one: String, _ many: String) -> String {
        "\(count(value)) \(value == 1 ? one : many)"
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ items: [String]) -> String {
        guard let last = items.last else { return "" }
        return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// `too few: 4 of 20 needed`.
    static func tooFew(_ had: Int, of needed: Int) -> String { "too few: \(count(had)) of \(count(needed)) needed" }
}
