public import Basis
public import Dealership

/// The coming days' booked service appointments that qualify by the dealership's rule, in order of time, and how many were
/// left out and why.
public struct ProspectList: Sendable {
    /// Which appointments are looked at.
    public struct Selection: Sendable {
        /// Local days of each store; nothing before the as-of instant is looked at.
        public var days: ClosedRange<Day>
        /// Nil: every store.
        public var store: String?
        /// Only this salesperson's; nil: everybody's.
        public var person: String?
        public init(days: ClosedRange<Day>, store: String? = nil, person: String? = nil) {
            self.days = days
            self.store = store
            self.person = person
        }
    }

    public struct Item: Sendable {
        public var appointment: String
        public var store: String
        public var day: Day
        /// Seconds of the store's day; nil: the export says the day alone.
        public var secondOfDay: Int?
        /// The number, and the system that gave it.
        public var customer: String
        public var system: String
        /// As the exports write them; empty: none.
        public var name: String
        public var phone: String
        public var car: KnownCar
        public var met: [ProspectRule.Condition]
        /// Empty: nobody is named.
        public var advisor: Who
        public var owner: Who
        /// The last word from sales, by the store's clock, and who said it; nil: none on record.
        public var lastContact: (day: Day, text: String, by: Who)?
        /// In the days before the appointment that the rule counts; nil: no messages are exported.
        public var isContacted: Bool?
        public var source: RowSource
    }

    /// Somebody of the dealership: number, and name where the people export has it.
    public struct Who: Hashable, Sendable {
        public var identifier: String
        public var name: String
        public var words: String { name.isEmpty ? identifier : name }
    }

    public private(set) var items: [Item] = []
    /// Looked at, qualifying or not: one a customer, car, store and day.
    public private(set) var lookedAt = 0
    /// English words, and how many.
    public private(set) var leftOut: [String: Int] = [:]

    public init() {}

    /// One sharing group's part.
    public init(_ facts: Facts, _ rule: ProspectRule, _ selection: Selection) {
        let prospects = facts.prospects(rule)
        let log = facts.journal.appointments
        func isAsked(_ index: Int) -> Bool {
            let store = Int(log.store[index])
            guard log.scheduledFor[index].instant >= facts.header.asOf else { return false }
            if let wanted = selection.store, facts.header.stores[store].identifier != wanted { return false }
            return selection.days.contains(facts.recordDays.appointments[index])
        }
        for (index, reason) in prospects.leftOut where isAsked(index) { leftOut[reason.words, default: 0] += 1 }
        var qualifying: [Int] = []
        for fact in 0..<prospects.count where isAsked(prospects.appointment[fact]) {
            lookedAt += 1
            switch prospects.standing[fact] {
            case .doesNotQualify:
                leftOut["not worth a word by the rule", default: 0] += 1
            case .notKnown:
                let kinds = prospects.unknown[fact].map(\.kind.label).joined(separator: ", ")
                leftOut["\(ProspectList.notJudged)\(ProspectList.missing)\(kinds)", default: 0] += 1
            case .qualifies:
                let owner = facts.journal.people[prospects.owner[fact]]
                guard let wanted = selection.person, owner != wanted else {
                    qualifying.append(fact)
                    continue
                }
                leftOut[owner.isEmpty ? "nobody’s customer" : "somebody else’s customer", default: 0] += 1
            }
        }
        let contacts = CustomerContacts(facts, of: Set(qualifying.map { prospects.identity[$0] }))
        items = qualifying.map { ProspectList.item($0, prospects, facts, contacts) }
    }

    private static func item(_ fact: Int, _ prospects: ProspectFacts, _ facts: Facts, _ contacts: CustomerContacts) -> Item {
        let (journal, header) = (facts.journal, facts.header)
        let index = prospects.appointment[fact]
        let zone = header.zone(ofStore: Int(prospects.store[fact]))
        let number = journal.customers[journal.appointments.customer[index]]
        let parts = number.split(separator: "·", maxSplits: 1, omittingEmptySubsequences: false)
        func who(_ person: Int32) -> Who {
            let identifier = journal.people[person]
            return Who(identifier: identifier, name: header.people[identifier]?.name ?? "")
        }
        let at = journal.appointments.scheduledFor[index]
        let local = zone.localSeconds(at: at.instant)
        let last = prospects.lastContactAt[fact]
        return Item(
            appointment: journal.appointments.identifiers[Int32(index)],
            store: header.stores[Int(prospects.store[fact])].identifier, day: prospects.day[fact],
            secondOfDay: at.isDateOnly ? nil : Int(local - local.floorDivided(by: 86_400) * 86_400),
            customer: String(parts.last ?? ""), system: parts.count > 1 ? String(parts[0]) : "",
            name: contacts.names[prospects.identity[fact]] ?? "", phone: contacts.phones[prospects.identity[fact]] ?? "",
            car: prospects.car[fact], met: prospects.met[fact],
            advisor: who(journal.appointments.person[index]), owner: who(prospects.owner[fact]),
            lastContact: last == ProspectFacts.never
                ? nil
                : (
                    zone.day(at: Instant(seconds: last)), Words.local(Instant(seconds: last), zone),
                    who(prospects.lastContactBy[fact])
                ),
            isContacted: header.knows(.messages) ? prospects.contactedAt[fact] != ProspectFacts.never : nil,
            source: journal.appointments.source[index])
    }

    /// Another group's part.
    public mutating func merge(_ other: ProspectList) {
        items += other.items
        lookedAt += other.lookedAt
        leftOut.merge(other.leftOut, uniquingKeysWith: +)
        items.sort { a, b in
            if a.day != b.day { return a.day < b.day }
            let (x, y) = (a.secondOfDay ?? -1, b.secondOfDay ?? -1)
            if x != y { return x < y }
            return a.store != b.store ? a.store < b.store : a.appointment < b.appointment
        }
    }

    /// "61 not worth a word by the rule", the most frequent first; in English.
    public var leftOutWords: [String] { ProspectList.words(leftOut) { $0 } }

    /// The same in fewer words, and in the document's language: what was not on record is not said.
    var leftOutInShort: [String] {
        var short: [String: Int] = [:]
        for (reason, count) in leftOut {
            let end = reason.firstRange(of: ProspectList.missing)?.lowerBound ?? reason.endIndex
            short[String(reason[..<end]), default: 0] += count
        }
        return ProspectList.words(short, ProspectList.said)
    }

    private static let notJudged = "cannot be judged"
    private static let missing = ", not on record: "

    private static func said(_ reason: String) -> String {
        switch reason {
        case "cancelled": say("cancelled", context: "appointments left out")
        case "same customer, car and day": say("same customer, car and day", context: "appointments left out")
        case "booked after the as-of day": say("booked after the as-of day", context: "appointments left out")
        case "not worth a word by the rule": say("not worth a word by the rule", context: "appointments left out")
        case notJudged: say("cannot be judged", context: "appointments left out")
        case "nobody’s customer": say("nobody’s customer", context: "appointments left out")
        case "somebody else’s customer": say("somebody else’s customer", context: "appointments left out")
        default: reason
        }
    }

    private static func words(_ counts: [String: Int], _ said: (String) -> String) -> [String] {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\(Words.count($0.value)) \(said($0.key))" }
    }
}

/// How customers are called and can be reached: of several records' texts the first in order of the alphabet.
struct CustomerContacts {
    var names: [Int32: String] = [:]
    var phones: [Int32: String] = [:]

    init(_ facts: Facts, of customers: Set<Int32>) {
        let records = facts.journal.customerRecords
        func note(_ text: String, _ customer: Int32, _ texts: inout [Int32: String]) {
            if let known = texts[customer], known <= text { return }
            texts[customer] = text
        }
        for record in 0..<records.count {
            let customer = facts.identity[records.customer[record]]
            guard customers.contains(customer) else { continue }
            if records.name[record] >= 0 { note(records.names[records.name[record]], customer, &names) }
            if records.phone[record] >= 0 { note(records.phones[records.phone[record]], customer, &phones) }
        }
    }
}

extension Words {
    /// `2026-10-28 16:05` by the zone's clock.
    static func local(_ instant: Instant, _ zone: ZoneRules) -> String {
        let text = Instant(seconds: zone.localSeconds(at: instant)).description
        return text.dropLast(4).split(separator: "T").joined(separator: " ")
    }
}
