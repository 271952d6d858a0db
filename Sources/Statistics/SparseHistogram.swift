/// How often each whole value was seen: the exact distribution, kept as counts.
///
/// Durations of millions of answers have few distinct seconds, so this stays small where the list of them would not.
/// Histograms merge with `+` exactly and in any order. Values are in the unit of whoever made it (seconds, days).
public struct SparseHistogram: Hashable, Sendable {
    /// The distinct values, ascending.
    public private(set) var values: [Int64]
    /// How often each of `values` was seen: above 0.
    public private(set) var counts: [Int64]
    /// How many were seen in all.
    public private(set) var count: Int64

    public init() {
        values = []
        counts = []
        count = 0
    }

    /// Sorts and counts; in linear time for long arrays.
    public init(sortingValues unsorted: consuming [Int32]) {
        self.init()
        unsorted.sortAscendingInt32()
        unsorted.withUnsafeBufferPointer { append(runsOf: $0) }
    }

    /// Sorts and counts.
    public init(sortingValues unsorted: consuming [Int64]) {
        self.init()
        unsorted.sort()
        unsorted.withUnsafeBufferPointer { append(runsOf: $0) }
    }

    /// From distinct ascending values and their counts, as read back from a partial state; nil unless the values
    /// ascend strictly, the counts are positive, and their sum fits.
    public init?(values: [Int64], counts: [Int64]) {
        guard values.count == counts.count, counts.allSatisfy({ $0 > 0 }),
            zip(values, values.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        var total: Int64 = 0
        for count in counts {
            let (sum, overflow) = total.addingReportingOverflow(count)
            if overflow { return nil }
            total = sum
        }
        self.values = values
        self.counts = counts
        self.count = total
    }

    public var isEmpty: Bool { count == 0 }
    public var min: Int64? { values.first }
    public var max: Int64? { values.last }

    /// How many distinct values there are.
    public var distinctCount: Int { values.count }

    /// One more of a value. For a few; `init(sortingValues:)` is the way for many.
    public mutating func add(_ value: Int64, times: Int64 = 1) {
        precondition(times > 0, "a histogram counts up")
        let place = firstIndex(notBelow: value)
        if place < values.count, values[place] == value {
            counts[place] += times
        } else {
            values.insert(value, at: place)
            counts.insert(times, at: place)
        }
        count += times
    }

    /// How many are at or below the value.
    public func count(through value: Int64) -> Int64 {
        var total: Int64 = 0
        var place = 0
        while place < values.count, values[place] <= value {
            total += counts[place]
            place += 1
        }
        return total
    }

    /// The value of this rank (1 is the least); nil outside 1…count.
    public func value(rank: Int64) -> Int64? {
        guard rank >= 1, rank <= count else { return nil }
        var seen: Int64 = 0
        for (value, count) in zip(values, counts) {
            seen += count
            if seen >= rank { return value }
        }
        return nil
    }

    /// The observed value of rank ⌈np⌉, nil of none: Hyndman–Fan type 1 (doi:10.1080/00031305.1996.10473566).
    ///
    /// Always a value that was seen, never a midpoint; the rank is computed in whole numbers.
    public func quantile(_ p: Quantile) -> Int64? {
        isEmpty ? nil : value(rank: p.rank(of: count))
    }

    /// The exact sum of all values.
    public var sum: Int128 {
        var total: Int128 = 0
        for (value, count) in zip(values, counts) { total += Int128(value) * Int128(count) }
        return total
    }

    /// The exact sum ÷ count, rounded once; nil of none.
    public var mean: Double? { isEmpty ? nil : Double(sum) / Double(count) }

    private func firstIndex(notBelow value: Int64) -> Int {
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func append<Value: FixedWidthInteger>(runsOf sorted: UnsafeBufferPointer<Value>) {
        var start = 0
        while start < sorted.count {
            let value = sorted[start]
            var end = start + 1
            while end < sorted.count, sorted[end] == value { end += 1 }
            values.append(Int64(value))
            counts.append(Int64(end - start))
            start = end
        }
        count = Int64(sorted.count)
    }
}

extension SparseHistogram {
    /// Both together: exact, commutative and associative.
    public static func + (a: SparseHistogram, b: SparseHistogram) -> SparseHistogram {
        if a.isEmpty { return b }
        if b.isEmpty { return a }
        var merged = SparseHistogram()
        merged.values.reserveCapacity(a.values.count + b.values.count)
        merged.counts.reserveCapacity(a.values.count + b.values.count)
        var i = 0
        var j = 0
        while i < a.values.count || j < b.values.count {
            if j == b.values.count || (i < a.values.count && a.values[i] < b.values[j]) {
                merged.values.append(a.values[i])
                merged.counts.append(a.counts[i])
                i += 1
            } else if i == a.values.count || b.values[j] < a.values[i] {
                merged.values.append(b.values[j])
                merged.counts.append(b.counts[j])
                j += 1
            } else {
                merged.values.append(a.values[i])
                merged.counts.append(a.counts[i] + b.counts[j])
                i += 1
                j += 1
            }
        }
        merged.count = a.count + b.count
        return merged
    }

    public static func += (a: inout SparseHistogram, b: SparseHistogram) { a = a + b }

    /// All together, merged in pairs so that many small ones cost k log k rather than k².
    public static func merging(_ parts: [SparseHistogram]) -> SparseHistogram {
        var layer = parts
        while layer.count > 1 {
            layer = stride(from: 0, to: layer.count, by: 2).map { at in
                at + 1 < layer.count ? layer[at] + layer[at + 1] : layer[at]
            }
        }
        return layer.first ?? SparseHistogram()
    }
}

extension SparseHistogram: CustomStringConvertible {
    /// `2×5 7×1`: value×count, ascending.
    public var description: String {
        zip(values, counts).map { "\($0)×\($1)" }.joined(separator: " ")
    }
}
