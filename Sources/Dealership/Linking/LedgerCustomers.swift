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
    /// Remedies and complaints whose customer this group does not know. What names no store may be another group's; a
    /// number that several groups know is noted by each.
    var unknownLedgerCustomers: [LinkFault] {
        let ledger = header.ledger
        guard journal.customers.count > 0, !ledger.remedies.isEmpty || !ledger.complaints.isEmpty else { return [] }
        let customers = LedgerCustomers(self)
        var faults: [LinkFault] = []
        func note(_ table: StandardTable, _ number: String, _ store: Int32, _ source: RowSource) {
            let found = customers.find(number, store: store)
            if case .elsewhere = found { return }
            let isKnown = found != .unknown
            if isKnown, store >= 0 || header.groups.count == 1 { return }
            faults.append(
                LinkFault(
                    kind: isKnown ? .severalCustomers : .unknownCustomer, table: table,
                    column: number.isEmpty ? "" : "customer_id", source: source,
                    other: source, detail: store < 0 ? LinkFault.ofAnyGroup : ""))
        }
        for remedy in ledger.remedies { note(.remedies, remedy.customer, ledger.store(of: remedy, header), remedy.source) }
        for complaint in ledger.complaints {
            note(.complaints, complaint.customer, ledger.store(of: complaint, header), complaint.source)
        }
        return faults
    }
}

extension OutageLedger {
    /// The row's own store, else its outage's; -1: neither says.
    func store(of remedy: Remedy, _ header: JournalHeader) -> Int32 {
        remedy.store >= 0 ? remedy.store : header.outages[remedy.outage].store
    }
    func store(of complaint: Complaint, _ header: JournalHeader) -> Int32 {
        complaint.store >= 0 ? complaint.store : complaint.outage.map { header.outages[$0].store } ?? -1
    }
}

extension LinkFault {
    /// In `detail`: the row names no store; every group must fail to know its customer, or several must know it.
    static let ofAnyGroup = "any"

    /// Of rows that name no store those whose customer no group knows, or several do; each once.
    public static func ofAllGroups(_ faults: [LinkFault], groups: Int) -> [LinkFault] {
        struct Key: Hashable {
            var kind: Kind
            var source: RowSource
        }
        func isOpen(_ fault: LinkFault) -> Bool {
            (fault.kind == .unknownCustomer || fault.kind == .severalCustomers) && fault.detail == ofAnyGroup
        }
        var counts: [Key: Int] = [:]
        for fault in faults where isOpen(fault) { counts[Key(kind: fault.kind, source: fault.source), default: 0] += 1 }
        var told: Set<Key> = []
        return faults.filter { fault in
            guard isOpen(fault) else { return true }
            let key = Key(kind: fault.kind, source: fault.source)
            return counts[key, default: 0] >= (fault.kind == .unknownCustomer ? groups : 2) && told.insert(key).inserted
        }
    }
}
