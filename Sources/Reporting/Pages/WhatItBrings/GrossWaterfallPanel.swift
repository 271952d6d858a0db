import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// How the month's gross of sales from service comes together: front and back, by loyalty and conquest.
struct GrossWaterfallPanel {
    let gross: GrossPanel
    let perVisit: GrossPerVisit
    private var context: ReportContext { gross.context }
    private var together: GrossPanel.Part { gross.together }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let month = Words.month(context.month)
        let sub =
            say("Gross of \(month)’s sales from service")
            + (rows.contains { $0.isNegative } ? say(". Hatched: takes away") : "")
        guard together.sales > 0 else {
            return Block(
                say("No sale from service"), sub: sub,
                plate: ParagraphPlate(RichText(say("No sale of \(month) is credited to a visit."))))
        }
        guard together.withGross > 0 else {
            return Block(
                say("Gross is not exported"), sub: sub,
                plate: NoticePlate(
                    say("Export front_gross and back_gross (or gross_profit) with each deal in sales.csv."),
                    isMissing: true))
        }
        gross.note(page: page, &ledger)
        return Block(
            finding, sub: sub,
            note: note(page: page, &ledger),
            plate: WaterfallPlate(
                subject: say("Gross of sales from service, \(month)"), columns: [say("Sales"), say("A sale")],
                rows: rows.map(\.row),
                rowHeight: 21))
    }

    private func note(page: Int, _ ledger: inout FigureLedger) -> RichText {
        let missing = together.sales - together.withGross
        let without = missing > 0
            ? say(
                missing, "\(Words.count(missing)) sale has no gross on record. ",
                "\(Words.count(missing)) sales have no gross on record. ") : ""
        return RichText(marked: without + (perVisit.words(page: page, ledger: &ledger) ?? ""))
    }

    private var finding: String {
        guard let each = together.perSale(together.gross) else { return say("Gross of sales from service") }
        return say(
            "\(Words.money(together.gross, context.settings)) gross, \(Words.money(each, context.settings)) a sale")
    }

    private struct Line {
        var row: WaterfallPlate.Row
        var isNegative: Bool
    }

    private var rows: [Line] {
        let kinds = gross.parts.isEmpty ? [together] : gross.parts
        var lines: [Line] = []
        for part in kinds where part.withGross > 0 {
            let rest = part.gross - part.front - part.back
            let name = gross.parts.isEmpty ? "" : part.name
            let isSplit = part.front != .zero || part.back != .zero
            if isSplit {
                lines.append(line(name, say("front", context: "row"), part.front, part, .strong))
                lines.append(line(name, say("back"), part.back, part, .soft))
            }
            if !isSplit || rest != .zero {
                lines.append(line(name, isSplit ? say("not told apart") : say("gross"), rest, part, .medium))
            }
        }
        lines.append(
            Line(
                row: .init(
                    say("Together"), .value(amount(together.gross)), kind: .total, fill: .medium,
                    value: Label(Words.money(together.gross, context.settings)), cells: cells(together, together.gross)),
                isNegative: false))
        return lines
    }

    private func line(_ name: String, _ part: String, _ money: Money, _ whole: GrossPanel.Part, _ fill: Fill) -> Line {
        let label = name.isEmpty ? Words.capitalised(part) : "\(name), \(part)"
        return Line(
            row: .init(
                label, .value(amount(money)), fill: fill, value: Label(Words.money(money, context.settings)),
                cells: cells(whole, money)),
            isNegative: money < .zero)
    }

    private func amount(_ money: Money) -> Double { Double(money.minorUnits) / 100 }

    private func cells(_ part: GrossPanel.Part, _ money: Money) -> [Label] {
        [
            Label(Words.count(part.withGross)),
            part.perSale(money).map { Label(Words.money($0, context.settings)) } ?? "–",
        ]
    }
}

/// What a visit brings: gross of the sales credited to the newest finished month's visits, over all of them.
struct GrossPerVisit {
    let outcomes: VisitOutcomes
    init(_ outcomes: VisitOutcomes) { self.outcomes = outcomes }

    func words(page: Int, ledger: inout FigureLedger) -> String? {
        let context = outcomes.context
        guard let month = outcomes.newest,
            case .money(let money) = context.cell(.funnel, "gross_per_visit", context.at(month)),
            let visits = context.count(.funnel, "visits", context.at(month)), visits >= context.minimumN
        else { return nil }
        ledger.note(
            page: page, context.figure("FUN-06", month), "gross per visit of \(Words.month(month))", .money(money), n: visits)
        return say(
            "A visit of \(Words.monthName(month)), the newest finished month, brought **\(Words.money(money, context.settings))**."
        )
    }
}

/// Gross of sales from service by month of sale.
struct GrossOverMonthsPanel {
    let context: ReportContext

    /// An average to ten, of the months before.
    private func finding(_ before: [Money]) -> String {
        guard before.count > 2 else { return say("By month") }
        let mean = before.reduce(0) { $0 + Double($1.minorUnits) } / Double(before.count)
        let rounded = Money(minorUnits: Int64((mean / 1_000).rounded() * 1_000))
        return say("\(Words.money(rounded, context.settings)) a month on average before")
    }

    private func gross(_ month: Month) -> Money? {
        guard case .money(let money) = context.cell(.sales, "gross_profit", context.at(month)) else { return nil }
        return money
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("Gross of sales from service, by month of sale")
        let audits = context.audits(.sales)
        let first = audits.compactMap(\.firstDay).min()
        let months = context.months.filter { month in first.map { $0 <= month.lastDay } ?? false }
        let known = months.map { ($0, gross($0)) }
        guard known.contains(where: { ($0.1 ?? .zero) != .zero }) else {
            return Block(
                say("No gross by month"), sub: sub,
                plate: ParagraphPlate(say("No month of this report has a gross on record.")))
        }
        for (month, money) in known {
            guard let money else { continue }
            ledger.note(
                page: page, context.figure("S2S-08", month), "gross of sales from service, \(Words.month(month))", .money(money),
                n: context.count(.sales, "sales_with_gross", context.at(month)) ?? 0)
        }
        let readings = known.map { item -> Reading in
            item.1.map { .value(Double($0.minorUnits) / 100_000) } ?? .missing(say("no sale"))
        }
        let last = known.last?.1.map { Words.money($0, context.settings) }
        return Block(
            finding(known.dropLast().compactMap(\.1)), sub: say("\(sub), thousands"),
            plate: LinePlate(
                subject: sub, periods: MonthTicks.periods(months),
                series: [
                    .init(say("gross"), readings, look: .muted, lastLabel: last.map { .good($0) }, emphasiseLast: true)
                ],
                fromZero: true, unit: say("k", context: "thousands")
            ).marked(with: context.effortRecords, of: EffortMarks.sales, from: months.first))
    }
}
