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
        try write(bytes) { Glibc.write(descriptor, $0, $1) }
    }

    /// Writes all of it there, whatever stands before it.
    /// - Throws: `Rejection` (`cannot-write`) on a full disk.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(Rejection) {
        try write(bytes) { pwrite(descriptor, $0, $1, off_t(offset + bytes.count - $1)) }
    }

    private func write(
        _ bytes: UnsafeRawBufferPointer, _ call: (UnsafeRawPointer, Int) -> Int
    ) throws(Rejection) {
        var done = 0
        while done < bytes.count, let base = bytes.baseAddress {
            let wrote = call(base + done, bytes.count - done)
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

    /// Fills the buffer with what was written there.
    /// - Throws: `Rejection` (`unreadable-file`) when the disk does not give it back.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Rejection) {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            let got = pread(descriptor, base + done, buffer.count - done, off_t(offset + done))
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw Rejection(FileState.unreadable("temporary file")) }
            done += got
        }
    }

    var count: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }
}
