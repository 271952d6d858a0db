import Basis

extension Words {
    /// Currencies that have no smaller unit (ISO 4217).
    private static let wholeCurrencies: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
    ]

    /// Money that is paid, to the cent: `$12,345.67`, `−$0.50`, `EUR`'s sign, `CHF 1,200.00`, `JPY 15,000`.
    static func exact(_ money: Money, _ currency: String) -> String {
        let magnitude = money.minorUnits.magnitude
        let cents = magnitude % 100
        let isWhole = wholeCurrencies.contains(currency) && cents == 0
        let numbers = Speech.book.numbers
        let digits = count(Int(clamping: magnitude / 100)) + (isWhole ? "" : "\(numbers.decimal)\(twoDigits(cents))")
        return (money.minorUnits < 0 ? "\u{2212}" : "") + amount(digits, currency)
    }

    /// A change: with its sign, `+$12.50`; nothing changed: `$0.00`.
    static func change(_ money: Money, _ currency: String) -> String {
        (money > .zero ? "+" : "") + exact(money, currency)
    }
}
