import Basis

/// Two rows that contradict each other once they are joined.
public struct LinkFault: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// The export says that it was answered before it was opened.
        case replyBeforeQuestion
        /// The export says that it was resolved before the customer's first message.
        case resolvedBeforeQuestion
        /// The only message of ours stands a few minutes before the customer's.
        case writtenJustBefore
        /// Retail deals that lost money; they count as they are.
        case negativeGross
        /// Customer numbers of two exports that name no system, taken for the same; `detail` is the other table.
        case numbersShared
        /// Customer numbers of an export that names no system, kept apart from the same of a system; `detail` is the system.
        case numbersApart
        /// A remedy or complaint of a customer number that no other export has.
        case unknownCustomer
        /// The same of a number that customers of several sharing groups have.
        case severalCustomers
    }
    public var kind: Kind
    public var table: StandardTable
    public var column: String
    /// The row that cannot be right; of several the first.
    public var source: RowSource
    /// The row it contradicts; the same where one row contradicts itself.
    public var other: RowSource
    /// Rows of the file that it holds for; of numbers, how many.
    public var rows = 1
    public var detail = ""
}

extension Facts {
    /// Rows that contradict each other, or that somebody should know of though they count.
    public var faults: [LinkFault] { conversations.faults + resolvedBeforeQuestion + negativeGross + NumberSystems(self).faults + unknownLedgerCustomers }

    /// At the export's row; in order of these.
    private var resolvedBeforeQuestion: [LinkFault] {
        let talks = conversations
        let found = (0..<talks.count).filter { fact in
            talks.resolved[fact] != ConversationFacts.none && talks.resolved[fact] < talks.start[fact]
                && talks.leftOut[fact] != .afterAsOf && talks.leftOut[fact] != .noTimeOfDay
        }
        if found.isEmpty { return [] }
        let exported = journal.conversations
        let row = Dictionary(
            exported.thread.indices.map { (exported.thread[$0], exported.source[$0]) }, uniquingKeysWith: { first, _ in first })
        return found.compactMap { fact in
            row[talks.thread[fact]].map {
                LinkFault(
                    kind: .resolvedBeforeQuestion, table: .conversations, column: "resolved_at", source: $0,
                    other: talks.source[fact])
            }
        }.sorted { $0.source < $1.source }
    }

    /// By file.
    private var negativeGross: [LinkFault] {
        let sales = journal.sales
        var files: [Int: LinkFault] = [:]
        for sale in 0..<sales.count where sales.gross[sale] < 0 && sales.gross[sale] != .min && sales.kind[sale] != .wholesale {
            let source = sales.source[sale]
            if var known = files[source.file] {
                known.rows += 1
                known.source = min(known.source, source)
                known.other = known.source
                files[source.file] = known
            } else {
                files[source.file] = LinkFault(
                    kind: .negativeGross, table: .sales, column: "gross_profit", source: source, other: source)
            }
        }
        return files.values.sorted { $0.source < $1.source }
    }
}

/// Customer numbers of exports that name no system. Those of two such exports are taken for the same; those of a system
/// that is named are not.
private struct NumberSystems {
    private(set) var faults: [LinkFault] = []
    private let customers: IdentifierPool
    /// By customer code: the number came without a system.
    private var isPlain: [Bool] = []

    init(_ facts: Facts) {
        let journal = facts.journal
        customers = journal.customers
        let tables: Set<StandardTable> = [.serviceVisits, .sales, .leads, .messages]
        guard facts.header.audits.contains(where: { $0.system.isEmpty && tables.contains($0.table) }) else { return }
        // A number always has its system in front, and a dot between.
        isPlain = customers.beginning(with: Array("·".utf8))
        guard isPlain.contains(true) else { return }
        let service = [
            Column(.serviceVisits, journal.orders.customer, journal.orders.source, isPlain),
            Column(.sales, journal.sales.customer, journal.sales.source, isPlain),
        ]
        let contact = [
            Column(.leads, journal.leads.customer, journal.leads.source, isPlain),
            Column(.messages, journal.messages.customer, journal.messages.source, isPlain),
        ]
        for column in contact {
            for other in service { add(column, .numbersShared, other.table.rawValue, other.has) }
        }
        findApart(facts, service + contact)
    }

    /// A table's customer numbers that came without a system.
    private struct Column {
        var table: StandardTable
        var customer: [Int32]
        var source: [RowSource]
        /// By customer code.
        var has: [Bool]

        init(_ table: StandardTable, _ customer: [Int32], _ source: [RowSource], _ isPlain: [Bool]) {
            self.table = table
            self.customer = customer
            self.source = source
            var found = [Bool](repeating: false, count: isPlain.count)
            for code in customer where code >= 0 { found[Int(code)] = true }
            for code in found.indices where !isPlain[code] { found[code] = false }
            has = found
        }
    }

    private mutating func findApart(_ facts: Facts, _ columns: [Column]) {
        var systems = Set(facts.header.audits.map(\.system))
        for code in Set(facts.journal.customerRecords.system) where code >= 0 { systems.insert(facts.header.name(code)) }
        for system in systems.sorted() where !system.isEmpty {
            let prefix = Array(system.utf8)
            let isElsewhere = isPlain.indices.map { code in
                isPlain[code]
                    && customers.withBytes(of: Int32(truncatingIfNeeded: code)) { number in
                        (prefix + Array(number)).withUnsafeBufferPointer { customers.code(of: $0) != nil }
                    }
            }
            for column in columns { add(column, .numbersApart, system, isElsewhere) }
        }
    }

    /// One fault for all numbers of a table that are so, at the first row.
    private mutating func add(_ column: Column, _ kind: LinkFault.Kind, _ detail: String, _ isMeant: [Bool]) {
        let numbers = isMeant.indices.count { isMeant[$0] && column.has[$0] }
        guard numbers > 0, let row = column.customer.firstIndex(where: { $0 >= 0 && isMeant[Int($0)] && column.has[Int($0)] })
        else { return }
        faults.append(
            LinkFault(
                kind: kind, table: column.table, column: "customer_id", source: column.source[row],
                other: column.source[row], rows: numbers, detail: detail))
    }
}
