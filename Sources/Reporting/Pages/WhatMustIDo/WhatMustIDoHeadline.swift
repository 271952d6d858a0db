import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// What page 1 says in its first two lines: the worst finding, then the others.
struct WhatMustIDoHeadline {
    let findings: RuleFindings
    let sales: SalesTile
    let unanswered: UnansweredTile
    let isFirstMonth: Bool
    /// How many rules fired.
    let fired: Int
    private var context: ReportContext { findings.context }
    private var answers: ChannelAnswers { findings.answers }
    private var month: String { Words.monthName(context.month) }

    /// What the headline is about, so that the sentence does not repeat it.
    private enum Subject { case unanswered, answered, outages, sales, good, nothing }

    private var subject: Subject {
        let waiting = unanswered.waiting ?? 0
        let misses = unanswered.isOverLimit == true || !answers.below.isEmpty
        if waiting > 0, misses || (unanswered.limit == nil && findings.focus.words != nil) { return .unanswered }
        if answers.all.standing == .below || !answers.below.isEmpty { return .answered }
        if findings.outages.isOverLimit { return .outages }
        if sales.isOnTarget == false { return .sales }
        return goodParts.isEmpty ? .nothing : .good
    }

    var text: String {
        switch subject {
        case .unanswered: return unansweredWords
        case .answered:
            if let worst = answers.worst, answers.all.standing != .below {
                let name = Words.capitalised(worst.plural)
                return say("\(name): \(Words.share(worst.share.estimate ?? 0)) answered in time, target \(Words.share(answers.goal ?? 0))")
            }
            return say("Answers below target: \(Words.share(answers.all.share.estimate ?? 0)) in time, target \(Words.share(answers.goal ?? 0))")
        case .outages:
            let limit = findings.outages.limit.map { say(", limit \(Words.duration($0))") } ?? ""
            return say("Outages cost \(Words.duration(findings.outages.seconds ?? 0))\(limit)")
        case .sales: return say("Service brought \(salesWords()), target \(Words.count(sales.target ?? 0))")
        case .good:
            return Words.capitalised(goodParts.joined(separator: "; "))
        case .nothing: return say("No figure of \(month) can be given yet")
        }
    }

    private var unansweredWords: String {
        let waiting = unanswered.waiting ?? 0
        let head = say("\(Words.counted(waiting, "conversation", "conversations")) got no answer")
        guard let words = findings.focus.words else { return head }
        return findings.focus.waiting == waiting
            ? say("\(head), all of them \(words)") : say("\(head), \(Words.count(findings.focus.waiting)) of them \(words)")
    }

    /// `34 sales and $71,400 gross`.
    private func salesWords(joint: String = say(" and ")) -> String {
        let count = sales.sales ?? 0
        let gross = sales.gross.map { say("\(joint)\(Words.money($0, context.settings)) gross") } ?? ""
        return "\(Words.counted(count, "sale", "sales"))\(count > 0 ? gross : "")"
    }

    /// What can be said when nothing is off target.
    private var goodParts: [String] {
        var parts: [String] = []
        switch answers.all.standing {
        case .onTarget:
            parts.append(answers.missing.isEmpty ? say("answers on target") : say("answers on target where they are exported"))
        case .unclear: parts.append(say("answers not clearly below target"))
        case .noGoal: parts.append(say("\(Words.share(answers.all.share.estimate ?? 0)) answered in time"))
        default:
            if let waiting = unanswered.waiting {
                parts.append(waiting == 0 ? say("nobody is left without an answer") : withoutAnswer(waiting))
            }
        }
        if sales.sales != nil { parts.append(say("service brought \(salesWords(joint: ", "))")) }
        if parts.isEmpty, let seconds = findings.outages.seconds {
            parts.append(
                findings.outages.outages == 0
                    ? say("no outage recorded in \(month)") : say("outages cost \(Words.duration(seconds)) of open time"))
        }
        return parts
    }

    var sentence: RichText {
        var parts: [String] = []
        let subject = subject
        if subject != .sales, subject != .good, sales.sales != nil {
            let above = (sales.sales ?? 0) > (sales.target ?? .max) ? say(", above target") : say(", on target")
            let standing = sales.isOnTarget.map { $0 ? above : say(", below target") } ?? ""
            parts.append(say("Service brought **\(salesWords())**\(standing)."))
        }
        if subject == .unanswered || subject == .outages || subject == .sales, let rate { parts.append(rate) }
        if subject != .outages, findings.outages.isOverLimit, let seconds = findings.outages.seconds {
            parts.append(say("Outages: **\(Words.duration(seconds))**, over the limit."))
        }
        if subject == .good, !answers.missing.isEmpty {
            let names = Words.list(answers.missing.map { Words.channelPlural($0.name) })
            parts.append(say("**Not exported: \(names).**"))
        }
        if subject == .nothing { parts.append(say("The tiles say what to export.")) }
        if fired == 0, subject != .nothing { parts.append(say("No rule asks for anything.")) }
        // The tiles say it as well: here only where nothing else is to be said.
        if isFirstMonth, subject != .nothing, parts.isEmpty { parts.append(say("First month: nothing to compare.")) }
        return RichText(marked: parts.joined(separator: " "))
    }

    private func withoutAnswer(_ waiting: Int) -> String {
        let all = answers.all.conversations
        let count = Words.count(waiting)
        return all == 1
            ? say("\(count) of \(Words.counted(all, "conversation", "conversations")) got no answer")
            : say("\(count) of \(Words.count(all)) conversations got no answer")
    }

    private var rate: String? {
        guard answers.all.hasRate, let share = answers.all.share.estimate else {
            guard answers.all.conversations > 0 else { return nil }
            let of = Words.counted(answers.all.conversations, "conversation", "conversations")
            return answers.hasTargets ? say("There were \(of), too few for a rate.") : say("There were \(of); no target time is set.")
        }
        let text = say("**\(Words.share(share)) answered in time**")
        switch answers.all.standing {
        case .below: return say("\(text), below target.")
        case .onTarget: return say("\(text), on target.")
        case .unclear: return say("\(text), not clearly below target.")
        default: return "\(text)."
        }
    }
}
