import Basis
import Dealership
import Definitions
import Measures

/// A vendor owes a credit by its contract, nobody has asked for it, and the last day has not passed.
enum CreditNotAsked: ActionRule {
    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        return ClaimsPanel(context, limit: 1).items.compactMap { item -> ProposedAction? in
            guard !item.isAsked, let left = item.left, left >= 0, let by = item.month.claimBy,
                let due = item.month.creditDue
            else { return nil }
            let contract = item.month.contract
            let reached = item.month.availability.map { say("\(PromisePanel.percent($0)) % reached, ") } ?? ""
            let systems = contract.coveredSystems(context.settings.outages)
            // Whom its outages hit: money alone has no customers.
            let hit = findings.outages.systems.filter { systems.contains($0.name) }.reduce(0) { $0 + $1.exposed }
            return ProposedAction(
                title: say("Ask \(contract.vendor) for \(Words.money(due, context.settings)) by \(Words.weekday(by))"),
                text: say("""
                    \(Words.month(item.month.month)): \(reached)\(contract.availability.words) promised; \
                    \(Words.counted(left, "day", "days")) left. kpi report claim writes the letter.
                    """),
                evidence: .init(
                    figure: FigureID("VEND-04", item.month.month, [.vendor: contract.vendor]),
                    label: "\(contract.vendor), days left to claim", value: .count(left)),
                page: .whatBroke, subjects: [contract.vendor] + systems, concerned: max(hit, 1))
        }
    }
}
