public import Basis
import Measures
public import Statistics

/// What to look at before a month is paid: it changes nothing and scores nobody.
public struct RewardReview: Sendable {
    /// A person whose tier hangs on a handful of answers.
    public struct CloseCall: Hashable, Sendable {
        public var rule: String
        public var person: String
        public var name: String
        public var inTime: Int
        public var counted: Int
        /// So many fewer in time, and the tier is lost; nil: more than a handful, or there is none to lose.
        public var fewer: Int?
        /// So many more, and the next is reached.
        public var more: Int?
        /// What the tier below and the tier above pay.
        public var below: Money
        public var pays: Money
        public var above: Money
        public var fewest: Int { min(fewer ?? .max, more ?? .max) }
    }

    /// A share beyond what chance explains against the person's own earlier months.
    public struct Jump: Hashable, Sendable {
        public var rule: String
        public var person: String
        public var name: String
        public var now: Proportion
        public var before: Proportion
        public var months: ClosedRange<Month>
        public var difference: NewcombeDifference { NewcombeDifference(first: now, second: before) }
    }

    /// Rows that nobody is assigned to, by rule.
    public struct Unowned: Hashable, Sendable {
        public var rule: String
        public var count: RewardCount
        public var rows: [RewardRow]
    }

    public static let handful = 3
    /// Earlier months that a jump is held against.
    public static let monthsBack = 6

    public let month: Month
    public private(set) var closeCalls: [CloseCall] = []
    public private(set) var jumps: [Jump] = []
    public private(set) var unowned: [Unowned] = []

    /// - Parameter results: of the rules, for the month and those before it.
    public init(_ results: [RewardResult], month: Month) {
        self.month = month
        for result in results.filter({ $0.month == month }).sorted(by: { $0.rule.identifier < $1.rule.identifier }) {
            closeCalls += result.people.compactMap { RewardReview.closeCall($0, result.rule) }
            let earlier = results.filter {
                $0.rule.identifier == result.rule.identifier && $0.month < month
                    && month - $0.month <= RewardReview.monthsBack
            }
            jumps += RewardReview.jumps(result, earlier)
            let rows = result.rows(of: "")
            if !rows.isEmpty {
                unowned.append(Unowned(rule: result.rule.identifier, count: result.unowned, rows: rows))
            }
        }
        closeCalls.sort { ($0.fewest, $0.rule, $0.name, $0.person) < ($1.fewest, $1.rule, $1.name, $1.person) }
        jumps.sort {
            (RewardReview.size($1), $0.rule, $0.name, $0.person) < (RewardReview.size($0), $1.rule, $1.name, $1.person)
        }
    }

    private static func size(_ jump: Jump) -> Double { (jump.difference.estimate ?? 0).magnitude }

    private static func closeCall(_ reward: PersonReward, _ rule: RewardRule) -> CloseCall? {
        guard case .tiers(let tiers) = rule.scheme, reward.outcome == .scored, reward.count.counted > 0 else {
            return nil
        }
        let (inTime, counted) = (reward.count.inTime, reward.count.counted)
        /// The least number in time at which a tier begins.
        func least(_ tier: RewardRule.Tier) -> Int { (tier.from * counted + 999) / 1_000 }
        let own = reward.tier.map { tiers[$0] }
        let next = tiers.first { least($0) > inTime }
        let fewer = own.map { inTime - least($0) + 1 }.flatMap { $0 <= handful && $0 <= inTime ? $0 : nil }
        let missing = reward.count.late + reward.count.unanswered
        let more = next.map { least($0) - inTime }.flatMap { $0 <= handful && $0 <= missing && $0 > 0 ? $0 : nil }
        guard fewer != nil || more != nil else { return nil }
        let below = reward.tier.flatMap { $0 > 0 ? tiers[$0 - 1].pays : nil } ?? .zero
        return CloseCall(
            rule: rule.identifier, person: reward.person, name: reward.name, inTime: inTime, counted: counted,
            fewer: fewer,
            more: more, below: below, pays: own?.pays ?? .zero, above: next?.pays ?? own?.pays ?? .zero)
    }

    private static func jumps(_ result: RewardResult, _ earlier: [RewardResult]) -> [Jump] {
        guard let first = earlier.map(\.month).min(), let last = earlier.map(\.month).max() else { return [] }
        var before: [String: RewardCount] = [:]
        for person in earlier.flatMap(\.people) {
            before[person.person] = (before[person.person] ?? RewardCount()) + person.count
        }
        let least = result.rule.eligibility.minimumN
        return result.people.compactMap { person in
            guard let old = before[person.person], old.counted >= max(least, 1), person.count.counted >= max(least, 1)
            else {
                return nil
            }
            let jump = Jump(
                rule: result.rule.identifier, person: person.person, name: person.name,
                now: Proportion(successes: person.count.inTime, trials: person.count.counted),
                before: Proportion(successes: old.inTime, trials: old.counted), months: first...last)
            guard let limits = jump.difference.interval(), !limits.contains(0) else { return nil }
            return jump
        }
    }

    public static let columns = [
        "list", "rule", "person_id", "person_name", "conversation_id", "in_time", "counted", "answers_fewer",
        "answers_more",
        "pays", "would_pay", "difference", "lower", "upper", "standing", "arrived_at", "source",
    ]

    /// Header and rows of all three lists, for whoever checks before paying.
    public var table: [[String]] {
        func text(_ value: Int?) -> String { value.map(String.init) ?? "" }
        var rows = [RewardReview.columns]
        for one in closeCalls {
            let other = (one.fewer ?? .max) <= (one.more ?? .max) ? one.below : one.above
            rows.append(
                [
                    "close-call", one.rule, one.person, one.name, "", String(one.inTime), String(one.counted),
                    text(one.fewer), text(one.more),
                    one.pays.description, other.description, "", "", "", "", "", "",
                ])
        }
        for one in jumps {
            let limits = one.difference.interval()
            rows.append(
                [
                    "jump", one.rule, one.person, one.name, "", String(one.now.successes), String(one.now.trials), "",
                    "", "", "",
                    one.difference.estimate?.fixed(6) ?? "", limits?.lower.fixed(6) ?? "", limits?.upper.fixed(6) ?? "",
                    "", "", "",
                ])
        }
        for one in unowned {
            for row in one.rows {
                rows.append(
                    [
                        "nobody", one.rule, "", "", row.number, "", "", "", "", "", "", "", "", "",
                        row.standing.rawValue,
                        row.arrived, row.source,
                    ])
            }
        }
        return rows
    }
}
