/// Tells a header from a row where two exports were put into one file.
struct HeaderAgain {
    enum Verdict { case none, again, other }

    /// The file's header in lower case.
    private let names: [[UInt8]]
    private let known: Set<[UInt8]>
    /// By what a name begins with and its length, the longest alike: there is one such. Of most rows no cell is.
    private var marks = [Bool](repeating: false, count: 1 << 12)

    init(_ names: [String]) {
        self.names = names.map { Array($0.lowercased().utf8) }
        known = Set(self.names.lazy.filter { !$0.isEmpty })
        for name in known { marks[HeaderAgain.mark(name[0], name.count)] = true }
        // A letter that is longer or shorter as a small one.
        for name in names.map({ Array($0.utf8) }) where !name.isEmpty { marks[HeaderAgain.mark(name[0], name.count)] = true }
    }

    @inline(__always)
    private static func mark(_ first: UInt8, _ count: Int) -> Int { min(count, 15) << 8 | Int(first | 0x20) }

    @inline(__always)
    private func mayBeName(_ text: FieldText) -> Bool { !text.isEmpty && marks[HeaderAgain.mark(text[0], text.count)] }

    /// Another header has a name among its first four cells, and so has this one.
    @inline(__always)
    func verdict(_ record: Record) -> Verdict {
        var filled = 0
        for column in 0..<record.count {
            let text = column == 0 ? HeaderAgain.first(record) : record.text(column)
            if text.isEmpty { continue }
            if mayBeName(text) { return compared(record) }
            filled += 1
            if filled == 4 { return .none }
        }
        return .none
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
            if mayBeName(text), known.contains(Array(text.string.lowercased().utf8)) { found += 1 }
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
