import Basis

/// What a closed month's statements say, of the ledger alone.
public struct LedgerStatements {
    private let history: LedgerHistory

    /// - Parameter history: with the rows of the entries that close the month.
    public init(_ history: LedgerHistory) { self.history = history }

    /// A statement a person, in the order of the ledger; those whom only an adjustment of an earlier period concerns
    /// last. Empty: the rule has no closed period of this month.
    /// - Parameter rule: read from the closing entry's text.
    public func statements(of close: LedgerEntry, rule: RewardRule) -> [RewardStatement] {
        let rows = Dictionary(grouping: close.rows.map(\.row), by: \.person)
        var statements = close.people.map { person in
            RewardStatement(
                rule: rule, month: close.month, asOf: close.asOf ?? close.on, reward: person,
                team: team(of: person, rule, close),
                    otherTeams: otherTeams(of: person, rule, close, rows[person.person] ?? []),
                    rows: rows[person.person] ?? [],
                entry: LedgerStatements.entry(close),
                adjustments: adjustments(of: person.person, close), disputes: disputes(of: person.person, close))
        }
        let known = Set(close.people.map(\.person))
        let others = Set(paidWith(close).flatMap(\.adjustments).map(\.person)).subtracting(known)
        for person in others.sorted() {
            guard let last = lastKnown(person, close) else { continue }
            statements.append(
                RewardStatement(
                    rule: rule, month: close.month, asOf: close.asOf ?? close.on,
                    reward: LedgerStatements.nothing(last, rule), rows: [], entry: LedgerStatements.entry(close),
                    adjustments: adjustments(of: person, close), disputes: disputes(of: person, close)))
        }
        return statements
    }

    private static func entry(_ close: LedgerEntry) -> RewardStatement.Entry {
        .init(number: close.number, on: close.on, approvers: close.approvers, hash: close.hash)
    }

    private func team(of person: PersonReward, _ rule: RewardRule, _ close: LedgerEntry) -> TeamReward? {
        guard let share = rule.team else { return nil }
        return close.teams.first { $0.team == share.team(of: person) }
    }

    /// Of stores those that rows of the person are of; where somebody worked on a day the ledger does not keep.
    private func otherTeams(
        of person: PersonReward, _ rule: RewardRule, _ close: LedgerEntry, _ rows: [RewardRow]
    ) -> [TeamReward] {
        guard let share = rule.team, share.division == .days, share.of == .store else { return [] }
        let stores = Set(rows.map(\.store))
        return close.teams.filter { $0.team != person.store && stores.contains($0.team) }
    }

    /// Adjustments and reversals of the rule that are paid with the closed period.
    private func paidWith(_ close: LedgerEntry) -> [LedgerEntry] {
        history.entries.filter {
            ($0.kind == .adjust || $0.kind == .reverse) && $0.rule == close.rule
                && history.payingMonth(of: $0) == close.month
        }
    }

    private func adjustments(of person: String, _ close: LedgerEntry) -> [RewardStatement.Adjustment] {
        paidWith(close).flatMap { entry in
            entry.adjustments.filter { $0.person == person }.map { one in
                let general = entry.changes.filter(\.person.isEmpty).map(\.words)
                let own = entry.changes.filter { $0.person == person }.map(\.words)
                return .init(
                    entry: entry.number, month: entry.month, before: one.before, after: one.after, amount: one.amount,
                    reasons: entry.kind == .reverse ? ["reversed: \(entry.words)"] : own + general)
            }
        }
    }

    /// Questions about the period's entry, or about an adjustment that is paid with it.
    private func disputes(of person: String, _ close: LedgerEntry) -> [RewardStatement.Dispute] {
        let numbers = Set([close.number] + paidWith(close).map(\.number))
        return history.entries.filter {
            $0.kind == .dispute && $0.person == person && numbers.contains($0.about ?? 0)
        }.map { dispute in
            let answer = history.answer(to: dispute)
            return .init(
                entry: dispute.number, on: dispute.on, question: dispute.words, answer: answer?.words,
                outcome: answer?.outcome?.rawValue)
        }
    }

    private func lastKnown(_ person: String, _ close: LedgerEntry) -> PersonReward? {
        let reward = history.closes(of: close.rule).last { $0.people.contains { $0.person == person } }?
            .people.first { $0.person == person }
        if let reward { return reward }
        guard let one = paidWith(close).flatMap(\.adjustments).first(where: { $0.person == person }) else { return nil }
        return PersonReward(
            person: person, name: one.name, store: "", department: "", role: "", payroll: one.payroll, count: .init(),
            rawCount: .init(), eligibleDays: 0, presentDays: 0, periodDays: 0, gates: [], outcome: .scored, tier: nil,
            points: nil, full: .zero, earned: .zero, teamPart: .zero, amount: .zero, isCapped: false,
            isScaledToPool: false,
            rawAmount: .zero)
    }

    /// Somebody whom the period itself does not concern.
    private static func nothing(_ last: PersonReward, _ rule: RewardRule) -> PersonReward {
        PersonReward(
            person: last.person, name: last.name, store: last.store, department: last.department, role: last.role,
            payroll: last.payroll, count: .init(), rawCount: .init(), eligibleDays: 0, presentDays: 0,
            periodDays: last.periodDays, gates: [], outcome: .absent(days: 0, needed: rule.eligibility.daysPresent),
            tier: nil, points: nil, full: .zero, earned: .zero, teamPart: .zero, amount: .zero, isCapped: false,
            isScaledToPool: false, rawAmount: .zero)
    }
}
