import Basis
import Dealership
import Ingest
import Measures
import Testing

/// What `kpi explain` lists is what was counted: of every measure with rows, over every dimension and label.
@Suite("Rows behind figures")
struct EvidenceTests {
    /// By measure: the column that counts its rows.
    private static let counted: [String: String] = [
        "first-response-time": "conversations", "next-response-time": "conversations",
        "lead-response-time": "conversations", "resolution-time": "conversations", "handoffs": "handoffs", "calls": "calls",
        "prospect-coverage": "prospects", "way-back": "sales", "service-gross": "sales",
        "stopped-clocks": "listed", "service-funnel": "visits", "service-to-sales": "visits",
        "time-to-sale": "visits", "cohorts": "visits",
        "customer-links": "links", "customer-match": "visits", "outage-remedies": "exposed",
        "vendor-scorecard": "outages",
    ]

    /// Rows that are not counted one by one: spans of downtime, records of several kinds at once.
    private static let listedOnly: Set<String> = [
        "outage-impact", "outage-protocol", "vendor-contracts", "outage-exposure", "missing-volume",
        "outage-delay", "outage-cost", "outage-curve", "dedicated-difference",
    ]

    @Test("a measure with rows is held against its tally")
    func noneIsPassedOver() async throws {
        let exports = try await Folder(RandomDealership(seed: 7).allFiles()).read()
        let journals = (0..<exports.groupCount).map { exports.group($0) }
        for request in everyRequest where Self.counted[request.name] == nil && !Self.listedOnly.contains(request.name) {
            let context = LinkingContext(
                header: exports.header, parameters: Tabulation.linking(request, exports.header.settings))
            let hasRows = journals.contains { journal in
                let found = request.measure.evidence(Facts(journal, context: context), EvidenceSlice(month: nil, labels: [:]))
                return !(found?.rows ?? []).isEmpty
            }
            #expect(!hasRows, "name the column that counts the rows of \(request.name) in `counted`")
        }
    }

    @Test("as many rows as the tally counts, label by label", arguments: everyRequest.filter { counted[$0.name] != nil })
    func agree(request: MeasureRequest) async throws {
        let byDeal = (request.measure as? ServiceToSales)?.view == .byDeal
        let column = byDeal ? "touches" : try #require(Self.counted[request.name])
        // Rows without a target count as rows, not as in time or late.
        let takesAll: Set<String> = ["no target"]
        for seed in [7, 20, 33] {
            let exports = try await Folder(RandomDealership(seed: UInt64(seed)).allFiles()).read()
            let context = LinkingContext(
                header: exports.header, parameters: Tabulation.linking(request, exports.header.settings))
            let groups = (0..<exports.groupCount).map { Facts(exports.group($0), context: context) }
            for spec in everyTable(request) where spec.by.count == 1 && spec.by != [.month] {
                for row in tabulate(exports, [spec])[0].rows {
                    let slice = EvidenceSlice(month: nil, labels: [spec.by[0]: row.labels[0]])
                    let found = groups.flatMap { request.measure.evidence($0, slice)?.rows ?? [] }
                    let told = found.count { $0.isCounted || takesAll.contains($0.standing) }
                    let tallied = Tabulation.value(column, of: row.tally, in: spec)
                    #expect(tallied == .count(Int64(told)), "\(spec.measureAndDimensions) \(row.labels) seed \(seed)")
                }
            }
        }
    }
}
