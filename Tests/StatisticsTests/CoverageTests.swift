import Testing

@testable import Statistics

/// How often limits hold: seeded simulation. A few hundred series a cell in every run, with bounds that a right method
/// does not leave; `Benchmarks/coverage` runs ten thousand and prints the tables of the documentation.
@Suite struct CoverageTests {
    private static let correlations = [0.0, 0.2, 0.4]

    @Test func autoregressiveLimits() throws {
        for change in CoverageSimulation.Change.allCases {
            for correlation in Self.correlations {
                let cell = try CoverageSimulation.interrupted((36, 24), correlation, change, runs: 0..<200)
                #expect(cell.share >= 0.9 && cell.share <= 0.99, "\(change) \(correlation): \(cell.share)")
            }
        }
    }

    @Test func countLimits() throws {
        for change in [CoverageSimulation.Change.step, .none] {
            let cell = try CoverageSimulation.counts((36, 24), 0, change, runs: 0..<100)
            #expect(cell.share >= 0.85 && cell.share <= 0.99, "\(change): \(cell.share)")
        }
    }

    @Test func counterfactualLimits() throws {
        let cell = try CoverageSimulation.counterfactual((36, 24), 0.2, wandering: 0, runs: 0..<40, replicates: 99)
        #expect(cell.share >= 0.8, "\(cell.share)")
    }

    @Test func comparisonLimits() throws {
        for correlation in Self.correlations {
            let cell = try CoverageSimulation.comparison((24, 12), correlation, controls: 6, runs: 0..<400)
            #expect(cell.share >= 0.91 && cell.share <= 0.985, "\(correlation): \(cell.share)")
        }
    }

    /// An effect of a factor or a difference adds to what is simulated and to its estimate alike: limits of a step hold
    /// exactly as often as limits of no change.
    @Test func sizeDoesNotMatter() throws {
        let y = CoverageSimulation.errors(36, 0.3, seed: 4, 0)
        let changed = y.indices.map { $0 < 24 ? y[$0] : y[$0] + 7 }
        func width(_ values: [Double]) throws -> (lower: Double, upper: Double) {
            let fit = try InterruptedSeries(.init(positions: Array(0..<36), values: values, change: 24))
            return (fit.average.interval.lower, fit.average.interval.upper)
        }
        let (none, step) = (try width(y), try width(changed))
        #expect((step.lower - none.lower - 7).magnitude < 1e-6 && (step.upper - none.upper - 7).magnitude < 1e-6)
    }
}
