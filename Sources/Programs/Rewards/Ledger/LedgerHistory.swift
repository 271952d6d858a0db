public import Basis

/// What a ledger's entries say together: what is closed, what was paid, and what was asked.
public struct LedgerHistory: Sendable {
    public let entries: [LedgerEntry]

    public init(_ entries: [LedgerEntry]) { self.entries = entries }

    public func entry(_ number: Int) -> LedgerEntry? {
        entries.indices.contains(number - 1) && entries[number - 1].number == number
            ? entries[number - 1] : entries.first { $0.number == number }
    }

    /// Closed periods in the order in which they were closed. Nil: of all rules.
    public func closes(of rule: String? = nil) -> [LedgerEntry] {
        entries.filter { $0.kind == .close && (rule == nil || $0.rule == rule) }
    }

    public func close(of rule: String, _ month: Month) -> LedgerEntry? {
        entries.first { $0.kind == .close && $0.rule == rule && $0.month == month }
    }

    public func adjusts(of close: LedgerEntry) -> [LedgerEntry] {
        entries.filter { $0.kind == .adjust && $0.about == close.number }
    }

    /// What a period has brought a person by computation: closed and adjusted, without what was taken back or given
    /// again by hand.
    public func computed(_ rule: String, _ month: Month) -> [String: Money] {
        sums(rule, month) { $0.kind == .close || $0.kind == .adjust }
    }

    /// What a period has brought a person in all.
    public func net(_ rule: String, _ month: Month) -> [String: Money] {
        sums(rule, month) { $0.kind != .dispute && $0.kind != .answer }
    }

    private func sums(_ rule: String, _ month: Month, _ isWanted: (LedgerEntry) -> Bool) -> [String: Money] {
        var sums: [String: Money] = [:]
        for entry in entries where entry.rule == rule && entry.month == month && isWanted(entry) {
            for person in entry.people { sums[person.person, default: .zero] += person.amount }
            for one in entry.adjustments { sums[one.person, default: .zero] += one.amount }
        }
        return sums
    }

    /// The entry that took back what this one pays a person. A reversal may be reversed in its turn.
    public func reversal(of entry: Int, person: String) -> LedgerEntry? {
        entries.first { $0.kind == .reverse && $0.about == entry && $0.person == person }
    }

    /// The period with which an entry is paid: its own when it closes one; else that of the next closing entry,
    /// whichever rule's. Nil: of none yet. Entries only follow, so that this never changes once it is known.
    public func payingMonth(of entry: LedgerEntry) -> Month? {
        if entry.kind == .close { return entry.month }
        return entries.first { $0.kind == .close && $0.number > entry.number }?.month
    }

    /// Adjustments and reversals that wait for the next period to be closed.
    public var pending: [LedgerEntry] {
        entries.filter { ($0.kind == .adjust || $0.kind == .reverse) && payingMonth(of: $0) == nil }
    }

    /// The answer to a question; nil: it is open.
    public func answer(to dispute: LedgerEntry) -> LedgerEntry? {
        entries.first { $0.kind == .answer && $0.about == dispute.number }
    }
}
