import Basis
import Drawing
import Programs

/// What a statement says of one person's reward: every amount with how it came. DEFINITIONS 6.
struct StatementWords {
    let statement: RewardStatement
    let currency: String

    private var rule: RewardRule { statement.rule }
    private var reward: PersonReward { statement.reward }

    func money(_ amount: Money) -> String { Words.exact(amount, currency) }

    /// `October 2026: $150.00`
    var headline: String { "\(Words.capitalised(Words.month(statement.month))): \(money(statement.amount))" }

    /// Where the tiers begin and end, thousandths.
    static func bounds(_ tiers: [RewardRule.Tier]) -> [Int] { tiers.map(\.from) + tiers.compactMap(\.below) }

    static func share(_ count: RewardCount, _ tiers: [RewardRule.Tier]) -> String? {
        TierShare(inTime: count.inTime, counted: count.counted, bounds: bounds(tiers)).text
    }

    private var tiers: [RewardRule.Tier] {
        if case .tiers(let tiers) = rule.scheme { return tiers }
        return []
    }

    /// What is counted: conversations, turns, leads.
    var own: String {
        switch rule.basis.kind {
        case .firstResponse: say("Your own conversations; nobody is compared with anybody")
        case .nextResponse: say("Your own turns; nobody is compared with anybody")
        case .leadResponse: say("Your own leads; nobody is compared with anybody")
        }
    }

    // MARK: How it came

    /// The counts and the share, as running text.
    var counts: RichText {
        let count = reward.count
        var text = say("Assigned **\(Words.count(count.assigned))** \u{2212} left out \(Words.count(count.leftOutCount))")
        if count.stillWithin > 0 { text += say(" \u{2212} still within target \(Words.count(count.stillWithin))") }
        text +=
            say("""
                 = **\(Words.count(count.counted))**. In time \(Words.count(count.inTime)), late \(Words.count(count.late)), \
                unanswered \(Words.count(count.unanswered)).
                """)
        if let share = StatementWords.share(count, tiers), case .scored = reward.outcome {
            // A division is read in one go: it does not part at a line's end.
            text += " \(Words.count(count.inTime))\u{A0}÷\u{A0}\(Words.count(count.counted))\u{A0}=\u{A0}**\(share)**."
        }
        return RichText(marked: text)
    }

    /// What is paid, line by line; the last is what is paid in all.
    var receipt: [FactsPlate.Row] {
        var rows = ownRows + team + limits
        if rows.count > 1 {
            rows.append(row(say("For \(Words.month(statement.month))"), reward.amount, bold: true))
        }
        let earlier = statement.adjustments.reduce(Money.zero) { $0 + $1.amount }
        let months = statement.adjustments.count
        rows.append(
            FactsPlate.Row(
                Label(
                    months == 0
                        ? say("Earlier months") : say("Earlier months: \(Words.counted(months, "change", "changes")), below")),
                Label(months == 0 ? money(earlier) : Words.change(earlier, currency))))
        rows.append(row(statement.entry == nil ? say("Would be paid") : say("Paid"), statement.amount, bold: true))
        return rows
    }

    private func row(_ name: String, _ amount: Money, bold: Bool = false, note: String = "") -> FactsPlate.Row {
        FactsPlate.Row(Label(name, bold ? .ink : nil, bold: bold), Label(money(amount), .ink, bold: bold), note: note)
    }

    /// By the person's own counts.
    private var ownRows: [FactsPlate.Row] {
        switch reward.outcome {
        case .tooFew(let counted, let needed):
            return [
                row(
                    say("Too few to score: \(Words.count(counted)) of \(Words.count(needed)) needed"), .zero,
                    note:
                        say("So few say more about chance than about your work: nobody is judged by them, for better or worse.")
                )
            ]
        case .absent(let days, let needed):
            return [
                row(
                    say("Present \(Words.counted(days, "working day", "working days")), \(needed) needed"), .zero,
                    note: say("The rule pays for a month with enough days at work. Leave takes nothing from other months."))
            ]
        case .gate(let words, let found):
            return [
                row(
                    say("A bound was passed: \(LedgerPhrases.gates.said(words))"), .zero,
                    note: say("Found: \(LedgerPhrases.gates.said(found)). The rule pays nobody beyond it."))
            ]
        case .silenceOfNobody:
            return [
                row(
                    say("Not paid in person this month"), .zero,
                    note:
                        say("Too many unanswered conversations name nobody they were assigned to: ignoring customers would pay.")
                )
            ]
        case .scored: return scored
        }
    }

    private var scored: [FactsPlate.Row] {
        var rows: [FactsPlate.Row] = []
        switch rule.scheme {
        case .none: break
        case .tiers(let tiers):
            if let tier = reward.tier, tiers.indices.contains(tier) {
                rows.append(row(say("Tier \(TierShare.range(tiers[tier].from, tiers[tier].below))"), reward.full))
            } else {
                let first = tiers.first.map { say(": it begins at \(TierShare.bound($0.from))") } ?? ""
                rows.append(row(say("Below the first tier\(first)"), reward.full))
            }
        case .points(let points): rows.append(row(sum(points), reward.full, note: worth(points)))
        }
        if let part = part { rows.append(part) }
        return rows
    }

    private func sum(_ points: RewardRule.Points) -> String {
        let count = reward.count
        let terms = [(count.inTime, points.inTime), (count.late, points.late), (count.unanswered, points.unanswered)]
            .filter { $0.1 != 0 }
            .map { "\(Words.count($0.0)) × \($0.1 < 0 ? "(\(Words.count($0.1)))" : Words.count($0.1))" }
        let plain = count.inTime * points.inTime + count.late * points.late + count.unanswered * points.unanswered
        let total =
            plain < 0
            ? say(" = \(Words.count(plain)), which counts as 0 points") : " = \(Words.counted(plain, "point", "points"))"
        return terms.joined(separator: " + ") + total
    }

    private func worth(_ points: RewardRule.Points) -> String {
        if let pays = points.pays { return say("A point pays \(money(pays)).") }
        return rule.pool.map { say("Everybody’s points divide the pool of \(money($0)).") } ?? ""
    }

    /// Days and rounding between what a whole month pays and what was earned.
    private var part: FactsPlate.Row? {
        if rule.isProRata, reward.full > .zero, reward.eligibleDays < reward.periodDays {
            return row(
                say("""
                    In this job \(reward.eligibleDays) of \(reward.periodDays) working days: \
                    \(money(reward.full)) × \(reward.eligibleDays) ÷ \(reward.periodDays)
                    """), reward.earned,
                note: rounding)
        }
        return reward.earned == reward.full ? nil : row(say("Rounded"), reward.earned, note: rounding)
    }

    private var rounding: String {
        let unit = money(rule.rounding.unit)
        switch rule.rounding.mode {
        case .halfUp: return say("Rounded to \(unit), halves up.")
        case .halfEven: return say("Rounded to \(unit), halves to the even one.")
        case .down: return say("Rounded down to \(unit).")
        }
    }

    private var team: [FactsPlate.Row] {
        guard let share = rule.team else { return [] }
        let own = say("Your part of what the team earned")
        guard let team = statement.team else { return [row(own, reward.teamPart)] }
        let others = statement.otherTeams.map { "\($0.team): \(together($0, share))" }
        let main = others.isEmpty ? together(team, share) : "\(team.team): \(together(team, share))"
        return [row(own, reward.teamPart, note: ([main] + others).joined(separator: " "))]
    }

    private func together(_ team: TeamReward, _ share: RewardRule.TeamShare) -> String {
        let percent = StatementWords.share(team.count, share.tiers)
        let counted =
            percent.map {
                say("\(Words.count(team.count.inTime)) of \(Words.count(team.count.counted)) in time = \($0): ")
            } ?? say("nothing was counted: ")
        let division = share.division == .equally ? say("divided equally") : say("divided by days present")
        return say("Together \(counted)\(money(team.pays)), \(division).")
    }

    private var limits: [FactsPlate.Row] {
        var rows: [FactsPlate.Row] = []
        var amount = reward.earned + reward.teamPart
        if reward.isCapped, let cap = rule.cap, cap < amount {
            rows.append(FactsPlate.Row(Label(say("Cap: at most \(money(cap)) a person")), Label(money(cap - amount), .ink)))
            amount = cap
        }
        if reward.isScaledToPool, reward.amount != amount {
            let pool = rule.pool.map(money) ?? ""
            rows.append(
                FactsPlate.Row(
                    Label(say("Pool: all amounts are shortened alike to \(pool)")),
                    Label(money(reward.amount - amount), .ink)))
        }
        return rows
    }

    // MARK: Beside it

    /// What outages and leave changed, if they did.
    var spared: RichText? {
        let (raw, count) = (reward.rawCount, reward.count)
        guard raw.inTime != count.inTime || raw.counted != count.counted, raw.counted > 0 else { return nil }
        var text =
            say("With outages and leave left in, \(Words.count(raw.inTime)) of \(Words.count(raw.counted)) would be in time")
        if reward.rawAmount < reward.amount {
            text += say(": **taking them out brought \(money(reward.amount - reward.rawAmount)).**")
        } else if reward.rawAmount > reward.amount {
            text += say(", which would pay \(money(reward.rawAmount)).")
        } else {
            text += say("; the amount is the same.")
        }
        return RichText(marked: text)
    }

    var gates: [FactsPlate.Row] {
        reward.gates.map { gate in
            let found = LedgerPhrases.gates.said(gate.found)
            return FactsPlate.Row(
                Label(LedgerPhrases.gates.said(gate.words)), Label(gate.isOpen ? found : found + say(": passed"), .ink))
        }
    }

    /// By reason, the most frequent first.
    var leftOut: [FactsPlate.Row] {
        reward.count.leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            FactsPlate.Row(Label(Words.capitalised(say(text: $0.key))), Label(Words.count($0.value)))
        }
    }

    /// The tiers, the person's own marked, with how many in time of the same number each begins at.
    var tierTable: TablePlate? {
        guard !tiers.isEmpty else { return nil }
        let isScored = if case .scored = reward.outcome { true } else { false }
        let counted = reward.count.counted
        return TablePlate(
            subject: say("Tiers of the rule"),
            columns: [
                .init(say("In time")), .init(isScored ? say("Of your \(Words.count(counted))") : ""),
                .init(say("Pays"), align: .right),
            ],
            rows: tiers.enumerated().map { index, tier in
                let isOwn = isScored && reward.tier == index
                let tone: Tone = isOwn ? .ink : .text
                let from = (tier.from * counted + 999) / 1_000
                return .row([
                    Label(TierShare.range(tier.from, tier.below), tone, bold: isOwn),
                    Label(isScored ? say("from \(Words.count(from))") : "", tone, bold: isOwn),
                    Label(money(tier.pays), tone, bold: isOwn, cue: isOwn ? .check : nil),
                ])
            }, rowHeight: 13.2)
    }
}
