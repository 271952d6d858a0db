import Dealership
import GRDB
import GRDBSQLite

/// Writes one chunk's rows. Of every key the store has versions: what an import brings that was in force before it is
/// known; what it brings anew takes that one's place. Rows of one key within one import stand side by side, as in the
/// files: which of them counts is decided where exports are read. The order of an import's rows does not matter.
struct RowWriter {
    struct Counts {
        var new = 0
        var correcting = 0
        var known = 0
    }

    private struct Version {
        var since: Int64
        var until: Int64?
        var edition: Int64
        /// It says what the row says: cell for cell, or, read by another mapping then, byte for byte.
        var isSame: Bool
    }

    private let db: Database
    private let number: Int64
    private let export: Int64
    private let file: Int64
    /// Files whose rows stand under the same header.
    private let alike: Set<Int64>
    private let insert: Statement
    private let find: Statement
    private let close: Statement
    private let mark: Statement

    init(_ db: Database, number: Int64, export: Int64, form: Int64, file: Int64) throws {
        self.db = db
        self.number = number
        self.export = export
        self.file = file
        let files = "SELECT code FROM file WHERE form = ?"
        alike = Set(try Int64.fetchAll(db, sql: files, arguments: [form]))
        insert = try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO record
                (export, store, key, since, nth, edition, content, file, line, place, text)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        find = try db.cachedStatement(
            sql: """
                SELECT since, until, content, edition, text, file FROM record
                WHERE export = ? AND store = ? AND key = ? ORDER BY since, nth
                """)
        close = try db.cachedStatement(
            sql: """
                UPDATE record SET until = ?4
                WHERE export = ?1 AND store = ?2 AND key = ?3 AND until IS NULL AND since < ?4
                """)
        mark = try db.cachedStatement(sql: "INSERT OR IGNORE INTO mark VALUES (?, ?, ?)")
    }

    /// - Parameters:
    ///   - stores: codes by the chunk's positions.
    ///   - inserted: rows of the export written so far.
    func write(_ chunk: KeptChunk, stores: [Int64], _ counts: inout Counts, _ inserted: inout Int) throws {
        try chunk.texts.withUnsafeBufferPointer { texts in
            try chunk.keys.withUnsafeBufferPointer { keys in
                for row in chunk.rows {
                    let store = row.store < 0 ? 0 : stores[Int(row.store)]
                    let key = UnsafeBufferPointer(rebasing: keys[Int(row.key)..<Int(row.key + row.keyCount)])
                    let text = UnsafeBufferPointer(rebasing: texts[Int(row.text)..<Int(row.text + row.textCount)])
                    if try !settle(row, store, key, text, &counts) { continue }
                    inserted += 1
                    if inserted % RecordImport.markDistance == 0 { try setMark(store, key) }
                }
            }
        }
    }

    /// False: the row is known.
    private func settle(
        _ row: KeptChunk.Row, _ store: Int64, _ key: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>,
        _ counts: inout Counts
    ) throws -> Bool {
        let versions = try self.versions(row, store, key, text)
        let before = versions.filter { $0.since < number && ($0.until == nil || $0.until == number) }
        let mine = versions.filter { $0.since == number }
        if before.contains(where: \.isSame) {
            counts.known += 1
            return false
        }
        if mine.isEmpty {
            if before.isEmpty { counts.new += 1 } else { counts.correcting += 1 }
        } else {
            counts.new += 1
        }
        if before.contains(where: { $0.until == nil }) { try closeVersions(store, key) }
        let edition = mine.first?.edition ?? (versions.map(\.edition).max() ?? 0) + 1
        guard try put(row, store, key, text, nth: Int64(mine.count) + 1, edition: edition) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a key is there that was not found")
        }
        return true
    }

    // MARK: statements, bound by hand: a row costs a microsecond, and a list of boxed values as much again

    private func put(
        _ row: KeptChunk.Row, _ store: Int64, _ key: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>,
        nth: Int64, edition: Int64
    ) throws -> Bool {
        let handle = insert.sqliteStatement
        sqlite3_reset(handle)
        sqlite3_bind_int64(handle, 1, export)
        sqlite3_bind_int64(handle, 2, store)
        handle.bind(key, 3)
        sqlite3_bind_int64(handle, 4, number)
        sqlite3_bind_int64(handle, 5, nth)
        sqlite3_bind_int64(handle, 6, edition)
        sqlite3_bind_int64(handle, 7, row.content)
        sqlite3_bind_int64(handle, 8, file)
        sqlite3_bind_int64(handle, 9, Int64(row.line))
        sqlite3_bind_int64(handle, 10, row.place)
        handle.bind(text, 11)
        try handle.done(db)
        return sqlite3_changes(db.sqliteConnection) > 0
    }

    private func versions(
        _ row: KeptChunk.Row, _ store: Int64, _ key: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>
    ) throws -> [Version] {
        let handle = find.sqliteStatement
        sqlite3_reset(handle)
        sqlite3_bind_int64(handle, 1, export)
        sqlite3_bind_int64(handle, 2, store)
        handle.bind(key, 3)
        var versions: [Version] = []
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { break }
            guard code == SQLITE_ROW else { throw DatabaseError(code, of: db) }
            let isOpen = sqlite3_column_type(handle, 1) == SQLITE_NULL
            versions.append(
                Version(
                    since: sqlite3_column_int64(handle, 0), until: isOpen ? nil : sqlite3_column_int64(handle, 1),
                    edition: sqlite3_column_int64(handle, 3),
                    isSame: sqlite3_column_int64(handle, 2) == row.content
                        || (isText(text, handle, 4) && hasForm(sqlite3_column_int64(handle, 5)))))
        }
        sqlite3_reset(handle)
        return versions
    }

    private func hasForm(_ other: Int64) -> Bool { other == file || alike.contains(other) }

    private func isText(_ text: UnsafeBufferPointer<UInt8>, _ handle: SQLiteStatement, _ column: Int32) -> Bool {
        guard let kept = sqlite3_column_blob(handle, column) else { return text.isEmpty }
        let count = Int(sqlite3_column_bytes(handle, column))
        return UnsafeRawBufferPointer(start: kept, count: count).elementsEqual(UnsafeRawBufferPointer(text))
    }

    private func closeVersions(_ store: Int64, _ key: UnsafeBufferPointer<UInt8>) throws {
        let handle = close.sqliteStatement
        sqlite3_reset(handle)
        sqlite3_bind_int64(handle, 1, export)
        sqlite3_bind_int64(handle, 2, store)
        handle.bind(key, 3)
        sqlite3_bind_int64(handle, 4, number)
        try handle.done(db)
    }

    private func setMark(_ store: Int64, _ key: UnsafeBufferPointer<UInt8>) throws {
        let handle = mark.sqliteStatement
        sqlite3_reset(handle)
        sqlite3_bind_int64(handle, 1, export)
        sqlite3_bind_int64(handle, 2, store)
        handle.bind(key, 3)
        try handle.done(db)
    }
}
