public import Basis

/// Booked service appointments held against the rule for prospects: one a customer, car, store and day, cancelled ones left
/// out. What counts is what was on record before the appointment's day. DEFINITIONS 2, Coverage of prospects.
public struct ProspectFacts: Sendable {
    public enum Standing: UInt8, Sendable, CaseIterable {
        case qualifies, doesNotQualify
        /// Too little is on record of the car.
        case notKnown
    }
    public enum LeftOut: String, Sendable, CaseIterable {
        case cancelled, sameVisit, bookedLater
        public var words: String {
            switch self {
            case .cancelled: "cancelled"
            case .sameVisit: "same customer, car and day"
            case .bookedLater: "booked after the as-of day"
            }
        }
    }
    public static let never = Int64.max

    /// Position in the journal's appointments, in order of time.
    public private(set) var appointment: [Int] = []
    public private(set) var store: [Int32] = []
    public private(set) var identity: [Int32] = []
    /// The day it is for.
    public private(set) var day: [Day] = []
    public private(set) var car: [KnownCar] = []
    public private(set) var standing: [Standing] = []
    /// Conditions of the rule that hold.
    public private(set) var met: [[ProspectRule.Condition]] = []
    /// Conditions that cannot be judged.
    public private(set) var unknown: [[ProspectRule.Condition]] = []
    /// Whose prospect it is: who has the customer's latest lead from before the day, else who sold to the customer last, if
    /// still with us on the day; −1: nobody. A lead that the visit itself brings makes nobody answerable for not having
    /// spoken to the customer before.
    public private(set) var owner: [Int32] = []
    /// The first word from sales from so many days before the day to its end, seconds since 1970; `never`: none.
    public private(set) var contactedAt: [Int64] = []
    /// Who said it; −1: the export names nobody.
    public private(set) var contactedBy: [Int32] = []
    /// The last word from sales at any time before the as-of instant; `never`: none.
    public private(set) var lastContactAt: [Int64] = []
    public private(set) var lastContactBy: [Int32] = []
    /// The appointment's day has ended by the as-of instant of messages: whether somebody said a word is known.
    public private(set) var isOver: [Bool] = []
    public private(set) var leftOut: [(appointment: Int, reason: LeftOut)] = []

    public var count: Int { appointment.count }

    private struct Key: Hashable {
        var store: Int32
        var identity: Int32
        var vehicle: Int32
        var day: Day
    }

    init(_ facts: Facts, _ rule: ProspectRule) {
        let log = facts.journal.appointments
        let candidates = ProspectFacts.candidates(facts)
        if candidates.isEmpty { return }
        var wanted = [Bool](repeating: false, count: facts.journal.customers.count)
        for index in candidates { wanted[Int(facts.identity[log.customer[index]])] = true }
        let history = CarHistory(facts)
        let contacts = SalesContacts(facts, department: rule.department, of: wanted)
        let owners = ProspectOwners(facts, history, wanted)
        let judge = ProspectJudge(facts, rule)
        var seen: Set<Key> = []
        for index in candidates {
            if log.status[index] == .cancelled {
                leftOut.append((index, .cancelled))
                continue
            }
            if !log.bookedAt[index].isMissing, log.bookedAt[index].instant >= facts.header.asOf {
                leftOut.append((index, .bookedLater))
                continue
            }
            let (store, customer) = (log.store[index], facts.identity[log.customer[index]])
            let day = facts.recordDays.appointments[index]
            let car = history.car(ofAppointment: index, of: customer, on: day)
            guard seen.insert(Key(store: store, identity: customer, vehicle: car.vehicle, day: day)).inserted else {
                leftOut.append((index, .sameVisit))
                continue
            }
            let zone = facts.header.zone(ofStore: Int(store))
            let end = zone.startOfDay(day + 1)
            let from = zone.startOfDay(day + -rule.beforeDays).seconds
            let first = contacts.first(of: customer, in: from..<max(from, end.seconds))
            let last = contacts.last(of: customer)
            let judged = judge.judge(car, on: day)
            appointment.append(index)
            self.store.append(store)
            identity.append(customer)
            self.day.append(day)
            self.car.append(car)
            standing.append(judged.standing)
            met.append(judged.met)
            unknown.append(judged.unknown)
            owner.append(owners.owner(of: customer, on: day))
            contactedAt.append(first?.at ?? ProspectFacts.never)
            contactedBy.append(first?.person ?? -1)
            lastContactAt.append(last?.at ?? ProspectFacts.never)
            lastContactBy.append(last?.person ?? -1)
            isOver.append(end <= facts.messagesAsOf)
        }
    }

    /// Service appointments in order of time, then number.
    private static func candidates(_ facts: Facts) -> [Int] {
        let log = facts.journal.appointments
        let service = facts.header.code(ofName: "service")
        guard service >= 0 else { return [] }
        return (0..<log.count).filter { log.kind[$0] == service && facts.identity[log.customer[$0]] >= 0 }.sorted { a, b in
            let (x, y) = (log.scheduledFor[a].raw, log.scheduledFor[b].raw)
            return x != y ? x < y : log.identifiers[Int32(a)] < log.identifiers[Int32(b)]
        }
    }
}

/// Holds a car against the rule. A condition holds, does not, or cannot be judged (Kleene's three values): a prospect is
/// whom no missing fact could turn away.
private struct ProspectJudge {
    private let rule: ProspectRule
    /// Some appointment or deal says when a lease ends: whose does not is not leased.
    private let knowsLeases: Bool
    /// Some appointment says whether there is a recall: where the cell is empty there is none.
    private let knowsRecalls: Bool

    init(_ facts: Facts, _ rule: ProspectRule) {
        self.rule = rule
        let log = facts.journal.appointments
        knowsLeases = log.leaseEnd.contains { !$0.isMissing } || facts.journal.sales.leaseEnd.contains { !$0.isMissing }
        knowsRecalls = log.recall.contains { $0 != nil }
    }

    func judge(
        _ car: KnownCar, on day: Day
    ) -> (standing: ProspectFacts.Standing, met: [ProspectRule.Condition], unknown: [ProspectRule.Condition]) {
        let all = rule.allOf.map { ($0, holds($0, car, day)) }
        let any = rule.anyOf.map { ($0, holds($0, car, day)) }
        let met = (all + any).filter { $0.1 == true }.map(\.0)
        let unknown = (all + any).filter { $0.1 == nil }.map(\.0)
        let isOut = all.contains { $0.1 == false } || (!any.isEmpty && any.allSatisfy { $0.1 == false })
        if isOut { return (.doesNotQualify, met, unknown) }
        let isIn = all.allSatisfy { $0.1 == true } && (any.isEmpty || any.contains { $0.1 == true })
        return (isIn ? .qualifies : .notKnown, met, unknown)
    }

    /// Nil: not on record.
    private func holds(_ condition: ProspectRule.Condition, _ car: KnownCar, _ day: Day) -> Bool? {
        switch condition {
        case .vehicleAge(let limits): car.year.map { limits.contains(day.civil.year - $0) }
        case .mileage(let limits): car.mileage.map { limits.contains($0) }
        case .monthsSincePurchase(let limits): car.purchaseDay.map { limits.contains(wholeMonths(from: $0, to: day)) }
        case .leaseEnd(let within):
            car.leaseEnd.map { (0...within).contains($0 - day) } ?? (knowsLeases ? false : nil)
        case .recall(let wanted): (car.recall ?? (knowsRecalls ? false : nil)).map { $0 == wanted }
        case .boughtHere(let wanted): car.boughtHere.map { $0 == wanted }
        case .payType(let types): car.payType.map { types.contains($0) }
        }
    }
}

/// Months that have passed in full: to 30 September one from 30 August, none from 31 August.
public func wholeMonths(from: Day, to: Day) -> Int {
    let (a, b) = (from.civil, to.civil)
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0)
}

/// Whose customers they are.
private struct ProspectOwners {
    private let facts: Facts
    private let history: CarHistory
    private let leads: RecordsByCode

    init(_ facts: Facts, _ history: CarHistory, _ wanted: [Bool]) {
        self.facts = facts
        self.history = history
        let log = facts.journal.leads
        let asOf = facts.header.asOf
        var leads = RecordsByCode(codes: wanted.count, records: log.count) { lead in
            let customer = facts.identity[log.customer[lead]]
            let counts = customer >= 0 && wanted[Int(customer)] && log.owner[lead] >= 0 && log.createdAt[lead].instant < asOf
            return counts ? customer : -1
        }
        leads.sort { a, b in
            let (x, y) = (log.createdAt[a].raw, log.createdAt[b].raw)
            return x != y ? x < y : log.identifiers[Int32(a)] < log.identifiers[Int32(b)]
        }
        self.leads = leads
    }

    func owner(of customer: Int32, on day: Day) -> Int32 {
        let lead = leads[customer].last { facts.recordDays.leads[Int($0)] < day }
        if let lead, isHere(facts.journal.leads.owner[Int(lead)], on: day) { return facts.journal.leads.owner[Int(lead)] }
        guard let sale = history.lastSale(of: customer, before: day) else { return -1 }
        let seller = facts.journal.sales.salesperson[facts.sales.sale[sale]]
        return isHere(seller, on: day) ? seller : -1
    }

    private func isHere(_ person: Int32, on day: Day) -> Bool {
        guard person >= 0 else { return false }
        guard let known = facts.header.people[facts.journal.people[person]] else { return true }
        return known.stints.contains { $0.holds(day) }
    }
}
