import Basis
import Dealership

// Ratings: the columns in the order of the schema.
extension GroupJournal {
    mutating func readRating(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        ratings.source.append(RowCursor.source(row))
        ratings.store.append(RowCursor.store(row))
        ratings.customer.append(customer(cursor.bytes(), context))
        ratings.ratedAt.append(cursor.moment())
        ratings.score.append(Int32(clamping: cursor.integer()))
        let thread = thread(cursor.bytes(), context)
        ratings.thread.append(max(thread, -1))
        guard thread == ThreadNumbers.severalSystems else { return }
        var fault = GroupFault(
            reason: .severalSystems, table: .ratings, column: "conversation_id", source: RowCursor.source(row))
        fault.isOfCell = true
        faults.append(fault)
    }
}
