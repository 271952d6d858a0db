import Basis
import Testing

@testable import Ingest

@Suite("Cells of workbooks")
struct WorkbookCellTests {
    @Test("numbers in 15 digits and without exponent", arguments: [
        ("42", "42"), ("0", "0"), ("-7.5", "-7.5"), ("1.23E+11", "123000000000"), ("123456789012345", "123456789012345"),
        ("1.2345678901234501E14", "123456789012345"), ("0.30000000000000004", "0.3"), ("19.989999999999998", "19.99"),
        ("1E-3", "0.001"), ("-1.5e-7", "-0.00000015"), ("9999999999999.99", "9999999999999.99"),
        ("999999999999999.9", "1000000000000000"), ("1.0", "1"), ("0.000", "0"), ("-0", "0"), (".5", "0.5"), ("5.", "5"),
        ("0.05", "0.05"), ("1.234567890123456E+16", "12345678901234600"), ("NaN", "NaN"), ("1E999", "1E999"), ("1.2.3", "1.2.3"),
        ("007", "007"), ("+3.25", "3.25"),
    ])
    func numbers(text: String, expected: String) {
        var line: [UInt8] = []
        _ = Array(text.utf8).withUnsafeBufferPointer { PlainNumber.append($0, to: &line) }
        #expect(String(decoding: line, as: UTF8.self) == expected)
    }

    @Test("more digits than a spreadsheet keeps")
    func longNumbers() {
        func isLong(_ text: String) -> Bool {
            var line: [UInt8] = []
            return Array(text.utf8).withUnsafeBufferPointer { PlainNumber.append($0, to: &line) }
        }
        #expect(["1234567890123456", "1.23456789012346E+15"].allSatisfy(isLong))
        #expect(!["123456789012345", "1.23456789012345E+14", "0.1234567890123456", "x234567890123456"].contains(where: isLong))
    }

    /// By the definition of Excel's file format; the years around 1900 are those of its help page on both systems.
    @Test("dates of both systems", arguments: [
        (1.0, "1900-01-01", "1904-01-02"), (59, "1900-02-28", "1904-02-29"), (60, "1900-02-29", "1904-03-01"),
        (61, "1900-03-01", "1904-03-02"), (46_298, "2026-10-03", "2030-10-04"), (2_958_465, "9999-12-31", nil),
        (45_716, "2025-02-28", "2029-03-01"), (36_585, "2000-02-29", "2004-03-01"),
    ] as [(Double, String, String?)])
    func dates(serial: Double, windows: String, mac: String?) {
        #expect(SerialDate.text(serial, .date, countsFrom1904: false) == windows)
        if let mac { #expect(SerialDate.text(serial, .date, countsFrom1904: true) == mac) }
    }

    @Test("times: to the second, with the date where there is one; none where the format has none and it is midnight")
    func times() {
        func text(_ serial: Double, _ meaning: CellFormats.Meaning, _ is1904: Bool = false) -> String? {
            SerialDate.text(serial, meaning, countsFrom1904: is1904)
        }
        #expect(text(46_298.586805555555, .dateTime) == "2026-10-03T14:05:00")
        #expect(text(46_298.586805555555, .date) == "2026-10-03T14:05:00")
        #expect(text(46_298, .dateTime) == "2026-10-03T00:00:00")
        #expect(text(46_298.99999999999, .dateTime) == "2026-10-04T00:00:00")
        #expect(text(46_298.5868171412, .dateTime) == "2026-10-03T14:05:01.001")
        #expect(text(0.25, .time) == "06:00:00")
        #expect(text(0.25, .dateTime) == "06:00:00")
        #expect(text(0.25, .dateTime, true) == "1904-01-01T06:00:00")
        #expect(text(0, .date) == "00:00:00")
        #expect(text(1.5, .elapsed) == "36:00:00")
        #expect(text(-1, .date) == nil && text(20_261_003, .date) == nil && text(46_298, .number) == nil)
    }

    @Test("which formats are dates", arguments: [
        ("General", .number), ("0.00", .number), ("#,##0.00", .number), ("0%", .number), ("0.00E+00", .number), ("@", .number),
        ("m/d/yyyy", .date), ("yyyy\\-mm\\-dd", .date), ("[$-409]d\\-mmm\\-yy;@", .date), ("mmmm", .date), ("dddd", .date),
        ("m/d/yy h:mm", .dateTime), ("yyyy-mm-dd\"T\"hh:mm:ss", .dateTime), ("h:mm AM/PM", .time), ("mm:ss.0", .time),
        ("[h]:mm:ss", .elapsed), ("[mm]:ss", .elapsed), ("[Red]0.00", .number), ("0 \"days\"", .number), ("\"day\" 0", .number),
        ("_-* #,##0.00\\ _D_M_-", .number), ("[$USD] #,##0", .number), ("0\\d", .number), ("0.0;[Red]d", .number),
        ("[Blue][h]:mm", .elapsed), ("yyyy\"", .date), ("[", .number),
    ] as [(String, CellFormats.Meaning)])
    func formats(code: String, meaning: CellFormats.Meaning) {
        #expect(CellFormats.meaning(of: code) == meaning)
    }

    @Test("built-in formats 14 to 22 and 45 to 47 are dates and times, the others below 50 of Western editions are not")
    func builtIn() {
        let dates = (0..<50).filter { CellFormats.builtIn($0) != .number }
        #expect(dates.filter { !(27...36).contains($0) } == Array(14...22) + [45, 46, 47])
    }

    @Test("texts fit a line", arguments: [
        ("plain", "plain"), ("two\nlines", "two lines"), ("a\tb\r\nc", "a b  c"), ("line_x000D__x000A_end", "line  end"),
        ("_x005F_x000D_", "_x000D_"), ("_x00E9_t_x0", "ét_x0"), ("_", "_"), ("a_b_c", "a_b_c"), ("_xD83D_", "_xD83D_"),
    ])
    func texts(text: String, expected: String) {
        var line: [UInt8] = []
        Array(text.utf8).withUnsafeBufferPointer { CellText.append($0, to: &line) }
        #expect(String(decoding: line, as: UTF8.self) == expected)
    }

    @Test("addresses")
    func addresses() {
        #expect(CellRange("B7") == CellRange("B7:B7") && CellRange("B7")?.columns == 1...1 && CellRange("B7")?.rows == 7...7)
        #expect(CellRange("A1:XFD1048576")?.columns == 0...16_383)
        let endless = String(repeating: "Q", count: 80) + "2"
        for text in ["", "7", "B", "B0", "C2:A1", "A1:B2:C3", "ABCDE1", endless] { #expect(CellRange(text) == nil, "\(text)") }
        for column in [0, 25, 26, 701, 702, 16_383] { #expect(CellRange.column(CellRange.letters(column).utf8) == column) }
        #expect(CellRange.letters(16_383) == "XFD")
    }
}
