import Basis

/// Which messages are one conversation, and which message answered it.
struct ConversationLinking {
    let journal: GroupJournal
    let header: JournalHeader
    let identity: Identity
    let asOf: Int64
    let answerOn: ConversationSettings.AnswerOn

    /// In order of thread code, then those without a thread by customer, channel and time, then those that only
    /// the conversations export knows.
    func link() -> ConversationFacts {
        var facts = ConversationFacts()
        let elsewhere = answerOn == .anyManaged ? AnswersByCustomer(journal, header, identity, asOf: asOf) : nil
        let extras = ExportedConversations(journal)
        var drafts = runs().compactMap { draft(of: $0) }
        if let elsewhere {
            for index in drafts.indices {
                elsewhere.improve(&drafts[index], identity: identity[drafts[index].customer])
            }
        }
        for var draft in drafts {
            if draft.thread >= 0 { extras.complete(&draft, journal, header) }
            facts.append(draft)
        }
        for draft in extras.withoutMessages(journal, header, asOf: asOf) { facts.append(draft) }
        return facts
    }

    // MARK: runs of messages

    /// Messages of one conversation each, in order of time; equal instants: the customer's first, then by row content.
    private func runs() -> [ArraySlice<Int32>] {
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

    /// Nil: no customer wrote in it.
    private func draft(of run: ArraySlice<Int32>) -> ConversationDraft? {
        let messages = journal.messages
        guard let first = run.first(where: { messages.direction[Int($0)] == .inbound }) else { return nil }
        let question = Int(first)
        var draft = ConversationDraft()
        draft.source = messages.source[question]
        draft.thread = messages.thread[question]
        draft.store = messages.store[question]
        draft.channel = messages.channel[question]
        draft.department = messages.department[question]
        draft.customer = messages.customer[question]
        draft.start = messages.sentAt[question]
        if draft.start >= asOf { draft.leftOut = .afterAsOf }
        var earlier: Int?
        for message in run {
            let index = Int(message)
            let sent = messages.sentAt[index]
            if sent >= asOf { break }
            if messages.direction[index] == .inbound {
                // A call that was taken is answered as it comes in.
                if messages.outcome[index] == .answered, sent >= draft.start, draft.reply == ConversationFacts.none {
                    draft.reply = sent
                    draft.replier = messages.person[index]
                    draft.replySource = messages.source[index]
                }
                continue
            }
            guard messages.direction[index] == .outbound else { continue }
            if messages.isAutomated[index] {
                draft.machineReplies += 1
            } else if sent < draft.start {
                earlier = index
            } else if draft.reply == ConversationFacts.none {
                draft.reply = sent
                draft.replier = messages.person[index]
                draft.replySource = messages.source[index]
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

/// Persons' messages on managed channels by customer, in order of time: with *any-managed* a call answers an e-mail.
private struct AnswersByCustomer {
    private var starts: [Int32]
    private var messages: [Int32]
    private let journal: GroupJournal

    init(_ journal: GroupJournal, _ header: JournalHeader, _ identity: Identity, asOf: Int64) {
        self.journal = journal
        let log = journal.messages
        let unmanaged = Set(header.settings.channels.filter { $0.management != .managed }.map { header.code(ofName: $0.name) })
        var chosen: [Int32] = []
        for index in 0..<log.count
        where log.direction[index] == .outbound && !log.isAutomated[index] && log.customer[index] >= 0
            && log.sentAt[index] < asOf && !unmanaged.contains(log.channel[index]) {
            chosen.append(Int32(truncatingIfNeeded: index))
        }
        chosen.sort { a, b in
            let (x, y) = (Int(a), Int(b))
            if log.sentAt[x] != log.sentAt[y] { return log.sentAt[x] < log.sentAt[y] }
            if log.person[x] != log.person[y] { return journal.people[log.person[x]] < journal.people[log.person[y]] }
            return log.source[x] < log.source[y]
        }
        starts = [Int32](repeating: 0, count: journal.customers.count + 1)
        for message in chosen { starts[Int(identity[log.customer[Int(message)]]) + 1] += 1 }
        for i in starts.indices.dropFirst() { starts[i] += starts[i - 1] }
        var next = starts
        messages = [Int32](repeating: 0, count: chosen.count)
        for message in chosen {
            let customer = Int(identity[log.customer[Int(message)]])
            messages[Int(next[customer])] = message
            next[customer] += 1
        }
    }

    /// Takes the customer's first answer anywhere when it came before the one in the conversation.
    func improve(_ draft: inout ConversationDraft, identity: Int32) {
        guard identity >= 0 else { return }
        let sent = journal.messages.sentAt
        var low = Int(starts[Int(identity)])
        var high = Int(starts[Int(identity) + 1])
        let end = high
        while low < high {
            let middle = (low + high) / 2
            if sent[Int(messages[middle])] < draft.start { low = middle + 1 } else { high = middle }
        }
        guard low < end else { return }
        let answer = Int(messages[low])
        if draft.reply == ConversationFacts.none || sent[answer] < draft.reply {
            draft.reply = sent[answer]
            draft.replier = journal.messages.person[answer]
            draft.replySource = journal.messages.source[answer]
            if draft.leftOut == .replyBeforeQuestion { draft.leftOut = .counted }
        }
    }
}

/// What the conversations export adds: assignee, due, status; and whole conversations where there is no message log.
private struct ExportedConversations {
    /// Row of the export by thread code; −1: none.
    private var row: [Int32]

    init(_ journal: GroupJournal) {
        row = [Int32](repeating: -1, count: journal.threads.count)
        for (index, thread) in journal.conversations.thread.enumerated() where thread >= 0 {
            row[Int(thread)] = Int32(truncatingIfNeeded: index)
        }
    }

    func complete(_ draft: inout ConversationDraft, _ journal: GroupJournal, _ header: JournalHeader) {
        let index = Int(row[Int(draft.thread)])
        guard index >= 0 else { return }
        let exported = journal.conversations
        draft.assignee = exported.assignee[index]
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
            complete(&draft, journal, header)
            let answered = exported.answeredAt[index]
            if !answered.isMissing, answered.instant.seconds < asOf {
                draft.reply = answered.instant.seconds
                draft.replySource = exported.source[index]
                draft.replier = exported.assignee[index]
                if draft.reply < draft.start, draft.leftOut == .counted { draft.leftOut = .replyBeforeQuestion }
            }
            drafts.append(draft)
        }
        return drafts
    }
}
