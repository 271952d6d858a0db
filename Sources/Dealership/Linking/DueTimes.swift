public import Basis

/// By when an answer is in time, by the clock that judges it.
public struct DueTimes: Sendable {
    private let facts: Facts
    private let waits: ConversationFacts
    private let isOpenTime: Bool
    private let isAdjusted: Bool

    /// - Parameters:
    ///   - waits: conversations of `facts`, their turns or leads.
    ///   - isOpenTime: the target counts open seconds, else wall ones.
    ///   - isAdjusted: outages with their recovery and the assignee's approved leave do not count.
    public init(_ facts: Facts, _ waits: ConversationFacts, isOpenTime: Bool, isAdjusted: Bool) {
        self.facts = facts
        self.waits = waits
        self.isOpenTime = isOpenTime
        self.isAdjusted = isAdjusted
    }

    /// The last instant at which an answer is in time; nil: later than the calendar reaches.
    ///
    /// Open: the least t at which so many open seconds have passed since the beginning. Adjusted: of these only the
    /// seconds count that neither an outage nor leave covers, so that t moves on by what they cover until it stays.
    public func due(_ fact: Int, target: Int64) -> Instant? {
        let start = Instant(seconds: waits.start[fact])
        guard isOpenTime else { return start + target }
        let table = facts.calendars.tables[
            facts.calendars.index(store: waits.store[fact], department: waits.department[fact])]
        guard var due = table.deadline(from: start, open: target) else { return nil }
        guard isAdjusted else { return due }
        let (store, channel) = (waits.store[fact], waits.channel[fact])
        let outages = waits.areLeads
            ? facts.coverage.covered(store: store, leadsOf: channel) : facts.coverage.covered(store: store, activity: channel)
        var excused: Int64 = 0
        while true {
            let leave = waits.areLeads
                ? facts.absences.covered(person: waits.assignee[fact], from: start, to: due)
                : facts.absences.covered(thread: waits.thread[fact], from: start, to: due)
            let set = (outages?.intersection(start..<due) ?? .empty).union(leave)
            let covered = set.isEmpty ? 0 : table.openSeconds(in: set) ?? 0
            if covered <= excused { return due }
            excused = covered
            guard let later = table.deadline(from: start, open: target + excused) else { return nil }
            due = later
        }
    }

    /// Seconds of the clock from the beginning to an instant: what a due instant of the export allows.
    public func allowed(_ fact: Int, until due: Instant) -> Int64 {
        let start = Instant(seconds: waits.start[fact])
        guard isOpenTime, start < due else { return max(0, due - start) }
        let table = facts.calendars.tables[
            facts.calendars.index(store: waits.store[fact], department: waits.department[fact])]
        return table.openSeconds(from: start, to: due) ?? due - start
    }

    /// Who had it at an instant, by the assignments on record; −1: nobody, or none are on record.
    public func holder(_ fact: Int, at instant: Instant) -> Int32 {
        let thread = waits.thread[fact]
        guard thread >= 0 else { return waits.assignee[fact] }
        return facts.journal.assignments.person(ofThread: thread, at: instant.seconds)
    }
}
