import Basis
import Dealership
import Testing

@testable import Ingest

private func field<Value>(_ text: String, _ read: (FieldText) -> Value) -> Value {
    let bytes = Array(text.utf8)
    let padded = bytes + [UInt8](repeating: 0, count: 16)
    return padded.withUnsafeBufferPointer { read(FieldText($0.baseAddress!, from: 0, to: bytes.count)) }
}

@Suite("Cells")
struct FieldTests {
    @Test(
        "integers",
        arguments: [
            ("0", 0), ("1234", 1_234), (" 42 ", 42), ("-7", -7), ("+7", 7), ("1,234", 1_234), ("12,345,678", 12_345_678),
            ("1234.0", 1_234), ("1234.", 1_234), ("", nil), ("-", nil), ("12,50", nil), ("1,2345", nil), ("1.5", nil),
            ("12a", nil), (".0", nil), ("999999999999999999", 999_999_999_999_999_999), ("9999999999999999999", nil),
        ] as [(String, Int64?)])
    func integers(text: String, value: Int64?) {
        #expect(field(text) { $0.integer() } == value)
    }

    @Test(
        "money in minor units",
        arguments: [
            ("1234.5", 123_450), ("1,234.50", 123_450), ("$1,234.50", 123_450), ("(12.00)", -1_200), ("-12", -1_200),
            ("$-12.34", -1_234), ("-$12.34", -1_234), ("0.005", 1), ("0.004", 0), ("-0.005", -1), (".5", 50), ("€ 3", 300),
            ("1.9999", 200), ("1234.999", 123_500), ("1.999", nil), ("999.500", nil), ("0.125", 13),
            ("12,50", nil), ("1.234,56", nil), ("", nil), ("$", nil), ("1,23,456", nil), ("12.00-", -1_200),
            ("(1,234.50)", -123_450), ("($1,234.50)", -123_450), ("$(1,234.50)", -123_450), ("USD 5", 500), ("USD5.25", 525),
            ("5.25 USD", 525), ("-USD 5", nil), ("USD -5", -500), ("USD (5)", nil), ("(5", nil), ("5)", nil), ("--5-", nil),
            ("(-5)", nil), ("USD", nil), ("-", nil), ("5 -", -500), ("A5", nil), ("()", nil),
            ("999999999999999.99", 99_999_999_999_999_999), ("99999999999999999", nil), ("1e5", nil), ("NULL", nil),
            ("\u{2212}5", -500), ("\u{2013}$1,234.00", -123_400), ("$\u{2212}5", -500), ("\u{FF0D}5", -500), ("\u{00B1}5", nil),
            ("\u{00D7}5", nil), ("--5", nil), ("+-5", nil), ("-\u{2212}5", nil), ("(\u{2212}5)", nil), ("\u{00A3}12.00", 1_200),
            ("\u{20AC}\u{00A0}3", 300), ("\u{2192}5", nil),
            ("12.50 \u{20AC}", 1_250), ("12.50\u{00A0}\u{20AC}", 1_250), ("12$", 1_200), ("12\u{00A2}", nil), ("12 \u{2212}", nil),
            ("12 \u{00E9}", nil), ("-12 \u{20AC}", -1_200), ("(12 \u{20AC})", -1_200), ("12 \u{20AC}-", -1_200), ("\u{20AC}", nil),
        ] as [(String, Int64?)])
    func money(text: String, value: Int64?) {
        #expect(field(text) { $0.money() } == value)
    }

    @Test("amounts of one currency alone", arguments: [
        ("$5", "USD", 500), ("$5", "CAD", 500), ("$5", "EUR", nil), ("5 EUR", "EUR", 500), ("CAD 5", "USD", nil),
        ("5 USD", "USD", 500),
        ("\u{20AC}5", "EUR", 500), ("5 \u{20AC}", "USD", nil), ("\u{00A3}5", "GBP", 500), ("\u{00A3}5", "EUR", nil),
        ("\u{00A5}5", "JPY", 500), ("\u{00A4}5", "CHF", 500), ("CHF 5", "CHF", 500), ("$5", "CHF", nil), ("5", "EUR", 500),
        ("5$", "GBP", nil), ("-$5", "EUR", nil), ("($5)", "EUR", nil), ("\u{20B9} 5", "INR", 500),
    ] as [(String, String, Int64?)])
    func currencies(text: String, currency: String, value: Int64?) {
        #expect(field(text) { $0.money(CurrencyMarks(currency)) } == value)
    }

    @Test("numbers with a comma before decimals, made plain", arguments: [
        ("1.234,50", "1234.50"), ("1 234,50", "1234.50"), ("1\u{00A0}234,50", "1234.50"), ("1'234'567,5", "1234567.5"),
        ("12,5", "12.5"), ("1.234", "1234"), ("1.234.567", "1234567"),
        ("-1.234,50 \u{20AC}", "-1234.50 \u{20AC}"), ("12", "12"), ("", ""),
        ("1,234", "1.234"), ("n/a", "n/a"), ("(1.234,5)", "(1234.5)"),
    ])
    func comma(text: String, plain: String) {
        #expect(ExportSettings.Decimals.comma.plain(Array(text.utf8)) == Array(plain.utf8))
    }

    @Test("what has no comma before decimals stays unread", arguments: [
        "1,234.50", "12.50", "1,234,567", "1.23,5", "1.234 567,5", "1,2,3", "12.3456", "1..2", "1.2.3",
    ])
    func noComma(text: String) {
        let plain = String(decoding: ExportSettings.Decimals.comma.plain(Array(text.utf8)), as: UTF8.self)
        #expect(field(plain) { $0.money() } == nil, "\(plain)")
        #expect(field(plain) { $0.thousandths() } == nil, "\(plain)")
        #expect(field(plain) { $0.integer() } == nil, "\(plain)")
    }

    @Test(
        "yes and no",
        arguments: [
            ("yes", true), ("Y", true), ("TRUE", true), ("t", true), ("1", true), ("No", false), ("n", false), ("0", false),
            ("false", false), ("2", nil), ("maybe", nil), ("", nil),
        ] as [(String, Bool?)])
    func flags(text: String, value: Bool?) {
        #expect(field(text) { $0.flag() } == value)
    }

    /// Day, seconds after midnight, seconds east of UTC.
    @Test(
        "times as exports write them",
        arguments: [
            ("2026-10-31", "2026-10-31 - -"), ("2026-10-31T14:05", "2026-10-31 50700 -"),
            ("2026-10-31 14:05:06", "2026-10-31 50706 -"), ("2026-10-31T14:05:06.789Z", "2026-10-31 50706 0"),
            ("2026-10-31T14:05:06-05:00", "2026-10-31 50706 -18000"), ("2026-10-31T14:05+0530", "2026-10-31 50700 19800"),
            ("2026-10-31T14:05:06+02", "2026-10-31 50706 7200"), ("2026-10-31 14:05 UTC", "2026-10-31 50700 0"),
            ("10/31/2026", "2026-10-31 - -"), ("1/2/2026", "2026-01-02 - -"), ("1/2/26", "2026-01-02 - -"),
            ("10/31/2026 2:05 PM", "2026-10-31 50700 -"), ("10/31/2026 12:00 am", "2026-10-31 0 -"),
            ("10/31/2026, 12:30:15 PM", "2026-10-31 45015 -"), ("31.10.2026", "2026-10-31 - -"),
            ("31.10.2026 14:05", "2026-10-31 50700 -"), ("20261031", "2026-10-31 - -"),
            ("20261031 14:05", "2026-10-31 50700 -"), ("20261031140506", "2026-10-31 50706 -"),
            ("2026-10-31T24:00", "2026-10-31 86400 -"), ("2024-02-29", "2024-02-29 - -"),
            ("2026-02-29", nil), ("10/32/2026", nil), ("13/31/2026", nil), ("2026-10-31T25:00", nil),
            ("2026-10-31T14:60", nil), ("2026-10-31T", nil), ("2026-10-31X14:05", nil), ("10/31", nil), ("soon", nil),
            ("", nil), ("2026-10-31T14:05 USA", nil), ("2026-10-31T14:05+99:00", nil), ("13:05 PM", nil),
            ("10/31/2026 14:05 PM", nil), ("1.23E+11", nil),
        ] as [(String, String?)])
    func times(text: String, expected: String?) {
        let written = field(text) { TimeReader(dayFirst: false).read($0) }
        #expect(written.map(Self.text) == expected)
    }

    @Test("the day first where the mapping says so")
    func dayFirst() {
        #expect(field("3/4/2026") { TimeReader(dayFirst: true).read($0) }.map(Self.text) == "2026-04-03 - -")
        #expect(field("3/4/2026") { TimeReader(dayFirst: false).read($0) }.map(Self.text) == "2026-03-04 - -")
        #expect(field("2026-03-04") { TimeReader(dayFirst: true).read($0) }.map(Self.text) == "2026-03-04 - -")
    }

    private static func text(_ written: WrittenTime) -> String {
        let zone = switch written.zone {
        case .local: "-"
        case .offset(let seconds): String(seconds)
        }
        return "\(written.day) \(written.secondOfDay.map(String.init) ?? "-") \(zone)"
    }

    @Test(
        "patterns of file names",
        arguments: [
            ("RO_1.csv", "RO_*.csv", true), ("RO_1.csv.gz", "RO_*.csv", false), ("RO_1.csv", "RO_*", true),
            ("a-b-c.csv", "*-b-*", true), ("a.csv", "a.csv", true), ("b.csv", "a.csv", false), ("ab", "a**b", true),
            ("ac", "a**b", false), ("ab", "ab*b", false), ("x.csv", "*", true),
        ])
    func patterns(name: String, pattern: String, matches: Bool) {
        #expect(ExportFolder.matches(name, pattern: pattern) == matches)
    }
}
