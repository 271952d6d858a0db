import Basis

/// Pairs of customer numbers that share a car that one traded in, a phone or an e-mail; contacts that too many share.
struct LinkCandidates {
    private(set) var tradeIns: [CustomerLink] = []
    /// Phones in ascending order, then e-mails in the order of their bytes; pairs of one contact by number.
    private(set) var contacts: [CustomerLink] = []
    private(set) var tooWide: [CustomerLink] = []

    /// A number that has a contact.
    private struct Holder {
        var contact: UInt64
        var customer: Int32
        var record: Int32
    }

    private let customers: IdentifierPool
    private let source: [RowSource]
    private let store: [Int32]

    /// Contacts that too many share are taken out of `keys`: they say nothing of their holders.
    init(_ journal: GroupJournal, _ keys: inout ContactKeys) {
        let records = journal.customerRecords
        customers = journal.customers
        source = records.source
        store = records.store
        var holders: [Holder] = []
        holders.reserveCapacity(records.count)
        for record in 0..<records.count where keys.phone[record] != 0 {
            holders.append(
                Holder(
                    contact: keys.phone[record], customer: records.customer[record],
                    record: Int32(truncatingIfNeeded: record)))
        }
        let widePhones = pair(&holders, .phone) { $0 }
        if !widePhones.isEmpty {
            for record in 0..<records.count where widePhones.contains(keys.phone[record]) { keys.phone[record] = 0 }
        }
        holders.removeAll(keepingCapacity: true)
        for record in 0..<records.count where keys.email[record] >= 0 {
            holders.append(
                Holder(
                    contact: UInt64(keys.email[record]), customer: records.customer[record],
                    record: Int32(truncatingIfNeeded: record)))
        }
        let emails = keys.emails
        let wideEmails = pair(&holders, .email) { runs in
            runs.sorted { emails.precedes(Int32(truncatingIfNeeded: $0.contact), Int32(truncatingIfNeeded: $1.contact)) }
        }
        if !wideEmails.isEmpty {
            for record in 0..<records.count where keys.email[record] >= 0 {
                if wideEmails.contains(UInt64(keys.email[record])) { keys.email[record] = -1 }
            }
        }
        findTradeIns(journal)
    }

    /// Numbers that share one contact, as a stretch of the holders.
    private struct Run {
        var contact: UInt64
        var range: Range<Int>
    }

    /// Pairs of each contact's numbers, contacts in the order that `ordered` gives; those that too many share.
    private mutating func pair(_ holders: inout [Holder], _ kind: Identity.Link, _ ordered: ([Run]) -> [Run]) -> Set<UInt64> {
        let runs = LinkCandidates.runs(&holders)
        var wide: Set<UInt64> = []
        var own: [Holder] = []
        for run in ordered(runs) {
            if run.range.count > Identity.largestHousehold {
                wide.insert(run.contact)
                var least = run.range.lowerBound
                for index in run.range where customers.precedes(holders[index].customer, holders[least].customer) { least = index }
                tooWide.append(link(holders[least], nil, kind, numbers: run.range.count))
                continue
            }
            // By their text, which unlike codes does not depend on which row came first.
            own.removeAll(keepingCapacity: true)
            for index in run.range {
                var place = own.count
                while place > 0, customers.precedes(holders[index].customer, own[place - 1].customer) { place -= 1 }
                own.insert(holders[index], at: place)
            }
            for first in own.indices {
                for second in (first + 1)..<max(own.count, first + 1) {
                    contacts.append(link(own[first], own[second], kind, numbers: own.count))
                }
            }
        }
        return wide
    }

    /// Contacts that several numbers share. Holders are sorted, each number of a contact once.
    private static func runs(_ holders: inout [Holder]) -> [Run] {
        holders.sort { $0.contact != $1.contact ? $0.contact < $1.contact : $0.customer < $1.customer }
        var runs: [Run] = []
        var kept = 0
        var start = 0
        for index in holders.indices {
            if kept > start, holders[kept - 1].contact == holders[index].contact {
                if holders[kept - 1].customer == holders[index].customer { continue }
            } else {
                if kept - start > 1 { runs.append(Run(contact: holders[start].contact, range: start..<kept)) }
                start = kept
            }
            holders[kept] = holders[index]
            kept += 1
        }
        if kept - start > 1 { runs.append(Run(contact: holders[start].contact, range: start..<kept)) }
        return runs
    }

    private func link(_ a: Holder, _ b: Holder?, _ kind: Identity.Link, numbers: Int) -> CustomerLink {
        var link = CustomerLink(
            a: a.customer, b: b?.customer ?? -1, kind: kind, contact: a.contact, source: source[Int(a.record)],
            store: store[Int(a.record)])
        link.numbers = Int32(clamping: numbers)
        if b == nil { link.standing = .tooWide }
        return link
    }

    // MARK: traded-in cars

    /// Who came with the car last before it was traded in; who came later bought it from us. Void orders and internal work
    /// are the house's. A number that shares cars with more others than a household has is the house's own.
    private mutating func findTradeIns(_ journal: GroupJournal) {
        let (orders, sales, customers) = (journal.orders, journal.sales, journal.customers)
        guard sales.tradeIn.contains(where: { $0 >= 0 }) else { return }
        var isTraded = [Bool](repeating: false, count: journal.vehicles.count)
        for vehicle in sales.tradeIn where vehicle >= 0 { isTraded[Int(vehicle)] = true }
        var visits: [Int32: [Int]] = [:]
        for order in 0..<orders.count where orders.vehicle[order] >= 0 && isTraded[Int(orders.vehicle[order])] {
            if orders.customer[order] < 0 || orders.status[order] == .void || orders.payType[order] == .internal { continue }
            visits[orders.vehicle[order], default: []].append(order)
        }
        var found: [CustomerLink] = []
        for sale in 0..<sales.count where sales.tradeIn[sale] >= 0 && sales.customer[sale] >= 0 {
            let sold = sales.soldAt[sale]
            let last = (visits[sales.tradeIn[sale]] ?? []).filter { order in
                let opened = orders.openedAt[order]
                let slack: Int64 = sold.isDateOnly || opened.isDateOnly ? 86_399 : 0
                return opened.instant <= sold.instant + slack
            }.max { a, b in
                let (x, y) = (orders.openedAt[a].instant, orders.openedAt[b].instant)
                return x != y ? x < y : customers.precedes(orders.customer[a], orders.customer[b])
            }
            guard let last, orders.customer[last] != sales.customer[sale] else { continue }
            let (a, b) = customers.precedes(orders.customer[last], sales.customer[sale])
                ? (orders.customer[last], sales.customer[sale]) : (sales.customer[sale], orders.customer[last])
            found.append(
                CustomerLink(
                    a: a, b: b, kind: .tradeIn, contact: UInt64(sales.tradeIn[sale]), source: sales.source[sale],
                    store: sales.store[sale]))
        }
        settle(&found, journal.vehicles)
    }

    private mutating func settle(_ found: inout [CustomerLink], _ vehicles: IdentifierPool) {
        let customers = customers
        found.sort { x, y in
            if x.a != y.a { return customers.precedes(x.a, y.a) }
            if x.b != y.b { return customers.precedes(x.b, y.b) }
            let (v, w) = (Int32(truncatingIfNeeded: x.contact), Int32(truncatingIfNeeded: y.contact))
            return v != w ? vehicles.precedes(v, w) : x.source < y.source
        }
        var partners: [Int32: Set<Int32>] = [:]
        for link in found {
            partners[link.a, default: []].insert(link.b)
            partners[link.b, default: []].insert(link.a)
        }
        let houses = partners.filter { $0.value.count > Identity.largestHousehold }
        for link in found {
            if let house = houses[link.a] ?? houses[link.b] {
                var refused = link
                refused.numbers = Int32(clamping: house.count + 1)
                refused.standing = .tooWide
                tooWide.append(refused)
            } else {
                tradeIns.append(link)
            }
        }
    }
}
