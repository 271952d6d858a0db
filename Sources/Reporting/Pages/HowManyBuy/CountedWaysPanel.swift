import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// The newest finished month's rate by visits, by customers and by households: the same sales, three denominators.
struct CountedWaysPanel {
    struct Way {
        var name: String
        var code: String
        var share: Proportion
    }

    let outcomes: VisitOutcomes
    private var context: ReportContext { outcomes.context }

    private func ways(_ month: Month) -> [Way] {
        let asked: [(String, String, ReportTable, String)] = [
            ("Visits", "S2S-20", .visitsByRelation, "visits"),
            ("Customers", "S2S-21", .customersOfVisits, "customers"),
        ]
        return asked.compactMap { name, code, table, column in
            guard let trials = context.count(table, column, context.at(month)),
                let bought = context.count(table, "converted", context.at(month)), bought <= trials, trials > 0
            else { return nil }
            return Way(name: name, code: code, share: Proportion(successes: bought, trials: trials))
        }
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let sub = "The same sales of \(outcomes.newest.map(Words.month) ?? "a finished month"), counted three ways"
        guard let month = outcomes.newest else {
            return Block("Counted three ways: not yet", sub: sub, plate: NoticePlate("No month is finished yet."))
        }
        let ways = ways(month)
        for way in ways where way.share.trials >= context.minimumN {
            ledger.note(page: page, context.figure(way.code, month), "\(way.name.lowercased()) that bought", way.share)
        }
        let rows = ways.map { way -> TablePlate.Row in
            let isOurs = way.name.lowercased() == context.settings.conversion.denominator.rawValue
            let name = Label(way.name, bold: isOurs ? true : nil)
            let counts = Label("\(Words.count(way.share.successes)) of \(Words.count(way.share.trials))")
            guard way.share.trials >= context.minimumN, let estimate = way.share.estimate, let limits = way.share.wilson()
            else { return .row([name, counts, Label("too few", .quiet), ""]) }
            return .row([
                name, counts, Label(Words.share(estimate, decimals: 1), bold: true),
                Label("\((limits.lower * 100).fixed(1))–\((limits.upper * 100).fixed(1))"),
            ])
        }
        return Block(
            finding(ways), sub: sub,
            plate: TablePlate(
                columns: [
                    .init("Counted by"), .init("Bought", align: .right), .init("Share", align: .right),
                    .init("Likely", align: .right),
                ], rows: rows, rowHeight: 15.5))
    }

    private func finding(_ ways: [Way]) -> String {
        let ours = ways.first { $0.name.lowercased() == context.settings.conversion.denominator.rawValue }
        guard let share = ours?.share, share.successes > 0, share.trials >= context.minimumN else {
            return "By visit, by customer, by household"
        }
        let one = Int((Double(share.trials) / Double(share.successes)).rounded())
        return one < 2 ? "By visit, by customer, by household" : "One in \(Words.count(one)) \(outcomes.unit) ends in a sale"
    }
}

/// Of the report month's sales, those from service.
struct ByDealPanel {
    let context: ReportContext

    /// Nil: no sales on record for the month.
    var share: Proportion? {
        let month = context.at(context.month)
        guard let all = context.count(.sales, "all_sales", month), let ours = context.count(.sales, "sales", month),
            ours <= all, all > 0
        else { return nil }
        return Proportion(successes: ours, trials: all)
    }

    func block(page: Int, ledger: inout FigureLedger) -> Block {
        let month = Words.monthName(context.month)
        let sub = "By month of sale, whenever the visit was"
        guard let share else {
            return Block("No sales on record for \(month)", sub: sub, plate: ParagraphPlate(""))
        }
        ledger.note(page: page, context.figure("S2S-01", context.month), "of all sales, those from service", share)
        guard share.trials >= context.minimumN, let estimate = share.estimate else {
            return Block(
                "\(Words.count(share.successes)) of \(month)’s \(Words.counted(share.trials, "sale", "sales")) from service",
                sub: sub, plate: ShareBarPlate(title: "", parts: [], absence: .tooFew(Words.tooFew(share.trials, of: context.minimumN))))
        }
        let rest = share.trials - share.successes
        return Block(
            "\(Words.share(estimate)) of \(month)’s sales came from service", sub: sub,
            plate: ShareBarPlate(
                title: "",
                parts: [
                    .init("from service", Double(share.successes), Words.count(share.successes), .strong),
                    .init("not from service", Double(rest), Words.count(rest), .pale),
                ]))
    }
}

/// Loyalty and conquest, pay types: whose visits end in a sale more often.
struct KindsOfVisits {
    let visits: FinishedVisits
    private var context: ReportContext { visits.context }

    func cells(page: Int, ledger: inout FigureLedger) -> [PageRow.Cell] {
        let panels = [relation, payType]
        var cells: [PageRow.Cell] = []
        for panel in panels {
            panel.note(page: page, &ledger)
            cells.append(.init(span: 12 / panels.count, block(panel)))
        }
        return cells
    }

    private func block(_ panel: KindsPanel) -> Block {
        let sub = "\(Words.capitalised(visits.words)) that bought, %. Line: likely range"
        guard visits.months != nil else {
            return Block(
                "\(Words.capitalised(panel.by)): no month is finished", sub: "Visits that bought, %",
                plate: NoticePlate("Kinds of visits are compared over finished months."))
        }
        guard panel.kinds.contains(where: { !$0.label.isEmpty }) else {
            return Block("\(Words.capitalised(panel.by)): not on record", sub: sub, plate: NoticePlate(missing(panel)))
        }
        return Block(panel.finding, sub: sub, plate: panel.plate())
    }

    private func missing(_ panel: KindsPanel) -> RichText {
        switch panel.dimension {
        case .relation: RichText(marked: "Export **bought_here** with service_visits.")
        case .payType: RichText(marked: "Export **pay_type** with service_visits.")
        default: ""
        }
    }

    private var relation: KindsPanel {
        KindsPanel(
            visits: visits, dimension: .relation,
            kinds: visits.kinds(.visitsByRelation, .relation, name: ConversionWords.relation).ordered(by: ["loyalty", "conquest"]),
            subject: { $0 == "loyalty" ? "Those who bought here before" : "Those who bought elsewhere before" },
            by: "loyalty against conquest")
    }

    private var payType: KindsPanel {
        func name(_ label: String) -> String {
            switch label {
            case "customer": "Customer pays"
            case "warranty": "Warranty"
            case "internal": "Internal"
            default: "Not on record"
            }
        }
        return KindsPanel(
            visits: visits, dimension: .payType, kinds: visits.kinds(.visitsByPayType, .payType, name: name),
            subject: { $0 == "customer" ? "Who pays for the service" : "Visits under \(name($0).lowercased())" },
            by: "by who pays")
    }
}

extension [FinishedVisits.Kind] {
    /// These labels first, in this order.
    func ordered(by first: [String]) -> [FinishedVisits.Kind] {
        first.compactMap { label in self.first { $0.label == label } } + filter { !first.contains($0.label) }
    }
}
