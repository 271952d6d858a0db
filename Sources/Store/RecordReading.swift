public import Basis
public import Dealership
import GRDB
import GRDBSQLite
import Synchronization

/// The rows in force, as they were when it was opened.
public struct RecordReading: RecordArchive {
    public let exports: [ArchivedExport]
    /// Which of each export's stores, keys and rows lie where is asked of as many connections as there are readers.
    private let connections: Connections
    private let changes: Int64
    /// Exports of which rows were ever corrected.
    private let corrected: Set<Int>

    /// Nil: there is no store, or nothing was imported yet.
    public static func open(_ file: RecordFile) throws(Rejection) -> RecordReading? {
        guard file.isThere else { return nil }
        return try RecordFile.faults.catching {
            let connections = Connections(file)
            return try connections.read { db in
                guard try RecordFile.isStore(db) else { return nil }
                let changes = try Int64.fetchOne(db, sql: "SELECT changes FROM state") ?? 0
                let exports = try RecordReading.exports(db)
                if exports.isEmpty { return nil }
                let corrected = try Int.fetchAll(db, sql: "SELECT DISTINCT export FROM file WHERE rows_correcting > 0")
                return RecordReading(
                    exports: exports, connections: connections, changes: changes, corrected: Set(corrected))
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
                                delimiter: UInt8(truncatingIfNeeded: delimiter),
                                header: Array((form["header"] as String).utf8))
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
                return try rows(part, db)
            }
        }
    }

    private func rows(_ part: ArchivedPart, _ db: Database) throws -> ArchivedRows {
        let codes = "SELECT code FROM file WHERE form = ?"
        let files = RowFiles(try Int32.fetchAll(db, sql: codes, arguments: [part.form]))
        let isCorrected = corrected.contains(part.export)
        var rows = ArchivedRows()
        rows.text.reserveCapacity(RecordImport.markDistance * 128)
        rows.files.reserveCapacity(RecordImport.markDistance)
        rows.lines.reserveCapacity(RecordImport.markDistance)
        rows.places.reserveCapacity(RecordImport.markDistance)
        var hasCorrections = false
        for stretch in KeyStretch.all(of: part) {
            // Where nothing was ever corrected, every row is in force.
            let statement = try db.cachedStatement(
                sql: """
                    SELECT file, line, place, text\(isCorrected ? ", edition" : "") FROM record
                    WHERE \(stretch.sql)\(isCorrected ? " AND until IS NULL" : "")
                    ORDER BY export, store, key, since, nth
                    """)
            try statement.setArguments(stretch.arguments)
            try RecordReading.read(statement, files, isCorrected, into: &rows, &hasCorrections, db)
        }
        if hasCorrections { rows.corrections = try RecordReading.corrections(part, files, db) }
        return rows
    }

    private static func read(
        _ statement: Statement, _ files: RowFiles, _ isCorrected: Bool, into rows: inout ArchivedRows,
        _ hasCorrections: inout Bool, _ db: Database
    ) throws {
        let handle = statement.sqliteStatement
        sqlite3_reset(handle)
        defer { sqlite3_reset(handle) }
        var files = files
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { break }
            guard code == SQLITE_ROW else { throw DatabaseError(code, of: db) }
            let file = sqlite3_column_int(handle, 0)
            if !files.contains(file) { continue }
            rows.files.append(file)
            rows.lines.append(sqlite3_column_int(handle, 1))
            rows.places.append(sqlite3_column_int64(handle, 2))
            if let text = sqlite3_column_blob(handle, 3) {
                let count = Int(sqlite3_column_bytes(handle, 3))
                rows.text.append(
                    contentsOf: UnsafeBufferPointer(start: text.assumingMemoryBound(to: UInt8.self), count: count))
            }
            rows.text.append(0x0A)
            if isCorrected, sqlite3_column_int64(handle, 4) > 1 { hasCorrections = true }
        }
    }

    /// Few rows are corrected: they are asked for apart, so that the others cost less.
    private static func corrections(
        _ part: ArchivedPart, _ files: RowFiles, _ db: Database
    ) throws -> [RowCorrection] {
        var files = files
        var found: [RowCorrection] = []
        for stretch in KeyStretch.all(of: part) {
            let sql = """
                SELECT file, line, store, key, since, text FROM record
                WHERE edition > 1 AND until IS NULL AND \(stretch.sql)
                """
            for row in try Row.fetchAll(db, sql: sql, arguments: stretch.arguments) {
                let file: Int32 = row["file"]
                guard files.contains(file) else { continue }
                let since: Int64 = row["since"]
                let earlier = try earlier(export: part.export, store: row["store"], key: row["key"], before: since, db)
                found.append(
                    RowCorrection(
                        file: file, line: row["line"], since: Int(since), earlier: earlier,
                        text: Array((row["text"] as String).utf8), form: part.form))
            }
        }
        return found
    }

    private static func earlier(
        export: Int, store: Int64, key: String, before since: Int64, _ db: Database
    ) throws -> [RowCorrection.Earlier] {
        let sql = """
            SELECT file.name, record.line, record.since, record.until, record.text, file.form
            FROM record JOIN file ON file.code = record.file
            WHERE record.export = ? AND record.store = ? AND record.key = ? AND record.since < ?
            ORDER BY record.since, record.nth
            """
        return try Row.fetchAll(db, sql: sql, arguments: [export, store, key, since]).map {
            RowCorrection.Earlier(
                file: $0["name"], line: $0["line"], since: $0["since"], until: $0["until"] ?? Int(since),
                text: Array(($0["text"] as String).utf8), form: $0["form"])
        }
    }
}

/// The files whose rows stand under one header.
private struct RowFiles {
    private let codes: Set<Int32>
    /// Neighbours are mostly of one file.
    private var last: (code: Int32, isOwn: Bool) = (-1, false)

    init(_ codes: [Int32]) { self.codes = Set(codes) }

    mutating func contains(_ code: Int32) -> Bool {
        if code != last.code { last = (code, codes.contains(code)) }
        return last.isOwn
    }
}

/// Rows one behind the other in the table. A comparison of store and key together would be made again for every row; of
/// one column it ends the search.
private struct KeyStretch {
    var sql: String
    var arguments: StatementArguments

    static func all(of part: ArchivedPart) -> [KeyStretch] {
        func stretch(_ condition: String, _ values: (any DatabaseValueConvertible)...) -> KeyStretch {
            KeyStretch(
                sql: "export = ?" + (condition.isEmpty ? "" : " AND " + condition),
                arguments: StatementArguments([part.export] + values))
        }
        func key(_ bound: ArchivedPart.Bound) -> String { String(decoding: bound.key, as: UTF8.self) }
        switch (part.from, part.to) {
        case (nil, nil): return [stretch("")]
        case (let from?, nil):
            return [stretch("store = ? AND key >= ?", from.store, key(from)), stretch("store > ?", from.store)]
        case (nil, let to?):
            return [stretch("store < ?", to.store), stretch("store = ? AND key < ?", to.store, key(to))]
        case (let from?, let to?) where from.store == to.store:
            return [stretch("store = ? AND key >= ? AND key < ?", from.store, key(from), key(to))]
        case (let from?, let to?):
            return [
                stretch("store = ? AND key >= ?", from.store, key(from)),
                stretch("store > ? AND store < ?", from.store, to.store),
                stretch("store = ? AND key < ?", to.store, key(to)),
            ]
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
