import Basis

/// Conversations of which it is known how many there are at most, column by column: there is nothing more of in a group
/// but messages.
struct ConversationColumns {
    private(set) var count = 0
    private let room: Int
    private let source: NewColumn<RowSource>
    private let replySource: NewColumn<RowSource>
    private let thread: NewColumn<Int32>
    private let store: NewColumn<Int32>
    private let channel: NewColumn<Int32>
    private let department: NewColumn<Int32>
    private let customer: NewColumn<Int32>
    private let start: NewColumn<Int64>
    private let reply: NewColumn<Int64>
    private let replier: NewColumn<Int32>
    private let assignee: NewColumn<Int32>
    private let due: NewColumn<Int64>
    private let machineReplies: NewColumn<Int32>
    private let leftOut: NewColumn<ConversationFacts.LeftOut>
    private let replyMessage: NewColumn<Int32>
    private let resolved: NewColumn<Int64>
    private let progress: NewColumn<ConversationFacts.Progress>
    private let openWait: NewColumn<Int32>
    private let wallWait: NewColumn<Int32>
    private let coveredWait: NewColumn<Int32>
    private let absentWait: NewColumn<Int32>
    private let isAfterHours: NewColumn<Bool>
    private let day: NewColumn<Day>

    init(room: Int) {
        self.room = room
        source = NewColumn(room: room)
        replySource = NewColumn(room: room)
        thread = NewColumn(room: room)
        store = NewColumn(room: room)
        channel = NewColumn(room: room)
        department = NewColumn(room: room)
        customer = NewColumn(room: room)
        start = NewColumn(room: room)
        reply = NewColumn(room: room)
        replier = NewColumn(room: room)
        assignee = NewColumn(room: room)
        due = NewColumn(room: room)
        machineReplies = NewColumn(room: room)
        leftOut = NewColumn(room: room)
        replyMessage = NewColumn(room: room)
        resolved = NewColumn(room: room)
        progress = NewColumn(room: room)
        openWait = NewColumn(room: room)
        wallWait = NewColumn(room: room)
        coveredWait = NewColumn(room: room)
        absentWait = NewColumn(room: room)
        isAfterHours = NewColumn(room: room)
        day = NewColumn(room: room)
    }

    mutating func append(_ draft: ConversationDraft, _ wait: MeasuredWait) {
        precondition(count < room, "more conversations than runs of messages")
        source.set(draft.source, at: count)
        replySource.set(draft.replySource, at: count)
        thread.set(draft.thread, at: count)
        store.set(draft.store, at: count)
        channel.set(draft.channel, at: count)
        department.set(draft.department, at: count)
        customer.set(draft.customer, at: count)
        start.set(draft.start, at: count)
        reply.set(draft.reply, at: count)
        replier.set(draft.replier, at: count)
        assignee.set(draft.assignee, at: count)
        due.set(draft.due, at: count)
        machineReplies.set(draft.machineReplies, at: count)
        leftOut.set(draft.leftOut, at: count)
        replyMessage.set(draft.replyMessage, at: count)
        resolved.set(draft.resolved, at: count)
        progress.set(draft.progress, at: count)
        openWait.set(wait.open, at: count)
        wallWait.set(wait.wall, at: count)
        coveredWait.set(wait.covered, at: count)
        absentWait.set(wait.absent, at: count)
        isAfterHours.set(wait.isAfterHours, at: count)
        day.set(wait.day, at: count)
        count += 1
    }

    /// What was appended; nothing can be appended after it.
    func take() -> ConversationFacts {
        var facts = ConversationFacts()
        facts.source = source.take(count)
        facts.replySource = replySource.take(count)
        facts.thread = thread.take(count)
        facts.store = store.take(count)
        facts.channel = channel.take(count)
        facts.department = department.take(count)
        facts.customer = customer.take(count)
        facts.start = start.take(count)
        facts.reply = reply.take(count)
        facts.replier = replier.take(count)
        facts.assignee = assignee.take(count)
        facts.due = due.take(count)
        facts.machineReplies = machineReplies.take(count)
        facts.leftOut = leftOut.take(count)
        facts.replyMessage = replyMessage.take(count)
        facts.resolved = resolved.take(count)
        facts.progress = progress.take(count)
        facts.openWait = openWait.take(count)
        facts.wallWait = wallWait.take(count)
        facts.coveredWait = coveredWait.take(count)
        facts.absentWait = absentWait.take(count)
        facts.isAfterHours = isAfterHours.take(count)
        facts.day = day.take(count)
        return facts
    }
}
