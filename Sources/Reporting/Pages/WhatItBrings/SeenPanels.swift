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
        let sub = say("Service customers found in the CRM, %. Line: likely range")
        let months = Array(context.months.drop { share($0) == nil })
        guard !months.isEmpty else {
            return Block(
                say("Whether sales knows service customers is not known"), sub: sub,
                plate: NoticePlate(
                    say("Export customers of DMS and CRM as exports/customers.csv, each with its system, and leads."),
                    isMissing: true))
        }
        for month in months {
            guard let share = share(month), share.trials >= context.minimumN else { continue }
            ledger.note(
                page: page, context.figure("MATCH-01", month), "service customers whom sales knows, \(Words.month(month))", share)
        }
        let target = context.settings.targets.matchRatePermille.map { Double($0) / 1000 }
        return Block(
            finding(target), sub: sub, note: note(page: page, &ledger),
            plate: SharesByMonth.plate(
                context, say("Service customers found in the CRM"), months, target: target, share: share))
    }

    private func note(page: Int, _ ledger: inout FigureLedger) -> RichText {
        let known = now.map {
            say(
                $0.trials, "\(Words.count($0.successes)) of \(Words.count($0.trials)) customer. ",
                "\(Words.count($0.successes)) of \(Words.count($0.trials)) customers. ")
        } ?? ""
        return RichText(marked: known + (Capture(context: context).words(page: page, ledger: &ledger) ?? ""))
    }

    private func finding(_ target: Double?) -> String {
        guard let now, now.trials >= context.minimumN, let value = now.estimate, let limits = now.wilson() else {
            return say("Do sales and service see the same customer?")
        }
        let words = say("Sales knows \(Words.share(value)) of the service customers")
        guard let target, limits.upper < target else { return words }
        return say("\(words), target \(Words.share(target))")
    }
}

/// Visits whose customer was in the CRM soon after.
struct Capture {
    let context: ReportContext

    private func count(_ column: String) -> Int { context.count(.customerMatch, column, context.at(context.month)) ?? 0 }

    /// In a sentence, marked; nil: nothing is due. Where the CRM does not say since when, between which shares it lies.
    func words(page: Int, ledger: inout FigureLedger) -> String? {
        let (due, captured, undated) = (count("due"), count("captured"), count("undated"))
        guard due >= context.minimumN, captured + undated <= due else { return nil }
        var hours: String {
            Words.counted(context.settings.conversion.captureHours, "hour", "hours", context: "within")
        }
        guard undated > 0 else {
            let share = Proportion(successes: captured, trials: due)
            ledger.note(page: page, context.figure("MATCH-02", context.month), "visits captured within \(hours)", share)
            let limits = share.wilson().map { " (\(Words.likely($0.lower, $0.upper)))" } ?? ""
            return say("Within \(hours) of the visit: **\(Words.share(share.estimate ?? 0))**\(limits).")
        }
        let least = Words.shareNumber(Double(captured) / Double(due))
        let most = Words.share(Double(captured + undated) / Double(due))
        return say("""
            Within \(hours) of the visit: **between \(least) and \(most)**. Of \(Words.count(undated)) the CRM does not \
            say since when: export created_at.
            """)
    }
}

/// A share over the report's months.
enum SharesByMonth {
    static func plate(
        _ context: ReportContext, _ subject: String, _ months: [Month], target: Double?, share: (Month) -> Proportion?
    ) -> LinePlate {
        let readings = months.map { month -> Reading in
            guard let share = share(month) else { return .missing(say("not known")) }
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
            ], target: target.map { ReferenceLine($0 * 100, say("target \(Words.share($0))")) }, unit: " %"
        ).marked(with: context.effortRecords, of: EffortMarks.seen, from: months.first)
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
