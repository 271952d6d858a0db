public import Basis
public import Statistics

/// Takes an effort's verdict from its series.
///
/// A verdict is that of the last declared look: between looks nobody peeks. What a look may say follows from the data
/// that were known on its day, so that a verdict once given stays as it was.
public struct EffortJudge: Sendable {
    public private(set) var effort: Effort
    public let series: EffortSeries
    /// By store, for comparisons; empty: none are compared.
    public let units: [DifferenceInDifferences.UnitSeries]
    public let cut: Day
    public let looks: EffortLooks

    public init(_ effort: Effort, _ series: EffortSeries, units: [DifferenceInDifferences.UnitSeries] = [], cut: Day) {
        self.effort = effort
        self.series = series
        self.units = units
        self.cut = cut
        let before = series.points.count { $0.stage == .before && ($0.value != nil || $0.isTooNew) && !$0.isLeftOut }
        looks = EffortLooks(effort, before: before)
    }

    // MARK: One look

    /// The study that a verdict on a day stands on.
    public func study(on day: Day, level: Double) -> ChangeStudy {
        var table = series.table(on: day)
        var settings = ChangeStudy.Settings(
            method: .its, change: series.settled, slope: effort.method == .slope, season: table.periods.season)
        settings.level = level
        if effort.method == .stores {
            settings.method = .did
            settings.treated = effort.stores
            settings.season = nil
            let known = table.value.values.map { $0 != nil }
            table.units = units.map { unit in
                let places = unit.values.indices
                return .init(unit.name, places.map { known.indices.contains($0) && known[$0] ? unit.values[$0] : nil })
            }
            table.exposure = nil
        }
        return ChangeStudy(table, settings)
    }

    /// Against stores that did not change, whatever the method; nil: none are named.
    public var comparison: ChangeStudy? {
        guard !effort.compare.isEmpty else { return nil }
        var own = self
        own.effort.method = .stores
        return own.study(on: cut, level: 0.95)
    }

    public func result(_ look: EffortLook) -> EffortResult? {
        let before = mean(.before, on: look.day)
        let after = mean(.after, on: look.day)
        guard let before, let after else { return nil }
        let study = study(on: look.day, level: look.level)
        let gain = gain(study, on: look.day)
        return EffortResult(
            look: look, study: study, before: before, after: after, gain: gain,
            meetsGoal: gain.map { meets(gain: $0.estimate, after: after) } ?? false)
    }

    /// The mean of the points that count; of shares the share of all counts together.
    public func mean(_ stage: EffortSeries.Stage, on day: Day) -> Double? {
        let positions = series.positions(stage, on: day)
        let shares = positions.compactMap { series.points[$0].share }
        if !shares.isEmpty, shares.count == positions.count {
            return shares.reduce(Proportion(successes: 0, trials: 0), +).estimate
        }
        return Moments.mean(positions.compactMap { series.points[$0].value })
    }

    /// A count's factor is turned into what it comes to in the measure's unit.
    func gain(_ study: ChangeStudy, on day: Day) -> EffortResult.Gain? {
        guard let effect = study.effect else { return nil }
        guard effect.scale == .factor, case .interrupted(let fit) = study.answer else {
            return .init(estimate: effect.estimate, lower: effect.interval.lower, upper: effect.interval.upper)
        }
        guard let without = Moments.mean(fit.unchangedEstimates) else { return nil }
        return .init(
            estimate: (effect.estimate - 1) * without, lower: (effect.interval.lower - 1) * without,
            upper: (effect.interval.upper - 1) * without)
    }

    private func meets(gain: Double, after: Double) -> Bool {
        let way = effort.goal.direction == .up ? 1.0 : -1
        switch effort.goal.size {
        case .reach(let value): return (after - value) * way >= 0
        case .by(let size): return gain * way >= size
        case .byShare(let share): return gain * way >= share * (after - gain).magnitude
        }
    }

    // MARK: The verdict

    /// Of this effort alone: what others do to it is the caller's.
    public func verdict(power: (EffortLook) -> Double?) -> (verdict: EffortVerdict, result: EffortResult?) {
        if effort.start > cut { return (EffortVerdict(.notBegun, .ahead), nil) }
        if let stop = stopRule() { return (EffortVerdict(.gettingWorse, stop), looks.last(by: cut).flatMap(result)) }
        if let fault = fault() { return (EffortVerdict(.cannotTell, fault), nil) }
        if cut < effort.settled { return (EffortVerdict(.tooEarly, .insideDip), nil) }
        guard let look = looks.last(by: cut) else { return (EffortVerdict(.tooEarly, .beforeFirstLook), nil) }
        if let gap = gaps(.after, on: look.day) { return (EffortVerdict(.cannotTell, gap), nil) }
        guard let result = result(look) else { return (EffortVerdict(.tooEarly, .beforeFirstLook), nil) }
        guard let gain = result.gain else {
            guard case .none(let reason) = result.study.answer else {
                return (EffortVerdict(.cannotTell, .noFigures), result)
            }
            return (EffortVerdict(.cannotTell, .unanswerable(reason)), result)
        }
        return (verdict(gain, result, power: power), result)
    }

    private func verdict(
        _ gain: EffortResult.Gain, _ result: EffortResult, power: (EffortLook) -> Double?
    ) -> EffortVerdict {
        let look = result.look
        if let direction = gain.direction {
            guard direction == effort.goal.direction else { return EffortVerdict(.gettingWorse, .worse) }
            if result.meetsGoal { return EffortVerdict(.goalReached, .goalMet) }
            return EffortVerdict(.onCourse, look.isLast ? .betterButShort : .better)
        }
        let wouldShow = power(look).map { $0 >= EffortPower.wanted } ?? true
        if wouldShow { return EffortVerdict(.noClearChange, .withinChance) }
        return look.isLast
            ? EffortVerdict(.noClearChange, .tooFewToShow) : EffortVerdict(.tooEarly, .goalWouldNotShow)
    }

    /// What no look can mend.
    private func fault() -> EffortVerdict.Reason? {
        let before = series.positions(.before, on: cut).count
        if before < InterruptedSeries.leastBefore, effort.method != .stores {
            return .unanswerable(
                .tooFew(TooFew(had: before, needed: InterruptedSeries.leastBefore), of: "points before the change"))
        }
        if let gap = gaps(.before, on: cut) { return gap }
        let values = series.values(.before, on: cut)
        if let first = values.first, values.allSatisfy({ $0 == first }) {
            return .unanswerable(.constant("the figure before"))
        }
        if measureIsCount, let bad = series.points.firstIndex(where: { ($0.value ?? 0) < 0 }) {
            return .unanswerable(.notACount(bad))
        }
        return looks.looks.isEmpty ? .goalDayTooSoon : nil
    }

    private var measureIsCount: Bool { series.measure.unit == .count }

    /// More than half of the periods are unknown that could be known.
    private func gaps(_ stage: EffortSeries.Stage, on day: Day) -> EffortVerdict.Reason? {
        let all = series.points.indices.filter {
            series.points[$0].stage == stage && !series.points[$0].isTooNew
                && series.days($0).upperBound + series.measure.lagDays <= day
        }
        let known = series.positions(stage, on: day).count
        return all.count >= 2 && known * 2 < all.count
            ? .gaps(known: known, of: all.count, isBefore: stage == .before) : nil
    }

    /// From the start on, the dip included: it was declared with the dip in mind. Outages do not count against anybody.
    private func stopRule() -> EffortVerdict.Reason? {
        guard let stop = effort.stop else { return nil }
        var run = 0
        var met: EffortVerdict.Reason?
        for (position, point) in series.points.enumerated() where series.days(position).upperBound <= cut {
            guard point.stage == .dip || point.stage == .after, !point.isLeftOut, let value = point.value else {
                continue
            }
            run = (stop.direction == .down ? value < stop.limit : value > stop.limit) ? run + 1 : 0
            // Once met it stays met: whoever goes on opens another effort.
            if run >= stop.periods, met == nil { met = .stopRule(periods: stop.periods, until: position) }
        }
        return met
    }
}
