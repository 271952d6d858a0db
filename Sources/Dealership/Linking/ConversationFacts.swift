public import Basis

/// Conversations that customers began, each with its first answer by a person. Columnar; times in seconds since 1970.
public struct ConversationFacts: Sendable {
    public enum LeftOut: UInt8, Sendable, CaseIterable, BitwiseCopyable {
        case counted, withdrawn, replyBeforeQuestion, afterAsOf, noTimeOfDay
        public var words: String {
            switch self {
            case .counted: "counted"
            case .withdrawn: say(later: "Withdrawn")
            case .replyBeforeQuestion: say(later: "Reply before question")
            case .afterAsOf: say(later: "After the as-of day")
            case .noTimeOfDay: say(later: "A date without a time")
            }
        }
    }

    /// How far an export says a conversation is.
    public enum Progress: UInt8, Sendable, BitwiseCopyable { case unknown, open, closed }

    /// "No such time."
    public static let none = Int64.min

    /// Row of the customer's first message.
    public var source: [RowSource] = []
    /// Row of the answer; without one that of our message just before the question, which two clocks that disagree may have
    /// put there.
    public var replySource: [RowSource] = []
    /// Code in the journal's threads; −1: put together from customer, channel and pause.
    public var thread: [Int32] = []
    public var store: [Int32] = []
    public var channel: [Int32] = []
    public var department: [Int32] = []
    public var customer: [Int32] = []
    public var start: [Int64] = []
    public var reply: [Int64] = []
    /// Who answered first; −1: nobody, or nobody known.
    public var replier: [Int32] = []
    public var assignee: [Int32] = []
    public var due: [Int64] = []
    public var machineReplies: [Int32] = []
    public var leftOut: [LeftOut] = []
    /// Position of the answer in the journal's messages; −1: none, or known from the conversations export alone.
    public var replyMessage: [Int32] = []
    /// When the export says it was resolved; `none`: not, or nobody said.
    public var resolved: [Int64] = []
    /// What the export says of it beside its messages.
    public var progress: [Progress] = []
    /// Open seconds until the answer, or until the as-of instant without one.
    public var openWait: [Int32] = []
    public var wallWait: [Int32] = []
    /// Open seconds of these that an outage or its recovery covered.
    public var coveredWait: [Int32] = []
    /// Open seconds of the rest in which whoever had the conversation was away with leave.
    public var absentWait: [Int32] = []
    public var isAfterHours: [Bool] = []
    public var day: [Day] = []
    /// They are leads: `channel` is the lead's source, and the owner is who has it.
    public internal(set) var areLeads = false
    /// Conversations of the export without a message or an instant of opening: they are in no month.
    public internal(set) var withoutBeginning = 0

    public var count: Int { store.count }
    public func isAnswered(_ index: Int) -> Bool { reply[index] != ConversationFacts.none }
    /// Whom the figure belongs to: who replied, else who was assigned; −1: the team.
    public func credited(_ index: Int) -> Int32 {
        reply[index] != ConversationFacts.none ? replier[index] : assignee[index]
    }

    /// Open seconds less what an outage covered, and less what the assignee's leave did.
    public func adjustedWait(_ index: Int) -> Int32 { openWait[index] - coveredWait[index] - absentWait[index] }

    func measured(_ index: Int) -> MeasuredWait {
        MeasuredWait(
            open: openWait[index], wall: wallWait[index], covered: coveredWait[index], absent: absentWait[index],
            isAfterHours: isAfterHours[index], day: day[index])
    }

    mutating func reserve(_ capacity: Int) {
        source.reserveCapacity(capacity)
        replySource.reserveCapacity(capacity)
        thread.reserveCapacity(capacity)
        store.reserveCapacity(capacity)
        channel.reserveCapacity(capacity)
        department.reserveCapacity(capacity)
        customer.reserveCapacity(capacity)
        start.reserveCapacity(capacity)
        reply.reserveCapacity(capacity)
        replier.reserveCapacity(capacity)
        assignee.reserveCapacity(capacity)
        due.reserveCapacity(capacity)
        machineReplies.reserveCapacity(capacity)
        leftOut.reserveCapacity(capacity)
        replyMessage.reserveCapacity(capacity)
        resolved.reserveCapacity(capacity)
        progress.reserveCapacity(capacity)
        openWait.reserveCapacity(capacity)
        wallWait.reserveCapacity(capacity)
        coveredWait.reserveCapacity(capacity)
        absentWait.reserveCapacity(capacity)
        isAfterHours.reserveCapacity(capacity)
        day.reserveCapacity(capacity)
    }

    mutating func append(_ draft: ConversationDraft, _ wait: MeasuredWait) {
        openWait.append(wait.open)
        wallWait.append(wait.wall)
        coveredWait.append(wait.covered)
        absentWait.append(wait.absent)
        isAfterHours.append(wait.isAfterHours)
        day.append(wait.day)
        source.append(draft.source)
        replySource.append(draft.replySource)
        thread.append(draft.thread)
        store.append(draft.store)
        channel.append(draft.channel)
        department.append(draft.department)
        customer.append(draft.customer)
        start.append(draft.start)
        reply.append(draft.reply)
        replier.append(draft.replier)
        assignee.append(draft.assignee)
        due.append(draft.due)
        machineReplies.append(draft.machineReplies)
        leftOut.append(draft.leftOut)
        replyMessage.append(draft.replyMessage)
        resolved.append(draft.resolved)
        progress.append(draft.progress)
    }
}

extension ConversationFacts {
    /// Conversations that the export calls answered before they were opened, and those whose only message of ours stands
    /// just before the question. In order of their rows.
    public var faults: [LinkFault] {
        (0..<count).compactMap { fact in
            if leftOut[fact] == .replyBeforeQuestion {
                return LinkFault(
                    kind: .replyBeforeQuestion, table: .conversations, column: "answered_at", source: replySource[fact],
                    other: source[fact])
            }
            if leftOut[fact] == .counted, !isAnswered(fact), replySource[fact] != .none {
                return LinkFault(
                    kind: .writtenJustBefore, table: .messages, column: "sent_at", source: replySource[fact],
                    other: source[fact])
            }
            return nil
        }.sorted { $0.source < $1.source }
    }
}

/// One conversation while it is being put together.
struct ConversationDraft {
    var source = RowSource.none
    var replySource = RowSource.none
    var thread: Int32 = -1
    var store: Int32 = -1
    var channel: Int32 = -1
    var department: Int32 = -1
    var customer: Int32 = -1
    var start = ConversationFacts.none
    var reply = ConversationFacts.none
    var replier: Int32 = -1
    var assignee: Int32 = -1
    var due = ConversationFacts.none
    var machineReplies: Int32 = 0
    var leftOut = ConversationFacts.LeftOut.counted
    var replyMessage: Int32 = -1
    var resolved = ConversationFacts.none
    var isLead = false
    var hasStatus = false
    var isClosed = false

    var progress: ConversationFacts.Progress {
        !hasStatus ? .unknown : isClosed || resolved != ConversationFacts.none ? .closed : .open
    }

    mutating func answer(by message: Int, _ log: GroupJournal.Messages) {
        reply = log.sentAt[message]
        replier = log.person[message]
        replySource = log.source[message]
        replyMessage = Int32(truncatingIfNeeded: message)
    }
}
