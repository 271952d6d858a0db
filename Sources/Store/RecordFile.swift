public import Basis
import Dealership
import GRDB

#if canImport(Glibc)
    import Glibc
#endif

/// `kpi.sqlite` in a dealership's folder: the exports' rows, each with the file, line and import it came from,
/// corrected ones with what they said before.
public struct RecordFile: Hashable, Sendable {
    public static let name = "kpi.sqlite"

    public let path: String

    public init(directory: String) { path = "\(directory)/\(RecordFile.name)" }

    /// How long another program may hold the file, in seconds.
    static let patience = 5.0

    public var isThere: Bool { access(path, F_OK) == 0 }

    static let faults = DatabaseFaults(
        name: name, repair: "restore \(name) from a copy, or delete it and run kpi import again")

    /// One import: when it ran, what it read.
    public struct Import: Hashable, Sendable {
        public struct File: Hashable, Sendable {
            public var name: String
            public var table: String
            public var rowsRead: Int
            public var rowsNew: Int
            /// They took the place of rows with the same key and other content.
            public var rowsCorrecting: Int
            /// The store had them already, to the last cell.
            public var rowsKnown: Int
        }
        public var number: Int
        public var at: String
        /// It was taken back.
        public var isUndone: Bool
        public var files: [File]
        public var rowsRead: Int { files.reduce(0) { $0 + $1.rowsRead } }
        public var rowsNew: Int { files.reduce(0) { $0 + $1.rowsNew } }
        public var rowsCorrecting: Int { files.reduce(0) { $0 + $1.rowsCorrecting } }
        public var rowsKnown: Int { files.reduce(0) { $0 + $1.rowsKnown } }
    }

    /// All imports, oldest first; none where there is no store.
    public func imports() throws(Rejection) -> [Import] {
        guard isThere else { return [] }
        return try RecordFile.faults.catching {
            try open().read { db in
                guard try RecordFile.isStore(db) else { return [] }
                return try RecordFile.imports(db)
            }
        }
    }

    static func imports(_ db: Database) throws -> [Import] {
        var imports: [Import] = []
        for row in try Row.fetchAll(db, sql: "SELECT number, at, undone FROM import ORDER BY number") {
            imports.append(Import(number: row["number"], at: row["at"], isUndone: row["undone"], files: []))
        }
        let sql = """
            SELECT file.import, file.name, export.table_name, rows_read, rows_new, rows_correcting, rows_known
            FROM file JOIN export ON export.code = file.export ORDER BY file.import, file.code
            """
        for row in try Row.fetchAll(db, sql: sql) {
            let number: Int = row["import"]
            guard let index = imports.firstIndex(where: { $0.number == number }) else { continue }
            imports[index].files.append(
                .init(
                    name: row["name"], table: row["table_name"], rowsRead: row["rows_read"], rowsNew: row["rows_new"],
                    rowsCorrecting: row["rows_correcting"], rowsKnown: row["rows_known"]))
        }
        return imports
    }

    /// Files as they were when they were imported last: by name, size and time of the last change.
    public func stamps() throws(Rejection) -> [String: (bytes: Int64, modified: Int64)] {
        guard isThere else { return [:] }
        return try RecordFile.faults.catching {
            try open().read { db in
                guard try RecordFile.isStore(db) else { return [:] }
                var stamps: [String: (bytes: Int64, modified: Int64)] = [:]
                let sql = """
                    SELECT name, bytes, modified FROM file JOIN import ON number = import
                    WHERE undone = 0 ORDER BY code
                    """
                for row in try Row.fetchAll(db, sql: sql) {
                    stamps[row["name"]] = (row["bytes"], row["modified"])
                }
                return stamps
            }
        }
    }

    // MARK: opening

    /// - Parameter isWriting: brings an older file up to date.
    func open(forWriting isWriting: Bool = false) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(RecordFile.patience)
        configuration.label = RecordFile.name
        configuration.foreignKeysEnabled = true
        // An import is one transaction over many calls.
        configuration.allowsUnsafeTransactions = isWriting
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cache_size = -65536")
            guard isWriting else { return }
            // Nothing of another program's may be touched: not even its way of keeping a journal.
            _ = try RecordFile.isStore(db)
            // Larger pages hold more rows a step; it counts for a file that is made now.
            try db.execute(sql: "PRAGMA page_size = 16384")
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        configuration.readonly = !isWriting && isFixed
        let queue = try DatabaseQueue(path: configuration.readonly ? fixedName : path, configuration: configuration)
        if isWriting { try RecordSchema.migrator.migrate(queue) }
        return queue
    }

    /// The folder cannot be written, and nothing of an import under way lies beside the file: it stands still.
    private var isFixed: Bool {
        let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return access(parent.isEmpty ? "/" : parent, W_OK) != 0 && access(path + "-wal", F_OK) != 0
    }

    /// Without this SQLite asks for room beside the file, to say that it reads.
    private var fixedName: String {
        let hexadecimal = Array("0123456789ABCDEF")
        let escaped = path.utf8.map { byte -> String in
            let isPlain = byte < 0x80 && byte > 0x20 && !"%?#".utf8.contains(byte)
            if isPlain { return String(UnicodeScalar(byte)) }
            return "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 15)])"
        }
        return "file:\(escaped.joined())?immutable=1"
    }

    /// A store that has no name yet: whatever goes wrong, the file is thrown away, and it needs no journal.
    static func open(_ file: NewRecordFile) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = RecordFile.name
        // Every row names a file that was written before it; what refers to what is checked at the end.
        configuration.foreignKeysEnabled = false
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            for setting in [
                "trusted_schema = OFF", "cache_size = -65536", "page_size = 16384", "journal_mode = OFF",
                "synchronous = OFF", "locking_mode = EXCLUSIVE",
            ] { try db.execute(sql: "PRAGMA \(setting)") }
        }
        let queue = try DatabaseQueue(path: file.path, configuration: configuration)
        try RecordSchema.migrator.migrate(queue)
        return queue
    }

    /// False: there is nothing in it yet.
    /// - Throws: `Rejection` when the file is another program's or of a newer version.
    static func isStore(_ db: Database) throws -> Bool {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if application == 0, objects == 0 { return false }
        if application == LedgerSchema.application {
            throw Rejection(
                Diagnostic(
                    .error, "ledger-moved-away", at: .init(file: name),
                    "the file is a rewards' ledger, which now has a file of its own",
                    remedies: ["rename it: mv \(name) \(LedgerFile.name)"]))
        }
        guard application == RecordSchema.application else {
            throw Rejection(
                Diagnostic(
                    .error, "foreign-database", at: .init(file: name), "the file is another program's database",
                    remedies: ["move it out of the folder", "or restore \(name) from a copy"]))
        }
        guard try !RecordSchema.migrator.hasBeenSuperseded(db) else {
            throw Rejection(
                Diagnostic(
                    .error, "newer-database", at: .init(file: name), "the file was written by a newer version",
                    remedies: ["use the newer kpi that wrote it"]))
        }
        return true
    }
}
