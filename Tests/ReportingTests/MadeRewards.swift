import Basis
import Dealership
import Measures
import Programs
import Statistics

/// Rewards made up for pages: rules, rows and results of people, drawn from a seed.
struct MadeRewards {
    var month = Month(year: 2026, month: 10)
    var seed: UInt64 = 7
    var currency = "USD"

    static func money(_ units: Int64, _ cents: Int64 = 0) -> Money { Money(minorUnits: units * 100 + cents) }

    static let usualTiers = [
        RewardRule.Tier(from: 850, below: 900, pays: money(75)),
        RewardRule.Tier(from: 900, below: 950, pays: money(150)),
        RewardRule.Tier(from: 950, below: nil, pays: money(250)),
    ]

    func rule(
        _ name: String = "Answered in time", version: Int = 2, scheme: RewardRule.Scheme = .tiers(usualTiers),
        team: RewardRule.TeamShare? = nil, cap: Money? = nil, pool: Money? = money(3_000), minimumN: Int = 20
    ) -> RewardRule {
        RewardRule(
            identifier: name.lowercased().split(separator: " ").joined(separator: "-"), name: name, version: version,
            approved: Month(year: 2026, month: 6).firstDay + 9, approvers: ["Dana Cole", "Priya Nair"],
            inForce: Month(year: 2026, month: 7),
            basis: .init(
                kind: .firstResponse,
                timing: FirstResponseTime(
                    clock: .open, adjusted: true, silence: .count, target: .settings, answerOn: .anyManaged,
                    minimumN: minimumN),
                owner: .answered, channels: []),
            eligibility: .init(departments: ["Service"], minimumN: minimumN, daysPresent: 5, leastAssigned: 900),
            scheme: scheme, team: team, cap: cap, pool: pool, isProRata: true,
            rounding: .init(to: Money(minorUnits: 1), mode: .halfUp), lateData: .addOnly, askWithinDays: 14,
            askWhom: "Maria Ruiz, HR", text: "name: \(name)\n")
    }

    /// Rows of one person: so many of each standing.
    func rows(
        _ person: String, inTime: Int, late: Int, unanswered: Int, leftOut: Int, rawLate: Int = 0, stillWithin: Int = 0,
        number: (Int) -> String = { "C-\(104_000 + $0)" }
    ) -> [RewardRow] {
        var random = SplitMix64(seed: seed &+ UInt64(person.utf8.reduce(0) { $0 + Int($1) }))
        let reasons = [
            "withdrawn by the customer", "answered by a machine only", "test message", "outage all the time",
        ]
        let kinds: [(RewardRow.Standing, Int)] = [
            (.inTime, inTime), (.late, late), (.unanswered, unanswered), (.stillWithin, stillWithin),
            (.leftOut, leftOut),
        ]
        var rows: [RewardRow] = []
        for (standing, count) in kinds {
            for position in 0..<count {
                let day = month.firstDay + Int(random.next() % 30)
                let minute = Int(random.next() % 480)
                let wait = standing == .inTime ? Int64(random.next() % 3_000) : 3_700 + Int64(random.next() % 9_000)
                let isOutage = standing == .inTime && position < rawLate
                let outage: Int64 = isOutage ? 4_000 : standing == .late && position % 4 == 0 ? 2_100 : 0
                func time(_ minutes: Int) -> String {
                    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
                    return "\(day) \(two(8 + minutes / 60)):\(two(minutes % 60)):17"
                }
                let isAnswered = standing == .inTime || standing == .late || standing == .leftOut && position % 2 == 0
                rows.append(
                    RewardRow(
                        number: number(rows.count), store: "a",
                        channel: ["email", "sms", "phone"][Int(random.next() % 3)],
                        person: person, day: day, arrived: time(minute), due: time(minute + 60),
                        answered: isAnswered ? time(minute + Int(wait / 60)) : "", rawSeconds: wait + outage,
                        outageSeconds: outage, absenceSeconds: standing == .late && position % 5 == 1 ? 5_400 : 0,
                        seconds: wait, targetSeconds: 3_600, standing: standing,
                        rawStanding: isOutage ? .late : standing,
                        reason: standing == .leftOut ? reasons[position % 4] : "",
                        source: "exports/messages.csv:\(120 + rows.count)"))
            }
        }
        return rows.sorted(by: RewardRow.areInOrder)
    }

    static func count(_ rows: [RewardRow], raw: Bool = false) -> RewardCount {
        var count = RewardCount()
        for row in rows { count.add(row, raw: raw) }
        return count
    }

    /// A person's reward by the rule's tiers, without team, cap and pool.
    func reward(
        _ person: String, _ rows: [RewardRow], _ rule: RewardRule, name: String, payroll: String = "00412",
        days: (eligible: Int, present: Int, period: Int) = (23, 21, 23), gates: [PersonReward.GateStanding] = []
    ) -> PersonReward {
        let count = MadeRewards.count(rows)
        let raw = MadeRewards.count(rows, raw: true)
        func tier(_ count: RewardCount) -> Int? {
            guard case .tiers(let tiers) = rule.scheme, count.counted >= rule.eligibility.minimumN else { return nil }
            return tiers.firstIndex { tier in
                count.inTime * 1_000 >= tier.from * count.counted
                    && (tier.below.map { count.inTime * 1_000 < $0 * count.counted } ?? true)
            }
        }
        func pays(_ tier: Int?) -> Money {
            guard case .tiers(let tiers) = rule.scheme, let tier else { return .zero }
            return tiers[tier].pays
        }
        func part(_ full: Money) -> Money {
            Money(
                minorUnits: (2 * full.minorUnits * Int64(days.eligible) + Int64(days.period)) / (2 * Int64(days.period))
            )
        }
        let isEnough = count.counted >= rule.eligibility.minimumN
        let full = pays(tier(count))
        return PersonReward(
            person: person, name: name, store: "a", department: "Service", role: "Service advisor", payroll: payroll,
            count: count, rawCount: raw, eligibleDays: days.eligible, presentDays: days.present,
            periodDays: days.period,
            gates: gates,
            outcome: isEnough ? .scored : .tooFew(counted: count.counted, needed: rule.eligibility.minimumN),
            tier: tier(count), points: nil, full: full, earned: part(full), teamPart: .zero, amount: part(full),
            isCapped: false, isScaledToPool: false, rawAmount: part(pays(tier(raw))))
    }

    /// What a closed month's statement says: 181 of 198 in time, $150.00.
    func statement(
        inTime: Int = 181, late: Int = 12, unanswered: Int = 5, leftOut: Int = 14, rawLate: Int = 6,
        name: String = "Ana Ruiz",
        rule: RewardRule? = nil, days: (eligible: Int, present: Int, period: Int) = (23, 21, 23), isClosed: Bool = true,
        gates: [PersonReward.GateStanding] = [], payroll: String = "00412"
    ) -> RewardStatement {
        let rule = rule ?? self.rule()
        let rows = rows(
            "P1", inTime: inTime, late: late, unanswered: unanswered, leftOut: leftOut, rawLate: min(rawLate, inTime))
        return RewardStatement(
            rule: rule, month: month, asOf: month.lastDay,
            reward: reward("P1", rows, rule, name: name, payroll: payroll, days: days, gates: gates), rows: rows,
            entry: isClosed ? MadeRewards.entry(month) : nil)
    }

    static func entry(_ month: Month) -> RewardStatement.Entry {
        .init(
            number: 12, on: (month + 1).firstDay + 3, approvers: ["Dana Cole", "Priya Nair"],
            hash: "9f3ac01b7de2445d8b6f0e1a2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f")
    }

    func adjustments(_ count: Int) -> [RewardStatement.Adjustment] {
        (0..<count).map { index in
            RewardStatement.Adjustment(
                entry: 13 + index, month: month + -(index + 1), before: MadeRewards.money(75),
                after: MadeRewards.money(150),
                amount: MadeRewards.money(index % 3 == 2 ? -75 : 75),
                reasons: (0...(index % 5)).map {
                    "C-\(103_000 + $0): late \u{2192} in time (outage minutes 35 \u{2192} 95)"
                })
        }
    }

    func disputes(_ count: Int) -> [RewardStatement.Dispute] {
        let all: [RewardStatement.Dispute] = [
            .init(
                entry: 31, on: (month + 1).firstDay + 6, question: "C-104201 was not mine, I was off that day",
                answer: "Right: the leave was entered late. It is left out now.", outcome: "upheld"),
            .init(
                entry: 33, on: (month + 1).firstDay + 7, question: "I rang Mrs Okafor at half past nine", answer: nil,
                outcome: nil),
            .init(
                entry: 34, on: (month + 1).firstDay + 8, question: "Mail was down longer than that",
                answer: "The vendor says 10:12, our monitor 11:40. The monitor's time holds.", outcome: "partly"),
        ]
        return (0..<count).map { all[$0 % all.count] }
    }
}
