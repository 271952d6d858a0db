import Basis
import GRDB
public import Programs

/// A ledger as it was found: its entries, and what was changed in it after it was written.
public struct LedgerReading: Sendable {
    /// In order. Their conversations are there where they were asked for.
    public private(set) var entries: [LedgerEntry] = []
    public private(set) var findings: [LedgerFinding] = []
    /// Of the last entry; 0 and zeros: there is none.
    public private(set) var last = 0
    public private(set) var head = LedgerEntry.none
    /// Rows of all tables that were held against their hashes.
    public private(set) var rowCount = 0

    /// Nothing was closed yet.
    public init() {}

    init(_ db: Database, rows: (LedgerEntry) -> Bool) throws {
        do {
            findings = try LedgerReading.schemaFindings(db)
            for message in try String.fetchAll(db, sql: "PRAGMA integrity_check(20)") where message != "ok" {
                findings.append(LedgerFinding("the file's structure is damaged: \(message)"))
            }
            try read(db, rows: rows)
        } catch let error as DatabaseError where !findings.isEmpty {
            // What cannot be read stands among what was found already.
            findings.append(
                LedgerFinding("the file cannot be read to its end: \(error.message ?? "\(error.resultCode)")"))
        }
    }

    private mutating func read(_ db: Database, rows: (LedgerEntry) -> Bool) throws {
        var audit = LedgerAudit()
        let cursor = try Row.fetchCursor(db, sql: "\(LedgerReading.query(.entry)) ORDER BY number")
        while let row = try cursor.next() {
            let stored = LedgerReading.stored(row, .entry)
            guard case .whole(let number) = stored.record.values[0] else { continue }
            var children: [LedgerTable: [StoredRecord]] = [:]
            for table in LedgerTable.children {
                let sql = "\(LedgerReading.query(table)) WHERE entry = ? ORDER BY position"
                let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [number])
                var found: [StoredRecord] = []
                while let row = try rows.next() { found.append(LedgerReading.stored(row, table)) }
                children[table] = found
                rowCount += found.count
            }
            audit.add(stored, children: children)
            rowCount += 1
            var records = children.filter { $0.key != .row }.mapValues { $0.map(\.record) }
            guard var entry = LedgerEntry(stored.record, hash: stored.hash, children: records) else { continue }
            if rows(entry) {
                records[.row] = children[.row]?.map(\.record)
                entry = LedgerEntry(stored.record, hash: stored.hash, children: records) ?? entry
            }
            entries.append(entry)
        }
        findings += audit.findings
        findings += try LedgerReading.orphans(db)
        last = audit.last
        head = audit.head
    }

    /// The columns, checks, hash, and how many bytes all texts of the row have: a text may hold more than it shows.
    private static func query(_ table: LedgerTable) -> String {
        let texts = table.columns.filter { !$0.isWhole }.map(\.name) + ["checks", "hash"]
        let bytes = texts.map { "coalesce(length(CAST(\($0) AS BLOB)), 0)" }.joined(separator: " + ")
        let columns = table.columns.map(\.name) + ["checks", "hash"]
        return "SELECT \(columns.joined(separator: ", ")), \(bytes) FROM \(table.rawValue)"
    }

    private static func stored(_ row: Row, _ table: LedgerTable) -> StoredRecord {
        var bytes = 0
        func value(_ index: Int) -> LedgerRecord.Value {
            switch (row[index] as DatabaseValue).storage {
            case .null: return .none
            case .int64(let number): return .whole(number)
            case .double(let number): return .text("\(number)")
            case .blob: return .text("a blob")
            case .string(let text):
                bytes += text.utf8.count
                return .text(text)
            }
        }
        func text(_ index: Int) -> String {
            if case .text(let text) = value(index) { return text }
            return ""
        }
        let count = table.columns.count
        let values = (0..<count).map(value)
        let checks = text(count)
        let hash = text(count + 1)
        return StoredRecord(
            record: LedgerRecord(table, values), checks: checks, hash: hash,
            hasHiddenBytes: value(count + 2) != .whole(Int64(bytes)))
    }

    /// Rows that belong to no entry.
    private static func orphans(_ db: Database) throws -> [LedgerFinding] {
        try LedgerTable.children.flatMap { table in
            let sql =
                "SELECT entry, position FROM \(table.rawValue) "
                + "WHERE entry NOT IN (SELECT number FROM ledger_entry) ORDER BY entry, position LIMIT 20"
            return try Row.fetchAll(db, sql: sql).map { row in
                LedgerFinding(
                    entry: Int.fromDatabaseValue(row[0]), table: table, position: Int.fromDatabaseValue(row[1]),
                    "the row belongs to no entry")
            }
        }
    }

    /// Tables and triggers that are not as they were made.
    private static func schemaFindings(_ db: Database) throws -> [LedgerFinding] {
        var made = Dictionary(uniqueKeysWithValues: LedgerSchema.statements.map { ($0.name, $0.sql) })
        var findings: [LedgerFinding] = []
        let sql =
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND "
            + "(name LIKE 'ledger\\_%' ESCAPE '\\' OR tbl_name LIKE 'ledger\\_%' ESCAPE '\\') ORDER BY name"
        for row in try Row.fetchAll(db, sql: sql) {
            let name = String.fromDatabaseValue(row[0]) ?? ""
            let own = String.fromDatabaseValue(row[1]) ?? ""
            switch made.removeValue(forKey: name) {
            case nil: findings.append(LedgerFinding("\(name) is not of the ledger's making"))
            case own?: break
            case .some: findings.append(LedgerFinding("\(name) is not as it was made"))
            }
        }
        return findings + made.keys.sorted().map { LedgerFinding("\($0) is gone") }
    }
}
