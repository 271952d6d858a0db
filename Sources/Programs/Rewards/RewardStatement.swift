public import Basis

/// All that one person's statement says: a preview, or what the ledger holds.
public struct RewardStatement: Hashable, Sendable {
    /// Where it stands in the ledger; a preview has none.
    public struct Entry: Hashable, Sendable {
        public var number: Int
        public var on: Day
        public var approvers: [String]
        /// SHA-256 of the entry, 64 hexadecimal digits.
        public var hash: String
        public init(number: Int, on: Day, approvers: [String], hash: String) {
            self.number = number
            self.on = on
            self.approvers = approvers
            self.hash = hash
        }
    }

    /// What changed in an earlier period, paid or taken with this one.
    public struct Adjustment: Hashable, Sendable {
        public var entry: Int
        public var month: Month
        public var before: Money
        public var after: Money
        /// What is paid or taken for it: by an add-only rule never below 0.
        public var amount: Money
        /// Conversations whose standing or times changed, came or went:
        /// `C-1042: late → in time (outage minutes 35 → 95)`.
        public var reasons: [String]
        public init(entry: Int, month: Month, before: Money, after: Money, amount: Money, reasons: [String]) {
            self.entry = entry
            self.month = month
            self.before = before
            self.after = after
            self.amount = amount
            self.reasons = reasons
        }
    }

    public struct Dispute: Hashable, Sendable {
        public var entry: Int
        public var on: Day
        public var question: String
        /// Nil: open.
        public var answer: String?
        public var outcome: String?
        public init(entry: Int, on: Day, question: String, answer: String?, outcome: String?) {
            self.entry = entry
            self.on = on
            self.question = question
            self.answer = answer
            self.outcome = outcome
        }
    }

    public var rule: RewardRule
    public var month: Month
    public var asOf: Day
    public var reward: PersonReward
    public var team: TeamReward?
    /// Teams of the month that the person was in before that one, and shares with by days.
    public var otherTeams: [TeamReward]
    /// The person's own, counted and left out.
    public var rows: [RewardRow]
    /// Nil: a preview, which nobody is paid by.
    public var entry: Entry?
    public var adjustments: [Adjustment]
    public var disputes: [Dispute]

    public init(
        rule: RewardRule, month: Month, asOf: Day, reward: PersonReward, team: TeamReward? = nil,
        otherTeams: [TeamReward] = [], rows: [RewardRow],
        entry: Entry? = nil, adjustments: [Adjustment] = [], disputes: [Dispute] = []
    ) {
        self.rule = rule
        self.month = month
        self.asOf = asOf
        self.reward = reward
        self.team = team
        self.otherTeams = otherTeams
        self.rows = rows
        self.entry = entry
        self.adjustments = adjustments
        self.disputes = disputes
    }

    /// This period's amount and what earlier ones still bring.
    public var amount: Money { adjustments.reduce(reward.amount) { $0 + $1.amount } }
}
