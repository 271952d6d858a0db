import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
@testable import Reporting
import Statistics
import Testing

/// What the group report says of stores against each other, and what it does not say.
@Suite struct StorePagesTests {
    private let august = Month(year: 2026, month: 8)

    /// So many stores of one rate, 85 in 100 of 200 each, up and down by chance; then those given.
    private func group(_ count: Int, spread: Int = 4, _ others: [(name: String, inTime: Int, of: Int)] = []) -> TinyReport {
        var report = TinyReport()
        report.export(.messages)
        report.store("a", inTime: 170, missed: 30)
        for index in 1..<count {
            report.otherStores.append(Store(identifier: "s\(index)", name: "Store \(index)", zone: 0, group: 0))
            let inTime = 170 + (index * 7919 % (2 * spread + 1)) - spread
            report.store("s\(index)", inTime: inTime, missed: 200 - inTime)
        }
        for other in others {
            report.otherStores.append(Store(identifier: other.name, name: other.name, zone: 0, group: 0))
            report.store(other.name, inTime: other.inTime, missed: other.of - other.inTime)
        }
        return report
    }

    @Test func whoLiesFarBelowIsNamedAndNobodyElse() {
        let drawn = group(30, [("Lakeside", 120, 200)]).draw(.storesStandOut)
        #expect(drawn.headline == "One store needs help")
        #expect(drawn.words.contains("Lakeside"))
        #expect(drawn.words.contains("60 %: 120 of 200 in time; at the average of all it would be 169."))
        #expect(
            drawn.words.contains(
                "Beyond the dashed curves 1, by chance about 2; beyond the solid ones 1, by chance about 0.06"))
        #expect(!drawn.words.contains("Store 7"))
        #expect(drawn.ledger.entries.filter { $0.id.code == "RESP-02" }.count == 31)
    }

    @Test func withinTheRangeNobodyIsNamed() {
        let drawn = group(30).draw(.storesStandOut)
        #expect(drawn.headline == "No store stands out from the others")
        #expect(drawn.words.contains("Stores differ no more than chance explains."))
    }

    /// Spiegelhalter 2005, section 3.2: stores that differ for many small reasons get wider curves, and nobody is
    /// called out for what is usual among them.
    @Test func whereStoresDifferTheCurvesAreWider() throws {
        let report = group(40, spread: 24)
        let comparison = StoreComparison(report.context)
        let shares = report.context.header.stores.compactMap {
            report.context.answeredInTime(.responsesByStore, report.context.at(report.month, [.store: $0.identifier]))
        }
        let limits = try #require(FunnelLimits.of(shares).value)
        #expect(limits.overdispersion > 4 && comparison.answers.widening == limits.overdispersion.squareRoot())
        let unadjusted = try #require(FunnelLimits.of(shares, adjusted: false).value)
        #expect(unadjusted.places.contains { $0.zone == .farBelow })
        #expect(comparison.answers.helped.isEmpty)
        let drawn = report.draw(.storesStandOut)
        #expect(drawn.headline == "No store stands out from the others")
        #expect(drawn.words.contains("Stores differ by more than chance: the curves are "))
    }

    @Test func tooFewAreNotCompared() {
        #expect(TinyReport().draw(.storesStandOut).headline == "Nothing exported to hold stores against each other")
        var one = TinyReport()
        one.export(.messages)
        one.store("a", inTime: 100, missed: 10)
        let alone = one.draw(.storesStandOut)
        #expect(alone.headline == "One store: nothing to hold it against")
        #expect(alone.words.contains("Fewer than two stores with 20: nothing to compare."))
        #expect(!alone.words.contains("No store has a conversation judged"))
        let few = group(2, [("Lakeside", 3, 4)])
        let drawn = few.draw(.storesStandOut)
        #expect(drawn.words.contains("1 store with fewer than 20 not shown."))
        #expect(!drawn.words.contains("75 %"))
    }

    /// 5, 30 and 300 stores: a tile each, on as many sheets as it takes, those that stand out first.
    @Test(arguments: [(5, 1), (30, 1), (300, 8)])
    func aTileAStore(_ count: Int, _ most: Int) {
        let drawn = group(count - 1, [("Lakeside", 90, 200)]).draw(.storesOverTime)
        #expect(drawn.page.laid.sheets.count <= most, "\(drawn.page.laid.sheets.count)")
        #expect(drawn.page.laid.shortened.isEmpty, "\(drawn.page.laid.shortened)")
        #expect(drawn.headline == "\(count) stores over 13 months")
        for index in 1..<(count - 1) { #expect(drawn.words.contains("Store \(index)")) }
        #expect(drawn.ledger.entries.count == count)
    }
}
