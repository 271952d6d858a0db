import GRDB
import GRDBSQLite

/// Writes the rows of an export of which nothing stands in the table, in the table's order. Rows of one key stand side
/// by side, as in the files.
struct OrderedWriter {
    /// Rows of one statement: while it runs, the place of the row before is known, and nothing is looked for from the
    /// root.
    private static let rowsAtOnce = 32
    private static let columns = 8

    private let db: Database
    private let export: Int64
    private let number: Int64
    private let insert: Statement
    private let mark: Statement
    /// Copies of rows that wait for their statement, which needs them to stand still.
    private var batch: [UInt8] = []
    private var rows: [(offset: Int, nth: Int64)] = []

    init(_ db: Database, number: Int, export: Int64) throws {
        self.db = db
        self.export = export
        self.number = Int64(number)
        insert = try db.cachedStatement(sql: OrderedWriter.sql(OrderedWriter.rowsAtOnce, export, number))
        mark = try db.cachedStatement(sql: "INSERT INTO mark (export, store, key) VALUES (?, ?, ?)")
    }

    /// Numbers of this program's own, no texts, stand in the statement itself.
    private static func sql(_ rows: Int, _ export: Int64, _ number: Int) -> String {
        let row = "(\(export), \(number), 1, ?, ?, ?, ?, ?, ?, ?, ?)"
        return "INSERT INTO record (export, since, edition, nth, file, store, line, place, content, key, text) VALUES "
            + repeatElement(row, count: rows).joined(separator: ", ")
    }

    mutating func write(_ runs: RowRuns) throws {
        var merge = runs.merged()
        var last = LastKey()
        var nth: Int64 = 0
        var count = 0
        while let row = try merge.next() {
            nth = last.isSame(row) ? nth + 1 : 1
            last.keep(row)
            rows.append((batch.count, nth))
            batch.append(contentsOf: row.bytes)
            count += 1
            // A mark stands at the first row of its key.
            if count >= RecordImport.markDistance, nth == 1 {
                count = 0
                try setMark(row)
            }
            if rows.count == OrderedWriter.rowsAtOnce { try flush(insert) }
        }
        if rows.isEmpty { return }
        try flush(db.makeStatement(sql: OrderedWriter.sql(rows.count, export, Int(number))))
    }

    private mutating func flush(_ statement: Statement) throws {
        let handle = statement.sqliteStatement
        sqlite3_reset(handle)
        try batch.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            for (index, waiting) in rows.enumerated() {
                let row = PackedRow(base + waiting.offset)
                let first = Int32(index * OrderedWriter.columns)
                sqlite3_bind_int64(handle, first + 1, waiting.nth)
                sqlite3_bind_int64(handle, first + 2, Int64(row.file))
                sqlite3_bind_int64(handle, first + 3, Int64(row.store))
                sqlite3_bind_int64(handle, first + 4, Int64(row.line))
                sqlite3_bind_int64(handle, first + 5, row.place)
                sqlite3_bind_int64(handle, first + 6, row.content)
                handle.bind(row.key, first + 7)
                handle.bind(row.text, first + 8)
            }
            try handle.done(db)
        }
        rows.removeAll(keepingCapacity: true)
        batch.removeAll(keepingCapacity: true)
    }

    private func setMark(_ row: PackedRow) throws {
        let handle = mark.sqliteStatement
        sqlite3_reset(handle)
        sqlite3_bind_int64(handle, 1, export)
        sqlite3_bind_int64(handle, 2, Int64(row.store))
        handle.bind(row.key, 3)
        try handle.done(db)
    }
}

/// The key of the row before.
private struct LastKey {
    private var store: Int32 = -1
    private var key: [UInt8] = []

    func isSame(_ row: PackedRow) -> Bool { store == row.store && key.elementsEqual(row.key) }

    mutating func keep(_ row: PackedRow) {
        store = row.store
        key.removeAll(keepingCapacity: true)
        key.append(contentsOf: row.key)
    }
}
