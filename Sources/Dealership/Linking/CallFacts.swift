public import Basis

/// Customers' calls: taken, or missed and then returned or not. A call that a machine took a message of was missed.
public struct CallFacts: Sendable {
    /// Position in the journal's messages.
    public private(set) var message: [Int32] = []
    public private(set) var day: [Day] = []
    /// Seconds since 1970 of the first answer of a person on a managed channel after a missed call; `none`: not yet.
    public private(set) var returned: [Int64] = []
    /// That answer's row; `none`: not yet.
    public private(set) var returnedSource: [RowSource] = []
    /// Open seconds from the missed call to its return, or to the as-of instant.
    public private(set) var openWait: [Int32] = []

    public var count: Int { message.count }

    init(_ facts: Facts) {
        let log = facts.journal.messages
        guard log.outcome.contains(where: { $0 != nil }) else { return }
        let answers = facts.answers
        let days = facts.recordDays.messages
        for index in 0..<log.count
        where log.direction[index] == .inbound && log.outcome[index] != nil && log.sentAt[index] < facts.messagesAsOf.seconds {
            message.append(Int32(truncatingIfNeeded: index))
            day.append(days[index])
            let isMissed = log.outcome[index] != .answered
            let answer = isMissed ? answers.first(of: facts.identity[log.customer[index]], from: log.sentAt[index]) : nil
            returnedSource.append(answer.map { log.source[$0] } ?? .none)
            returned.append(answer.map { log.sentAt[$0] } ?? ConversationFacts.none)
            let table = facts.calendars.tables[
                facts.calendars.index(store: log.store[index], department: log.department[index])]
            let end = answer.map { Instant(seconds: log.sentAt[$0]) } ?? facts.messagesAsOf
            openWait.append(
                isMissed
                    ? Int32(clamping: table.openSeconds(from: Instant(seconds: log.sentAt[index]), to: end) ?? 0) : 0)
        }
    }
}
