/// What the mapping made of the last short values of each column: few different ones recur in every row.
struct RecentCells {
    /// A value of up to fifteen bytes with its length, exact.
    struct Key: Equatable {
        var high: UInt64 = 0
        var low: UInt64 = 0
    }

    private struct Entry {
        var key: Key
        var made: [UInt8]
    }

    private static let capacity = 8
    private static let constant = -1
    private static let uncached = -2

    /// By field: the one column of the export that its cell is made from; or none, as a constant; or it is not kept.
    private let column: [Int]
    private var entries: [[Entry]]

    init(_ layout: ExportLayout) {
        column = layout.fields.map { field in
            switch field.source {
            case .constant: RecentCells.constant
            case .columns(let columns): columns.count == 1 ? columns[0] : RecentCells.uncached
            case .absent, .joined, .rowPlace, .summed, .dateAndTime, .chosen, .phones: RecentCells.uncached
            }
        }
        entries = layout.fields.map { _ in [] }
    }

    /// Nil: the cell is made anew.
    @inline(__always)
    func key(_ field: Int, _ record: Record) -> Key? {
        let column = column[field]
        if column == RecentCells.constant { return Key() }
        guard column >= 0, column < record.count, !record.bounds[column].isEscaped else { return nil }
        let text = record.text(column)
        guard text.count < 16 else { return nil }
        var key = Key(low: UInt64(text.count))
        for i in 0..<text.count {
            if i < 8 { key.high = key.high << 8 | UInt64(text[i]) } else { key.low = key.low << 8 | UInt64(text[i]) }
        }
        return key
    }

    /// Copies what was made of the value; nil: it was not met lately. Returns the length.
    @inline(__always)
    func copy(_ key: Key, of field: Int, to target: UnsafeMutablePointer<UInt8>) -> Int? {
        for index in entries[field].indices where entries[field][index].key == key {
            let count = entries[field][index].made.count
            for i in 0..<count { target[i] = entries[field][index].made[i] }
            return count
        }
        return nil
    }

    mutating func keep(_ made: FieldText, _ key: Key, of field: Int) {
        if made.count > 64 { return }
        if entries[field].count >= RecentCells.capacity { entries[field].removeFirst() }
        entries[field].append(Entry(key: key, made: Array(made.buffer)))
    }
}
