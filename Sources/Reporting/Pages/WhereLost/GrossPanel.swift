import Basis
import Dealership
import Drawing
import Measures

/// What the sales from service brought: front and back gross, by loyalty and conquest.
struct GrossPanel {
    struct Part {
        var name: String
        var relation: String?
        var sales: Int
        /// Of these, with a gross on record.
        var withGross: Int
        var gross: Money
        var front: Money
        var back: Money

        func perSale(_ money: Money) -> Money? {
            withGross > 0 ? Money(minorUnits: rounded(money.minorUnits, by: withGross)) : nil
        }
        func perVisit(_ visits: Int) -> Money? {
            visits > 0 && withGross > 0 ? Money(minorUnits: rounded(gross.minorUnits, by: visits)) : nil
        }
        private func rounded(_ amount: Int64, by count: Int) -> Int64 {
            Int64((Double(amount) / Double(count)).rounded(.toNearestOrAwayFromZero))
        }
    }

    let context: ReportContext
    let parts: [Part]
    let together: Part
    /// Of the report's month.
    let visits: Int

    init(_ context: ReportContext) {
        self.context = context
        let named = ["conquest", "loyalty", ""].map { GrossPanel.part(context, GrossPanel.name($0), $0) }
            .filter { $0.sales > 0 }
        // One kind alone is the same as all together.
        parts = named.count > 1 ? named : []
        together = GrossPanel.part(context, GrossPanel.name(nil, isSum: named.count > 1), nil)
        visits = context.count(.volumes, "visits", context.at(context.month)) ?? 0
    }

    /// - Parameter isSum: several kinds are summed.
    private static func name(_ relation: String?, isSum: Bool = false) -> String {
        switch relation {
        case nil: isSum ? say("Together") : say("From service")
        case "conquest"?: say("Conquest", context: "kind")
        case "loyalty"?: say("Loyalty", context: "kind")
        default: say("Not on record", context: "kind")
        }
    }

    private static func part(_ context: ReportContext, _ name: String, _ relation: String?) -> Part {
        let slice = context.at(context.month, relation.map { [.relation: $0] } ?? [:])
        func money(_ column: String) -> Money {
            if case .money(let money) = context.cell(.salesByRelation, column, slice) { return money }
            return .zero
        }
        return Part(
            name: name, relation: relation, sales: context.count(.salesByRelation, "sales", slice) ?? 0,
            withGross: context.count(.salesByRelation, "sales_with_gross", slice) ?? 0, gross: money("gross_profit"),
            front: money("front_gross"), back: money("back_gross"))
    }

    private var month: String { Words.monthName(context.month) }
    private var isSplit: Bool { together.front != .zero || together.back != .zero }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard context.header.has(.sales) else {
            return Block(
                say("Gross from service: not known"), sub: say("Gross of credited sales"),
                plate: NoticePlate(
                    say("Export front_gross and back_gross (or gross_profit) with each deal in exports/sales.csv."),
                    isMissing: true))
        }
        guard together.sales > 0 else {
            return Block(
                say("No gross from service in \(month)"), sub: say("Gross of credited sales"),
                plate: ParagraphPlate(RichText(say("No sale of \(month) is credited to a service visit."))))
        }
        guard together.withGross > 0, let each = together.perSale(together.gross) else {
            return Block(
                say("Gross is not exported"), sub: say("Gross of credited sales"),
                plate: NoticePlate(
                    say("Export front_gross and back_gross (or gross_profit) with each deal in sales.csv."), isMissing: true))
        }
        note(page: page, &ledger)
        let finding = say("\(Words.money(together.gross, context.settings)) gross, \(Words.money(each, context.settings)) a sale")
        let table = self.table
        return Block(
            finding, sub: say("Gross per credited sale, \(month)"), note: remark,
            plate: bars.map { StackPlate($0, table, gap: 14) } ?? StackPlate(table))
    }

    private var remark: RichText {
        let missing = together.sales - together.withGross
        if missing > 0 { return RichText(say("\(Words.counted(missing, "sale has", "sales have")) no gross on record.")) }
        if !isSplit { return say("Front and back gross are not exported apart.") }
        return ""
    }

    /// Nil: front and back are not exported, or an average is below nothing, which a bar of parts cannot show.
    private var bars: StackedBarsPlate? {
        guard isSplit else { return nil }
        let rows = parts + [together]
        let isNegative = rows.contains { $0.front < .zero || $0.back < .zero }
        guard !isNegative else { return nil }
        return StackedBarsPlate(
            subject: say("Gross per credited sale"),
            parts: [.init(say("front"), .strong), .init(say("back (finance and products)"), .soft)],
            rows: rows.map { part in
                guard let front = part.perSale(part.front), let back = part.perSale(part.back),
                    let gross = part.perSale(part.gross)
                else { return StackedBarsPlate.Row(part.name, [], total: "–", absence: .tooFew(say("no gross on record"))) }
                return StackedBarsPlate.Row(
                    part.name, [segment(front), segment(back)], total: Label(Words.money(gross, context.settings)),
                    isTotal: part.relation == nil && rows.count > 1)
            }, totalsAtRight: true, rowHeight: 22)
    }

    private func segment(_ money: Money) -> StackedBarsPlate.Segment {
        StackedBarsPlate.Segment(Double(money.minorUnits) / 100, Words.money(money, context.settings))
    }

    private var table: TablePlate {
        func cells(_ part: Part) -> [Label] {
            let money = part.withGross > 0 ? Label(Words.money(part.gross, context.settings)) : "–"
            let visit = part.perVisit(visits).map { Label(Words.money($0, context.settings)) } ?? "–"
            return [Label(part.name), Label(Words.count(part.sales)), money, visit]
        }
        let perVisit = visits > 0 ? say("Per visit, of \(Words.count(visits))") : say("Per visit")
        return TablePlate(
            columns: [
                .init(""), .init(say("Sales"), align: .right), .init(say("Gross", context: "column"), align: .right),
                .init(perVisit, align: .right),
            ], rows: parts.map { .row(cells($0)) } + [.total(cells(together))])
    }

    func note(page: Int, _ ledger: inout FigureLedger) {
        for part in parts + [together] where part.withGross > 0 {
            let slice: [Dimension: String] = part.relation.map { [.relation: $0] } ?? [:]
            let isSum = parts.count > 1
            ledger.note(
                page: page, context.figure("S2S-08", context.month, slice),
                """
                gross of \(Words.counted(part.sales, "sale", "sales")), \
                \(GrossPanel.name(part.relation, isSum: isSum).lowercased())
                """,
                .money(part.gross), n: part.withGross)
        }
    }
}
