public import Basis

/// Amounts taken back, questions and answers: entries that somebody writes by hand.
public struct LedgerDesk: Sendable {
    private let history: LedgerHistory
    private let on: Day

    public init(_ history: LedgerHistory, on: Day) {
        self.history = history
        self.on = on
    }

    /// Takes back what an entry pays a person; of a reversal, pays it again.
    public func reversal(
        of number: Int, person: String, why: String, approvers: [String]
    ) throws(Rejection) -> LedgerEntry {
        let about = try entry(number)
        var faults = LedgerSignature.faults(approvers: approvers) + LedgerSignature.faults(day: on, history)
        if approvers.map(LedgerSignature.plain).contains(where: { isPerson($0, person, about) }) {
            faults.append(
                Diagnostic(
                    .error, "paid-approver", "\(person) approves what concerns their own pay",
                    remedies: ["have somebody else approve it"]))
        }
        faults += paidApprovers(approvers, of: about, besides: person)
        if why.isEmpty { faults.append(LedgerDesk.missing("--why", "say why: the person reads it")) }
        if let earlier = history.reversal(of: number, person: person) {
            faults.append(
                Diagnostic(
                    .error, "reversed-already", "entry \(earlier.number) took it back already",
                    remedies: ["to pay it again, reverse entry \(earlier.number)"]))
        }
        let amount = about.amount(of: person)
        if amount == nil || amount == .zero {
            faults.append(
                Diagnostic(
                    .error, "nothing-paid", "entry \(number) pays \(person) nothing",
                    remedies: ["kpi rewards ledger --entry \(number) lists whom it pays"]))
        }
        guard faults.isEmpty, let amount else { throw Rejection(faults) }
        var entry = LedgerEntry(
            kind: .reverse, on: on, rule: about.rule, version: about.version, currency: about.currency,
            month: about.month,
            about: number, person: person, words: why)
        entry.ruleName = about.ruleName
        entry.approvers = approvers
        let before = history.net(about.rule, about.month)[person] ?? .zero
        let payroll =
            about.people.first { $0.person == person }?.payroll
            ?? about.adjustments.first { $0.person == person }?.payroll
        entry.adjustments = [
            LedgerAdjustment(
                person: person, name: about.name(of: person) ?? person, payroll: payroll ?? "", before: before,
                after: before - amount, amount: .zero - amount)
        ]
        return entry
    }

    /// Whom the rule pays for the month cannot approve what it pays somebody else.
    private func paidApprovers(_ approvers: [String], of about: LedgerEntry, besides person: String) -> [Diagnostic] {
        let names = Set(approvers.map(LedgerSignature.plain))
        let paid = history.net(about.rule, about.month).filter { $0.value != .zero && $0.key != person }.keys.sorted()
        return paid.compactMap { paid in
            let entries = history.entries.filter { $0.rule == about.rule && $0.month == about.month }
            let known = Set(entries.compactMap { $0.name(of: paid) } + [paid])
            guard known.contains(where: { names.contains(LedgerSignature.plain($0)) }) else { return nil }
            return Diagnostic(
                .error, "paid-approver", "\(paid) is paid by the same rule for \(about.month) and approves it",
                remedies: ["have somebody approve it whom the rule does not pay"])
        }
    }

    public func question(about number: Int, person: String, by: String, question: String) throws(Rejection)
        -> LedgerEntry
    {
        let about = try entry(number)
        var faults = LedgerSignature.faults(day: on, history)
        if about.kind == .dispute || about.kind == .answer {
            faults.append(
                Diagnostic(
                    .error, "no-amount", "entry \(number) is no period, adjustment or reversal",
                    remedies: ["kpi rewards ledger lists the entries"]))
        } else if about.amount(of: person) == nil {
            faults.append(
                Diagnostic(
                    .error, "nothing-paid", "entry \(number) is not about \(person)",
                    remedies: ["kpi rewards ledger --entry \(number) lists whom it is about"]))
        }
        if question.isEmpty { faults.append(LedgerDesk.missing("--question", "write what is asked")) }
        guard faults.isEmpty else { throw Rejection(faults) }
        var entry = LedgerEntry(
            kind: .dispute, on: on, rule: about.rule, version: about.version, currency: about.currency,
            month: about.month,
            about: number, person: person, words: question)
        entry.by = by
        entry.ruleName = about.ruleName
        return entry
    }

    public func answer(
        to number: Int, by: String, answer: String, outcome: LedgerEntry.Outcome
    ) throws(Rejection) -> LedgerEntry {
        let dispute = try entry(number)
        var faults = LedgerSignature.faults(day: on, history)
        if dispute.kind != .dispute {
            faults.append(
                Diagnostic(
                    .error, "no-dispute", "entry \(number) is no question",
                    remedies: ["kpi rewards ledger lists the questions that are open"]))
        } else if let earlier = history.answer(to: dispute) {
            faults.append(
                Diagnostic(
                    .error, "answered-already", "entry \(earlier.number) answers it",
                    remedies: ["ask again: kpi rewards dispute ask"]))
        }
        if answer.isEmpty { faults.append(LedgerDesk.missing("--answer", "write the answer: the person reads it")) }
        if by.isEmpty { faults.append(LedgerDesk.missing("--by", "say who answers")) }
        guard faults.isEmpty else { throw Rejection(faults) }
        var entry = LedgerEntry(
            kind: .answer, on: on, rule: dispute.rule, version: dispute.version, currency: dispute.currency,
            month: dispute.month, about: number, person: dispute.person, words: answer)
        entry.by = by
        entry.outcome = outcome
        entry.ruleName = dispute.ruleName
        return entry
    }

    private func entry(_ number: Int) throws(Rejection) -> LedgerEntry {
        if let entry = history.entry(number) { return entry }
        let last = history.entries.last.map { "entries go to \($0.number)" } ?? "nothing was closed yet"
        throw Rejection(
            Diagnostic(
                .error, "unknown-entry", "there is no entry \(number): \(last)",
                remedies: ["kpi rewards ledger lists them"]))
    }

    private func isPerson(_ plain: String, _ person: String, _ entry: LedgerEntry) -> Bool {
        plain == LedgerSignature.plain(person) || plain == LedgerSignature.plain(entry.name(of: person) ?? person)
    }

    private static func missing(_ option: String, _ remedy: String) -> Diagnostic {
        Diagnostic(.error, "nothing-said", "\(option) says nothing", remedies: [remedy])
    }
}
