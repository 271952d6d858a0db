import Basis
import Dealership
import Drawing
import Measures
import Statistics

/// Loyalty and conquest, who pays, the car's age, the lead's source: whose visits end in a sale more often.
struct KindsOfVisits {
    let visits: FinishedVisits
    private var context: ReportContext { visits.context }

    /// So many sources have a row of their own; the smallest others are summed.
    private static let mostSources = 5

    func cells(page: Int, ledger: inout FigureLedger) -> [PageRow.Cell] {
        let panels = [relation, vehicleAge, source]
        for panel in panels + [payType] { panel.note(page: page, &ledger) }
        return panels.enumerated().map { index, panel in
            .init(span: 4, block(panel, and: index == 0 ? payType : nil))
        }
    }

    private func block(_ panel: KindsPanel, and second: KindsPanel?) -> Block {
        let isKnown = panel.isKnown || second?.isKnown == true
        guard visits.months != nil, isKnown else {
            return Block(
                "\(Words.capitalised(panel.by)): \(visits.months == nil ? say("no month is finished") : say("not on record"))",
                sub: say("Visits that bought, %"),
                plate: NoticePlate(
                    visits.months == nil
                        ? say("Kinds of visits are compared over finished months.") : missing(panel.dimension)))
        }
        let sub = say("\(Words.capitalised(visits.words)), % that bought")
        guard let second, second.isKnown else { return Block(panel.finding, sub: sub, plate: panel.plate()) }
        guard panel.isKnown else { return Block(second.finding, sub: sub, plate: second.plate()) }
        var plate = panel.plate()
        plate.groups += second.plate().groups
        return Block(panel.finding, sub: sub, plate: plate)
    }

    private func missing(_ dimension: Dimension) -> RichText {
        switch dimension {
        case .relation: RichText(marked: say("Export **bought_here** with service_visits."))
        case .vehicleAge: RichText(marked: say("Export **vehicle_year** with service_visits."))
        case .source: RichText(marked: say("Export leads of the CRM as exports/leads.csv, with **source**."))
        default: ""
        }
    }

    private var relation: KindsPanel {
        KindsPanel(
            visits: visits, dimension: .relation,
            kinds: visits.kinds(.visitsByRelation, .relation, name: ConversionWords.relation)
                .ordered(by: ["loyalty", "conquest"]),
            subject: { $0 == "loyalty" ? say("Those who bought here before") : say("Those who bought elsewhere") },
            by: say("loyalty, conquest"))
    }

    private var payType: KindsPanel {
        func name(_ label: String) -> String {
            switch label {
            case "customer": say("Customer pays")
            case "warranty": say("Warranty")
            case "internal": say("Internal")
            default: say("Not on record")
            }
        }
        func covered(_ label: String) -> String {
            switch label {
            case "warranty": say("Visits under warranty")
            case "internal": say("Visits under internal")
            default: say("Visits under not on record")
            }
        }
        return KindsPanel(
            visits: visits, dimension: .payType, kinds: visits.kinds(.visitsByPayType, .payType, name: name),
            subject: { $0 == "customer" ? say("Who pays for the service") : covered($0) },
            by: say("who pays"))
    }

    private var vehicleAge: KindsPanel {
        func name(_ label: String) -> String {
            guard !label.isEmpty else { return say("Not on record") }
            return label.last == "+" ? say("\(label.dropLast()) years or more") : say("\(range(label)) years")
        }
        func drivers(_ label: String) -> String {
            label.last == "+"
                ? say("Drivers of cars of \(label.dropLast()) years or more")
                : say("Drivers of cars of \(range(label)) years")
        }
        func range(_ label: String) -> String { label.split(separator: "-").joined(separator: "–") }
        return KindsPanel(
            visits: visits, dimension: .vehicleAge, kinds: visits.kinds(.visitsByVehicleAge, .vehicleAge, name: name),
            subject: drivers, by: say("the car’s age"))
    }

    /// Of visits without a lead nobody can have bought through one: they stand last and are not compared.
    private var source: KindsPanel {
        let all = visits.kinds(.visitsBySource, .source) { $0.isEmpty ? say("No lead") : Words.capitalised($0) }
        let named = all.filter { !$0.label.isEmpty }.sorted { ($1.share.trials, $0.label) < ($0.share.trials, $1.label) }
        let shown = named.count > KindsOfVisits.mostSources + 1 ? Array(named.prefix(KindsOfVisits.mostSources)) : named
        let rest = named.dropFirst(shown.count)
        let others = rest.isEmpty
            ? [] : [
                FinishedVisits.Kind(
                    label: "", naming: { _ in say("\(Words.count(rest.count)) other sources") },
                    share: rest.map(\.share).reduce(Proportion(successes: 0, trials: 0), +))
            ]
        return KindsPanel(
            visits: visits, dimension: .source, kinds: shown + others + all.filter(\.label.isEmpty),
            subject: { say("Leads from “\($0)”") }, by: say("the lead’s source"))
    }
}

extension [FinishedVisits.Kind] {
    /// These labels first, in this order.
    func ordered(by first: [String]) -> [FinishedVisits.Kind] {
        first.compactMap { label in self.first { $0.label == label } } + filter { !first.contains($0.label) }
    }
}
