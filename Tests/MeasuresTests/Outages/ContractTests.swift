import Basis
import Dealership
import Ingest
import Measures
import Testing

/// Months of contracts, computed by hand.
@Suite("Vendors' contracts")
struct ContractTests {
    private static let zone = "time-zone: America/Chicago\n"

    /// A dealership with one mail system, its outages and claims, known until the end of October 2026 unless said otherwise.
    static func folder(
        _ contract: String, outages: [String], claims: [String] = [], hours: String = "", more: String = "",
        covered: String = "covered-from: 2026-01-01, covered-until: 2026-10-31"
    ) throws -> Folder {
        var files = [
            "dealership.yaml": """
            name: Riverside
            \(zone)\(hours)
            outages: { systems: { e-mail: { activities: [email], vendor: Northmail } } }
            contracts: { Northmail: \(contract) }
            \(more)
            exports: { outages: { file: outages.csv, \(covered) } }
            """,
            "exports/outages.csv": (["outage_id,store_id,vendor,system,started_at,ended_at,external"] + outages)
                .joined(separator: "\n") + "\n",
        ]
        if !claims.isEmpty {
            files["exports/claims.csv"] =
                (["claim_id,outage_id,asked_at,answered_at,amount_asked,amount_received,promise,promise_kept"] + claims)
                .joined(separator: "\n") + "\n"
        }
        return try Folder(files)
    }

    /// The cells of one contract month, as machines read them.
    static func cells(_ folder: Folder, _ month: String, _ columns: [String]) async throws -> [String] {
        let exports = try await folder.read()
        let spec = TableSpec(
            name: "c", request: MeasureRequest(VendorContracts()), by: [.vendor, .month], columns: columns)
        let table = tabulate(exports, [spec])[0]
        guard let tally = table.cells[["Northmail", month]] else { return [] }
        return columns.map { Tabulation.value($0, of: tally, in: spec).plain }
    }

    private static let terms =
        "availability: 99.9 %, fee: 1648, credit: { below 99.9 %: 10 %, below 99.0 %: 25 % }, claim-within: 31 days"

    @Test(
        "at the tier's border: as many seconds as allowed are kept, one more is not",
        arguments: [
            // September has 2,592,000 s; 99.9 % leaves 2,592 of them, 99.0 % 25,920.
            ("2026-09-10T12:43:12Z", ["1", "0", "2592", "2592", "0.000000", "0.00", "0.999000", ""]),
            ("2026-09-10T12:43:13Z", ["0", "1", "2593", "2592", "0.100000", "164.80", "0.999000", "2026-10-11"]),
            ("2026-09-10T19:12:00Z", ["0", "1", "25920", "2592", "0.100000", "164.80", "0.990000", "2026-10-11"]),
            ("2026-09-10T19:12:01Z", ["0", "1", "25921", "2592", "0.250000", "412.00", "0.990000", "2026-10-11"]),
        ])
    func border(end: String, expected: [String]) async throws {
        let folder = try Self.folder(
            "{ \(Self.terms) }", outages: ["O1,,Northmail,e-mail,2026-09-10T12:00:00Z,\(end),yes"])
        let columns = [
            "kept", "missed", "down_seconds", "allowed_seconds", "credit_share", "credit_due", "availability",
        ]
        let found = try await Self.cells(folder, "2026-09", columns)
        #expect(found == Array(expected.prefix(7)))
        let spec = TableSpec(name: "m", request: MeasureRequest(VendorContracts()), by: [.month], columns: ["seconds"])
        let exports = try await folder.read()
        let tally = try #require(tabulate(exports, [spec])[0].cells[["2026-09"]])
        #expect(Tabulation.value("seconds", of: tally, in: spec) == .count(2_592_000))
        let month = try #require(
            ContractMonths(
                LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings))
            )
            .months.first { $0.month == Month(year: 2026, month: 9) })
        #expect(month.claimBy?.description ?? "" == expected[7])
    }

    @Test(
        "months have the seconds of their days, leap days and clock changes included",
        arguments: [
            // 29 days; 28; 31 less the hour in spring; 30 and the hour in autumn.
            ("2028-02", "2505600", "2505"), ("2027-02", "2419200", "2419"), ("2026-03", "2674800", "2674"),
            ("2026-11", "2595600", "2595"),
        ])
    func lengths(month: String, seconds: String, allowed: String) async throws {
        let folder = try Self.folder(
            "{ \(Self.terms) }", outages: ["O1,,Northmail,e-mail,2026-01-10T12:00:00Z,2026-01-10T12:10:00Z,yes"],
            covered: "covered-from: 2026-01-01, covered-until: 2028-03-31")
        let found = try await Self.cells(folder, month, ["seconds", "allowed_seconds", "kept", "availability"])
        #expect(found == [seconds, allowed, "1", "1.000000"])
    }

    @Test("open time: a month that is closed throughout keeps and breaks nothing")
    func closed() async throws {
        let hours = "hours: { mon-fri: \"08:00-18:00\" }\nexceptions: { 2026-09-01..2026-09-30: closed }"
        let outages = [
            "O1,,Northmail,e-mail,2026-09-10T12:00:00Z,2026-09-12T12:00:00Z,yes",
            // 07:30 to 08:30 by the clock in Chicago: half of it is open.
            "O2,,Northmail,e-mail,2026-10-13T12:30:00Z,2026-10-13T13:30:00Z,yes",
        ]
        let folder = try Self.folder("{ \(Self.terms), measured: open }", outages: outages, hours: hours)
        let columns = ["contract_months", "kept", "missed", "availability", "down_seconds", "seconds"]
        #expect(try await Self.cells(folder, "2026-09", columns) == ["1", "0", "0", "", "0", "0"])
        // 22 weekdays of ten hours.
        #expect(try await Self.cells(folder, "2026-10", columns) == ["1", "0", "1", "0.997727", "1800", "792000"])
    }

    @Test("a contract that begins in the middle of a month: its own days, its fee by days")
    func midMonth() async throws {
        let outages = [
            "O1,,Northmail,e-mail,2026-09-02T12:00:00Z,2026-09-02T22:00:00Z,yes",
            "O2,,Northmail,e-mail,2026-09-20T12:00:00Z,2026-09-20T13:00:00Z,yes",
        ]
        let terms =
            "availability: 99.9 %, fee: 1000.01, credit: { below 99.9 %: 10 % }, claim-within: 31 days, from: 2026-09-16"
        let folder = try Self.folder("{ \(terms) }", outages: outages)
        // 15 of 30 days: 500.005, half a cent up; a tenth of it is 50.001.
        let found = try await Self.cells(folder, "2026-09", ["seconds", "down_seconds", "missed", "credit_due"])
        #expect(found == ["1296000", "3600", "1", "50.00"])
        #expect(try await Self.cells(folder, "2026-08", ["seconds"]) == [])
    }

    @Test("over a month's end, overlapping, ours, another vendor's, and still down")
    func pieces() async throws {
        let outages = [
            // Midnight in Chicago is 05:00 UTC.
            "O1,,Northmail,e-mail,2026-10-01T04:00:00Z,2026-10-01T07:00:00Z,yes",
            "O2,,Northmail,e-mail,2026-10-01T06:00:00Z,2026-10-01T08:00:00Z,",
            "O3,,Northmail,e-mail,2026-10-02T06:00:00Z,2026-10-02T08:00:00Z,no",
            "O4,,Tillmark,e-mail,2026-10-03T06:00:00Z,2026-10-03T08:00:00Z,yes",
            "O5,,,e-mail,2026-10-31T22:00:00Z,,yes",
        ]
        let folder = try Self.folder(
            "{ \(Self.terms) }", outages: outages, claims: ["C9,O1,2026-10-03T06:00:00Z,,50.00,,,"])
        #expect(try await Self.cells(folder, "2026-09", ["down_seconds", "kept"]) == ["3600", "0"])
        // 2 h of O1, 1 h of O2 alone, O5 from 17:00 to midnight.
        #expect(try await Self.cells(folder, "2026-10", ["down_seconds"]) == [String(2 * 3_600 + 3_600 + 7 * 3_600)])
    }

    @Test("credit not asked for: open until the deadline, lost the day after; asked in time is neither")
    func deadlines() async throws {
        let outage = ["O1,,Northmail,e-mail,2026-09-10T12:00:00Z,2026-09-10T14:00:00Z,yes"]
        let other = ["C9,,,,,,,"]
        let columns = ["credit_open", "credit_lost", "claim_by", "days_left", "claims_asked", "amount_received"]
        for (until, expected) in [
            ("2026-10-10", ["164.80", "0.00", "2026-10-11", "1", "0", "0.00"]),
            ("2026-10-11", ["164.80", "0.00", "2026-10-11", "0", "0", "0.00"]),
            ("2026-10-12", ["0.00", "164.80", "", "", "0", "0.00"]),
        ] {
            let folder = try Self.folder(
                "{ \(Self.terms) }", outages: outage, claims: other,
                covered: "covered-from: 2026-01-01, covered-until: \(until)")
            #expect(try await Self.cells(folder, "2026-09", columns) == expected, "\(until)")
        }
        let asked = try Self.folder(
            "{ \(Self.terms) }", outages: outage,
            claims: ["C1,O1,2026-10-11T20:00:00Z,2026-10-20T20:00:00Z,164.80,80.00,better,no"])
        #expect(try await Self.cells(asked, "2026-09", columns) == ["0.00", "0.00", "", "", "1", "80.00"])
        let late = try Self.folder(
            "{ \(Self.terms) }", outages: outage, claims: ["C1,O1,2026-10-12T20:00:00Z,,164.80,,,"])
        #expect(try await Self.cells(late, "2026-09", columns) == ["0.00", "164.80", "", "", "1", "0.00"])
        let none = try Self.folder("{ \(Self.terms) }", outages: outage)
        #expect(try await Self.cells(none, "2026-09", columns) == ["", "", "", "", "", ""])
    }

    @Test("stores: those of the contract, their seconds added up")
    func stores() async throws {
        let files = [
            "dealership.yaml": """
            name: Riverside
            \(Self.zone)
            outages: { systems: { e-mail: { activities: [email], vendor: Northmail } } }
            contracts: { Northmail: { \(Self.terms), stores: [S1, S2] } }
            exports: { outages: { file: outages.csv, covered-from: 2026-09-01, covered-until: 2026-10-31 } }
            """,
            "exports/stores.csv": "store_id,name\nS1,One\nS2,Two\nS3,Three\n",
            "exports/outages.csv": """
            outage_id,store_id,system,started_at,ended_at
            O1,S1,e-mail,2026-09-10T12:00:00Z,2026-09-10T13:00:00Z
            O2,S3,e-mail,2026-09-11T12:00:00Z,2026-09-11T18:00:00Z
            O3,,e-mail,2026-09-12T12:00:00Z,2026-09-12T12:10:00Z

            """,
        ]
        let found = try await Self.cells(Folder(files), "2026-09", ["seconds", "down_seconds", "kept"])
        #expect(found == ["5184000", "4800", "1"])
    }

    @Test("promises are compared in whole seconds, also where a Double would round")
    func exact() {
        let promise = VendorContract.Availability(milliPercent: 99_999)
        #expect(promise.words == "99.999 %")
        #expect(promise.allowance(total: 2_592_000) == 25)
        #expect(!promise.isMissed(down: 25, total: 2_592_000))
        #expect(promise.isMissed(down: 26, total: 2_592_000))
        for milliPercent in [0, 1, 50_000, 99_900, 99_990, 100_000] {
            let promise = VendorContract.Availability(milliPercent: milliPercent)
            for total: Int64 in [1, 7, 2_592_000, 777_600_000] {
                let allowed = promise.allowance(total: total)
                #expect(!promise.isMissed(down: allowed, total: total))
                #expect(allowed == total || promise.isMissed(down: allowed + 1, total: total))
            }
        }
    }
}
