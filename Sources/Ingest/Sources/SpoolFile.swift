import Basis
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Text that a source wrote to disk because it may be larger than memory. The file has no name: nobody else can read it,
/// and it is gone with the program, however that ends.
final class SpoolFile: Sendable {
    let descriptor: Int32

    /// - Throws: `Rejection` (`cannot-write`) when the temporary folder takes no file.
    init() throws(Rejection) {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(folder)/kpi-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)  // 0600
        guard descriptor >= 0 else {
            throw Rejection(
                Diagnostic(
                    .error, "cannot-write", at: .init(file: folder), "no temporary file can be made there",
                    remedies: ["make room, or name another folder with TMPDIR"]))
        }
        unlink(template)
    }

    deinit { close(descriptor) }

    /// Appends all of it.
    /// - Throws: `Rejection` (`cannot-write`) on a full disk.
    func append(_ bytes: UnsafeRawBufferPointer) throws(Rejection) {
        var done = 0
        while done < bytes.count, let base = bytes.baseAddress {
            let wrote = Glibc.write(descriptor, base + done, bytes.count - done)
            if wrote < 0, errno == EINTR { continue }
            guard wrote > 0 else {
                throw Rejection(
                    Diagnostic(
                        .error, "cannot-write", "a temporary file cannot be written: \(String(cString: strerror(errno)))",
                        remedies: ["make room, or name another folder with TMPDIR"]))
            }
            done += wrote
        }
    }

    var count: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }
}
