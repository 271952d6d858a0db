import Measures
import Synchronization

/// Tables of sharing groups, merged as they come, so that a group's own are let go: always two of as many groups, as when
/// counting in binary, so that a table that grows with the groups is gone through a few times and not once a group.
/// Merging is exact in any order.
final class MergedTables: Sendable {
    /// Tables with their positions, in order.
    typealias Parts = [(table: Int, part: TallyTable)]

    private let sets = Mutex<[(groups: Int, parts: Parts)]>([])

    func take(_ parts: Parts) {
        var own = (groups: 1, parts: parts.sorted { $0.table < $1.table })
        while true {
            // Whoever takes a set has it alone while it is merged.
            let other = sets.withLock { sets -> Parts? in
                if let place = sets.firstIndex(where: { $0.groups == own.groups }) { return sets.remove(at: place).parts }
                sets.append(own)
                return nil
            }
            guard let other else { return }
            own = (own.groups * 2, MergedTables.merged(other, own.parts))
        }
    }

    private static func merged(_ first: Parts, _ second: Parts) -> Parts {
        var result: Parts = []
        result.reserveCapacity(first.count + second.count)
        var rest = second[...]
        for (table, part) in first {
            while let next = rest.first, next.table < table { result.append(rest.removeFirst()) }
            if let next = rest.first, next.table == table {
                var both = part
                both.merge(next.part)
                result.append((table, both))
                rest.removeFirst()
            } else {
                result.append((table, part))
            }
        }
        return result + rest
    }

    /// All of them, to what is in `tables`.
    func merge(into tables: inout [TallyTable]) {
        // The smallest first.
        for set in sets.withLock({ $0 }).sorted(by: { $0.groups < $1.groups }) {
            for (table, part) in set.parts { tables[table].merge(part) }
        }
    }
}
