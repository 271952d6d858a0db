import Basis

/// What became of each visit: the first sale credited to it, or how long it has been watched without one.
///
/// A visit whose customer's sale was credited to another visit stays unconverted, at risk until its window or what is
/// known ends, so that the curve of finished visits ends at their rate.
public struct VisitSales: Sendable {
    /// By visit: position in the sales; −1: none.
    public let sale: [Int32]
    /// By visit: whole days from its local date to the sale's; without a sale to the last day on which deals are known, at
    /// most the window.
    public let days: [Int32]
    /// By visit: the whole window has passed.
    public let isMature: [Bool]

    init(_ facts: Facts) {
        let visits = facts.visits
        let sales = facts.sales
        let window = facts.parameters.windowDays
        var sale = [Int32](repeating: -1, count: visits.count)
        for index in 0..<sales.count where sales.visit[index] >= 0 {
            let visit = Int(sales.visit[index])
            if sale[visit] < 0 || facts.precedes(index, Int(sale[visit])) { sale[visit] = Int32(truncatingIfNeeded: index) }
        }
        var days = [Int32](repeating: 0, count: visits.count)
        var isMature = [Bool](repeating: false, count: visits.count)
        for visit in 0..<visits.count {
            let watched = facts.lastWatchedDay(store: visits.store[visit]) - visits.day[visit]
            isMature[visit] = watched >= window
            // A store further west may sell on the day before the visit's.
            let passed = sale[visit] >= 0 ? sales.day[Int(sale[visit])] - visits.day[visit] : min(watched, window)
            days[visit] = Int32(clamping: max(0, passed))
        }
        self.sale = sale
        self.days = days
        self.isMature = isMature
    }
}

extension Facts {
    /// Of two sales the earlier; of one moment, by number.
    fileprivate func precedes(_ a: Int, _ b: Int) -> Bool {
        let (x, y) = (sales.sale[a], sales.sale[b])
        if sales.day[a] != sales.day[b] { return sales.day[a] < sales.day[b] }
        let records = journal.sales
        if records.soldAt[x].raw != records.soldAt[y].raw { return records.soldAt[x].raw < records.soldAt[y].raw }
        return records.identifiers[Int32(x)] < records.identifiers[Int32(y)]
    }
}
