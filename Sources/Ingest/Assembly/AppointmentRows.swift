import Basis
import Dealership

// Appointments: the columns in the order of the schema.
extension GroupJournal {
    mutating func readAppointment(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        guard Self.isNew(cursor.bytes(), in: &appointments.identifiers, &faults, appointments.source, appointments.store, row, context) else {
            return
        }
        appointments.source.append(RowCursor.source(row))
        appointments.store.append(RowCursor.store(row))
        appointments.customer.append(customer(cursor.bytes(), context))
        appointments.kind.append(cursor.name(context.nameCodes))
        appointments.bookedAt.append(cursor.moment())
        appointments.scheduledFor.append(cursor.moment())
        appointments.status.append(AppointmentStatus(rawValue: cursor.choice()))
        appointments.person.append(people.code(orNone: cursor.bytes()))
        cursor.skipBytes()  // lead
        appointments.vehicle.append(vehicle(cursor.bytes()))
        appointments.vehicleYear.append(Int32(clamping: max(cursor.integer(), -1)))
        appointments.mileage.append(Int32(clamping: max(cursor.integer(), -1)))
        appointments.leaseEnd.append(cursor.moment())
        appointments.recall.append(cursor.flag())
    }
}
