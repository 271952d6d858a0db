import Basis
import Dealership

extension StandardTable {
    /// The column that a row is known by: the first of the schema.
    var numberColumn: String { columns.first { $0.name != "store_id" || self == .stores }?.name ?? "" }
}

extension StagedExports {
    /// Rows in file order, each number once: of rows with the same number and other content the one whose content comes
    /// first. Where the rows stand, and in which order names were met, does not matter.
    func distinctRows(
        _ buffer: UnsafeRawBufferPointer, table: StandardTable, _ faults: inout [(fault: GroupFault, store: Int32)]
    ) -> [UnsafeRawPointer] {
        guard let base = buffer.baseAddress else { return [] }
        let end = base + buffer.count
        var kept: [UnsafeRawPointer] = []
        kept.reserveCapacity(buffer.count / 60)
        var pool = IdentifierPool(expected: buffer.count / 60)
        var row = base
        while row < end {
            var cursor = RowCursor(row)
            let code = Int(pool.intern(cursor.bytes()))
            if code == kept.count {
                kept.append(row)
            } else {
                let order = compare(row, kept[code], table)
                let isSame = order == 0
                // Of equal rows the one further down is the repetition.
                let isBetter = order < 0 || (isSame && RowCursor.source(row) < RowCursor.source(kept[code]))
                let loser = isBetter ? kept[code] : row
                if isBetter { kept[code] = row }
                let fault = GroupFault(
                    reason: isSame ? .duplicateRow : .duplicateIdentifier, table: table,
                    column: isSame ? nil : table.numberColumn, source: RowCursor.source(loser))
                faults.append((fault, RowCursor.store(loser)))
            }
            row += RowCursor.length(row)
        }
        return kept
    }

    /// Store, then the columns in the order of the schema; names by their text.
    private func compare(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ table: StandardTable) -> Int {
        func order<Value: Comparable>(_ x: Value, _ y: Value) -> Int { x == y ? 0 : x < y ? -1 : 1 }
        let stores = order(RowCursor.store(a), RowCursor.store(b))
        if stores != 0 { return stores }
        var (x, y) = (RowCursor(a), RowCursor(b))
        for column in table.columns where column.name != "store_id" || table == .stores {
            let found: Int
            switch column.kind {
            case .identifier, .text:
                let (s, t) = (x.bytes(), y.bytes())
                found = s.elementsEqual(t) ? 0 : s.lexicographicallyPrecedes(t) ? -1 : 1
            case .time, .day, .money, .integer: found = order(x.integer(), y.integer())
            case .name: found = order(x.name(nameCodes), y.name(nameCodes))
            case .choice, .flag: found = order(x.choice(), y.choice())
            }
            if found != 0 { return found }
        }
        return 0
    }
}
