/// A set of instants, as disjoint half-open intervals [start, end) in ascending order that do not touch: outages,
/// absences, recoveries. Two sets with the same instants are equal.
public struct IntervalSet: Hashable, Sendable {
    /// Ascending; none empty; between two lies at least a second.
    public private(set) var intervals: [Range<Instant>]

    /// No instant at all.
    public static let empty = IntervalSet()

    public init() { intervals = [] }

    /// The union of intervals in any order, which may overlap, touch, repeat or be empty.
    public init(_ ranges: some Sequence<Range<Instant>>) {
        let sorted = ranges.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        intervals = []
        intervals.reserveCapacity(sorted.count)
        for range in sorted {
            if let last = intervals.last, range.lowerBound <= last.upperBound {
                intervals[intervals.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                intervals.append(range)
            }
        }
    }

    public var isEmpty: Bool { intervals.isEmpty }

    /// How many seconds it has in all.
    public var seconds: Int64 { intervals.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) } }

    /// An interval contains its start, not its end.
    public func contains(_ instant: Instant) -> Bool {
        let next = firstIndex(endingAfter: instant)
        return next < intervals.count && intervals[next].lowerBound <= instant
    }

    /// What is in either.
    public func union(_ other: IntervalSet) -> IntervalSet { IntervalSet(intervals + other.intervals) }

    /// What is in both.
    public func intersection(_ other: IntervalSet) -> IntervalSet {
        var common: [Range<Instant>] = []
        var (mine, its) = (0, 0)
        while mine < intervals.count, its < other.intervals.count {
            let (a, b) = (intervals[mine], other.intervals[its])
            let start = max(a.lowerBound, b.lowerBound)
            let end = min(a.upperBound, b.upperBound)
            if start < end { common.append(start..<end) }
            if a.upperBound < b.upperBound { mine += 1 } else { its += 1 }
        }
        return IntervalSet(disjoint: common)
    }

    /// What is in it and within the range.
    public func intersection(_ range: Range<Instant>) -> IntervalSet {
        var common: [Range<Instant>] = []
        var index = firstIndex(endingAfter: range.lowerBound)
        while index < intervals.count, intervals[index].lowerBound < range.upperBound {
            let part = intervals[index].clamped(to: range)
            if !part.isEmpty { common.append(part) }
            index += 1
        }
        return IntervalSet(disjoint: common)
    }

    /// What is in it and not in the other.
    public func subtracting(_ other: IntervalSet) -> IntervalSet {
        var rest: [Range<Instant>] = []
        var its = 0
        for interval in intervals {
            var start = interval.lowerBound
            while its < other.intervals.count, other.intervals[its].upperBound <= start { its += 1 }
            var hole = its
            while hole < other.intervals.count, other.intervals[hole].lowerBound < interval.upperBound {
                if start < other.intervals[hole].lowerBound { rest.append(start..<other.intervals[hole].lowerBound) }
                start = other.intervals[hole].upperBound
                hole += 1
            }
            if start < interval.upperBound { rest.append(start..<interval.upperBound) }
        }
        return IntervalSet(disjoint: rest)
    }

    /// For results that are in order already.
    private init(disjoint: [Range<Instant>]) { intervals = disjoint }

    private func firstIndex(endingAfter instant: Instant) -> Int {
        var low = 0
        var high = intervals.count
        while low < high {
            let middle = (low + high) / 2
            if intervals[middle].upperBound <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension IntervalSet: CustomStringConvertible {
    /// `2026-10-03T14:00:00Z/2026-10-03T16:30:00Z, …` (ISO 8601 intervals).
    public var description: String {
        intervals.map { "\($0.lowerBound)/\($0.upperBound)" }.joined(separator: ", ")
    }
}
