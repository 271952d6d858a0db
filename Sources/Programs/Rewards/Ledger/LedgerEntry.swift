public import Basis

/// One entry of the rewards' ledger: it is written once and never changed.
public struct LedgerEntry: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A period is fixed: amounts, the rule, and every row as it was.
        case close
        /// The difference that late data makes to a closed period.
        case adjust
        /// An amount of an earlier entry taken back, or a reversal undone.
        case reverse
        /// A question about an entry, and what became of it.
        case dispute, answer
    }

    /// What became of a question.
    public enum Outcome: String, Hashable, Sendable, CaseIterable { case upheld, declined, partly }

    /// Counts from 1; 0: not yet in the ledger.
    public var number = 0
    public var kind: Kind
    /// As the person gave it: no clock is read.
    public var on: Day
    /// Who asks or answers; of the other kinds empty.
    public var by = ""
    public var approvers: [String] = []
    public var rule: String
    public var ruleName = ""
    public var version: Int
    /// The definition's file, whole; of a closing entry only.
    public var ruleText = ""
    /// ISO 4217.
    public var currency: String
    /// The period that it is about.
    public var month: Month
    /// The last day that the data reached.
    public var asOf: Day?
    /// The entry that this one adjusts, reverses, asks about or answers.
    public var about: Int?
    public var person = ""
    /// Why, a question, an answer.
    public var words = ""
    public var outcome: Outcome?
    /// SHA-256 of the settings' file at the time: what else may have changed than exports.
    public var settingsHash = ""
    /// The program that computed it, `kpi 0.1.0`.
    public var program = ""
    /// Of rows that belong to nobody.
    public var unowned = RewardCount()
    public var leftInPool: Money?
    public var people: [PersonReward] = []
    public var teams: [TeamReward] = []
    /// Of a closing entry every row; of an adjustment those that came, went or changed.
    public var rows: [LedgerRow] = []
    /// The outage records that bear on the period, as they were.
    public var outages: [LedgerOutage] = []
    public var adjustments: [LedgerAdjustment] = []
    public var changes: [LedgerChange] = []
    /// Of the entry before; of the first one zeros.
    public var previous = LedgerEntry.none
    /// Of everything in this entry. See `LedgerSeal`.
    public var hash = ""

    public static let none = String(repeating: "0", count: 64)

    public init(
        kind: Kind, on: Day, rule: String, version: Int, currency: String, month: Month, about: Int? = nil,
        person: String = "", words: String = ""
    ) {
        self.kind = kind
        self.on = on
        self.rule = rule
        self.version = version
        self.currency = currency
        self.month = month
        self.about = about
        self.person = person
        self.words = words
    }

    /// What it pays, or takes, in all.
    public var total: Money {
        people.reduce(.zero) { $0 + $1.amount } + adjustments.reduce(.zero) { $0 + $1.amount }
    }

    /// What it pays a person; nil: it is not about them.
    public func amount(of person: String) -> Money? {
        let amounts =
            people.filter { $0.person == person }.map(\.amount)
            + adjustments.filter { $0.person == person }.map(\.amount)
        return amounts.isEmpty ? nil : amounts.reduce(.zero, +)
    }

    public func name(of person: String) -> String? {
        people.first { $0.person == person }?.name ?? adjustments.first { $0.person == person }?.name
    }
}

/// A conversation, turn or lead as the ledger keeps it.
public struct LedgerRow: Hashable, Sendable {
    public enum Change: String, Hashable, Sendable, CaseIterable {
        /// As it was when the period was closed.
        case closed = ""
        /// Since then, as it is now.
        case came, changed
        /// Since then, as it last was.
        case went
    }
    public var row: RewardRow
    public var change: Change
    public init(_ row: RewardRow, _ change: Change = .closed) {
        self.row = row
        self.change = change
    }
}

/// What an entry pays or takes of one person beyond a period's own amounts.
public struct LedgerAdjustment: Hashable, Sendable {
    public var person: String
    public var name: String
    public var payroll: String
    /// What the period had brought until then.
    public var before: Money
    /// What it brings by the data of the entry's day.
    public var after: Money
    /// What is paid, below 0 taken.
    public var amount: Money
    public init(person: String, name: String, payroll: String, before: Money, after: Money, amount: Money) {
        self.person = person
        self.name = name
        self.payroll = payroll
        self.before = before
        self.after = after
        self.amount = amount
    }
}

/// Why an adjustment came about, a sentence: `C-1042: late → in time (outage minutes 35 → 95)`.
public struct LedgerChange: Hashable, Sendable {
    /// Whose; empty: everybody's, for instance an outage record.
    public var person: String
    public var words: String
    public init(person: String, words: String) {
        self.person = person
        self.words = words
    }
}

/// An outage record as it was when the entry was made.
public struct LedgerOutage: Hashable, Sendable {
    public var number: String
    public var system: String
    public var vendor: String
    /// Empty: every channel of the system.
    public var channel: String
    /// Store identifiers; empty: all.
    public var stores: String
    /// `2026-10-13 09:05:00 to 2026-10-13 14:30:00; …`, on the store's clock, of several stores the first one's.
    public var down: String
    /// SHA-256 of all that bears on times: the instants among it.
    public var digest: String
    public init(
        number: String, system: String, vendor: String, channel: String, stores: String, down: String, digest: String
    ) {
        self.number = number
        self.system = system
        self.vendor = vendor
        self.channel = channel
        self.stores = stores
        self.down = down
        self.digest = digest
    }
}
