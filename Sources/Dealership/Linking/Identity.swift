import Basis

/// Which customer numbers of a sharing group are one customer, and why.
///
/// Links in order of strength: the same number in the same system (one code already), a serviced car that was traded in,
/// the same phone, the same e-mail. A phone or e-mail that many records share is a company's and links nobody.
public struct Identity: Sendable {
    public enum Link: UInt8, Sendable, CaseIterable {
        case sameNumber, tradeIn, phone, email
        public var words: String {
            switch self {
            case .sameNumber: "Same number"
            case .tradeIn: "Trade-in"
            case .phone: "Phone"
            case .email: "E-mail"
            }
        }
    }

    /// By customer code: the least code of the same customer.
    public private(set) var root: [Int32]
    /// Links that joined two customers not yet joined by a stronger one.
    public private(set) var links: [Link: Int] = [:]
    /// By root: the weakest link that holds the customer's numbers together.
    public private(set) var reason: [Link]
    /// Phones and e-mails shared by more records than one household has.
    public private(set) var sharedTooWidely = 0

    static let largestHousehold = 5

    init(_ journal: GroupJournal) {
        root = (0..<Int32(journal.customers.count)).map { $0 }
        reason = [Link](repeating: .sameNumber, count: journal.customers.count)
        joinTradeIns(journal)
        let records = journal.customerRecords
        joinContacts(records.phones, records.phone, journal, .phone, Identity.normalizedPhone)
        joinContacts(records.emails, records.email, journal, .email, Identity.normalizedEmail)
        for code in root.indices { root[code] = find(Int32(code)) }
    }

    public subscript(customer: Int32) -> Int32 { customer < 0 ? -1 : root[Int(customer)] }

    private mutating func find(_ code: Int32) -> Int32 {
        var code = code
        while root[Int(code)] != code {
            root[Int(code)] = root[Int(root[Int(code)])]
            code = root[Int(code)]
        }
        return code
    }

    private mutating func join(_ a: Int32, _ b: Int32, _ link: Link) {
        if a < 0 || b < 0 { return }
        let (x, y) = (find(a), find(b))
        if x == y { return }
        root[Int(max(x, y))] = min(x, y)
        let weakest = max(reason[Int(x)].rawValue, reason[Int(y)].rawValue, link.rawValue)
        reason[Int(min(x, y))] = Link(rawValue: weakest) ?? link
        links[link, default: 0] += 1
    }

    private mutating func joinTradeIns(_ journal: GroupJournal) {
        guard journal.sales.tradeIn.contains(where: { $0 >= 0 }) else { return }
        var visits: [Int32: [Int]] = [:]
        let traded = Set(journal.sales.tradeIn)
        for order in 0..<journal.orders.count where traded.contains(journal.orders.vehicle[order]) {
            visits[journal.orders.vehicle[order], default: []].append(order)
        }
        for sale in 0..<journal.sales.count where journal.sales.tradeIn[sale] >= 0 {
            // Who came with the car last before it was traded in; who came later bought it from us.
            let sold = journal.sales.soldAt[sale]
            let last = (visits[journal.sales.tradeIn[sale]] ?? []).filter { order in
                let opened = journal.orders.openedAt[order]
                let slack: Int64 = sold.isDateOnly || opened.isDateOnly ? 86_399 : 0
                return opened.instant <= sold.instant + slack && journal.orders.customer[order] >= 0
            }.max { a, b in
                let (x, y) = (journal.orders.openedAt[a].instant, journal.orders.openedAt[b].instant)
                if x != y { return x < y }
                return journal.customers[journal.orders.customer[a]] < journal.customers[journal.orders.customer[b]]
            }
            if let last { join(journal.sales.customer[sale], journal.orders.customer[last], .tradeIn) }
        }
    }

    /// Customers that share a contact, in order of the contact's first appearance; within one household, joined.
    private mutating func joinContacts(
        _ contacts: IdentifierPool, _ ofRecord: [Int32], _ journal: GroupJournal, _ link: Link,
        _ normalized: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Bool
    ) {
        // Different spellings of one contact have one key.
        var keys = IdentifierPool(expected: contacts.count)
        var keyOf = [Int32](repeating: -1, count: contacts.count)
        var text: [UInt8] = []
        for code in 0..<Int32(contacts.count) {
            text.removeAll(keepingCapacity: true)
            if contacts.withBytes(of: code, { normalized($0, &text) }) {
                keyOf[Int(code)] = text.withUnsafeBufferPointer { keys.intern($0) }
            }
        }
        var holders = [[Int32]](repeating: [], count: keys.count)
        for (record, contact) in ofRecord.enumerated() where contact >= 0 && keyOf[Int(contact)] >= 0 {
            let key = Int(keyOf[Int(contact)])
            let customer = journal.customerRecords.customer[record]
            if !holders[key].contains(customer) { holders[key].append(customer) }
        }
        // Which link of several is the one that joins does not depend on the rows' order: by the contact's text.
        let shared = holders.indices.filter { holders[$0].count > 1 }
            .map { (key: keys[Int32(truncatingIfNeeded: $0)], customers: holders[$0]) }.sorted { $0.key < $1.key }
        for (_, customers) in shared {
            if customers.count > Identity.largestHousehold {
                sharedTooWidely += 1
                continue
            }
            for other in customers.dropFirst() { join(customers[0], other, link) }
        }
    }

    /// E.164 digits without the sign, a North American number where no country is given; false for what is no number.
    /// An extension behind an x belongs to a desk, not to the number.
    static func normalizedPhone(_ phone: UnsafeBufferPointer<UInt8>, _ digits: inout [UInt8]) -> Bool {
        var seen: UInt16 = 0
        for byte in phone {
            if byte == 0x78 || byte == 0x58 { break }
            guard byte >= 0x30, byte <= 0x39 else { continue }
            digits.append(byte)
            seen |= 1 << UInt16(byte - 0x30)
        }
        if digits.count == 10 {
            digits.insert(0x31, at: 0)
            seen |= 2
        }
        return digits.count >= 8 && digits.count <= 15 && seen.nonzeroBitCount > 2
    }

    /// In small letters; false for what is no address.
    static func normalizedEmail(_ email: UnsafeBufferPointer<UInt8>, _ text: inout [UInt8]) -> Bool {
        if email.allSatisfy({ $0 < 0x80 }) {
            for byte in email { text.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
        } else {
            text.append(contentsOf: String(decoding: email, as: UTF8.self).lowercased().utf8)
        }
        guard let at = text.firstIndex(of: 0x40), at > 0 else { return false }
        let domain = text[(at + 1)...]
        return !domain.contains(0x40) && domain.contains(0x2E)
    }
}
