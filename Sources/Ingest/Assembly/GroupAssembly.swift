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
        journal.takeCustomersOfConversations()
        if isOfSeveralStores(journal.group) { journal.setAsideOtherStores(header) }
        journal.forgetUnknownPeople(header)
        journal.settleConversations(header)
        return journal
    }

    private func read(
        _ index: Int, _ group: Int, _ threads: ThreadNumbers, into journal: inout GroupJournal
    ) throws(Rejection) {
        switch tables[index].export.table {
        case .serviceVisits:
            try read(index, group, threads, &journal) { journal, rows, context in
                journal.reserveOrders(rows.count)
                for row in rows { journal.readOrder(row, context) }
            }
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
                parts, table: context.table, ofSeveralStores: isOfSeveralStores(group),
                again: table.isOfOtherRows ? .customerAgain : .duplicateRow, &faults)
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
