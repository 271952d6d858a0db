import Basis
import Dealership

// Customers' records: the columns in the order of the schema.
extension GroupJournal {
    mutating func readCustomer(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        let number = cursor.bytes()
        let system = cursor.name(context.nameCodes)
        customerRecords.source.append(RowCursor.source(row))
        customerRecords.store.append(RowCursor.store(row))
        // What the mapping says comes first; an export that holds the customers of several systems names them row by row.
        customerRecords.system.append(context.hasSystem || system < 0 ? context.systemName : system)
        customerRecords.customer.append(
            context.hasSystem || system < 0
                ? customer(number, context)
                : context.withSystem(context.prefix(system), number) { customers.intern($0) })
        customerRecords.name.append(customerRecords.names.code(orNone: cursor.bytes()))
        customerRecords.phone.append(customerRecords.phones.code(orNone: cursor.bytes()))
        customerRecords.email.append(customerRecords.emails.code(orNone: cursor.bytes()))
        customerRecords.address.append(customerRecords.addresses.code(orNone: cursor.bytes()))
        customerRecords.createdAt.append(cursor.moment())
    }
}
