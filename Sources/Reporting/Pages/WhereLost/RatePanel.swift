import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Which share of each month's visits bought: finished months with what is usual, young ones hollow.
struct RatePanel {
    let outcomes: VisitOutcomes
    private var context: ReportContext { outcomes.context }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        note(page: page, &ledger)
        let sub = say("""
            \(subject) that bought within \(outcomes.windowDays) days, %. \
            Line: likely range
            """) + (outcomes.young.isEmpty ? "" : say(". Hollow: too new"))
        return Block(finding, sub: sub, note: usualNote, plate: plate)
    }

    private var subject: String {
        switch context.settings.conversion.denominator {
        case .visits: say("Visits")
        case .customers: say("Service customers")
        case .households: say("Service customers’ households")
        }
    }

    private var finding: String {
        if !context.header.has(.sales) { return say("No sales exported: which visits bought is not known") }
        guard let newest = outcomes.newest, let share = outcomes.share(newest) else {
            return outcomes.nextFinished.map {
                say("\(Words.monthName($0.month)) is finished on \(Words.dayAndYear($0.day))")
            } ?? say("No month is finished yet")
        }
        let name = Words.monthName(newest)
        let soFar = outcomes.chart?.provisional == true ? say(" so far", context: "a month") : ""
        switch outcomes.standing {
        case .tooFew:
            return say("\(name): \(Words.counted(share.trials, "visit", "visits")), \(Words.count(context.minimumN)) needed")
        case .noRange:
            return say("\(name): \(Words.share(share.estimate ?? 0, decimals: 1)) of \(Words.count(share.trials)) \(outcomes.unit) bought")
        case .inside: return say("\(name) is inside the usual range\(soFar)")
        case .above: return say("\(name) is above the usual range\(soFar)")
        case .below: return say("\(name) is below the usual range\(soFar)")
        }
    }

    private var months: [Month] {
        guard let first = outcomes.finished.first ?? outcomes.young.first?.month else { return [] }
        let last = outcomes.young.last?.month ?? outcomes.finished.last ?? first
        return (0...(last - first)).map { first + $0 }
    }

    /// Where a month stands. From the newest finished one on each is followed by an empty place, for its label.
    private func place(_ month: Month, from first: Month) -> Int {
        guard let newest = outcomes.newest else { return (month - first) * 2 }
        return month <= newest ? month - first : newest - first + (month - newest) * 2
    }

    private var plate: any Plate {
        let months = self.months
        guard let first = months.first else {
            return context.header.has(.sales)
                ? NoticePlate(say("No month has both visits and sales on record."))
                : NoticePlate(say("Export deals of the DMS as exports/sales.csv: one row a deal."), isMissing: true)
        }
        let readings = months.prefix { $0 <= (outcomes.newest ?? first + -1) }.map(reading)
        let isEmphasised = readings.last?.number != nil
        let last = outcomes.newest.flatMap { outcomes.share($0)?.estimate }.map { Words.share($0, decimals: 1) }
        let series = LinePlate.Series(
            say("finished months"), Array(readings), look: .muted, lastLabel: isEmphasised ? last.map { .good($0) } : nil,
            emphasiseLast: isEmphasised)
        let hollow = outcomes.young.compactMap { young -> LinePlate.TooNew? in
            guard let figure = young.figure else { return nil }
            return LinePlate.TooNew(
                period: place(young.month, from: first),
                .value(figure.share * 100, likely: LikelyRange(figure.limits.lower * 100, figure.limits.upper * 100)),
                earlier: figure.earlier.map { $0 * 100 }, label: say("day \(figure.age)"),
                value: Words.share(figure.share, decimals: 1))
        }
        return LinePlate(
            subject: say("Visits that bought, by month"), periods: periods(months), series: readings.isEmpty ? [] : [series],
            usual: usual(first), tooNew: hollow, fromZero: true, unit: " %",
            caption: caption(hollow)
        ).marked(with: context.effortRecords, of: EffortMarks.sales, from: first)
    }

    private func caption(_ hollow: [LinePlate.TooNew]) -> String {
        guard !hollow.isEmpty else { return "" }
        let hasEarlier = hollow.contains { $0.earlier != nil }
        return hasEarlier ? say("short bar: earlier months at that age") : say("too new: days not over")
    }

    private func reading(_ month: Month) -> Reading {
        guard let share = outcomes.share(month), outcomes.finished.contains(month) else { return .tooFew(say("no visits")) }
        guard share.trials >= context.minimumN, let value = share.estimate, let limits = share.wilson() else {
            return .tooFew(Words.tooFew(share.trials, of: context.minimumN))
        }
        return .value(value * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100))
    }

    /// A label each quarter, and the months in question; the year under the first and under each January's quarter.
    private func periods(_ months: [Month]) -> [LinePlate.Period] {
        let young = Set(outcomes.young.map(\.month))
        var year: Int?
        var periods: [LinePlate.Period] = []
        for (index, month) in months.enumerated() {
            let isNewest = month == outcomes.newest
            let isQuarter = index % 3 == 0
            let isAfter = month > (outcomes.newest ?? Month(number: .min))
            let showsYear = (isQuarter || isAfter) && month.year != year
            if showsYear { year = month.year }
            let isNamed = isNewest || isQuarter || young.contains(month)
            periods.append(
                LinePlate.Period(
                    isNamed ? Words.shortMonth(month) : "", sub: showsYear ? String(month.year) : "", bold: isNewest))
            if isAfter || isNewest, index < months.count - 1 { periods.append(LinePlate.Period("")) }
        }
        return periods
    }

    /// Each month has its own limits, for its own number of visits.
    private func usual(_ first: Month) -> [LinePlate.UsualRange] {
        guard let chart = outcomes.chart else { return [] }
        var ranges: [LinePlate.UsualRange] = []
        for (index, month) in outcomes.charted.enumerated() {
            let range = LinePlate.UsualRange(
                from: month - first, to: month - first, lower: chart.lower[index] * 100, centre: chart.centre * 100,
                upper: chart.upper[index] * 100, provisional: chart.provisional)
            // Limits that print alike are drawn as one stretch.
            if let last = ranges.last, last.to + 1 == range.from, last.lower.shown(1) == range.lower.shown(1),
                last.upper.shown(1) == range.upper.shown(1) {
                ranges[ranges.count - 1].to = range.to
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    private var usualNote: RichText {
        guard let chart = outcomes.chart, let month = outcomes.charted.last, let lower = chart.lower.last,
            let upper = chart.upper.last
        else {
            guard outcomes.newest != nil else { return "" }
            return RichText(
                say("No usual range yet: \(outcomes.charted.count) of \(VisitOutcomes.leastForRange) finished months with enough visits."))
        }
        let firm = chart.provisional ? say(". Not firm before \(ProcessChart.settledCount) months.") : "."
        return RichText(
            say("""
                Band: usual range, for \(Words.monthName(month)) \((lower * 100).shown(1)) to \((upper * 100).shown(1)) %, \
                average \((chart.centre * 100).shown(1)) %\(firm)
                """))
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        for month in outcomes.finished {
            guard let share = outcomes.share(month), share.trials >= context.minimumN else { continue }
            ledger.note(
                page: page, context.figure("S2S-02", month), "\(outcomes.unit) of \(Words.month(month)) that bought", share)
        }
        for young in outcomes.young {
            guard let figure = young.figure else { continue }
            ledger.note(
                page: page, context.figure("S2S-03", young.month),
                "\(outcomes.unit) of \(Words.month(young.month)) that bought by day \(figure.age)",
                estimate: figure.share.fixed(6), lower: figure.limits.lower.fixed(6), upper: figure.limits.upper.fixed(6),
                n: young.visits, method: "Kaplan–Meier, \(figure.limits.method)")
        }
    }
}
