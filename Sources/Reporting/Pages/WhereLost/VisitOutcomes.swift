import Basis
import Dealership
import Measures
import Statistics

/// What became of each month's visits: which months are finished, how many bought, and what is usual.
struct VisitOutcomes {
    /// How the newest finished month stands to the others.
    enum Standing: Equatable { case tooFew, noRange, inside, above, below }

    /// A month whose windows are not all over.
    struct Young {
        var month: Month
        var visits: Int
        /// Nil: too few visits.
        var figure: Figure?
        struct Figure {
            /// Days since the visit that enough visits have reached.
            var age: Int
            var share: Double
            var limits: ConfidenceInterval
            /// Where the finished months stood at the same age.
            var earlier: Double?
        }
    }

    /// Fewer finished months make no usual range: two moving ranges are a guess.
    static let leastForRange = 6

    let context: ReportContext
    /// Oldest first: months with visits whose windows are all over, and whose sales are exported.
    let finished: [Month]
    let young: [Young]
    /// The P′ chart of the finished months that have enough visits, and which these are.
    let chart: LaneyChart?
    let charted: [Month]

    init(_ context: ReportContext) {
        self.context = context
        let counted = context.labels(.visits, .month).compactMap { Month($0) }.sorted()
            .filter { $0 <= context.month && VisitOutcomes.isCovered($0, context) }
        let unit = context.settings.conversion.denominator.rawValue
        func isFinished(_ month: Month) -> Bool {
            context.count(.visits, "mature", context.at(month)) == context.count(.visits, unit, context.at(month))
        }
        let finished = Array(counted.filter(isFinished).suffix(context.request.monthsBack))
        self.finished = finished
        let earlier = finished.compactMap { context.tally(.visits, context.at($0)) }
            .map(ServiceToSales.days).reduce(into: (SparseHistogram(), SparseHistogram())) {
                $0.0 += $1.toSale
                $0.1 += $1.watched
            }
        let curve = finished.isEmpty ? nil : KaplanMeier(events: earlier.0, censored: earlier.1)
        young = counted.filter { !isFinished($0) && $0 > (finished.last ?? Month(number: .min)) }.map {
            VisitOutcomes.young($0, context, earlier: curve)
        }
        let enough = finished.compactMap { month in
            VisitOutcomes.share(month, context).map { (month, $0) }
        }.filter { $0.1.trials >= context.minimumN }
        charted = enough.map(\.0)
        chart = enough.count >= VisitOutcomes.leastForRange ? LaneyChart.of(enough.map(\.1)).value : nil
    }

    /// Sales before their export begins are unknown: visits before it would seem to sell nothing. A first row some
    /// days after the first visit is no gap, for not every day has a sale.
    private static func isCovered(_ month: Month, _ context: ReportContext) -> Bool {
        guard let first = context.audits(.sales).compactMap(\.firstDay).min() else { return false }
        let visits = context.audits(.serviceVisits).compactMap(\.firstDay).min() ?? month.firstDay
        return first - max(month.firstDay, visits) <= 7
    }

    private static func young(_ month: Month, _ context: ReportContext, earlier: KaplanMeier?) -> Young {
        let visits = context.count(.visits, "visits", context.at(month)) ?? 0
        var young = Young(month: month, visits: visits)
        guard let tally = context.tally(.visits, context.at(month)) else { return young }
        let days = ServiceToSales.days(tally)
        let curve = ConversionCurve(
            toSale: days.toSale, watched: days.watched, windowDays: context.settings.conversion.windowDays,
            minimumN: context.minimumN)
        guard let age = curve.latestDay, case .known(let share, let limits, _) = curve.share(by: age) else { return young }
        young.figure = Young.Figure(
            age: age, share: share, limits: limits,
            earlier: earlier?.share(by: Int64(age))?.estimate)
        return young
    }

    /// Of the month's visits (or customers) those that bought, whether or not the month is finished.
    private static func share(_ month: Month, _ context: ReportContext) -> Proportion? {
        let unit = context.settings.conversion.denominator.rawValue
        guard let trials = context.count(.visits, unit, context.at(month)),
            let bought = context.count(.visits, "converted", context.at(month)), bought <= trials
        else { return nil }
        return Proportion(successes: bought, trials: trials)
    }

    func share(_ month: Month) -> Proportion? { VisitOutcomes.share(month, context) }

    /// `visits`, `customers` or `households`.
    var unit: String {
        switch context.settings.conversion.denominator {
        case .visits: say("visits")
        case .customers: say("customers")
        case .households: say("households")
        }
    }
    var windowDays: Int { context.settings.conversion.windowDays }
    var newest: Month? { finished.last }
    /// The end of this day finishes the oldest month that is too new.
    var nextFinished: (month: Month, day: Day)? {
        young.first.map { ($0.month, $0.month.lastDay + windowDays) }
    }

    var standing: Standing {
        guard let newest, let share = share(newest), share.trials >= context.minimumN else { return .tooFew }
        guard let chart, charted.last == newest, let signals = chart.signals.last else { return .noRange }
        guard let outside = signals.first(where: { $0.rule == .outside }) else { return .inside }
        return outside.direction == .up ? .above : .below
    }

    /// The newest finished month against the one before it; nil where either has too few.
    var change: (before: Month, difference: NewcombeDifference)? {
        guard charted.count >= 2, let newest, charted.last == newest, let now = share(newest),
            let earlier = share(charted[charted.count - 2])
        else { return nil }
        return (charted[charted.count - 2], NewcombeDifference(first: now, second: earlier))
    }
}
