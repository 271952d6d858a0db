import Basis
public import Dealership

extension OutageImpact {
    /// A row an outage and store. Planned maintenance and what was set aside are listed, and count only for the columns
    /// that are of them.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let header = facts.header
        let stores = header.stores.indices.filter { header.stores[$0].group == facts.journal.group }.map { Int32($0) }
        var rows: [Evidence.Row] = []
        for outage in header.outages where outage.start < header.asOf {
            for store in stores where outage.hits(store: store) {
                if let row = row(outage, store, isReversed: false, facts, slice) { rows.append(row) }
            }
        }
        for outage in header.reversedOutages where outage.start < header.asOf {
            for store in stores where outage.hits(store: store) {
                if let row = row(outage, store, isReversed: true, facts, slice) { rows.append(row) }
            }
        }
        return Evidence(
            columns: [
                "outage_id", "store_id", "vendor", "system", "channel", "started_at", "ended_at", "wall_seconds",
                "open_seconds", "fault", "precision", "spans", "detected_at", "acknowledged_at", "notified_at",
                "vendor_started_at", "vendor_ended_at", "table",
            ], rows: rows)
    }

    private func row(
        _ outage: Outage, _ store: Int32, isReversed: Bool, _ facts: Facts, _ slice: EvidenceSlice
    ) -> Evidence.Row? {
        let header = facts.header
        let name = header.stores[Int(store)].identifier
        let labels: [Dimension: String] = [
            .outage: outage.identifier, .store: name, .vendor: outage.vendor, .system: outage.system,
            .channel: outage.channel,
        ]
        guard slice.labels.allSatisfy({ labels[$0.key] == $0.value }) else { return nil }
        let zone = header.zone(ofStore: Int(store))
        var spans = isReversed
            ? [outage.start..<outage.start] : outage.spans.map { $0.range(in: zone, asOf: header.asOf) }
        if let months = slice.months {
            let window = zone.startOfDay(months.lowerBound.firstDay)
                ..< zone.startOfDay((months.upperBound + 1).firstDay)
            spans = spans.compactMap { $0.part(in: window) }
        }
        guard !spans.isEmpty else { return nil }
        let down = IntervalSet(spans)
        let table = facts.calendars.tables[facts.calendars.index(store: store, department: -1)]
        func local(_ instant: Instant?) -> String { instant.map { facts.local($0.seconds, store: store) } ?? "" }
        let first = outage.spans.first?.firstDay?.description ?? local(outage.start)
        let last = outage.spans.last?.lastDay?.description ?? outage.end.map { local($0) } ?? "still open"
        let ofPlanned = slice.column?.hasPrefix("planned") ?? false
        let ofReversed = slice.column == "resolved_before_start"
        let isCounted = isReversed ? ofReversed : outage.isPlanned ? ofPlanned : !ofPlanned && !ofReversed
        return Evidence.Row(
            cells: [
                outage.identifier, name, outage.vendor, outage.system, outage.channel, first, last,
                String(down.seconds), String(table.openSeconds(in: down) ?? 0), outage.fault?.rawValue ?? "",
                outage.precision.rawValue, String(outage.spans.count), local(outage.detected), local(outage.acknowledged),
                local(outage.notified), local(outage.vendorStart), local(outage.vendorEnd), outage.origin.rawValue,
            ], isCounted: isCounted,
            standing: isReversed ? "ended before it began" : outage.isPlanned ? "planned maintenance" : "counted",
            source: outage.source)
    }
}
