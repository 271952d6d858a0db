import Basis
public import Dealership

/// What joins customers' numbers of several systems, and what contradicts. DEFINITIONS 2, Same customer.
public struct CustomerLinks: Measure {
    public init() {}
    public init?(_ parameters: inout some ParameterReading) {}

    public static let entry = MeasureEntry(
        name: "customer-links", code: "LINK", title: "Customers joined over systems",
        summary: "Customer numbers, the customers they make, what joined them and what contradicted.",
        definition: """
            Numbers are one customer, within the stores that share customers, when they are the same number in the same \
            system; when one had a car serviced that the other traded in (the last visit before the sale, without void \
            orders and internal work); when they have the same phone (E.164) or the same e-mail. Links are taken in this \
            order, of phones first those whose e-mail is the same too, then those with the same name. Names differ when they \
            have no word in common (titles, initials and legal forms aside: which word is the surname no export says). Two \
            numbers contradict each other when their names differ and one system gave both, or their phones or their \
            e-mails differ too: different people in one house, or a number that was given out again. A phone or an e-mail \
            that would join contradicting numbers, or customers of whom any two numbers contradict each other, joins \
            nobody and is listed; so is one that more than \(Identity.largestHousehold) numbers share. A car that was \
            traded in joins whatever the names, and is listed when they contradict. Households are a level of their own: \
            customers with a word of their names and the address in common; they join no numbers.
            """,
        dimensions: [.store, .reason, .standing],
        columns: [
            .init("numbers", "customer numbers, each with its system"),
            .init("customers", "customers that they make"),
            .init("links", "pairs of numbers with something in common, and contacts that too many share"),
            .init("joined", "of these, links that joined two customers"),
            .init("confirming", "of these, links between numbers that a stronger link joined"),
            .init("contradictions", "of these, links refused, and cars that joined names that differ"),
            .init("colliding_numbers", "numbers that another system gave as well, kept apart"),
        ],
        parameters: [], needs: ["customers"])

    /// Without phones, e-mails and traded-in cars there is nothing to join by.
    public func isKnown(_ header: JournalHeader) -> Bool {
        header.has(.customers) || header.knows(.serviceVisits) && header.knows(.sales)
    }

    enum Counter: Int, CaseIterable { case numbers, customers, links, joined, confirming, contradictions, colliding }

    public func tally(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let identity = facts.identity
        var builder = TallyBuilder(counters: Counter.allCases.count, histograms: 0)
        let filter = FactFilter(spec, facts.header)
        let home = CustomerStores(facts)
        let columns = FactColumn.columns(spec.by, identity.links.count) { column($0, facts, home) }
        for (index, link) in identity.links.enumerated() where filter.admits(store: home.store(link.store)) {
            let cell = builder.cell(FactColumn.key(columns, index))
            builder.add(to: Counter.links.rawValue, of: cell)
            if link.standing == .joined || link.standing == .joinedDespite { builder.add(to: Counter.joined.rawValue, of: cell) }
            if link.standing == .confirms { builder.add(to: Counter.confirming.rawValue, of: cell) }
            if link.standing.isContradiction { builder.add(to: Counter.contradictions.rawValue, of: cell) }
        }
        // Numbers have neither a reason nor a standing.
        guard spec.by.allSatisfy({ $0 == .store }) else { return builder.finish { FactColumn.labels(columns, $0) } }
        let collides = facts.collidingNumbers()
        let own = home.ofCustomers(facts)
        for code in identity.root.indices {
            let store = home.ofNumber[code]
            if filter.admits(store: store) {
                let cell = builder.cell(spec.by.isEmpty ? CellKey() : CellKey(store))
                builder.add(to: Counter.numbers.rawValue, of: cell)
                if collides[code] { builder.add(to: Counter.colliding.rawValue, of: cell) }
            }
            if identity.root[code] == Int32(truncatingIfNeeded: code), filter.admits(store: own[code]) {
                builder.add(to: Counter.customers.rawValue, of: builder.cell(spec.by.isEmpty ? CellKey() : CellKey(own[code])))
            }
        }
        let stores = facts.storeColumn([])
        return builder.finish { key in spec.by.isEmpty ? [] : [stores.label(key[0])] }
    }

    public func value(_ column: String, _ tally: Tally) -> Cell {
        let names = ["numbers", "customers", "links", "joined", "confirming", "contradictions", "colliding_numbers"]
        guard let index = names.firstIndex(of: column) else { return .none }
        // Of a reason or a standing nothing says how many numbers there are.
        let isSplit = tally.counts[Counter.numbers.rawValue] == 0 && tally.counts[Counter.customers.rawValue] == 0
        if isSplit, ["numbers", "customers", "colliding_numbers"].contains(column) { return .none }
        return .count(tally.counts[index])
    }

    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let links = facts.identity.links
        let home = CustomerStores(facts)
        let records = PositionsByCode(facts.journal.customerRecords.customer, count: facts.journal.customers.count)
        let rows = facts.selected(links.count, slice) { column($0, facts, home) }.filter { index in
            switch slice.column {
            case "joined": links[index].standing.isJoined
            case "confirming": links[index].standing == .confirms
            case "contradictions": links[index].standing.isContradiction
            default: true
            }
        }.map { index -> Evidence.Row in
            let link = links[index]
            let customers = facts.journal.customers
            return Evidence.Row(
                cells: [
                    customers[link.a], link.b >= 0 ? customers[link.b] : "\(link.numbers - 1) more", link.kind.label,
                    facts.equal(link, isShown: slice.showsValues), link.names.words,
                    link.kind == .tradeIn ? "" : link.other.words, link.standing.isJoined ? "yes" : "no",
                ], isCounted: true, standing: link.standing.words, source: link.source,
                restsOn: [link.a, link.b].flatMap { records[$0] }.map { facts.journal.customerRecords.source[Int($0)] })
        }
        return Evidence(
            columns: ["customer_a", "customer_b", "reason", "equal", "names", "other_contact", "joined"], rows: rows)
    }

    private func column(_ dimension: Dimension, _ facts: Facts, _ home: CustomerStores) -> FactColumn? {
        let links = facts.identity.links
        switch dimension {
        case .store: return facts.storeColumn(links.map { home.store($0.store) })
        case .reason:
            return FactColumn(codes: links.map { Int32($0.kind.rawValue) }) {
                Identity.Link(rawValue: UInt8(clamping: $0))?.label ?? ""
            }
        case .standing:
            return FactColumn(codes: links.map { Int32($0.standing.rawValue) }) {
                CustomerLink.Standing(rawValue: UInt8(clamping: $0))?.label ?? ""
            }
        default: return nil
        }
    }
}

extension CustomerLink.Standing {
    var label: String {
        switch self {
        case .joined: "joined"
        case .confirms: "confirms"
        case .joinedDespite: "joined-despite-names"
        case .differ: "differ"
        case .oneSystem: "one-system"
        case .chain: "chain"
        case .tooWide: "too-wide"
        case .tooMany: "too-many"
        }
    }
}

extension Agreement {
    fileprivate var words: String {
        switch self {
        case .agree: "same"
        case .unknown: "not known"
        case .differ: "differ"
        }
    }
}

extension Facts {
    /// What two numbers share; all but its ends hidden unless it may be shown.
    fileprivate func equal(_ link: CustomerLink, isShown: Bool) -> String {
        let code = Int32(truncatingIfNeeded: link.contact)
        switch link.kind {
        case .sameNumber: return ""
        case .tradeIn: return isShown ? journal.vehicles[code] : "***" + journal.vehicles[code].suffix(4)
        case .phone: return isShown ? "+\(link.contact)" : "+***" + String(link.contact).suffix(2)
        case .email: return isShown ? identity.emails[code] : identity.emails[code].prefix(1) + "***@***"
        }
    }

    /// By customer code: another system gave the same number.
    fileprivate func collidingNumbers() -> [Bool] {
        var pool = IdentifierPool(expected: journal.customers.count)
        var holders: [Int32] = []
        var bare: [Int32] = []
        for code in 0..<Int32(truncatingIfNeeded: journal.customers.count) {
            journal.customers.withBytes(of: code) { bytes in
                // Behind the middle dot (C2 B7) that ends the system's name.
                var start = 0
                while start + 1 < bytes.count, bytes[start] != 0xC2 || bytes[start + 1] != 0xB7 { start += 1 }
                let number = pool.intern(UnsafeBufferPointer(rebasing: bytes[min(start + 2, bytes.count)...]))
                if Int(number) == holders.count { holders.append(0) }
                holders[Int(number)] += 1
                bare.append(number)
            }
        }
        return bare.map { holders[Int($0)] > 1 }
    }
}

/// Whose store a customer number is: its record's, or the group's only one.
private struct CustomerStores {
    let only: Int32
    let ofNumber: [Int32]

    init(_ facts: Facts) {
        let group = facts.journal.group
        let stores = facts.header.stores.indices.filter { facts.header.stores[$0].group == group }
        let only = stores.count == 1 ? Int32(truncatingIfNeeded: stores[0]) : -1
        self.only = only
        var found = [Int32](repeating: only, count: facts.journal.customers.count)
        let records = facts.journal.customerRecords
        if only < 0 {
            for record in 0..<records.count where records.customer[record] >= 0 && records.store[record] >= 0 {
                let code = Int(records.customer[record])
                found[code] = found[code] < 0 ? records.store[record] : min(found[code], records.store[record])
            }
        }
        ofNumber = found
    }

    func store(_ store: Int32) -> Int32 { store >= 0 ? store : only }

    /// By root: the first store of the customer's numbers.
    func ofCustomers(_ facts: Facts) -> [Int32] {
        var found = [Int32](repeating: -1, count: ofNumber.count)
        for (code, root) in facts.identity.root.enumerated() where ofNumber[code] >= 0 {
            found[Int(root)] = found[Int(root)] < 0 ? ofNumber[code] : min(found[Int(root)], ofNumber[code])
        }
        return found
    }
}
