import Basis
import Measures
import Statistics

/// Days from visit to sale of some visits, those still without one followed as long as they were watched.
struct SaleDays {
    let curve: KaplanMeier
    private let toSale: SparseHistogram

    init(_ tally: Tally?) {
        let days = tally.map(ServiceToSales.days) ?? (toSale: SparseHistogram(), watched: SparseHistogram())
        toSale = days.toSale
        curve = KaplanMeier(events: days.toSale, censored: days.watched)
    }

    /// Visits with a sale.
    var buyers: Int { Int(toSale.count) }
    var visits: Int { Int(curve.count) }

    /// The day by which this part of the buyers had bought; nil: nobody has.
    func day(_ part: Quantile) -> Int? { toSale.quantile(part).map { Int($0) } }

    /// Those who bought from one day to another.
    func buyers(from first: Int, to last: Int) -> Int {
        zip(toSale.values, toSale.counts).filter { $0.0 >= Int64(first) && $0.0 <= Int64(last) }.reduce(0) { $0 + Int($1.1) }
    }

    /// Still watched and without a sale at the beginning of the day.
    func watched(_ day: Int) -> Int { Int(curve.atRisk(Int64(day))) }

    /// Of the visits those that bought by the day, with limits.
    func share(by day: Int) -> (estimate: Double, interval: ConfidenceInterval)? { curve.share(by: Int64(day)) }

    /// All visits have been watched up to the day, or have bought.
    func isWatched(to day: Int) -> Bool { curve.censored.values.first.map { $0 >= Int64(day) } ?? true }

    /// The days of a window that tables and charts name: a week, two, a month, and its end.
    static func named(_ window: Int) -> [Int] {
        let usual = [7, 14, 30, 45, 60, 90, 120, 180, 270, 365].filter { $0 < window }
        // Five at most; the last before the end stays clear of it.
        var days = usual.filter { Double($0) <= Double(window) * 0.86 }
        while days.count > 4 { days.remove(at: days.count / 2) }
        return days + [window]
    }
}
