import Basis
import Dealership

// The conversations export: the columns in the order of the schema.
extension GroupJournal {
    mutating func readConversation(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        let thread = thread(cursor.bytes(), context)
        guard thread != ThreadNumbers.severalSystems else {
            faults.append(
                GroupFault(
                    reason: .severalSystems, table: .conversations, column: context.numberColumn,
                    source: RowCursor.source(row)))
            return
        }
        conversations.thread.append(thread)
        conversations.source.append(RowCursor.source(row))
        conversations.store.append(RowCursor.store(row))
        conversations.customer.append(customer(cursor.bytes(), context))
        conversations.channel.append(cursor.name(context.nameCodes))
        conversations.department.append(cursor.name(context.nameCodes))
        conversations.openedAt.append(cursor.moment())
        conversations.answeredAt.append(cursor.moment())
        conversations.assignee.append(people.code(orNone: cursor.bytes()))
        conversations.assignedAt.append(cursor.moment())
        conversations.status.append(ConversationStatus(rawValue: cursor.choice()))
        conversations.dueAt.append(cursor.moment())
        conversations.resolvedAt.append(cursor.moment())
    }
}
