import Basis
public import Dealership

extension OutageImpact {
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let header = facts.header
        let stores = header.stores.indices.filter { header.stores[$0].group == facts.journal.group }
        var rows: [Evidence.Row] = []
        for outage in header.outages {
            for store in stores where outage.store < 0 || Int(outage.store) == store {
                let zone = header.zone(ofStore: store)
                let end = min(outage.end ?? header.asOf, header.asOf)
                var span = outage.start..<max(outage.start, end)
                if let months = slice.months {
                    let window = zone.startOfDay(months.lowerBound.firstDay)
                        ..< zone.startOfDay((months.upperBound + 1).firstDay)
                    guard let part = span.part(in: window) else { continue }
                    span = part
                }
                let labels: [Dimension: String] = [
                    .outage: outage.identifier, .store: header.stores[store].identifier, .vendor: outage.vendor,
                    .system: outage.system, .channel: outage.channel,
                ]
                guard outage.start < header.asOf, slice.labels.allSatisfy({ labels[$0.key] == $0.value }) else { continue }
                let table = facts.calendars.tables[facts.calendars.index(store: Int32(store), department: -1)]
                rows.append(
                    Evidence.Row(
                        cells: [
                            outage.identifier, header.stores[store].identifier, outage.vendor, outage.system, outage.channel,
                            facts.local(outage.start.seconds, store: Int32(store)),
                            outage.end.map { facts.local($0.seconds, store: Int32(store)) } ?? "still open",
                            String(span.upperBound - span.lowerBound),
                            String(table.openSeconds(from: span.lowerBound, to: span.upperBound) ?? 0),
                        ], isCounted: true, standing: "counted", source: outage.source))
            }
        }
        return Evidence(
            columns: [
                "outage_id", "store_id", "vendor", "system", "channel", "started_at", "ended_at", "wall_seconds",
                "open_seconds",
            ], rows: rows)
    }
}
