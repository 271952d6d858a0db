import Basis
import Glibc

/// A file that a text was made of.
struct FileInUse: Sendable {
    let path: String
    let name: String
    let state: FileState
}

/// Which file was opened, and in what state: a report is of one state of its exports, not of two.
struct FileState: Hashable, Sendable {
    let size: Int
    private let device: UInt64
    private let inode: UInt64
    private let modified: Int64
    private let modifiedNanoseconds: Int64

    /// Links are followed: whoever owns the folder has made them.
    /// - Throws: `Rejection` (`unreadable-file`): nothing there, not a file, or not ours to read.
    init(path: String, name: String) throws(Rejection) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Rejection(FileState.unreadable(name)) }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG else {
            throw Rejection(
                Diagnostic(
                    .error, "unreadable-file", at: .init(file: name),
                    kind == S_IFDIR ? "this is a folder, not a file" : "this is no ordinary file",
                    remedies: ["put the export itself here", "or correct `file:` in dealership.yaml"]))
        }
        self.init(status)
    }

    private init(_ status: stat) {
        size = Int(status.st_size)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        modified = Int64(status.st_mtim.tv_sec)
        modifiedNanoseconds = Int64(status.st_mtim.tv_nsec)
    }

    /// Opens it again; the caller closes the descriptor.
    /// - Throws: `Rejection` (`changed-while-reading`, `unreadable-file`).
    func open(_ path: String, name: String) throws(Rejection) -> Int32 {
        // Where a pipe has taken the file's place, opening must not wait for somebody to write into it.
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Rejection(errno == ENOENT ? FileState.changed(name) : FileState.unreadable(name))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, FileState(status) == self else {
            close(descriptor)
            throw Rejection(FileState.changed(name))
        }
        return descriptor
    }

    func verify(path: String, name: String) throws(Rejection) {
        var status = stat()
        guard stat(path, &status) == 0, FileState(status) == self else { throw Rejection(FileState.changed(name)) }
    }

    static func changed(_ name: String) -> Diagnostic {
        Diagnostic(
            .error, "changed-while-reading", at: .init(file: name),
            "the file was changed, replaced or removed while it was read",
            remedies: ["run this again when whatever writes the exports is done"])
    }

    static func unreadable(_ name: String) -> Diagnostic {
        Diagnostic(
            .error, "unreadable-file", at: .init(file: name), "the file cannot be read",
            remedies: ["check that it is there, its permissions and the disk"])
    }
}
