public import Basis
public import Measures

/// What is paid for which communication figure, to whom, and how it may not be paid. DEFINITIONS 6.
///
/// One file in `rewards/`. A rule never changes once a period was closed by it: a changed rule is a new version.
public struct RewardRule: Hashable, Sendable {
    /// The file's name without its ending.
    public var identifier: String
    public var name: String
    /// Counts from 1.
    public var version: Int
    public var approved: Day
    /// Who approved it, two at the least; none is paid by it.
    public var approvers: [String]
    /// The first month it pays for, never before its approval.
    public var inForce: Month
    /// The last month; nil: until another version is in force.
    public var until: Month?
    public var basis: Counting
    public var eligibility: Eligibility
    public var scheme: Scheme
    public var team: TeamShare?
    public var gates: [Gate]
    /// The most that one person gets of it in a period.
    public var cap: Money?
    /// The most that all of them get in a period.
    public var pool: Money?
    public var isProRata: Bool
    public var rounding: Rounding
    public var lateData: LateData
    /// How many days after a statement is handed out somebody may ask, and whom.
    public var askWithinDays: Int
    public var askWhom: String
    /// The definition's file, whole: the ledger keeps it.
    public var text: String

    public init(
        identifier: String, name: String, version: Int, approved: Day, approvers: [String], inForce: Month,
        until: Month? = nil, basis: Counting, eligibility: Eligibility, scheme: Scheme, team: TeamShare? = nil,
        gates: [Gate] = [], cap: Money? = nil, pool: Money? = nil, isProRata: Bool, rounding: Rounding,
        lateData: LateData, askWithinDays: Int, askWhom: String, text: String
    ) {
        self.identifier = identifier
        self.name = name
        self.version = version
        self.approved = approved
        self.approvers = approvers
        self.inForce = inForce
        self.until = until
        self.basis = basis
        self.eligibility = eligibility
        self.scheme = scheme
        self.team = team
        self.gates = gates
        self.cap = cap
        self.pool = pool
        self.isProRata = isProRata
        self.rounding = rounding
        self.lateData = lateData
        self.askWithinDays = askWithinDays
        self.askWhom = askWhom
        self.text = text
    }

    public func isInForce(in month: Month) -> Bool { inForce <= month && (until.map { month <= $0 } ?? true) }
}

extension RewardRule {
    /// What is counted: a person's own conversations, turns or leads, each in time or not.
    public struct Counting: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            case firstResponse = "first-response-time"
            case nextResponse = "next-response-time"
            case leadResponse = "lead-response-time"
        }
        /// Whose a conversation is.
        public enum Owner: String, Hashable, Sendable, CaseIterable {
            /// A reply is of who replied, silence of who it was assigned to. DEFINITIONS 3.
            case answered
            /// A late reply and silence are of who had it when it fell due; what was answered in time is of who
            /// replied.
            case held
        }
        public var kind: Kind
        /// Clock, adjustment, target and what counts as an answer.
        public var timing: FirstResponseTime
        public var owner: Owner
        /// Channels that count; for leads their sources. Empty: all.
        public var channels: [String]
        public init(kind: Kind, timing: FirstResponseTime, owner: Owner, channels: [String]) {
            self.kind = kind
            self.timing = timing
            self.owner = owner
            self.channels = channels
        }
    }

    /// Who may be paid.
    public struct Eligibility: Hashable, Sendable {
        /// Names; empty: all.
        public var departments: [String]
        public var roles: [String]
        public var stores: [String]
        /// With fewer counted than this a person is not scored.
        public var minimumN: Int
        /// With fewer working days present than this a person is not paid.
        public var daysPresent: Int
        /// Of the conversations without an answer, the least share that must name an assignee (thousandths): else
        /// nobody is paid in person, since ignoring customers would pay.
        public var leastAssigned: Int
        public init(
            departments: [String] = [], roles: [String] = [], stores: [String] = [], minimumN: Int, daysPresent: Int,
            leastAssigned: Int
        ) {
            self.departments = departments
            self.roles = roles
            self.stores = stores
            self.minimumN = minimumN
            self.daysPresent = daysPresent
            self.leastAssigned = leastAssigned
        }
    }

    /// A range of the share answered in time, and what it pays.
    public struct Tier: Hashable, Sendable {
        /// Thousandths; the range holds `from` and not `below`.
        public var from: Int
        /// Nil: to 100 %.
        public var below: Int?
        public var pays: Money
        public init(from: Int, below: Int?, pays: Money) {
            self.from = from
            self.below = below
            self.pays = pays
        }
    }

    /// What a conversation brings.
    public struct Points: Hashable, Sendable {
        public var inTime: Int
        public var late: Int
        public var unanswered: Int
        /// What a point pays; nil: the points divide the pool.
        public var pays: Money?
        public init(inTime: Int, late: Int, unanswered: Int, pays: Money?) {
            self.inTime = inTime
            self.late = late
            self.unanswered = unanswered
            self.pays = pays
        }
    }

    public enum Scheme: Hashable, Sendable {
        /// In order, without gaps or overlaps above the first.
        case tiers([Tier])
        case points(Points)
        /// Only the team is paid.
        case none
    }

    /// What a team earns by its joint counts, unanswered ones that belong to nobody among them, and divides.
    public struct TeamShare: Hashable, Sendable {
        public enum Unit: String, Hashable, Sendable, CaseIterable { case all, store, department }
        public enum Division: String, Hashable, Sendable, CaseIterable {
            case equally
            /// By working days present.
            case days
        }
        public var of: Unit
        public var tiers: [Tier]
        public var division: Division
        public init(of unit: Unit, tiers: [Tier], division: Division) {
            self.of = unit
            self.tiers = tiers
            self.division = division
        }
    }

    /// Nothing is paid where a figure is beyond its bound.
    public struct Gate: Hashable, Sendable {
        public enum Scope: String, Hashable, Sendable, CaseIterable { case person, store, all }
        public enum Bound: Hashable, Sendable {
            /// Of a share thousandths, of seconds seconds, of counts counts.
            case atMost(Int64)
            case atLeast(Int64)
        }
        public var measure: EffortMeasure
        public var bound: Bound
        public var of: Scope
        /// As the file writes it: `at most 5 %`.
        public var words: String
        public init(measure: EffortMeasure, bound: Bound, of scope: Scope, words: String) {
            self.measure = measure
            self.bound = bound
            self.of = scope
            self.words = words
        }
    }

    /// How an amount that is no multiple of the unit becomes one.
    public struct Rounding: Hashable, Sendable {
        public enum Mode: String, Hashable, Sendable, CaseIterable {
            case halfUp = "half-up"
            case halfEven = "half-even"
            case down
        }
        public var unit: Money
        public var mode: Mode
        public init(to unit: Money, mode: Mode) {
            self.unit = unit
            self.mode = mode
        }
    }

    /// What becomes of a closed period when its data changes.
    public enum LateData: String, Hashable, Sendable, CaseIterable {
        /// Nobody gives anything back.
        case addOnly = "add-only"
        case both
    }
}
