import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Sample
import Testing

/// The made-up dealership has somebody to speak to, by a rule of its own, and cars that are on record and that are not.
struct ProspectSampleTests {
    private func read(_ made: SampleDealership) async throws -> StagedExports {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kpi-sample-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in made.files {
            let target = folder.appendingPathComponent(file.path)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: target)
        }
        let text = try #require(made.files.first { $0.path == "dealership.yaml" }).text
        let settings = try DealershipFile.read(text: text, file: "dealership.yaml").value
        return try await StagedExports.read(directory: folder.path, settings: settings, tasks: 2)
    }

    @Test(arguments: [1, 4] as [UInt64]) func somebodyQualifiesAndSomebodyIsSpokenTo(seed: UInt64) async throws {
        let exports = try await read(make(seed: seed, months: 8, size: 0.4))
        let rule = try #require(exports.header.settings.prospects)
        #expect(exports.header.settings.conversion.wayBackDays == 180)
        let facts = Facts(
            exports.group(0),
            context: LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings)))
        let prospects = facts.prospects(rule)
        let coming = (0..<prospects.count).filter { prospects.day[$0] > exports.header.asOfDay }
        for standing in ProspectFacts.Standing.allCases {
            #expect(coming.contains { prospects.standing[$0] == standing }, "\(standing)")
        }
        #expect(coming.allSatisfy { !prospects.isOver[$0] })
        let over = (0..<prospects.count).filter { prospects.isOver[$0] && prospects.standing[$0] == .qualifies }
        let spoken = over.count { prospects.contactedAt[$0] != ProspectFacts.never }
        #expect(spoken > over.count / 10 && spoken < over.count / 2, "\(spoken) of \(over.count)")
        for kind in [ProspectRule.Kind.vehicleAge, .mileage, .leaseEnd, .recall] {
            #expect(over.contains { prospects.met[$0].contains { $0.kind == kind } }, "\(kind.label)")
        }
        #expect((0..<facts.sales.count).contains { facts.wayBack.isBooked[$0] })
    }

    /// A car bought here keeps its VIN, whichever year it comes in.
    @Test func aCarKeepsItsNumber() throws {
        let made = make(months: 14, size: 0.4)
        let deals = Set(try Rows(made, "dms_deals.csv", key: "sale_id")["vin"])
        for path in ["RO_2025.tsv", "RO_2026.tsv"] {
            let cars = Set(try Rows(made, path, key: "RO Number")["VIN"])
            #expect(cars.intersection(deals).count > 5, "\(path)")
        }
        // The tenth letter is the model year's: what was sold in one year comes back in the next.
        let sold = deals.filter { $0.dropFirst(9).first == "S" }
        #expect(try !sold.isDisjoint(with: Rows(made, "RO_2026.tsv", key: "RO Number")["VIN"]))
    }

    @Test func cellsThatCannotBeReadAreNamed() async throws {
        let made = make(months: 4, size: 0.4)
        let audit = try #require(try await read(made).header.audits.first { $0.label == "Service appointments" })
        let planted = try #require(made.truth.faults[.unreadableCell])
        let unreadable = (audit.cellsSetAside[.unreadableTime] ?? 0) + (audit.cellsSetAside[.unreadableNumber] ?? 0)
        #expect(planted > 0 && unreadable == planted)
        #expect(audit.rowsSetAside == 0, "their rows count")
    }
}
