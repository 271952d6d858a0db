public import Basis
import GRDB

#if canImport(Glibc)
import Glibc
#endif

/// Bytes of the file that belong to no record. SQLite leaves room in its pages; after every writing the file is packed,
/// so that what it looks like follows from its records alone, and a byte changed anywhere is found.
extension LedgerFile {
    /// Added to the version of a file that is not packed: the command that wrote last was ended before it could.
    static let loose: Int32 = 1_000

    /// The version of the tables, packed or not.
    static func version(_ stored: Int32) -> Int32 { stored % loose }

    /// Packs a file whose entries are committed. A fault leaves it as it is, and right.
    static func pack(_ queue: DatabaseQueue) {
        do {
            try queue.vacuum()
            try queue.write { try $0.execute(sql: "PRAGMA user_version = \(LedgerSchema.version)") }
        } catch {
            // The records are written; the next writing packs.
        }
    }

    public enum Packing: Hashable, Sendable {
        case packed
        /// Unused bytes cannot be held against anything: it was not packed, or by another SQLite.
        case loose
        /// The first byte that differs from the file that the records make.
        case changed(offset: Int)
    }

    /// Makes the file anew from its records, beside the temporary files, and compares byte by byte.
    public func packing() throws(Rejection) -> Packing {
        guard isThere else { return .packed }
        var template = Array("/tmp/kpi-verify-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return .loose }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let copy = "\(folder)/\(LedgerFile.name)"
        defer {
            unlink(copy)
            rmdir(folder)
        }
        return try withFaults {
            let queue = try open(forWriting: false)
            let version = try queue.read { try Int32.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
            if version != LedgerSchema.version { return .loose }
            try queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [copy]) }
            try queue.close()
            guard let own = LedgerFile.bytes(path), let made = LedgerFile.bytes(copy) else { return .loose }
            // Another SQLite may lay pages out in another way: what it wrote cannot be held against ours.
            let writer = 96..<100
            guard own.count >= writer.upperBound, made.count >= writer.upperBound, own[writer] == made[writer] else {
                return own == made ? .packed : .loose
            }
            let length = min(own.count, made.count)
            let differing = (0..<length).first { own[$0] != made[$0] && !LedgerFile.isCounter($0) }
            if let differing { return .changed(offset: differing) }
            return own.count == made.count ? .packed : .changed(offset: length)
        }
    }

    /// The file's change counter, schema cookie, and which SQLite wrote it last: they tell of writing, not of what is
    /// written (sqlite.org/fileformat2.html, 1.3).
    private static func isCounter(_ offset: Int) -> Bool {
        (24..<28).contains(offset) || (40..<44).contains(offset) || (92..<100).contains(offset)
    }

    private static func bytes(_ path: String) -> [UInt8]? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}
