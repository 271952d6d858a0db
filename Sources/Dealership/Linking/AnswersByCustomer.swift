import Basis

/// Persons' messages on managed channels by customer, in order of time: with *any-managed* a call answers an e-mail.
struct AnswersByCustomer: Sendable {
    private var starts: [Int32]
    private var messages: [Int32]
    private let log: GroupJournal.Messages

    init(_ journal: GroupJournal, _ header: JournalHeader, _ identity: Identity, asOf: Int64) {
        let log = journal.messages
        self.log = log
        let isManaged = header.isManaged
        func isAnswer(_ index: Int) -> Bool {
            // A call that was taken is a person's word, whoever dialled.
            (log.direction[index] == .outbound || (log.direction[index] == .inbound && log.outcome[index] == .answered))
                && !log.isAutomated[index] && log.customer[index] >= 0 && log.sentAt[index] < asOf && (log.channel[index] < 0 || isManaged[Int(log.channel[index])])
        }
        // A counting sort by customer; then each customer's few by time.
        starts = [Int32](repeating: 0, count: journal.customers.count + 1)
        for index in 0..<log.count where isAnswer(index) { starts[Int(identity[log.customer[index]]) + 1] += 1 }
        for i in starts.indices.dropFirst() { starts[i] += starts[i - 1] }
        var next = starts
        messages = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
        for index in 0..<log.count where isAnswer(index) {
            let customer = Int(identity[log.customer[index]])
            messages[Int(next[customer])] = Int32(truncatingIfNeeded: index)
            next[customer] += 1
        }
        sortByTime(log.sentAt, log.person, log.source, journal.people)
    }

    /// The columns apart: a closure that holds the journal counts references to all its columns at every comparison.
    private mutating func sortByTime(
        _ sentAt: [Int64], _ person: [Int32], _ source: [RowSource], _ people: IdentifierPool
    ) {
        for customer in 0..<(starts.count - 1) {
            let range = Int(starts[customer])..<Int(starts[customer + 1])
            var isSorted = true
            for i in range.dropFirst() where sentAt[Int(messages[i - 1])] >= sentAt[Int(messages[i])] {
                isSorted = false
            }
            if isSorted { continue }
            messages[range].sort { a, b in
                let (x, y) = (Int(a), Int(b))
                if sentAt[x] != sentAt[y] { return sentAt[x] < sentAt[y] }
                if person[x] != person[y] { return people[person[x]] < people[person[y]] }
                return source[x] < source[y]
            }
        }
    }

    /// The message that first answered the customer at or after an instant; nil: none did.
    func first(of identity: Int32, from instant: Int64) -> Int? {
        guard identity >= 0 else { return nil }
        var low = Int(starts[Int(identity)])
        var high = Int(starts[Int(identity) + 1])
        let end = high
        while low < high {
            let middle = (low + high) / 2
            if log.sentAt[Int(messages[middle])] < instant { low = middle + 1 } else { high = middle }
        }
        return low < end ? Int(messages[low]) : nil
    }

    /// Takes the customer's first answer anywhere when it came before the one in the conversation.
    func improve(_ draft: inout ConversationDraft, identity: Int32) {
        guard let answer = first(of: identity, from: draft.start) else { return }
        if draft.reply == ConversationFacts.none || log.sentAt[answer] < draft.reply {
            draft.answer(by: answer, log)
        }
    }
}

extension JournalHeader {
    /// By name code: it is no channel that the settings call off-channel.
    var isManaged: [Bool] {
        var isManaged = [Bool](repeating: true, count: names.count)
        for channel in settings.channels where channel.management != .managed {
            let code = code(ofName: channel.name)
            if code >= 0 { isManaged[Int(code)] = false }
        }
        return isManaged
    }
}
