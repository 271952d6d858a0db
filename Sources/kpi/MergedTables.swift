import Measures
import Synchronization

/// Tables of sharing groups, merged as they come, so that a group's own are let go. Whoever comes takes a set that nobody
/// has at hand: there are as many sets as tasks. Merging is exact in any order.
final class MergedTables: Sendable {
    private let sets = Mutex<[[TallyTable]]>([])
    private let count: Int

    init(count: Int) { self.count = count }

    /// Parts of tables with their positions.
    func take(_ parts: [(table: Int, part: TallyTable)]) {
        var merged = sets.withLock { $0.popLast() } ?? [TallyTable](repeating: TallyTable(), count: count)
        for (table, part) in parts { merged[table].merge(part) }
        let result = merged
        sets.withLock { $0.append(result) }
    }

    /// All of them, to what is in `tables`.
    func merge(into tables: inout [TallyTable]) {
        for set in sets.withLock({ $0 }) {
            for (index, table) in set.enumerated() { tables[index].merge(table) }
        }
    }
}
