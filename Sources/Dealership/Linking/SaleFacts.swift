public import Basis

/// Delivered retail deals, each with the visit it is credited to.
public struct SaleFacts: Sendable {
    public enum LeftOut: String, Sendable, CaseIterable {
        case wholesale, reversed, afterAsOf = "after-as-of"
        public var words: String {
            switch self {
            case .wholesale: "Wholesale deal"
            case .reversed: "Reversed deal"
            case .afterAsOf: "After the as-of day"
            }
        }
    }

    /// Position in the journal's sales.
    public var sale: [Int] = []
    public var store: [Int32] = []
    public var identity: [Int32] = []
    public var day: [Day] = []
    /// Position in the visits; −1: not from service.
    public var visit: [Int32] = []
    public var leftOut: [(sale: Int, reason: LeftOut)] = []

    public var count: Int { sale.count }

    /// `credits`: by customer code, whose visits a sale may be credited to.
    init(
        _ journal: GroupJournal, visits: VisitFacts, identity: Identity, credits: [Int32], header: JournalHeader, asOf: Instant,
        windowDays: Int, credit rule: ConversionSettings.Credit
    ) {
        let sales = journal.sales
        // Visits by customer: a counting sort over identities, each customer's in order of time.
        var starts = [Int32](repeating: 0, count: journal.customers.count + 2)
        for customer in visits.identity where customer >= 0 { starts[Int(credits[Int(customer)]) + 1] += 1 }
        for i in 1..<starts.count { starts[i] += starts[i - 1] }
        var next = starts
        var byCustomer = [Int32](repeating: 0, count: visits.count)
        for visit in 0..<visits.count where visits.identity[visit] >= 0 {
            let customer = Int(credits[Int(visits.identity[visit])])
            byCustomer[Int(next[customer])] = Int32(truncatingIfNeeded: visit)
            next[customer] += 1
        }
        for index in 0..<sales.count {
            let sold = sales.soldAt[index]
            if let reason = SaleFacts.reason(sales, index, asOf) {
                leftOut.append((index, reason))
                continue
            }
            let customer = identity[sales.customer[index]]
            let day = header.zone(ofStore: Int(sales.store[index])).day(at: sold.instant)
            var credited: Int32 = -1
            if customer >= 0 {
                let credit = Int(credits[Int(customer)])
                let candidates = byCustomer[Int(starts[credit])..<Int(starts[credit + 1])]
                credited = SaleFacts.credited(
                    candidates, visits, sold: sold, day: day, windowDays: windowDays, credit: rule)
            }
            sale.append(index)
            store.append(sales.store[index])
            self.identity.append(customer)
            self.day.append(day)
            visit.append(credited)
        }
    }

    private static func reason(_ sales: GroupJournal.Sales, _ index: Int, _ asOf: Instant) -> LeftOut? {
        if sales.soldAt[index].instant >= asOf { return .afterAsOf }
        if sales.kind[index] == .wholesale { return .wholesale }
        let reversed = sales.reversedOn[index]
        if !reversed.isMissing, reversed.instant < asOf { return .reversed }
        return nil
    }

    /// The latest (earliest) visit not after the sale and at most the window before it. Where either has no time of day,
    /// days decide, and the same day counts as before the sale.
    private static func credited(
        _ candidates: ArraySlice<Int32>, _ visits: VisitFacts, sold: Moment, day: Day, windowDays: Int,
        credit: ConversionSettings.Credit
    ) -> Int32 {
        func isEligible(_ visit: Int32) -> Bool {
            let opened = visits.openedAt[Int(visit)]
            let isBefore = sold.isDateOnly || opened.isDateOnly
                ? visits.day[Int(visit)] <= day : opened.instant <= sold.instant
            return isBefore && day - visits.day[Int(visit)] <= windowDays
        }
        switch credit {
        case .lastTouch: return candidates.last(where: isEligible) ?? -1
        case .firstTouch: return candidates.first(where: isEligible) ?? -1
        }
    }
}
