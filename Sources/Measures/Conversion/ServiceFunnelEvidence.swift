import Basis
public import Dealership

extension ServiceFunnel {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let journal = facts.journal
        let visits = facts.visits
        let funnel = facts.funnel
        let behind = VisitRows(facts)
        let customers = CustomerRows(facts)
        let sales = PositionsByCode(facts.sales.visit, count: visits.count)
        let names = ["lead", "contact", "appointment", "shown", "sold"]
        let rows = facts.selected(visits.count, slice) { ServiceFunnel.column($0, facts) }.map { visit -> Evidence.Row in
            let days = (0..<FunnelFacts.steps).map { step -> String in
                let day = funnel.day[step][visit]
                return day == FunnelFacts.never ? "" : Day(number: day).description
            }
            let last = (0..<FunnelFacts.steps).last { funnel.day[$0][visit] != FunnelFacts.never }
            let window = visits.day[visit]...(visits.day[visit] + facts.parameters.windowDays)
            let steps = customers.rows(of: visits.identity[visit], [.leads, .appointments, .messages], on: window)
            let deals = sales[Int32(visit)].flatMap { behind.rows(ofSale: facts.sales.sale[Int($0)]) }
            return Evidence.Row(
                cells: [
                    journal.orders.identifiers[Int32(visits.order[visit])],
                    facts.header.stores[Int(visits.store[visit])].identifier,
                    facts.local(visits.openedAt[visit], store: visits.store[visit]), journal.people[visits.advisor[visit]],
                    journal.people[funnel.owner[visit]],
                ] + days,
                isCounted: true, standing: last.map { "came to: \(names[$0])" } ?? "no lead",
                source: journal.orders.source[visits.order[visit]],
                restsOn: behind.rows(ofVisit: visit) + steps + deals)
        }
        return Evidence(
            columns: ["visit_id", "store_id", "opened_at", "advisor_id", "owner_id"] + names.map { "\($0)_on" }, rows: rows)
    }

    /// A visit's dimensions, who has its lead, and what touched it.
    static func column(_ dimension: Dimension, _ facts: Facts) -> FactColumn? {
        switch dimension {
        case .person: facts.personColumn(facts.funnel.owner)
        case .touch: facts.touchColumn()
        default: facts.visitColumn(dimension)
        }
    }
}
