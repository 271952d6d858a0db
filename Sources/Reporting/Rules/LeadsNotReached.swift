import Basis
import Definitions
import Measures
import Statistics

/// Of the newest finished month's leads most are lost before anybody spoke to them: reach them.
enum LeadsNotReached: ActionRule {
    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        let funnel = FunnelPanel(context, month: findings.outcomes.newest)
        guard let month = funnel.month, let leads = funnel.leads, let worst = funnel.worst, worst.step == 2, worst.isMost
        else { return [] }
        let name = Words.monthName(month)
        return [
            ProposedAction(
                title: say("Reach the service leads that nobody has spoken to"),
                text: say("\(name)’s leads: \(Words.count(worst.lost)) of \(Words.count(leads)) never got a conversation.")
                    + dedicated(context, funnel),
                evidence: .init(
                    figure: context.figure("S2S-05", month), label: "leads with a two-way contact, of all leads",
                    value: .share(Proportion(successes: max(leads - worst.lost, 0), trials: leads))),
                page: .whereLost, subjects: ["sales"], concerned: worst.lost,
                part: .init(
                    count: worst.lost, whole: leads, words: say("\(Words.count(worst.lost)) of \(Words.count(leads)) leads")))
        ]
    }

    /// Only said where the dedicated person's likely range lies wholly above the others'.
    private static func dedicated(_ context: ReportContext, _ funnel: FunnelPanel) -> String {
        let panel = DedicatedPanel(context, month: funnel.month)
        let (own, others) = (panel.dedicated.reached, panel.others.reached)
        guard own.trials >= context.minimumN, others.trials >= context.minimumN, let high = own.estimate,
            let low = others.estimate, let limits = own.wilson(), let rest = others.wilson(), limits.lower > rest.upper
        else { return "" }
        return panel.dedicated.people > 1
            ? say(" The dedicated people reach \(Words.share(high)) of theirs, the others \(Words.share(low)).")
            : say(" The dedicated person reaches \(Words.share(high)) of theirs, the others \(Words.share(low)).")
    }
}
