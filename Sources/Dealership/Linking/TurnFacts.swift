import Basis

/// Every turn of a customer: the first message that nobody has answered yet, and the first answer of a person to it.
/// What the customer adds while waiting belongs to the same turn. The first turn of a conversation is its beginning.
public struct TurnFacts: Sendable {
    public private(set) var waits = ConversationFacts()
    /// The turn's number in its conversation, from 1.
    public private(set) var ordinal: [Int32] = []

    public var count: Int { waits.count }

    init(_ facts: Facts) {
        let linking = facts.linking
        let conversations = facts.conversations
        var clock = facts.waitClock
        let runs = linking.runs
        let asked = linking.journal.messages.direction.count { $0 == .inbound }
        waits.reserve(asked)
        ordinal.reserveCapacity(asked)
        // Conversations stand in the order of these runs, those that no customer wrote in left out.
        var conversation = 0
        for number in 0..<runs.count {
            let run = runs[number]
            if !linking.begins(run) { continue }
            follow(run, linking, conversations, conversation, &clock)
            conversation += 1
        }
    }

    private mutating func follow(
        _ run: ArraySlice<Int32>, _ linking: ConversationLinking, _ conversations: ConversationFacts, _ conversation: Int,
        _ clock: inout WaitClock
    ) {
        let log = linking.journal.messages
        var turn: ConversationDraft?
        /// The first answer elsewhere to the turn.
        var elsewhere: Int?
        var number: Int32 = 0
        func close(_ facts: inout TurnFacts, by message: Int?) {
            guard var done = turn else { return }
            if let message { done.answer(by: message, log) }
            number += 1
            done.assignee = conversations.assignee[conversation]
            done.department = conversations.department[conversation]
            // What the export promises is of the beginning.
            if number == 1 { done.due = conversations.due[conversation] }
            // What is wrong with the beginning is wrong with the first turn; what was withdrawn is so as a whole.
            let whole = conversations.leftOut[conversation]
            if whole == .withdrawn || (number == 1 && whole != .counted) { done.leftOut = whole }
            // The first turn is the conversation's beginning, and measured already.
            let isKnown = number == 1 && done.start == conversations.start[conversation]
                && done.reply == conversations.reply[conversation] && done.leftOut == whole
            facts.waits.append(done, isKnown ? conversations.measured(conversation) : clock.measure(done))
            facts.ordinal.append(number)
            turn = nil
        }
        for message in run {
            let index = Int(message)
            let sent = log.sentAt[index]
            if sent >= linking.asOf { break }
            // The customer had been answered elsewhere before this message.
            if let answer = elsewhere, turn != nil, log.sentAt[answer] < sent { close(&self, by: answer) }
            switch log.direction[index] {
            case .inbound:
                if turn == nil {
                    turn = ConversationDraft(question: index, log)
                    elsewhere = linking.elsewhere?.first(of: linking.identity[log.customer[index]], from: sent)
                }
                // A call that was taken is answered as it comes in.
                if log.outcome[index] == .answered, linking.answers(index, on: turn?.channel ?? -1) { close(&self, by: index) }
            case .outbound:
                if log.isAutomated[index] {
                    turn?.machineReplies += 1
                } else if linking.answers(index, on: turn?.channel ?? -1) {
                    close(&self, by: index)
                }
            case .internal: break
            }
        }
        close(&self, by: elsewhere.flatMap { answer in turn.map { log.sentAt[answer] >= $0.start } == true ? answer : nil })
    }
}

extension ConversationDraft {
    /// Begun by a customer's message.
    init(question: Int, _ log: GroupJournal.Messages) {
        source = log.source[question]
        thread = log.thread[question]
        store = log.store[question]
        channel = log.channel[question]
        department = log.department[question]
        customer = log.customer[question]
        start = log.sentAt[question]
    }
}
