import Basis
import Dealership
import Definitions

// What outages say beside each other and the settings: they count, and somebody should know.

extension StagedExports {
    mutating func noteOutages() {
        noteOverlaps()
        noteDayPrecision()
        noteUnknown(
            .warning, "unknown-system", column: "system", known: header.settings.outages.systems.map(\.name), \.system,
            "what it stopped is known only where a row names the channel", "name it under `outages: systems:`")
        let channels = header.settings.channels.map(\.name)
        noteUnknown(
            .warning, "unknown-channel", column: "channel",
            known: channels.isEmpty ? [] : channels + OutageSettings.activitiesBesideChannels, \.channel,
            "nobody who waited is counted on it", "correct it, or add it to `channels:`")
        noteStores()
    }

    /// Of each system once, at the first row that overlaps another.
    private mutating func noteOverlaps() {
        struct Overlap {
            var row: RowSource
            var other: RowSource
            var rows: Int
        }
        var active: [String: [Outage]] = [:]
        var found: [String: Overlap] = [:]
        for outage in header.outages where !outage.isPlanned {
            let key = outage.systemKey
            var earlier = (active[key] ?? []).filter { $0.end.map { $0 > outage.start } ?? true }
            if let other = earlier.first(where: { $0.sharesStore(with: outage, header) }) {
                let (row, its) = (max(outage.source, other.source), min(outage.source, other.source))
                if let known = found[key] {
                    found[key] = Overlap(
                        row: min(known.row, row), other: row < known.row ? its : known.other, rows: known.rows + 1)
                } else {
                    found[key] = Overlap(row: row, other: its, rows: 1)
                }
            }
            earlier.append(outage)
            active[key] = earlier
        }
        for (key, overlap) in found.sorted(by: { $0.value.row < $1.value.row }) {
            let other = location(of: overlap.other)
            let more = overlap.rows > 1 ? ", here and in \(overlap.rows - 1) more row\(overlap.rows == 2 ? "" : "s")" : ""
            diagnostics.append(
                Diagnostic(
                    .note, "overlapping-outages", at: location(of: overlap.row, column: "started_at"),
                    "the row overlaps another of the same system (\(other.file):\(other.row ?? 0))\(more); time in several "
                        + "counts once",
                    remedies: ["nothing to do if all are true; else correct start or end"], value: key))
        }
    }

    private mutating func noteDayPrecision() {
        var rows: [StandardTable: (first: RowSource, count: Int)] = [:]
        for outage in header.outages where outage.precision == .day {
            let known = rows[outage.origin] ?? (outage.source, 0)
            rows[outage.origin] = (min(known.first, outage.source), known.count + 1)
        }
        for (table, found) in rows.sorted(by: { $0.value.first < $1.value.first }) {
            let more = found.count > 1 ? ", here and of \(found.count - 1) more" : ""
            diagnostics.append(
                Diagnostic(
                    .note, "day-precision",
                    at: location(of: found.first, column: table == .outages ? "started_at" : "at"),
                    "of the outage a day without a time is known\(more): that day counts whole",
                    remedies: ["export the time of day too if it is known"]))
        }
    }

    /// Names that the settings do not know, each once.
    private mutating func noteUnknown(
        _ severity: Diagnostic.Severity, _ code: String, column: String, known: [String], _ name: (Outage) -> String, _ effect: String, _ remedy: String
    ) {
        guard !known.isEmpty else { return }
        var rows: [String: (first: RowSource, count: Int)] = [:]
        for outage in header.outages {
            let name = name(outage)
            if name.isEmpty || known.contains(name) { continue }
            let before = rows[name] ?? (outage.source, 0)
            rows[name] = (min(before.first, outage.source), before.count + 1)
        }
        for (name, found) in rows.sorted(by: { $0.value.first < $1.value.first }) {
            let more = found.count > 1 ? ", here and in \(found.count - 1) more row\(found.count == 2 ? "" : "s")" : ""
            var remedies = [remedy]
            if let near = nearestName(to: name, among: known) { remedies.insert("did you mean \(near)?", at: 0) }
            diagnostics.append(
                Diagnostic(
                    severity, code, at: location(of: found.first, column: column),
                    "the settings know no \(column) of this name\(more); its downtime counts, but \(effect)",
                    remedies: remedies, value: name))
        }
    }

    /// Stores of systems that are no stores, and rows of stores that do not have the system.
    private mutating func noteStores() {
        let stores = header.stores.map(\.identifier)
        let settings = header.settings
        let stated = settings.outages.systems.map { ("outages.systems.\($0.name).stores", $0.stores) }
            + settings.contracts.map { ("contracts.\($0.vendor).stores", $0.stores) }
        for (place, named) in stated {
            for store in named where !stores.contains(store) {
                var remedies = ["add the store to stores.csv, or correct the name"]
                if let near = nearestName(to: store, among: stores) { remedies.insert("did you mean \(near)?", at: 0) }
                diagnostics.append(
                    Diagnostic(
                        .warning, "unknown-store",
                        at: .init(file: "dealership.yaml", row: nil, column: place),
                        "\"\(store)\" is no store of the exports", remedies: remedies))
            }
        }
        for outage in header.outages where outage.store >= 0 && !outage.stores.isEmpty {
            if outage.stores.contains(outage.store) { continue }
            diagnostics.append(
                Diagnostic(
                    .warning, "store-without-system", at: location(of: outage.source, column: "store_id"),
                    "by the settings this store does not have the system; the outage counts there all the same",
                    remedies: ["correct the row, or add the store under `outages: systems: … stores:`"],
                    value: header.stores[Int(outage.store)].identifier))
        }
    }
}

extension Outage {
    fileprivate func sharesStore(with other: Outage, _ header: JournalHeader) -> Bool {
        let all = { (outage: Outage) in outage.store < 0 && outage.stores.isEmpty }
        if all(self) || all(other) { return true }
        return storesHit(header).contains { other.hits(store: $0) }
    }
}
