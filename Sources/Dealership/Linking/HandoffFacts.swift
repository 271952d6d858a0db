public import Basis

/// What one department handed to another, each with the first word of the department it went to. Columnar; times in
/// seconds since 1970.
public struct HandoffFacts: Sendable {
    /// Row of the internal message that hands over.
    public var source: [RowSource] = []
    /// Row of the first word; `none`: not a word yet.
    public var replySource: [RowSource] = []
    /// Code in the journal's threads; −1: none, and the customer holds the messages together.
    public var thread: [Int32] = []
    public var store: [Int32] = []
    public var from: [Int32] = []
    public var to: [Int32] = []
    public var sent: [Int64] = []
    /// `ConversationFacts.none`: not a word yet.
    public var reply: [Int64] = []
    /// Open seconds of the receiving department until its first word, or until the as-of instant without one.
    public var openWait: [Int32] = []
    public var wallWait: [Int32] = []
    public var day: [Day] = []

    public var count: Int { source.count }
    public func isAnswered(_ index: Int) -> Bool { reply[index] != ConversationFacts.none }

    /// A handoff is the first internal message of one department to another in a conversation; the first message of the
    /// other department in it, to whomever, answers it, and what the two say afterwards belongs to it. Without a
    /// conversation the customer holds the messages together, and a new handoff begins after an answer and a pause
    /// longer than the settings' gap. Automated messages neither hand over nor answer.
    init(_ facts: Facts) {
        let departments = Departments(facts)
        for run in MessagesAboutHandoffs(facts, departments).runs {
            follow(run.messages, isThread: run.isThread, facts, departments)
        }
        measureWaits(facts)
    }

    private struct Pair: Hashable {
        var low: Int32
        var high: Int32
        init(_ a: Int32, _ b: Int32) {
            low = min(a, b)
            high = max(a, b)
        }
    }

    private mutating func follow(_ run: [Int], isThread: Bool, _ facts: Facts, _ departments: Departments) {
        let messages = facts.journal.messages
        let gap = facts.header.settings.conversations.gapSeconds
        var open: [Int] = []
        var lastWord: [Pair: Int64] = [:]
        for message in run {
            let department = departments[message]
            let sent = messages.sentAt[message]
            for handoff in open where to[handoff] == department {
                reply[handoff] = sent
                replySource[handoff] = messages.source[message]
                lastWord[Pair(from[handoff], department)] = sent
            }
            open.removeAll { to[$0] == department }
            let receiver = messages.toDepartment[message]
            guard messages.direction[message] == .internal, receiver >= 0, receiver != department else { continue }
            let pair = Pair(department, receiver)
            let isSame = lastWord[pair].map { isThread || sent - $0 <= gap } ?? false
            let isOpen = open.contains { from[$0] == department && to[$0] == receiver }
            lastWord[pair] = sent
            guard !isSame, !isOpen else { continue }
            open.append(count)
            source.append(messages.source[message])
            replySource.append(.none)
            thread.append(messages.thread[message])
            store.append(messages.store[message])
            from.append(department)
            to.append(receiver)
            self.sent.append(sent)
            reply.append(ConversationFacts.none)
        }
    }

    private mutating func measureWaits(_ facts: Facts) {
        for index in 0..<count {
            let begin = Instant(seconds: sent[index])
            let end = isAnswered(index) ? Instant(seconds: reply[index]) : max(begin, facts.messagesAsOf)
            let table = facts.calendars.tables[facts.calendars.index(store: store[index], department: to[index])]
            openWait.append(Int32(clamping: table.openSeconds(from: begin, to: end) ?? 0))
            wallWait.append(Int32(clamping: end - begin))
            day.append(facts.header.zone(ofStore: Int(store[index])).day(at: begin))
        }
    }
}

/// Which department wrote a message: the row's own, else the one its writer belonged to then.
private struct Departments {
    private let messages: GroupJournal.Messages
    private let ofPeople: DepartmentsOfPeople

    init(_ facts: Facts) {
        messages = facts.journal.messages
        ofPeople = DepartmentsOfPeople(facts.journal, facts.header)
    }

    subscript(message: Int) -> Int32 {
        let own = messages.department[message]
        if own >= 0 { return own }
        return ofPeople.department(of: messages.person[message], at: messages.sentAt[message], store: messages.store[message])
    }
}

/// The messages of departments in every conversation, and about every customer, that something was handed over in.
private struct MessagesAboutHandoffs {
    var runs: [(messages: [Int], isThread: Bool)] = []

    init(_ facts: Facts, _ departments: Departments) {
        let journal = facts.journal
        let messages = journal.messages
        var threads = [Bool](repeating: false, count: journal.threads.count)
        var customers = [Bool](repeating: false, count: journal.customers.count)
        var isAny = false
        for index in 0..<messages.count
        where messages.direction[index] == .internal && messages.toDepartment[index] >= 0 && !messages.isAutomated[index] {
            isAny = true
            if messages.thread[index] >= 0 {
                threads[Int(messages.thread[index])] = true
            } else if messages.customer[index] >= 0 {
                customers[Int(facts.identity[messages.customer[index]])] = true
            }
        }
        guard isAny else { return }
        var ofThread: [Int32: [Int]] = [:]
        var ofCustomer: [Int32: [Int]] = [:]
        for index in 0..<messages.count
        where messages.direction[index] != .inbound && !messages.isAutomated[index]
            && messages.sentAt[index] < facts.messagesAsOf.seconds && departments[index] >= 0 {
            let thread = messages.thread[index]
            if thread >= 0, threads[Int(thread)] { ofThread[thread, default: []].append(index) }
            let customer = facts.identity[messages.customer[index]]
            // What a conversation of its own hands over is not handed over a second time.
            guard customer >= 0, customers[Int(customer)], thread < 0 || messages.direction[index] == .outbound else { continue }
            ofCustomer[customer, default: []].append(index)
        }
        runs = ofThread.keys.sorted().map { (MessagesAboutHandoffs.sorted(ofThread[$0] ?? [], facts), true) }
            + ofCustomer.keys.sorted().map { (MessagesAboutHandoffs.sorted(ofCustomer[$0] ?? [], facts), false) }
    }

    /// By time; equal instants by what the rows say, so that their order in the export does not matter.
    private static func sorted(_ indices: [Int], _ facts: Facts) -> [Int] {
        let messages = facts.journal.messages
        let sent = messages.sentAt
        var keyed = indices.map { (time: sent[$0], index: $0) }
        var isSorted = true
        for i in keyed.indices.dropFirst() where keyed[i - 1].time >= keyed[i].time { isSorted = false }
        if isSorted { return indices }
        func words(_ index: Int) -> [String] {
            [
                String(messages.direction[index].rawValue), facts.header.name(messages.department[index]),
                facts.header.name(messages.toDepartment[index]), facts.journal.people[messages.person[index]],
            ]
        }
        keyed.sort { a, b in
            if a.time != b.time { return a.time < b.time }
            let (x, y) = (words(a.index), words(b.index))
            return x == y ? messages.source[a.index] < messages.source[b.index] : x.lexicographicallyPrecedes(y)
        }
        return keyed.map(\.index)
    }
}
