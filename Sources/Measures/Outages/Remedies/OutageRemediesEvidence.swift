import Basis
public import Dealership

extension OutageRemedies {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let header = facts.header
        var rows: [Evidence.Row] = []
        for item in facts.owed.items {
            let outage = header.outages[item.outage]
            let zone = header.zone(ofStore: Int(item.store))
            let labels: [Dimension: String] = [
                .outage: outage.identifier, .rung: item.rung.map { String($0 + 1) } ?? "",
                .store: header.stores[Int(item.store)].identifier, .month: zone.month(at: outage.start).description,
                .vendor: outage.vendor, .system: outage.system,
            ]
            guard slice.holds(labels) else { continue }
            let number = facts.journal.customers[item.number]
            let given = item.remedies.map { header.ledger.remedies[$0] }
            rows.append(
                Evidence.Row(
                    cells: [
                        outage.identifier, header.stores[Int(item.store)].identifier, number,
                        String(max(item.waited, 0)),
                        item.isAnswerLate ? "yes" : "no", item.isMoved ? "yes" : "no", item.isMet ? "yes" : "no",
                        item.rung.map { String($0 + 1) } ?? "",
                        item.rung.flatMap { header.settings.ladder?.rungs[$0].give } ?? "",
                        given.map(\.identifier).joined(separator: " "), given.map(\.kind).joined(separator: ", "),
                        item.given.description,
                    ], isCounted: counts(item, slice.column), standing: item.standing.words, source: source(item, facts),
                    restsOn: [outage.source] + given.map(\.source)))
        }
        return Evidence(
            columns: [
                "outage_id", "store_id", "customer", "open_seconds_waited", "answer_late", "visit_moved", "met", "rung",
                "due",
                "remedies", "kinds", "amount_given",
            ], rows: rows)
    }

    private func counts(_ item: OwedFacts.Item, _ column: String?) -> Bool {
        switch column {
        case "due", "amount_due": item.rung != nil
        case "given": item.standing == .given
        case "owed", "amount_owed": item.isOwed
        case "lesser": item.standing == .lesser
        case "without_due": item.standing == .givenWithoutDue
        case "over_apologised": item.isOverApologised
        case "amount_given": !item.remedies.isEmpty
        default: item.isExposed
        }
    }

    private func source(_ item: OwedFacts.Item, _ facts: Facts) -> RowSource {
        item.remedies.first.map { facts.header.ledger.remedies[$0].source } ?? facts.header.outages[item.outage].source
    }
}

extension OwedFacts.Standing {
    public var words: String {
        switch self {
        case .nothingDue: "nothing due"
        case .given: "given"
        case .lesser: "owed, something else or less was given"
        case .owed: "owed"
        case .givenWithoutDue: "given though nothing was due"
        }
    }
}
