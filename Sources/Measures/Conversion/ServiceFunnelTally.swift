import Basis
public import Dealership
public import Statistics

extension ServiceFunnel {
    // Counters: the steps, mature visits, for each step whether it can be known at all, then the gross.
    private static let mature = Step.allCases.count
    private static let known = Step.allCases.count + 1
    private static let gross = Step.allCases.count * 2 + 1
    /// Histograms: days from the visit by step, then from the step before.
    private static let later = Step.allCases.count - 1

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        var builder = TallyBuilder(
            counters: ServiceFunnel.gross + GrossColumns.counters, histograms: ServiceFunnel.later * 2)
        let visits = facts.visits
        let funnel = facts.funnel
        let columns = FactColumn.columns(spec.by, visits.count) { ServiceFunnel.column($0, facts) }
        let filter = FactFilter(spec, facts.header)
        let before = Step.allCases.map { ServiceFunnel.before($0) { ServiceFunnel.isKnown($0, facts.header) } }
        var cellOfVisit = [Int](repeating: -1, count: visits.count)
        for visit in 0..<visits.count where filter.admits(store: visits.store[visit], day: visits.day[visit]) {
            let cell = builder.cell(FactColumn.key(columns, visit))
            cellOfVisit[visit] = cell
            let from = visits.day[visit]
            builder.add(to: Step.visit.rawValue, of: cell)
            if facts.lastWatchedDay(store: visits.store[visit]) - from >= windowDays {
                builder.add(to: ServiceFunnel.mature, of: cell)
            }
            for step in 0..<FunnelFacts.steps {
                let day = funnel.day[step][visit]
                if day == FunnelFacts.never { continue }
                builder.add(to: step + 1, of: cell)
                builder.record(max(0, day - from.number), in: step, of: cell)
                let earlier = before[step + 1] == .visit ? from.number : funnel.recorded[before[step + 1].rawValue - 1][visit]
                guard funnel.recorded[step][visit] != FunnelFacts.never, earlier != FunnelFacts.never else { continue }
                builder.record(max(0, day - earlier), in: ServiceFunnel.later + step, of: cell)
            }
        }
        for sale in 0..<facts.sales.count where facts.sales.visit[sale] >= 0 {
            let cell = cellOfVisit[Int(facts.sales.visit[sale])]
            guard cell >= 0 else { continue }
            GrossColumns.add(
                facts.sales.sale[sale], facts.journal.sales, to: &builder, of: cell, base: ServiceFunnel.gross)
        }
        var table = builder.finish { FactColumn.labels(columns, $0) }
        for step in Step.allCases where ServiceFunnel.isKnown(step, facts.header) {
            for labels in table.cells.keys { table.cells[labels]?.counts[ServiceFunnel.known + step.rawValue] = 1 }
        }
        return table
    }

    private static func isKnown(_ step: Step, _ header: JournalHeader) -> Bool {
        switch step {
        case .visit: true
        case .lead: header.knows(.leads)
        case .contact: header.knows(.messages)
        case .appointment, .shown: header.has(.appointments)
        case .sold: header.knows(.sales)
        }
    }

    private static func isKnown(_ step: Step, _ tally: Tally) -> Bool { tally.counts[known + step.rawValue] > 0 }

    /// The last step before that exports know.
    private static func before(_ step: Step, isKnown: (Step) -> Bool) -> Step {
        Step.allCases.last { $0.rawValue < step.rawValue && isKnown($0) } ?? .visit
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        let counts = ["visits", "leads", "contacts", "appointments", "shown", "sold", "mature"]
        if let index = counts.firstIndex(of: column) {
            let needed = column == "mature" ? Step.sold.rawValue : index
            return tally.counts[ServiceFunnel.known + needed] == 0 ? .none : .count(tally.counts[index])
        }
        if let gross = grossValue(column, tally) { return gross }
        guard let step = Step.allCases.dropFirst().first(where: { column.hasPrefix($0.name + "_") }) else { return .none }
        let figure = column.dropFirst(step.name.utf8.count + 1)
        if figure == "days" { return tally.histograms[step.rawValue - 1].quantile(.median).map(Cell.count) ?? .none }
        if figure == "target" { return targets[step.name].map { .share(Double($0) / 1000) } ?? .none }
        guard let reading = ServiceFunnel.reading(step, tally) else { return .none }
        switch figure {
        case "lost": return .count(Int64(reading.lost))
        case "step_days": return reading.medianStepDays.map { .count(Int64($0)) } ?? .none
        case "lost_share", "step_rate", "step_rate_lower", "step_rate_upper", "rate", "rate_lower", "rate_upper":
            if !ServiceFunnel.isFinished(tally) { return .tooNew }
            let share = figure == "lost_share" ? reading.ofStep.complement : figure.hasPrefix("step") ? reading.ofStep : reading.ofAll
            return Cell(share, column, minimumN: minimumN)
        default: return .none
        }
    }

    private func grossValue(_ column: String, _ tally: Tally) -> Cell? {
        if column == "gross_per_visit" {
            if !ServiceFunnel.isKnown(.sold, tally) { return Cell.none }
            if !ServiceFunnel.isFinished(tally) { return .tooNew }
            return GrossColumns.perUnit(tally.counts[Step.visit.rawValue], tally, base: ServiceFunnel.gross)
        }
        return GrossColumns.value(column, tally, base: ServiceFunnel.gross).map {
            ServiceFunnel.isKnown(.sold, tally) ? $0 : Cell.none
        }
    }
}

extension ServiceFunnel {
    /// One step of a period's visits.
    public struct Reading: Sendable {
        public var step: Step
        public var count: Int
        /// Of those who came to the last known step before.
        public var ofStep: Proportion
        /// Of all visits.
        public var ofAll: Proportion
        public var medianDays: Int?
        /// From the step before, where both are on record.
        public var medianStepDays: Int?

        public init(
            step: Step, count: Int, ofStep: Proportion, ofAll: Proportion, medianDays: Int? = nil, medianStepDays: Int? = nil
        ) {
            self.step = step
            self.count = count
            self.ofStep = ofStep
            self.ofAll = ofAll
            self.medianDays = medianDays
            self.medianStepDays = medianStepDays
        }

        public var lost: Int { ofStep.trials - ofStep.successes }

        /// This step rate less that of another period, with Newcombe's interval; nil below the minimum n of either.
        public func change(from earlier: Reading, minimumN: Int) -> NewcombeDifference? {
            guard ofStep.trials >= minimumN, earlier.ofStep.trials >= minimumN else { return nil }
            return NewcombeDifference(first: ofStep, second: earlier.ofStep)
        }

        /// Whether the step rate's likely range lies below, above or around the target (in thousandths).
        public func standing(target permille: Int, minimumN: Int) -> TargetStanding {
            guard ofStep.trials >= minimumN, let limits = ofStep.wilson() else { return .tooFew }
            let target = Double(permille) / 1000
            return limits.upper < target ? .below : limits.lower > target ? .above : .around
        }
    }

    public enum TargetStanding: Sendable { case tooFew, below, around, above }

    /// All visits of the cell have had their window.
    public static func isFinished(_ tally: Tally) -> Bool {
        tally.counts[mature] == tally.counts[Step.visit.rawValue]
    }

    /// The steps that exports know, after the visit, in order.
    public static func readings(_ tally: Tally) -> [Reading] { Step.allCases.dropFirst().compactMap { reading($0, tally) } }

    /// Nil: no export knows of it.
    public static func reading(_ step: Step, _ tally: Tally) -> Reading? {
        guard isKnown(step, tally) else { return nil }
        func count(_ step: Step) -> Int { Int(tally.counts[step.rawValue]) }
        let before = before(step) { isKnown($0, tally) }
        let came = count(step)
        return Reading(
            step: step, count: came, ofStep: Proportion(successes: came, trials: max(came, count(before))),
            ofAll: Proportion(successes: came, trials: max(came, count(.visit))),
            medianDays: tally.histograms[step.rawValue - 1].quantile(.median).map { Int($0) },
            medianStepDays: tally.histograms[later + step.rawValue - 1].quantile(.median).map { Int($0) })
    }
}
