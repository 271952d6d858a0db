public import Basis
public import Dealership

/// By whom and when an entry is made, and with what.
public struct LedgerSignature: Hashable, Sendable {
    public var on: Day
    public var approvers: [String]
    /// SHA-256 of the settings' file.
    public var settingsHash: String
    public var program: String
    public init(on: Day, approvers: [String], settingsHash: String, program: String) {
        self.on = on
        self.approvers = approvers
        self.settingsHash = settingsHash
        self.program = program
    }
}

/// What data that came late makes of a closed period: the difference to what the period has brought each person.
///
/// By `add-only` nobody gives anything back. By `both` too much is taken back, never more than the period brought in
/// all. Pool and cap hold for the period and its adjustments together: where the pool does not suffice for all that
/// should be added, it is divided among them by the largest remainder.
public struct RewardAdjustment: Sendable {
    private let close: LedgerEntry
    private let adjusts: [LedgerEntry]
    private let computed: [String: Money]
    private let net: [String: Money]

    /// - Parameters:
    ///   - close: with its rows.
    ///   - adjusts: of the same period, in order, with their rows.
    public init(close: LedgerEntry, adjusts: [LedgerEntry], history: LedgerHistory) {
        self.close = close
        self.adjusts = adjusts
        computed = history.computed(close.rule, close.month)
        net = history.net(close.rule, close.month)
    }

    /// - Parameters:
    ///   - result: the same period by the ledger's rule and today's data.
    ///   - outages: today's records of the period.
    /// - Returns: nil: it changes nobody's amount.
    public func entry(_ result: RewardResult, outages: [LedgerOutage], signature: LedgerSignature) -> LedgerEntry? {
        var adjustments = differences(result)
        let left = limit(&adjustments, to: result.rule)
        adjustments.removeAll { $0.before == $0.after }
        guard adjustments.contains(where: { $0.amount != .zero }) else { return nil }
        var entry = LedgerEntry(
            kind: .adjust, on: signature.on, rule: close.rule, version: close.version, currency: close.currency,
            month: close.month, about: close.number, words: "late data")
        entry.ruleName = close.ruleName
        entry.approvers = signature.approvers
        entry.asOf = result.asOf
        entry.settingsHash = signature.settingsHash
        entry.program = signature.program
        entry.adjustments = adjustments
        let rows = LedgerRows([close] + adjusts).differences(from: result.rows)
        entry.rows = rows.compactMap(\.ledgerRow)
        entry.outages = outages
        entry.changes = general(entry) + (left.map { poolWords(adjustments, $0, result.rule) } ?? [])
            + own(rows, result, Set(adjustments.map(\.person)))
        return entry
    }

    /// What late data makes of people's amounts where no entry comes of it: nil where it makes nothing of them.
    public func unpaid(_ result: RewardResult) -> Diagnostic? {
        var adjustments = differences(result)
        let hasPool = limit(&adjustments, to: result.rule) != nil
        guard adjustments.allSatisfy({ $0.amount == .zero }) else { return nil }
        let more = adjustments.count { $0.after > $0.before }
        let less = adjustments.count { $0.after < $0.before }
        var changes: [String] = []
        var reasons: [String] = []
        if hasPool, more > 0, let pool = result.rule.pool {
            changes.append("more for \(more)")
            reasons.append("nothing of the pool of \(pool), which holds for a month and its adjustments, is left")
        }
        if less > 0 {
            changes.append("less for \(less)")
            reasons.append("nobody gives anything back")
        }
        guard !changes.isEmpty else { return nil }
        return Diagnostic(
            .note, "nothing-added", at: .init(file: "rewards/\(close.rule).yaml"),
            "\(close.month): late data comes to \(changes.joined(separator: " and to ")) of "
                + "\(adjustments.count) people; " + reasons.joined(separator: ", and "),
            remedies: ["nothing: entry \(close.number) stays as it is"])
    }

    /// Why the period cannot be computed anew and is let be as it was closed. Empty: it can.
    public func obstacles(_ result: RewardResult?, header: JournalHeader) -> [Diagnostic] {
        let place = Diagnostic.Location(file: "rewards/\(close.rule).yaml")
        func leave(_ why: String, _ remedy: String) -> [Diagnostic] {
            [
                Diagnostic(
                    .warning, "not-adjusted", at: place, "\(close.month) stays as entry \(close.number) has it: \(why)",
                    remedies: [remedy])
            ]
        }
        guard let result else { return leave("the rule could not be computed", "check the exports of that month") }
        let known = LedgerRows([close] + adjusts).rows.map(\.day).min()
        let tables: [StandardTable] = result.rule.basis.kind == .leadResponse ? [.leads] : [.messages, .conversations]
        let first = header.audits.filter { audit in tables.contains { audit.table.tells(of: $0) } }.compactMap(
            \.firstDay
        ).min()
        if let known, first.map({ $0 > known + RewardAdjustment.slack }) ?? true {
            let begins = first.map { "begin on \($0)" } ?? "are not there"
            return leave("the exports \(begins)", "keep the exports of closed months in the folder")
        }
        let refusals = result.refusals.filter { $0.severity == .error }
        return refusals.isEmpty ? [] : leave(refusals[0].message, refusals[0].remedies.first ?? "see kpi rewards show")
    }

    /// Days by which exports may begin after the first conversation that was closed: that one may have been withdrawn.
    private static let slack = 3

    // MARK: Amounts

    private func differences(_ result: RewardResult) -> [LedgerAdjustment] {
        var after: [String: Money] = [:]
        for person in result.people { after[person.person, default: .zero] += person.amount }
        return Set(after.keys).union(computed.keys).sorted().map { person in
            let before = computed[person] ?? .zero
            let now = after[person] ?? .zero
            var amount = now - before
            switch result.rule.lateData {
            case .addOnly: amount = max(amount, .zero)
            case .both: amount = max(amount, .zero - max(.zero, net[person] ?? .zero))
            }
            let known = result.people.first { $0.person == person } ?? close.people.first { $0.person == person }
            let earlier = adjusts.flatMap(\.adjustments).first { $0.person == person }
            return LedgerAdjustment(
                person: person, name: known?.name ?? earlier?.name ?? person,
                payroll: known?.payroll ?? earlier?.payroll ?? "", before: before, after: now, amount: amount)
        }
    }

    /// - Returns: what the pool had left, where that did not suffice for all.
    private func limit(_ adjustments: inout [LedgerAdjustment], to rule: RewardRule) -> Money? {
        guard let pool = rule.pool else { return nil }
        let kept = adjustments.reduce(Money.zero) { $0 + $1.before + min($1.amount, .zero) }
        let room = max(.zero, pool - kept)
        let added = adjustments.map { max(.zero, $0.amount) }
        guard added.reduce(Money.zero, +) > room else { return nil }
        let unit = rule.rounding.unit.minorUnits
        let areWhole = added.allSatisfy { $0.minorUnits % max(1, unit) == 0 }
        let shares = Apportionment.shares(
            of: room.minorUnits, weights: added.map(\.minorUnits), unit: areWhole ? max(1, unit) : 1
        ).shares
        for index in adjustments.indices where adjustments[index].amount > .zero {
            adjustments[index].amount = Money(minorUnits: shares[index])
        }
        return room
    }

    /// Who earned more than is added, because others have been paid from the pool.
    private func poolWords(_ adjustments: [LedgerAdjustment], _ left: Money, _ rule: RewardRule) -> [LedgerChange] {
        guard let pool = rule.pool else { return [] }
        return adjustments.filter { $0.after > $0.before && $0.amount < $0.after - $0.before }.map {
            LedgerChange(person: $0.person, words: "the pool had \(left) of \(pool) left")
        }
    }

    // MARK: Why

    /// What concerns everybody: outage records and settings that changed.
    private func general(_ entry: LedgerEntry) -> [LedgerChange] {
        let last = adjusts.last ?? close
        var changes = LedgerOutage.changes(from: last.outages, to: entry.outages).map {
            LedgerChange(person: "", words: $0)
        }
        if last.settingsHash != entry.settingsHash {
            changes.append(LedgerChange(person: "", words: "dealership.yaml was changed since entry \(last.number)"))
        }
        return changes
    }

    private func own(
        _ rows: [LedgerRows.Difference], _ result: RewardResult, _ people: Set<String>
    ) -> [LedgerChange] {
        var changes = rows.flatMap(\.changes).filter { people.contains($0.person) }
        let explained = Set(changes.map(\.person))
        for person in people.sorted() where !explained.contains(person) {
            changes.append(LedgerChange(person: person, words: other(person, result)))
        }
        return changes
    }

    /// Where no row of the person's own changed.
    private func other(_ person: String, _ result: RewardResult) -> String {
        guard let now = result.people.first(where: { $0.person == person }) else {
            return "no longer among those whom the rule may pay"
        }
        guard let then = close.people.first(where: { $0.person == person }) else {
            return "now among those whom the rule may pay"
        }
        if now.teamPart != then.teamPart { return "the team's part changed from \(then.teamPart) to \(now.teamPart)" }
        if now.gates != then.gates { return "a gate's figure changed" }
        if (now.eligibleDays, now.presentDays) != (then.eligibleDays, then.presentDays) {
            return "working days changed: present \(then.presentDays) → \(now.presentDays), "
                + "eligible \(then.eligibleDays) → \(now.eligibleDays)"
        }
        if now.isScaledToPool || then.isScaledToPool { return "the pool is divided otherwise" }
        // What others earned decides what the pool leaves.
        if result.rule.pool != nil { return "the pool is divided otherwise" }
        return "no row of one's own changed: see what concerns all"
    }
}
