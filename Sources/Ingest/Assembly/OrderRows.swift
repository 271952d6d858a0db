import Basis
import Dealership

// Repair orders: the columns in the order of the schema.
extension GroupJournal {
    /// Columns that grow row by row are copied over and over.
    mutating func reserveOrders(_ rows: Int) {
        let room = orders.count + rows
        orders.identifiers.reserve(rows)
        // Whoever comes to service comes two or three times a year.
        customers.reserve(rows / 2)
        vehicles.reserve(rows / 2)
        orders.source.reserveCapacity(room)
        orders.store.reserveCapacity(room)
        orders.customer.reserveCapacity(room)
        orders.vehicle.reserveCapacity(room)
        orders.openedAt.reserveCapacity(room)
        orders.closedAt.reserveCapacity(room)
        orders.advisor.reserveCapacity(room)
        orders.vehicleYear.reserveCapacity(room)
        orders.mileage.reserveCapacity(room)
        orders.amount.reserveCapacity(room)
        orders.payType.reserveCapacity(room)
        orders.status.reserveCapacity(room)
        orders.boughtHere.reserveCapacity(room)
    }

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
