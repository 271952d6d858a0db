public import Basis
public import Dealership
import GRDB
import Synchronization

/// An import under way: one transaction, of which nothing is left unless it is finished.
public final class RecordImport: RecordSink {
    private let queue: DatabaseQueue
    public let number: Int
    /// The first import's.
    private let newFile: NewRecordFile?
    private let state = Mutex(State())

    private struct State {
        var exports: [KeptExport: Int64] = [:]
        /// Exports of which nothing was known before this import.
        var fresh: Set<Int64> = []
        var forms: [String: Int64] = [:]
        var files: [FileKey: Int64] = [:]
        var stores: [String: Int64] = [:]
        var inserted: [Int64: Int] = [:]
        /// Rows of one of the fresh exports that wait for the rest of them.
        var waiting: (export: Int64, runs: RowRuns)?
    }

    private struct FileKey: Hashable {
        var export: Int64
        var name: String
        var fingerprint: String
    }

    /// Rows between two marks.
    static let markDistance = 65_536

    public init(_ file: RecordFile) throws(Rejection) {
        let new = try NewRecordFile(for: file, patience: RecordFile.patience)
        newFile = new
        do throws(Rejection) {
            (queue, number) = try RecordImport.begun(file, new)
        } catch {
            new?.discard()
            throw error
        }
    }

    private static func begun(
        _ file: RecordFile, _ new: NewRecordFile?
    ) throws(Rejection) -> (DatabaseQueue, Int) {
        try RecordFile.faults.catching {
            let queue = try new.map(RecordFile.open) ?? file.open(forWriting: true)
            let number = try queue.writeWithoutTransaction { db in
                try db.beginTransaction(.immediate)
                let last = try Int.fetchOne(db, sql: "SELECT max(number) FROM import") ?? 0
                try db.execute(
                    sql: "INSERT INTO import (number, at) VALUES (?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                    arguments: [last + 1])
                return last + 1
            }
            return (queue, number)
        }
    }

    public func isNew(_ file: KeptFile, of export: KeptExport) throws(Rejection) -> Bool {
        try access { db, state in
            let code = try RecordImport.code(of: export, db, &state)
            // By the file's own import, not by this one's: two files alike in one import are both read.
            let sql = """
                SELECT 1 FROM file JOIN import ON number = import
                WHERE fingerprint = ? AND export = ? AND import < ? AND undone = 0
                """
            return try Int.fetchOne(db, sql: sql, arguments: [file.fingerprint, code, number]) == nil
        }
    }

    public func add(
        _ chunk: KeptChunk, of export: KeptExport, form: KeptForm, file: KeptFile
    ) throws(Rejection) {
        try access { db, state in
            let exportCode = try RecordImport.code(of: export, db, &state)
            let formCode = try RecordImport.code(of: form, exportCode, db, &state)
            let fileCode = try code(of: file, exportCode, form: formCode, db, &state)
            var stores: [Int64] = []
            for identifier in chunk.stores { stores.append(try RecordImport.code(ofStore: identifier, db, &state)) }
            if let waiting = state.waiting, waiting.export != exportCode { try writeWaiting(db, &state) }
            if state.fresh.contains(exportCode) {
                if state.waiting == nil { state.waiting = (exportCode, RowRuns()) }
                try state.waiting?.runs.add(chunk, stores: stores, file: fileCode)
                let sql = "UPDATE file SET rows_read = rows_read + ?1, rows_new = rows_new + ?1 WHERE code = ?2"
                return try db.execute(sql: sql, arguments: [chunk.rows.count, fileCode])
            }
            let writer = try RowWriter(
                db, number: Int64(number), export: exportCode, form: formCode, file: fileCode)
            var counts = RowWriter.Counts()
            var inserted = state.inserted[exportCode] ?? 0
            try writer.write(chunk, stores: stores, &counts, &inserted)
            state.inserted[exportCode] = inserted
            try db.execute(
                sql: """
                    UPDATE file SET rows_read = rows_read + ?, rows_new = rows_new + ?,
                      rows_correcting = rows_correcting + ?, rows_known = rows_known + ? WHERE code = ?
                    """,
                arguments: [chunk.rows.count, counts.new, counts.correcting, counts.known, fileCode])
        }
    }

    /// Makes it so.
    /// - Returns: what the import did; nil when no file was new, and nothing was written.
    public func finish() throws(Rejection) -> RecordFile.Import? {
        guard let newFile else { return try written() }
        do throws(Rejection) {
            let done = try written()
            if done == nil {
                abandon()
            } else {
                try RecordFile.faults.catching { try queue.close() }
                try newFile.finish()
            }
            return done
        } catch {
            abandon()
            throw error
        }
    }

    private func written() throws(Rejection) -> RecordFile.Import? {
        try access { db, state in
            try writeWaiting(db, &state)
            guard let done = try RecordFile.imports(db).last(where: { $0.number == number }), !done.files.isEmpty else {
                if newFile == nil { try db.rollback() }
                return nil
            }
            try db.execute(sql: "UPDATE state SET changes = changes + 1")
            try db.commit()
            if newFile != nil {
                try RecordImport.checkReferences(db)
                _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
                return done
            }
            // What was written lies in the log so far; other programs that read hold it back, which is no fault.
            _ = try? db.checkpoint(.truncate)
            return done
        }
    }

    /// Takes everything back.
    public func abandon() {
        if let newFile {
            try? queue.close()
            return newFile.discard()
        }
        queue.writeWithoutTransaction { db in
            if db.isInsideTransaction { try? db.rollback() }
        }
    }

    /// Rows of a fresh export that were waiting; from now on it is one like others.
    private func writeWaiting(_ db: Database, _ state: inout State) throws {
        guard let (export, runs) = state.waiting else { return }
        state.waiting = nil
        var writer = try OrderedWriter(db, number: number, export: export)
        try writer.write(runs)
        state.fresh.remove(export)
        state.inserted[export] = runs.count
    }

    /// Every row's file was written by this import, or it would have no code: only the small tables can be wrong.
    private static func checkReferences(_ db: Database) throws {
        for table in ["form", "file"] {
            guard try Row.fetchOne(db, sql: "PRAGMA foreign_key_check(\(table))") == nil else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(table) refers to what is not there")
            }
        }
    }

    private func access<Value>(_ work: (Database, inout State) throws -> Value) throws(Rejection) -> Value {
        try RecordFile.faults.catching {
            try queue.writeWithoutTransaction { db in
                // Taken out and put back: the queue lets one caller in at a time.
                var own = state.withLock { shared in
                    defer { shared = State() }
                    return shared
                }
                defer { state.withLock { [own] shared in shared = own } }
                return try work(db, &own)
            }
        }
    }

    // MARK: codes

    private static func code(of export: KeptExport, _ db: Database, _ state: inout State) throws -> Int64 {
        if let known = state.exports[export] { return known }
        let arguments: StatementArguments = [export.table.rawValue, export.pattern, export.system]
        let sql = "SELECT code FROM export WHERE table_name = ? AND pattern = ? AND system = ?"
        let code: Int64
        if let known = try Int64.fetchOne(db, sql: sql, arguments: arguments) {
            code = known
            let some = "SELECT 1 FROM record WHERE export = ? LIMIT 1"
            if try Int.fetchOne(db, sql: some, arguments: [code]) == nil { state.fresh.insert(code) }
        } else {
            try db.execute(
                sql: "INSERT INTO export (table_name, pattern, system) VALUES (?, ?, ?)", arguments: arguments)
            code = db.lastInsertedRowID
            state.fresh.insert(code)
        }
        state.exports[export] = code
        return code
    }

    private static func code(
        of form: KeptForm, _ export: Int64, _ db: Database, _ state: inout State
    ) throws -> Int64 {
        let key = "\(export) \(form.delimiter) \(String(decoding: form.header, as: UTF8.self))"
        if let known = state.forms[key] { return known }
        let header = String(decoding: form.header, as: UTF8.self)
        let arguments: StatementArguments = [export, Int64(form.delimiter), header]
        let sql = "SELECT code FROM form WHERE export = ? AND delimiter = ? AND header = ?"
        var code = try Int64.fetchOne(db, sql: sql, arguments: arguments)
        if code == nil {
            try db.execute(sql: "INSERT INTO form (export, delimiter, header) VALUES (?, ?, ?)", arguments: arguments)
            code = db.lastInsertedRowID
        }
        state.forms[key] = code
        return code ?? 0
    }

    private func code(
        of file: KeptFile, _ export: Int64, form: Int64, _ db: Database, _ state: inout State
    ) throws -> Int64 {
        let key = FileKey(export: export, name: file.name, fingerprint: file.fingerprint)
        if let known = state.files[key] { return known }
        try db.execute(
            sql: """
                INSERT INTO file (import, export, form, name, fingerprint, bytes, modified)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [number, export, form, file.name, file.fingerprint, file.bytes, file.modified])
        let code = db.lastInsertedRowID
        state.files[key] = code
        return code
    }

    private static func code(ofStore identifier: String, _ db: Database, _ state: inout State) throws -> Int64 {
        if let known = state.stores[identifier] { return known }
        let sql = "SELECT code FROM store WHERE identifier = ?"
        var code = try Int64.fetchOne(db, sql: sql, arguments: [identifier])
        if code == nil {
            try db.execute(sql: "INSERT INTO store (identifier) VALUES (?)", arguments: [identifier])
            code = db.lastInsertedRowID
        }
        state.stores[identifier] = code
        return code ?? 0
    }
}
