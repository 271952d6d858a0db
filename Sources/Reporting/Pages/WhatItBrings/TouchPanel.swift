import Basis
import Dealership
import Drawing
import Measures

/// The month's gross by the furthest step on record before the sale: what sales had done by then.
struct TouchPanel {
    let context: ReportContext

    private static var touches: [(String, String)] {
        [
            ("appointment", say("Appointment")), ("contact", say("Two-way contact")), ("lead", say("Lead")),
            ("", say("Nothing on record")),
        ]
    }

    private static func name(_ touch: String) -> String { touches.first { $0.0 == touch }?.1 ?? touch }

    private func money(_ column: String, _ touch: String) -> Money? {
        if case .money(let money) = context.cell(.grossByTouch, column, [.touch: touch]) { return money }
        return nil
    }

    /// Nil: no sale from service.
    func block(page: Int, ledger: inout FigureLedger) -> Block? {
        let known = TouchPanel.touches.filter { (context.count(.grossByTouch, "sales", [.touch: $0.0]) ?? 0) > 0 }
        guard !known.isEmpty else { return nil }
        let rows = known.map { touch, name -> TablePlate.Row in
            let sales = context.count(.grossByTouch, "sales", [.touch: touch]) ?? 0
            let gross = money("gross_profit", touch)
            if let gross {
                ledger.note(
                    page: page, context.figure("GROSS-01", context.month, [.touch: touch]),
                    "gross of sales, \(TouchPanel.name(touch).lowercased())",
                    .money(gross), n: context.count(.grossByTouch, "sales_with_gross", [.touch: touch]) ?? 0)
            }
            func words(_ money: Money?) -> Label { money.map { Label(Words.money($0, context.settings)) } ?? "–" }
            return .row([Label(name), Label(Words.count(sales)), words(gross), words(money("gross_per_sale", touch))])
        }
        let untouched = context.count(.grossByTouch, "sales", [.touch: ""]) ?? 0
        let all = known.reduce(0) { $0 + (context.count(.grossByTouch, "sales", [.touch: $1.0]) ?? 0) }
        return Block(
            untouched == 0 ? say("Every sale had a lead before it")
                : say("\(Words.count(untouched)) of \(Words.count(all)) sales: nothing on record"),
            sub: say("The furthest step on record before the sale, which need not have caused it"),
            plate: TablePlate(
                columns: [
                    .init(say("Before the sale")), .init(say("Sales"), align: .right),
                    .init(say("Gross"), align: .right),
                    .init(say("A sale"), align: .right),
                ], rows: rows, rowHeight: 14.5))
    }
}
