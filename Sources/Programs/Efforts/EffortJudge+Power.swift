import Basis
import Statistics

extension EffortJudge {
    /// What the goal asks for against the time before, without sign; nil where it was met before, or nothing is known.
    public var goalSize: Double? {
        guard let before = mean(.before, on: cut) else { return nil }
        let size: Double = switch effort.goal.size {
        case .reach(let value): effort.goal.direction == .up ? value - before : before - value
        case .by(let size): size
        case .byShare(let share): share * before.magnitude
        }
        return size > 0 ? size : nil
    }

    /// How likely a change of the goal's size shows at each of these looks: by simulation from what the series is like,
    /// judged as the verdict is. Nil where its ups and downs are not known.
    public func power(at looks: [EffortLook], runs: Int = EffortPower.runs) -> EffortPower? {
        guard let size = goalSize, let figures else { return nil }
        let before = series.positions(.before, on: cut).count
        let signed = effort.goal.direction == .up ? size : -size
        let plan = TimeUntilVisible.Plan(
            before: before, figures: figures, slope: effort.method == .slope,
            season: effort.method == .stores ? nil : series.periods.season)
        let shares = looks.compactMap { look -> EffortPower.AtLook? in
            let share = try? TimeUntilVisible.power(
                plan, after: look.periods, size: signed, level: look.level, runs: runs, seed: 1)
            return share.flatMap(\.estimate).map { EffortPower.AtLook(look: look, share: $0) }
        }
        return EffortPower(size: size, looks: shares)
    }

    /// What is drawn, from the fit of the series: counts, shares and means each as they are.
    private var figures: SimulatedFigures? {
        if effort.method == .stores { return figuresOfStores }
        if series.measure.unit == .count {
            guard let mean = mean(.before, on: cut), mean > 0, let fit = fit(.counts) else { return nil }
            let following = min(max(fit.correlation ?? 0, -0.9), 0.9)
            return .counts(mean: mean, dispersion: fit.deviation * fit.deviation, correlation: following)
        }
        guard let fit = fit(.autoregressive), let correlation = fit.correlation, fit.deviation > 0 else { return nil }
        let following = min(max(correlation, -0.9), 0.9)
        let positions = series.positions(.before, on: cut)
        let trials = positions.compactMap { series.points[$0].share?.trials }
        if !trials.isEmpty, trials.count == positions.count, let level = mean(.before, on: cut) {
            return .shares(level: level, trials: trials, seen: fit.deviation, correlation: following)
        }
        return .means(correlation: following, deviation: fit.deviation)
    }

    /// The fit with the change where there is a point after it, else of the time before: there the last point stands
    /// in for the change, whose own term takes it out.
    private func fit(_ model: InterruptedSeries.Model) -> InterruptedSeries? {
        let table = series.table(on: cut)
        let known = table.value.values.indices.filter { table.value.values[$0] != nil }
        let before = known.filter { series.points[$0].stage == .before }
        let hasAfter = before.count < known.count
        guard let change = hasAfter ? series.settled : before.last else { return nil }
        let positions = hasAfter ? known : before
        let points = InterruptedSeries.Points(
            positions: positions, values: positions.compactMap { table.value.values[$0] },
            exposures: table.exposure.map { exposure in positions.compactMap { exposure.values[$0] } }, change: change)
        return try? InterruptedSeries(points, model: model, slope: false, season: series.periods.season)
    }

    /// Of the stores that do not change, before the start: their own trend taken out, ρ and variance as the mean of
    /// all.
    private var figuresOfStores: SimulatedFigures? {
        let before = series.positions(.before, on: cut)
        var (correlations, variances): ([Double], [Double]) = ([], [])
        for unit in units where !effort.stores.contains(unit.name) {
            let known = before.filter { unit.values.indices.contains($0) && unit.values[$0] != nil }
            guard let last = known.last else { continue }
            let points = InterruptedSeries.Points(
                positions: known, values: known.compactMap { unit.values[$0] }, change: last)
            guard let fit = try? InterruptedSeries(points), let correlation = fit.correlation else { continue }
            correlations.append(min(max(correlation, -0.9), 0.9))
            variances.append(fit.deviation * fit.deviation)
        }
        guard correlations.count >= DifferenceInDifferences.leastControls, let correlation = Moments.mean(correlations),
            let variance = Moments.mean(variances)
        else { return nil }
        return .units(
            treated: max(1, effort.stores.count), controls: correlations.count, correlation: correlation,
            deviation: variance.squareRoot())
    }
}
