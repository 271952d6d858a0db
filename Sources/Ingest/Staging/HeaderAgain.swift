/// Tells a header from a row where two exports were put into one file.
struct HeaderAgain {
    enum Verdict { case none, again, other }

    /// The file's header, as its cells are read.
    private let names: [[UInt8]]
    private let known: Set<[UInt8]>
    /// By a name's length up to 63: there is one such. Most rows are told by their first cell's.
    private var lengths: UInt64 = 0

    init(_ names: [String]) {
        self.names = names.map { Array($0.utf8) }
        known = Set(self.names.lazy.filter { !$0.isEmpty })
        for name in known { lengths |= 1 << UInt64(min(name.count, 63)) }
    }

    @inline(__always)
    func verdict(_ record: Record) -> Verdict {
        let first = record.text(0)
        // A cell with a digit at its end or beginning is no column's name in any export, and most are of another length.
        guard lengths >> UInt64(min(first.count, 63)) & 1 == 1 || first.isEmpty else { return .none }
        if first.count > 0, first[0] < 0x3A { return .none }
        return compared(record)
    }

    /// The same cells are the header again. Another header has at least three of its names, and more than half of its cells
    /// are such: no row says so many columns' names.
    private func compared(_ record: Record) -> Verdict {
        guard let head = names.first else { return .none }
        if record.text(0).equals(head), record.count == names.count,
            names.indices.allSatisfy({ record.text($0).equals(names[$0]) }) {
            return .again
        }
        var found = 0
        var filled = 0
        for column in 0..<record.count {
            let text = record.text(column)
            if text.isEmpty { continue }
            filled += 1
            if known.contains(Array(text.buffer)) { found += 1 }
            // Nothing of the first cells: a row.
            if filled == 4, found == 0 { return .none }
        }
        return found >= 3 && found * 2 > filled ? .other : .none
    }
}

extension FieldText {
    fileprivate func equals(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for i in 0..<count where self[i] != other[i] { return false }
        return true
    }
}
