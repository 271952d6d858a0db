import Basis

/// Which messages are one conversation, and which message answered it.
struct ConversationLinking {
    let journal: GroupJournal
    let header: JournalHeader
    let identity: Identity
    let asOf: Int64
    /// What a customer was told on any managed channel; nil: only the same conversation answers.
    let elsewhere: AnswersByCustomer?

    /// In order of thread code, then those without a thread by customer, channel and time, then those that only
    /// the conversations export knows.
    func link(_ clock: inout WaitClock) -> ConversationFacts {
        var facts = ConversationFacts()
        let extras = ExportedConversations(journal)
        let runs = runs()
        facts.reserve(runs.count)
        for run in runs {
            guard var draft = draft(of: run) else { continue }
            elsewhere?.improve(&draft, identity: identity[draft.customer])
            if draft.thread >= 0 { extras.complete(&draft, journal, header, asOf: asOf) }
            facts.append(draft, clock.measure(draft))
        }
        for draft in extras.withoutMessages(journal, header, asOf: asOf) { facts.append(draft, clock.measure(draft)) }
        return facts
    }

    // MARK: runs of messages

    /// Messages of one conversation each, in order of time; equal instants: the customer's first, then by row content.
    func runs() -> [ArraySlice<Int32>] {
        let messages = journal.messages
        let threads = journal.threads.count
        // Counting sort by thread; those without a thread come last.
        var starts = [Int32](repeating: 0, count: threads + 2)
        for thread in messages.thread { starts[(thread >= 0 ? Int(thread) : threads) + 1] += 1 }
        for i in 1..<starts.count { starts[i] += starts[i - 1] }
        var next = starts
        var order = [Int32](repeating: 0, count: messages.count)
        for message in 0..<messages.count {
            let thread = messages.thread[message] >= 0 ? Int(messages.thread[message]) : threads
            order[Int(next[thread])] = Int32(truncatingIfNeeded: message)
            next[thread] += 1
        }
        var runs: [ArraySlice<Int32>] = []
        runs.reserveCapacity(threads)
        for thread in 0..<threads {
            let range = Int(starts[thread])..<Int(starts[thread + 1])
            if range.isEmpty { continue }
            sortByTime(&order, range)
            runs.append(order[range])
        }
        let rest = Int(starts[threads])..<order.count
        if !rest.isEmpty { runs += runsByPause(Array(order[rest])) }
        return runs
    }

    private func sortByTime(_ order: inout [Int32], _ range: Range<Int>) {
        let sent = journal.messages.sentAt
        var isSorted = true
        for i in range.dropFirst() where sent[Int(order[i - 1])] >= sent[Int(order[i])] {
            isSorted = false
            break
        }
        if !isSorted { order[range].sort(by: precedes) }
    }

    private func precedes(_ a: Int32, _ b: Int32) -> Bool {
        let messages = journal.messages
        let (x, y) = (Int(a), Int(b))
        if messages.sentAt[x] != messages.sentAt[y] { return messages.sentAt[x] < messages.sentAt[y] }
        if messages.direction[x] != messages.direction[y] {
            return messages.direction[x].rawValue < messages.direction[y].rawValue
        }
        if messages.person[x] != messages.person[y] {
            return journal.people[messages.person[x]] < journal.people[messages.person[y]]
        }
        // What else a conversation takes from its messages; only then where the rows stand, which may not matter.
        let content = { (i: Int) in
            (
                messages.store[i], messages.channel[i], messages.department[i], messages.isAutomated[i] ? 1 : 0,
                messages.outcome[i].map { Int($0.rawValue) } ?? -1
            )
        }
        if content(x) != content(y) { return content(x) < content(y) }
        if messages.customer[x] != messages.customer[y] {
            return journal.customers[messages.customer[x]] < journal.customers[messages.customer[y]]
        }
        return messages.source[x] < messages.source[y]
    }

    /// Without a thread: one customer, one channel, no pause longer than the gap.
    private func runsByPause(_ loose: [Int32]) -> [ArraySlice<Int32>] {
        let messages = journal.messages
        let sorted = loose.filter { messages.direction[Int($0)] != .internal }.sorted { a, b in
            let (x, y) = (Int(a), Int(b))
            let (p, q) = (identity[messages.customer[x]], identity[messages.customer[y]])
            if p != q { return p < q }
            if messages.channel[x] != messages.channel[y] { return messages.channel[x] < messages.channel[y] }
            return precedes(a, b)
        }
        var runs: [ArraySlice<Int32>] = []
        var begin = 0
        for i in sorted.indices.dropFirst() {
            let (a, b) = (Int(sorted[i - 1]), Int(sorted[i]))
            let isSame = identity[messages.customer[a]] == identity[messages.customer[b]]
                && messages.channel[a] == messages.channel[b]
                && messages.sentAt[b] - messages.sentAt[a] <= header.settings.conversations.gapSeconds
            if !isSame {
                runs.append(sorted[begin..<i])
                begin = i
            }
        }
        if begin < sorted.count { runs.append(sorted[begin...]) }
        return runs
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
                if messages.outcome[index] == .answered, sent >= draft.start, draft.reply == ConversationFacts.none {
                    draft.answer(by: index, messages)
                }
                continue
            }
            guard messages.direction[index] == .outbound else { continue }
            if messages.isAutomated[index] {
                draft.machineReplies += 1
            } else if sent < draft.start {
                earlier = index
            } else if draft.reply == ConversationFacts.none {
                draft.answer(by: index, messages)
            }
        }
        // The only answer stands just before the question: two clocks that disagree, not a silence. Longer before, it was
        // the dealership that wrote first, and the customer's question waits.
        if let earlier, draft.reply == ConversationFacts.none, draft.leftOut == .counted,
            draft.start - messages.sentAt[earlier] <= ConversationLinking.largestClockError {
            draft.leftOut = .replyBeforeQuestion
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
        draft.isClosed = exported.status[index] == .closed
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

    func withoutMessages(_ journal: GroupJournal, _ header: JournalHeader, asOf: Int64) -> [ConversationDraft] {
        var hasMessages = [Bool](repeating: false, count: journal.threads.count)
        for thread in journal.messages.thread where thread >= 0 { hasMessages[Int(thread)] = true }
        let exported = journal.conversations
        var drafts: [ConversationDraft] = []
        for index in 0..<exported.count {
            let thread = exported.thread[index]
            guard thread >= 0, !hasMessages[Int(thread)], !exported.openedAt[index].isMissing else { continue }
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
            drafts.append(draft)
        }
        return drafts
    }
}
