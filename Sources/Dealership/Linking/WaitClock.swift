import Basis

// How long each conversation waited, by which clock, and how much of that was nobody's fault.

/// Who had which conversation while being away with leave.
struct AssigneeAbsences: Sendable {
    /// By person code; empty: nobody of the group was ever away.
    private var away: [IntervalSet?] = []
    /// The same of all that were ever away, with assignments or without.
    private var leave: [Int32: IntervalSet] = [:]
    /// By thread code, and one more: where its assignments begin.
    private var begins: [Int32] = []
    private let assignments: GroupJournal.Assignments

    init(_ journal: GroupJournal, _ header: JournalHeader) {
        assignments = journal.assignments
        guard !header.absences.isEmpty else { return }
        for code in 0..<Int32(journal.people.count) {
            let absence = header.absence(of: journal.people[code])
            if !absence.isEmpty { leave[code] = absence }
        }
        if leave.isEmpty || assignments.count == 0 { return }
        away = (0..<Int32(journal.people.count)).map { leave[$0] }
        begins = [Int32](repeating: 0, count: journal.threads.count + 1)
        for thread in assignments.thread { begins[Int(thread) + 1] += 1 }
        for thread in 0..<journal.threads.count { begins[thread + 1] += begins[thread] }
    }

    /// Leave of somebody, from one instant to another.
    func covered(person: Int32, from: Instant, to: Instant) -> IntervalSet {
        guard person >= 0, from < to, let leave = leave[person] else { return .empty }
        return leave.intersection(from..<to)
    }

    /// Leave of whoever had the conversation at the time, from one instant to another.
    func covered(thread: Int32, from: Instant, to: Instant) -> IntervalSet {
        guard !away.isEmpty, thread >= 0, from < to else { return .empty }
        let last = Int(begins[Int(thread) + 1])
        var covered: [Range<Instant>] = []
        for index in Int(begins[Int(thread)])..<last {
            let person = assignments.person[index]
            guard person >= 0, let leave = away[Int(person)] else { continue }
            let begin = max(from, Instant(seconds: max(assignments.at[index], from.seconds)))
            let end = index + 1 < last ? min(to, Instant(seconds: assignments.at[index + 1])) : to
            if begin < end { covered += leave.intersection(begin..<end).intervals }
        }
        return covered.isEmpty ? .empty : IntervalSet(covered)
    }
}

/// How long something waited, by every clock.
struct MeasuredWait {
    var open: Int32
    var wall: Int32
    var covered: Int32
    var absent: Int32
    var isAfterHours: Bool
    var day: Day
}

/// Measures waits one after the other. What the last one needed is kept at hand: neighbours are of one store mostly, and
/// fetching a table costs more than looking something up in it.
struct WaitClock {
    private let calendars: OpenCalendars
    private let coverage: OutageCoverage
    private let absences: AssigneeAbsences
    private let asOf: Instant
    private let zones: [ZoneRules]
    private let zoneOfStore: [Int]
    private var zoneAt = -1
    private var zone = ZoneRules.utc
    private var tableAt = -1
    private var table: OpenTime

    init(
        header: JournalHeader, calendars: OpenCalendars, coverage: OutageCoverage, absences: AssigneeAbsences, asOf: Instant
    ) {
        self.calendars = calendars
        self.coverage = coverage
        self.absences = absences
        self.asOf = asOf
        zones = header.zones
        zoneOfStore = header.stores.map(\.zone)
        table = calendars.tables.first
            ?? OpenTime(hours: .always, zone: .utc, from: Day(number: 0), through: Day(number: 0))
    }

    mutating func measure(_ draft: ConversationDraft) -> MeasuredWait {
        let begin = Instant(seconds: draft.start)
        let end = draft.reply != ConversationFacts.none ? Instant(seconds: draft.reply) : max(begin, asOf)
        let index = calendars.index(store: draft.store, department: draft.department)
        if index != tableAt {
            tableAt = index
            table = calendars.tables[index]
        }
        let zoneIndex = zoneOfStore[Int(draft.store)]
        if zoneIndex != zoneAt {
            zoneAt = zoneIndex
            zone = zones[zoneIndex]
        }
        let isMeasured = draft.leftOut == .counted || draft.leftOut == .withdrawn
        var excused = IntervalSet.empty
        if !coverage.isEmpty, begin < end {
            let set = draft.isLead
                ? coverage.covered(store: draft.store, leadsOf: draft.channel)
                : coverage.covered(store: draft.store, activity: draft.channel)
            if let set { excused = set.intersection(begin..<end) }
        }
        let covered = excused.isEmpty ? 0 : table.openSeconds(in: excused) ?? 0
        let away = draft.isLead
            ? absences.covered(person: draft.assignee, from: begin, to: end)
            : absences.covered(thread: draft.thread, from: begin, to: end)
        return MeasuredWait(
            open: isMeasured ? Int32(clamping: table.openSeconds(from: begin, to: end) ?? 0) : 0,
            wall: Int32(clamping: end - begin), covered: Int32(clamping: covered),
            // What an outage covered already is not taken out twice.
            absent: away.isEmpty
                ? 0 : Int32(clamping: (table.openSeconds(in: excused.union(away)) ?? covered) - covered),
            isAfterHours: table.isOpen(at: begin) == false, day: zone.day(at: begin))
    }
}
