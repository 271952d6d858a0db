import Statistics

/// How often limits hold, by seeded simulation: what the tests run a few hundred times a cell and `Benchmarks/coverage`
/// ten thousand times.
enum CoverageSimulation {
    /// How often what was true lay within the limits.
    struct Cell {
        var held = 0
        /// The same of least squares with Newey–West errors, where they were asked for.
        var neweyWest = 0
        var runs = 0
        var share: Double { Double(held) / Double(max(1, runs)) }
    }

    /// What is done to the series, and what is asked of it.
    enum Change: String, CaseIterable {
        case step, slope, none
    }

    /// Errors of deviation 1 that follow each other by ρ.
    static func errors(_ count: Int, _ correlation: Double, seed: UInt64, _ stream: Int) -> [Double] {
        var random = SplitMix64(seed: seed, stream: UInt64(stream))
        let spread = (1 - correlation * correlation).squareRoot()
        var error = random.normal()
        return (0..<count).map { t in
            if t > 0 { error = correlation * error + spread * random.normal() }
            return error
        }
    }

    /// Segmented regression with AR(1) errors. Series without a change are drawn by themselves.
    static func interrupted(
        _ length: (before: Int, after: Int), _ correlation: Double, _ change: Change, runs: Range<Int>,
        comparing: Bool = false
    ) throws -> Cell {
        let count = length.before + length.after
        let positions = Array(0..<count)
        let design = try SegmentedDesign(
            positions: positions, change: length.before, slope: change == .slope, season: count >= 24 ? .ofMonths : nil)
        let weights = design.meanEffect
        let effect = positions.map { t -> Double in
            guard t >= length.before, change != .none else { return 0 }
            return change == .slope ? 1 + 0.3 * Double(t - length.before + 1) : 1
        }
        let truth = effect.suffix(length.after).reduce(0, +) / Double(length.after)
        let lag = LeastSquares.usualLag(count: count)
        var cell = Cell()
        for run in runs {
            let own = errors(count, correlation, seed: change == .none ? 109 : 101, run)
            let y = zip(own, effect).map { $0 + $1 }
            let fit = try AutoregressiveErrors(y, on: design.basis, positions: positions)
            let found = fit.combination(weights)
            let t = StudentDistribution(degreesOfFreedom: found.degreesOfFreedom).twoSided(level: 0.95)
            cell.runs += 1
            if (found.estimate - truth).magnitude <= t * found.error { cell.held += 1 }
            guard comparing else { continue }
            let plain = try LeastSquares(y, on: design.basis)
            let covariance = plain.neweyWest(lag: lag)
            let estimate = zip(weights, plain.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
            var variance = 0.0
            for i in weights.indices {
                for j in weights.indices { variance += weights[i] * weights[j] * covariance[i][j] }
            }
            let usual = StudentDistribution(degreesOfFreedom: Double(plain.degreesOfFreedom)).twoSided(level: 0.95)
            if (estimate - truth).magnitude <= usual * max(0, variance).squareRoot() { cell.neweyWest += 1 }
        }
        return cell
    }

    /// Counts of a mean that vary twice as much as chance alone, what they are off by following each other; a step
    /// makes them a quarter more.
    static func counts(
        _ length: (before: Int, after: Int), _ correlation: Double, _ change: Change, mean: Double = 40,
        runs: Range<Int>
    ) throws -> Cell {
        let count = length.before + length.after
        let season: Season? = count >= 24 ? .ofMonths : nil
        let factor = change == .none ? 1 : 1.25
        var cell = Cell()
        for run in runs {
            let error = errors(count, correlation, seed: 102, run)
            let y = error.indices.map { t -> Double in
                let level = t < length.before ? mean : mean * factor
                return max(0, (level + error[t] * (2 * level).squareRoot()).rounded())
            }
            let fit = try InterruptedSeries(
                .init(positions: Array(0..<count), values: y, change: length.before), model: .counts, season: season)
            cell.runs += 1
            if fit.average.interval.contains(factor) { cell.held += 1 }
        }
        return cell
    }

    /// A control that follows itself by 0.6 moves the series, unless there is none; its own errors are AR(1), or its
    /// level wanders. A change adds to the time after alone, which the model does not see: any is covered as often.
    static func counterfactual(
        _ length: (before: Int, after: Int), _ correlation: Double, wandering: Double, hasControl: Bool = true,
        runs: Range<Int>, replicates: Int
    ) throws -> Cell {
        let count = length.before + length.after
        var cell = Cell()
        for run in runs {
            let control = errors(count, 0.6, seed: 103, run)
            let noise = errors(count, correlation, seed: 104, run)
            var random = SplitMix64(seed: 105, stream: UInt64(run))
            var level = 0.0
            let y = (0..<count).map { t -> Double? in
                level += wandering * random.normal()
                return level + noise[t] + (hasControl ? 2 * control[t] : 0) + (t < length.before ? 0 : 1)
            }
            let impact = try Counterfactual(
                y, regressors: hasControl ? [control] : [], change: length.before, replicates: replicates,
                seed: UInt64(run))
            cell.runs += 1
            if impact.average.interval.contains(1) { cell.held += 1 }
        }
        return cell
    }

    /// Units that differ, each with AR(1) months: one changed by 1, the others did not.
    static func comparison(
        _ length: (before: Int, after: Int), _ correlation: Double, controls: Int, runs: Range<Int>
    ) throws -> Cell {
        let count = length.before + length.after
        var cell = Cell()
        for run in runs {
            let units = (0...controls).map { unit -> DifferenceInDifferences.UnitSeries in
                let own = errors(count, correlation, seed: 106, run * (controls + 1) + unit)
                let values = own.indices.map { t -> Double? in
                    own[t] + Double(unit) + (unit == 0 && t >= length.before ? 1 : 0)
                }
                return .init("\(unit)", values)
            }
            let found = try DifferenceInDifferences(
                treated: [units[0]], controls: Array(units.dropFirst()), change: length.before)
            cell.runs += 1
            if found.effect.interval.contains(1) { cell.held += 1 }
        }
        return cell
    }
}
