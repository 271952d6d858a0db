import GRDB

/// The tables of issued reports. What was issued stays: triggers refuse every change.
enum IssuedSchema {
    /// `KPI3`, in the file's header.
    static let application: Int32 = 0x4B50_4933

    /// What every migration of these tables is called, so that a newer program's are known as such.
    static let prefix = "issued-"
    static let migrations = ["issued-1"]

    /// For whoever keeps issued reports in a file beside other tables.
    static func migrate(_ migrator: inout DatabaseMigrator) {
        migrator.registerMigration("issued-1") { db in
            for statement in tables + triggers { try db.execute(sql: statement) }
        }
    }

    /// Two who make the file at once both find nothing done; the later one's tables are there by its turn.
    static func apply(_ migrator: DatabaseMigrator, to queue: DatabaseQueue) throws {
        var failures = 0
        while true {
            do {
                return try migrator.migrate(queue)
            } catch {
                failures += 1
                let isBegun = try queue.read { try !migrator.appliedIdentifiers($0).isEmpty }
                guard isBegun, failures <= migrations.count else { throw error }
            }
        }
    }

    private static let tables = [
        """
        CREATE TABLE issued_report (
          number INTEGER NOT NULL PRIMARY KEY,
          report TEXT NOT NULL,
          store TEXT NOT NULL,
          about TEXT NOT NULL,
          month TEXT NOT NULL,
          issued_on TEXT NOT NULL,
          as_of INTEGER NOT NULL,
          as_of_day TEXT NOT NULL,
          first_days TEXT NOT NULL,
          settings TEXT NOT NULL,
          fingerprint TEXT NOT NULL,
          program TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE issued_figure (
          issue INTEGER NOT NULL REFERENCES issued_report (number),
          position INTEGER NOT NULL,
          page INTEGER NOT NULL,
          id TEXT NOT NULL,
          label TEXT NOT NULL,
          unit TEXT NOT NULL,
          state TEXT NOT NULL,
          estimate TEXT NOT NULL,
          lower TEXT NOT NULL,
          upper TEXT NOT NULL,
          n INTEGER,
          method TEXT NOT NULL,
          PRIMARY KEY (issue, position)
        ) STRICT, WITHOUT ROWID
        """,
    ]

    private static let triggers = ["issued_report", "issued_figure"].flatMap { table in
        ["UPDATE", "DELETE"].map { act in
            """
            CREATE TRIGGER \(table)_no_\(act.lowercased()) BEFORE \(act) ON \(table)
            BEGIN SELECT RAISE(ABORT, 'what was issued stays: issue the report again'); END
            """
        }
    }
}
