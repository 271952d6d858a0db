public import Basis

/// One conversation, turn or lead as a reward counts it. The ledger keeps it as it was.
public struct RewardRow: Hashable, Sendable {
    public enum Standing: String, Hashable, Sendable, CaseIterable {
        case inTime = "in time"
        case late
        case unanswered
        /// No answer yet, still within target: a period with such rows cannot be closed.
        case stillWithin = "still within target"
        case leftOut = "left out"
    }

    /// Its number in the exports; of a conversation put together from messages empty.
    public var number: String
    public var store: String
    public var channel: String
    /// Whose it is; empty: nobody's.
    public var person: String
    /// The local day it began, which decides the period.
    public var day: Day
    /// On the store's clock, `2026-10-13 09:20:31`; `due` by the rule's clock, outages and leave allowed for. Empty:
    /// none.
    public var arrived: String
    public var due: String
    public var answered: String
    /// By the rule's clock, before outages and leave were taken out.
    public var rawSeconds: Int64
    /// What outages and their recovery, and approved leave, covered of it: open seconds.
    public var outageSeconds: Int64
    public var absenceSeconds: Int64
    /// What was held against the target.
    public var seconds: Int64
    /// Nil: none, or a due instant that the export gives.
    public var targetSeconds: Int64?
    public var standing: Standing
    /// By times from which nothing was taken out.
    public var rawStanding: Standing
    /// Why it was left out; else empty.
    public var reason: String
    /// File and line of its first row: `exports/messages.csv:120`.
    public var source: String

    public init(
        number: String, store: String, channel: String, person: String, day: Day, arrived: String, due: String,
        answered: String, rawSeconds: Int64, outageSeconds: Int64, absenceSeconds: Int64, seconds: Int64,
        targetSeconds: Int64?, standing: Standing, rawStanding: Standing, reason: String = "", source: String
    ) {
        self.number = number
        self.store = store
        self.channel = channel
        self.person = person
        self.day = day
        self.arrived = arrived
        self.due = due
        self.answered = answered
        self.rawSeconds = rawSeconds
        self.outageSeconds = outageSeconds
        self.absenceSeconds = absenceSeconds
        self.seconds = seconds
        self.targetSeconds = targetSeconds
        self.standing = standing
        self.rawStanding = rawStanding
        self.reason = reason
        self.source = source
    }

    /// The order of statements and of the ledger: it depends on nothing but what the rows say.
    public static func areInOrder(_ a: RewardRow, _ b: RewardRow) -> Bool {
        (a.person, a.arrived, a.store, a.channel, a.number, a.source)
            < (b.person, b.arrived, b.store, b.channel, b.number, b.source)
    }

    /// The columns of a statement's CSV, and of the ledger.
    public static let columns = [
        "conversation_id", "store_id", "channel", "person_id", "day", "arrived_at", "due_at", "answered_at",
        "raw_seconds", "outage_seconds", "absence_seconds", "counted_seconds", "target_seconds", "standing",
        "standing_on_raw_times",
        "reason", "source",
    ]

    public var cells: [String] {
        [
            number, store, channel, person, day.description, arrived, due, answered, String(rawSeconds),
            String(outageSeconds), String(absenceSeconds), String(seconds), targetSeconds.map(String.init) ?? "",
            standing.rawValue, rawStanding.rawValue, reason, source,
        ]
    }
}

/// A person's or a team's own counts.
public struct RewardCount: Hashable, Sendable {
    /// All that are the person's, counted or not.
    public var assigned = 0
    public var inTime = 0
    public var late = 0
    public var unanswered = 0
    public var stillWithin = 0
    /// Left out, by reason.
    public var leftOut: [String: Int] = [:]

    public init() {}

    public var counted: Int { inTime + late + unanswered }
    public var leftOutCount: Int { leftOut.values.reduce(0, +) }

    /// - Parameter raw: by times from which nothing was taken out.
    public mutating func add(_ row: RewardRow, raw: Bool = false) {
        assigned += 1
        switch raw ? row.rawStanding : row.standing {
        case .inTime: inTime += 1
        case .late: late += 1
        case .unanswered: unanswered += 1
        case .stillWithin: stillWithin += 1
        case .leftOut: leftOut[row.reason, default: 0] += 1
        }
    }

    public static func + (a: RewardCount, b: RewardCount) -> RewardCount {
        var sum = a
        sum.assigned += b.assigned
        sum.inTime += b.inTime
        sum.late += b.late
        sum.unanswered += b.unanswered
        sum.stillWithin += b.stillWithin
        sum.leftOut.merge(b.leftOut, uniquingKeysWith: +)
        return sum
    }
}
