import Basis

// How long each conversation waited, by which clock, and how much of that was nobody's fault.

/// Who had which conversation while being away with leave.
struct AssigneeAbsences: Sendable {
    /// By person code; empty: nobody of the group was ever away.
    private var away: [IntervalSet?] = []
    private let assignments: GroupJournal.Assignments

    init(_ journal: GroupJournal, _ header: JournalHeader) {
        assignments = journal.assignments
        guard !header.absences.isEmpty, assignments.count > 0 else { return }
        away = (0..<Int32(journal.people.count)).map { code in
            let absence = header.absence(of: journal.people[code])
            return absence.isEmpty ? nil : absence
        }
        if away.allSatisfy({ $0 == nil }) { away = [] }
    }

    /// Leave of whoever had the conversation at the time, from one instant to another.
    func covered(thread: Int32, from: Instant, to: Instant) -> IntervalSet {
        guard !away.isEmpty, thread >= 0, from < to else { return .empty }
        let range = assignments.range(ofThread: thread)
        var covered = IntervalSet.empty
        for index in range {
            let person = assignments.person[index]
            guard person >= 0, let leave = away[Int(person)] else { continue }
            let begin = max(from, Instant(seconds: max(assignments.at[index], from.seconds)))
            let end = index + 1 < range.upperBound ? min(to, Instant(seconds: assignments.at[index + 1])) : to
            if begin < end { covered = covered.union(leave.intersection(begin..<end)) }
        }
        return covered
    }
}

extension ConversationFacts {
    /// Fills in waits, coverage, after-hours and days.
    mutating func measureWaits(
        header: JournalHeader, calendars: OpenCalendars, coverage: OutageCoverage, absences: AssigneeAbsences, asOf: Instant
    ) {
        openWait.reserveCapacity(count)
        let zones = header.stores.map(\.zone)
        var current = -1
        var zone = ZoneRules.utc
        for index in 0..<count {
            let begin = Instant(seconds: start[index])
            let end = isAnswered(index) ? Instant(seconds: reply[index]) : max(begin, asOf)
            let table = calendars.tables[calendars.index(store: store[index], department: department[index])]
            let open = leftOut[index] == .counted || leftOut[index] == .withdrawn
                ? table.openSeconds(from: begin, to: end) ?? 0 : 0
            openWait.append(Int32(clamping: open))
            wallWait.append(Int32(clamping: end - begin))
            var excused = IntervalSet.empty
            if !coverage.isEmpty, begin < end, let set = coverage.covered(store: store[index], activity: channel[index]) {
                excused = set.intersection(begin..<end)
            }
            let covered = excused.isEmpty ? 0 : table.openSeconds(in: excused) ?? 0
            coveredWait.append(Int32(clamping: covered))
            let away = absences.covered(thread: thread[index], from: begin, to: end)
            // What an outage covered already is not taken out twice.
            absentWait.append(
                away.isEmpty ? 0 : Int32(clamping: (table.openSeconds(in: excused.union(away)) ?? covered) - covered))
            isAfterHours.append(table.isOpen(at: begin) == false)
            if zones[Int(store[index])] != current {
                current = zones[Int(store[index])]
                zone = header.zones[current]
            }
            day.append(zone.day(at: begin))
        }
    }
}
