import Basis
import Dealership
import Measures
import Statistics

/// The steps of the newest finished month beside those of the one before it.
struct FunnelSteps {
    struct Step {
        var name: String { FunnelPanel.steps[reading.step.rawValue].name }
        /// Of its step rate.
        var code: String
        var reading: ServiceFunnel.Reading
        /// Of the month before.
        var earlier: ServiceFunnel.Reading?
        /// In thousandths.
        var target: Int?
        var minimumN: Int

        var ofStep: Proportion { reading.ofStep }
        /// Nil: too few in either month.
        var change: NewcombeDifference? { earlier.flatMap { reading.change(from: $0, minimumN: minimumN) } }
        /// Clearly below its target.
        var isMissed: Bool { target.map { reading.standing(target: $0, minimumN: minimumN) == .below } ?? false }
    }

    let context: ReportContext
    let outcomes: VisitOutcomes
    /// The newest finished month; without sales the newest whose steps to the appointment can be followed in full.
    let month: Month?
    /// The month before.
    let before: Month?
    /// After the visit, in order; steps that no export knows are left out.
    let steps: [Step]

    init(_ context: ReportContext, _ outcomes: VisitOutcomes) {
        self.context = context
        self.outcomes = outcomes
        let month = outcomes.newest ?? WhereLostPage.newestFinished(context)
        self.month = month
        let earlier = month.map { FunnelSteps.readings(context, $0 + -1) } ?? []
        before = earlier.isEmpty ? nil : month.map { $0 + -1 }
        steps = (month.map { FunnelSteps.readings(context, $0) } ?? []).map { reading in
            Step(
                code: "FUN-0\(reading.step.rawValue)", reading: reading,
                earlier: earlier.first { $0.step == reading.step },
                target: context.settings.targets.funnelPermille[reading.step.name], minimumN: context.minimumN)
        }
    }

    /// Each known step after the visit of a month.
    static func readings(_ context: ReportContext, _ month: Month) -> [ServiceFunnel.Reading] {
        context.tally(.funnel, context.at(month)).map(ServiceFunnel.readings) ?? []
    }

    /// Steps whose rate has clearly changed since the month before.
    var changed: [Step] { steps.filter { $0.change?.interval()?.contains(0) == false } }

    /// `two-way contact is up 9 points since July (likely 2 to 15)`
    func words(_ step: Step) -> String? {
        guard let change = step.change, let before else { return nil }
        return Words.change(change, on: Words.monthName(before), decimals: 0).map {
            say("\(Words.inside(step.name)) is \($0)", context: "step and change")
        }
    }

    func noteChange(_ step: Step, page: Int, _ ledger: inout FigureLedger) {
        guard let change = step.change, let month, let before else { return }
        ledger.note(page: page, context.figure(step.code, month), "\(step.name), less \(Words.month(before))", change)
    }

    /// After the lead, the step that loses most.
    var worst: Step? {
        steps.dropFirst().filter { $0.ofStep.trials >= context.minimumN }
            .max { ($0.reading.lost, $1.code) < ($1.reading.lost, $0.code) }
    }
}
