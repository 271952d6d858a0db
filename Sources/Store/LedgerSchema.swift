import GRDB
import Programs

/// The ledger's tables in SQL. Every statement is compared with what a file holds when it is verified.
enum LedgerSchema {
    /// `KPI1`, in the file's header: it tells `rewards.sqlite` from any other database.
    static let application: Int32 = 0x4B50_4931
    /// Of the tables; a file with a higher one was written by a newer program.
    static let version: Int32 = 1

    /// Name and statement, in the order in which they are made.
    static let statements: [(name: String, sql: String)] =
        LedgerTable.allCases.map { ($0.rawValue, table($0)) } + LedgerTable.allCases.flatMap(triggers)

    static func create(_ db: Database) throws {
        for statement in statements { try db.execute(sql: statement.sql) }
        try db.execute(sql: "PRAGMA application_id = \(application)")
        try db.execute(sql: "PRAGMA user_version = \(version)")
    }

    private static func table(_ table: LedgerTable) -> String {
        let columns = table.columns.map { column -> String in
            var sql = "\(column.name) \(column.isWhole ? "INTEGER" : "TEXT")"
            if !column.isOptional { sql += " NOT NULL" }
            if table == .entry, column.name == "number" { sql += " PRIMARY KEY" }
            if column.name == "entry" { sql += " REFERENCES ledger_entry (number)" }
            return sql
        }
        let ends =
            ["checks TEXT NOT NULL", "hash TEXT NOT NULL"] + (table == .entry ? [] : ["PRIMARY KEY (entry, position)"])
        let body = (columns + ends).map { "  \($0)" }.joined(separator: ",\n")
        return "CREATE TABLE \(table.rawValue) (\n\(body)\n) STRICT\(table == .entry ? "" : ", WITHOUT ROWID")"
    }

    /// Rows are added at the end, and stay. (A row that replaces another fires no trigger for the one it deletes: what
    /// comes in must be new.)
    private static func triggers(_ table: LedgerTable) -> [(name: String, sql: String)] {
        let name = table.rawValue
        func trigger(_ what: String, _ before: String, _ message: String) -> (name: String, sql: String) {
            let own = "\(name)_\(what)"
            return (own, "CREATE TRIGGER \(own) BEFORE \(before) BEGIN SELECT RAISE(ABORT, '\(message)'); END")
        }
        let isNext =
            table == .entry
            ? "new.number <> (SELECT coalesce(max(number), 0) + 1 FROM ledger_entry)"
            : "new.entry <> (SELECT max(number) FROM ledger_entry) "
                + "OR new.position <> (SELECT coalesce(max(position), -1) + 1 FROM \(name) WHERE entry = new.entry)"
        return [
            trigger(
                "kept", "UPDATE ON \(name)", "the ledger is append-only: a mistake is reversed by an entry of its own"),
            trigger("stays", "DELETE ON \(name)", "the ledger is append-only: nothing is deleted"),
            trigger(
                "follows", "INSERT ON \(name) WHEN \(isNext)", "the ledger is append-only: rows follow the last one"),
        ]
    }
}
