import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Service customers whom sales knows, month by month.
struct MatchPanelOverMonths {
    let context: ReportContext

    private func share(_ month: Month) -> Proportion? {
        context.pair(.customerMatch, of: "service_customers", "matched", month)
    }

    var now: Proportion? { share(context.month) }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = "Service customers found in the CRM, %. Line: likely range"
        let months = Array(context.months.drop { share($0) == nil })
        guard !months.isEmpty else {
            return Block(
                "Whether sales knows service customers is not known", sub: sub,
                plate: NoticePlate(
                    "Export customers of DMS and CRM as exports/customers.csv, each with its system, and leads.",
                    isMissing: true))
        }
        for month in months {
            guard let share = share(month), share.trials >= context.minimumN else { continue }
            ledger.note(
                page: page, context.figure("MATCH-01", month), "service customers whom sales knows, \(Words.month(month))", share)
        }
        let target = context.settings.targets.matchRatePermille.map { Double($0) / 1000 }
        return Block(
            finding(target), sub: sub,
            plate: SharesByMonth.plate(context, "Service customers found in the CRM", months, target: target, share: share))
    }

    private func finding(_ target: Double?) -> String {
        guard let now, now.trials >= context.minimumN, let value = now.estimate, let limits = now.wilson() else {
            return "Do sales and service see the same customer?"
        }
        let words = "Sales knows \(Words.share(value)) of the service customers"
        guard let target, limits.upper < target else { return words }
        return "\(words), target \(Words.share(target))"
    }
}

/// Visits whose customer was in the CRM soon after, month by month.
struct CapturePanel {
    let context: ReportContext
    private var hours: Int { context.settings.conversion.captureHours }

    private func count(_ column: String, _ month: Month) -> Int {
        context.count(.customerMatch, column, context.at(month)) ?? 0
    }

    /// Nil: nothing due, or of some customers nobody knows since when the CRM knows them.
    private func share(_ month: Month) -> Proportion? {
        count("undated", month) > 0 ? nil : context.pair(.customerMatch, of: "due", "captured", month)
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = "Visits whose customer was in the CRM within \(Words.counted(hours, "hour", "hours")), %"
        let months = Array(context.months.drop { share($0) == nil })
        guard !months.isEmpty else { return unknown(sub) }
        for month in months {
            guard let share = share(month), share.trials >= context.minimumN else { continue }
            ledger.note(page: page, context.figure("MATCH-02", month), "visits captured, \(Words.month(month))", share)
        }
        return Block(
            finding, sub: "\(sub). Line: likely range",
            plate: SharesByMonth.plate(context, "Visits captured", months, target: nil, share: share))
    }

    private var finding: String {
        guard let now = share(context.month), now.trials >= context.minimumN, let value = now.estimate else {
            return "Captured soon after the visit"
        }
        return "\(Words.share(value)) of the visits are captured in time"
    }

    /// Where the CRM does not say since when: between which shares it lies.
    private func unknown(_ sub: String) -> Block {
        let month = context.month
        let due = count("due", month)
        let captured = count("captured", month)
        let undated = count("undated", month)
        guard due >= context.minimumN, undated > 0 else {
            return Block(
                "Whether visits are captured is not known", sub: sub,
                plate: NoticePlate("Export leads of the CRM as exports/leads.csv.", isMissing: !context.header.has(.leads)))
        }
        let least = Words.shareNumber(Double(captured) / Double(due))
        let most = Words.share(Double(captured + undated) / Double(due))
        return Block(
            "Captured in time: between \(least) and \(most)", sub: sub,
            note: RichText(
                marked: "The CRM does not say since when it knows \(Words.counted(undated, "customer", "customers")): "
                    + "export **created_at** with its customers."),
            plate: ShareBarPlate(
                title: "",
                parts: [
                    .init("in time", Double(captured), Words.count(captured), .strong),
                    .init("since when is not said", Double(undated), Words.count(undated), .soft),
                    .init("not in time", Double(due - captured - undated), Words.count(due - captured - undated), .pale),
                ]))
    }
}

/// A share over the report's months.
enum SharesByMonth {
    static func plate(
        _ context: ReportContext, _ subject: String, _ months: [Month], target: Double?, share: (Month) -> Proportion?
    ) -> LinePlate {
        let readings = months.map { month -> Reading in
            guard let share = share(month) else { return .missing("not known") }
            guard share.trials >= context.minimumN, let value = share.estimate, let limits = share.wilson() else {
                return .tooFew(Words.tooFew(share.trials, of: context.minimumN))
            }
            return .value(value * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100))
        }
        let last = months.last.flatMap(share).flatMap { $0.trials >= context.minimumN ? $0.estimate : nil }
        return LinePlate(
            subject: subject, periods: MonthTicks.periods(months),
            series: [
                .init(
                    subject, readings, look: .muted, lastLabel: last.map { .good(Words.share($0)) }, emphasiseLast: last != nil)
            ], target: target.map { ReferenceLine($0 * 100, "target \(Words.share($0))") }, unit: " %")
    }
}

extension ReportContext {
    /// So many of so many of a month; nil: there are none.
    func pair(_ table: ReportTable, of all: String, _ part: String, _ month: Month) -> Proportion? {
        guard let trials = count(table, all, at(month)), trials > 0, let successes = count(table, part, at(month)),
            successes <= trials
        else { return nil }
        return Proportion(successes: successes, trials: trials)
    }
}
