import Basis
import Dealership
import Programs
import Reporting

/// Results of reward rules as rows and as text.
enum RewardTable {
    static let columns = [
        "rule", "version", "month", "person_id", "name", "store_id", "department", "payroll_id", "outcome", "assigned",
        "left_out", "counted", "in_time", "late", "unanswered", "still_within", "eligible_days", "present_days",
        "period_days", "tier", "points", "full_amount", "earned", "team_part", "amount", "amount_on_raw_times",
    ]
    static let textColumns = 9

    static func rows(_ result: RewardResult) -> [[String]] {
        result.people.map { one in
            [
                result.rule.identifier, String(result.rule.version), result.month.description, one.person, one.name,
                one.store, one.department, one.payroll, words(one.outcome), String(one.count.assigned),
                String(one.count.leftOutCount), String(one.count.counted), String(one.count.inTime),
                String(one.count.late), String(one.count.unanswered), String(one.count.stillWithin),
                String(one.eligibleDays), String(one.presentDays), String(one.periodDays),
                one.tier.map { tier($0, result.rule) } ?? "", one.points.map(String.init) ?? "", one.full.description,
                one.earned.description, one.teamPart.description, one.amount.description, one.rawAmount.description,
            ]
        }
    }

    static func words(_ outcome: PersonReward.Outcome) -> String {
        switch outcome {
        case .scored: "scored"
        case .tooFew(let counted, let needed): "too few: \(counted) of \(needed) needed"
        case .absent(let days, let needed): "present \(days) of \(needed) days needed"
        case .gate(let words, let found): "\(words): \(found)"
        case .silenceOfNobody: "not paid: silence belongs to nobody"
        }
    }

    private static func tier(_ position: Int, _ rule: RewardRule) -> String {
        guard case .tiers(let tiers) = rule.scheme, tiers.indices.contains(position) else { return "" }
        let tier = tiers[position]
        return "\(percent(tier.from)) to \(percent(tier.below ?? 1_000)) %"
    }

    private static func percent(_ permille: Int) -> String {
        permille % 10 == 0 ? "\(permille / 10)" : "\(permille / 10).\(permille % 10)"
    }

    static func text(_ result: RewardResult, header: JournalHeader) -> String {
        let rule = result.rule
        let currency = header.settings.currency
        var lines = [
            "\(rule.name) (\(rule.identifier), version \(rule.version)), \(result.month), as of \(result.asOf): "
                + "\(result.total) \(currency) to \(result.people.count { $0.amount > .zero }) of \(result.people.count) people"
        ]
        for one in result.people {
            let count = one.count
            let share = RewardShare.words(count, rule).map { ", \($0)" } ?? ""
            lines.append(
                "  \(one.name) (\(one.person)): \(one.amount) \(currency); assigned \(count.assigned), left out "
                    + "\(count.leftOutCount), in time \(count.inTime), late \(count.late), unanswered "
                    + "\(count.unanswered)\(share); \(words(one.outcome))")
        }
        if result.unowned.assigned > 0 {
            lines.append("  nobody's: \(result.unowned.assigned), \(result.unowned.unanswered) unanswered")
        }
        if let left = result.leftInPool { lines.append("  left in the pool: \(left) \(currency)") }
        return lines.joined(separator: "\n")
    }
}
