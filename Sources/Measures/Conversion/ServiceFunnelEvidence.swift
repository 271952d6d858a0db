import Basis
public import Dealership

extension ServiceFunnel {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let journal = facts.journal
        let visits = facts.visits
        let funnel = facts.funnel
        let names = ["lead", "contact", "appointment", "shown", "sold"]
        let rows = facts.selected(visits.count, slice) { column($0, facts) }.map { visit -> Evidence.Row in
            let days = (0..<FunnelFacts.steps).map { step -> String in
                let day = funnel.day[step][visit]
                return day == FunnelFacts.never ? "" : Day(number: day).description
            }
            let last = (0..<FunnelFacts.steps).last { funnel.day[$0][visit] != FunnelFacts.never }
            return Evidence.Row(
                cells: [
                    journal.orders.identifiers[Int32(visits.order[visit])],
                    facts.header.stores[Int(visits.store[visit])].identifier,
                    facts.local(visits.openedAt[visit], store: visits.store[visit]), journal.people[visits.advisor[visit]],
                    journal.people[funnel.owner[visit]],
                ] + days,
                isCounted: true, standing: last.map { "came to: \(names[$0])" } ?? "no lead",
                source: journal.orders.source[visits.order[visit]])
        }
        return Evidence(
            columns: ["visit_id", "store_id", "opened_at", "advisor_id", "owner_id"] + names.map { "\($0)_on" }, rows: rows)
    }

    /// A visit's dimensions, who has its lead, and what touched it.
    func column(_ dimension: Dimension, _ facts: Facts) -> FactColumn? {
        switch dimension {
        case .person: facts.personColumn(facts.funnel.owner)
        case .touch: facts.touchColumn()
        default: facts.visitColumn(dimension)
        }
    }
}
