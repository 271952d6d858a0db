import Basis
import Dealership

// Messages are most of what there is: their columns are filled side by side, and put behind those there are in one piece.
extension GroupJournal {
    /// The columns in the order of the schema.
    mutating func readMessages(_ rows: [UnsafeRawPointer], _ context: Context) {
        let columns = MessageColumns(rows.count)
        defer { columns.free() }
        let names = context.nameCodes
        // A conversation has some three messages.
        threads.reserve(rows.count / 3)
        for place in 0..<rows.count {
            let row = rows[place]
            var cursor = RowCursor(row)
            cursor.skipBytes()
            columns.source[place] = RowCursor.source(row)
            columns.store[place] = RowCursor.store(row)
            columns.thread[place] = thread(cursor.bytes(), context)
            columns.customer[place] = customer(cursor.bytes(), context)
            columns.channel[place] = cursor.name(names)
            columns.direction[place] = MessageDirection(rawValue: cursor.choice()) ?? .internal
            columns.person[place] = people.code(orNone: cursor.bytes())
            columns.department[place] = cursor.name(names)
            columns.toDepartment[place] = cursor.name(names)
            columns.sentAt[place] = cursor.moment().instant.seconds
            columns.isAutomated[place] = cursor.flag() ?? false
            columns.outcome[place] = CallOutcome(rawValue: cursor.choice())
            columns.textHash[place] = TextFingerprint.of(cursor.bytes())
        }
        columns.append(to: &messages)
    }
}

/// Room for so many messages, column by column. Every place is written before it is read: these are plain values.
private struct MessageColumns {
    let count: Int
    let source: UnsafeMutablePointer<RowSource>
    let store: UnsafeMutablePointer<Int32>
    let thread: UnsafeMutablePointer<Int32>
    let customer: UnsafeMutablePointer<Int32>
    let channel: UnsafeMutablePointer<Int32>
    let direction: UnsafeMutablePointer<MessageDirection>
    let person: UnsafeMutablePointer<Int32>
    let department: UnsafeMutablePointer<Int32>
    let toDepartment: UnsafeMutablePointer<Int32>
    let sentAt: UnsafeMutablePointer<Int64>
    let isAutomated: UnsafeMutablePointer<Bool>
    let outcome: UnsafeMutablePointer<CallOutcome?>
    let textHash: UnsafeMutablePointer<Int64>

    init(_ count: Int) {
        self.count = count
        source = .allocate(capacity: count)
        store = .allocate(capacity: count)
        thread = .allocate(capacity: count)
        customer = .allocate(capacity: count)
        channel = .allocate(capacity: count)
        direction = .allocate(capacity: count)
        person = .allocate(capacity: count)
        department = .allocate(capacity: count)
        toDepartment = .allocate(capacity: count)
        sentAt = .allocate(capacity: count)
        isAutomated = .allocate(capacity: count)
        outcome = .allocate(capacity: count)
        textHash = .allocate(capacity: count)
    }

    func free() {
        source.deallocate()
        store.deallocate()
        thread.deallocate()
        customer.deallocate()
        channel.deallocate()
        direction.deallocate()
        person.deallocate()
        department.deallocate()
        toDepartment.deallocate()
        sentAt.deallocate()
        isAutomated.deallocate()
        outcome.deallocate()
        textHash.deallocate()
    }

    func append(to messages: inout GroupJournal.Messages) {
        messages.source += UnsafeBufferPointer(start: source, count: count)
        messages.store += UnsafeBufferPointer(start: store, count: count)
        messages.thread += UnsafeBufferPointer(start: thread, count: count)
        messages.customer += UnsafeBufferPointer(start: customer, count: count)
        messages.channel += UnsafeBufferPointer(start: channel, count: count)
        messages.direction += UnsafeBufferPointer(start: direction, count: count)
        messages.person += UnsafeBufferPointer(start: person, count: count)
        messages.department += UnsafeBufferPointer(start: department, count: count)
        messages.toDepartment += UnsafeBufferPointer(start: toDepartment, count: count)
        messages.sentAt += UnsafeBufferPointer(start: sentAt, count: count)
        messages.isAutomated += UnsafeBufferPointer(start: isAutomated, count: count)
        messages.outcome += UnsafeBufferPointer(start: outcome, count: count)
        messages.textHash += UnsafeBufferPointer(start: textHash, count: count)
    }
}
