import Basis
import Dealership

/// The labels of what an outage did, where it is split by the outage, its vendor, system, store or month. The month is
/// that of the outage's start: what it did is not torn apart at a month's end.
struct OutageLabels {
    private let header: JournalHeader
    private let spec: TableSpec
    private let wanted: FactFilter

    init(_ spec: TableSpec, _ header: JournalHeader) {
        self.header = header
        self.spec = spec
        wanted = FactFilter(spec, header)
    }

    static let dimensions: [Dimension] = [.outage, .store, .month, .vendor, .system]

    /// Nil where the table does not ask for it. `store` −1: of every store.
    func labels(_ outage: Outage, store: Int32, more: (Dimension) -> String = { _ in "" }) -> [String]? {
        let day = day(outage, store)
        guard wanted.admits(store: store, day: day), outage.start < header.asOf else { return nil }
        return spec.by.map { label($0, outage, store: store, day: day) ?? more($0) }
    }

    private func day(_ outage: Outage, _ store: Int32) -> Day {
        (store >= 0 ? header.zone(ofStore: Int(store)) : header.zones[0]).day(at: outage.start)
    }

    private func label(_ dimension: Dimension, _ outage: Outage, store: Int32, day: Day) -> String? {
        switch dimension {
        case .outage: outage.identifier
        case .vendor: outage.vendor
        case .system: outage.system
        case .month: day.month.description
        case .store: store >= 0 ? header.stores[Int(store)].identifier : ""
        default: nil
        }
    }

    /// Whether a slice of evidence holds the outage in the store.
    static func holds(
        _ slice: EvidenceSlice, _ outage: Outage, store: Int32, _ header: JournalHeader, more: [Dimension: String] = [:]
    ) -> Bool {
        let zone = store >= 0 ? header.zone(ofStore: Int(store)) : header.zones[0]
        var known: [Dimension: String] = [
            .outage: outage.identifier, .vendor: outage.vendor, .system: outage.system,
            .month: zone.month(at: outage.start).description,
            .store: store >= 0 ? header.stores[Int(store)].identifier : "",
        ]
        known.merge(more) { $1 }
        if let months = slice.months, !months.contains(zone.month(at: outage.start)) { return false }
        return slice.labels.allSatisfy { known[$0.key] == $0.value }
    }
}
