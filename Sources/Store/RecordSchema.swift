import GRDB

/// The tables of `kpi.sqlite`. Rows are kept as they were exported, beside what they are known by: a mapping that is
/// mended later then reads what it could not read before, and nothing was rounded on the way in.
enum RecordSchema {
    /// `KPIR`, in the file's header: it tells a store from any other database.
    static let application: Int32 = 0x4B50_4952

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("records-1") { db in
            for statement in records { try db.execute(sql: statement) }
            try db.execute(sql: "PRAGMA application_id = \(application)")
        }
        return migrator
    }

    private static let records = [
        """
        CREATE TABLE import (
          number INTEGER PRIMARY KEY,
          -- When the command ran, as its clock said: for people, no figure depends on it.
          at TEXT NOT NULL,
          -- Taken back: its rows are gone, and what it was stays on record.
          undone INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        """
        CREATE TABLE export (
          code INTEGER PRIMARY KEY,
          table_name TEXT NOT NULL,
          pattern TEXT NOT NULL,
          system TEXT NOT NULL,
          UNIQUE (table_name, pattern, system)
        ) STRICT
        """,
        """
        CREATE TABLE form (
          code INTEGER PRIMARY KEY,
          export INTEGER NOT NULL REFERENCES export (code),
          delimiter INTEGER NOT NULL,
          header TEXT NOT NULL,
          UNIQUE (export, delimiter, header)
        ) STRICT
        """,
        """
        CREATE TABLE file (
          code INTEGER PRIMARY KEY,
          import INTEGER NOT NULL REFERENCES import (number),
          export INTEGER NOT NULL REFERENCES export (code),
          form INTEGER NOT NULL REFERENCES form (code),
          name TEXT NOT NULL,
          fingerprint TEXT NOT NULL,
          bytes INTEGER NOT NULL,
          modified INTEGER NOT NULL,
          rows_read INTEGER NOT NULL DEFAULT 0,
          rows_new INTEGER NOT NULL DEFAULT 0,
          rows_correcting INTEGER NOT NULL DEFAULT 0,
          rows_known INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """,
        "CREATE INDEX file_fingerprint ON file (fingerprint, export)",
        "CREATE TABLE store (code INTEGER PRIMARY KEY, identifier TEXT NOT NULL UNIQUE) STRICT",
        // Versions of a row stand one behind the other: in force from the import `since` on, before the import `until`.
        """
        CREATE TABLE record (
          export INTEGER NOT NULL,
          store INTEGER NOT NULL,
          key TEXT NOT NULL,
          since INTEGER NOT NULL,
          nth INTEGER NOT NULL,
          until INTEGER REFERENCES import (number),
          edition INTEGER NOT NULL,
          content INTEGER NOT NULL,
          file INTEGER NOT NULL REFERENCES file (code),
          line INTEGER NOT NULL,
          place INTEGER NOT NULL,
          text TEXT NOT NULL,
          PRIMARY KEY (export, store, key, since, nth)
        ) STRICT, WITHOUT ROWID
        """,
        // Keys every so many rows apart, so that several tasks can read parts of like size.
        """
        CREATE TABLE mark (
          export INTEGER NOT NULL,
          store INTEGER NOT NULL,
          key TEXT NOT NULL,
          PRIMARY KEY (export, store, key)
        ) STRICT, WITHOUT ROWID
        """,
        // Counts what was written, so that a reader notices that it reads of two states.
        "CREATE TABLE state (one INTEGER PRIMARY KEY CHECK (one = 1), changes INTEGER NOT NULL) STRICT",
        "INSERT INTO state VALUES (1, 0)",
    ]
}
