import Basis
import Dealership
import Measures

// Figures as pages print them: shares without decimals, conversion with one, a space before %, thousands grouped,
// a true minus; the signs by the document's language, never by the machine's locale.

extension Double {
    /// With so many decimals, as the document's language writes them; `fixed` is for machines.
    func shown(_ places: Int) -> String { Speech.book.numbers.decimals(fixed(places)) }
}

enum Words {
    /// `9,377`.
    static func count(_ value: Int) -> String { Speech.book.numbers.count(value) }

    /// `88 %`, or `3.4 %` with one decimal. 99.7 % is never rounded up to 100 % nor 0.2 % down to 0 %.
    static func share(_ share: Double, decimals: Int = 0) -> String {
        say("\(shareNumber(share, decimals: decimals)) %", context: "share")
    }

    static func shareNumber(_ share: Double, decimals: Int = 0) -> String {
        let percent = share * 100
        let text = percent.shown(decimals)
        let finer = percent.shown(decimals + 1)
        if share < 1, text == 100.0.shown(decimals) { return finer == 100.0.shown(decimals + 1) ? say("over 99") : finer }
        if share > 0, text == 0.0.shown(decimals) { return finer == 0.0.shown(decimals + 1) ? say("under 1") : finer }
        return text
    }

    /// `likely 2.4 to 4.8 %`.
    static func likely(_ lower: Double, _ upper: Double, decimals: Int = 0) -> String {
        say("likely \((lower * 100).shown(decimals)) to \((upper * 100).shown(decimals)) %")
    }

    /// `12 min`, `4 h 28`, `3 days` (of 24 hours) from ten days on. Seconds below a minute: `40 s`.
    static func duration(_ seconds: Int64) -> String {
        if seconds < 60 { return "\(seconds) s" }
        let minutes = (seconds + 30) / 60
        if minutes < 60 { return say("\(minutes) min") }
        let hours = minutes / 60
        if hours >= 240 { return say("\(count(Int(hours / 24))) days") }
        return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(twoDigits(minutes % 60))"
    }

    /// `$71,400`; other currencies by their code: `EUR 71,400`. Whole units.
    static func money(_ money: Money, _ settings: DealershipSettings) -> String {
        let units = Int((Double(money.minorUnits) / 100).rounded(.toNearestOrAwayFromZero))
        let sign = units < 0 ? "\u{2212}" : ""
        return sign + amount(count(Int(units.magnitude)), settings.currency)
    }

    /// Digits with their currency: `$71,400`, `CHF 1,200.00`.
    static func amount(_ digits: String, _ currency: String) -> String {
        // Spanish of the United States or of Mexico writes figures as English does, and so the sign before them.
        let leads = Speech.book.numbers == .english
        switch currency {
        case "USD", "CAD", "AUD": return leads ? "$\(digits)" : say("$\(digits)", context: "money")
        case "EUR": return leads ? "\u{20AC}\(digits)" : say("\u{20AC}\(digits)", context: "money")
        case "GBP": return leads ? "\u{A3}\(digits)" : say("\u{A3}\(digits)", context: "money")
        default: return leads ? "\(currency) \(digits)" : say("\(currency) \(digits)", context: "money")
        }
    }

    /// A noun phrase inside a sentence: a small first letter where the language writes nouns so; `SMS` stays.
    static func inside(_ name: String) -> String {
        let isAbbreviation = name.dropFirst().first?.isUppercase ?? false
        return Speech.book.capitalizesNouns || isAbbreviation ? name : name.prefix(1).lowercased() + name.dropFirst()
    }

    /// `1 customer`, `9,377 customers`: the two forms are filed under the first.
    static func counted(_ value: Int, _ one: String, _ many: String, context: StaticString? = nil) -> String {
        let number = count(value)
        let noun = say(value, Phrase(stringLiteral: one), Phrase(stringLiteral: many), context: context)
        return "\(number) \(noun)"
    }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ items: [String]) -> String {
        guard let last = items.last else { return "" }
        if items.count == 1 { return last }
        return say("\(items.dropLast().joined(separator: ", ")) and \(last)", context: "list")
    }

    /// `too few: 4 of 20 needed`.
    static func tooFew(_ had: Int, of needed: Int) -> String { say("too few: \(count(had)) of \(count(needed)) needed") }
}
