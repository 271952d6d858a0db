import Basis
import Dealership

// Deals; those that are undone: `Reversals.swift`: the columns in the order of the schema.
extension GroupJournal {
    mutating func readSale(_ row: UnsafeRawPointer, _ context: Context) {
        if RowCursor.isReversal(row) { return readReversal(row, context) }
        var cursor = RowCursor(row)
        guard Self.isNew(cursor.bytes(), in: &sales.identifiers, &faults, sales.source, sales.store, row, context) else {
            return
        }
        sales.source.append(RowCursor.source(row))
        sales.store.append(RowCursor.store(row))
        sales.customer.append(customer(cursor.bytes(), context))
        sales.vehicle.append(vehicle(cursor.bytes()))
        sales.tradeIn.append(vehicle(cursor.bytes()))
        sales.soldAt.append(cursor.moment())
        sales.salesperson.append(people.code(orNone: cursor.bytes()))
        let given = cursor.integer()
        let front = cursor.integer()
        let back = cursor.integer()
        // A deal without products of the finance office has no back gross; one without a front gross is not known.
        sales.gross.append(given != .min || front == .min ? given : front + (back == .min ? 0 : back))
        sales.frontGross.append(front)
        sales.backGross.append(back)
        sales.kind.append(SaleKind(rawValue: cursor.choice()))
        sales.reversedOn.append(cursor.moment())
        sales.leaseEnd.append(cursor.moment())
    }
}
