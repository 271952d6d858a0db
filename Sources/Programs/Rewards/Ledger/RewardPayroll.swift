public import Basis

/// One amount that payroll pays or takes.
public struct PayrollLine: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case reward, adjustment, reversal }
    public var payroll: String
    public var person: String
    public var name: String
    /// The period it was earned in: of adjustments an earlier one.
    public var month: Month
    public var kind: Kind
    public var amount: Money
    public var currency: String
    public var rule: String
    public var version: Int
    public var entry: Int
    public var weeks: [WorkWeek]
}

/// What a closed month brings to payroll: its own amounts, and adjustments and reversals made since the period closed
/// before.
public struct RewardPayroll: Sendable {
    /// In the order of entries, then of people. Amounts of 0 are none.
    public let lines: [PayrollLine]

    /// - Parameters:
    ///   - entries: with the rows of those that close or adjust a period that is paid or adjusted with this month.
    ///   - start: the weekday a work week starts on; Monday is 0, Sunday 6.
    public init(_ month: Month, history: LedgerHistory, start: Int) {
        lines = history.entries.filter { history.payingMonth(of: $0) == month }.flatMap { entry -> [PayrollLine] in
            guard let kind = Kind(entry.kind) else { return [] }
            let rows = Dictionary(grouping: RewardPayroll.rows(of: entry, history), by: \.person)
            let amounts =
                entry.people.map { ($0.person, $0.name, $0.payroll, $0.amount) }
                + entry.adjustments.map { ($0.person, $0.name, $0.payroll, $0.amount) }
            return amounts.filter { $0.3 != .zero }.map { person, name, payroll, amount in
                PayrollLine(
                    payroll: payroll, person: person, name: name, month: entry.month, kind: kind, amount: amount,
                    currency: entry.currency, rule: entry.rule, version: entry.version, entry: entry.number,
                    weeks: WorkWeek.weeks(of: entry.month, start: start, rows: rows[person] ?? [], amount: amount))
            }
        }
    }

    private typealias Kind = PayrollLine.Kind

    /// The period's rows as the entry found them.
    private static func rows(of entry: LedgerEntry, _ history: LedgerHistory) -> [RewardRow] {
        guard let close = history.close(of: entry.rule, entry.month) else { return [] }
        let adjusts = history.adjusts(of: close).filter { $0.number <= entry.number }
        return LedgerRows([close] + adjusts).rows
    }

    /// Entries whose rows it reads.
    public static func needsRows(_ entry: LedgerEntry, _ month: Month, _ history: LedgerHistory) -> Bool {
        guard entry.kind == .close || entry.kind == .adjust else { return false }
        return history.entries.contains {
            $0.rule == entry.rule && $0.month == entry.month && history.payingMonth(of: $0) == month
        }
    }
}

extension PayrollLine.Kind {
    fileprivate init?(_ kind: LedgerEntry.Kind) {
        switch kind {
        case .close: self = .reward
        case .adjust: self = .adjustment
        case .reverse: self = .reversal
        case .dispute, .answer: return nil
        }
    }
}
