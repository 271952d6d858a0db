public import Basis
public import Dealership
import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// The rows in force, as they were when it was opened.
public struct RecordReading: RecordArchive {
    public let exports: [ArchivedExport]
    /// Which of each export's stores, keys and rows lie where is asked of as many connections as there are readers.
    private let connections: Connections
    private let changes: Int64

    /// Nil: there is no store, or nothing was imported yet.
    public static func open(_ file: RecordFile) throws(Rejection) -> RecordReading? {
        guard file.isThere else { return nil }
        return try RecordFile.faults.catching {
            let connections = Connections(file)
            return try connections.read { db in
                guard try RecordFile.isStore(db) else { return nil }
                let changes = try Int64.fetchOne(db, sql: "SELECT changes FROM state") ?? 0
                let exports = try RecordReading.exports(db)
                return exports.isEmpty ? nil : RecordReading(exports: exports, connections: connections, changes: changes)
            }
        }
    }

    private static func exports(_ db: Database) throws -> [ArchivedExport] {
        var exports: [ArchivedExport] = []
        let sql = "SELECT code, table_name, pattern, system FROM export ORDER BY code"
        for row in try Row.fetchAll(db, sql: sql) {
            guard let table = StandardTable(rawValue: row["table_name"]) else { continue }
            let code: Int = row["code"]
            let files = try Row.fetchAll(
                db, sql: """
                    SELECT code, name FROM file JOIN import ON number = import
                    WHERE export = ? AND undone = 0 ORDER BY import, name, code
                    """, arguments: [code])
            if files.isEmpty { continue }
            let forms = try Row.fetchAll(
                db, sql: "SELECT code, delimiter, header FROM form WHERE export = ? ORDER BY code", arguments: [code])
            let bounds = try Row.fetchAll(
                db, sql: "SELECT store, key FROM mark WHERE export = ? ORDER BY store, key", arguments: [code]
            ).map { ArchivedPart.Bound(store: $0["store"], key: Array(($0["key"] as String).utf8)) }
            let ends = [nil] + bounds.map(Optional.some) + [nil]
            let parts = forms.flatMap { form in
                zip(ends, ends.dropFirst()).map { from, to in
                    ArchivedPart(export: code, form: form["code"], from: from, to: to)
                }
            }
            exports.append(
                ArchivedExport(
                    export: KeptExport(table: table, pattern: row["pattern"], system: row["system"]),
                    forms: forms.map { form in
                        let delimiter: Int64 = form["delimiter"]
                        return (
                            form["code"],
                            KeptForm(
                                delimiter: UInt8(truncatingIfNeeded: delimiter), header: Array(form["header"] as Data))
                        )
                    },
                    files: files.map { ($0["code"], $0["name"]) }, parts: parts))
        }
        return exports
    }

    public func rows(_ part: ArchivedPart) throws(Rejection) -> ArchivedRows {
        try RecordFile.faults.catching {
            try connections.read { db in
                guard try Int64.fetchOne(db, sql: "SELECT changes FROM state") == changes else {
                    throw Rejection(
                        Diagnostic(
                            .error, "store-moved", at: .init(file: RecordFile.name),
                            "something was imported while the store was read", remedies: ["run the command again"]))
                }
                return try RecordReading.rows(part, db)
            }
        }
    }

    private static func rows(_ part: ArchivedPart, _ db: Database) throws -> ArchivedRows {
        var sql = """
            SELECT file, line, place, text, edition, store, key, since FROM record
            WHERE export = ?1 AND until IS NULL AND form = ?2
            """
        if part.from != nil { sql += " AND (store, key) >= (?3, ?4)" }
        if part.to != nil { sql += " AND (store, key) < (?5, ?6)" }
        let statement = try db.cachedStatement(sql: sql + " ORDER BY export, store, key, since, nth")
        let handle = statement.sqliteStatement
        sqlite3_reset(handle)
        defer { sqlite3_reset(handle) }
        sqlite3_bind_int64(handle, 1, Int64(part.export))
        sqlite3_bind_int64(handle, 2, Int64(part.form))
        bind(part.from, 3, handle)
        bind(part.to, 5, handle)
        var rows = ArchivedRows()
        rows.text.reserveCapacity(RecordImport.markDistance * 128)
        var corrected: [(store: Int64, key: String, since: Int64, file: Int32, line: Int32)] = []
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { break }
            guard code == SQLITE_ROW else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code & 0xFF), message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
            }
            let file = sqlite3_column_int(handle, 0)
            let line = sqlite3_column_int(handle, 1)
            rows.files.append(file)
            rows.lines.append(line)
            rows.places.append(sqlite3_column_int64(handle, 2))
            if let text = sqlite3_column_blob(handle, 3) {
                let count = Int(sqlite3_column_bytes(handle, 3))
                rows.text.append(contentsOf: UnsafeRawBufferPointer(start: text, count: count))
            }
            rows.text.append(0x0A)
            if sqlite3_column_int64(handle, 4) > 1 {
                let key = sqlite3_column_text(handle, 6).map { String(cString: $0) } ?? ""
                corrected.append((sqlite3_column_int64(handle, 5), key, sqlite3_column_int64(handle, 7), file, line))
            }
        }
        for row in corrected {
            let earlier = try earlier(export: part.export, store: row.store, key: row.key, before: row.since, db)
            rows.corrections.append(
                RowCorrection(file: row.file, line: row.line, since: Int(row.since), earlier: earlier))
        }
        return rows
    }

    private static func earlier(
        export: Int, store: Int64, key: String, before since: Int64, _ db: Database
    ) throws -> [RowCorrection.Earlier] {
        let sql = """
            SELECT file.name, record.line, record.since, record.until
            FROM record JOIN file ON file.code = record.file
            WHERE record.export = ? AND record.store = ? AND record.key = ? AND record.since < ?
            ORDER BY record.since, record.nth
            """
        return try Row.fetchAll(db, sql: sql, arguments: [export, store, key, since]).map {
            RowCorrection.Earlier(file: $0["name"], line: $0["line"], since: $0["since"], until: $0["until"] ?? Int(since))
        }
    }

    private static func bind(_ bound: ArchivedPart.Bound?, _ position: Int32, _ handle: SQLiteStatement) {
        guard let bound else { return }
        sqlite3_bind_int64(handle, position, Int64(bound.store))
        // SQLite takes a copy.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        bound.key.withUnsafeBytes { bytes in
            let text = bytes.bindMemory(to: CChar.self)
            _ = sqlite3_bind_text(handle, position + 1, text.baseAddress, Int32(bytes.count), copied)
        }
    }
}

/// Connections that readers take and give back.
private final class Connections: Sendable {
    private let file: RecordFile
    private let idle = Mutex<[DatabaseQueue]>([])

    init(_ file: RecordFile) { self.file = file }

    func read<Value>(_ work: (Database) throws -> Value) throws -> Value {
        let queue = try idle.withLock { $0.popLast() } ?? file.open()
        defer { idle.withLock { $0.append(queue) } }
        return try queue.read(work)
    }
}
