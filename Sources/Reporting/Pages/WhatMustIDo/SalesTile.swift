import Basis
import Dealership
import Drawing
import Measures

/// Sales from service and their gross.
struct SalesTile {
    let context: ReportContext
    let series: MonthSeries
    /// Nil: no visits or no deals are exported.
    let sales: Int?
    let gross: Money?
    let target: Int?

    init(_ context: ReportContext, back: Int) {
        self.context = context
        series = MonthSeries(context, back: back) { SalesTile.reading($0, context) }
        target = context.settings.targets.salesFromServiceAMonth
        let isKnown = SalesTile.isKnown(context.month, context)
        sales = isKnown ? context.count(.sales, "sales", context.at(context.month)) ?? 0 : nil
        let withGross = context.count(.salesByRelation, "sales_with_gross", context.at(context.month)) ?? 0
        if isKnown, withGross > 0, case .money(let money) = context.cell(.sales, "gross_profit", context.at(context.month)) {
            gross = money
        } else {
            gross = nil
        }
    }

    /// The export without which there is no such figure.
    private static func missing(_ context: ReportContext) -> StandardTable? {
        if !context.header.has(.serviceVisits) { return .serviceVisits }
        return context.header.has(.sales) ? nil : .sales
    }

    /// Deals that no visit could be found for, because none is exported of the month, would count as not from service.
    private static func isKnown(_ month: Month, _ context: ReportContext) -> Bool {
        guard missing(context) == nil, let visits = context.header.lastDay(of: .serviceVisits) else { return false }
        return context.covers(month, .sales) && visits >= month.firstDay
    }

    /// A month is known when its deals are, and the visits of its whole window.
    private static func reading(_ month: Month, _ context: ReportContext) -> Reading {
        guard isKnown(month, context) else { return .missing("") }
        guard month == context.month || hasWholeWindow(month, context) else { return .missing("") }
        return .value(Double(context.count(.sales, "sales", context.at(month)) ?? 0))
    }

    private static func hasWholeWindow(_ month: Month, _ context: ReportContext) -> Bool {
        guard let first = context.audits(.serviceVisits).compactMap(\.firstDay).min() else { return false }
        return first - (month.firstDay + -context.settings.conversion.windowDays) <= MonthReach.quietDays
    }

    /// Deals and the visits before them are known for the whole month, so that it can be judged.
    var isWhole: Bool {
        context.isWhole(context.month, .sales) && context.isWhole(context.month, .serviceVisits) && SalesTile.hasWholeWindow(context.month, context)
    }

    /// Nil: no target, or the month cannot be judged.
    var isOnTarget: Bool? {
        guard let sales, let target else { return nil }
        // What is reached stays reached; what is not yet, may still be.
        if sales >= target { return true }
        return isWhole ? false : nil
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let goal = TilePlate.Fact(say("Target"), target.map(Words.count) ?? say("not set"))
        guard let sales else {
            return Block(
                tile: TilePlate(title: say("Sales from service"), number: "–", goal: goal, absence: RichText(absence)))
        }
        ledger.note(page: page, context.figure("S2S-01", context.month), "sales from service", count: sales)
        if let gross {
            ledger.note(
                page: page, context.figure("S2S-08", context.month), "gross of sales from service", .money(gross), n: sales)
        }
        let isOff = isOnTarget == false
        return Block(
            tile: TilePlate(
                title: say("Sales from service"), number: Words.count(sales), status: status,
                note: gross.map { say("\(Words.money($0, context.settings)) gross") } ?? (sales > 0 ? say("gross not exported") : ""),
                history: series.hasHistory ? series.readings : [], lastLabel: Words.count(sales),
                target: target.map(Double.init), months: series.labels,
                before: series.fact(series.before.map { Words.count(Int($0)) }), goal: goal,
                signal: isOff, absence: RichText(series.hasHistory ? "" : FirstMonth.words)))
    }

    private var status: Label? {
        guard let sales, let target else { return nil }
        switch isOnTarget {
        case true?: return .good(sales > target ? say("above target") : say("on target"), cue: sales > target ? .up : .check)
        case false?: return .bad(say("below target"))
        case nil: return Label(context.isWhole(context.month, .sales) ? say("earlier visits unknown") : say("month not complete"))
        }
    }

    private var absence: String {
        switch SalesTile.missing(context) {
        case .serviceVisits?: return say("Export repair orders of the DMS as exports/service_visits.csv.")
        case .sales?: return say("Export deals of the DMS as exports/sales.csv.")
        default:
            let span = Words.span(context.month.firstDay, context.month.lastDay)
            if let last = context.header.lastDay(of: .serviceVisits), last < context.month.firstDay {
                return say("Repair orders end \(Words.day(last)). Export those for \(span) as exports/service_visits.csv.")
            }
            return say("No deal of \(Words.monthName(context.month)) is exported. Export deals for \(span) as exports/sales.csv.")
        }
    }
}

/// What a tile says in the place of a history.
enum FirstMonth {
    static var words: String { say("First month: nothing to compare.") }
}
