import Basis
import Dealership
import Ingest
import Measures
import Testing

@Suite("Vendor scorecard and claim pack")
struct ScorecardTests {
    private static let terms =
        "{ availability: 99.9 %, fee: 1000, credit: { below 99.9 %: 10 % }, claim-within: 31 days, renewal: 2027-03-01, notice: 60 days }"
    /// One hour down in each of these months breaks a promise that leaves some 44 minutes.
    private static func outages(_ months: [Int]) -> [String] {
        months.map {
            "O\($0),,Northmail,e-mail,2026-\(twoDigits($0))-10T12:00:00Z,2026-\(twoDigits($0))-10T13:00:00Z,yes"
        }
    }

    private static func cells(
        _ rules: String, _ months: [Int], claims: [String] = ["C9,O1,2026-01-20T12:00:00Z,,1.00,,,"],
        covered: String = "covered-from: 2025-11-01, covered-until: 2026-10-31", _ columns: [String]
    ) async throws -> [String] {
        let folder = try ContractTests.folder(
            terms, outages: outages(months), claims: claims, more: rules.isEmpty ? "" : "rules: { vendors: \(rules) }",
            covered: covered)
        let exports = try await folder.read()
        let request = MeasureRequest(VendorScorecard(rule: exports.header.settings.vendorRule))
        let spec = TableSpec(name: "s", request: request, by: [.vendor], columns: columns)
        let tally = try #require(tabulate(exports, [spec])[0].cells[["Northmail"]])
        return columns.map { Tabulation.value($0, of: tally, in: spec).plain }
    }

    private static let rule =
        "{ over: 12 months, switch: { months-missed: 3, claims-answered-below: 50 % }, watch: [{ months-missed: 2 }, { outages: 9 }] }"

    @Test("the first clause that holds decides; every condition of it must")
    func verdicts() async throws {
        let columns = ["months", "kept", "missed", "verdict", "clause"]
        #expect(
            try await Self.cells(Self.rule, [1, 4, 7], columns) == [
                "12", "9", "3", "switch", "months-missed 3 and claims-answered-below 50 %",
            ])
        let answered = ["C9,O1,2026-01-20T12:00:00Z,2026-01-25T12:00:00Z,1.00,,,"]
        #expect(
            try await Self.cells(Self.rule, [1, 4, 7], claims: answered, columns) == [
                "12", "9", "3", "watch", "months-missed 2",
            ])
        #expect(try await Self.cells(Self.rule, [1], columns) == ["12", "11", "1", "stay", ""])
        #expect(try await Self.cells("", [1, 4, 7], columns) == ["12", "9", "3", "", ""])
    }

    @Test("too few months: no stay, though what is bad already may be said")
    func young() async throws {
        let covered = "covered-from: 2026-04-01, covered-until: 2026-10-31"
        let none = ["C9,O9,2026-09-20T12:00:00Z,,1.00,,,"]
        let columns = ["months", "missed", "verdict", "outages", "mean_seconds_to_restore"]
        #expect(
            try await Self.cells(Self.rule, [9], claims: none, covered: covered, columns) == ["7", "1", "", "1", ""])
        #expect(
            try await Self.cells(Self.rule, [8, 9], claims: none, covered: covered, columns) == [
                "7", "2", "watch", "2", "",
            ])
        #expect(
            try await Self.cells(Self.rule, [7, 8, 9], claims: none, covered: covered, columns) == [
                "7", "3", "switch", "3", "3600.000",
            ])
    }

    @Test("claims, promises, credit and notice")
    func claims() async throws {
        let claims = [
            "C1,O1,2026-01-20T12:00:00Z,2026-01-25T12:00:00Z,100.00,40.00,a second route,no",
            "C4,O4,2026-04-20T12:00:00Z,2026-04-25T12:00:00Z,100.00,100.00,,", "C7,O7,2026-09-20T12:00:00Z,,100.00,,,",
        ]
        let columns = [
            "claims_asked", "claims_answered", "credit_due", "credit_received", "credit_lost", "promises",
            "promises_broken",
            "renewal", "notice_by", "days_to_notice",
        ]
        // The third was asked after its deadline, 10 August.
        #expect(
            try await Self.cells("", [1, 4, 7], claims: claims, columns) == [
                "3", "2", "300.00", "140.00", "100.00", "1", "1", "2027-03-01", "2026-12-31", "61",
            ])
    }

    @Test("claim pack: every line of the computation, and attachments that no spreadsheet runs")
    func pack() async throws {
        let folder = try ContractTests.folder(
            "{ availability: 99.9 %, fee: 1648, credit: { below 99.9 %: 10 %, below 99.0 %: 25 % }, claim-within: 31 days }",
            outages: ["=O1,,Northmail,e-mail,2026-10-13T14:12:00Z,2026-10-13T18:40:00Z,yes"])
        let header = try await folder.read().header
        let context = LinkingContext(header: header, parameters: LinkingParameters(header.settings))
        let month = Month(year: 2026, month: 10)
        #expect(ClaimPack(context, vendor: "Nobody", month: month) == nil)
        #expect(ClaimPack.months(context, vendor: "Northmail") == [month])
        let pack = try #require(ClaimPack(context, vendor: "Northmail", month: month))
        #expect(pack.creditDue == Money(minorUnits: 16_480))
        #expect(pack.claimBy == Day(year: 2026, month: 11, day: 13))
        #expect(pack.daysLeft == 13)
        #expect(pack.timeline.map(\.words) == ["down", "restored"])
        #expect(
            pack.computation.map { "\($0.label): \($0.value) \($0.unit)" } == [
                "Time of the month: 2678400 s", "Availability promised: 99.9 % ", "Time that may be down: 2678 s",
                "Down, 1: 16080 s",
                "Down together: 16080 s", "Availability reached: 99.399 % ", "Tier: 10 % of the fee",
                "Fee of the month: 1648.00 USD", "Credit due: 164.80 USD",
            ])
        #expect(
            pack.attachments.map(\.name) == [
                "claim-Northmail-2026-10-evidence.csv", "claim-Northmail-2026-10-timeline.csv",
                "claim-Northmail-2026-10-computation.csv",
            ])
        let evidence = try #require(pack.attachments.first)
        #expect(evidence.text.contains("\n'=O1,e-mail,"))
        #expect(evidence.text.contains(",16080,16080,,no\n"))
    }
}
