public import Basis
public import Dealership

extension StagedExports {
    /// One sharing group's records, columnar. Rows that repeat a number are counted once; which of two different rows
    /// with one number counts does not depend on their order in the files.
    /// - Throws: `Rejection` where a temporary file cannot be read back.
    public func journal(ofGroup group: Int) throws(Rejection) -> GroupJournal {
        var journal = GroupJournal(group: group)
        let threads = ThreadNumbers(tables)
        for index in threads.readingOrder(tables) { try read(index, group, threads, into: &journal) }
        return settled(journal)
    }

    /// The same on several tasks: for few groups, which leave cores idle. Logs of messages are most of what there is, and
    /// are read one by one; everything else is one piece of work. Who is who is in that piece alone, and is told with it.
    public func journal(
        ofGroup group: Int, tasks: Int
    ) async throws(Rejection) -> (journal: GroupJournal, identity: Identity) {
        let exports = self
        let threads = ThreadNumbers(tables)
        let order = threads.readingOrder(tables)
        let logs = order.filter { tables[$0].export.table == .messages }
        let late = order.filter { threads.waitsForMessages(tables[$0].export) }
        let rest = order.filter { !logs.contains($0) && !late.contains($0) }
        let country = header.settings.phoneCountry
        if tasks < 2 || logs.isEmpty {
            let journal = try self.journal(ofGroup: group)
            return (journal, Identity(journal, country: country))
        }
        // Who is known by telephone alone stands in the logs: who is who is known only with all of them.
        let isByPhone = order.contains { tables[$0].export.joinsByPhone }
        // The largest first, so that no core waits long for the last.
        let largest = logs.sorted { (tables[$0].audit.rowsRead, $1) > (tables[$1].audit.rowsRead, $0) }
        let work = [rest] + largest.map { [$0] }
        let read = try await concurrently(work.count, tasks: tasks) { position throws(Rejection) in
            var part = GroupJournal(group: group)
            for index in work[position] { try exports.read(index, group, threads, into: &part) }
            return part
        }
        let parts = logs.compactMap { log in largest.firstIndex(of: log).map { read[$0 + 1] } }
        var joined = read[0]
        let withoutLogs = joined
        // Much work that asks nothing of the logs: done beside their joining, which is one task's.
        async let identity = isByPhone ? nil : Identity(withoutLogs, country: country)
        let codes = parts.map { part in
            joined.faults += part.faults
            return joined.numbers(of: part)
        }
        let base = joined
        // Pieces that share no column: the messages, and what refers to numbers of the messages.
        enum Piece: Sendable { case messages(GroupJournal.Messages), late(GroupJournal) }
        let pieces = try await concurrently(2, tasks: tasks) { piece throws(Rejection) -> Piece in
            if piece == 0 { return .messages(GroupJournal.Messages(of: parts, codes)) }
            var journal = base
            for index in late { try exports.read(index, group, threads, into: &journal) }
            return .late(journal)
        }
        var journal = base
        var messages = base.messages
        for piece in pieces {
            switch piece {
            case .messages(let found): messages = found
            case .late(let found): journal = found
            }
        }
        journal.messages = messages
        let settled = settled(journal)
        let known = await identity ?? Identity(journal, country: country)
        return (settled, known.extended(to: journal.customers.count))
    }

    private func settled(_ read: GroupJournal) -> GroupJournal {
        var journal = read
        journal.reverseDeals()
        if isOfSeveralStores(journal.group) { journal.setAsideOtherStores(header) }
        journal.forgetUnknownPeople(header)
        journal.settleConversations(header)
        return journal
    }

    private func read(
        _ index: Int, _ group: Int, _ threads: ThreadNumbers, into journal: inout GroupJournal
    ) throws(Rejection) {
        switch tables[index].export.table {
        case .serviceVisits: try readEach(index, group, threads, &journal) { $0.readOrder($1, $2) }
        case .sales: try readEach(index, group, threads, &journal) { $0.readSale($1, $2) }
        case .leads: try readEach(index, group, threads, &journal) { $0.readLead($1, $2) }
        case .appointments: try readEach(index, group, threads, &journal) { $0.readAppointment($1, $2) }
        case .messages: try read(index, group, threads, &journal) { $0.readMessages($1, $2) }
        case .conversations: try readEach(index, group, threads, &journal) { $0.readConversation($1, $2) }
        case .customers: try readEach(index, group, threads, &journal) { $0.readCustomer($1, $2) }
        case .ratings: try readEach(index, group, threads, &journal) { $0.readRating($1, $2) }
        case .mailings: try readEach(index, group, threads, &journal) { $0.readMailing($1, $2) }
        default: break
        }
    }

    func isOfSeveralStores(_ group: Int) -> Bool { header.stores.count { $0.group == group } > 1 }

    /// What a row is read with.
    struct RowContext {
        let nameCodes: [Int32]
        /// In front of customer numbers: the system that gave them.
        let system: [UInt8]
        let key: SystemKey
        let systemName: Int32
        let table: StandardTable
        let numberColumn: String
        /// By file: the system of its export.
        let systems: [Int: String]
        /// Identifiers of the stores, where several of the group may have numbered their records by themselves.
        let stores: [String]?
        let thread: ThreadNumbers.Rule
        let hasPlainThreads: Bool
        let names: [String]

        var hasSystem: Bool { systemName >= 0 && system.count > 2 }
        /// In front of the numbers of a system that a row names.
        func prefix(_ name: Int32) -> [UInt8] { Array(names[Int(name)].utf8) + Array("·".utf8) }
    }

    private func context(_ index: Int, _ group: Int, _ threads: ThreadNumbers) -> RowContext {
        let export = tables[index].export
        var systems: [Int: String] = [:]
        for table in tables where table.export.table == export.table {
            for file in table.layouts.keys { systems[file] = table.export.system }
        }
        let rule = threads.rule(export)
        let system = Array(export.system.utf8) + Array("·".utf8)
        return RowContext(
            nameCodes: nameCodes, system: system, key: SystemKey(system),
            systemName: header.code(ofName: export.system), table: export.table, numberColumn: export.table.numberColumn,
            systems: systems, stores: isOfSeveralStores(group) ? header.stores.map(\.identifier) : nil,
            thread: rule, hasPlainThreads: rule.isPlain, names: header.names)
    }

    private func readEach(
        _ index: Int, _ group: Int, _ threads: ThreadNumbers, _ journal: inout GroupJournal,
        _ take: (inout GroupJournal, UnsafeRawPointer, RowContext) -> Void
    ) throws(Rejection) {
        try read(index, group, threads, &journal) { journal, rows, context in
            for row in rows { take(&journal, row, context) }
        }
    }

    private func read(
        _ index: Int, _ group: Int, _ threads: ThreadNumbers, _ journal: inout GroupJournal,
        _ take: (inout GroupJournal, [UnsafeRawPointer], RowContext) -> Void
    ) throws(Rejection) {
        let table = tables[index]
        var faults: [(fault: GroupFault, store: Int32)] = []
        try withRows(of: index, group: group) { parts throws(Rejection) in
            if parts.isEmpty { return }
            let context = context(index, group, threads)
            defer { context.key.free() }
            let distinct = distinctRows(
                parts, table: context.table, ofSeveralStores: isOfSeveralStores(group), &faults)
            let kept = try withoutRepeated(distinct, ofTable: index, group: group, &faults)
            let taken = !table.hasDaysAhead && table.elsewhere.isEmpty
                ? kept
                : kept.filter { row in
                    // In this order: what is another store's is told and counted already.
                    !table.elsewhere.contains(RowCursor.source(row)) && !isAhead(row, table: table, index: index, &journal)
                }
            take(&journal, taken, context)
        }
        // What holds for every store is read with every group, and found twice with the first one.
        journal.faults += faults.filter { ($0.store >= 0 || group == 0) && !table.elsewhere.contains($0.fault.source) }
            .map(\.fault)
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

extension StagedExports.RowContext {
    /// A number with the system that gave it in front.
    @inline(__always)
    func withSystem<Value>(
        _ system: [UInt8], _ number: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Value
    ) -> Value {
        withUnsafeTemporaryAllocation(byteCount: system.count + number.count, alignment: 16) { key in
            guard let start = key.baseAddress, let digits = number.baseAddress else { return body(number) }
            system.withUnsafeBytes { system in
                if let prefix = system.baseAddress { start.copyMemory(from: prefix, byteCount: system.count) }
            }
            (start + system.count).copyMemory(from: digits, byteCount: number.count)
            return body(UnsafeBufferPointer(key.bindMemory(to: UInt8.self)))
        }
    }

    /// What is put behind a number that was given before, to tell the two records apart.
    func additions(_ row: UnsafeRawPointer) -> [[UInt8]] {
        let system = systems[RowCursor.source(row).file].map { Array(" \($0)".utf8) } ?? []
        guard let stores else { return [system] }
        let store = Array(" \(stores[Int(RowCursor.store(row))])".utf8)
        return [store, system, store + system]
    }

    /// The same system and store gave the number of the record at `source` and of the row.
    fileprivate func isNumberedAlike(_ source: RowSource, _ store: Int32, _ row: UnsafeRawPointer) -> Bool {
        systems[source.file] == systems[RowCursor.source(row).file] && (stores == nil || store == RowCursor.store(row))
    }
}

// One function a table; each reads the columns in the order of the schema.
extension GroupJournal {
    typealias Context = StagedExports.RowContext

    mutating func customer(_ number: UnsafeBufferPointer<UInt8>, _ context: Context) -> Int32 {
        if number.isEmpty { return -1 }
        if number.first == 0x74, number.starts(with: Identity.telephone) { return customers.intern(number) }
        return customers.intern(context.key.with(number))
    }

    /// Takes a record's number into its pool; a record's code is its position. A number that another system, or another
    /// store of the group, has given as well is another record; of the same it is one record twice, and the first export's
    /// counts.
    private static func isNew(
        _ number: UnsafeBufferPointer<UInt8>, in pool: inout IdentifierPool, _ faults: inout [GroupFault],
        _ sources: [RowSource], _ stores: [Int32], _ row: UnsafeRawPointer, _ context: Context
    ) -> Bool {
        var code = Int(pool.intern(number))
        if code == sources.count { return true }
        for addition in context.additions(row) {
            if context.isNumberedAlike(sources[code], stores[code], row) { break }
            let full = Array(number) + addition
            code = full.withUnsafeBufferPointer { Int(pool.intern($0)) }
            if code == sources.count { return true }
        }
        faults.append(
            GroupFault(
                reason: .duplicateIdentifier, table: context.table, column: context.numberColumn,
                source: RowCursor.source(row)))
        return false
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
        let hasParts = front != .min || back != .min
        sales.gross.append(given != .min || !hasParts ? given : (front == .min ? 0 : front) + (back == .min ? 0 : back))
        sales.frontGross.append(front)
        sales.backGross.append(back)
        sales.kind.append(SaleKind(rawValue: cursor.choice()))
        sales.reversedOn.append(cursor.moment())
        sales.leaseEnd.append(cursor.moment())
    }

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
