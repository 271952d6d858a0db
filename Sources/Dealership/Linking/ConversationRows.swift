public import Basis

/// The rows that a conversation, turn or lead was made of, beside its own: what was said in it up to the answer, the
/// answer, and what the conversations export says of it. For evidence: figures need none of it.
public struct ConversationRows: Sendable {
    private let log: GroupJournal.Messages
    private let runs: MessageRuns
    /// By a message's row.
    private var run: [RowSource: Int32] = [:]
    private let conversations: ConversationFacts
    private var fact: [RowSource: Int] = [:]
    /// By thread.
    private var exported: [Int32: [RowSource]] = [:]

    public init(_ facts: Facts) {
        let journal = facts.journal
        log = journal.messages
        runs = facts.linking.runs
        conversations = facts.conversations
        run.reserveCapacity(log.count)
        for number in 0..<runs.count {
            for message in runs[number] { run[log.source[Int(message)]] = Int32(truncatingIfNeeded: number) }
        }
        for index in 0..<conversations.count { fact[conversations.source[index]] = index }
        for (index, thread) in journal.conversations.thread.enumerated() where thread >= 0 {
            exported[thread, default: []].append(journal.conversations.source[index])
        }
        for (index, thread) in journal.assignments.thread.enumerated() {
            exported[thread, default: []].append(journal.assignments.source[index])
        }
    }

    /// - Parameter waits: conversations, turns or leads.
    public func rows(_ waits: ConversationFacts, _ fact: Int) -> [RowSource] {
        var rows: [RowSource] = []
        let end = waits.isAnswered(fact) ? waits.reply[fact] : Int64.max
        if let run = run[waits.source[fact]] {
            let time = waits.start[fact]...max(waits.start[fact], end)
            for message in runs[Int(run)] where time.contains(log.sentAt[Int(message)]) {
                rows.append(log.source[Int(message)])
            }
        }
        rows.append(waits.replySource[fact])
        rows += exported[waits.thread[fact]] ?? []
        return rows.beside(waits.source[fact])
    }

    /// Of the conversation that this row began; of any other none.
    public func rows(begunBy source: RowSource) -> [RowSource] { fact[source].map { rows(conversations, $0) } ?? [] }
}

/// The rows of visits and deals: a visit may be of several repair orders, a deal may be reversed in another row.
public struct VisitRows: Sendable {
    private struct Key: Hashable {
        var store: Int32
        var identity: Int32
        var vehicle: Int32
        var day: Day
    }
    private let facts: Facts
    private var orders: [Key: [RowSource]] = [:]
    private var reversals: [String: [RowSource]] = [:]

    public init(_ facts: Facts) {
        self.facts = facts
        let log = facts.journal.orders
        let leftOut = Set(facts.visits.leftOut.map(\.order))
        for order in 0..<log.count where !leftOut.contains(order) && log.vehicle[order] >= 0 {
            let day = facts.header.zone(ofStore: Int(log.store[order])).day(at: log.openedAt[order].instant)
            let key = Key(
                store: log.store[order], identity: facts.identity[log.customer[order]], vehicle: log.vehicle[order],
                day: day)
            orders[key, default: []].append(log.source[order])
        }
        for reversal in facts.journal.sales.reversals {
            for number in reversal.numbers { reversals[number, default: []].append(reversal.source) }
        }
    }

    /// All its repair orders.
    public func rows(ofVisit visit: Int) -> [RowSource] {
        let visits = facts.visits
        let own = facts.journal.orders.source[visits.order[visit]]
        let key = Key(
            store: visits.store[visit], identity: visits.identity[visit], vehicle: visits.vehicle[visit],
            day: visits.day[visit])
        return [own] + (orders[key] ?? []).beside(own)
    }

    /// - Parameter sale: position in the journal's sales.
    public func rows(ofSale sale: Int) -> [RowSource] {
        let own = facts.journal.sales.source[sale]
        return [own] + (reversals[facts.journal.sales.identifiers[Int32(truncatingIfNeeded: sale)]] ?? []).beside(own)
    }
}

/// What is on record of a customer in a time, by the rows.
public struct CustomerRows: Sendable {
    public enum Kind: Sendable { case orders, sales, leads, appointments, messages }

    private let facts: Facts
    private var of: [Kind: RecordsByCode] = [:]
    private let records: RecordsByCode

    public init(_ facts: Facts) {
        self.facts = facts
        let journal = facts.journal
        func byCustomer(_ customers: [Int32]) -> RecordsByCode {
            RecordsByCode(codes: journal.customers.count, records: customers.count) { facts.identity[customers[$0]] }
        }
        of[.orders] = byCustomer(journal.orders.customer)
        of[.sales] = byCustomer(journal.sales.customer)
        of[.leads] = byCustomer(journal.leads.customer)
        of[.appointments] = byCustomer(journal.appointments.customer)
        of[.messages] = byCustomer(journal.messages.customer)
        records = byCustomer(journal.customerRecords.customer)
    }

    /// Of one customer, by the identity's code, those of some days; an appointment by the day of its booking or its own.
    public func rows(of customer: Int32, _ kinds: [Kind], on days: ClosedRange<Day>) -> [RowSource] {
        let (journal, header) = (facts.journal, facts.header)
        func day(_ instant: Instant, _ store: Int32) -> Day { header.zone(ofStore: Int(store)).day(at: instant) }
        var rows: [RowSource] = []
        for kind in kinds {
            for record in (of[kind]?[customer] ?? []).lazy.map({ Int($0) }) {
                let found: (at: [Instant], store: Int32, source: RowSource) =
                    switch kind {
                    case .orders:
                        (
                            [journal.orders.openedAt[record].instant], journal.orders.store[record],
                            journal.orders.source[record]
                        )
                    case .sales:
                        (
                            [journal.sales.soldAt[record].instant], journal.sales.store[record],
                            journal.sales.source[record]
                        )
                    case .leads:
                        (
                            [journal.leads.createdAt[record].instant], journal.leads.store[record],
                            journal.leads.source[record]
                        )
                    case .appointments:
                        (
                            [journal.appointments.bookedAt[record], journal.appointments.scheduledFor[record]]
                                .filter { !$0.isMissing }.map(\.instant),
                            journal.appointments.store[record], journal.appointments.source[record]
                        )
                    case .messages:
                        (
                            [Instant(seconds: journal.messages.sentAt[record])], journal.messages.store[record],
                            journal.messages.source[record]
                        )
                    }
                if found.at.contains(where: { days.contains(day($0, found.store)) }) { rows.append(found.source) }
            }
        }
        return rows
    }

    /// The customer's own records, of all systems.
    public func records(of customer: Int32) -> [RowSource] {
        records[customer].map { facts.journal.customerRecords.source[Int($0)] }
    }
}

extension [RowSource] {
    /// Each once, in order, without this one.
    public func beside(_ own: RowSource) -> [RowSource] {
        Set(self).subtracting([own, .none]).sorted()
    }
}
