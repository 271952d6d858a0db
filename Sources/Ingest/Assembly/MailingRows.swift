import Basis
import Dealership

extension GroupJournal {
    /// A mailing of every store stands in the rows of all groups: the first one takes it.
    mutating func readMailing(_ row: UnsafeRawPointer, _ context: StagedExports.RowContext) {
        let store = RowCursor.store(row)
        if store < 0, group > 0 { return }
        var cursor = RowCursor(row)
        cursor.skipBytes()  // number
        mailings.source.append(RowCursor.source(row))
        mailings.store.append(store)
        mailings.plannedAt.append(cursor.moment())
        mailings.sentAt.append(cursor.moment())
        mailings.recipients.append(cursor.integer())
        mailings.fault.append(cursor.name(context.nameCodes))
    }
}
