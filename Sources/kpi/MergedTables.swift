import Measures
import Synchronization

/// Tables of sharing groups, merged as they come, so that a group's own are let go. Whoever comes takes a set that nobody
/// has at hand: there are as many sets as tasks. Merging is exact in any order.
final class MergedTables: Sendable {
    private let sets = Mutex<[[TallyTable]]>([])

    func take(_ tables: [TallyTable]) {
        let known = sets.withLock { $0.popLast() }
        guard var merged = known else { return sets.withLock { $0.append(tables) } }
        for (index, table) in tables.enumerated() { merged[index].merge(table) }
        let result = merged
        sets.withLock { $0.append(result) }
    }

    /// All of them; `tables` of whoever has some already.
    func merge(into tables: inout [TallyTable]) {
        for set in sets.withLock({ $0 }) {
            for (index, table) in set.enumerated() { tables[index].merge(table) }
        }
    }
}
