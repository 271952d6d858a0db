import Basis

/// Whom the rows of remedies and complaints are of, in one sharing group.
struct LedgerCustomers {
    private let customers: IdentifierPool
    private let identity: Identity
    private let systems: [String]
    private let stores: [Bool]

    init(_ facts: Facts) {
        customers = facts.journal.customers
        identity = facts.identity
        systems = Set(facts.header.audits.map(\.system)).subtracting([""]).sorted()
        stores = facts.header.stores.map { $0.group == facts.journal.group }
    }

    enum Found: Equatable {
        /// The number's own code.
        case customer(Int32)
        /// The row is of a store of another group.
        case elsewhere
        case unknown
    }

    /// A number without a system is any system's, where only one has it.
    func find(_ number: String, store: Int32) -> Found {
        if store >= 0, !stores[Int(store)] { return .elsewhere }
        if number.isEmpty { return .unknown }
        if let code = customers.code(of: number) { return .customer(code) }
        guard number.hasPrefix("·") else { return .unknown }
        let found = systems.compactMap { customers.code(of: $0 + number) }
        guard let first = found.first, found.allSatisfy({ identity[$0] == identity[first] }) else { return .unknown }
        return .customer(first)
    }
}

extension Facts {
    /// Remedies and complaints whose customer this group does not know. What names no store may be another group's.
    var unknownLedgerCustomers: [LinkFault] {
        let ledger = header.ledger
        guard journal.customers.count > 0, !ledger.remedies.isEmpty || !ledger.complaints.isEmpty else { return [] }
        let customers = LedgerCustomers(self)
        var faults: [LinkFault] = []
        func note(_ table: StandardTable, _ number: String, _ store: Int32, _ source: RowSource) {
            guard customers.find(number, store: store) == .unknown else { return }
            faults.append(
                LinkFault(
                    kind: .unknownCustomer, table: table, column: "customer_id", source: source, other: source,
                    detail: store < 0 ? LinkFault.ofAnyGroup : ""))
        }
        for remedy in ledger.remedies { note(.remedies, remedy.customer, remedy.store, remedy.source) }
        for complaint in ledger.complaints { note(.complaints, complaint.customer, complaint.store, complaint.source) }
        return faults
    }
}

extension LinkFault {
    /// In `detail`: the row names no store, and every group must fail to know its customer.
    static let ofAnyGroup = "any"

    /// Without the rows whose customer some group knows; the others once.
    public static func unknownToAll(_ faults: [LinkFault], groups: Int) -> [LinkFault] {
        var counts: [RowSource: Int] = [:]
        for fault in faults where fault.kind == .unknownCustomer && fault.detail == ofAnyGroup {
            counts[fault.source, default: 0] += 1
        }
        var told: Set<RowSource> = []
        return faults.filter { fault in
            guard fault.kind == .unknownCustomer, fault.detail == ofAnyGroup else { return true }
            return counts[fault.source] == groups && told.insert(fault.source).inserted
        }
    }
}
