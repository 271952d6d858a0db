import Basis
import Testing

@testable import Ingest

@Suite struct SeriesFileTests {
    private func read(_ text: String, _ columns: SeriesColumns) throws -> Checked<SeriesTable> {
        try SeriesFile.read(bytes: Array(text.utf8), name: "a.csv", columns: columns)
    }

    private func faults(_ text: String, _ columns: SeriesColumns = .init(time: "t", value: "v")) -> [String] {
        do throws(Rejection) {
            _ = try SeriesFile.read(bytes: Array(text.utf8), name: "a.csv", columns: columns)
            return []
        } catch {
            return error.diagnostics.map { $0.rendered() }
        }
    }

    private static let plain = SeriesColumns(time: "t", value: "v")

    @Test func monthsInAnyOrderWithGaps() throws {
        let table = try read("t,v\n2026-03,3\n2026-01,1\n2026-05,\n2026-06,\"1,234.5\"\n", Self.plain)
        #expect(table.value.periods == SeriesPeriods(grain: .months(1, first: Month(year: 2026, month: 1)), count: 6))
        #expect(table.value.value.values == [1, nil, 3, nil, nil, 1234.5])
        #expect(
            table.diagnostics.map { $0.rendered() } == [
                "a.csv:v: warning[missing-value]: 3 of 6 months have no value: 2026-02, 2026-04, 2026-05; "
                    + "fill them in; they are passed over, not taken as 0"
            ])
        #expect(table.value.missing == [1, 3, 4])
    }

    @Test func whatThePeriodsAre() throws {
        func periods(_ times: [String]) throws -> SeriesPeriods {
            try read("t,v\n" + times.map { "\($0),1\n" }.joined(), Self.plain).value.periods
        }
        #expect(try periods(["2026-01-31", "2026-02-28", "2026-04-30"]).one == "month")
        #expect(try periods(["2026-01-15", "2026-02-15", "2026-03-15"]).one == "month")
        #expect(try periods(["2026-01", "2026-04", "2026-10"]).one == "quarter")
        #expect(try periods(["2026-01-05", "2026-01-12", "2026-01-26"]) == SeriesPeriods(
            grain: .days(7, first: try #require(Day(year: 2026, month: 1, day: 5))), count: 4))
        #expect(try periods(["1/5/2026", "1/6/2026", "1/9/2026"]).one == "day")
        #expect(try periods(["1871", "1872", "1875"]).count == 5)
        #expect(try periods(["0.5", "1.0", "2"]).name(3) == "2")
        #expect(try periods(["7"]).count == 1)
    }

    @Test func semicolonsTabsAndMarks() throws {
        let semicolon = try read("\u{FEFF}t;v\n2026-01;4\n", Self.plain)
        #expect(semicolon.value.value.values == [4])
        let tab = try read("T\tV\r\n2026-01\t55 %\r\n\r\n", Self.plain)
        #expect(tab.value.value.values == [55])
    }

    @Test func exposuresControlsAndUnits() throws {
        let columns = SeriesColumns(time: "t", value: "v", exposure: "n", controls: ["c"])
        let table = try read("c,n,v,t\n9,10,1,2026-01\n8,20,NA,2026-02\n", columns).value
        #expect(table.exposure?.values == [10, 20] && table.controls[0].values == [9, 8])
        #expect(table.value.values == [1, nil])
        let units = SeriesColumns(time: "t", value: "v", unit: "store")
        let many = try read("store,t,v\nB,2026-01,1\nA,2026-01,2\nA,2026-02,3\n", units)
        #expect(many.value.units.map(\.name) == ["A", "B"])
        #expect(many.value.units.map(\.values) == [[2, 3], [1, nil]])
        #expect(many.diagnostics.count == 1)
        let rates = SeriesColumns(time: "t", value: "v", exposure: "n", unit: "store")
        let shares = try read("store,t,v,n\nA,2026-01,1,4\nA,2026-02,3,0\n", rates).value
        #expect(shares.units[0].values == [0.25, nil])
    }

    @Test func aCountAboveWhatItIsOutOf() throws {
        let columns = SeriesColumns(time: "t", value: "booked", exposure: "calls")
        let slip = "t,booked,calls\n1,40,100\n2,38,99\n3,410,98\n4,41,100\n5,39,97\n"
        #expect(
            try read(slip, columns).diagnostics.map { $0.rendered() } == [
                "a.csv:booked: warning[count-above-exposure]: booked is more than calls at 1 of 5 times: 3; correct it "
                    + "if it is a share of them; it is read as a ratio"
            ])
        // Faults per car, say: most of them are above, and nobody means a share.
        #expect(try read("t,booked,calls\n1,5,2\n2,6,2\n3,1,2\n", columns).diagnostics.isEmpty)
        #expect(try read("t,booked,calls\n1,2,2\n2,1,2\n", columns).diagnostics.isEmpty)
    }

    @Test func everyFaultHasItsPlace() {
        #expect(
            faults("t,v\n2026-01,12\n2026-02,12.5.1\nFebruary,4\n2026-03,\"1,50\"\n") == [
                "a.csv:3:v: error[unreadable-number]: this is no number; write 1234.5, and nothing where it is not known",
                "a.csv:4:t: error[unreadable-date]: this is no time; write 2026-10, 2026-10-31 or a number",
                "a.csv:5:v: error[unreadable-number]: this is no number; write 1234.5, and nothing where it is not known",
            ])
        #expect(
            faults("t,figures\n1,2\n", .init(time: "t", value: "value")) == [
                "a.csv:1:value: error[missing-column]: the header has no column value; it has t, figures"
            ])
        #expect(
            faults("time,v\n1,2\n", .init(time: "tmie", value: "v")) == [
                "a.csv:1:tmie: error[missing-column]: the header has no column tmie; did you mean time?; it has time, v"
            ])
        #expect(
            faults("t,v\n2026-01,1\n2026-02,2\n2026-01,3\n") == [
                "a.csv:4:t: error[duplicate-time]: 2026-01 stands in row 2 already; keep one row a month, or name the "
                    + "column that tells units apart with --unit"
            ])
        #expect(
            faults("t,v\n1,1\n2,2\n3.5,3\n") == [
                "a.csv:4:t: error[uneven-times]: the times are not evenly spaced; give one row a period; periods without "
                    + "a value may be left out"
            ])
        #expect(faults("t,v\n2026-01,1\n7,2\n").first?.hasPrefix("a.csv:3:t: error[unreadable-date]") == true)
        #expect(faults("").first?.contains("error[empty-file]") == true)
        #expect(faults("t,v\n").first?.contains("error[empty-file]") == true)
        #expect(faults("t,v\n1,\"2\n").first?.contains("error[unclosed-quote]") == true)
        #expect(faults("t,v,v\n1,2,3\n").first?.contains("error[duplicate-column]") == true)
        #expect(faults("PK\u{3}\u{4}").first?.contains("error[binary-file]") == true)
        #expect(faults("t,v\n1,2\n9999999,3\n1.5,2\n").first?.contains("error[uneven-times]") == true)
        let units = SeriesColumns(time: "t", value: "v", unit: "u")
        #expect(faults("t,v,u\n1,2,\n", units).first?.hasPrefix("a.csv:2:u: error[missing-value]") == true)
        // Values that may be customers' are kept back unless asked for.
        #expect(faults("t,v\n1,secret\n").allSatisfy { !$0.contains("secret") })
    }

    @Test func changesAreFirstPeriodsAtOrAfter() throws {
        let months = SeriesPeriods(grain: .months(1, first: Month(year: 2026, month: 1)), count: 12)
        #expect(months.position(of: "2026-07") == 6 && months.position(of: "2026-07-01") == 6)
        #expect(months.position(of: "2026-07-02") == 7 && months.position(of: "2025-12") == -1)
        #expect(months.position(of: "soon") == nil && months.position(of: "7") == nil)
        let weeks = SeriesPeriods(grain: .days(7, first: try #require(Day(year: 2026, month: 1, day: 5))), count: 12)
        #expect(weeks.position(of: "2026-01-19") == 2 && weeks.position(of: "2026-01-20") == 3)
        let years = SeriesPeriods(grain: .numbers(1, first: 1871), count: 100)
        #expect(years.position(of: "1899") == 28 && years.position(of: "1898.5") == 28)
        let halves = SeriesPeriods(grain: .numbers(0.1, first: 0), count: 100)
        #expect(halves.position(of: "0.3") == 3)
    }
}
