import Basis
public import Dealership

extension StagedExports {
    /// One sharing group's records, columnar. Rows that repeat a number are counted once; which of two different rows
    /// with one number counts does not depend on their order in the files.
    public func group(_ group: Int) -> GroupJournal {
        var journal = GroupJournal(group: group)
        for index in tables.indices {
            switch tables[index].export.table {
            case .serviceVisits: read(index, group, &journal) { $0.readOrder($1, $2) }
            case .sales: read(index, group, &journal) { $0.readSale($1, $2) }
            case .leads: read(index, group, &journal) { $0.readLead($1, $2) }
            case .appointments: read(index, group, &journal) { $0.readAppointment($1, $2) }
            case .messages: read(index, group, &journal) { $0.readMessage($1, $2) }
            case .conversations: read(index, group, &journal) { $0.readConversation($1, $2) }
            case .customers: read(index, group, &journal) { $0.readCustomer($1, $2) }
            default: break
            }
        }
        return journal
    }

    /// What a row is read with.
    struct RowContext {
        let nameCodes: [Int32]
        /// In front of customer numbers: the system that gave them.
        let system: [UInt8]
        let systemName: Int32
    }

    private func read(
        _ index: Int, _ group: Int, _ journal: inout GroupJournal,
        _ take: (inout GroupJournal, UnsafeRawPointer, RowContext) -> Void
    ) {
        let bytes = rows(of: index, group: group)
        if bytes.isEmpty { return }
        let table = tables[index]
        let context = RowContext(
            nameCodes: nameCodes, system: Array(table.export.system.utf8) + [0xB7],
            systemName: header.code(ofName: table.export.system))
        bytes.withUnsafeBytes { buffer in
            for row in distinctRows(buffer, table: table, &journal) where !isAhead(row, table: table, index: index, &journal) {
                take(&journal, row, context)
            }
        }
    }

    /// The group's rows of a table, then the rows that hold for every group.
    private func rows(of index: Int, group: Int) -> [UInt8] {
        let parts = tables[index].parts
        if parts.isEmpty { return [] }
        let count = parts.reduce(0) { $0 + $1.chunk.range(ofGroup: group).count + $1.chunk.range(ofGroup: -1).count }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for part in parts { bytes.append(contentsOf: part.chunk.bytes[part.chunk.range(ofGroup: group)]) }
        for part in parts { bytes.append(contentsOf: part.chunk.bytes[part.chunk.range(ofGroup: -1)]) }
        return bytes
    }

    /// Rows in file order, each number once: of rows with the same number and other content the one with the least bytes.
    private func distinctRows(
        _ buffer: UnsafeRawBufferPointer, table: StagedTable, _ journal: inout GroupJournal
    ) -> [UnsafeRawPointer] {
        guard let base = buffer.baseAddress else { return [] }
        let end = base + buffer.count
        var kept: [UnsafeRawPointer] = []
        kept.reserveCapacity(buffer.count / 60)
        var pool = IdentifierPool(expected: buffer.count / 60)
        let column = table.export.table.columns.first { $0.name != "store_id" }?.name
        var row = base
        while row < end {
            var cursor = RowCursor(row)
            let code = Int(pool.intern(cursor.bytes()))
            if code == kept.count {
                kept.append(row)
            } else {
                let order = compare(row, kept[code])
                let isSame = order == 0
                let loser = order < 0 ? kept[code] : row
                if order < 0 { kept[code] = row }
                journal.faults.append(
                    GroupFault(
                        reason: isSame ? .duplicateRow : .duplicateIdentifier, table: table.export.table,
                        column: isSame ? nil : column, source: RowCursor.source(loser)))
            }
            row += RowCursor.length(row)
        }
        return kept
    }

    /// Store and columns by their bytes; where the rows stand does not matter.
    private func compare(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> Int {
        let lengthA = RowCursor.length(a)
        let lengthB = RowCursor.length(b)
        if RowCursor.store(a) != RowCursor.store(b) { return RowCursor.store(a) < RowCursor.store(b) ? -1 : 1 }
        for i in StagedChunk.rowHeader..<min(lengthA, lengthB) {
            let (x, y) = (a.load(fromByteOffset: i, as: UInt8.self), b.load(fromByteOffset: i, as: UInt8.self))
            if x != y { return x < y ? -1 : 1 }
        }
        return lengthA == lengthB ? 0 : lengthA < lengthB ? -1 : 1
    }

    private func isAhead(
        _ row: UnsafeRawPointer, table: StagedTable, index: Int, _ journal: inout GroupJournal
    ) -> Bool {
        guard table.hasDaysAhead, let column = table.export.table.occurrenceColumn,
            let moment = RowCursor.occurrence(row, table.export.table)
        else { return false }
        guard isAhead(moment, table: index, store: RowCursor.store(row)) else { return false }
        journal.faults.append(
            GroupFault(reason: .dateAhead, table: table.export.table, column: column, source: RowCursor.source(row)))
        return true
    }
}

extension RowCursor {
    /// When the row happened.
    static func occurrence(_ row: UnsafeRawPointer, _ table: StandardTable) -> Moment? {
        var cursor = RowCursor(row)
        for column in table.columns where column.name != "store_id" {
            if column.name == table.occurrenceColumn { return cursor.moment() }
            switch column.kind {
            case .identifier, .text: cursor.skipBytes()
            case .time, .day, .money, .integer: _ = cursor.integer()
            case .name: _ = cursor.name16()
            case .choice, .flag: _ = cursor.choice()
            }
        }
        return nil
    }
}

// One function a table; each reads the columns in the order of the schema.
extension GroupJournal {
    typealias Context = StagedExports.RowContext

    private mutating func customer(_ number: UnsafeBufferPointer<UInt8>, _ context: Context) -> Int32 {
        if number.isEmpty { return -1 }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: context.system.count + number.count) { key in
            for i in 0..<context.system.count { key[i] = context.system[i] }
            for i in 0..<number.count { key[context.system.count + i] = number[i] }
            return customers.intern(UnsafeBufferPointer(key))
        }
    }

    mutating func readOrder(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        orders.identifiers.intern(cursor.bytes())
        orders.source.append(RowCursor.source(row))
        orders.store.append(RowCursor.store(row))
        orders.customer.append(customer(cursor.bytes(), context))
        orders.vehicle.append(vehicles.code(orNone: cursor.bytes()))
        orders.vehicleYear.append(Int32(truncatingIfNeeded: max(cursor.integer(), -1)))
        _ = cursor.integer()  // mileage
        orders.openedAt.append(cursor.moment())
        _ = cursor.moment()  // closed
        orders.advisor.append(people.code(orNone: cursor.bytes()))
        orders.amount.append(cursor.integer())
        orders.payType.append(PayType(rawValue: cursor.choice()))
        orders.status.append(OrderStatus(rawValue: cursor.choice()))
        orders.boughtHere.append(cursor.flag())
    }

    mutating func readSale(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        sales.identifiers.intern(cursor.bytes())
        sales.source.append(RowCursor.source(row))
        sales.store.append(RowCursor.store(row))
        sales.customer.append(customer(cursor.bytes(), context))
        sales.vehicle.append(vehicles.code(orNone: cursor.bytes()))
        sales.tradeIn.append(vehicles.code(orNone: cursor.bytes()))
        sales.soldAt.append(cursor.moment())
        sales.salesperson.append(people.code(orNone: cursor.bytes()))
        let given = cursor.integer()
        let front = cursor.integer()
        let back = cursor.integer()
        let hasParts = front != .min || back != .min
        sales.gross.append(given != .min || !hasParts ? given : (front == .min ? 0 : front) + (back == .min ? 0 : back))
        sales.frontGross.append(front)
        sales.backGross.append(back)
        sales.kind.append(SaleKind(rawValue: cursor.choice()))
        sales.reversedOn.append(cursor.moment())
    }

    mutating func readLead(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        leads.identifiers.intern(cursor.bytes())
        leads.source.append(RowCursor.source(row))
        leads.store.append(RowCursor.store(row))
        leads.customer.append(customer(cursor.bytes(), context))
        leads.createdAt.append(cursor.moment())
        leads.origin.append(cursor.name(context.nameCodes))
        leads.owner.append(people.code(orNone: cursor.bytes()))
    }

    mutating func readAppointment(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        appointments.identifiers.intern(cursor.bytes())
        appointments.source.append(RowCursor.source(row))
        appointments.store.append(RowCursor.store(row))
        appointments.customer.append(customer(cursor.bytes(), context))
        appointments.kind.append(cursor.name(context.nameCodes))
        appointments.bookedAt.append(cursor.moment())
        appointments.scheduledFor.append(cursor.moment())
        appointments.status.append(AppointmentStatus(rawValue: cursor.choice()))
        appointments.person.append(people.code(orNone: cursor.bytes()))
    }

    mutating func readMessage(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        cursor.skipBytes()
        messages.source.append(RowCursor.source(row))
        messages.store.append(RowCursor.store(row))
        messages.thread.append(threads.code(orNone: cursor.bytes()))
        messages.customer.append(customer(cursor.bytes(), context))
        messages.channel.append(cursor.name(context.nameCodes))
        messages.direction.append(MessageDirection(rawValue: cursor.choice()) ?? .internal)
        messages.person.append(people.code(orNone: cursor.bytes()))
        messages.department.append(cursor.name(context.nameCodes))
        messages.toDepartment.append(cursor.name(context.nameCodes))
        messages.sentAt.append(cursor.moment().instant.seconds)
        messages.isAutomated.append(cursor.flag() ?? false)
        messages.outcome.append(CallOutcome(rawValue: cursor.choice()))
    }

    mutating func readConversation(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        conversations.thread.append(threads.code(orNone: cursor.bytes()))
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

    mutating func readCustomer(_ row: UnsafeRawPointer, _ context: Context) {
        var cursor = RowCursor(row)
        let number = cursor.bytes()
        let system = cursor.name(context.nameCodes)
        customerRecords.source.append(RowCursor.source(row))
        customerRecords.system.append(system >= 0 ? system : context.systemName)
        customerRecords.customer.append(customer(number, context))
        customerRecords.name.append(cursor.text())
        customerRecords.phone.append(cursor.text())
        customerRecords.email.append(cursor.text())
        customerRecords.address.append(cursor.text())
    }
}
