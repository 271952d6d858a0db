import Basis
public import Programs

/// What lies beside statements as tables: every row, and every change of an earlier month with all its reasons.
public enum StatementTable {
    /// Header and rows: those of ``RewardRow/columns``, then what they were counted for.
    public static func rows(_ statements: [RewardStatement]) -> [[String]] {
        let columns = RewardRow.columns + ["month", "rule", "version", "ledger_entry", "ledger_hash"]
        return [columns]
            + statements.flatMap { statement in
                let about = [
                    statement.month.description, statement.rule.identifier, String(statement.rule.version),
                    statement.entry.map { String($0.number) } ?? "", statement.entry?.hash ?? "",
                ]
                return statement.rows.map { ($0.cells + about).map(plain) }
            }
    }

    /// A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay (OWASP, CSV injection).
    private static func plain(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first), Double(text) == nil
        else {
            return text
        }
        return "'" + text
    }

    /// Header and a row a reason; a change without one has a row, too.
    public static func adjustments(_ statements: [RewardStatement]) -> [[String]] {
        let columns = ["person_id", "month", "rule", "ledger_entry", "before", "after", "amount", "reason"]
        return [columns]
            + statements.flatMap { statement in
                statement.adjustments.flatMap { one in
                    (one.reasons.isEmpty ? [""] : one.reasons).map { reason in
                        [
                            statement.reward.person, one.month.description, statement.rule.identifier,
                            String(one.entry),
                            one.before.description, one.after.description, one.amount.description, reason,
                        ].map(plain)
                    }
                }
            }
    }
}
