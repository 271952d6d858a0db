import Basis
import Dealership

extension StagedExports {
    /// Without rows that an export mapped before has already: the same order in two files of one system. The same row is a
    /// repetition; with other content the first export's counts, and both are named. Numbers of other systems, and of
    /// other stores where several share customers, are other records. Of messages only the same row is a repetition: one
    /// system may number calls, texts and mails each from 1.
    func withoutRepeated(
        _ rows: [UnsafeRawPointer], ofTable index: Int, group: Int, _ faults: inout [(fault: GroupFault, store: Int32)]
    ) throws(Rejection) -> [UnsafeRawPointer] {
        let export = tables[index].export
        guard [.serviceVisits, .sales, .leads, .appointments, .messages].contains(export.table) else { return rows }
        let earlier = tables.indices.prefix(index).filter {
            tables[$0].export.table == export.table && tables[$0].export.system == export.system
        }
        if earlier.isEmpty || rows.isEmpty { return rows }
        let hasStores = isOfSeveralStores(group)
        var key = RowKey(export.table, ofSeveralStores: hasStores)
        var pool = IdentifierPool(expected: rows.count)
        for row in rows { _ = key.code(of: row, in: &pool) }
        var found = [GroupFault?](repeating: nil, count: rows.count)
        for other in earlier {
            try withRows(of: other, group: group) { parts throws(Rejection) in
                // What these have twice themselves is told of with their own export.
                var own: [(fault: GroupFault, store: Int32)] = []
                for row in distinctRows(parts, table: export.table, ofSeveralStores: hasStores, &own) {
                    guard let code = key.known(row, in: pool), found[code] == nil else { continue }
                    let fault = fault(rows[code], against: row, export.table)
                    if export.table != .messages || fault.reason == .duplicateRow { found[code] = fault }
                }
            }
        }
        var kept: [UnsafeRawPointer] = []
        for (row, fault) in zip(rows, found) {
            if let fault { faults.append((fault, RowCursor.store(row))) } else { kept.append(row) }
        }
        return kept
    }

    private func fault(_ row: UnsafeRawPointer, against known: UnsafeRawPointer, _ table: StandardTable) -> GroupFault {
        let isSame = compare(row, known, table) == 0
        var fault = GroupFault(
            reason: isSame ? .duplicateRow : .duplicateIdentifier, table: table, column: isSame ? nil : table.numberColumn,
            source: RowCursor.source(row))
        fault.other = RowCursor.source(known)
        return fault
    }
}
