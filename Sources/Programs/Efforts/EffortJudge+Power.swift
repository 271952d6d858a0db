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

    /// How likely a change of the goal's size shows at each of these looks: by simulation from what the series is like.
    /// Nil where its ups and downs are not known.
    public func power(at looks: [EffortLook], runs: Int = EffortPower.runs) -> EffortPower? {
        guard let size = goalSize, let noise else { return nil }
        let before = series.positions(.before, on: cut).count
        let signed = effort.goal.direction == .up ? size : -size
        let plan = TimeUntilVisible.Plan(
            before: before, correlation: noise.correlation, deviation: noise.deviation, slope: effort.method == .slope,
            season: series.periods.season)
        let shares = looks.compactMap { look -> EffortPower.AtLook? in
            let share = try? TimeUntilVisible.power(
                plan, after: look.periods, size: signed, level: look.level, runs: runs, seed: 1)
            return share.flatMap(\.estimate).map { EffortPower.AtLook(look: look, share: $0) }
        }
        return EffortPower(size: size, looks: shares)
    }

    /// ρ and σ of the series' errors: of the fit with the change where there is one, else of the time before.
    private var noise: (correlation: Double, deviation: Double)? {
        let table = series.table(on: cut)
        let known = table.value.values.indices.filter { table.value.values[$0] != nil }
        let before = known.filter { series.points[$0].stage == .before }
        func points(_ positions: [Int], change: Int) -> InterruptedSeries.Points {
            InterruptedSeries.Points(
                positions: positions, values: positions.compactMap { table.value.values[$0] }, change: change)
        }
        let season = series.periods.season
        // Without a point after the change the last one before stands in for it: its own term takes it out.
        let fit = before.count < known.count
            ? try? InterruptedSeries(points(known, change: series.settled), slope: false, season: season)
            : before.last.flatMap { try? InterruptedSeries(points(before, change: $0), slope: false, season: season) }
        guard let fit, let correlation = fit.correlation, fit.deviation > 0 else { return nil }
        return (min(max(correlation, -0.9), 0.9), fit.deviation)
    }
}
