import Basis
import Dealership
import Measures
import Statistics

/// Makes one effort's assessment out of its tables.
struct EffortAssessor {
    let programme: EffortProgramme
    let record: EffortRecord
    let specs: [TableSpec]
    let tables: [TallyTable]
    let cut: Day
    let context: LinkingContext

    private var effort: Effort { record.declared }

    func assessment(openAtOnce: Int) -> EffortAssessment {
        let series = series(effort.goal.measure, at: 0)
        let judge = series.map { EffortJudge(effort, $0, units: units, cut: cut) }
        var power: EffortPower?
        var taken: (verdict: EffortVerdict, result: EffortResult?) = (EffortVerdict(.cannotTell, .noFigures), nil)
        if let judge {
            taken = judge.verdict { look in
                let found = judge.power(at: [look])
                power = found
                return found?.share(at: look)
            }
        } else if effort.start > cut {
            taken.verdict = EffortVerdict(.notBegun, .ahead)
        }
        if let reason = outside, taken.verdict.finding != .notBegun {
            taken.verdict = EffortVerdict(.cannotTell, reason)
        }
        let awaits = [.tooEarly, .notBegun].contains(taken.verdict.finding)
        if awaits, let judge {
            let ahead = judge.looks.looks.filter { $0.day > cut }
            power = judge.power(at: ahead) ?? power
        }
        let guards = self.guards(judge)
        let flags = EffortFlags(
            record: record, effort: effort, judge: judge, taken: taken, power: power, guards: guards, cut: cut,
            openAtOnce: openAtOnce, limit: programme.settings.efforts.mostAtOnce
        ).flags
        return EffortAssessment(
            record: record, effort: effort, cut: cut, series: series, judge: judge, verdict: taken.verdict,
            result: taken.result, power: power, guards: guards, flags: flags)
    }

    /// What lies outside the series: other efforts, a scope that moved.
    private var outside: EffortVerdict.Reason? {
        if let other = programme.overlapping(record).first { return .overlap(name: other.effort.name) }
        let moved = record.versions.isEmpty ? [] : record.sinceStart.filter { $0.subject == .scope }
        return moved.first.map { .scopeChanged($0.words) }
    }

    // MARK: Series

    private func series(_ measure: EffortMeasure, at place: Int, stores: [String]? = nil) -> EffortSeries? {
        EffortSeries(
            effort, measure,
            .init(
                table: tables[place], spec: specs[place], header: context.header, cut: cut,
                stores: stores ?? effort.stores, baselineFrom: programme.baselineFrom(record),
                outage: outageShare(measure, stores: stores ?? effort.stores)))
    }

    /// The stores' own series, in order of their names.
    private var units: [DifferenceInDifferences.UnitSeries] {
        guard !effort.compare.isEmpty, let place = specs.firstIndex(where: { $0.name.hasSuffix(".stores") }) else {
            return []
        }
        return Set(effort.stores + effort.compare).sorted().map { store in
            let own = series(effort.goal.measure, at: place, stores: [store])
            return .init(store, own?.points.map { $0.isLeftOut ? nil : $0.value } ?? [])
        }
    }

    private func guards(_ judge: EffortJudge?) -> [EffortAssessment.Guard] {
        effort.guards.enumerated().map { index, measure in
            guard let series = series(measure, at: index + 1) else {
                return .init(measure: measure, series: nil, gain: nil, missing: say("no figures"))
            }
            var own = effort
            own.goal.measure = measure
            own.method = effort.method == .slope ? .slope : .step
            let judge = EffortJudge(own, series, cut: cut)
            let study = judge.study(on: cut, level: 0.95)
            let gain = judge.gain(study, on: cut)
            var missing = ""
            if gain == nil, case .none(let reason) = study.answer { missing = reason.description }
            return .init(measure: measure, series: series, gain: gain, missing: missing)
        }
    }

    // MARK: Outages

    /// The share of open time in which the figure's activities were down or recovering; of several that of all their
    /// open time together: one of five channels down all week is a fifth.
    private func outageShare(
        _ measure: EffortMeasure, stores named: [String]
    ) -> (ClosedRange<Day>) -> Double {
        let header = context.header
        let stores = header.stores.indices.filter { index in
            let id = header.stores[index].identifier
            let asked = measure.slice[.store].map { [$0] } ?? named
            return (asked.isEmpty || asked.contains(id)) && (programme.store == nil || programme.store == id)
        }
        let activities = measure.outageActivities(header.settings).map { header.code(ofName: $0) }
        guard activities.contains(where: { $0 >= 0 }), !context.coverage.isEmpty else { return { _ in 0 } }
        let context = context
        return { days in
            var (covered, open) = (Int64(0), Int64(0))
            for store in stores {
                let zone = header.zone(ofStore: store)
                let from = zone.startOfDay(days.lowerBound)
                let to = min(zone.startOfDay(days.upperBound + 1), header.asOf)
                guard from < to else { continue }
                let hours = context.calendars.tables[context.calendars.index(store: Int32(store), department: -1)]
                for activity in activities {
                    let portion = context.coverage.portion(
                        of: from..<to, store: Int32(store), activities: [activity], hours: hours)
                    covered += portion.coveredOpenSeconds
                    open += portion.openSeconds
                }
            }
            return open > 0 ? Double(covered) / Double(open) : 0
        }
    }
}

/// What is shown beside a verdict, in the order of its weight.
struct EffortFlags {
    let record: EffortRecord
    let effort: Effort
    let judge: EffortJudge?
    let taken: (verdict: EffortVerdict, result: EffortResult?)
    let power: EffortPower?
    let guards: [EffortAssessment.Guard]
    let cut: Day
    let openAtOnce: Int
    let limit: Int

    var flags: [EffortAssessment.Flag] {
        ofHistory + ofPlan + ofSeries + (record.history.isEmpty ? [.noHistory] : [])
    }

    private var ofHistory: [EffortAssessment.Flag] {
        var flags: [EffortAssessment.Flag] = []
        if !record.history.damage.isEmpty { flags.append(.historyChanged) }
        let moved = record.versions.isEmpty
            ? [] : record.sinceStart.filter { $0.movesTheGoal || $0.subject == .scope }.map(\.words)
        if !moved.isEmpty { flags.append(.goalMoved(moved)) }
        if record.isEditedUnlogged { flags.append(.editedPastHistory(record.unlogged.map(\.words))) }
        if record.isOpenedLate, let first = record.versions.first { flags.append(.openedLate(first.entry.on)) }
        return flags
    }

    private var ofPlan: [EffortAssessment.Flag] {
        var flags: [EffortAssessment.Flag] = []
        if openAtOnce > limit, record.isOpen(on: cut) { flags.append(.tooManyAtOnce(open: openAtOnce, limit: limit)) }
        if effort.why?.finding == nil { flags.append(.noFinding) }
        if effort.asked.isEmpty { flags.append(.nobodyAsked) }
        if let empty = judge?.looks.empty, !empty.isEmpty { flags.append(.emptyLooks(empty)) }
        return flags
    }

    private var ofSeries: [EffortAssessment.Flag] {
        guard let judge else { return [] }
        var flags: [EffortAssessment.Flag] = []
        for one in guards where one.isWorse { flags.append(.guardWorse(one.measure.title)) }
        let canTell = taken.verdict.finding != .cannotTell
        if canTell, judge.mean(.before, on: cut) != nil, judge.goalSize == nil { flags.append(.goalMetBefore) }
        if let deepest { flags.append(.deeperDip(deepest)) }
        if let power, power.known == nil, let last = power.looks.last, last.look.isLast {
            flags.append(.weak(last.share))
        }
        let hit = judge.series.points.indices.filter { position in
            let point = judge.series.points[position]
            return point.isLeftOut || (effort.outages == .mark && point.outage > 0.01)
        }
        if !hit.isEmpty { flags.append(.outages(positions: hit, areLeftOut: effort.outages == .leaveOut)) }
        if case .comparison(let found)? = judge.comparison?.answer, let gap = found.slopeGap, gap.direction != nil {
            flags.append(.apartBefore(gap.estimate))
        }
        if let coverage = taken.result.flatMap({ MeasuredCoverage($0.study) }), coverage.isApproximate {
            flags.append(.approximate(coverage.words))
        }
        return flags
    }

    /// Beyond what was declared, against the mean before.
    private var deepest: Double? {
        guard let depth = effort.dip.depth, let judge, let before = judge.mean(.before, on: cut) else { return nil }
        let values = judge.series.points.filter { $0.stage == .dip && !$0.isLeftOut }.compactMap(\.value)
        let way = effort.goal.direction == .up ? -1.0 : 1
        guard let worst = values.max(by: { ($0 - before) * way < ($1 - before) * way }) else { return nil }
        return (worst - before) * way > depth ? worst : nil
    }
}
