import Basis
import GRDB

#if canImport(Glibc)
    import Glibc
#endif

/// A store while its first import is under way: a file beside the one that it becomes, without a journal. Nobody reads
/// it, and it gets its name when everything is in it and on the disk; whatever ends the import before leaves no store.
final class NewRecordFile: Sendable {
    let path: String
    private let target: String
    /// Held, and locked against other imports, until it is done.
    private let descriptor: Int32

    /// Nil: there is a store by now.
    /// - Throws: `cannot-write`, `database-locked`.
    init?(for file: RecordFile, patience: Double) throws(Rejection) {
        target = file.path
        path = file.path + "-new"
        var waited = 0.0
        while true {
            if file.isThere { return nil }
            let opened = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard opened >= 0 else { throw NewRecordFile.cannotWrite() }
            if flock(opened, LOCK_EX | LOCK_NB) == 0 {
                // Another import may have ended in between: then the name is another file's, or the store's own.
                if NewRecordFile.isFile(opened, at: path), !file.isThere {
                    descriptor = opened
                    break
                }
                close(opened)
                continue
            }
            close(opened)
            guard waited < patience else { throw NewRecordFile.locked }
            usleep(50_000)
            waited += 0.05
        }
        // What an import that was killed has left.
        if ftruncate(descriptor, 0) != 0 { throw NewRecordFile.cannotWrite() }
        for more in ["-wal", "-shm", "-journal"] { unlink(path + more) }
    }

    deinit { close(descriptor) }

    /// Gives it its name. The database must be closed.
    func finish() throws(Rejection) {
        guard fsync(descriptor) == 0 else { throw NewRecordFile.cannotWrite() }
        // What is left of a store that was deleted would be taken for this one's.
        for more in ["-wal", "-shm", "-journal"] { unlink(target + more) }
        guard rename(path, target) == 0 else { throw NewRecordFile.cannotWrite() }
        let parent = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? "."
        let folder = open(parent.isEmpty ? "/" : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    func discard() {
        for more in ["-wal", "-shm", "-journal", ""] { unlink(path + more) }
    }

    private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
        var (own, named) = (stat(), stat())
        return fstat(descriptor, &own) == 0 && stat(path, &named) == 0 && own.st_ino == named.st_ino
            && own.st_dev == named.st_dev
    }

    private static func cannotWrite() -> Rejection {
        let reason = String(cString: strerror(errno))
        return Rejection(
            Diagnostic(
                .error, "cannot-write", at: .init(file: RecordFile.name),
                "the file cannot be written, and nothing was: \(reason)",
                remedies: ["check the folder, its permissions and the space on the disk"]))
    }

    private static var locked: Rejection {
        Rejection(
            Diagnostic(
                .error, "database-locked", at: .init(file: RecordFile.name), "another program is writing into the file",
                remedies: ["wait until the other command is done", "close other programs that have it open"]))
    }
}
