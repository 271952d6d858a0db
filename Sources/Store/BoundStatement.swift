import GRDB
import GRDBSQLite

// Statements bound by hand: a row costs a microsecond, and a list of boxed values as much again.

extension SQLiteStatement {
    /// The bytes must stand still until the statement is done.
    func bind(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int32) {
        guard let base = bytes.baseAddress else {
            sqlite3_bind_text(self, position, "", 0, nil)
            return
        }
        base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
            _ = sqlite3_bind_text(self, position, text, Int32(bytes.count), nil)
        }
    }

    /// Runs a statement that returns no rows.
    func done(_ db: Database) throws {
        let code = sqlite3_step(self)
        guard code == SQLITE_DONE else { throw DatabaseError(code, of: db) }
        sqlite3_reset(self)
    }
}

extension DatabaseError {
    init(_ code: Int32, of db: Database) {
        self.init(
            resultCode: ResultCode(rawValue: code & 0xFF),
            message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
    }
}
