import Basis
import Dealership
import Drawing
import Measures

/// Sales from service by month of sale: bought here before, or elsewhere.
struct RelationPanel {
    struct Sales {
        var loyalty: Int
        var conquest: Int
        var unknown: Int
        var all: Int { loyalty + conquest + unknown }
    }

    let context: ReportContext
    /// Oldest first, from the first month on that the sales' export covers.
    let months: [(month: Month, sales: Sales?)]

    init(_ context: ReportContext) {
        self.context = context
        let audits = context.audits(.sales)
        let first = audits.compactMap(\.firstDay).min()
        let last = context.header.lastDay(of: .sales)
        let months = context.months.map { month -> (month: Month, sales: Sales?) in
            guard let first, let last, month.lastDay >= first, month.firstDay <= last else { return (month, nil) }
            func count(_ relation: String) -> Int {
                context.count(.salesByRelation, "sales", context.at(month, [.relation: relation])) ?? 0
            }
            return (month, Sales(loyalty: count("loyalty"), conquest: count("conquest"), unknown: count("")))
        }
        self.months = Array(months.drop { $0.sales == nil })
    }

    /// Of the report's month; nil: not covered.
    var now: Sales? { months.last?.sales }
    private var tellsApart: Bool { months.contains { ($0.sales?.loyalty ?? 0) + ($0.sales?.conquest ?? 0) > 0 } }
    private var hasUnknown: Bool { months.contains { ($0.sales?.unknown ?? 0) > 0 } }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = say("Sales from service, by month of sale")
        guard let now else {
            return Block(
                say("No sales export for \(Words.monthName(context.month))"), sub: sub,
                plate: NoticePlate(
                    RichText(say("Export deals for \(Words.span(context.month.firstDay, context.month.lastDay)) as exports/sales.csv.")),
                    isMissing: true))
        }
        note(page: page, &ledger)
        let missing: RichText = tellsApart || now.all == 0
            ? "" : say("Export bought_here with service_visits, and this panel tells loyalty from conquest.")
        guard months.contains(where: { ($0.sales?.all ?? 0) > 0 }) else {
            return Block(
                finding(now), sub: sub,
                plate: ParagraphPlate(say("No sale was credited to a visit in the months of this report.")))
        }
        return Block(finding(now), sub: sub, note: missing, plate: plate(now))
    }

    private func finding(_ now: Sales) -> String {
        let month = Words.monthName(context.month)
        if now.all == 0 { return say("No sale came from service in \(month)") }
        guard tellsApart else { return say("\(Words.counted(now.all, "sale", "sales")) from service in \(month)") }
        let sales = Words.counted(now.all, "sale", "sales")
        if now.conquest == 0 { return say("None of \(month)’s \(sales) are conquests") }
        let amount = Words.count(now.conquest)
        return say(
            now.conquest, "\(amount) of \(month)’s \(sales) is a conquest",
            "\(amount) of \(month)’s \(sales) are conquests")
    }

    private func plate(_ now: Sales) -> StackedColumnsPlate {
        var parts: [StackedColumnsPlate.Part] = []
        if tellsApart {
            parts.append(.init(say("\(Words.count(now.loyalty)) loyalty"), note: say("bought here before")))
            parts.append(.init(say("\(Words.count(now.conquest)) conquest"), note: say("bought elsewhere before")))
        }
        if hasUnknown {
            let count = Words.count(now.unknown)
            parts.append(
                tellsApart ? .init(say("\(count) unknown"), note: say("not on record"))
                    : .init(say(now.unknown, "\(count) sales", "\(count) sales"), note: ""))
        }
        let columns = months.enumerated().map { index, item -> StackedColumnsPlate.Month in
            let label = Words.monthAndYear(item.month)
            guard let sales = item.sales else {
                return StackedColumnsPlate.Month(label, [], absence: .missing(say("no sales export")))
            }
            var values: [Double] = tellsApart ? [Double(sales.loyalty), Double(sales.conquest)] : []
            if hasUnknown { values.append(Double(sales.unknown)) }
            let isNamed = index == 0 || index == months.count - 1
            return StackedColumnsPlate.Month(label, values, total: isNamed ? Words.count(sales.all) : nil)
        }
        return StackedColumnsPlate(subject: say("Sales from service, by month"), parts: parts, months: columns)
    }

    private func note(page: Int, _ ledger: inout FigureLedger) {
        for item in months {
            guard let sales = item.sales else { continue }
            ledger.note(
                page: page, context.figure("S2S-01", item.month), "sales from service, \(Words.month(item.month))",
                count: sales.all)
        }
        guard let now, tellsApart else { return }
        for (relation, count) in [("loyalty", now.loyalty), ("conquest", now.conquest)] {
            ledger.note(
                page: page, context.figure("S2S-06", context.month, [.relation: relation]), "\(relation) sales",
                count: count)
        }
    }
}
