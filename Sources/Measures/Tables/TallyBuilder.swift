import Statistics

/// Gathers one table's cells over one sharing group. Cells are keyed by up to four dimension codes; values of histograms
/// are collected raw and sorted once at the end.
struct TallyBuilder {
    private let counters: Int
    private let histograms: Int
    private var index: CellIndex
    private var counts: [Int64] = []
    /// Per histogram: (cell << 32 | value), the value's sign turned so that these numbers stand in their order.
    private var values: [[UInt64]]

    init(counters: Int, histograms: Int) {
        self.counters = counters
        self.histograms = histograms
        index = CellIndex()
        values = [[UInt64]](repeating: [], count: histograms)
    }

    /// The cell of these codes, made now if it is new.
    @inline(__always)
    mutating func cell(_ key: CellKey) -> Int {
        let cell = index.position(key)
        if cell * counters == counts.count { counts.append(contentsOf: repeatElement(0, count: counters)) }
        return cell
    }

    @inline(__always)
    mutating func add(_ amount: Int64 = 1, to counter: Int, of cell: Int) {
        counts[cell * counters + counter] &+= amount
    }

    /// Negative values cannot occur in a wait; they would be a fault of linking.
    @inline(__always)
    mutating func record(_ value: Int32, in histogram: Int, of cell: Int) {
        values[histogram].append(UInt64(UInt32(truncatingIfNeeded: cell)) << 32 | UInt64(UInt32(bitPattern: value ^ .min)))
    }

    func finish(labels: (CellKey) -> [String]) -> TallyTable {
        let keys = index.keys
        var sorted = [[SparseHistogram]](repeating: [], count: histograms)
        for histogram in 0..<histograms { sorted[histogram] = byCell(values[histogram], cells: keys.count) }
        var table = TallyTable()
        table.cells.reserveCapacity(keys.count)
        for (cell, key) in keys.enumerated() {
            let tally = Tally(
                counts: Array(counts[(cell * counters)..<((cell + 1) * counters)]),
                histograms: (0..<histograms).map { sorted[$0][cell] })
            table.add(tally, to: labels(key))
        }
        return table
    }

    /// Values of one cell after the other, each cell's ascending.
    private func byCell(_ values: [UInt64], cells: Int) -> [SparseHistogram] {
        var sorted = values
        sorted.sortAscendingUInt64()
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: sorted.count) { ascending in
            for place in 0..<sorted.count {
                ascending.initializeElement(at: place, to: Int32(truncatingIfNeeded: sorted[place]) ^ .min)
            }
            var start = 0
            return (0..<cells).map { cell in
                var end = start
                while end < sorted.count, Int(sorted[end] >> 32) == cell { end += 1 }
                defer { start = end }
                return SparseHistogram(sorted: UnsafeBufferPointer(rebasing: ascending[start..<end]))
            }
        }
    }
}

/// Up to four dimension codes; −1 is "none", unused ones are 0.
struct CellKey: Hashable {
    var high: UInt64
    var low: UInt64

    @inline(__always)
    init(_ a: Int32 = 0, _ b: Int32 = 0, _ c: Int32 = 0, _ d: Int32 = 0) {
        high = UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
        low = UInt64(UInt32(bitPattern: c)) << 32 | UInt64(UInt32(bitPattern: d))
    }

    subscript(position: Int) -> Int32 {
        let half = position < 2 ? high : low
        return Int32(bitPattern: UInt32(truncatingIfNeeded: position % 2 == 0 ? half >> 32 : half))
    }
}

/// Cell keys to positions in order of appearance: open addressing, the last key remembered.
private struct CellIndex {
    private(set) var keys: [CellKey] = []
    private var table = [Int32](repeating: -1, count: 64)
    private var mask = 63
    private var last = -1

    @inline(__always)
    mutating func position(_ key: CellKey) -> Int {
        if last >= 0, keys[last] == key { return last }
        var slot = CellIndex.slot(key, mask)
        while table[slot] >= 0 {
            if keys[Int(table[slot])] == key {
                last = Int(table[slot])
                return last
            }
            slot = (slot + 1) & mask
        }
        table[slot] = Int32(truncatingIfNeeded: keys.count)
        keys.append(key)
        last = keys.count - 1
        if keys.count * 2 > table.count { grow() }
        return last
    }

    @inline(__always)
    private static func slot(_ key: CellKey, _ mask: Int) -> Int {
        let product = (key.high ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: key.low ^ 0xD6E8_FEB8_6659_FD93)
        return Int(truncatingIfNeeded: (product.high ^ product.low) >> 7) & mask
    }

    private mutating func grow() {
        table = [Int32](repeating: -1, count: table.count * 2)
        mask = table.count - 1
        for (position, key) in keys.enumerated() {
            var slot = CellIndex.slot(key, mask)
            while table[slot] >= 0 { slot = (slot + 1) & mask }
            table[slot] = Int32(truncatingIfNeeded: position)
        }
    }
}
