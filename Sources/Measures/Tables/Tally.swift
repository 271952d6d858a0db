public import Statistics

/// What a measure counts in one cell, in integers only. Tallies merge with `+`, exactly and in any order, so that threads,
/// batches and clusters give the same figures as one pass.
public struct Tally: Hashable, Sendable, CustomStringConvertible {
    /// One a counter of the measure, in its order.
    public var counts: [Int64]
    /// One a histogram of the measure, in its order.
    public var histograms: [SparseHistogram]

    public init(counts: [Int64], histograms: [SparseHistogram]) {
        self.counts = counts
        self.histograms = histograms
    }

    public static func + (a: Tally, b: Tally) -> Tally {
        Tally(
            counts: zip(a.counts, b.counts).map(&+),
            histograms: zip(a.histograms, b.histograms).map { $0 + $1 })
    }

    /// The sum of any number of tallies of one measure, their histograms merged at once; nil: of none.
    public static func sum(_ parts: [Tally]) -> Tally? {
        guard var sum = parts.first else { return nil }
        if parts.count == 1 { return sum }
        for part in parts.dropFirst() {
            for index in sum.counts.indices { sum.counts[index] &+= part.counts[index] }
        }
        sum.histograms = sum.histograms.indices.map { index in
            SparseHistogram.merging(parts.map { $0.histograms[index] })
        }
        return sum
    }

    public var description: String {
        let counts = self.counts.map(String.init).joined(separator: " ")
        let sizes = histograms.map { "\($0.count) in \($0.distinctCount)" }.joined(separator: ", ")
        return sizes.isEmpty ? counts : "\(counts) [\(sizes)]"
    }
}

/// Tallies by cell. A cell is named by its labels, one a dimension; "" is "none".
public struct TallyTable: Hashable, Sendable {
    public var cells: [[String]: Tally]

    public init(cells: [[String]: Tally] = [:]) { self.cells = cells }

    /// Merging is exact, associative and commutative.
    public static func + (a: TallyTable, b: TallyTable) -> TallyTable {
        var sum = a
        sum.merge(b)
        return sum
    }

    public mutating func merge(_ other: TallyTable) {
        // Most groups come to nothing yet.
        if cells.isEmpty {
            cells = other.cells
            return
        }
        for (labels, tally) in other.cells { add(tally, to: labels) }
    }

    /// Adds to one cell.
    mutating func add(_ tally: Tally, to labels: [String]) {
        if let mine = cells.updateValue(tally, forKey: labels) { cells[labels] = mine + tally }
    }

    /// Cells in order of their labels.
    public var rows: [(labels: [String], tally: Tally)] {
        cells.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { (labels: $0.key, tally: $0.value) }
    }
}
