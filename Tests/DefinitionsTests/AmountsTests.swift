import Basis
import Dealership
import Testing

@testable import Definitions

@Suite("Amounts")
struct AmountsTests {
    @Test(
        "wall durations in seconds",
        arguments: [
            ("0 min", 0), ("90 s", 90), ("15 min", 900), ("15min", 900), ("1 h 30 min", 5_400), ("1h30min", 5_400),
            ("2 hours", 7_200), ("1 day", 86_400), ("3 days", 259_200), ("2 weeks", 1_209_600),
            ("366 days", 31_622_400),
        ])
    func wall(written: String, seconds: Int64) throws {
        let text = "name: R\nconversations: { gap: \(written) }\n"
        #expect(try DealershipFile.read(text: text, file: "d").value.conversations.gapSeconds == seconds)
    }

    @Test(
        "what is no duration",
        arguments: [
            ("15", "bad-duration"), ("15 15 min", "bad-duration"), ("min", "bad-duration"), ("-5 min", "bad-duration"),
            ("1,5 h", "bad-duration"), ("5 m", "bad-duration"), ("1234567 s", "bad-duration"), ("٣ h", "bad-duration"),
            ("367 days", "out-of-range"), ("[1 h]", "wrong-type"),
        ])
    func noDuration(written: String, code: String) {
        let text = "name: R\nconversations: { gap: \"\(written)\" }\n".replacing("\"[1 h]\"", with: "[1 h]")
        #expect(faults { try DealershipFile.read(text: text, file: "d") }.map(\.code) == [code])
    }

    @Test(
        "shares in thousandths",
        arguments: [("0 %", 0), ("5%", 50), ("92.5 %", 925), ("100 %", 1_000), ("100.0 %", 1_000), ("90\u{A0}%", 900)])
    func share(written: String, permille: Int) throws {
        let text = "name: R\ntargets: { match-rate: \(written) }\n"
        #expect(try DealershipFile.read(text: text, file: "d").value.targets.matchRatePermille == permille)
    }

    @Test(
        "what is no share",
        arguments: [
            ("0.9", "bad-share"), ("90", "bad-share"), (".5 %", "bad-share"), ("92.55 %", "bad-share"),
            ("9O %", "bad-share"), ("-1 %", "bad-share"), ("92.-5 %", "bad-share"), ("92.+ %", "bad-share"),
            ("٣ %", "bad-share"),
            ("100.1 %", "out-of-range"), ("99999999999 %", "bad-share"),
        ])
    func noShare(written: String, code: String) {
        let text = "name: R\ntargets: { match-rate: \"\(written)\" }\n"
        #expect(faults { try DealershipFile.read(text: text, file: "d") }.map(\.code) == [code])
    }

    @Test("dates of the calendar, ranges included")
    func dates() throws {
        let text = """
            name: R
            hours: { mon-fri: "08:00-18:00" }
            exceptions: { 2024-02-28..2024-03-01: closed, 2028-02-29: "24:00-25:00" }
            """
        #expect(faults { try DealershipFile.read(text: text, file: "d") }.map(\.code) == ["bad-hours"])
        let good = text.replacing("\"24:00-25:00\"", with: "closed")
        let hours = try DealershipFile.read(text: good, file: "d").value.hours.standard
        #expect(
            hours?.exceptions.keys.sorted().map(\.description) == [
                "2024-02-28", "2024-02-29", "2024-03-01", "2028-02-29",
            ])
    }
}
