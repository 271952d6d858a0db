import Basis
import Testing

@Suite("CSV that spreadsheets may open")
struct CSVTextTests {
    @Test(
        "what a spreadsheet would run gets an apostrophe",
        arguments: [
            ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+1 555 0100", "'+1 555 0100"),
            ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
            ("\tx", "'\tx"), ("\r=x", "'\r'=x"), ("a;=1", "a;'=1"), ("a\n@b", "a\n'@b"), ("'=1", "''=1"), ("-$5.00", "'-$5.00"),
            ("-Infinity", "'-Infinity"), ("+0x1p3", "'+0x1p3"), ("=", "'="),
        ])
    func guarded(text: String, expected: String) { #expect(CSVText.guarded(text) == expected) }

    @Test(
        "numbers, names and words stay",
        arguments: [
            "-12", "-12.50", "+3", "1e-9", "-1.5E+10", "-", "Mon-Fri", "a=b", "x@y.example", "O'Hara", "'tis", "", "5 - 3",
        ])
    func plain(text: String) { #expect(CSVText.guarded(text) == text) }

    @Test("whatever was guarded comes back")
    func back() {
        var state: UInt64 = 1
        func next(_ n: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % n
        }
        let pieces = ["=", "+", "-", "@", "'", "''", "\t", "\r", "\n", ";", ",", "\"", "a", "12", ".5", " ", "é"]
        for _ in 0..<20_000 {
            let text = (0..<next(7)).map { _ in pieces[next(pieces.count)] }.joined()
            let made = CSVText.guarded(text)
            #expect(CSVText.unguarded(made) == text)
            let first = made.utf8.first.map { "=@\t\r".utf8.contains($0) } ?? false
            #expect(!first, "\(made.debugDescription)")
        }
    }

    @Test("quoted where it must be")
    func rows() {
        #expect(String(decoding: CSVText.bytes([["a", "b,c"], ["say \"no\"", "=x,y"]]), as: UTF8.self)
            == "a,\"b,c\"\n\"say \"\"no\"\"\",\"'=x,y\"\n")
    }
}
