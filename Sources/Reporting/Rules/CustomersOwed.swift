import Basis
import Dealership
import Definitions
import Measures

/// Customers whom the month's outages hit are still owed what the ladder gives them.
enum CustomersOwed: ActionRule {
    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        let remedies = Remedies(context, .remediesByRung, [:])
        guard let owed = remedies.owed, owed > 0, let due = remedies.due else { return [] }
        let people = Words.counted(owed, "customer", "customers")
        let rungs = remedies.rungs.filter { ($0.owed ?? 0) > 0 }.prefix(3)
            .map { "\(Words.count($0.owed ?? 0)) \($0.give)" }
        return [
            ProposedAction(
                title: say(
                    owed, "Give \(people) what the outages of \(Words.monthName(context.month)) owe them",
                    "Give \(people) what the outages of \(Words.monthName(context.month)) owe them"),
                text: say("By your ladder: \(Words.list(rungs)). kpi owed lists them."),
                evidence: .init(
                    figure: context.figure("REM-03", context.month), label: "customers owed a remedy",
                    value: .count(owed)),
                page: .whatBroke, subjects: ["remedies"], concerned: owed,
                part: .init(count: owed, whole: due, words: say("\(Words.count(owed)) of \(Words.count(due)) owed")))
        ]
    }
}
