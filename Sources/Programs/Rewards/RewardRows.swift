public import Basis
public import Dealership
import Measures

/// The rows that a rule counts, of one sharing group or several: whose each is and how it stands.
public struct RewardRows: Sendable {
    /// With where each stands in the exports; `source` of the row is still empty.
    public var rows: [(row: RewardRow, source: RowSource)]
    /// Of all in the rule's channels, how many name an assignee; what nobody is named for, ignoring is free.
    public var assigned: Int
    public var total: Int

    public init() {
        rows = []
        assigned = 0
        total = 0
    }

    public mutating func merge(_ other: RewardRows) {
        rows += other.rows
        assigned += other.assigned
        total += other.total
    }

    /// The rows of the months, of whoever may be paid on the row's day, and of nobody.
    public init(_ facts: Facts, _ rule: RewardRule, months: ClosedRange<Month>) {
        self.init()
        let source = RewardSource(facts, rule)
        let days = months.lowerBound.firstDay...months.upperBound.lastDay
        for fact in 0..<source.waits.count where days.contains(source.waits.day[fact]) && source.counts(fact) {
            total += 1
            if source.waits.assignee[fact] >= 0 { assigned += 1 }
            if let row = source.row(fact) { rows.append((row, source.waits.source[fact])) }
        }
    }
}

/// Makes rows of facts.
private struct RewardSource {
    let facts: Facts
    let rule: RewardRule
    let waits: ConversationFacts
    private let targets: FirstResponseTime.Targets
    private let dueTimes: DueTimes
    /// By name code; nil: all channels count.
    private let channels: Set<Int32>?
    private let places: RewardPlaces
    private let ordinals: [Int32]

    init(_ facts: Facts, _ rule: RewardRule) {
        self.facts = facts
        self.rule = rule
        let timing = rule.basis.timing
        switch rule.basis.kind {
        case .firstResponse:
            waits = facts.conversations
            ordinals = []
        case .nextResponse:
            waits = facts.turns.waits
            ordinals = facts.turns.ordinal
        case .leadResponse:
            waits = facts.leadWaits
            ordinals = []
        }
        targets = FirstResponseTime.Targets(waits, facts, timing.target)
        dueTimes = DueTimes(
            facts, waits, isOpenTime: timing.clock == .open, isAdjusted: timing.adjusted)
        channels = rule.basis.channels.isEmpty ? nil : Set(rule.basis.channels.map { facts.header.code(ofName: $0) })
        places = RewardPlaces(rule.eligibility, facts.header)
    }

    /// Whether it is in the data and of the rule's channels.
    func counts(_ fact: Int) -> Bool {
        waits.leftOut[fact] != .afterAsOf && (channels?.contains(waits.channel[fact]) ?? true)
    }

    /// Nil: of somebody whom the rule does not pay, or of nobody at another store or department.
    func row(_ fact: Int) -> RewardRow? {
        let timing = rule.basis.timing
        let raw = timing.clock == .open ? waits.openWait[fact] : waits.wallWait[fact]
        let rawStanding = targets.standing(fact, wait: raw)
        let wait = timing.adjusted ? waits.adjustedWait(fact) : raw
        let promised = waits.due[fact] == ConversationFacts.none ? nil : Instant(seconds: waits.due[fact])
        let target = targets.seconds(fact)
        // A promise of the export allows so much time, too: what was nobody's fault moves it on.
        let allowed = target ?? promised.map { dueTimes.allowed(fact, until: $0) }
        let standing = timing.adjusted ? targets.adjustedStanding(fact) : rawStanding
        let isMoved = target != nil || waits.coveredWait[fact] + waits.absentWait[fact] > 0
        let due = isMoved ? allowed.flatMap { dueTimes.due(fact, target: $0) } ?? promised : promised
        let code = owner(fact, standing, due)
        let person = code >= 0 ? facts.journal.people[code] : ""
        let day = waits.day[fact]
        let isElsewhere: Bool
        if person.isEmpty {
            guard places.admitsNobody(store: waits.store[fact], department: facts.header.name(waits.department[fact]))
            else { return nil }
            isElsewhere = false
        } else {
            guard places.knows(person) else { return nil }
            isElsewhere = !places.admits(person, on: day)
        }
        let leftOut = waits.leftOut[fact]
        let reason = leftOut != .counted
            ? leftOut.words
            : standing == .noTarget
                ? say(later: "No target")
                : isElsewhere ? say(later: "In another department or store that day") : ""
        return RewardRow(
            number: number(fact), store: facts.header.stores[Int(waits.store[fact])].identifier,
            channel: facts.header.name(waits.channel[fact]), person: person, day: day,
            arrived: local(waits.start[fact], fact), due: due.map { local($0.seconds, fact) } ?? "",
            answered: local(waits.reply[fact], fact), rawSeconds: Int64(raw),
            outageSeconds: Int64(waits.coveredWait[fact]), absenceSeconds: Int64(waits.absentWait[fact]),
            seconds: Int64(wait), targetSeconds: target, standing: reason.isEmpty ? words(standing) : .leftOut,
            rawStanding: reason.isEmpty ? words(rawStanding) : .leftOut, reason: reason, source: "")
    }

    /// DEFINITIONS 3: a reply is of who replied, silence of who was assigned. By holder, what fell due unanswered is of
    /// who had it then.
    private func owner(_ fact: Int, _ standing: FirstResponseTime.Standing, _ due: Instant?) -> Int32 {
        let credited = waits.credited(fact)
        guard rule.basis.owner == .held, standing == .late || standing == .unanswered, let due else { return credited }
        let holder = dueTimes.holder(fact, at: due)
        return holder >= 0 ? holder : credited
    }

    private func number(_ fact: Int) -> String {
        if rule.basis.kind == .leadResponse { return facts.journal.leads.identifiers[Int32(fact)] }
        let thread = facts.journal.threads[waits.thread[fact]]
        return ordinals.isEmpty ? thread : "\(thread) turn \(ordinals[fact])"
    }

    private func words(_ standing: FirstResponseTime.Standing) -> RewardRow.Standing {
        switch standing {
        case .inTime: .inTime
        case .late: .late
        case .unanswered: .unanswered
        case .stillWithin: .stillWithin
        case .noTarget: .leftOut
        }
    }

    private func local(_ seconds: Int64, _ fact: Int) -> String {
        seconds == ConversationFacts.none ? "" : facts.header.localTime(seconds, store: waits.store[fact])
    }
}
