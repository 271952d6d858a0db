import Basis
public import Dealership

/// The rows behind what is missing: arrivals while it was down and in the recapture time; and beside them, not counted in
/// the window, those of the clean weeks that the expected is the mean of.
enum VolumeEvidence {
    static let columns = ["outage_id", "store_id", "kind", "at", "hours"]

    /// A window for each outage by itself: of outages near each other a row may stand under both.
    static func rows(
        _ facts: Facts, _ slice: EvidenceSlice, counts: (DayStretch) -> Bool, holds: (ArrivalKind) -> Bool = { _ in true }
    ) -> [Evidence.Row] {
        let header = facts.header
        let spec = TableSpec(
            name: "", request: MeasureRequest(MissingVolume(answerOn: facts.parameters.answerOn)), by: [.outage], columns: [])
        let outages = Dictionary(header.outages.map { ($0.identifier, $0) }) { first, _ in first }
        var counting = VolumeCounting(facts)
        var rows: [Evidence.Row] = []
        for window in VolumeWindow.all(header, spec, stores: Set(facts.stores)) {
            let more: [Dimension: String] = [.kind: window.kind.label(header), .at: slice.labels[.at] ?? ""]
            guard holds(window.kind), let outage = outages[window.labels[0]],
                OutageLabels.holds(slice, outage, store: window.store, header, more: more),
                let hours = counting.hours(window.kind, store: window.store)
            else { continue }
            func add(_ stretch: DayStretch, _ standing: String, isCounted: Bool) {
                for arrival in hours.arrivals(hours.instants(stretch)) {
                    rows.append(
                        Evidence.Row(
                            cells: [
                                outage.identifier, header.stores[Int(window.store)].identifier, window.kind.label(header),
                                facts.local(arrival.at, store: window.store), standing,
                            ], isCounted: isCounted, standing: standing, source: arrival.source,
                            restsOn: [outage.source]))
                }
            }
            var weeks: Set<DayStretch> = []
            for stretch in hours.stretches(window) where hours.isKnown(stretch.day) {
                let standing = stretch.isDown ? "while it was down" : "in the recapture time"
                let isSpecial = hours.isSpecial(stretch.day)
                add(
                    stretch, isSpecial ? "a day with unusual hours" : standing, isCounted: !isSpecial && counts(stretch))
                if counts(stretch), !isSpecial { weeks.formUnion(hours.cleanWeeks(stretch)) }
            }
            for week in weeks.sorted(by: { ($0.day, $0.from) < ($1.day, $1.from) }) {
                add(week, "a clean week", isCounted: false)
            }
        }
        return rows
    }
}

extension MissingVolume {
    /// Of `observed`, `expected` and what is missing at first, the time while it was down; else with the recapture time.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let first = ["observed", "expected", "missing_at_first", "missing_at_first_lower", "missing_at_first_upper"]
        let isFirst = slice.column.map { first.contains($0) } ?? true
        return Evidence(
            columns: VolumeEvidence.columns, rows: VolumeEvidence.rows(facts, slice, counts: { $0.isDown || !isFirst }))
    }
}

extension OutageCurve {
    /// Of an hour or day, and of none in particular those of the whole window.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        let at = slice.labels[.at] ?? ""
        let rows = VolumeEvidence.rows(facts, slice, counts: { _ in true }).filter { row in
            at.isEmpty || row.cells[3].hasPrefix(at.count > 10 ? String(at.prefix(13)) : at)
        }
        return Evidence(columns: VolumeEvidence.columns, rows: rows)
    }
}

extension OutageCost {
    /// What came in of the enquiries that are valued, as missing-volume lists it.
    public func evidence(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence? {
        if slice.column == "remedies_given" { return given(facts, slice) }
        let rows = VolumeEvidence.rows(facts, slice, counts: { _ in true }, holds: \.isEnquiry)
        return Evidence(columns: VolumeEvidence.columns, rows: rows)
    }

    /// The remedies' rows, those without a customer, or whose customer nobody else knows, among them.
    private func given(_ facts: Facts, _ slice: EvidenceSlice) -> Evidence {
        let header = facts.header
        let own = Set(facts.stores)
        let rows = header.ledger.remedies.compactMap { remedy -> Evidence.Row? in
            let outage = header.outages[remedy.outage]
            let named = remedy.store >= 0 ? remedy.store : outage.store
            // What names no store is listed once, with the first store hit.
            guard let home = named >= 0 ? named : outage.storesHit(header).first, own.contains(home),
                OutageLabels.holds(slice, outage, store: slice.labels[.store] == nil ? home : named, header)
            else { return nil }
            let given = remedy.givenAt.isMissing ? "" : facts.local(remedy.givenAt.instant.seconds, store: home)
            return Evidence.Row(
                cells: [
                    remedy.identifier, outage.identifier, String(remedy.customer.drop { $0 != "·" }.dropFirst()), remedy.kind,
                    remedy.amount?.description ?? "", given,
                ], isCounted: remedy.amount != nil, standing: remedy.amount == nil ? "no amount" : "counted",
                source: remedy.source, restsOn: [outage.source])
        }
        return Evidence(columns: ["remedy_id", "outage_id", "customer_id", "kind", "amount", "given_at"], rows: rows)
    }
}

extension ArrivalKind {
    var isEnquiry: Bool {
        switch self {
        case .channel, .leads, .leadsOf: true
        case .appointments, .visits: false
        }
    }
}
