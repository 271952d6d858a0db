import Foundation
import Testing

@testable import Statistics

/// How often limits hold: seeded simulation. A few hundred series a cell in every run, with bounds that a right method
/// does not leave; `KPI_COVERAGE_RUNS=10000 swift test --filter CoverageTests` prints the table of the documentation.
@Suite struct CoverageTests {
    private static let runs = ProcessInfo.processInfo.environment["KPI_COVERAGE_RUNS"].flatMap { Int($0) }
    private static let correlations = [0.0, 0.2, 0.4]

    private func report(_ line: String) { if Self.runs != nil { print("coverage \(line)") } }

    private func length(_ length: (Int, Int)) -> String { "\(length.0)+\(length.1)" }

    private func errors(_ count: Int, _ correlation: Double, seed: UInt64, _ stream: Int) -> [Double] {
        TimeUntilVisible.series(
            .init(before: count, correlation: correlation, deviation: 1), count: count, seed: seed,
            stream: UInt64(stream))
    }

    private struct Cell {
        var held = 0
        var newey = 0
        var runs = 0
        var share: Double { Double(held) / Double(max(1, runs)) }
    }

    /// The effect adds to the series and to its estimate alike: what is covered does not depend on its size.
    private func autoregressive(_ length: (Int, Int), _ correlation: Double, slope: Bool, runs: Int) throws -> Cell {
        let count = length.0 + length.1
        let positions = Array(0..<count)
        let design = try SegmentedDesign(
            positions: positions, change: length.0, slope: slope, season: count >= 24 ? .ofMonths : nil)
        let weights = design.meanEffect
        let effect = positions.map { $0 < length.0 ? 0 : slope ? 1 + 0.3 * Double($0 - length.0 + 1) : 1 }
        let truth = try #require(Moments.mean(Array(effect.suffix(length.1))))
        var cell = Cell()
        for run in 0..<runs {
            let y = zip(errors(count, correlation, seed: 101, run), effect).map { $0 + $1 }
            let fit = try AutoregressiveErrors(y, on: design.basis, positions: positions)
            let found = fit.combination(weights)
            let limits = Effect.around(
                found.estimate, error: found.error, degreesOfFreedom: found.degreesOfFreedom, level: 0.95, method: "")
            cell.runs += 1
            if limits.interval.contains(truth) { cell.held += 1 }
            guard Self.runs != nil else { continue }
            let plain = try LeastSquares(y, on: design.basis)
            let robust = AutoregressiveErrors.combination(
                weights, plain.coefficients, plain.neweyWest(lag: LeastSquares.usualLag(count: count)))
            let t = StudentDistribution(degreesOfFreedom: Double(plain.degreesOfFreedom)).twoSided(level: 0.95)
            if (robust.estimate - truth).magnitude <= t * robust.error { cell.newey += 1 }
        }
        return cell
    }

    @Test func autoregressiveLimits() throws {
        let lengths = Self.runs == nil ? [(36, 24)] : [(8, 4), (12, 3), (12, 12), (24, 3), (24, 12), (36, 24), (60, 24)]
        for size in lengths {
            for slope in [false, true] {
                for correlation in Self.correlations {
                    let cell = try autoregressive(size, correlation, slope: slope, runs: Self.runs ?? 250)
                    report(
                        "its \(length(size)) \(slope ? "slope" : "step") \(correlation): \(cell.share), Newey–West "
                            + "\(Double(cell.newey) / Double(cell.runs))")
                    #expect(cell.share >= 0.9 && cell.share <= 0.99, "\(size) \(slope) \(correlation): \(cell.share)")
                }
            }
        }
    }

    /// Counts of mean 40 that vary twice as much as chance alone, their logarithms' errors following each other.
    private func counts(_ length: (Int, Int), _ correlation: Double, runs: Int) throws -> Cell {
        let count = length.0 + length.1
        let positions = Array(0..<count)
        let design = try SegmentedDesign(
            positions: positions, change: length.0, season: count >= 24 ? .ofMonths : nil)
        let place = try #require(design.place(of: SegmentedDesign.step))
        let z = NormalDistribution.twoSided(level: 0.95)
        var cell = Cell()
        for run in 0..<runs {
            let error = errors(count, correlation, seed: 102, run)
            // √ of a Poisson count is normal to within its own width: mean 40, variance 80.
            let y = error.map { (40 + $0 * 80.0.squareRoot()).rounded() }.map { max(0, $0) }
            let fit = try QuasiPoisson(y, on: design.basis)
            cell.runs += 1
            if fit.coefficients[place].magnitude <= z * fit.covariance[place][place].squareRoot() { cell.held += 1 }
        }
        return cell
    }

    @Test func countLimits() throws {
        let lengths = Self.runs == nil ? [(36, 24)] : [(12, 12), (24, 12), (36, 24), (60, 24)]
        for size in lengths {
            for correlation in Self.correlations {
                if Self.runs == nil, correlation > 0 { continue }
                let cell = try counts(size, correlation, runs: min(Self.runs ?? 100, 2_000))
                report("counts \(length(size)) \(correlation): \(cell.share)")
                if correlation == 0 { #expect(cell.share >= 0.85 && cell.share <= 0.99, "\(cell.share)") }
            }
        }
    }

    /// A control that follows itself by 0.6 moves the series; its own errors are AR(1), or its level wanders.
    private func counterfactual(
        _ length: (Int, Int), _ correlation: Double, wandering: Double, runs: Int, replicates: Int
    ) throws -> Cell {
        let count = length.0 + length.1
        var cell = Cell()
        for run in 0..<runs {
            let control = errors(count, 0.6, seed: 103, run)
            let noise = errors(count, correlation, seed: 104, run)
            var random = SplitMix64(seed: 105, stream: UInt64(run))
            var level = 0.0
            let y = (0..<count).map { t -> Double? in
                level += wandering * random.normal()
                let effect = t < length.0 ? 0.0 : 1
                return level + noise[t] + 2 * control[t] + effect
            }
            let impact = try Counterfactual(
                y, regressors: [control], change: length.0, replicates: replicates, seed: UInt64(run))
            cell.runs += 1
            if impact.average.interval.contains(1) { cell.held += 1 }
        }
        return cell
    }

    @Test func counterfactualLimits() throws {
        let lengths = Self.runs == nil ? [(36, 24)] : [(12, 12), (24, 12), (36, 24), (60, 24)]
        for size in lengths {
            for (correlation, wandering) in [(0, 0), (0.2, 0), (0.4, 0), (0, 0.1), (0, 0.3)] {
                if Self.runs == nil, correlation != 0.2 { continue }
                let cell = try counterfactual(
                    size, correlation, wandering: wandering, runs: min(Self.runs ?? 40, 1_000),
                    replicates: Self.runs == nil ? 99 : 199)
                report("counterfactual \(length(size)) \(correlation) wandering \(wandering): \(cell.share)")
                if Self.runs == nil { #expect(cell.share >= 0.8, "\(size) \(cell.share)") }
            }
        }
    }

    /// Units that differ, each with AR(1) months: one changed, six did not.
    @Test func comparisonLimits() throws {
        for correlation in Self.correlations {
            var cell = Cell()
            for run in 0..<(Self.runs ?? 400) {
                let units = (0..<7).map { unit -> DifferenceInDifferences.UnitSeries in
                    let values = errors(36, correlation, seed: 106, run * 7 + unit)
                    return DifferenceInDifferences.UnitSeries("\(unit)", values.map { $0 + Double(unit) })
                }
                let found = try DifferenceInDifferences(
                    treated: [units[0]], controls: Array(units.dropFirst()), change: 24)
                cell.runs += 1
                if found.effect.interval.contains(0) { cell.held += 1 }
            }
            report("did 24+12, 6 controls, \(correlation): \(cell.share)")
            #expect(cell.share >= 0.91 && cell.share <= 0.985, "\(correlation): \(cell.share)")
        }
    }

    /// A change that does nothing, looked at four times in its year: called an effect at any of them.
    @Test func falseAlarmsOverAllLooks() throws {
        for correlation in Self.correlations {
            if Self.runs == nil, correlation != 0.2 { continue }
            let looks = [3, 6, 9, 12]
            let designs = try looks.map { after in
                try SegmentedDesign(positions: Array(0..<(24 + after)), change: 24, season: .ofMonths)
            }
            // Information at each look, as planned: by the design and a correlation of 0.2.
            let information = try designs.map { design -> Double in
                let count = design.positions.count
                let fit = try AutoregressiveErrors(
                    errors(count, 0, seed: 107, 0), on: design.basis, positions: design.positions, correlation: 0.2)
                let error = fit.combination(design.meanEffect).error
                return fit.variance / (error * error)
            }
            let spending = try #require(AlphaSpending(fractions: information.map { $0 / (information.last ?? 1) }))
            var alarms = 0
            let runs = Self.runs ?? 200
            for run in 0..<runs {
                let y = errors(36, correlation, seed: 108, run)
                for (look, design) in designs.enumerated() {
                    let fit = try AutoregressiveErrors(
                        Array(y.prefix(24 + looks[look])), on: design.basis, positions: design.positions)
                    let found = fit.combination(design.meanEffect)
                    let limits = Effect.around(
                        found.estimate, error: found.error, degreesOfFreedom: found.degreesOfFreedom,
                        level: 1 - spending.nominal[look], method: "")
                    if limits.direction != nil {
                        alarms += 1
                        break
                    }
                }
            }
            report("false alarms over looks at 3, 6, 9, 12 of 24+12, \(correlation): \(Double(alarms) / Double(runs))")
            #expect(Double(alarms) <= 0.1 * Double(runs), "\(alarms) of \(runs)")
        }
    }
}
