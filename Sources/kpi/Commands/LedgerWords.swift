import Basis
import Foundation
import Programs

/// Entries of the ledger in words and as JSON.
enum LedgerWords {
    /// What was just written.
    static func print(_ entries: [LedgerEntry]) {
        for entry in entries { Swift.print(lines(entry).joined(separator: "\n")) }
        if let head = entries.last?.hash { Swift.print("head \(head): keep it elsewhere") }
    }

    /// One line an entry, and one a person whom it adjusts.
    static func lines(_ entry: LedgerEntry) -> [String] {
        let rule = "\(entry.rule) version \(entry.version)"
        let start = "\(entry.number)  \(entry.on)"
        switch entry.kind {
        case .close:
            let paid = entry.people.count { $0.amount > .zero }
            return [
                "\(start)  closed \(entry.month) by \(rule): \(entry.total) \(entry.currency) to \(paid) of "
                    + "\(entry.people.count) people; approved by \(entry.approvers.joined(separator: ", "))"
            ]
        case .adjust:
            return [
                "\(start)  adjusted \(entry.month) by \(rule) (entry \(entry.about ?? 0)): \(signed(entry.total)) "
                    + "\(entry.currency); approved by \(entry.approvers.joined(separator: ", "))"
            ] + entry.adjustments.flatMap { adjustment($0, entry) } + general(entry)
        case .reverse:
            return [
                "\(start)  reversed \(entry.month) by \(rule) (entry \(entry.about ?? 0)): \(entry.words); "
                    + "approved by \(entry.approvers.joined(separator: ", "))"
            ]
                + entry.adjustments.flatMap { adjustment($0, entry) }
        case .dispute:
            return ["\(start)  \(entry.person) asks about entry \(entry.about ?? 0): \(entry.words)"]
        case .answer:
            return [
                "\(start)  \(entry.by) answers entry \(entry.about ?? 0): \(entry.outcome?.rawValue ?? ""): \(entry.words)"
            ]
        }
    }

    private static func adjustment(_ one: LedgerAdjustment, _ entry: LedgerEntry) -> [String] {
        let own = entry.changes.filter { $0.person == one.person }.map { "        \($0.words)" }
        return [
            "     \(one.name) (\(one.person)): \(one.before) → \(one.after), \(signed(one.amount)) \(entry.currency)"
        ] + own
    }

    private static func general(_ entry: LedgerEntry) -> [String] {
        entry.changes.filter(\.person.isEmpty).map { "     \($0.words)" }
    }

    static func signed(_ money: Money) -> String { money > .zero ? "+\(money)" : money.description }

    /// Everything that an entry holds but its rows.
    static func details(_ entry: LedgerEntry) -> String {
        var lines = lines(entry)
        for person in entry.people {
            lines.append(
                "     \(person.name) (\(person.person)): \(person.amount) \(entry.currency); assigned \(person.count.assigned), "
                    + "left out \(person.count.leftOutCount), in time \(person.count.inTime), late \(person.count.late), "
                    + "unanswered \(person.count.unanswered); \(RewardTable.words(person.outcome))")
        }
        for outage in entry.outages { lines.append("     outage \(outage.number): down \(outage.down)") }
        lines.append("     previous \(entry.previous)")
        lines.append("     hash     \(entry.hash)")
        if !entry.ruleText.isEmpty { lines += ["", entry.ruleText] }
        return lines.joined(separator: "\n")
    }

    static func json(_ entry: LedgerEntry, paidWith: Month?) -> JSONValue {
        .object([
            ("entry", .whole(entry.number)), ("kind", .text(entry.kind.rawValue)), ("on", .text(entry.on.description)),
            ("rule", .text(entry.rule)), ("version", .whole(entry.version)), ("period", .text(entry.month.description)),
            ("paid_with", .optional(paidWith?.description)), ("as_of", .optional(entry.asOf?.description)),
            ("about", entry.about.map { .whole($0) } ?? .none), ("person_id", .text(entry.person)),
            ("by", .text(entry.by)), ("approvers", .list(entry.approvers.map { .text($0) })),
            ("words", .text(entry.words)), ("outcome", .optional(entry.outcome?.rawValue)),
            ("total", .text(entry.total.description)), ("currency", .text(entry.currency)),
            (
                "amounts",
                .list(
                    entry.people.map {
                        .object([("person_id", .text($0.person)), ("amount", .text($0.amount.description))])
                    }
                        + entry.adjustments.map { one in
                            .object([
                                ("person_id", .text(one.person)), ("before", .text(one.before.description)),
                                ("after", .text(one.after.description)), ("amount", .text(one.amount.description)),
                            ])
                        })
            ),
            (
                "changes",
                .list(
                    entry.changes.map { .object([("person_id", .text($0.person)), ("words", .text($0.words))]) })
            ),
            ("previous", .text(entry.previous)), ("hash", .text(entry.hash)),
        ])
    }
}
