public import Basis

/// How far each visit came on the way to a car: a lead, a two-way contact, a sales appointment, kept, sold. DEFINITIONS 2.
/// A step counts within the window after the visit's day.
public struct FunnelFacts: Sendable {
    /// Lead, contact, appointment, shown, sold.
    public static let steps = 5
    public static let never = Int32.max

    /// By step and visit: the day's number; `never` where it did not come to that. Sold counts with or without the steps
    /// before it being on record; a step that is not on record counts on the day of the next one that is.
    public private(set) var day: [[Int32]]
    /// The same without the steps that are not on record.
    public private(set) var recorded: [[Int32]]
    /// By visit: who has the lead; −1: nobody.
    public private(set) var owner: [Int32]

    private struct Lead {
        var day: Int32
        var owner: Int32
    }
    private struct Contact {
        var person: Int32
        var day: Int32
    }
    private struct Appointment {
        var booked: Int32
        var kept: Int32
    }

    init(_ facts: Facts) {
        let visits = facts.visits
        day = [[Int32]](repeating: [Int32](repeating: FunnelFacts.never, count: visits.count), count: FunnelFacts.steps)
        recorded = []
        owner = [Int32](repeating: -1, count: visits.count)
        let leads = FunnelFacts.leads(facts)
        let contacts = FunnelFacts.contacts(facts, leads)
        let appointments = FunnelFacts.appointments(facts, leads)
        for sale in 0..<facts.sales.count where facts.sales.visit[sale] >= 0 {
            let visit = Int(facts.sales.visit[sale])
            day[4][visit] = min(day[4][visit], facts.sales.day[sale].number)
        }
        let window = Int32(facts.parameters.windowDays)
        for visit in 0..<visits.count {
            let customer = visits.identity[visit]
            let from = visits.day[visit].number
            if customer >= 0, let lead = leads[customer].first(where: { $0.day >= from && $0.day <= from + window }) {
                day[0][visit] = lead.day
                owner[visit] = lead.owner
                let since = lead.day...(from + window)
                for contact in contacts[customer]
                where since.contains(contact.day) && (lead.owner < 0 || contact.person == lead.owner) {
                    day[1][visit] = min(day[1][visit], contact.day)
                }
                for appointment in appointments[customer] where since.contains(appointment.booked) {
                    day[2][visit] = min(day[2][visit], appointment.booked)
                    if appointment.kept >= from, appointment.kept <= from + window {
                        day[3][visit] = min(day[3][visit], appointment.kept)
                    }
                }
            }
        }
        recorded = day
        for visit in 0..<visits.count {
            for step in stride(from: 3, through: 0, by: -1) where day[step][visit] == FunnelFacts.never {
                day[step][visit] = day[step + 1][visit]
            }
        }
    }

    /// By customer, in order of day and owner.
    private static func leads(_ facts: Facts) -> ByCustomer<Lead> {
        let leads = facts.journal.leads
        let days = facts.recordDays.leads
        var found = ByCustomer<Lead>(facts)
        for lead in 0..<leads.count where leads.createdAt[lead].instant < facts.conversionAsOf {
            found.add(Lead(day: days[lead].number, owner: leads.owner[lead]), facts.identity[leads.customer[lead]])
        }
        // Codes depend on the order of the rows, names do not.
        let people = facts.journal.people
        return found.sorted { a, b in
            a.day != b.day ? a.day < b.day : a.owner != b.owner && people[a.owner] < people[b.owner]
        }
    }

    private static func appointments(_ facts: Facts, _ leads: ByCustomer<Lead>) -> ByCustomer<Appointment> {
        let log = facts.journal.appointments
        let header = facts.header
        let days = facts.recordDays.appointments
        let service = header.code(ofName: "service")
        var found = ByCustomer<Appointment>(facts)
        for index in 0..<log.count where log.kind[index] != service || service < 0 {
            let customer = facts.identity[log.customer[index]]
            if customer < 0 || leads[customer].isEmpty { continue }
            let booked = log.bookedAt[index]
            let bookedDay = booked.isMissing
                ? days[index] : header.zone(ofStore: Int(log.store[index])).day(at: booked.instant)
            found.add(
                Appointment(
                    booked: bookedDay.number, kept: log.status[index] == .shown ? days[index].number : FunnelFacts.never),
                customer)
        }
        return found.sorted { ($0.booked, $0.kept) < ($1.booked, $1.kept) }
    }

    /// Conversations of both sides: in one thread (without threads: by customer and day) a person of ours wrote or called,
    /// and so did the customer; a call that was taken is one at once. Days are those of the later of the two.
    private static func contacts(_ facts: Facts, _ leads: ByCustomer<Lead>) -> ByCustomer<Contact> {
        struct Sides {
            var customer: Int32
            var inbound = FunnelFacts.never
            var ours: [Contact] = []
        }
        let log = facts.journal.messages
        let days = facts.recordDays.messages
        let asOf = facts.conversionAsOf.seconds
        var threads: [Int32: Int] = [:]
        var pairs: [Int64: Int] = [:]
        var sides: [Sides] = []
        for message in 0..<log.count where !log.isAutomated[message] && log.direction[message] != .internal {
            let customer = facts.identity[log.customer[message]]
            guard customer >= 0, !leads[customer].isEmpty, log.sentAt[message] < asOf else { continue }
            let day = days[message].number
            let thread = log.thread[message]
            let pair = Int64(customer) << 32 | Int64(UInt32(bitPattern: day))
            let place = (thread >= 0 ? threads[thread] : pairs[pair]) ?? sides.count
            if place == sides.count {
                sides.append(Sides(customer: customer))
                if thread >= 0 { threads[thread] = place } else { pairs[pair] = place }
            }
            let wasTaken = log.outcome[message] == .answered
            if log.direction[message] == .inbound || wasTaken { sides[place].inbound = min(sides[place].inbound, day) }
            let person = log.person[message]
            if log.direction[message] == .outbound || wasTaken, person >= 0 {
                if let own = sides[place].ours.firstIndex(where: { $0.person == person }) {
                    sides[place].ours[own].day = min(sides[place].ours[own].day, day)
                } else {
                    sides[place].ours.append(Contact(person: person, day: day))
                }
            }
        }
        var found = ByCustomer<Contact>(facts)
        for conversation in sides where conversation.inbound != FunnelFacts.never {
            for own in conversation.ours {
                found.add(Contact(person: own.person, day: max(own.day, conversation.inbound)), conversation.customer)
            }
        }
        return found.sorted { ($0.day, $0.person) < ($1.day, $1.person) }
    }
}

/// What there is of each customer; of most there is nothing.
private struct ByCustomer<Item> {
    /// By customer code: place in `items`; −1: none.
    private var place: [Int32]
    private var items: [[Item]] = []

    init(_ facts: Facts) { place = [Int32](repeating: -1, count: facts.journal.customers.count) }

    mutating func add(_ item: Item, _ customer: Int32) {
        if customer < 0 { return }
        if place[Int(customer)] < 0 {
            place[Int(customer)] = Int32(truncatingIfNeeded: items.count)
            items.append([])
        }
        items[Int(place[Int(customer)])].append(item)
    }

    func sorted(_ precedes: (Item, Item) -> Bool) -> ByCustomer {
        var copy = self
        for index in copy.items.indices where copy.items[index].count > 1 { copy.items[index].sort(by: precedes) }
        return copy
    }

    subscript(customer: Int32) -> [Item] { place[Int(customer)] < 0 ? [] : items[Int(place[Int(customer)])] }
}

/// Local days of records that no other facts hold, in the order of the journal's tables.
public struct RecordDays: Sendable {
    public let messages: [Day]
    public let leads: [Day]
    /// Of the day they are for.
    public let appointments: [Day]

    init(_ facts: Facts) {
        let journal = facts.journal
        messages = facts.days(journal.messages.store) { journal.messages.sentAt[$0] }
        leads = facts.days(journal.leads.store) { journal.leads.createdAt[$0].instant.seconds }
        appointments = facts.days(journal.appointments.store) { journal.appointments.scheduledFor[$0].instant.seconds }
    }
}

extension Facts {
    /// Local days of records at these stores.
    func days(_ stores: [Int32], _ seconds: (Int) -> Int64) -> [Day] {
        let zones = header.stores.map(\.zone)
        var current = -1
        var zone = ZoneRules.utc
        return stores.indices.map { index in
            // Most dealerships have one zone: its table is fetched once, not once a record.
            if zones[Int(stores[index])] != current {
                current = zones[Int(stores[index])]
                zone = header.zones[current]
            }
            return zone.day(at: Instant(seconds: seconds(index)))
        }
    }
}
