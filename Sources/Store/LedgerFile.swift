public import Basis
import GRDB
public import Programs

#if canImport(Glibc)
    import Glibc
#endif

/// `rewards.sqlite` in a dealership's folder: the rewards' ledger. It is made when the first period is closed, and
/// stands apart from the store, which can be made anew from the exports.
public struct LedgerFile: Hashable, Sendable {
    public static let name = "rewards.sqlite"

    public let path: String

    public init(directory: String) { path = "\(directory)/\(LedgerFile.name)" }

    /// How long another program may hold the file, in seconds.
    private static let patience = 5.0

    var isThere: Bool { access(path, F_OK) == 0 }

    /// What is in it, every row held against its hash.
    /// - Parameter rows: of which entries the conversations are wanted; the hashes of all are looked at.
    /// - Throws: `Rejection` when the file is another program's, of a newer version, or cannot be read. A changed
    ///   ledger is no error: see `findings`.
    public func reading(rows: @Sendable (LedgerEntry) -> Bool = { _ in false }) throws(Rejection) -> LedgerReading {
        guard isThere else { return LedgerReading() }
        return try withFaults {
            // Not read-only: what a killed program left half-done must be undone before anything is read.
            let queue = try open(forWriting: false)
            return try queue.read { db in
                guard try LedgerFile.isLedger(db) else { return LedgerReading() }
                return try LedgerReading(db, rows: rows)
            }
        }
    }

    /// Writes entries, all of them or none.
    /// - Parameter reading: what they were made from: if the ledger has moved on meanwhile, nothing is written.
    /// - Returns: the entries with their numbers and hashes.
    @discardableResult
    public func append(_ entries: [LedgerEntry], onto reading: LedgerReading) throws(Rejection) -> [LedgerEntry] {
        let sealed = LedgerEntry.sealed(entries, after: reading.last, head: reading.head)
        try withFaults {
            let queue = try open(forWriting: true)
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    if try !LedgerFile.isLedger(db) { try LedgerSchema.create(db) }
                    let head = try String.fetchOne(
                        db, sql: "SELECT hash FROM ledger_entry ORDER BY number DESC LIMIT 1")
                    guard (head ?? LedgerEntry.none) == reading.head else { throw LedgerFile.moved }
                    for entry in sealed { try LedgerFile.insert(entry, db) }
                    try db.execute(sql: "PRAGMA user_version = \(LedgerSchema.version + LedgerFile.loose)")
                    return .commit
                }
            }
            LedgerFile.pack(queue)
        }
        return sealed.map(\.entry)
    }

    // MARK: opening

    func open(forWriting isWriting: Bool) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(LedgerFile.patience)
        configuration.label = LedgerFile.name
        configuration.prepareDatabase { db in
            // A sheet of paper says the amount: once written, a power cut must not lose it.
            try db.execute(sql: "PRAGMA synchronous = EXTRA")
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            if isWriting { try db.execute(sql: "PRAGMA journal_mode = DELETE") }
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// False: there is nothing in it yet.
    private static func isLedger(_ db: Database) throws -> Bool {
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let objects = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if application == 0, version == 0, objects == 0 { return false }
        guard application == LedgerSchema.application else {
            throw Rejection(
                Diagnostic(
                    .error, "foreign-database", at: .init(file: name), "the file is another program's database",
                    remedies: ["move it out of the folder", "or restore \(name) from a copy"]))
        }
        guard LedgerFile.version(version) <= LedgerSchema.version else {
            throw Rejection(
                Diagnostic(
                    .error, "newer-database", at: .init(file: name),
                    "the file is of version \(version), and this program knows versions up to \(LedgerSchema.version)",
                    remedies: ["use the newer kpi that wrote it"]))
        }
        return true
    }

    private static let moved = Rejection(
        Diagnostic(
            .error, "ledger-moved", at: .init(file: name), "something was written into the ledger meanwhile",
            remedies: ["look at it (kpi rewards ledger) and run the command again"]))

    // MARK: writing

    private static func insert(_ sealed: SealedEntry, _ db: Database) throws {
        try insert(sealed.record, hash: sealed.entry.hash, db)
        for (table, records) in sealed.children {
            for (record, hash) in zip(records, sealed.hashes[table] ?? []) { try insert(record, hash: hash, db) }
        }
    }

    private static func insert(_ record: LedgerRecord, hash: String, _ db: Database) throws {
        var values = record.values.map(\.stored)
        values.append(record.checks.databaseValue)
        values.append(hash.databaseValue)
        let places = repeatElement("?", count: values.count).joined(separator: ", ")
        let statement = try db.cachedStatement(sql: "INSERT INTO \(record.table.rawValue) VALUES (\(places))")
        try statement.execute(arguments: StatementArguments(values))
    }

    // MARK: faults

    func withFaults<Value>(_ work: () throws -> Value) throws(Rejection) -> Value {
        try DatabaseFaults(
            name: LedgerFile.name, repair: "restore \(LedgerFile.name) from a copy; kpi rewards verify tells what fits"
        ).catching(work)
    }
}

extension LedgerRecord.Value {
    var stored: DatabaseValue {
        switch self {
        case .none: .null
        case .whole(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }
}
