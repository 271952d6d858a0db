import Basis

/// Rows of outages that tell of one failure: they overlap on one system at a store of the group. What one row's customers
/// had for it, those of the others had too.
struct OneFailure {
    /// By position in the header's outages: the first row of the same failure, which may be the row itself.
    private var first: [Int]

    init(_ facts: Facts) {
        let (header, stores) = (facts.header, facts.stores)
        first = Array(header.outages.indices)
        var bySystem: [String: [(outage: Int, start: Instant, end: Instant)]] = [:]
        for (index, outage) in header.outages.enumerated() where !outage.isPlanned && outage.start < header.asOf {
            guard let store = stores.first(where: { outage.hits(store: $0) }) else { continue }
            let zone = header.zone(ofStore: Int(store))
            let ranges = outage.spans.map { $0.range(in: zone, asOf: header.asOf) }
            guard let start = ranges.map(\.lowerBound).min(), let end = ranges.map(\.upperBound).max() else { continue }
            bySystem[outage.systemKey, default: []].append((index, start, end))
        }
        for rows in bySystem.values where rows.count > 1 {
            var open: [(outage: Int, start: Instant, end: Instant)] = []
            for row in rows.sorted(by: { ($0.start, $0.outage) < ($1.start, $1.outage) }) {
                open.removeAll { $0.end < row.start }
                for other in open {
                    let (a, b) = (header.outages[other.outage], header.outages[row.outage])
                    if stores.contains(where: { a.hits(store: $0) && b.hits(store: $0) }) { join(other.outage, row.outage) }
                }
                open.append(row)
            }
        }
    }

    subscript(outage: Int) -> Int {
        var outage = outage
        while first[outage] != outage { outage = first[outage] }
        return outage
    }

    private mutating func join(_ a: Int, _ b: Int) {
        let (x, y) = (self[a], self[b])
        if x != y { first[max(x, y)] = min(x, y) }
    }
}
