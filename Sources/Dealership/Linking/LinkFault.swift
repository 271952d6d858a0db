import Basis

/// Two rows that contradict each other once they are joined.
public struct LinkFault: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case replyBeforeQuestion
        /// Retail deals that lost money; they count as they are.
        case negativeGross
        /// Customer numbers of two exports that name no system, taken for the same; `detail` is the other table.
        case numbersShared
        /// Customer numbers of an export that names no system, kept apart from the same of a system; `detail` is the system.
        case numbersApart
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
    public var faults: [LinkFault] { conversations.faults + negativeGross + NumberSystems(self).faults }

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
    private let journal: GroupJournal
    /// By customer code: the number came without a system.
    private var isPlain: [Bool] = []

    init(_ facts: Facts) {
        journal = facts.journal
        guard facts.header.audits.contains(where: \.system.isEmpty) else { return }
        let customers = journal.customers
        isPlain = (0..<Int32(truncatingIfNeeded: customers.count)).map { code in
            customers.withBytes(of: code) { $0.count > 2 && $0[0] == 0xC2 && $0[1] == 0xB7 }
        }
        guard isPlain.contains(true) else { return }
        findShared()
        findApart(facts.header)
    }

    private struct Column {
        var table: StandardTable
        var customer: [Int32]
        var source: [RowSource]
    }

    private var service: [Column] {
        [
            Column(table: .serviceVisits, customer: journal.orders.customer, source: journal.orders.source),
            Column(table: .sales, customer: journal.sales.customer, source: journal.sales.source),
        ]
    }
    private var contact: [Column] {
        [
            Column(table: .leads, customer: journal.leads.customer, source: journal.leads.source),
            Column(table: .messages, customer: journal.messages.customer, source: journal.messages.source),
        ]
    }

    /// Service and sales on one side, leads and messages on the other.
    private mutating func findShared() {
        var serviceTable = [UInt8](repeating: 0, count: isPlain.count)
        for (index, column) in service.enumerated() {
            for code in column.customer where code >= 0 && isPlain[Int(code)] && serviceTable[Int(code)] == 0 {
                serviceTable[Int(code)] = UInt8(index + 1)
            }
        }
        for column in contact {
            for (index, other) in service.enumerated() {
                add(column, .numbersShared, other.table.rawValue) { serviceTable[Int($0)] == UInt8(index + 1) }
            }
        }
    }

    private mutating func findApart(_ header: JournalHeader) {
        var systems = Set(header.audits.map(\.system))
        for code in Set(journal.customerRecords.system) where code >= 0 { systems.insert(header.name(code)) }
        let customers = journal.customers
        for system in systems.sorted() where !system.isEmpty {
            let prefix = Array(system.utf8)
            let isElsewhere = isPlain.indices.map { code in
                isPlain[code]
                    && customers.withBytes(of: Int32(truncatingIfNeeded: code)) { number in
                        (prefix + Array(number)).withUnsafeBufferPointer { customers.code(of: $0) != nil }
                    }
            }
            for column in service + contact { add(column, .numbersApart, system) { isElsewhere[Int($0)] } }
        }
    }

    /// One fault for all numbers of a table that are so.
    private mutating func add(
        _ column: Column, _ kind: LinkFault.Kind, _ detail: String, _ isMeant: (Int32) -> Bool
    ) {
        var isCounted = [Bool](repeating: false, count: isPlain.count)
        var fault: LinkFault?
        for (row, code) in column.customer.enumerated() where code >= 0 && isPlain[Int(code)] && isMeant(code) {
            let source = column.source[row]
            var found = fault ?? LinkFault(
                kind: kind, table: column.table, column: "customer_id", source: source, other: source, rows: 0, detail: detail)
            found.source = min(found.source, source)
            if !isCounted[Int(code)] { found.rows += 1 }
            isCounted[Int(code)] = true
            fault = found
        }
        if var fault {
            fault.other = fault.source
            faults.append(fault)
        }
    }
}
