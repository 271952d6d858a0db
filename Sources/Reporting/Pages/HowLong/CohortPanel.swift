import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Months of visits by days since: which share had bought by then.
struct CohortPanel {
    let outcomes: VisitOutcomes
    private var context: ReportContext { outcomes.context }

    /// Finished and young months, oldest first.
    private var months: [Month] { Array((outcomes.finished + outcomes.young.map(\.month)).suffix(CohortPanel.most)) }
    private static let most = 13

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = outcomes.told(
            visits: say("Visits that had bought by the day, %, by month of visit"),
            customers: say("Customers that had bought by the day, %, by month of visit"),
            households: say("Households that had bought by the day, %, by month of visit"))
            + (outcomes.young.isEmpty ? "" : say(". Hollow: too new"))
        guard !months.isEmpty else {
            return Block(say("No month has both visits and sales"), sub: sub, plate: ParagraphPlate(""))
        }
        let days = SaleDays.named(outcomes.windowDays)
        let shares = months.map { SaleDays(context.tally(.visits, context.at($0)), context) }
        let bounds = bounds(shares, days)
        let rows = zip(months, shares).map { month, known in row(month, known, days, bounds) }
        note(page: page, shares, days, &ledger)
        return Block(
            finding, sub: sub,
            plate: CohortPlate(
                subject: sub, times: days.map { say("day \($0)") }, rows: rows,
                columns: [ConversionWords.title(context.settings.conversion.denominator)],
                toneTitle: say("% bought"), tones: CohortPanel.classes(bounds),
                youngTitle: outcomes.young.isEmpty ? "" : say("too new"),
                rowHeight: 17))
    }

    private func note(page: Int, _ shares: [SaleDays], _ named: [Int], _ ledger: inout FigureLedger) {
        for (month, days) in zip(months, shares) {
            for day in named {
                guard let share = days.share(by: day) else { continue }
                ledger.note(
                    page: page, context.figure("COH-01", month, [.since: Cohorts.label(day)]),
                    "\(outcomes.unit) of \(Words.month(month)) that had bought by day \(day)", estimate: share.estimate.fixed(6),
                    lower: share.limits.lower.fixed(6), upper: share.limits.upper.fixed(6), n: days.followed,
                    method: "Kaplan–Meier, \(share.limits.method)")
            }
        }
    }

    private var finding: String {
        let ends = months.filter(outcomes.finished.contains).compactMap { outcomes.share($0) }
            .filter { $0.trials >= context.minimumN }.compactMap(\.estimate)
        guard ends.count > 1, let least = ends.min(), let most = ends.max() else {
            return say("Each month as it grows")
        }
        return say(
            "Finished months ended between \(Words.shareNumber(least, decimals: 1)) and \(Words.share(most, decimals: 1))"
        )
    }

    /// Round bounds that divide what is shown into four classes, each with about as many cells.
    private func bounds(_ shares: [SaleDays], _ days: [Int]) -> [Double] {
        let known = zip(months, shares).filter { outcomes.finished.contains($0.0) && $0.1.followed >= context.minimumN }
            .flatMap { item in days.compactMap { item.1.share(by: $0)?.estimate } }.sorted()
        guard let most = known.last, most > 0, known.count >= 4 else { return [] }
        // Where months are alike, finer bounds than would look best.
        for step in [most > 0.08 ? 0.01 : 0.005, 0.001] {
            var bounds: [Double] = []
            for quarter in 1...3 {
                let bound = (known[known.count * quarter / 4] / step).rounded() * step
                if bound > (bounds.last ?? 0) + step / 2 { bounds.append(bound) }
            }
            if bounds.count == 3 { return bounds }
        }
        return []
    }

    private static func classes(_ bounds: [Double]) -> [String] {
        guard bounds.count == 3 else { return [] }
        let texts = bounds.map { ($0 * 100).shown($0 * 100 == ($0 * 100).rounded() ? 0 : 1) }
        return [
            say("under \(texts[0])"), say("\(texts[0]) to \(texts[1])"), say("\(texts[1]) to \(texts[2])"),
            say("\(texts[2]) and over"),
        ]
    }

    private func row(_ month: Month, _ days: SaleDays, _ named: [Int], _ bounds: [Double]) -> CohortPlate.Row {
        let cells = named.map { day -> CohortPlate.Cell in
            switch days.curve.share(by: day) {
            case .tooFew: return .tooFew(say("too few"))
            case .tooNew: return days.watched(day) == 0 ? .ahead : .tooFew(say("too few"))
            case .known(let share, _, let isComplete):
                let text = Words.shareNumber(share, decimals: 1)
                return isComplete ? .share(text, tone: bounds.count { share >= $0 }) : .young(text)
            }
        }
        let isFirst = month == months.first || month.monthOfYear == 1
        return CohortPlate.Row(
            isFirst ? Words.monthAndYear(month) : Words.shortMonth(month), cells: cells,
            totals: [Label(Words.count(days.followed))], emphasised: month == outcomes.newest)
    }
}

/// Months too new to judge, each against the finished months at the same day.
struct YoungMonthsPanel {
    let outcomes: VisitOutcomes
    private var context: ReportContext { outcomes.context }

    private enum Standing { case alike, ahead, behind }

    private func standing(_ figure: VisitOutcomes.Young.Figure) -> Standing {
        guard let earlier = figure.earlier, !figure.limits.contains(earlier) else { return .alike }
        return figure.share > earlier ? .ahead : .behind
    }

    private func verdict(_ figure: VisitOutcomes.Young.Figure) -> String {
        switch standing(figure) {
        case .alike: say("no clear difference")
        case .ahead: say("ahead of earlier months")
        case .behind: say("behind earlier months")
        }
    }

    private func sentence(_ month: Month, _ figure: VisitOutcomes.Young.Figure) -> String {
        let name = Words.monthName(month)
        return standing(figure) == .ahead
            ? say("\(name) is ahead of earlier months at day \(figure.age).")
            : say("\(name) is behind earlier months at day \(figure.age).")
    }

    private var known: [(month: Month, figure: VisitOutcomes.Young.Figure)] {
        outcomes.young.compactMap { young in young.figure.map { (young.month, $0) } }
    }

    /// For the page's second line; nil: nothing to say.
    var words: String? {
        let judged = known.filter { $0.figure.earlier != nil }
        guard !judged.isEmpty else { return nil }
        let apart = judged.filter { standing($0.figure) != .alike }
        if apart.isEmpty {
            let names = Words.list(judged.map { Words.monthName($0.month) })
            return say(
                judged.count, "So far \(names) keeps pace with earlier months.",
                "So far \(names) keep pace with earlier months.")
        }
        return apart.map { sentence($0.month, $0.figure) }.joined(separator: " ")
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let needed = Words.count(context.minimumN)
        let sub = outcomes.told(
            visits: say("By the last day that \(needed) visits have reached, %. Line: likely range"),
            customers: say("By the last day that \(needed) customers have reached, %. Line: likely range"),
            households: say("By the last day that \(needed) households have reached, %. Line: likely range"))
        guard !outcomes.young.isEmpty else {
            return Block(say("No month is too new"), sub: say("Every month’s days are over"), plate: ParagraphPlate(""))
        }
        for young in known {
            ledger.note(
                page: page, context.figure("S2S-03", young.month),
                "visits of \(Words.month(young.month)) that bought by day \(young.figure.age)",
                estimate: young.figure.share.fixed(6), lower: young.figure.limits.lower.fixed(6),
                upper: young.figure.limits.upper.fixed(6),
                n: outcomes.young.first { $0.month == young.month }?.visits, method: "Kaplan–Meier, \(young.figure.limits.method)")
        }
        let groups = outcomes.young.map { young -> IntervalsPlate.Group in
            guard let figure = young.figure else {
                return IntervalsPlate.Group(
                    Words.capitalised(Words.month(young.month)),
                    rows: [
                        .init(
                            say("So far"), .tooFew(Words.tooFew(young.visits, of: context.minimumN)), value: "–",
                            tone: .text)
                    ])
            }
            var rows = [
                IntervalsPlate.Row(
                    say("So far"),
                    .value(
                        figure.share * 100, likely: LikelyRange(figure.limits.lower * 100, figure.limits.upper * 100)),
                    value: Label(Words.share(figure.share, decimals: 1), bold: true), hollow: true)
            ]
            if let earlier = figure.earlier {
                rows.append(
                    IntervalsPlate.Row(
                        say("Earlier months"), .value(earlier * 100), value: Label(Words.share(earlier, decimals: 1)),
                        tone: .text))
            }
            return IntervalsPlate.Group(
                say("\(Words.capitalised(Words.month(young.month))), by day \(figure.age)"),
                verdict: figure.earlier == nil ? "" : Label(verdict(figure), .text), rows: rows)
        }
        return Block(
            finding, sub: sub,
            plate: IntervalsPlate(
                subject: say("Months too new to judge"), groups: groups, fromZero: true, unit: " %", rowHeight: 17))
    }

    private var finding: String {
        let judged = known.filter { $0.figure.earlier != nil }
        guard !judged.isEmpty else { return say("Young months: nothing to compare with yet") }
        let apart = judged.filter { standing($0.figure) != .alike }
        let names = Words.list(apart.map { Words.monthName($0.month) })
        return apart.isEmpty
            ? say("Young months keep pace so far")
            : say(apart.count, "\(names) stands apart so far", "\(names) stand apart so far")
    }
}
