import Basis
import Dealership
import Measures
import Statistics

/// Days from visit to sale of some visits, those still without one followed as long as they were watched.
struct SaleDays {
    let curve: ConversionCurve

    init(_ tally: Tally?, _ context: ReportContext) {
        let days = tally.map(ServiceToSales.days) ?? (toSale: SparseHistogram(), watched: SparseHistogram())
        curve = ConversionCurve(
            toSale: days.toSale, watched: days.watched, windowDays: context.settings.conversion.windowDays,
            minimumN: context.minimumN)
    }

    private var toSale: SparseHistogram { curve.curve.events }
    /// Those with a sale.
    var buyers: Int { Int(toSale.count) }
    /// All that are followed.
    var followed: Int { Int(curve.curve.count) }

    /// The day by which this part of the buyers had bought; nil: nobody has.
    func day(_ part: Quantile) -> Int? { toSale.quantile(part).map { Int($0) } }

    /// Those who bought from one day to another.
    func buyers(from first: Int, to last: Int) -> Int {
        zip(toSale.values, toSale.counts).filter { $0.0 >= Int64(first) && $0.0 <= Int64(last) }.reduce(0) { $0 + Int($1.1) }
    }

    /// Still watched and without a sale at the beginning of the day.
    func watched(_ day: Int) -> Int { Int(curve.curve.atRisk(Int64(day))) }

    /// The share that bought by the day, with limits, where it can be said.
    func share(by day: Int) -> (estimate: Double, limits: ConfidenceInterval)? {
        guard case .known(let share, let limits, _) = curve.share(by: day) else { return nil }
        return (share, limits)
    }

    /// The days of a window that tables and charts name, those of the cohorts' measure: a week, two, a month … and its end.
    static func named(_ window: Int) -> [Int] {
        // The last before the end stays clear of it.
        var days = [7, 14, 30, 45, 60, 90, 120, 180, 270, 365].filter { Double($0) <= Double(window) * 0.86 }
        while days.count > 4 { days.remove(at: days.count / 2) }
        return days + [window]
    }
}
