import Basis
import Dealership

/// Why a period cannot be paid or closed as it stands, each with its remedy.
struct RewardRefusals {
    private let result: RewardResult
    private let header: JournalHeader
    private let isSilenceFree: Bool

    init(_ result: RewardResult, _ header: JournalHeader, isSilenceFree: Bool) {
        self.result = result
        self.header = header
        self.isSilenceFree = isSilenceFree
    }

    private var rule: RewardRule { result.rule }
    private var place: Diagnostic.Location { .init(file: "rewards/\(rule.identifier).yaml") }

    var diagnostics: [Diagnostic] {
        silence + contradictions + stillWithin + shortExports + paidApprovers
    }

    private var silence: [Diagnostic] {
        guard isSilenceFree else { return [] }
        let unowned = result.unowned.unanswered
        let isOfLeads = rule.basis.kind == .leadResponse
        let found =
            switch (unowned == 0, isOfLeads) {
            case (true, true): say("no lead names an owner")
            case (true, false): say("no conversation names an assignee")
            case (false, true): say("\(unowned) unanswered leads name no owner in \(result.month)")
            case (false, false): say("\(unowned) unanswered conversations name no assignee in \(result.month)")
            }
        return [
            Diagnostic(
                .error, "silence-of-nobody", at: place,
                say("\(found), so that ignoring customers would pay: nobody is paid in person"),
                remedies: [
                    "pay the team (`team:` in place of the rule's own tiers or points)",
                    isOfLeads
                        ? "or map owner_id in the leads export" : "or map assigned_to in the conversations export",
                ]),
        ]
    }

    private var contradictions: [Diagnostic] {
        result.people.filter { header.contradictedPeople.contains($0.person) }.map { person in
            Diagnostic(
                .error, "two-places", at: .init(file: "people", column: "person_id"),
                say("""
                    \(person.person) is in two departments or stores on one day: what counts for which nobody can \
                    tell
                    """),
                remedies: ["end one row of the people export before the other begins (active_to, active_from)"])
        }
    }

    private var stillWithin: [Diagnostic] {
        let waiting = result.rows.filter { $0.standing == .stillWithin }
        guard !waiting.isEmpty else { return [] }
        let last = waiting.map(\.due).filter { !$0.isEmpty }.max().map { String($0.prefix(10)) }
        let words = say("\(waiting.count) still within target")
        return [
            Diagnostic(
                .error, "still-within-target", at: place,
                last.map { say("not before the end of \($0): \(words)") } ?? words,
                remedies: ["export again then, and close"]),
        ]
    }

    /// Figures of a month need exports that reach its end.
    private var shortExports: [Diagnostic] {
        let needed: [StandardTable] = rule.basis.kind == .leadResponse
            ? [.leads, .messages] : [header.has(.messages) ? .messages : .conversations]
        return needed.compactMap { table -> Diagnostic? in
            guard let last = header.lastDay(of: table) else {
                return Diagnostic(
                    .error, "export-ends-early", at: place, say("there is no \(table) export to pay by"),
                    remedies: ["export it"])
            }
            // A month may end with days on which nobody works.
            let closed = 3
            guard min(last, header.asOfDay) < result.month.lastDay + -closed else { return nil }
            return Diagnostic(
                .error, "export-ends-early", at: place,
                say("the \(table) export ends on \(last), before \(result.month) does"),
                remedies: ["export the whole month, or state `covered-until:` if nothing came after"])
        }
    }

    private var paidApprovers: [Diagnostic] {
        let names = rule.approvers.map { $0.lowercased() }
        return result.people.filter { person in
            person.amount > .zero
                && names.contains { $0 == person.name.lowercased() || $0 == person.person.lowercased() }
        }.map { person in
            Diagnostic(
                .error, "paid-approver", at: place, say("\(person.name) approved the rule and is paid by it"),
                remedies: ["have somebody else approve it, as a new version"])
        }
    }
}
