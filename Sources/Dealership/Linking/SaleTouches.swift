import Basis

/// Every visit that a sale may be credited to, for linear credit: each of a sale's k eligible visits gets 1/k of it.
public struct SaleTouches: Sendable {
    private var starts: [Int32] = [0]
    private var visits: [Int32] = []

    init(_ facts: Facts) {
        let sales = facts.sales
        for sale in 0..<sales.count {
            let sold = facts.journal.sales.soldAt[sales.sale[sale]]
            let customer = sales.identity[sale]
            for visit in facts.visitsByCredit[customer >= 0 ? facts.credits[Int(customer)] : -1]
            where SaleFacts.isEligible(
                visit, facts.visits, sold: sold, day: sales.day[sale], windowDays: facts.parameters.windowDays)
            { visits.append(visit) }
            starts.append(Int32(truncatingIfNeeded: visits.count))
        }
    }

    /// In order of time.
    public subscript(sale: Int) -> ArraySlice<Int32> { visits[Int(starts[sale])..<Int(starts[sale + 1])] }
}
