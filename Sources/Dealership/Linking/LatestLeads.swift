import Basis

/// The lead that came last between a visit and its sale: whose source the visit, or the sale, has.
public struct LatestLeads: Sendable {
    private let leads: GroupJournal.Leads
    private let byCustomer: PositionsByCode
    /// Leads of the sharing group in order of time, then number; `byCustomer` keeps that order.
    private let inOrder: [Int32]
    private let days: [Day]

    init(_ facts: Facts) {
        let leads = facts.journal.leads
        let known = (0..<leads.count).filter { leads.createdAt[$0].instant < facts.conversionAsOf }
        let inOrder = known.sorted { a, b in
            let (x, y) = (leads.createdAt[a].raw, leads.createdAt[b].raw)
            return x != y ? x < y : leads.identifiers[Int32(a)] < leads.identifiers[Int32(b)]
        }.map { Int32(truncatingIfNeeded: $0) }
        self.leads = leads
        self.inOrder = inOrder
        days = facts.recordDays.leads
        byCustomer = PositionsByCode(
            inOrder.map { facts.identity[leads.customer[Int($0)]] }, count: facts.journal.customers.count)
    }

    /// Code of a name in the header: the source of the customer's latest lead not before the visit, at most `window` days
    /// after it, and not after the sale where there is one. −1: there is no such lead, or it has no source.
    func source(
        of customer: Int32, since visit: (at: Moment, day: Day), windowDays: Int, until sale: (at: Moment, day: Day)?
    ) -> Int32 {
        for position in byCustomer[customer].reversed() {
            let lead = Int(inOrder[Int(position)])
            let own = (at: leads.createdAt[lead], day: days[lead])
            if let sale, !LatestLeads.follows(sale, own) { continue }
            if sale == nil, own.day - visit.day > windowDays { continue }
            return LatestLeads.follows(own, visit) ? leads.origin[lead] : -1
        }
        return -1
    }

    /// The later kind of the chain visit, lead, sale is not before the other: by instants where both have times, else by
    /// days; equal counts as after.
    private static func follows(_ later: (at: Moment, day: Day), _ earlier: (at: Moment, day: Day)) -> Bool {
        later.at.isDateOnly || earlier.at.isDateOnly ? later.day >= earlier.day : later.at.instant >= earlier.at.instant
    }
}

extension Facts {
    /// By visit: the source of its latest lead, of those that became sales before the sale.
    public var visitSources: [Int32] {
        let outcomes = visitSales
        return (0..<visits.count).map { visit in
            source(ofVisit: visit, sale: outcomes.sale[visit] < 0 ? nil : Int(outcomes.sale[visit]))
        }
    }

    /// The source of a visit's latest lead before a sale credited to it.
    public func source(ofVisit visit: Int, sale: Int?) -> Int32 {
        latestLeads.source(
            of: visits.identity[visit], since: (visits.openedAt[visit], visits.day[visit]),
            windowDays: parameters.windowDays,
            until: sale.map { (journal.sales.soldAt[sales.sale[$0]], sales.day[$0]) })
    }
}
