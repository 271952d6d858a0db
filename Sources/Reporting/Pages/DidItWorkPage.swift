import Basis
import Dealership
import Definitions
import Drawing
import Measures
import Statistics

/// Did our changes work? Until change efforts are on file: what moved by itself, and how an effort is set up.
enum DidItWorkPage: ReportPage {
    static func draw(_ context: ReportContext, _ setting: PageSetting, ledger: inout FigureLedger) -> DrawnPage {
        let page = setting.number
        let panels = [
            answered(context, page, &ledger), sales(context, page, &ledger), bought(context, page, &ledger),
        ]
        let headline = "No change effort is judged yet"
        let feet = PageFeet(context: context, setting: setting, tables: [.messages, .conversations, .serviceVisits, .sales])
        var layout = PageLayout(
            format: setting.format, theme: setting.theme, measurer: setting.measurer,
            header: PageHeader(
                question: "\(page)  \(setting.definition.question)", headline: headline, sentence: sentence(panels),
                place: context.place, period: Words.month(context.month)),
            footer: feet.footer(
                first: ["Usual range: where steady months fall (XmR: average ± 2.66 mean moving range)."], ledger: ledger))
        layout.add(rows: [
            PageRow(height: .weight(1.35), cells: panels.map { .init(span: 4, $0.block()) }),
            PageRow(height: .weight(1), .init(span: 6, effort), .init(span: 6, rewards)),
        ])
        return DrawnPage(laid: layout.finish(), headline: headline)
    }

    private static func sentence(_ panels: [MovedPanel]) -> RichText {
        let moved = panels.filter { $0.standing == .above || $0.standing == .below }
        let known = panels.filter { $0.standing != .missing && $0.standing != .tooFew }
        if known.isEmpty { return "Too few months to know what is usual: after eight months this page shows what moves by itself." }
        if moved.isEmpty {
            return RichText(marked: "What you see below moved by itself: **nothing is outside its usual range.**")
        }
        let words = moved.map { "\($0.name) \($0.standing == .above ? "above" : "below")" }
        return RichText(marked: "What you see below moved by itself: **\(Words.list(words)) the usual range.**")
    }

    private static func answered(_ context: ReportContext, _ page: Int, _ ledger: inout FigureLedger) -> MovedPanel {
        var last = ""
        let readings = context.months.map { month -> Reading in
            guard let share = context.answeredInTime(.responses, context.at(month)), share.trials > 0 else {
                return .missing("nothing to judge")
            }
            guard share.trials >= context.minimumN, let estimate = share.estimate, let limits = share.wilson() else {
                return .tooFew(Words.tooFew(share.trials, of: context.minimumN))
            }
            ledger.note(page: page, context.figure("RESP-02", month), "answered in time, \(Words.month(month))", share)
            last = Words.share(estimate)
            return .value(estimate * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100))
        }
        return MovedPanel(
            title: "Answered in time", name: "answered in time", sub: "All channels, % by month", months: context.months,
            readings: readings, unit: " %", lastLabel: last)
    }

    private static func sales(_ context: ReportContext, _ page: Int, _ ledger: inout FigureLedger) -> MovedPanel {
        var last = ""
        let first = context.audits(.sales).compactMap(\.firstDay).min()
        let readings = context.months.map { month -> Reading in
            guard let first, first <= month.lastDay, let sales = context.count(.sales, "sales", context.at(month)) else {
                return .missing("no deals exported")
            }
            ledger.note(page: page, context.figure("S2S-01", month), "sales from service, \(Words.month(month))", count: sales)
            last = Words.count(sales)
            return .value(Double(sales))
        }
        return MovedPanel(
            title: "Sales from service", name: "sales from service", sub: "Credited deals by month of sale",
            months: context.months, readings: readings, unit: "", lastLabel: last)
    }

    /// Finished months only: a young month is no figure to judge by.
    private static func bought(_ context: ReportContext, _ page: Int, _ ledger: inout FigureLedger) -> MovedPanel {
        let outcomes = VisitOutcomes(context)
        var last = ""
        let readings = outcomes.finished.map { month -> Reading in
            guard let share = outcomes.share(month), share.trials >= context.minimumN, let estimate = share.estimate,
                let limits = share.wilson()
            else { return .tooFew("too few visits") }
            ledger.note(page: page, context.figure("S2S-02", month), "visits of \(Words.month(month)) that bought", share)
            last = Words.share(estimate, decimals: 1)
            return .value(estimate * 100, likely: LikelyRange(limits.lower * 100, limits.upper * 100))
        }
        return MovedPanel(
            title: "Visits that bought", name: "visits that bought",
            sub: "Finished months, within \(outcomes.windowDays) days, % by month of visit", months: outcomes.finished,
            readings: readings, unit: " %", lastLabel: last)
    }

    private static var effort: Block {
        Block(
            "Write a change down before it starts", sub: "One file a change in efforts/. This version of kpi keeps no verdicts yet; the next ones do",
            plate: PointsPlate(points: [
                .init(Label("What and why"), "what changes, and the id of the figure it answers, as page footers and the figures file print it"),
                .init(Label("One goal"), "one measure with direction, size and date: answered in time by e-mail from 83 to 90 % by January"),
                .init(Label("The dip"), "how long it may look worse first, so that nobody stops in the middle"),
                .init(Label("The stop rule"), "what would make you stop, said before you begin"),
            ]))
    }

    private static var rewards: Block {
        Block(
            "Rewards need a rule that two people approved", sub: "One file a rule in rewards/. This version of kpi pays nothing yet; the next ones do",
            plate: PointsPlate(points: [
                .init(Label("Fair to whom it hits"), "times without outages and approved absence; fewer cases than needed are not scored"),
                .init(Label("The person’s own counts"), "fixed tiers, no ranks: what one earns does not depend on another"),
                .init(Label("Closed for good"), "a closed month stays as it was paid; late data becomes a dated adjustment"),
            ]))
    }
}
