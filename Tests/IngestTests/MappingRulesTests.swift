import Basis
import Dealership
import Foundation
import Testing

@testable import Ingest

@Suite("Rules of mappings, read")
struct MappingRulesTests {
    /// Orders of a file by a mapping of `service_visits`, and what was said.
    private func read(
        _ mapping: String, _ text: String, others: [String: String] = [:]
    ) async throws -> (orders: GroupJournal.Orders, journal: GroupJournal, exports: StagedExports) {
        let yaml = "name: Riverside\ntime-zone: America/Chicago\nexports:\n  service_visits:\n    file: a.csv\n"
            + mapping.split(separator: "\n").map { "    \($0)\n" }.joined()
        let files = ["dealership.yaml": yaml, "exports/a.csv": text].merging(others) { a, _ in a }
        let exports = try await Folder(files).read()
        let journal = exports.group(0)
        return (journal.orders, journal, exports)
    }

    private func codes(_ exports: StagedExports) -> [String] { exports.diagnostics.map(\.code) }

    @Test("parts of a cell: first, last, nested, the first that is not empty, and empties keep their place")
    func split() async throws {
        let text = """
            visit_id,customer_id,opened_at,cars,lines
            1,a,2026-10-05,V1|V2|V3,10^1.50|20^2.25|
            2,b,2026-10-05,|V2|,|30^-4.00
            3,c,2026-10-05,,

            """
        func vins(_ part: String) async throws -> [String] {
            let read = try await read("columns: { vin: { column: cars, split: \"|\", part: \(part) } }", text)
            #expect(codes(read.exports).isEmpty)
            return read.orders.vehicle.map { $0 < 0 ? "" : read.journal.vehicles[$0] }
        }
        #expect(try await vins("1") == ["V1", "", ""])
        #expect(try await vins("2") == ["V2", "V2", ""])
        #expect(try await vins("-1") == ["V3", "", ""])
        #expect(try await vins("-2") == ["V2", "V2", ""])
        #expect(try await vins("first") == ["V1", "V2", ""])
        #expect(try await vins("9") == ["", "", ""])
        let sum = try await read("columns: { amount: { column: lines, split: [\"|\", \"^\"], part: [all, 2], sum: yes } }", text)
        #expect(sum.orders.amount == [375, -400, .min])
    }

    @Test("sums over columns; one that is no number leaves the amount out and says so")
    func sum() async throws {
        let text = """
            visit_id,customer_id,opened_at,a,b,c
            1,a,2026-10-05,"1,200.50",$3,(1.25)
            2,b,2026-10-05,,,
            3,c,2026-10-05,1,n/a,2
            4,d,2026-10-05,USD 5.00,7.50-,

            """
        let read = try await read("columns: { amount: { sum: [a, b, c] } }", text)
        #expect(read.orders.amount == [120_225, .min, .min, -250])
        #expect(codes(read.exports) == ["unreadable-number"])
        #expect(read.exports.diagnostics.first?.location?.row == 4)
    }

    @Test("cut, strip, leading zeros, prefix, values, default, in this order")
    func shape() async throws {
        let text = """
            Num,customer_id,opened_at,Pay,Km
            RO-00-123,a,2026-10-05,X,161
            RO-000,b,2026-10-05,,"100,000"
            77,c,2026-10-05,warranty,?

            """
        let read = try await read(
            """
            columns:
              visit_id: { column: Num, cut: RO, strip: "-", leading-zeros: no, prefix: "A:" }
              pay_type: { column: Pay, values: { X: internal }, default: customer }
              mileage: { column: Km, unit: km }
            """, text)
        #expect((0..<3).map { read.orders.identifiers[Int32($0)] } == ["A:123", "A:0", "A:77"])
        #expect(read.orders.payType == [.internal, .customer, .warranty])
        // 161 km are 100.04 miles, 100,000 km 62,137.1.
        #expect(read.orders.mileage == [100, 62_137, -1].map { $0 < 0 ? read.orders.mileage[2] : $0 })
        #expect(read.orders.mileage[2] < 1)
        #expect(codes(read.exports) == ["unreadable-number"])
    }

    @Test("cents are an amount")
    func cents() async throws {
        let text = "visit_id,customer_id,opened_at,amount\n1,a,2026-10-05,12345\n2,b,2026-10-05,-7\n3,c,2026-10-05,\"1,000\"\n"
        let read = try await read("columns: { amount: { column: amount, unit: cents } }", text)
        #expect(read.orders.amount == [12_345, -7, 1_000])
    }

    @Test("decimals after a comma, of the file, of a column, in a sum and in a condition")
    func decimals() async throws {
        let text = """
            visit_id;customer_id;opened_at;amount;Parts;Labor;mileage
            1;a;2026-10-05;1.234,50;1,5;2,25;12.345
            2;b;2026-10-05;0,75;;3;7
            3;c;2026-10-05;1.234;1.000;;
            4;d;2026-10-05;12.50;;;

            """
        let plain = try await read("decimals: comma", text)
        #expect(plain.orders.amount == [123_450, 75, 123_400, .min])
        #expect(Array(plain.orders.mileage.prefix(2)) == [12_345, 7])
        #expect(codes(plain.exports) == ["unreadable-number"])
        let sum = try await read("decimals: comma\ncolumns: { amount: { sum: [Parts, Labor] } }", text)
        #expect(sum.orders.amount == [375, 300, 100_000, .min])
        let one = try await read("columns: { amount: { column: amount, decimals: comma } }", text)
        #expect(one.orders.amount == plain.orders.amount)
        let chosen = try await read("decimals: comma\nonly: { amount: \"> 0.80\" }", text)
        #expect(chosen.orders.amount == [123_450, 123_400])
        // With a point one is one and a bit; unless that is said, nobody knows.
        let point = try await read("decimals: point", text)
        #expect(Array(point.orders.amount.dropFirst(2)) == [123, 1_250])
        let unsaid = try await read("label: Orders", text)
        #expect(Array(unsaid.orders.amount.dropFirst(2)) == [.min, 1_250])
        #expect(codes(unsaid.exports).contains("unreadable-number"))
    }

    @Test("forms of dates, read", arguments: [
        ("M/D/YYYY", "10/5/2026", "2026-10-05"), ("D.M.YYYY", "5.10.2026", "2026-10-05"),
        ("YYYYMMDD", "20261005", "2026-10-05"), ("MM-DD-YY", "10-05-26", "2026-10-05"),
        ("DD-MMM-YYYY", "05-Oct-2026", "2026-10-05"), ("D MMMM YYYY", "5 october 2026", "2026-10-05"),
        ("DD/MM/YYYY hh:mm", "05/10/2026 14:30", "2026-10-05T19:30:00Z"),
        ("M/D/YYYY h:mm:ss tt", "10/5/2026 2:30:15 PM", "2026-10-05T19:30:15Z"),
        ("M/D/YYYY h:mm:ss tt", "10/5/2026 12:00:15 a", "2026-10-05T05:00:15Z"),
        ("M/D/YYYY h:mm tt", "10/5/2026", "2026-10-05"), ("M/D/YYYY", "10/5/2026 14:30", "2026-10-05T19:30:00Z"),
        ("YYYY-DD-MM", "2026-05-10", "2026-10-05"), ("M/D/YYYY", "2026-10-05", "2026-10-05"),
        ("YYYYMMDDHHmm", "202610051430", "2026-10-05T19:30:00Z"),
        ("M/D/YYYY", "13/5/2026", nil), ("M/D/YYYY", "10/5/26", nil),
        ("MM/DD/YYYY", "1/5/2026", nil), ("DD-MMM-YYYY", "05-Okt-2026", nil), ("M/D/YYYY h:mm tt", "10/5/2026 13:00 PM", nil),
        ("M/D/YYYY", "5.10.2026", nil), ("YYYYMMDD", "20261305", nil),
    ] as [(String, String, String?)])
    func form(form: String, cell: String, expected: String?) async throws {
        let read = try await read("dates: \"\(form)\"", "visit_id,customer_id,opened_at\n1,a,\(cell)\n")
        #expect(codes(read.exports).contains("unreadable-date") == (expected == nil))
        let shown = read.orders.openedAt.first.map { moment in
            moment.isDateOnly ? String(moment.instant.description.prefix(10)) : moment.instant.description
        }
        #expect(shown == expected)
    }

    @Test("years of two digits lie in the hundred that are stated")
    func century() async throws {
        for (form, first, second) in [("mdy", "10/5/30", "10/5/29"), ("MM-DD-YY", "10-05-30", "10-05-29")] {
            let text = "visit_id,customer_id,opened_at,closed_at\n1,a,2026-10-05,\(first)\n2,b,2026-10-05,\(second)\n"
            let read = try await read("two-digit-years: 1930-2029\ndates: \(form)", text)
            #expect(read.orders.closedAt.map { $0.instant.description.prefix(4) } == ["1930", "2029"])
        }
    }

    @Test("date and time in two columns, a midnight beside the date, and no time")
    func dateAndTime() async throws {
        let text = """
            visit_id,customer_id,D,T
            1,a,10/5/2026,2:30 PM
            2,b,10/5/2026 12:00:00 AM,14:30
            3,c,10/6/2026,
            4,d,10/7/2026 0:00:00,

            """
        let read = try await read("columns: { opened_at: { date: D, time: T } }", text)
        #expect(read.orders.openedAt.map(\.instant.description) == [
            "2026-10-05T19:30:00Z", "2026-10-05T19:30:00Z", "2026-10-06T05:00:00Z", "2026-10-07T05:00:00Z",
        ])
        #expect(read.orders.openedAt.map(\.isDateOnly) == [false, false, true, true])
    }

    @Test("a zone and a form of one column, and a time by what passed since another")
    func columnZone() async throws {
        let text = """
            visit_id,customer_id,A,Took
            1,a,05.10.26 14:30,90
            2,b,05.10.26 14:30,1:05:30
            3,c,05.10.26 14:30,
            4,d,05.10.26 14:30,soon

            """
        let read = try await read(
            """
            columns:
              opened_at: { column: A, dates: DD.MM.YY hh:mm, time-zone: UTC }
              closed_at: { column: A, dates: DD.MM.YY hh:mm, plus: Took, unit: min }
            """, text)
        #expect(Set(read.orders.openedAt.map(\.instant.description)) == ["2026-10-05T14:30:00Z"])
        #expect(read.orders.closedAt.map { $0.isMissing ? "" : $0.instant.description } == [
            "2026-10-05T21:00:00Z", "2026-10-05T20:35:30Z", "", "",
        ])
        #expect(codes(read.exports) == ["unreadable-date"])
        #expect(read.exports.diagnostics.first?.location?.row == 5)
    }

    @Test("only and except: values, patterns, comparisons, empty and not empty")
    func filters() async throws {
        let text = """
            visit_id,customer_id,opened_at,Type,Total,Void
            RO1,a,2026-10-05,RO,"1,200.00",
            RO2,b,2026-10-05,RO,0,
            PT3,c,2026-10-05,RO,5,
            RO4,d,2026-10-05,ROX,$0.01,
            RO5,e,2026-10-05,RO,7,10/6/2026
            RO6,f,2026-10-05,XRO,7,
            RO7,g,2026-10-05,RO,n/a,

            """
        func kept(_ filter: String) async throws -> String {
            let read = try await read(filter, text)
            #expect(read.exports.header.audits[0].rowsRead == 7)
            #expect((read.exports.header.audits[0].setAside[.leftOutByMapping] ?? 0) == 7 - read.orders.count)
            return (0..<read.orders.count).map { String(read.orders.identifiers[Int32($0)].suffix(1)) }.joined()
        }
        #expect(try await kept("only: { Type: RO }") == "12357")
        #expect(try await kept("only: { Type: \"RO*\" }") == "123457")
        #expect(try await kept("only: { visit_id: \"R*1\", Type: RO }") == "1")
        #expect(try await kept("only: { Total: \"> 0\" }") == "13456")
        #expect(try await kept("only: { Total: \"<= 0.01\" }") == "24")
        #expect(try await kept("only: { Void: \"*\" }") == "5")
        #expect(try await kept("except: { Void: \"*\" }") == "123467")
        #expect(try await kept("except: { Void: \"\" }") == "5")
        #expect(try await kept("except: { Type: [ROX, XRO], visit_id: \"PT*\" }") == "1257")
        #expect(try await kept("only: { Total: \">= 5\" }\nexcept: { Total: \"> 7\" }") == "356")
    }

    @Test("the first choice whose conditions a row meets")
    func choose() async throws {
        let text = """
            visit_id,customer_id,opened_at,Cust,Warr,Int,Void,St
            1,a,2026-10-05,10.00,5,0,,O
            2,b,2026-10-05,0,5,1,,C
            3,c,2026-10-05,,,1,2026-10-06,C
            4,d,2026-10-05,,,,,

            """
        let read = try await read(
            """
            columns:
              pay_type:
                choose:
                  - { when: { Cust: "> 0" }, value: customer }
                  - { when: { Warr: "> 0" }, value: warranty }
                  - { when: { Int: "> 0" }, value: internal }
              status:
                choose:
                  - { when: { Void: "*" }, value: void }
                  - { column: St }
                values: { O: open, C: closed }
            """, text)
        #expect(read.orders.payType == [.customer, .warranty, .internal, nil])
        #expect(read.orders.status == [.open, .closed, .void, nil])
        #expect(codes(read.exports).isEmpty)
    }

    @Test("quotes are letters where the export has none")
    func quotes() async throws {
        let text = "visit_id\tcustomer_id\topened_at\tname\n1\t\"Big\" Al\t2026-10-05\t\"never closed\n2\tb\t2026-10-05\tx\n"
        let read = try await read("delimiter: tab\nquotes: no", text)
        #expect(read.orders.customer.map { read.journal.customers[$0] } == ["·\"Big\" Al", "·b"])
        let quoted = try await self.read("delimiter: tab", text)
        // With quotes the line whose quote is never closed is set aside, and the one below read.
        #expect(quoted.orders.count == 1)
    }

    @Test("values from a file of the dealership's folder; the mapping's own go before")
    func valuesFile() async throws {
        let text = "visit_id,customer_id,opened_at,Pay\n1,a,2026-10-05,CP\n2,b,2026-10-05,WP\n3,c,2026-10-05,IP\n"
        let mapping = "columns: { pay_type: { column: Pay, values-file: pay.csv, values: { IP: warranty } } }"
        let read = try await read(
            mapping, text, others: ["pay.csv": "theirs,ours\nCP,customer\n\"WP\",warranty\nIP,internal\n"])
        #expect(read.orders.payType == [.customer, .warranty, .warranty])
        #expect(codes(read.exports).isEmpty)
        let wrong = ["theirs,ours\nCP,retail\nX,internal\nX,customer\nY\n", "theirs,ours\n"]
        for (file, rows) in zip(wrong, [[2, 4, 5], [nil]]) {
            let rejection = await #expect(throws: Rejection.self) {
                _ = try await self.read(mapping, text, others: ["pay.csv": file])
            }
            #expect(rejection?.diagnostics.map(\.code).allSatisfy { $0 == "bad-values-file" } == true)
            #expect(rejection?.diagnostics.map { $0.location?.row } == rows)
        }
        let missing = await #expect(throws: Rejection.self) { _ = try await self.read(mapping, text) }
        #expect(missing?.diagnostics.map(\.code) == ["unreadable-file"])
        #expect(missing?.diagnostics.first?.location?.file == "dealership.yaml")
    }

    @Test("a preset's column that is missing is noted, one that is required stops")
    func absent() async throws {
        let mapping = "preset: dealertrack-ro"
        let text = "RepairOrderNumber,CustomerKey,OpenDate,PaymentMethod\n1,a,20261005,W\n"
        let read = try await read(mapping, text)
        #expect(read.orders.payType == [.warranty])
        #expect(codes(read.exports) == ["absent-column"])
        #expect(read.exports.diagnostics.first?.message
            == "the header has no VIN, CloseDate, TotalSale: vin, closed_at, amount of service_visits are empty, "
                + "or made of what is there")
        let rejection = await #expect(throws: Rejection.self) {
            _ = try await self.read(mapping, text.replacing("CustomerKey", with: "Key"))
        }
        #expect(rejection?.diagnostics.map(\.code) == ["missing-column"])
    }
}
