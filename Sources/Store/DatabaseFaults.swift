import Basis
import GRDB

/// Turns what SQLite says into faults with a remedy.
struct DatabaseFaults {
    /// The file's name, for messages.
    let name: String
    /// What to do about a damaged file.
    let repair: String

    func catching<Value>(_ work: () throws -> Value) throws(Rejection) -> Value {
        do {
            return try work()
        } catch let rejection as Rejection {
            throw rejection
        } catch let error as DatabaseError {
            throw Rejection(diagnostic(error))
        } catch {
            throw Rejection(
                Diagnostic(
                    .error, "unreadable-database", at: .init(file: name), "the file cannot be read: \(error)",
                    remedies: [repair]))
        }
    }

    private func diagnostic(_ error: DatabaseError) -> Diagnostic {
        let place = Diagnostic.Location(file: name)
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return Diagnostic(
                .error, "database-locked", at: place, "another program is writing into the file",
                remedies: ["wait until the other command is done", "close other programs that have it open"])
        case .SQLITE_NOTADB:
            return Diagnostic(
                .error, "foreign-database", at: place, "the file is no database",
                remedies: ["move it out of the folder", "or restore \(name) from a copy"])
        case .SQLITE_FULL, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_AUTH:
            return Diagnostic(
                .error, "cannot-write", at: place, "the file cannot be written, and nothing was: \(reason)",
                remedies: ["check the folder, its permissions and the space on the disk"])
        default:
            return Diagnostic(
                .error, "unreadable-database", at: place, "the file is damaged: \(reason)", remedies: [repair])
        }
    }
}
