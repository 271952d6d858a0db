import Basis

/// Which messages are one conversation, and which message answered it.
struct ConversationLinking {
    let journal: GroupJournal
    let header: JournalHeader
    let identity: Identity
    let asOf: Int64
    /// What a customer was told on any managed channel; nil: only the same conversation answers, on its channel.
    let elsewhere: AnswersByCustomer?
    /// By name code.
    private let isManaged: [Bool]

    /// Which messages are one conversation, in order of time.
    let runs: MessageRuns

    init(
        journal: GroupJournal, header: JournalHeader, identity: Identity, asOf: Int64, elsewhere: AnswersByCustomer?
    ) {
        self.journal = journal
        self.header = header
        self.identity = identity
        self.asOf = asOf
        self.elsewhere = elsewhere
        isManaged = header.isManaged
        runs = MessageRuns(journal, header, identity)
    }

    /// In order of thread code, then those without a thread by customer, channel and time, then those that only
    /// the conversations export knows.
    func link(_ clock: inout WaitClock) -> ConversationFacts {
        let extras = ExportedConversations(journal)
        let (silent, withoutBeginning) = extras.withoutMessages(journal, header, asOf: asOf)
        var columns = ConversationColumns(room: runs.count + silent.count)
        for number in 0..<runs.count {
            let run = runs[number]
            guard var draft = draft(of: run) else { continue }
            elsewhere?.improve(&draft, identity: identity[draft.customer])
            if draft.thread >= 0 { extras.complete(&draft, journal, header, asOf: asOf) }
            columns.append(draft, clock.measure(draft))
        }
        for draft in silent { columns.append(draft, clock.measure(draft)) }
        var facts = columns.take()
        facts.withoutBeginning = withoutBeginning
        return facts
    }

    /// A message of ours answers what was asked on a channel: on the same, or with *any-managed* on any that is managed.
    @inline(__always)
    func answers(_ message: Int, on channel: Int32) -> Bool {
        let own = journal.messages.channel[message]
        return own == channel || own < 0 || channel < 0 || (elsewhere != nil && isManaged[Int(own)])
    }

    // MARK: one conversation

    /// A customer wrote in it: it is a conversation.
    func begins(_ run: ArraySlice<Int32>) -> Bool {
        run.contains { journal.messages.direction[Int($0)] == .inbound }
    }

    /// Nil: no customer wrote in it.
    func draft(of run: ArraySlice<Int32>) -> ConversationDraft? {
        let messages = journal.messages
        guard let first = run.first(where: { messages.direction[Int($0)] == .inbound }) else { return nil }
        var draft = ConversationDraft(question: Int(first), messages)
        if draft.start >= asOf { draft.leftOut = .afterAsOf }
        var earlier: Int?
        for message in run {
            let index = Int(message)
            let sent = messages.sentAt[index]
            if sent >= asOf { break }
            if messages.direction[index] == .inbound {
                // A call that was taken is answered as it comes in.
                if messages.outcome[index] == .answered, sent >= draft.start, draft.reply == ConversationFacts.none,
                    answers(index, on: draft.channel) {
                    draft.answer(by: index, messages)
                }
                continue
            }
            guard messages.direction[index] == .outbound else { continue }
            if messages.isAutomated[index] {
                draft.machineReplies += 1
            } else if !answers(index, on: draft.channel) {
                continue
            } else if sent < draft.start {
                earlier = index
            } else if draft.reply == ConversationFacts.none {
                draft.answer(by: index, messages)
            }
        }
        // The only message of ours stands just before the question: two clocks that disagree, or the dealership wrote first.
        // A log cannot tell, and silence counts; the row is named.
        if let earlier, draft.reply == ConversationFacts.none, draft.leftOut == .counted,
            draft.start - messages.sentAt[earlier] <= ConversationLinking.largestClockError {
            draft.replySource = messages.source[earlier]
        }
        return draft
    }

    /// Seconds by which the clocks of two systems may disagree.
    private static let largestClockError: Int64 = 300
}

/// What the conversations export adds: assignee, due, status; and whole conversations where there is no message log.
struct ExportedConversations {
    /// Row of the export by thread code; −1: none.
    private var row: [Int32]

    init(_ journal: GroupJournal) {
        row = [Int32](repeating: -1, count: journal.threads.count)
        for (index, thread) in journal.conversations.thread.enumerated() where thread >= 0 {
            row[Int(thread)] = Int32(truncatingIfNeeded: index)
        }
    }

    func complete(
        _ draft: inout ConversationDraft, _ journal: GroupJournal, _ header: JournalHeader, asOf: Int64
    ) {
        let index = Int(row[Int(draft.thread)])
        guard index >= 0 else { return }
        let exported = journal.conversations
        // Silence belongs to whoever has the conversation now; what was taken from somebody is not theirs.
        draft.assignee = journal.assignments.person(ofThread: draft.thread, at: asOf - 1)
        draft.hasStatus = exported.status[index] != nil || !exported.resolvedAt[index].isMissing
        let resolved = exported.resolvedAt[index]
        if !resolved.isMissing, resolved.instant.seconds < asOf { draft.resolved = resolved.instant.seconds }
        // Resolved only after the as-of instant: it was open then.
        draft.isClosed = exported.status[index] == .closed && (resolved.isMissing || resolved.instant.seconds < asOf)
        let due = exported.dueAt[index]
        if due.isDateOnly, draft.store >= 0 {
            // Due on a day: by its end.
            let zone = header.zone(ofStore: Int(draft.store))
            draft.due = zone.startOfDay(zone.day(at: due.instant) + 1).seconds - 1
        } else if !due.isMissing {
            draft.due = due.instant.seconds
        }
        if exported.department[index] >= 0 { draft.department = exported.department[index] }
        if exported.status[index] == .withdrawn, draft.leftOut == .counted { draft.leftOut = .withdrawn }
    }

    /// And how many of them nobody can place in time: no message, no instant of opening.
    func withoutMessages(
        _ journal: GroupJournal, _ header: JournalHeader, asOf: Int64
    ) -> (drafts: [ConversationDraft], withoutBeginning: Int) {
        var hasMessages = [Bool](repeating: false, count: journal.threads.count)
        for thread in journal.messages.thread where thread >= 0 { hasMessages[Int(thread)] = true }
        let exported = journal.conversations
        var drafts: [ConversationDraft] = []
        var withoutBeginning = 0
        for index in 0..<exported.count {
            let thread = exported.thread[index]
            guard thread >= 0, !hasMessages[Int(thread)] else { continue }
            if exported.openedAt[index].isMissing {
                withoutBeginning += 1
                continue
            }
            var draft = ConversationDraft()
            draft.source = exported.source[index]
            draft.thread = thread
            draft.store = exported.store[index]
            draft.channel = exported.channel[index]
            draft.customer = exported.customer[index]
            draft.start = exported.openedAt[index].instant.seconds
            if draft.start >= asOf { draft.leftOut = .afterAsOf }
            complete(&draft, journal, header, asOf: asOf)
            let answered = exported.answeredAt[index]
            if !answered.isMissing, answered.instant.seconds < asOf {
                draft.reply = answered.instant.seconds
                draft.replySource = exported.source[index]
                draft.replier = journal.assignments.person(ofThread: thread, at: draft.reply)
                if draft.replier < 0 { draft.replier = draft.assignee }
                if draft.reply < draft.start, draft.leftOut == .counted { draft.leftOut = .replyBeforeQuestion }
            }
            // From a day alone nobody can tell how long an answer took.
            let isOfDay = exported.openedAt[index].isDateOnly
                || (draft.reply != ConversationFacts.none && answered.isDateOnly)
            if isOfDay, draft.leftOut == .counted || draft.leftOut == .replyBeforeQuestion { draft.leftOut = .noTimeOfDay }
            drafts.append(draft)
        }
        return (drafts, withoutBeginning)
    }
}
