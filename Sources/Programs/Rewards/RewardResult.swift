public import Basis

/// What a rule pays one person for a period, and how that came.
public struct PersonReward: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        /// Paid, or scored without reaching anything that pays.
        case scored
        /// Too few of their own: so many, and so many needed.
        case tooFew(counted: Int, needed: Int)
        /// Fewer working days present than needed.
        case absent(days: Int, needed: Int)
        /// A gate is shut: its words and what was found.
        case gate(words: String, found: String)
        /// A personal reward without assignees in the data.
        case silenceOfNobody
    }

    /// How a gate stood to the person.
    public struct GateStanding: Hashable, Sendable {
        public var words: String
        /// `3.1 %`; `unknown` where there is nothing to judge by, which shuts no gate.
        public var found: String
        public var isOpen: Bool
        public init(words: String, found: String, isOpen: Bool) {
            self.words = words
            self.found = found
            self.isOpen = isOpen
        }
    }

    public var person: String
    public var name: String
    public var store: String
    public var department: String
    public var role: String
    public var payroll: String
    public var count: RewardCount
    /// By times from which nothing was taken out.
    public var rawCount: RewardCount
    /// Working days of the period in the rule's departments, roles and stores; without them there is no part to pay.
    public var eligibleDays: Int
    /// Of these, days without leave.
    public var presentDays: Int
    /// Of these, days present in each team that shares, by its name; one but for people who moved. The ledger does not
    /// keep it.
    public var teamDays: [String: Int] = [:]
    /// Working days of the period.
    public var periodDays: Int
    public var gates: [GateStanding]
    public var outcome: Outcome
    /// Position in the rule's tiers; nil: none reached, or points.
    public var tier: Int?
    /// Nil: the rule has tiers.
    public var points: Int?
    /// What tier or points pay for a whole period.
    public var full: Money
    /// After pro rata and rounding.
    public var earned: Money
    /// Of the team's, after rounding.
    public var teamPart: Money
    /// What is paid: earned and team part, capped, within the pool.
    public var amount: Money
    public var isCapped: Bool
    public var isScaledToPool: Bool
    /// What tier or points would pay by raw times, all else alike.
    public var rawAmount: Money

    public init(
        person: String, name: String, store: String, department: String, role: String, payroll: String,
        count: RewardCount, rawCount: RewardCount, eligibleDays: Int, presentDays: Int, periodDays: Int,
        gates: [GateStanding], outcome: Outcome, tier: Int?, points: Int?, full: Money, earned: Money, teamPart: Money,
        amount: Money, isCapped: Bool, isScaledToPool: Bool, rawAmount: Money
    ) {
        self.person = person
        self.name = name
        self.store = store
        self.department = department
        self.role = role
        self.payroll = payroll
        self.count = count
        self.rawCount = rawCount
        self.eligibleDays = eligibleDays
        self.presentDays = presentDays
        self.periodDays = periodDays
        self.gates = gates
        self.outcome = outcome
        self.tier = tier
        self.points = points
        self.full = full
        self.earned = earned
        self.teamPart = teamPart
        self.amount = amount
        self.isCapped = isCapped
        self.isScaledToPool = isScaledToPool
        self.rawAmount = rawAmount
    }
}

/// A team that shares: its joint counts, what that pays, and what is left of it after whole units were given alike.
public struct TeamReward: Hashable, Sendable {
    /// A store, a department, or empty for all.
    public var team: String
    public var count: RewardCount
    public var tier: Int?
    public var pays: Money
    public var undivided: Money
    public init(team: String, count: RewardCount, tier: Int?, pays: Money, undivided: Money) {
        self.team = team
        self.count = count
        self.tier = tier
        self.pays = pays
        self.undivided = undivided
    }
}

/// A rule over a period: everybody it may pay, and the rows that this stands on.
public struct RewardResult: Hashable, Sendable {
    public var rule: RewardRule
    public var month: Month
    /// The last day that the data reaches.
    public var asOf: Day
    /// By person.
    public var people: [PersonReward]
    /// Everybody's who may be paid, and nobody's; in order.
    public var rows: [RewardRow]
    /// Unanswered and others that belong to nobody.
    public var unowned: RewardCount
    public var teams: [TeamReward]
    /// Of the pool, after everybody was paid; nil: there is no pool.
    public var leftInPool: Money?
    /// Nobody may be paid, or the period cannot be closed: each with its reason and remedy.
    public var refusals: [Diagnostic]

    public init(
        rule: RewardRule, month: Month, asOf: Day, people: [PersonReward], rows: [RewardRow], unowned: RewardCount,
        teams: [TeamReward], leftInPool: Money?, refusals: [Diagnostic]
    ) {
        self.rule = rule
        self.month = month
        self.asOf = asOf
        self.people = people
        self.rows = rows
        self.unowned = unowned
        self.teams = teams
        self.leftInPool = leftInPool
        self.refusals = refusals
    }

    public var total: Money { people.reduce(.zero) { $0 + $1.amount } }
    public func rows(of person: String) -> [RewardRow] { rows.filter { $0.person == person } }
}
