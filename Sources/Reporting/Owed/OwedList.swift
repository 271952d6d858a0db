public import Basis
public import Dealership

/// Customers whom an outage hit and who are still owed what the ladder gives: the highest rung first, then the longest wait.
public struct OwedList: Sendable {
    public struct Selection: Sendable {
        /// Nil: every outage.
        public var outage: String?
        /// Nil: every store.
        public var store: String?
        /// Of outages that began in it; nil: of all.
        public var month: Month?
        public init(outage: String? = nil, store: String? = nil, month: Month? = nil) {
            self.outage = outage
            self.store = store
            self.month = month
        }
    }

    public struct Item: Sendable {
        public var outage: String
        public var system: String
        public var store: String
        /// The number, and the system that gave it.
        public var customer: String
        public var numberSystem: String
        /// As the exports write them; empty: none.
        public var name: String
        public var phone: String
        /// Counted from 1.
        public var rung: Int
        public var due: String
        public var amount: Money?
        /// By the store's clock.
        public var since: String
        public var sinceDay: Day
        /// Open seconds.
        public var waited: Int64
        /// What it cost the customer.
        public var lost: String
        /// What was given, which is less or something else; empty: nothing.
        public var given: String
        public var complaint: String
        public var isOverApologised: Bool
        public var owner: String
        /// Nil: nobody said in how many days.
        public var dueBy: Day?
    }

    public private(set) var items: [Item] = []
    /// Customers who have had theirs, and those given something though nothing was due.
    public private(set) var satisfied = 0
    public private(set) var withoutDue = 0
    public private(set) var exposed = 0

    public init() {}

    /// One sharing group's part.
    public init(_ facts: Facts, _ selection: Selection) {
        let (header, owed) = (facts.header, facts.owed)
        let complaints = OwedList.complaints(facts)
        let wanted = owed.items.filter { item in
            let outage = header.outages[item.outage]
            let zone = header.zone(ofStore: Int(item.store))
            return (selection.outage.map { outage.identifier == $0 } ?? true)
                && (selection.store.map { header.stores[Int(item.store)].identifier == $0 } ?? true)
                && (selection.month.map { zone.month(at: outage.start) == $0 } ?? true)
        }
        exposed = wanted.count { $0.isExposed }
        satisfied = wanted.count { $0.standing == .given }
        withoutDue = wanted.count { $0.standing == .givenWithoutDue }
        let open = wanted.filter(\.isOwed)
        let contacts = CustomerContacts(facts, of: Set(open.map(\.customer)))
        items = open.compactMap { OwedList.item($0, facts, contacts, complaints) }
        sort()
    }

    private struct ComplaintKey: Hashable {
        var outage: Int
        var customer: Int32
    }

    private static func complaints(_ facts: Facts) -> [ComplaintKey: [String]] {
        var found: [ComplaintKey: [String]] = [:]
        for (index, customer) in facts.owed.complaints {
            let complaint = facts.header.ledger.complaints[index]
            guard let outage = complaint.outage else { continue }
            let offer = complaint.offer.isEmpty ? "" : say(", offered \(complaint.offer)")
            found[ComplaintKey(outage: outage, customer: customer), default: []].append(word(complaint.outcome) + offer)
        }
        return found
    }

    private static func word(_ outcome: OutageLedger.Complaint.Outcome) -> String {
        switch outcome {
        case .solved: say("solved", context: "a complaint")
        case .declined: say("declined", context: "a complaint")
        case .parted: say("parted", context: "a complaint")
        case .open: say("open", context: "a complaint")
        }
    }

    private static func item(
        _ item: OwedFacts.Item, _ facts: Facts, _ contacts: CustomerContacts, _ complaints: [ComplaintKey: [String]]
    ) -> Item? {
        let header = facts.header
        guard let rung = item.rung, let ladder = header.settings.ladder else { return nil }
        let outage = header.outages[item.outage]
        let zone = header.zone(ofStore: Int(item.store))
        let parts = facts.journal.customers[item.number].split(
            separator: "·", maxSplits: 1, omittingEmptySubsequences: false)
        let subjects = outage.activities(header.settings.outages) + [outage.system, outage.vendor, "default"]
        let days = subjects.compactMap { header.settings.dueInDays[$0] }.first
        let from = zone.day(at: min(outage.end ?? header.asOf, header.asOf))
        let since = Instant(seconds: item.since)
        let kinds = item.remedies.map { header.ledger.remedies[$0] }
            .map { remedy in
                [
                    remedy.kind,
                    remedy.amount.map { $0 > .zero ? Speech.book.numbers.decimals($0.description) : "" } ?? "",
                ]
            }
            .map { $0.filter { !$0.isEmpty }.joined(separator: " ") }
        return Item(
            outage: outage.identifier, system: outage.system, store: header.stores[Int(item.store)].identifier,
            customer: String(parts.last ?? ""), numberSystem: parts.count > 1 ? String(parts[0]) : "",
            name: contacts.names[item.customer] ?? "", phone: contacts.phones[item.customer] ?? "", rung: rung + 1,
            due: ladder.rungs[rung].give, amount: ladder.rungs[rung].amount, since: Words.local(since, zone),
            sinceDay: zone.day(at: since), waited: max(item.waited, 0),
            lost: lost(item),
            given: kinds.joined(separator: ", "),
            complaint: (complaints[ComplaintKey(outage: item.outage, customer: item.customer)] ?? []).joined(
                separator: "; "),
            isOverApologised: item.isOverApologised,
            owner: subjects.compactMap { header.settings.owners[$0] }.first?.name ?? "", dueBy: days.map { from + $0 })
    }

    private static func lost(_ item: OwedFacts.Item) -> String {
        let waited = item.isAnswerLate ? say("answer late") : item.isLeadHit ? say("lead waited") : ""
        return [item.isMoved ? say("visit moved") : "", waited].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// Another group's part.
    public mutating func merge(_ other: OwedList) {
        items += other.items
        satisfied += other.satisfied
        withoutDue += other.withoutDue
        exposed += other.exposed
        sort()
    }

    private mutating func sort() {
        items.sort { a, b in
            if a.rung != b.rung { return a.rung > b.rung }
            if a.waited != b.waited { return a.waited > b.waited }
            return [a.outage, a.store, a.numberSystem, a.customer].lexicographicallyPrecedes(
                [b.outage, b.store, b.numberSystem, b.customer])
        }
    }

    /// The last columns are numbers.
    public static let numberColumns = 3

    /// As a table for machines; without names and with the last digits of phones alone unless asked for.
    public func rows(showsCustomers: Bool) -> [[String]] {
        let header = [
            "outage_id", "system", "store_id", "customer_id", "number_of", "name", "phone", "lost", "since", "due",
            "given",
            "complaint", "too_many_apologies", "owner", "due_by", "rung", "open_seconds_waited", "amount",
        ]
        return [header]
            + items.map { item in
                [
                    item.outage, item.system, item.store, item.customer, item.numberSystem,
                    showsCustomers ? item.name : "",
                    showsCustomers ? item.phone : OwedList.masked(item.phone), item.lost, item.since, item.due,
                    item.given,
                    item.complaint, item.isOverApologised ? "yes" : "no", item.owner, item.dueBy?.description ?? "",
                    String(item.rung), String(item.waited), item.amount?.description ?? "",
                ]
            }
    }

    /// The last four digits, which are enough to know it by: "…0123".
    static func masked(_ phone: String) -> String {
        let digits = phone.filter { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? "" : "…\(digits.suffix(4))"
    }
}
