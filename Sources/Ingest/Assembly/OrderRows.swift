import Basis
import Dealership

// Repair orders: the columns in the order of the schema.
extension GroupJournal {
    mutating func readOrder(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        guard Self.isNew(cursor.bytes(), in: &orders.identifiers, &faults, orders.source, orders.store, row, context) else {
            return
        }
        orders.source.append(RowCursor.source(row))
        orders.store.append(RowCursor.store(row))
        orders.customer.append(customer(cursor.bytes(), context))
        orders.vehicle.append(vehicle(cursor.bytes()))
        orders.vehicleYear.append(Int32(clamping: max(cursor.integer(), -1)))
        orders.mileage.append(Int32(clamping: max(cursor.integer(), -1)))
        orders.openedAt.append(cursor.moment())
        orders.closedAt.append(cursor.moment())
        orders.advisor.append(people.code(orNone: cursor.bytes()))
        orders.amount.append(cursor.integer())
        orders.payType.append(PayType(rawValue: cursor.choice()))
        orders.status.append(OrderStatus(rawValue: cursor.choice()))
        orders.boughtHere.append(cursor.flag())
    }
}
