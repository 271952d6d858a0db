import Basis

/// How a currency is written beside an amount: its three letters and its sign. What is written as another currency's is no
/// amount of this one.
struct CurrencyMarks: Sendable {
    /// ISO 4217.
    private let letters: (UInt8, UInt8, UInt8)
    /// As UTF-8, the first byte lowest.
    private let sign: UInt32

    /// Nil: any currency's marks pass.
    init?(_ code: String?) {
        guard let code, code.utf8.count == 3 else { return nil }
        let bytes = Array(code.utf8)
        letters = (bytes[0], bytes[1], bytes[2])
        sign = CurrencyMarks.packed(CurrencyMarks.signs[code] ?? "$")
    }

    func has(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool { letters == (a, b, c) }

    /// `¤` is any currency's.
    func has(sign bytes: UInt32) -> Bool { bytes == sign || bytes == CurrencyMarks.packed("¤") }

    /// What the letters or the sign beside a number say; nil: nothing, or a sign of several currencies, as `$` is.
    static func code(beside number: [UInt8]) -> String? {
        let words = String(decoding: number, as: UTF8.self)
            .filter { !$0.isNumber && !$0.isWhitespace && !".,'()+-\u{2212}\u{2019}".contains($0) }
        if words.isEmpty { return nil }
        if words.count == 3, usual.contains(words) { return words }
        let found = signs.filter { $0.value == words && $0.value != "¤" }.keys.sorted()
        return found.first { usual.contains($0) } ?? (found.count == 1 ? found.first : nil)
    }

    /// Currencies in whose letters amounts are looked for; of a sign of several the one meant.
    private static let usual: Set<String> = [
        "USD", "EUR", "GBP", "CAD", "MXN", "AUD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "INR",
    ]

    private static func packed(_ sign: String) -> UInt32 {
        sign.utf8.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Signs of one character by the Unicode Consortium's data (CLDR, narrow symbols); the others' is the dollar's, or none
    /// that any program writes.
    private static let signs: [String: String] = [
        "EUR": "€", "GBP": "£", "GIP": "£", "EGP": "£", "LBP": "£", "SYP": "£", "JPY": "¥", "CNY": "¥", "INR": "₹", "KRW": "₩",
        "RUB": "₽", "TRY": "₺", "ILS": "₪", "UAH": "₴", "PHP": "₱", "VND": "₫", "NGN": "₦", "CRC": "₡", "PYG": "₲", "GHS": "₵",
        "KZT": "₸", "GEL": "₾", "CHF": "¤", "SEK": "¤", "NOK": "¤", "DKK": "¤", "PLN": "¤", "CZK": "¤", "HUF": "¤", "RON": "¤",
        "BGN": "¤", "ZAR": "¤", "AED": "¤", "SAR": "¤",
    ]
}
