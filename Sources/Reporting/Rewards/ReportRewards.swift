public import Basis
public import Programs

/// What pages on rewards are made from: the folder's rules, what they give by the exports, and what the ledger holds.
public struct ReportRewards: Sendable {
    public var month: Month
    /// All of the folder.
    public var rules: [RewardRule]
    /// For the report's month and those before it.
    public var results: [RewardResult]
    /// Of the month, as the ledger holds them; none: nothing is closed.
    public var closed: [RewardStatement]
    /// Rules of a later month on past ones.
    public var trials: [RewardTrial]

    public init(
        month: Month, rules: [RewardRule], results: [RewardResult], closed: [RewardStatement] = [],
        trials: [RewardTrial] = []
    ) {
        self.month = month
        self.rules = rules
        self.results = results
        self.closed = closed
        self.trials = trials
    }

    /// Rules that pay for the month, by name.
    var standings: [RewardStanding] {
        let ofMonth = results.filter { $0.month == month }
        let fresh = ofMonth.map { result in
            RewardStanding(result, closed: closed.filter { $0.rule.identifier == result.rule.identifier })
        }
        return fresh.sorted { ($0.rule.name, $0.rule.identifier) < ($1.rule.name, $1.rule.identifier) }
    }

    /// Rules that are no longer or not yet in force in the month.
    var others: [RewardRule] { rules.filter { !$0.isInForce(in: month) } }

    /// Earlier months of a rule, the latest last.
    func earlier(_ rule: RewardRule) -> [RewardResult] {
        results.filter { $0.rule.identifier == rule.identifier && $0.month < month }.sorted { $0.month < $1.month }
    }
}

/// How a rule stands in the month: by the ledger where it is closed, else as the exports would have it.
struct RewardStanding {
    let rule: RewardRule
    let result: RewardResult
    let people: [PersonReward]
    let entry: RewardStatement.Entry?
    /// Of everybody, paid or taken with this month.
    let adjustments: [(person: PersonReward, adjustment: RewardStatement.Adjustment)]

    init(_ result: RewardResult, closed: [RewardStatement]) {
        self.result = result
        rule = closed.first?.rule ?? result.rule
        people = closed.isEmpty ? result.people : closed.map(\.reward)
        entry = closed.first?.entry
        adjustments = closed.flatMap { one in one.adjustments.map { (one.reward, $0) } }
    }

    var isClosed: Bool { entry != nil }
    /// Of the month alone.
    var total: Money { people.reduce(.zero) { $0 + $1.amount } }
    var paid: [PersonReward] { people.filter { $0.amount > .zero } }
    var tooFew: [PersonReward] {
        people.filter { if case .tooFew = $0.outcome { true } else { false } }
    }
    /// Whom outages or leave taken out of the times brought or cost something.
    var spared: [PersonReward] { people.filter { $0.amount != $0.rawAmount } }
    var count: RewardCount { people.reduce(RewardCount()) { $0 + $1.count } + result.unowned }

    var left: Money? { rule.pool.map { $0 - total } }
    /// A personal reward that cannot be paid: silence belongs to nobody.
    var cannotBeScored: Bool { !people.isEmpty && people.allSatisfy { $0.outcome == .silenceOfNobody } }
}
