import Basis
public import Dealership

extension ServiceToSales {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        view == .byDeal ? deals(facts, slice) : visits(facts, slice)
    }

    private func deals(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence {
        let journal = facts.journal
        let uncredited = facts.uncredited()
        let shares = CreditShares(facts, isLinear: credit == .linear)
        let behind = VisitRows(facts)
        let own = facts.selected(shares.count, slice) { facts.saleColumn($0, shares) }
        var rows = own.map { share -> Evidence.Row in
            let fact = shares.sale[share]
            let row = facts.sales.sale[fact]
            let visit = shares.visit[share]
            let store = facts.sales.store[fact]
            let gross = journal.sales.gross[row]
            let part = shares.parts[share] > 1 ? "1/\(shares.parts[share])" : "1"
            return Evidence.Row(
                cells: [
                    journal.sales.identifiers[Int32(row)], facts.header.stores[Int(store)].identifier,
                    facts.local(journal.sales.soldAt[row], store: store),
                    journal.people[journal.sales.salesperson[row]],
                    visit >= 0 ? journal.orders.identifiers[Int32(facts.visits.order[visit])] : "",
                    visit >= 0 ? facts.visits.day[visit].description : "",
                    visit >= 0 ? String(facts.sales.day[fact] - facts.visits.day[visit]) : "", visit >= 0 ? part : "",
                    gross == .min ? "" : Money(minorUnits: shares.amount(gross, share)).description,
                ],
                isCounted: visit >= 0, standing: uncredited[fact]?.words ?? "credited",
                source: journal.sales.source[row],
                restsOn: behind.rows(ofSale: row) + (visit >= 0 ? behind.rows(ofVisit: visit) : []))
        }
        for (sale, reason) in facts.sales.leftOut {
            let store = journal.sales.store[sale]
            let day = facts.header.zone(ofStore: Int(store)).day(at: journal.sales.soldAt[sale].instant)
            let labels: [Dimension: String] = [
                .store: facts.header.stores[Int(store)].identifier, .month: day.month.description,
                .salesperson: journal.people[journal.sales.salesperson[sale]],
            ]
            guard slice.holds(labels) else { continue }
            rows.append(
                Evidence.Row(
                    cells: [
                        journal.sales.identifiers[Int32(sale)], facts.header.stores[Int(store)].identifier,
                        facts.local(journal.sales.soldAt[sale], store: store),
                        journal.people[journal.sales.salesperson[sale]], "", "", "", "", "",
                    ], isCounted: false, standing: reason.words, source: journal.sales.source[sale],
                    restsOn: behind.rows(ofSale: sale)))
        }
        return Evidence(
            columns: [
                "sale_id", "store_id", "sold_at", "salesperson_id", "visit_id", "visit_day", "days_between", "credit",
                "gross_profit",
            ], rows: rows)
    }

    private func visits(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence {
        let journal = facts.journal
        let visits = facts.visits
        let outcomes = facts.visitSales
        let behind = VisitRows(facts)
        var rows = facts.selected(visits.count, slice) { facts.visitColumn($0) }.map { visit -> Evidence.Row in
            let store = visits.store[visit]
            let index = Int(outcomes.sale[visit])
            return Evidence.Row(
                cells: [
                    journal.orders.identifiers[Int32(visits.order[visit])], facts.header.stores[Int(store)].identifier,
                    facts.local(visits.openedAt[visit], store: store), String(visits.orders[visit]),
                    journal.people[visits.advisor[visit]],
                    index >= 0 ? journal.sales.identifiers[Int32(facts.sales.sale[index])] : "",
                    index >= 0 ? String(outcomes.days[visit]) : "",
                ],
                isCounted: true, standing: index >= 0 ? "bought" : outcomes.isMature[visit] ? "did not buy" : "window not over",
                source: journal.orders.source[visits.order[visit]],
                restsOn: behind.rows(ofVisit: visit)
                    + (index >= 0 ? behind.rows(ofSale: facts.sales.sale[index]) : []))
        }
        for (order, reason) in visits.leftOut {
            let store = journal.orders.store[order]
            let day = facts.header.zone(ofStore: Int(store)).day(at: journal.orders.openedAt[order].instant)
            let labels: [Dimension: String] = [
                .store: facts.header.stores[Int(store)].identifier, .month: day.month.description,
                .advisor: journal.people[journal.orders.advisor[order]],
            ]
            guard slice.holds(labels) else { continue }
            rows.append(
                Evidence.Row(
                    cells: [
                        journal.orders.identifiers[Int32(order)], facts.header.stores[Int(store)].identifier,
                        facts.local(journal.orders.openedAt[order], store: store), "",
                        journal.people[journal.orders.advisor[order]], "", "",
                    ], isCounted: false, standing: reason.words, source: journal.orders.source[order]))
        }
        return Evidence(
            columns: ["visit_id", "store_id", "opened_at", "orders", "advisor_id", "sale_id", "days_between"], rows: rows)
    }
}
