import Basis
import Foundation

/// Files appear whole or not at all: written beside their place, synced, renamed.
enum OutputFile {
    static func write(_ bytes: [UInt8], to path: String) throws(Rejection) {
        try put(try stage(bytes, for: path), at: path)
    }

    /// All of them or none: each is written whole beside its place before the first is put there.
    static func write(_ files: [(path: String, bytes: [UInt8])]) throws(Rejection) {
        var staged: [(temporary: String, path: String)] = []
        do throws(Rejection) {
            for file in files { staged.append((try stage(file.bytes, for: file.path), file.path)) }
        } catch {
            for one in staged { unlink(one.temporary) }
            throw error
        }
        for (index, one) in staged.enumerated() {
            do throws(Rejection) { try put(one.temporary, at: one.path) } catch {
                for left in staged[(index + 1)...] { unlink(left.temporary) }
                throw error
            }
        }
    }

    private static func put(_ temporary: String, at path: String) throws(Rejection) {
        guard rename(temporary, path) == 0 else {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            throw Rejection(
                Diagnostic(
                    .error, "cannot-write", at: .init(file: path), "the file cannot be put in place: \(reason)",
                    remedies: ["check the folder, its permissions and the space on the disk"]))
        }
    }

    /// The folder of a file; "" where the path names none. Foundation's own way of taking a path apart traps where the whole
    /// path is one letter.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ""
    }

    /// Written and synced under a name of its own, which is given back.
    private static func stage(_ bytes: [UInt8], for path: String) throws(Rejection) -> String {
        let folder = folder(of: path)
        let directory = folder.isEmpty ? "." : folder
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        let temporary = "\(directory)/.\(name).\(ProcessInfo.processInfo.processIdentifier).part"
        func refuse(_ what: String) -> Rejection {
            let reason = String(cString: strerror(errno))
            unlink(temporary)
            return Rejection(
                Diagnostic(
                    .error, "cannot-write", at: .init(file: path), "\(what): \(reason)",
                    remedies: ["check the folder, its permissions and the space on the disk"]))
        }
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw refuse("the file cannot be made") }
        var written = 0
        var isWhole = true
        bytes.withUnsafeBytes { buffer in
            while written < buffer.count {
                let count = Foundation.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
                if count < 0, errno == EINTR { continue }
                if count <= 0 {
                    isWhole = false
                    return
                }
                written += count
            }
        }
        guard isWhole, fsync(descriptor) == 0 else {
            close(descriptor)
            throw refuse("the file cannot be written")
        }
        guard close(descriptor) == 0 else { throw refuse("the file cannot be written") }
        return temporary
    }

    static func makeFolder(_ path: String) throws(Rejection) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw Rejection(
                Diagnostic(
                    .error, "cannot-write", at: .init(file: path), "the folder cannot be made",
                    remedies: ["check its parent's permissions"]))
        }
    }
}

/// Rows for programs and spreadsheets.
enum DelimitedText {
    static func csv(_ rows: [[String]]) -> [UInt8] { CSVText.bytes(rows) }

    /// An array of objects with the header's names; figures as numbers, empty as null.
    static func json(_ rows: [[String]], textColumns: Int) -> [UInt8] {
        guard let header = rows.first else { return Array("[]\n".utf8) }
        let objects = rows.dropFirst().map { row in
            "  {" + zip(header.indices, zip(header, row)).map { index, pair in
                let isNumber = index >= textColumns && Double(pair.1) != nil
                let value = isNumber ? pair.1 : pair.1.isEmpty ? "null" : JSONText.quoted(pair.1)
                return "\(JSONText.quoted(pair.0)): \(value)"
            }.joined(separator: ", ") + "}"
        }
        return Array("[\n\(objects.joined(separator: ",\n"))\n]\n".utf8)
    }
}
