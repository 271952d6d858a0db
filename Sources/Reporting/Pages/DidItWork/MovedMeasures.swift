import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// The figures that a change effort would most likely aim at, over the months: those that the exports have.
struct MovedMeasures {
    let context: ReportContext
    private let page: Int

    static let most = 3

    init(_ context: ReportContext, page: Int) {
        self.context = context
        self.page = page
    }

    /// The first three that have a figure in any month; a figure is noted when it is drawn.
    func panels(_ ledger: inout FigureLedger) -> [MovedPanel] {
        var panels: [MovedPanel] = []
        let candidates = [answered, sales, bought, lost, half, conversations]
        for candidate in candidates where panels.count < MovedMeasures.most {
            var noted = ledger
            guard let panel = candidate(&noted), panel.standing != .missing else { continue }
            panels.append(panel)
            ledger = noted
        }
        return panels
    }

    /// Half a month's count is no month's.
    private var wholeMonths: [Month] { context.months.filter { $0.lastDay <= context.header.asOfDay } }

    private func answered(_ ledger: inout FigureLedger) -> MovedPanel? {
        var last = ""
        let figures = context.months.map { month -> MovedPanel.Figure in
            guard let share = context.answeredInTime(.responses, context.at(month)), share.trials > 0 else {
                return .missing(say("nothing to judge"))
            }
            guard share.trials >= context.minimumN else { return .tooFew(Words.tooFew(share.trials, of: context.minimumN)) }
            ledger.note(page: page, context.figure("RESP-02", month), "answered in time, \(Words.month(month))", share)
            last = Words.share(share.estimate ?? 0)
            return .share(share)
        }
        return MovedPanel(
            title: say("Answered in time"), name: say("answered in time"), sub: say("All channels, % by month"), months: context.months,
            figures: figures, unit: " %", lastLabel: last)
    }

    private func sales(_ ledger: inout FigureLedger) -> MovedPanel? {
        guard let first = context.audits(.sales).compactMap(\.firstDay).min() else { return nil }
        var last = ""
        let figures = wholeMonths.map { month -> MovedPanel.Figure in
            guard first <= month.firstDay + 7, let sales = context.count(.sales, "sales", context.at(month)) else {
                return .missing(say("no deals exported"))
            }
            ledger.note(page: page, context.figure("S2S-01", month), "sales from service, \(Words.month(month))", count: sales)
            last = Words.count(sales)
            return .value(Double(sales))
        }
        return MovedPanel(
            title: say("Sales from service"), name: say("sales from service"), sub: say("Credited deals by month of sale"),
            months: wholeMonths, figures: figures, lastLabel: last)
    }

    /// Finished months only: a young month is no figure to judge by.
    private func bought(_ ledger: inout FigureLedger) -> MovedPanel? {
        let outcomes = VisitOutcomes(context)
        var last = ""
        let figures = outcomes.finished.map { month -> MovedPanel.Figure in
            guard let share = outcomes.share(month), share.trials >= context.minimumN else { return .tooFew(say("too few visits")) }
            ledger.note(page: page, context.figure("S2S-02", month), "visits of \(Words.month(month)) that bought", share)
            last = Words.share(share.estimate ?? 0, decimals: 1)
            return .share(share)
        }
        return MovedPanel(
            title: say("Visits that bought"), name: say("visits that bought"),
            sub: say("Finished months, within \(outcomes.windowDays) days, % by month of visit"), months: outcomes.finished,
            figures: figures, unit: " %", lastLabel: last)
    }

    /// A month without an outage lost no hours, once the log has begun.
    private func lost(_ ledger: inout FigureLedger) -> MovedPanel? {
        guard let first = context.audits(.outages).compactMap(\.firstDay).min() else { return nil }
        var last = ""
        let figures = wholeMonths.map { month -> MovedPanel.Figure in
            if month < first.month { return .missing(say("before the log")) }
            let seconds = context.count(.outages, "open_seconds_down", context.at(month)) ?? 0
            ledger.note(
                page: page, context.figure("OUT-03", month), "open seconds lost, \(Words.month(month))", count: seconds)
            last = Words.duration(Int64(seconds))
            return .value(Double(seconds) / 3_600)
        }
        return MovedPanel(
            title: say("Hours lost"), name: say("hours lost to outages"), sub: say("Open hours with a system down, by month"),
            months: wholeMonths, figures: figures, unit: " h", lastLabel: last)
    }

    private func half(_ ledger: inout FigureLedger) -> MovedPanel? {
        let cells = context.months.map { month -> (month: Month, seconds: Int64?, n: Int) in
            let n = context.count(.responses, "conversations", context.at(month)) ?? 0
            guard n >= context.minimumN, case .seconds(let seconds) = context.cell(.responses, "p50", context.at(month)) else {
                return (month, nil, n)
            }
            return (month, seconds, n)
        }
        let inHours = (cells.compactMap(\.seconds).max() ?? 0) > 5 * 3_600
        var last = ""
        let figures = cells.map { cell -> MovedPanel.Figure in
            guard let seconds = cell.seconds else {
                return cell.n == 0 ? .missing(say("no conversation")) : .tooFew(Words.tooFew(cell.n, of: context.minimumN))
            }
            ledger.note(
                page: page, context.figure("RESP-07", cell.month), "half answered within, \(Words.month(cell.month))",
                .seconds(seconds), n: cell.n, method: "Kaplan–Meier")
            last = Words.duration(seconds)
            return .value(Double(seconds) / (inHours ? 3_600 : 60))
        }
        return MovedPanel(
            title: say("Typical wait"), name: say("the typical wait"),
            sub: say("Time within which half were answered by a person"), months: context.months, figures: figures,
            unit: inHours ? " h" : say(" min"), lastLabel: last)
    }

    private func conversations(_ ledger: inout FigureLedger) -> MovedPanel? {
        var last = ""
        let figures = wholeMonths.map { month -> MovedPanel.Figure in
            guard let count = context.count(.responses, "conversations", context.at(month)), count > 0 else {
                return .missing(say("none exported"))
            }
            ledger.note(page: page, context.figure("VOL-01", month), "conversations, \(Words.month(month))", count: count)
            last = Words.count(count)
            return .value(Double(count))
        }
        return MovedPanel(
            title: say("Conversations"), name: say("conversations", context: "figure"), sub: say("Begun by customers, by month"), months: wholeMonths,
            figures: figures, lastLabel: last)
    }
}
