import Basis
import Dealership
import Ingest
import Measures
import Testing

/// A table of one store asks few sharing groups, and says what it would say had it asked all.
@Suite("Which sharing groups a table asks")
struct TablesByGroupTests {
    /// More stores than one is held against: some are neither its own nor beside it.
    private static let roster = "store_id,time_zone,sharing_group\n"
        + "S0,America/Chicago,north\nS1,America/New_York,north\nS2,America/Los_Angeles,\n"
        + (3..<18).map { "S\($0),America/Chicago,\n" }.joined()

    private func tabulated(_ exports: StagedExports, _ specs: [TableSpec]) -> (tables: [TallyTable], asked: Int) {
        let tabulation = Tabulation(header: exports.header, specs: specs)
        var tables = specs.indices.map { tabulation.common($0) }
        var asked = 0
        for (group, positions) in tabulation.tablesByGroup().enumerated() where !positions.isEmpty {
            let facts = tabulation.link(exports.group(group))
            for position in positions {
                tables[position].merge(tabulation.tally(specs[position], facts))
                asked += 1
            }
        }
        return (tabulation.completed(tables), asked)
    }

    @Test("every measure, every store: as if every group were asked", arguments: [7, 21])
    func sameAsAll(seed: UInt64) async throws {
        var files = RandomDealership(seed: seed).allFiles()
        files["exports/stores.csv"] = Self.roster
        let exports = try await Folder(files).read()
        #expect(exports.groupCount == 17)
        var found = 0
        for store in ["S0", "S1", "S2", "S9", "nobody's"] {
            let specs = everyRequest.flatMap(everyTable).map { spec in
                var spec = spec
                spec.store = store
                return spec
            }
            let (some, asked) = tabulated(exports, specs)
            let all = tabulate(exports, specs)
            for (spec, tables) in zip(specs, zip(some, all)) {
                #expect(tables.0 == tables.1, "\(store): \(spec.measureAndDimensions)")
            }
            found += all.reduce(0) { $0 + $1.cells.count }
            if store != "nobody's" { #expect(asked < specs.count * exports.groupCount / 2, "\(store)") }
        }
        #expect(found > 1_000)
    }

    @Test("a table of all stores asks every group")
    func ofAll() async throws {
        let exports = try await Folder(RandomDealership(seed: 3).allFiles()).read()
        let specs = everyTable(MeasureRequest(Volume()))
        let asked = Tabulation(header: exports.header, specs: specs).tablesByGroup()
        #expect(asked == exports.header.groups.map { _ in Array(specs.indices) })
    }
}
