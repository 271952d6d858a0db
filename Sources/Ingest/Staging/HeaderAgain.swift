/// Tells a header from a row where two exports were put into one file.
struct HeaderAgain {
    enum Verdict { case none, again, other }

    /// The file's header in lower case.
    private let names: [[UInt8]]
    private let known: Set<[UInt8]>
    /// By a name's length up to 63: there is one such. Most rows are told by their first cell's.
    private var lengths: UInt64 = 0
    /// Some name begins with a digit or a sign.
    private let hasDigits: Bool

    init(_ names: [String]) {
        self.names = names.map { Array($0.lowercased().utf8) }
        known = Set(self.names.lazy.filter { !$0.isEmpty })
        hasDigits = known.contains { $0[0] < 0x3A }
        for name in known { lengths |= 1 << UInt64(min(name.count, 63)) }
    }

    @inline(__always)
    func verdict(_ record: Record) -> Verdict {
        let first = HeaderAgain.first(record)
        if !first.isEmpty, lengths >> UInt64(min(first.count, 63)) & 1 == 0 { return .none }
        // Few names begin with a digit, and few numbers with a letter.
        if !first.isEmpty, first[0] < 0x3A, !hasDigits { return .none }
        return compared(record)
    }

    /// The same cells are the header again. Another header has at least three of its names, and more than half of its
    /// cells are such: no row says so many columns' names.
    private func compared(_ record: Record) -> Verdict {
        guard let head = names.first else { return .none }
        if record.count == names.count, HeaderAgain.first(record).equalsIgnoringCase(head),
            names.indices.dropFirst().allSatisfy({ record.text($0).equalsIgnoringCase(names[$0]) }) {
            return .again
        }
        var found = 0
        var filled = 0
        for column in 0..<record.count {
            let text = column == 0 ? HeaderAgain.first(record) : record.text(column)
            if text.isEmpty { continue }
            filled += 1
            let isAsLong = lengths >> UInt64(min(text.count, 63)) & 1 == 1
            if isAsLong, known.contains(Array(text.string.lowercased().utf8)) { found += 1 }
            // Nothing of the first cells: a row.
            if filled == 4, found == 0 { return .none }
        }
        return found >= 3 && found * 2 > filled ? .other : .none
    }

    /// The first cell, without the mark that a file of its own begins with.
    @inline(__always)
    private static func first(_ record: Record) -> FieldText {
        let text = record.text(0)
        guard text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF else { return text }
        return FieldText(text.base, from: 3, to: text.count)
    }
}
