import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Do sales and service see the same customer? Service customers found in the CRM, by month, and how.
struct MatchPanel {
    let context: ReportContext

    private func share(_ month: Month) -> Proportion? {
        guard let tally = context.tally(.matches, context.at(month)),
            case .count(let all) = context.cell(.matches, "service_customers", context.at(month)),
            case .count(let matched) = context.cell(.matches, "matched", context.at(month)), all > 0
        else { return nil }
        _ = tally
        return Proportion(successes: Int(matched), trials: Int(all))
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let shares = context.months.map { ($0, share($0)) }
        guard shares.contains(where: { $0.1 != nil }) else { return missing }
        for (month, share) in shares {
            guard let share else { continue }
            ledger.note(
                page: page, context.figure("DATA-02", month),
                "service customers of \(Words.month(month)) found in the CRM", share)
        }
        let current = share(context.month)
        let chart = line(shares)
        let bar = links(current)
        return Block(
            finding(current), sub: "% of service customers, by month. Line: likely range",
            plate: StackPlate(chart, bar, gap: 10))
    }

    private func finding(_ current: Proportion?) -> String {
        guard let current, let estimate = current.estimate else { return "No service customer in \(Words.monthName(context.month))" }
        if current.trials < context.minimumN { return "Match rate: \(Words.tooFew(current.trials, of: context.minimumN))" }
        return "\(Words.share(estimate)) of customers are in the CRM"
    }

    private func line(_ shares: [(Month, Proportion?)]) -> LinePlate {
        let readings = shares.map { _, share -> Reading in
            guard let share, let estimate = share.estimate, let limits = share.wilson() else { return .missing("no visits") }
            if share.trials < context.minimumN { return .tooFew(Words.tooFew(share.trials, of: context.minimumN)) }
            return .value(estimate * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100))
        }
        let periods = shares.enumerated().map { index, pair -> LinePlate.Period in
            let isLabelled = index == 0 || index == shares.count - 1 || index == shares.count / 2
            return LinePlate.Period(isLabelled ? Words.monthAndYear(pair.0) : "")
        }
        let last = shares.last?.1?.estimate.map { Label.good(Words.share($0)) }
        let target = context.settings.targets.matchRatePermille.map {
            ReferenceLine(Double($0) / 10, "target \(Words.share(Double($0) / 1000))", dashed: true)
        }
        return LinePlate(
            subject: "Service customers found in the CRM", periods: periods,
            series: [LinePlate.Series("match rate", readings, lastLabel: last, emphasiseLast: true)], target: target,
            unit: " %", height: 96)
    }

    private func links(_ current: Proportion?) -> any Plate {
        guard let current, current.successes > 0, let tally = context.tally(.matches, context.at(context.month)) else {
            return ParagraphPlate("Nobody was matched in the month.")
        }
        let fills: [Fill] = [.strong, .medium, .soft, .pale]
        let parts = zip(DataQuality.links(tally), fills).filter { $0.0.customers > 0 }.map { link, fill in
            ShareBarPlate.Part(link.link.words, Double(link.customers), Words.count(link.customers), fill)
        }
        return ShareBarPlate(
            title: "How the \(Words.count(current.successes)) of \(Words.count(current.trials)) were matched", parts: parts)
    }

    private var missing: Block {
        let needs = context.header.has(.serviceVisits) ? "leads.csv, or customers.csv of the CRM" : "service_visits.csv"
        return Block(
            "Nobody can tell whether sales and service see the same customer", sub: "Match rate",
            plate: NoticePlate(RichText(marked: "Export **\(needs)** into exports/."), isMissing: true))
    }
}
