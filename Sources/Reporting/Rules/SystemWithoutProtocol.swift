import Basis
import Dealership
import Definitions
import Measures

/// A system broke in open hours, and nobody has written down what to do then.
enum SystemWithoutProtocol: ActionRule {
    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        return findings.outages.systems.filter { !$0.hasProtocol && $0.seconds > 0 && !$0.name.isEmpty }.map { system in
            let who = Words.counted(system.exposed, "conversation", "conversations")
            let hit = system.exposed > 0
                ? say(system.exposed, " \(who) waited meanwhile.", " \(who) waited meanwhile.") : ""
            return ProposedAction(
                title: say("Write down what to do when \(Words.system(system.name)) is down"),
                text: say("""
                    It was down \(Words.duration(system.seconds)) of open time in \
                    \(Words.monthName(context.month)), and no protocol is on file.\(hit)
                    """),
                evidence: .init(
                    figure: context.figure("OUT-03", context.month, [.system: system.name]),
                    label: "\(system.name), open seconds down", value: .count(Int(system.seconds))),
                page: .whatBroke,
                subjects: [system.vendor, system.name].filter { !$0.isEmpty }, concerned: system.exposed)
        }
    }
}
