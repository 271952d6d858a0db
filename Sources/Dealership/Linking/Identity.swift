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
        joinContacts(journal.customerRecords.phone, journal, .phone, Identity.normalizedPhone)
        joinContacts(journal.customerRecords.email, journal, .email, Identity.normalizedEmail)
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

    private mutating func joinContacts(
        _ contacts: [String], _ journal: GroupJournal, _ link: Link, _ normalized: (String) -> String?
    ) {
        var holders: [String: [Int32]] = [:]
        for (record, contact) in contacts.enumerated() {
            guard let key = normalized(contact) else { continue }
            let customer = journal.customerRecords.customer[record]
            if holders[key]?.contains(customer) != true { holders[key, default: []].append(customer) }
        }
        for key in holders.keys.sorted() {
            guard let customers = holders[key], customers.count > 1 else { continue }
            if customers.count > Identity.largestHousehold {
                sharedTooWidely += 1
                continue
            }
            for other in customers.dropFirst() { join(customers[0], other, link) }
        }
    }

    /// E.164 digits without the sign, a North American number where no country is given; nil for what is no number.
    static func normalizedPhone(_ phone: String) -> String? {
        var digits = phone.utf8.filter { $0 >= 0x30 && $0 <= 0x39 }
        if phone.utf8.contains(0x78) || phone.utf8.contains(0x58) {
            // An extension behind an x belongs to a desk, not to the number.
            let head = phone.utf8.prefix { $0 != 0x78 && $0 != 0x58 }
            digits = head.filter { $0 >= 0x30 && $0 <= 0x39 }
        }
        if digits.count == 10 { digits.insert(0x31, at: 0) }
        guard digits.count >= 8, digits.count <= 15, Set(digits).count > 2 else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }

    static func normalizedEmail(_ email: String) -> String? {
        let text = email.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains(".") else { return nil }
        return text
    }
}
