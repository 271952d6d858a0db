import Basis
public import Dealership

extension OutageExposure {
    private static let kinds: [String: ExposureFacts.Kind] = [
        "conversations": .conversation, "visits": .visit, "leads": .lead, "appointments": .appointment,
        "mailings": .mailing, "recipients": .mailing,
    ]

    /// A row an outage and thing exposed: of a cell of several outages a thing may have several, and counts once.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let exposure = facts.exposure
        let behind = ConversationRows(facts)
        let leads = facts.leadWaits
        let column = slice.column ?? ""
        let kind = Self.kinds[column]
        let fault = column.hasPrefix("mailings_") ? MailingFault(rawValue: String(column.dropFirst(9))) : nil
        var rows: [Evidence.Row] = []
        for exposed in 0..<exposure.count {
            let outage = facts.header.outages[Int(exposure.outage[exposed])]
            let store = exposure.store[exposed]
            guard OutageLabels.holds(slice, outage, store: store, facts.header) else { continue }
            if let kind, exposure.kind[exposed] != kind { continue }
            let mailing = exposure.kind[exposed] == .mailing ? facts.fault(ofMailing: Int(exposure.row[exposed])) : nil
            if let fault, mailing != fault { continue }
            if column == "customers", exposure.customer[exposed] < 0 { continue }
            let clock = max(store, facts.stores.first ?? 0)
            let rest: [RowSource] =
                switch exposure.kind[exposed] {
                case .conversation: behind.rows(begunBy: exposure.source[exposed])
                case .lead: behind.rows(leads, Int(exposure.row[exposed]))
                default: []
                }
            rows.append(
                Evidence.Row(
                    cells: [
                        outage.identifier, store >= 0 ? facts.header.stores[Int(store)].identifier : "",
                        "\(exposure.kind[exposed])", facts.header.activityName(exposure.activity[exposed]),
                        exposure.customer[exposed] >= 0 ? facts.journal.customers[exposure.customer[exposed]] : "",
                        facts.local(exposure.start[exposed], store: clock), facts.local(exposure.end[exposed], store: clock),
                        String(exposure.openSeconds[exposed]),
                    ], isCounted: true, standing: mailing?.rawValue ?? "exposed", source: exposure.source[exposed],
                    restsOn: [outage.source] + rest))
        }
        return Evidence(
            columns: [
                "outage_id", "store_id", "kind", "activity", "customer", "from", "to", "open_seconds",
            ], rows: rows)
    }
}
