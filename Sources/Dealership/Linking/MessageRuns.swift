import Basis

/// Messages of one conversation each: by thread, then those without one by customer, channel and pause. Of each in order
/// of time; equal instants: the customer's first, then by what the rows say.
struct MessageRuns: Sendable {
    /// Positions in the journal's messages, run after run.
    private var order: [Int32]
    /// Run `r` is `order[starts[r] ..< starts[r + 1]]`.
    private var starts: [Int32] = [0]

    var count: Int { starts.count - 1 }
    subscript(run: Int) -> ArraySlice<Int32> { order[Int(starts[run])..<Int(starts[run + 1])] }

    init(_ journal: GroupJournal, _ header: JournalHeader, _ identity: Identity) {
        let messages = journal.messages
        let threads = journal.threads.count
        var begins: [Int32]
        (order, begins) = MessageRuns.byThread(messages.thread, threads)
        starts.reserveCapacity(threads + 1)
        let sent = messages.sentAt
        for thread in 0..<threads {
            let range = Int(begins[thread])..<Int(begins[thread + 1])
            if range.isEmpty { continue }
            starts.append(Int32(truncatingIfNeeded: range.upperBound))
            var isSorted = true
            for i in range.dropFirst() where sent[Int(order[i - 1])] >= sent[Int(order[i])] {
                isSorted = false
                break
            }
            if !isSorted { order[range].sort { MessageRuns.precedes($0, $1, journal) } }
        }
        let rest = Int(begins[threads])
        if rest < order.count {
            let loose = Array(order[rest...])
            order.removeSubrange(rest...)
            appendByPause(loose, journal, header, identity)
        }
    }

    /// Positions by thread, those without one last, and where each thread's begin: a counting sort, in which the places are
    /// looked into without asking whether they are there; every thread was checked while it was counted.
    private static func byThread(_ threads: [Int32], _ count: Int) -> (order: [Int32], begins: [Int32]) {
        var begins = [Int32](repeating: 0, count: count + 2)
        for thread in threads { begins[(thread >= 0 ? Int(thread) : count) + 1] += 1 }
        for i in 1..<begins.count { begins[i] += begins[i - 1] }
        let order = [Int32](unsafeUninitializedCapacity: threads.count) { order, initialized in
            initialized = threads.count
            guard let order = order.baseAddress else { return }
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: begins.count) { next in
                _ = next.initialize(from: begins)
                guard let next = next.baseAddress else { return }
                threads.withUnsafeBufferPointer { threads in
                    guard let thread = threads.baseAddress else { return }
                    for message in 0..<threads.count {
                        let place = next + (thread[message] >= 0 ? Int(thread[message]) : count)
                        order[Int(place.pointee)] = Int32(truncatingIfNeeded: message)
                        place.pointee &+= 1
                    }
                }
            }
        }
        return (order, begins)
    }

    private static func precedes(_ a: Int32, _ b: Int32, _ journal: GroupJournal) -> Bool {
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
    private mutating func appendByPause(
        _ loose: [Int32], _ journal: GroupJournal, _ header: JournalHeader, _ identity: Identity
    ) {
        let messages = journal.messages
        let sorted = loose.filter { messages.direction[Int($0)] != .internal }.sorted { a, b in
            let (x, y) = (Int(a), Int(b))
            let (p, q) = (identity[messages.customer[x]], identity[messages.customer[y]])
            if p != q { return p < q }
            if messages.channel[x] != messages.channel[y] { return messages.channel[x] < messages.channel[y] }
            return MessageRuns.precedes(a, b, journal)
        }
        if sorted.isEmpty { return }
        let base = order.count
        order += sorted
        for i in sorted.indices.dropFirst() {
            let (a, b) = (Int(sorted[i - 1]), Int(sorted[i]))
            let isSame = identity[messages.customer[a]] == identity[messages.customer[b]]
                && messages.channel[a] == messages.channel[b]
                && messages.sentAt[b] - messages.sentAt[a] <= header.settings.conversations.gapSeconds
            if !isSame { starts.append(Int32(truncatingIfNeeded: base + i)) }
        }
        starts.append(Int32(truncatingIfNeeded: order.count))
    }
}
