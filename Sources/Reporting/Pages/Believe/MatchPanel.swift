import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Service customers who are also found in the CRM: by month, and how they were found.
struct MatchPanel {
    let context: ReportContext
    /// By month of the report, oldest first; nil: nothing to match.
    let shares: [Proportion?]

    init(_ context: ReportContext) {
        self.context = context
        shares = context.months.map { month in
            guard let trials = context.count(.matches, "service_customers", context.at(month)), trials > 0,
                let found = context.count(.matches, "matched", context.at(month)), found <= trials
            else { return nil }
            return Proportion(successes: found, trials: trials)
        }
    }

    private var goal: Double? { context.settings.targets.matchRatePermille.map { Double($0) / 1000 } }
    var current: Proportion? { shares.last ?? nil }
    private var sub: String { say("Match rate by month. Line: likely range") }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard context.header.has(.serviceVisits), shares.contains(where: { $0 != nil }) else { return notice }
        for (month, share) in zip(context.months, shares) {
            guard let share, share.trials >= context.minimumN else { continue }
            ledger.note(
                page: page, context.figure("DATA-02", month), "service customers of \(Words.month(month)) found in the CRM",
                share)
        }
        return Block(finding, sub: sub, signal: standing == .below, plate: plate)
    }

    private var notice: Block {
        let need = !context.header.has(.serviceVisits)
            ? say("Export repair orders as exports/service_visits.csv and the CRM’s leads or customers.")
            : say("""
                Export the CRM’s leads or customers, with phone and e-mail: without them nobody knows which service \
                customer is a prospect.
                """)
        return Block(
            say("Service customers in the CRM: not known"), sub: say("Match rate by month"),
            plate: NoticePlate(RichText(need), isMissing: true, showsFrame: false))
    }

    enum Standing { case unknown, tooFew, noGoal, below, onTarget, unclear }

    var standing: Standing {
        guard let current else { return .unknown }
        guard current.trials >= context.minimumN, let limits = current.wilson(), let estimate = current.estimate else {
            return .tooFew
        }
        guard let goal else { return .noGoal }
        return limits.upper < goal ? .below : estimate >= goal ? .onTarget : .unclear
    }

    private var finding: String {
        let month = Words.monthName(context.month)
        guard let current, let estimate = current.estimate else { return say("No service customer in \(month)") }
        if standing == .tooFew {
            return "\(Words.capitalised(month)): \(Words.tooFew(current.trials, of: context.minimumN))"
        }
        let share = Words.share(estimate)
        guard let goal, standing == .below else { return say("\(share) of service customers in the CRM") }
        return say("\(share) of customers in the CRM, target \(Words.share(goal))")
    }

    private var plate: any Plate {
        let readings = shares.map { share -> Reading in
            guard let share, let value = share.estimate, let limits = share.wilson() else { return .missing(say("no visits")) }
            guard share.trials >= context.minimumN else {
                return .tooFew(Words.tooFew(share.trials, of: context.minimumN))
            }
            return .value(value * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100))
        }
        var parts: [any Plate] = []
        if readings.contains(where: { $0.number != nil }) {
            let last = readings.last?.number == nil ? nil : current?.estimate.map { Words.share($0) }
            let tone: Tone = standing == .below ? .bad : .good
            parts.append(
                LinePlate(
                    subject: say("Service customers found in the CRM, by month"),
                    periods: MonthTicks.periods(context.months, bold: false),
                    series: [
                        LinePlate.Series(
                            say("found in the CRM"), readings,
                            lastLabel: last.map { Label($0, tone, bold: true, cue: tone == .bad ? .down : nil) },
                            emphasiseLast: last != nil)
                    ],
                    target: goal.map { ReferenceLine($0 * 100, say("target \(Words.share($0))"), dashed: true) },
                    unit: " %"
                ).marked(with: context.effortRecords, of: ["customer-match"], from: context.months.first))
        }
        if let links { parts.append(links) }
        return StackPlate(parts: parts)
    }

    private var links: ShareBarPlate? {
        guard let current, current.successes > 0, let tally = context.tally(.matches, context.at(context.month)) else {
            return nil
        }
        let fills: [Fill] = [.strong, .medium, .soft, .pale]
        let found = DataQuality.links(tally).filter { $0.customers > 0 }
        guard !found.isEmpty else { return nil }
        return ShareBarPlate(
            title: say("How the \(Words.count(current.successes)) of \(Words.count(current.trials)) were found"),
            parts: zip(found, fills).map { link, fill in
                ShareBarPlate.Part(link.link.words, Double(link.customers), Words.count(link.customers), fill)
            })
    }
}
