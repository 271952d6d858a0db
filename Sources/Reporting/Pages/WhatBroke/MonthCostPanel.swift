import Basis
import Dealership
import Drawing
import Measures

/// What the month's outages cost, part by part, with the range of their sum.
struct MonthCostPanel {
    let costs: OutageCosts
    private var context: ReportContext { costs.context }

    /// Claims for outages of the month count with their credits.
    init(_ context: ReportContext) {
        let header = context.header
        let ofMonth = Set(
            header.outages.indices.filter { index in
                let outage = header.outages[index]
                return outage.zone(header).month(at: outage.start) == context.month
            })
        costs = OutageCosts(
            context, .costsOfMonth, context.at(context.month),
            claims: header.ledger.claims.filter { claim in
                claim.outage.map(ofMonth.contains) ?? (claim.month == context.month)
            })
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        guard costs.hasCost else {
            return Block(
                say("What they cost is not known"),
                plate: NoticePlate(
                    say(
                        "Enter staff-hour: under outages: in dealership.yaml, keep remedies, and export leads and sales."
                    ), showsFrame: false))
        }
        for part in costs.known where part.code.hasPrefix("COST") {
            ledger.note(
                page: page, context.figure(part.code, context.month), "the month’s outages, \(part.name.lowercased())",
                estimate: part.amount?.description ?? "", lower: part.low?.description ?? "",
                upper: part.high?.description ?? "",
                n: context.count(.costsOfMonth, "outages", context.at(context.month)), method: part.method)
        }
        var rows = costs.drawn.map { part in
            TablePlate.Row.row([
                Label(part.name),
                Label(
                    part.low == nil
                        ? Words.money(part.amount ?? .zero, context.settings) : costs.rounded(part.amount ?? .zero),
                    .ink),
                Label(range(part.low, part.high), .quiet),
            ])
        }
        if costs.drawn.count > 1 {
            rows.append(
                .total([
                    Label(say("Together")), Label(costs.rounded(costs.together)), Label(range(costs.low, costs.high)),
                ]))
        }
        let unknown = costs.parts.filter { $0.amount == nil }.map { Words.inside($0.name) }
        return Block(
            finding, note: unknown.isEmpty ? "" : RichText(say("Not known: \(Words.list(unknown)).")),
            plate: TablePlate(
                subject: say("What the month’s outages cost"),
                columns: [.init("", flexible: true), .init("", align: .right), .init("", align: .right)], rows: rows,
                rowHeight: 14))
    }

    private var finding: String {
        if let gain = costs.gain { return say("They brought \(gain) more in credit than they cost, as far as is known") }
        guard costs.isRange else { return say("They cost \(costs.rounded(costs.together)), as far as is known") }
        return costs.low <= .zero
            ? say("They cost up to \(costs.rounded(costs.high))")
            : say("They cost \(costs.rounded(costs.low)) to \(costs.rounded(costs.high))")
    }

    private func range(_ low: Money?, _ high: Money?) -> String {
        guard let low, let high, low < high else { return "" }
        return say("\(costs.rounded(low)) to \(costs.rounded(high))")
    }
}
