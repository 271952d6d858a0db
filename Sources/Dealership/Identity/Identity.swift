public import Basis

/// Which customer numbers of a sharing group are one customer, and why. DEFINITIONS 2, Same customer.
///
/// Links in order of strength: the same number in the same system (one code already), a serviced car that was traded in, the
/// same phone, the same e-mail. Of one kind those come first that more speaks for: phone and e-mail alike, then the same
/// name, then a name that one record lacks, then names that differ. A link that would put records together that contradict
/// each other (`contradict`) is refused and kept on the list; only a traded-in car joins against differing names. Nothing
/// depends on the order of rows: of equal links the one with the lesser contact and number comes first.
public struct Identity: Sendable {
    public enum Link: UInt8, Sendable, CaseIterable, Comparable {
        case sameNumber, tradeIn, phone, email
        public var words: String {
            switch self {
            case .sameNumber: say("Same number")
            case .tradeIn: say("Trade-in")
            case .phone: say("Phone")
            case .email: say("E-mail")
            }
        }
        public static func < (a: Link, b: Link) -> Bool { a.rawValue < b.rawValue }
    }

    /// By customer code: the least code of the same customer.
    public private(set) var root: [Int32]
    /// Every link found, those refused included, in the order in which they were taken.
    public private(set) var links: [CustomerLink] = []
    /// Normalised e-mails, by the links' codes.
    public let emails: IdentifierPool

    /// Numbers that share a phone or an e-mail beyond which it is a company's, or stands for "none".
    public static let largestHousehold = 5
    /// Numbers of one customer beyond which something else is wrong.
    public static let mostNumbers = 64

    private let records: RecordsByCustomer
    private let contacts: ContactKeys
    private let names: NameWords
    /// Codes of one customer as a ring, and how many they are, by root.
    private var nextMember: [Int32]
    private var members: [Int32]
    private var madeHouseholds = OnDemand<[Int32]>()
    private let journalRecords: GroupJournal.CustomerRecords

    public init(_ read: GroupJournal, country: PhoneCountry) {
        let journal = read.withTelephoneRecords()
        let count = journal.customers.count
        root = (0..<Int32(truncatingIfNeeded: count)).map { $0 }
        nextMember = root
        members = [Int32](repeating: 1, count: count)
        journalRecords = journal.customerRecords
        records = RecordsByCustomer(journal.customerRecords, customers: count)
        names = NameWords(journal.customerRecords.names)
        var keys = ContactKeys(journal.customerRecords, country: country)
        let candidates = LinkCandidates(journal, &keys)
        contacts = keys
        emails = keys.emails
        links.reserveCapacity(candidates.tradeIns.count + candidates.contacts.count)
        let tradeIns = candidates.tradeIns.map { weighed($0) }
        for link in tradeIns where !link.isAgainst { take(link) }
        // Who shares both is on the list of phones already.
        let shared = candidates.contacts.map { weighed($0) }.filter { $0.kind == .phone || $0.other != .agree }
        for weight in 0...CustomerLink.leastWeight {
            for link in shared where link.weight == weight { take(link) }
        }
        // Last, so that whom a car joins against the names does not stand against either one's own records.
        for link in tradeIns where link.isAgainst { takeDespite(link) }
        for code in root.indices { root[code] = find(Int32(code)) }
        for index in links.indices where links[index].standing.isRefused && links[index].b >= 0 {
            // What a stronger link joined all the same contradicts nothing any more.
            if root[Int(links[index].a)] == root[Int(links[index].b)] { links[index].standing = .confirms }
        }
        links += candidates.tooWide
    }

    public subscript(customer: Int32) -> Int32 { customer < 0 ? -1 : root[Int(customer)] }

    /// The same where more numbers are known of whom there is no record: each is a customer of its own.
    public func extended(to count: Int) -> Identity {
        var wider = self
        wider.root += Int32(truncatingIfNeeded: root.count)..<Int32(truncatingIfNeeded: max(count, root.count))
        wider.madeHouseholds = OnDemand<[Int32]>()
        return wider
    }

    /// By customer code: the least code of the same household, which is a customer, or several of one surname at one
    /// address. A household joins nobody's numbers: it is counted, and credited only where the settings say so. Made when it
    /// is first asked for; take it once, not once a row.
    public var household: [Int32] {
        madeHouseholds.value { Households(root: root, journalRecords, names).root }
    }

    // MARK: joining

    private mutating func find(_ code: Int32) -> Int32 {
        var code = code
        while root[Int(code)] != code {
            root[Int(code)] = root[Int(root[Int(code)])]
            code = root[Int(code)]
        }
        return code
    }

    private mutating func join(_ x: Int32, _ y: Int32) {
        let (low, high) = (min(x, y), max(x, y))
        root[Int(high)] = low
        members[Int(low)] += members[Int(high)]
        nextMember.swapAt(Int(low), Int(high))
    }

    private mutating func take(_ link: CustomerLink) {
        var link = link
        let (x, y) = (find(link.a), find(link.b))
        link.standing = x == y ? .confirms : refusal(link, x, y) ?? .joined
        if link.standing == .joined { join(x, y) }
        links.append(link)
    }

    private mutating func takeDespite(_ link: CustomerLink) {
        var link = link
        let (x, y) = (find(link.a), find(link.b))
        link.standing = .joinedDespite
        if x != y { join(x, y) }
        links.append(link)
    }

    /// Why two customers are not joined by a link; nil: nothing speaks against it.
    private func refusal(_ link: CustomerLink, _ x: Int32, _ y: Int32) -> CustomerLink.Standing? {
        if link.isAgainst { return link.isOfOneSystem ? .oneSystem : .differ }
        if members[Int(x)] == 1, members[Int(y)] == 1 { return nil }
        if Int(members[Int(x)] + members[Int(y)]) > Identity.mostNumbers { return .tooMany }
        var a = x
        repeat {
            var b = y
            repeat {
                if contradict(a, b) { return .chain }
                b = nextMember[Int(b)]
            } while b != y
            a = nextMember[Int(a)]
        } while a != x
        return nil
    }

    // MARK: comparing

    /// Two numbers whose names have no word in common, and that one system gave, or whose phones or e-mails differ too.
    private func contradict(_ a: Int32, _ b: Int32) -> Bool {
        compare(a, b).isContradiction
    }

    private struct Comparison {
        var names = Agreement.unknown
        var phones = Agreement.unknown
        var emails = Agreement.unknown
        var isOneSystem = false
        var isContradiction: Bool { names == .differ && (isOneSystem || phones == .differ || emails == .differ) }
    }

    private func compare(_ a: Int32, _ b: Int32) -> Comparison {
        var found = Comparison()
        var r = records.first[Int(a)]
        while r >= 0 {
            var s = records.first[Int(b)]
            while s >= 0 {
                let (mine, its) = (Int(r), Int(s))
                found.names.take(names.agreement(journalRecords.name[mine], journalRecords.name[its]))
                if contacts.phone[mine] != 0, contacts.phone[its] != 0 {
                    found.phones.take(contacts.phone[mine] == contacts.phone[its] ? .agree : .differ)
                }
                if contacts.email[mine] >= 0, contacts.email[its] >= 0 {
                    found.emails.take(contacts.email[mine] == contacts.email[its] ? .agree : .differ)
                }
                if journalRecords.system[mine] == journalRecords.system[its] { found.isOneSystem = true }
                s = records.next[Int(s)]
            }
            r = records.next[Int(r)]
        }
        return found
    }

    /// The link with what else speaks for it and against it.
    private func weighed(_ link: CustomerLink) -> CustomerLink {
        var link = link
        let found = compare(link.a, link.b)
        link.names = found.names
        link.isOfOneSystem = found.isOneSystem
        link.isAgainst = found.isContradiction
        link.other = link.kind == .phone ? found.emails : link.kind == .email ? found.phones : .unknown
        return link
    }
}

/// Records of each customer number: mostly one.
struct RecordsByCustomer: Sendable {
    /// By customer code; −1: none.
    let first: [Int32]
    /// By record: the number's next; −1: the last.
    let next: [Int32]

    init(_ records: GroupJournal.CustomerRecords, customers: Int) {
        var first = [Int32](repeating: -1, count: customers)
        var next = [Int32](repeating: -1, count: records.count)
        for record in stride(from: records.count - 1, through: 0, by: -1) where records.customer[record] >= 0 {
            next[record] = first[Int(records.customer[record])]
            first[Int(records.customer[record])] = Int32(truncatingIfNeeded: record)
        }
        self.first = first
        self.next = next
    }
}
