import Basis
import Dealership
import Measures
import Statistics

/// The steps of the newest finished month beside those of the one before it.
struct FunnelSteps {
    enum Standing { case noTarget, tooFew, below, around, above }

    struct Step {
        var name: String
        var code: String
        var count: Int
        /// Of those who came to the step before, and in the month before.
        var ofStep: Proportion
        var earlier: Proportion?
        /// Of all visits.
        var ofAll: Proportion
        /// Median days from the visit.
        var day: Int?
        var target: Double?
        var minimumN: Int

        /// Nil: too few in either month.
        var change: NewcombeDifference? {
            guard let earlier, min(earlier.trials, ofStep.trials) >= minimumN else { return nil }
            return NewcombeDifference(first: ofStep, second: earlier)
        }

        var standing: Standing {
            guard let target else { return .noTarget }
            guard ofStep.trials >= minimumN, let limits = ofStep.wilson() else { return .tooFew }
            return limits.upper < target ? .below : limits.lower > target ? .above : .around
        }
    }

    let context: ReportContext
    let outcomes: VisitOutcomes
    /// The newest finished month; without sales the newest whose steps to the appointment can be followed in full.
    let month: Month?
    /// The month before, where it is finished as well.
    let before: Month?
    /// After the visit, in order; steps that no export knows are left out.
    let steps: [Step]

    init(_ context: ReportContext, _ outcomes: VisitOutcomes) {
        self.context = context
        self.outcomes = outcomes
        let month = outcomes.newest ?? WhereLostPage.newestFinished(context)
        self.month = month
        let before = month.map { $0 + -1 }.flatMap { before in
            (context.count(.funnel, "visits", context.at(before)) ?? 0) > 0 ? before : nil
        }
        self.before = before
        let own = month.map { FunnelSteps.shares(context, $0) } ?? []
        let earlier = before.map { FunnelSteps.shares(context, $0) } ?? []
        steps = own.map { item in
            var day: Int?
            if let month, case .count(let value) = context.cell(.funnel, item.step.daysColumn, context.at(month)) {
                day = Int(value)
            }
            return Step(
                name: item.step.name, code: item.step.code, count: item.ofStep.successes, ofStep: item.ofStep,
                earlier: earlier.first { $0.step.code == item.step.code }?.ofStep, ofAll: item.ofAll, day: day, target: nil,
                minimumN: context.minimumN)
        }
    }

    /// Each known step after the visit of a month.
    static func shares(
        _ context: ReportContext, _ month: Month
    ) -> [(step: FunnelPanel.Step, ofStep: Proportion, ofAll: Proportion)] {
        let panel = FunnelPanel(context, month: month)
        guard let visits = panel.visits, visits > 0 else { return [] }
        var before = visits
        var shares: [(step: FunnelPanel.Step, ofStep: Proportion, ofAll: Proportion)] = []
        for step in panel.steps.dropFirst() {
            guard let count = step.count, count <= before else { continue }
            shares.append(
                (step, Proportion(successes: count, trials: before), Proportion(successes: count, trials: visits)))
            before = count
        }
        return shares
    }

    /// `two-way contact is up 9 points since July (likely 2 to 15)`, for each step that has clearly changed.
    var changes: [String] {
        guard let before else { return [] }
        return steps.compactMap { step in
            guard let change = step.change, let limits = change.interval(), !limits.contains(0) else { return nil }
            return Words.change(change, on: Words.monthName(before), decimals: 0).map { "\(step.name.lowercased()) is \($0)" }
        }
    }

    /// After the lead, the step that loses most.
    var worst: Step? {
        steps.dropFirst().filter { $0.ofStep.trials >= context.minimumN }
            .max { ($0.ofStep.trials - $0.ofStep.successes, $1.code) < ($1.ofStep.trials - $1.ofStep.successes, $0.code) }
    }
}
