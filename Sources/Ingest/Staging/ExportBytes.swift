import Basis
import CDeflate
import Glibc

/// One export's bytes, read in ranges so that a large file is never in memory whole. A gzip file is unpacked at once.
struct ExportBytes: Sendable {
    private enum Content: Sendable {
        case file(String)
        case memory([UInt8])
        case spool(SpoolFile)
        case rows(SpooledRows)
        /// Rows kept by the store, whose places are lines: nothing to read here.
        case lines
    }

    /// Relative to the dealership's folder, for messages.
    let name: String
    let count: Int
    /// Where the file lies on disk, if the text is one's.
    private let path: String?
    private let content: Content
    private let origins: RowOrigins?
    /// What stands between the values of text that a source made; nil: told from the header.
    var delimiter: UInt8?
    /// The line of the header, where it is known; 0: it is known that there is none.
    var headerLine: Int?

    init(path: String, name: String) throws(Rejection) {
        self.name = name
        self.path = path
        origins = nil
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Rejection(
                Diagnostic(
                    .error, "unreadable-file", at: .init(file: name), "the file cannot be opened",
                    remedies: ["check its permissions"]))
        }
        let size = Int(status.st_size)
        if path.lowercased().hasSuffix(".gz") {
            let packed = try ExportBytes.read(path, name, from: 0, count: size)
            let bytes = try ExportBytes.gunzip(packed, name: name)
            content = .memory(bytes)
            count = bytes.count
        } else {
            content = .file(path)
            count = size
        }
    }

    /// Delimited text that a source made.
    /// - Parameters:
    ///   - origins: where its lines come from; nil: they are the lines of `name`.
    ///   - path: of the one file on disk that it was made of.
    init(name: String, made bytes: [UInt8], origins: RowOrigins?, path: String? = nil) {
        self.name = name
        self.path = path
        self.origins = origins
        content = .memory(bytes)
        count = bytes.count
    }

    /// Delimited text that a source wrote to disk, complete.
    init(name: String, spooled: SpoolFile) {
        self.name = name
        path = nil
        origins = nil
        content = .spool(spooled)
        count = spooled.count
    }

    /// Rows of a table, whose places are their numbers.
    init(name: String, spooled: SpooledRows) {
        self.name = name
        path = nil
        origins = nil
        content = .rows(spooled)
        count = spooled.count
    }

    /// A file whose rows the store keeps: a row's place is its line.
    init(storedName name: String) {
        self.name = name
        path = nil
        origins = nil
        content = .lines
        count = 0
    }

    /// A source made the text: its lines are not those of a file.
    var isMade: Bool { origins != nil }

    /// Size and time of the last change (nanoseconds since 1970) of the file on disk; nil where there is none.
    var stamp: (bytes: Int64, modified: Int64)? {
        guard let path else { return nil }
        return ExportBytes.stamp(path)
    }

    static func stamp(_ path: String) -> (bytes: Int64, modified: Int64)? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return (Int64(status.st_size), Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
    }

    /// A copy of some of the bytes.
    func bytes(from offset: Int, count: Int) throws(Rejection) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var failure: Rejection?
        var read = 0
        bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            do throws(Rejection) { read = try self.read(from: offset, count: count, into: base) } catch { failure = error }
        }
        if let failure { throw failure }
        bytes.removeLast(count - read)
        return bytes
    }

    /// File and row of a line of the bytes, counted from 1.
    func place(ofLine line: Int) -> (file: String, row: Int?) {
        if case .rows(let rows) = content { return (name, rows.row(ofLine: line)) }
        guard let origins else { return (name, line) }
        return origins.place(ofLine: line).map { ($0.name, $0.row) } ?? (name, nil)
    }

    /// A fault of the text at its place in the file.
    func placed(_ diagnostic: Diagnostic) -> Diagnostic {
        guard origins != nil, let location = diagnostic.location, location.file == name, let row = location.row else {
            return diagnostic
        }
        let place = place(ofLine: row)
        return diagnostic.at(.init(file: place.file, row: place.row, column: location.column))
    }

    /// Copies up to `length` bytes from `offset` on into `buffer`; returns how many there were.
    func read(from offset: Int, count length: Int, into buffer: UnsafeMutableRawPointer) throws(Rejection) -> Int {
        let wanted = min(length, count - offset)
        if wanted <= 0 { return 0 }
        switch content {
        case .memory(let bytes):
            bytes.withUnsafeBytes { bytes in
                if let base = bytes.baseAddress { buffer.copyMemory(from: base + offset, byteCount: wanted) }
            }
            return wanted
        case .file(let path): return try ExportBytes.read(path, name, from: offset, count: wanted, into: buffer)
        case .spool(let spool):
            return try ExportBytes.read(spool.descriptor, name, from: offset, count: wanted, into: buffer)
        case .rows(let rows):
            var done = 0
            for piece in rows.pieces(in: offset..<offset + wanted) {
                done += try ExportBytes.read(
                    piece.descriptor, name, from: piece.from, count: piece.count, into: buffer + done)
            }
            return done
        case .lines: return 0
        }
    }

    private static func read(_ path: String, _ name: String, from offset: Int, count: Int) throws(Rejection) -> [UInt8] {
        var failure: Rejection?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            do throws(Rejection) {
                initialized = try read(path, name, from: offset, count: count, into: base)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private static func read(
        _ path: String, _ name: String, from offset: Int, count: Int, into buffer: UnsafeMutableRawPointer
    ) throws(Rejection) -> Int {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Rejection(unreadable(name)) }
        defer { close(descriptor) }
        return try read(descriptor, name, from: offset, count: count, into: buffer)
    }

    private static func unreadable(_ name: String) -> Diagnostic {
        Diagnostic(
            .error, "unreadable-file", at: .init(file: name), "the file cannot be read",
            remedies: ["check its permissions and the disk"])
    }

    private static func read(
        _ descriptor: Int32, _ name: String, from offset: Int, count: Int, into buffer: UnsafeMutableRawPointer
    ) throws(Rejection) -> Int {
        var done = 0
        while done < count {
            let got = pread(descriptor, buffer + done, count - done, off_t(offset + done))
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Rejection(unreadable(name)) }
            if got == 0 { break }
            done += got
        }
        return done
    }

    /// The line, from 1, of the byte at `offset`, counting on from `start`, before which there are so many lines.
    func line(at offset: Int, from start: Int, lines: Int) -> Int {
        if case .lines = content { return offset }
        return offset > start ? lines + 1 + lineBreaks(in: start..<offset) : lines + 1
    }

    /// A few pages at a time: what is looked at once need not be in memory at once.
    func lineBreaks(in range: Range<Int>) -> Int {
        if case .lines = content { return range.count }
        return withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 64) { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            var found = 0
            var offset = range.lowerBound
            while offset < range.upperBound {
                let count = (try? read(from: offset, count: min(buffer.count, range.upperBound - offset), into: base)) ?? 0
                if count == 0 { break }
                for index in 0..<count where base.load(fromByteOffset: index, as: UInt8.self) == 0x0A { found += 1 }
                offset += count
            }
            return found
        }
    }

    /// All members of a gzip file (RFC 1952) one behind the other.
    private static func gunzip(_ packed: [UInt8], name: String) throws(Rejection) -> [UInt8] {
        let damaged = Diagnostic(
            .error, "damaged-gzip", at: .init(file: name), "the gzip file is cut off or damaged",
            remedies: ["transfer or export it again"])
        guard let decompressor = libdeflate_alloc_decompressor() else { throw Rejection(damaged) }
        defer { libdeflate_free_decompressor(decompressor) }
        var result: [UInt8] = []
        var offset = 0
        while offset < packed.count {
            // A member may be followed by zeros (tapes, block sizes) that belong to nothing.
            if offset > 0, packed[offset...].allSatisfy({ $0 == 0 }) { break }
            // A guess; a wrong one only means another try.
            var capacity = max(packed.count * 8, 65_536)
            while true {
                var used = 0
                var made = 0
                var outcome = LIBDEFLATE_BAD_DATA
                let part = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
                    packed.withUnsafeBytes { bytes in
                        guard let base = bytes.baseAddress, let out = buffer.baseAddress else { return }
                        outcome = libdeflate_gzip_decompress_ex(
                            decompressor, base + offset, packed.count - offset, out, capacity, &used, &made)
                    }
                    initialized = outcome == LIBDEFLATE_SUCCESS ? made : 0
                }
                if outcome == LIBDEFLATE_INSUFFICIENT_SPACE, capacity < 1 << 36 {
                    capacity *= 4
                    continue
                }
                guard outcome == LIBDEFLATE_SUCCESS, used > 0 else { throw Rejection(damaged) }
                result += part
                offset += used
                break
            }
        }
        return result
    }
}
