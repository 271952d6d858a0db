import Basis
import Dealership
import Definitions
import Measures

/// More hours were lost than the limit allows: ask the vendor of what was down longest.
enum HoursLostOverLimit: ActionRule {
    static func propose(_ findings: RuleFindings) -> [ProposedAction] {
        let context = findings.context
        let outages = findings.outages
        guard outages.isOverLimit, let seconds = outages.seconds, let limit = outages.limit,
            let worst = outages.systems.first
        else { return [] }
        let system = worst.name.isEmpty ? say("the system that was down longest") : Words.system(worst.name)
        let down = Words.duration(worst.seconds)
        return [
            ProposedAction(
                title: worst.vendor.isEmpty
                    ? say("Find out why \(system) was down \(down), and what prevents it")
                    : say("Ask \(worst.vendor) why \(system) was down \(down), and what prevents it"),
                text: say("""
                    \(Words.counted(outages.outages, "outage", "outages")) cost \(Words.duration(seconds)) of open time, \
                    limit \(Words.duration(limit)).\(waited(worst, context))
                    """),
                evidence: .init(
                    figure: context.figure("OUT-03", context.month), label: "open seconds lost to outages",
                    value: .count(Int(seconds))),
                page: .whatBroke, subjects: [worst.vendor, worst.name].filter { !$0.isEmpty },
                concerned: worst.exposed,
                part: .init(
                    count: Int(worst.seconds), whole: Int(seconds),
                    words: say("\(Words.duration(worst.seconds)) of \(Words.duration(seconds)) lost")))
        ]
    }

    /// Without an export of messages nobody knows how many waited.
    private static func waited(_ worst: MonthOutages.System, _ context: ReportContext) -> String {
        guard context.header.has(.messages) || context.header.has(.conversations) else { return "" }
        let who = Words.counted(worst.exposed, "conversation", "conversations")
        return switch (worst.exposed == 0, worst.outages == 1) {
        case (true, true): say(" No conversation waited during this one.")
        case (true, false): say(" No conversation waited during these.")
        case (false, true): say(worst.exposed, " \(who) waited during this one.", " \(who) waited during this one.")
        case (false, false): say(worst.exposed, " \(who) waited during these.", " \(who) waited during these.")
        }
    }
}
