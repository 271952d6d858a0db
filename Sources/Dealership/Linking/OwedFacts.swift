public import Basis

/// What the ladder gives each customer whom an outage hit, and what each was given. DEFINITIONS 4, Remedy.
public struct OwedFacts: Sendable {
    public enum Standing: UInt8, Hashable, Sendable, CaseIterable {
        /// The ladder gives nothing, or there is none; nothing was given.
        case nothingDue
        /// What is due was given, or more.
        case given
        /// Something was given, but less, or something else.
        case lesser
        /// Nothing was given.
        case owed
        /// Given, though nothing was due.
        case givenWithoutDue
    }

    /// One customer of one outage.
    public struct Item: Sendable {
        /// Position in the header's outages; of rows that overlap on one system the first that hit the customer.
        public var outage: Int
        /// The least code of the same customer.
        public var customer: Int32
        /// The number as the record has it that waited longest; of remedies alone, as the remedy has it.
        public var number: Int32
        public var store: Int32
        public var isExposed: Bool
        public var isAnswerLate: Bool
        public var isMoved: Bool
        public var isLeadHit: Bool
        public var isMet: Bool
        /// Open seconds of the longest wait.
        public var waited: Int64
        /// Seconds since 1970 of the record that waited longest.
        public var since: Int64
        /// Position in the ladder; nil: nothing is due.
        public var rung: Int?
        /// Positions in the ledger's remedies, in order of time.
        public var remedies: [Int]
        public var given: Money
        public var standing: Standing
        /// The customer has had more apologies than the ladder lets pass, of whatever outages.
        public var isOverApologised: Bool

        public var isOwed: Bool { standing == .owed || standing == .lesser }
    }

    /// In order of outage, then store and number.
    public private(set) var items: [Item] = []
    /// Positions in the ledger's complaints that are this group's, with the customer's least code.
    public private(set) var complaints: [(complaint: Int, customer: Int32)] = []

    init(_ facts: Facts) {
        let header = facts.header
        var found: [Key: Item] = [:]
        let failures = OneFailure(facts)
        for hit in facts.outageHits() {
            let customer = facts.identity[hit.customer]
            // Whoever is known to nobody can be given nothing.
            guard customer >= 0 else { continue }
            let key = Key(failure: failures[hit.outage], customer: customer)
            found[key, default: Item(hit, customer)].take(hit, facts.journal.customers)
        }
        let customers = LedgerCustomers(facts)
        let apologies = take(remediesOf: facts, failures, customers, into: &found)
        if let ladder = header.settings.ladder {
            let judge = LadderJudge(facts, ladder, Set(found.keys.map(\.customer)))
            for key in found.keys {
                found[key]?.settle(judge, apologies: apologies[key.customer] ?? 0)
            }
        } else {
            for key in found.keys where found[key]?.remedies.isEmpty == false {
                found[key]?.standing = .givenWithoutDue
            }
        }
        let pool = facts.journal.customers
        items = found.values.sorted { a, b in
            a.outage != b.outage
                ? a.outage < b.outage : a.store != b.store ? a.store < b.store : pool[a.number] < pool[b.number]
        }
        for (index, complaint) in header.ledger.complaints.enumerated() {
            if case .customer(let code) = customers.find(complaint.customer, store: header.ledger.store(of: complaint, header)) {
                complaints.append((index, facts.identity[code]))
            }
        }
    }

    private struct Key: Hashable {
        var failure: Int
        var customer: Int32
    }

    /// Returns how many apologies each customer has had.
    private func take(
        remediesOf facts: Facts, _ failures: OneFailure, _ customers: LedgerCustomers, into found: inout [Key: Item]
    ) -> [Int32: Int] {
        var apologies: [Int32: Int] = [:]
        let ledger = facts.header.ledger.remedies
        var mine: [(remedy: Int, code: Int32)] = []
        for (index, remedy) in ledger.enumerated() {
            let store = facts.header.ledger.store(of: remedy, facts.header)
            guard case .customer(let code) = customers.find(remedy.customer, store: store) else { continue }
            if !remedy.givenAt.isMissing, remedy.givenAt.instant >= facts.header.asOf { continue }
            mine.append((index, code))
        }
        mine.sort { (ledger[$0.remedy].givenAt.raw, $0.remedy) < (ledger[$1.remedy].givenAt.raw, $1.remedy) }
        for (index, code) in mine {
            let remedy = ledger[index]
            let customer = facts.identity[code]
            let key = Key(failure: failures[remedy.outage], customer: customer)
            var item = found[key] ?? Item(remedy, customer, code, facts)
            item.remedies.append(index)
            item.given += remedy.amount ?? .zero
            found[key] = item
            if RemedyLadder.apologies.contains(remedy.kind.lowercased()) { apologies[customer, default: 0] += 1 }
        }
        return apologies
    }
}

extension OwedFacts.Item {
    fileprivate init(_ hit: OutageHit, _ customer: Int32) {
        self.init(
            outage: hit.outage, customer: customer, number: hit.customer, store: hit.store, isExposed: true,
            isAnswerLate: false,
            isMoved: false, isLeadHit: false, isMet: false, waited: -1, since: hit.start, rung: nil, remedies: [],
            given: .zero,
            standing: .nothingDue, isOverApologised: false)
    }

    fileprivate init(_ remedy: OutageLedger.Remedy, _ customer: Int32, _ number: Int32, _ facts: Facts) {
        let first = facts.header.stores.firstIndex { $0.group == facts.journal.group } ?? 0
        let outageStore = facts.header.outages[remedy.outage].store
        self.init(
            outage: remedy.outage, customer: customer, number: number,
            store: remedy.store >= 0 ? remedy.store : outageStore >= 0 ? outageStore : Int32(first), isExposed: false,
            isAnswerLate: false, isMoved: false, isLeadHit: false, isMet: false, waited: 0,
            since: facts.header.outages[remedy.outage].start.seconds, rung: nil, remedies: [], given: .zero,
            standing: .givenWithoutDue, isOverApologised: false)
    }

    /// The record that waited longest stands for all; of equal ones the earliest, then the least number.
    fileprivate mutating func take(_ hit: OutageHit, _ pool: IdentifierPool) {
        outage = min(outage, hit.outage)
        isAnswerLate = isAnswerLate || hit.isLate
        isMoved = isMoved || hit.isMoved
        isLeadHit = isLeadHit || hit.isLead
        let isLonger =
            hit.openWait != waited
            ? hit.openWait > waited : hit.start != since ? hit.start < since : pool[hit.customer] < pool[number]
        guard isLonger else { return }
        waited = hit.openWait
        since = hit.start
        number = hit.customer
        store = hit.store
    }

    fileprivate mutating func settle(_ judge: LadderJudge, apologies: Int) {
        isMet = judge.isMet(customer, outage: outage)
        isOverApologised = apologies > judge.ladder.mostApologies
        rung = isExposed ? judge.rung(of: self) : nil
        guard let rung else {
            standing = remedies.isEmpty ? .nothingDue : .givenWithoutDue
            return
        }
        standing = remedies.isEmpty ? .owed : judge.isEnough(remedies, for: rung) ? .given : .lesser
    }
}

/// Holds customers against the ladder.
private struct LadderJudge {
    let ladder: RemedyLadder
    private let facts: Facts
    private let meetings: [Int32: [Int64]]
    /// By outage: rare and not ours.
    private let isSpared: [Bool]

    init(_ facts: Facts, _ ladder: RemedyLadder, _ customers: Set<Int32>) {
        self.facts = facts
        self.ladder = ladder
        let asksForMeetings = ladder.rungs.contains { $0.conditions.contains(.metOrSpokenTo) }
        meetings = asksForMeetings ? Meetings(facts, customers).times : [:]
        isSpared = LadderJudge.spared(facts, ladder)
    }

    private static func spared(_ facts: Facts, _ ladder: RemedyLadder) -> [Bool] {
        let outages = facts.header.outages
        let stores = facts.stores
        let mine = outages.indices.filter { index in
            !outages[index].isPlanned && stores.contains { outages[index].hits(store: $0) }
        }
        var spared = [Bool](repeating: false, count: outages.count)
        for index in mine where outages[index].isExternal != false {
            let outage = outages[index]
            let from = outage.start + -Int64(ladder.rareDays) * 86_400
            let recent = mine.count { position in
                let other = outages[position]
                return other.systemKey == outage.systemKey && from < other.start && other.start <= outage.start
                    && (other.store < 0 || outage.store < 0 || other.store == outage.store)
            }
            spared[index] = recent <= ladder.rareOutages
        }
        return spared
    }

    func isMet(_ customer: Int32, outage: Int) -> Bool {
        guard let times = meetings[customer] else { return false }
        let header = facts.header
        let from = (header.outages[outage].start + -Int64(ladder.metDays) * 86_400).seconds
        let to = (header.outages[outage].end ?? header.asOf).seconds
        return times.contains { from <= $0 && $0 < max(to, from + 1) }
    }

    /// The highest whose conditions all hold.
    func rung(of item: OwedFacts.Item) -> Int? {
        ladder.rungs.indices.last { position in
            let rung = ladder.rungs[position]
            let isFree = (rung.amount?.minorUnits ?? 0) == 0
            guard isFree || rung.evenWhenRare || !isSpared[item.outage] else { return false }
            return rung.conditions.allSatisfy { holds($0, item) }
        }
    }

    private func holds(_ condition: RemedyLadder.Condition, _ item: OwedFacts.Item) -> Bool {
        let outage = facts.header.outages[item.outage]
        switch condition {
        case .answerLate: return item.isAnswerLate
        case .waitedOver(let seconds): return item.waited > seconds
        case .downOver(let seconds):
            let table = facts.calendars.tables[facts.calendars.index(store: item.store, department: -1)]
            return (table.openSeconds(in: outage.down(store: item.store, facts.header)) ?? 0) > seconds
        case .visitMoved: return item.isMoved
        case .leadLate: return item.isLeadHit
        case .metOrSpokenTo: return item.isMet
        case .ownFault: return outage.isExternal == false
        }
    }

    /// Of the due kind, with its amount; or of a kind that only a higher rung has.
    func isEnough(_ remedies: [Int], for rung: Int) -> Bool {
        let given = remedies.map { facts.header.ledger.remedies[$0] }
        let due = ladder.rungs[rung]
        let alike = given.filter { due.kinds.contains($0.kind.lowercased()) }
        if !alike.isEmpty {
            // An amount that is not on record cannot be held against whoever gave it.
            let isUnsaid = alike.contains { $0.amount == nil }
            if isUnsaid || alike.reduce(.zero, { $0 + ($1.amount ?? .zero) }) >= due.amount ?? .zero { return true }
        }
        return given.contains { remedy in
            !due.kinds.contains(remedy.kind.lowercased())
                && (ladder.rung(ofKind: remedy.kind).map { $0 > rung } ?? false)
        }
    }
}

/// When customers were here, or on the telephone with a person.
private struct Meetings {
    var times: [Int32: [Int64]] = [:]

    init(_ facts: Facts, _ customers: Set<Int32>) {
        for visit in 0..<facts.visits.count {
            add(facts.visits.identity[visit], facts.visits.openedAt[visit], customers)
        }
        let booked = facts.journal.appointments
        for index in 0..<booked.count where booked.status[index] == .shown {
            add(facts.identity[booked.customer[index]], booked.scheduledFor[index], customers)
        }
        let log = facts.journal.messages
        let phone = facts.header.code(ofName: "phone")
        for index in 0..<log.count where log.outcome[index] != nil || (phone >= 0 && log.channel[index] == phone) {
            guard !log.isAutomated[index], log.direction[index] != .internal else { continue }
            let isSpoken =
                log.outcome[index] == .answered
                || (log.direction[index] == .outbound && log.outcome[index] == nil && log.person[index] >= 0)
            if isSpoken {
                add(facts.identity[log.customer[index]], Moment(Instant(seconds: log.sentAt[index])), customers)
            }
        }
    }

    private mutating func add(_ customer: Int32, _ at: Moment, _ customers: Set<Int32>) {
        guard customer >= 0, !at.isMissing, customers.contains(customer) else { return }
        times[customer, default: []].append(at.instant.seconds)
    }
}
