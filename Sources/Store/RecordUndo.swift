public import Basis
import GRDB

extension RecordFile {
    /// Takes an import back: its rows go, and those they had corrected are in force again.
    ///
    /// Only the last import of an export can go: a later one did not keep what it found there already.
    /// - Returns: what the import had done.
    /// - Throws: `Rejection` when there is no such import, or later ones build on it.
    public func undo(_ number: Int) throws(Rejection) -> Import {
        let imports = try imports()
        guard let undone = imports.first(where: { $0.number == number && !$0.isUndone }) else {
            let known = imports.filter { !$0.isUndone }.map { "\($0.number)" }.joined(separator: ", ")
            throw Rejection(
                Diagnostic(
                    .error, "unknown-import", at: .init(file: RecordFile.name), "there is no import \(number)",
                    remedies: [known.isEmpty ? "nothing was imported yet" : "there are \(known)"]))
        }
        return try RecordFile.faults.catching {
            let queue = try open(forWriting: true)
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try RecordFile.refuseLater(number, db)
                    try RecordFile.remove(number, db)
                    return .commit
                }
                _ = try? db.checkpoint(.truncate)
            }
            return undone
        }
    }

    private static func refuseLater(_ number: Int, _ db: Database) throws {
        let sql = """
            SELECT DISTINCT later.import FROM file AS later JOIN file AS own ON own.export = later.export
            JOIN import ON number = later.import
            WHERE own.import = ?1 AND later.import > ?1 AND undone = 0 ORDER BY later.import DESC
            """
        let later = try Int.fetchAll(db, sql: sql, arguments: [number])
        let words = later.count == 1 ? "a later import builds" : "\(later.count) later imports build"
        guard later.isEmpty else {
            throw Rejection(
                Diagnostic(
                    .error, "later-imports", at: .init(file: name),
                    "\(words) on import \(number)",
                    remedies: [
                        "undo \(later.map(String.init).joined(separator: ", then ")) first; "
                            + "import their files again afterwards"
                    ]))
        }
    }

    private static func remove(_ number: Int, _ db: Database) throws {
        let exports = try Int64.fetchAll(
            db, sql: "SELECT DISTINCT export FROM file WHERE import = ?", arguments: [number])
        for export in exports {
            try db.execute(sql: "DELETE FROM record WHERE export = ? AND since = ?", arguments: [export, number])
            try db.execute(
                sql: "UPDATE record SET until = NULL WHERE export = ? AND until = ?", arguments: [export, number])
        }
        try db.execute(sql: "UPDATE import SET undone = 1 WHERE number = ?", arguments: [number])
        try db.execute(sql: "UPDATE state SET changes = changes + 1")
    }
}
