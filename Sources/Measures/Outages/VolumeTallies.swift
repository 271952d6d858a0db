import Basis
import Dealership

/// How windows travel from the sharing groups to the finished table: as rows with two labels more than the table has, the
/// window and whose counts they are. Stores not hit may belong to other groups than the one that was.
enum VolumeTallies {
    /// More say no more, and of many stores every one would be held against every other.
    private static let mostControls = 12

    static func of(_ facts: Facts, _ spec: TableSpec) -> TallyTable {
        let header = facts.header
        if header.outages.isEmpty { return TallyTable() }
        let own = Set(facts.stores)
        var table = TallyTable()
        var counting = VolumeCounting(facts)
        func add(_ window: VolumeWindow, _ whose: String, _ count: VolumeCount) {
            table.merge(
                TallyTable(
                    cells: [window.labels + [window.identifier, whose]: Tally(counts: count.values, histograms: [])]))
        }
        for window in VolumeWindow.all(header, spec, stores: near(own, header)) {
            if own.contains(window.store), let count = counting.count(window) { add(window, "own", count) }
            for store in controls(of: window.store, header) where own.contains(store) {
                if let count = counting.countControl(window, store: store) { add(window, "others", count) }
            }
        }
        return table
    }

    /// The stores that a store is held against: the next in the roster, from the last on to the first.
    static func controls(of store: Int32, _ header: JournalHeader) -> [Int32] {
        let all = header.stores.count
        return (1..<max(1, min(all, mostControls + 1))).map { Int32((Int(store) + $0) % all) }
    }

    /// The stores themselves and those that are held against them.
    private static func near(_ stores: Set<Int32>, _ header: JournalHeader) -> Set<Int32> {
        let all = header.stores.count
        var near = stores
        for store in stores {
            for step in 1..<max(1, min(all, mostControls + 1)) { near.insert(Int32((Int(store) - step + all) % all)) }
        }
        return near
    }

    /// The windows of a merged table, each with the labels of its cell and its identifier, in order.
    static func windows(
        _ table: TallyTable, _ spec: TableSpec
    ) -> [(labels: [String], window: String, estimate: VolumeEstimate)] {
        var windows: [[String]: VolumeCount] = [:]
        var hasOwn: Set<[String]> = []
        for (labels, tally) in table.cells where labels.count == spec.by.count + 2 {
            let window = Array(labels.dropLast())
            if labels.last == "own" { hasOwn.insert(window) }
            var count = windows[window] ?? VolumeCount()
            for index in count.values.indices where index < tally.counts.count { count.values[index] += tally.counts[index] }
            windows[window] = count
        }
        return hasOwn.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { window in
            windows[window].map { (Array(window.dropLast()), window.last ?? "", VolumeEstimate($0)) }
        }
    }
}
