/// How often each whole value was seen: the exact distribution, kept as counts.
///
/// Durations of millions of answers have few distinct seconds, so this stays small where the list of them would not.
/// Histograms merge with `+` exactly and in any order. Values are in the unit of whoever made it (seconds, days).
public struct SparseHistogram: Hashable, Sendable {
    /// Each distinct value, ascending, then how often it was seen: as what is added to the value before (the first by
    /// itself, signs folded), and the count, seven bits a byte, the lowest first, all but the last byte of a number with
    /// the eighth bit. Millions of answers take some two bytes each so, and equal histograms equal bytes.
    private var packed: [UInt8] = []
    /// The greatest value packed.
    fileprivate private(set) var last: Int64 = 0
    /// How many distinct values there are.
    public private(set) var distinctCount = 0
    /// How many were seen in all.
    public private(set) var count: Int64 = 0

    public init() {}

    /// Sorts and counts; in linear time for long arrays.
    public init(sortingValues unsorted: consuming [Int32]) {
        self.init()
        unsorted.sortAscendingInt32()
        unsorted.withUnsafeBufferPointer { append(runsOf: $0) }
    }

    /// Counts what ascends.
    public init(sorted values: UnsafeBufferPointer<Int32>) {
        self.init()
        append(runsOf: values)
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
        self.init()
        for (value, count) in zip(values, counts) { append(value, count) }
    }

    /// The distinct values, ascending. Made anew each time: take it once.
    public var values: [Int64] { entries.map(\.value) }
    /// How often each of `values` was seen: above 0. Made anew each time.
    public var counts: [Int64] { entries.map(\.count) }

    /// Each distinct value, ascending, and how often it was seen.
    public var entries: Entries { Entries(self) }

    public struct Entries: Sequence, IteratorProtocol {
        private let packed: [UInt8]
        private var at = 0
        private var value: Int64 = 0

        fileprivate init(_ histogram: SparseHistogram) { packed = histogram.packed }

        @inline(__always)
        public mutating func next() -> (value: Int64, count: Int64)? {
            if at == packed.count { return nil }
            if at == 0 {
                let folded = number()
                value = Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
            } else {
                value = value &+ Int64(bitPattern: number())
            }
            return (value, Int64(bitPattern: number()))
        }

        @inline(__always)
        private mutating func number() -> UInt64 {
            var byte = packed[at]
            at += 1
            var number = UInt64(byte & 0x7F)
            var shift: UInt64 = 7
            while byte & 0x80 != 0 {
                byte = packed[at]
                at += 1
                number |= UInt64(byte & 0x7F) << shift
                shift += 7
            }
            return number
        }
    }

    /// As it is packed by somebody who knows how many bytes it takes at most.
    private init(room: Int, _ pack: (inout HistogramPacker) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { bytes in
            guard let base = bytes.baseAddress else { return }
            var packer = HistogramPacker(base: base, room: room, before: self)
            pack(&packer)
            packed = Array(UnsafeBufferPointer(start: base, count: packer.used))
            (last, distinctCount, count) = (packer.last, packer.distinctCount, packer.count)
        }
    }

    /// `value` is greater than all before, `seen` above 0.
    private mutating func append(_ value: Int64, _ seen: Int64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { bytes in
            guard let base = bytes.baseAddress else { return }
            var packer = HistogramPacker(base: base, room: 20, before: self)
            packer.append(value, seen)
            packed.append(contentsOf: UnsafeBufferPointer(start: base, count: packer.used))
            (last, distinctCount, count) = (packer.last, packer.distinctCount, packer.count)
        }
    }

    public var isEmpty: Bool { count == 0 }
    public var min: Int64? {
        var entries = self.entries
        return entries.next()?.value
    }
    public var max: Int64? { isEmpty ? nil : last }

    /// One more of a value. For a few; `init(sortingValues:)` is the way for many.
    public mutating func add(_ value: Int64, times: Int64 = 1) {
        precondition(times > 0, "a histogram counts up")
        if isEmpty || value > last { return append(value, times) }
        var one = SparseHistogram()
        one.append(value, times)
        self = self + one
    }

    /// How many are at or below the value.
    public func count(through value: Int64) -> Int64 {
        var total: Int64 = 0
        for entry in entries {
            if entry.value > value { break }
            total += entry.count
        }
        return total
    }

    /// The value of this rank (1 is the least); nil outside 1…count.
    public func value(rank: Int64) -> Int64? {
        guard rank >= 1, rank <= count else { return nil }
        var seen: Int64 = 0
        for entry in entries {
            seen += entry.count
            if seen >= rank { return entry.value }
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
        for entry in entries { total += Int128(entry.value) * Int128(entry.count) }
        return total
    }

    /// The exact sum ÷ count, rounded once; nil of none.
    public var mean: Double? { isEmpty ? nil : Double(sum) / Double(count) }

    private mutating func append<Value: FixedWidthInteger>(runsOf sorted: UnsafeBufferPointer<Value>) {
        // A value and how often it was seen take ten bytes each at the most.
        self = SparseHistogram(room: sorted.count * 20) { packer in
            var start = 0
            while start < sorted.count {
                let value = sorted[start]
                var end = start &+ 1
                while end < sorted.count, sorted[end] == value { end &+= 1 }
                packer.append(Int64(value), Int64(end &- start))
                start = end
            }
        }
    }
}

extension SparseHistogram {
    /// Both together: exact, commutative and associative.
    public static func + (a: SparseHistogram, b: SparseHistogram) -> SparseHistogram {
        if a.isEmpty { return b }
        if b.isEmpty { return a }
        // What is added to the value before is never more than it was, but for the first of one of them.
        return SparseHistogram(room: a.packed.count + b.packed.count + 20) { merged in
            var (left, right) = (a.entries, b.entries)
            var (x, y) = (left.next(), right.next())
            while let one = x, let other = y {
                if one.value < other.value {
                    merged.append(one.value, one.count)
                    x = left.next()
                } else if other.value < one.value {
                    merged.append(other.value, other.count)
                    y = right.next()
                } else {
                    merged.append(one.value, one.count + other.count)
                    x = left.next()
                    y = right.next()
                }
            }
            while let one = x {
                merged.append(one.value, one.count)
                x = left.next()
            }
            while let other = y {
                merged.append(other.value, other.count)
                y = right.next()
            }
        }
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
        entries.map { "\($0.value)×\($0.count)" }.joined(separator: " ")
    }
}

/// Writes distinct values, ascending, and how often they were seen, one behind the other.
private struct HistogramPacker {
    private let base: UnsafeMutablePointer<UInt8>
    private let room: Int
    private(set) var used = 0
    private(set) var last: Int64
    private(set) var distinctCount: Int
    private(set) var count: Int64

    /// - Parameter before: what is packed already, elsewhere.
    init(base: UnsafeMutablePointer<UInt8>, room: Int, before: SparseHistogram) {
        self.base = base
        self.room = room
        (last, distinctCount, count) = (before.last, before.distinctCount, before.count)
    }

    /// `value` is greater than all before, `seen` above 0.
    @inline(__always)
    mutating func append(_ value: Int64, _ seen: Int64) {
        append(distinctCount == 0 ? UInt64(bitPattern: value << 1 ^ value >> 63) : UInt64(bitPattern: value &- last))
        append(UInt64(bitPattern: seen))
        last = value
        distinctCount &+= 1
        count += seen
    }

    @inline(__always)
    private mutating func append(_ number: UInt64) {
        precondition(room &- used >= 10, "a number takes ten bytes at most")
        var rest = number
        while rest >= 0x80 {
            (base + used).initialize(to: UInt8(truncatingIfNeeded: rest) | 0x80)
            used &+= 1
            rest >>= 7
        }
        (base + used).initialize(to: UInt8(truncatingIfNeeded: rest))
        used &+= 1
    }
}
