public import Basis

/// Delivered retail deals, each with the visit it is credited to.
public struct SaleFacts: Sendable {
    public enum LeftOut: String, Sendable, CaseIterable {
        case wholesale, reversed, afterAsOf = "after-as-of"
        public var words: String {
            switch self {
            case .wholesale: say(later: "Wholesale deal")
            case .reversed: say(later: "Reversed deal")
            case .afterAsOf: say(later: "After the as-of day")
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
        _ journal: GroupJournal, visits: VisitFacts, byCredit: PositionsByCode, credits: [Int32], identity: Identity,
        header: JournalHeader, asOf: Instant, windowDays: Int, credit: ConversionSettings.Credit
    ) {
        let sales = journal.sales
        for index in 0..<sales.count {
            let sold = sales.soldAt[index]
            if let reason = SaleFacts.reason(sales, index, asOf, known: header.asOf) {
                leftOut.append((index, reason))
                continue
            }
            let customer = identity[sales.customer[index]]
            let day = header.zone(ofStore: Int(sales.store[index])).day(at: sold.instant)
            var credited: Int32 = -1
            if customer >= 0 {
                credited = SaleFacts.credited(
                    byCredit[credits[Int(customer)]], visits, sold: sold, day: day, windowDays: windowDays, credit: credit)
            }
            sale.append(index)
            store.append(sales.store[index])
            self.identity.append(customer)
            self.day.append(day)
            visit.append(credited)
        }
    }

    /// - Parameter known: what is known of a deal is known up to here: a reversal may come after the last deal of the export.
    private static func reason(
        _ sales: GroupJournal.Sales, _ index: Int, _ asOf: Instant, known: Instant
    ) -> LeftOut? {
        if sales.soldAt[index].instant >= asOf { return .afterAsOf }
        if sales.kind[index] == .wholesale { return .wholesale }
        let reversed = sales.reversedOn[index]
        if !reversed.isMissing, reversed.instant < known { return .reversed }
        return nil
    }

    /// The latest (earliest) eligible visit.
    private static func credited(
        _ candidates: ArraySlice<Int32>, _ visits: VisitFacts, sold: Moment, day: Day, windowDays: Int,
        credit: ConversionSettings.Credit
    ) -> Int32 {
        func isOwn(_ visit: Int32) -> Bool { isEligible(visit, visits, sold: sold, day: day, windowDays: windowDays) }
        switch credit {
        case .lastTouch: return candidates.last(where: isOwn) ?? -1
        case .firstTouch: return candidates.first(where: isOwn) ?? -1
        }
    }

    /// Not after the sale and at most the window before it. Where either has no time of day, days decide, and the same day
    /// counts as before the sale.
    static func isEligible(_ visit: Int32, _ visits: VisitFacts, sold: Moment, day: Day, windowDays: Int) -> Bool {
        let opened = visits.openedAt[Int(visit)]
        let isBefore = sold.isDateOnly || opened.isDateOnly
            ? visits.day[Int(visit)] <= day : opened.instant <= sold.instant
        return isBefore && day - visits.day[Int(visit)] <= windowDays
    }
}
