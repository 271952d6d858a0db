import Basis
import Dealership

// Leads: the columns in the order of the schema.
extension GroupJournal {
    mutating func readLead(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        guard Self.isNew(cursor.bytes(), in: &leads.identifiers, &faults, leads.source, leads.store, row, context)
        else { return }
        leads.source.append(RowCursor.source(row))
        leads.store.append(RowCursor.store(row))
        leads.customer.append(customer(cursor.bytes(), context))
        leads.createdAt.append(cursor.moment())
        leads.origin.append(cursor.name(context.nameCodes))
        leads.owner.append(people.code(orNone: cursor.bytes()))
        leads.requestedAt.append(cursor.moment())
    }
}
