/// What the mapping made of the last short values of each column: few different ones recur in every row.
struct RecentCells {
    private struct Entry {
        var key: ShortText
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
    func key(_ field: Int, _ record: Record) -> ShortText? {
        let column = column[field]
        if column == RecentCells.constant { return .empty }
        guard column >= 0, column < record.count, !record.bounds[column].isEscaped else { return nil }
        let text = record.text(column)
        return text.isEmpty ? .empty : ShortText(text)
    }

    /// Copies what was made of the value; nil: it was not met lately. Returns the length.
    @inline(__always)
    func copy(_ key: ShortText, of field: Int, to target: UnsafeMutablePointer<UInt8>) -> Int? {
        for index in entries[field].indices where entries[field][index].key == key {
            let count = entries[field][index].made.count
            for i in 0..<count { target[i] = entries[field][index].made[i] }
            return count
        }
        return nil
    }

    mutating func keep(_ made: FieldText, _ key: ShortText, of field: Int) {
        if made.count > 64 { return }
        if entries[field].count >= RecentCells.capacity { entries[field].removeFirst() }
        entries[field].append(Entry(key: key, made: Array(made.buffer)))
    }
}
