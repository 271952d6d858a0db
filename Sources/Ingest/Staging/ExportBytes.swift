import Basis
import CBytes
import Glibc

/// One export's bytes, read in ranges so that a large file is never in memory whole. A gzip file is unpacked at once.
struct ExportBytes: Sendable {
    private enum Content: Sendable {
        case file(String, FileState)
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
    /// The files that a text in memory was made of, as they were before it was.
    private var madeOf: [FileInUse] = []
    /// What stands between the values of text that a source made; nil: told from the header.
    var delimiter: UInt8?
    /// The line of the header, where it is known; 0: it is known that there is none.
    var headerLine: Int?

    init(path: String, name: String) throws(Rejection) {
        self.name = name
        self.path = path
        origins = nil
        let state = try FileState(path: path, name: name)
        if path.lowercased().hasSuffix(".gz") {
            let packed = try ExportBytes.read(path, state, name, from: 0, count: state.size)
            let bytes = try GzipMembers.unpacked(packed, name: name)
            content = .memory(bytes)
            count = bytes.count
            madeOf = [FileInUse(path: path, name: name, state: state)]
        } else {
            content = .file(path, state)
            count = state.size
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
        (delimiter, headerLine) = (0x2C, 1)
        count = spooled.count
    }

    /// The same text in another encoding, with the lines where they were.
    func replaced(by bytes: [UInt8]) -> ExportBytes { ExportBytes(self, .memory(bytes), bytes.count) }

    func replaced(by spool: SpoolFile) -> ExportBytes { ExportBytes(self, .spool(spool), spool.count) }

    private init(_ other: ExportBytes, _ content: Content, _ count: Int) {
        name = other.name
        path = other.path
        origins = other.origins
        delimiter = other.delimiter
        headerLine = other.headerLine
        madeOf = other.madeOf
        self.content = content
        self.count = count
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
    var isMade: Bool {
        if case .rows = content { return true }
        return origins != nil
    }

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
        guard isMade, let location = diagnostic.location, location.file == name, let row = location.row else {
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
        case .file(let path, let state):
            return try ExportBytes.read(path, state, name, from: offset, count: wanted, into: buffer)
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

    /// - Throws: `Rejection` (`changed-while-reading`) when the file is no longer the one that was opened.
    func verify() throws(Rejection) {
        if case .file(let path, let state) = content { try state.verify(path: path, name: name) }
        for file in madeOf { try file.state.verify(path: file.path, name: file.name) }
    }

    /// Notices when one of these files is no longer what it was.
    mutating func watch(_ files: [FileInUse]) { madeOf += files }

    private static func read(
        _ path: String, _ state: FileState, _ name: String, from offset: Int, count: Int
    ) throws(Rejection) -> [UInt8] {
        var failure: Rejection?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            do throws(Rejection) {
                initialized = try read(path, state, name, from: offset, count: count, into: base)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private static func read(
        _ path: String, _ state: FileState, _ name: String, from offset: Int, count: Int,
        into buffer: UnsafeMutableRawPointer
    ) throws(Rejection) -> Int {
        let descriptor = try state.open(path, name: name)
        defer { close(descriptor) }
        let got = try read(descriptor, name, from: offset, count: count, into: buffer)
        // What is behind the end now was there when the file was opened.
        guard got == count else { throw Rejection(FileState.changed(name)) }
        return got
    }

    private static func read(
        _ descriptor: Int32, _ name: String, from offset: Int, count: Int, into buffer: UnsafeMutableRawPointer
    ) throws(Rejection) -> Int {
        var done = 0
        while done < count {
            let got = pread(descriptor, buffer + done, count - done, off_t(offset + done))
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Rejection(FileState.unreadable(name)) }
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
        let (most, step) = (1 << 16, 64)
        return withUnsafeTemporaryAllocation(byteCount: most + step, alignment: step) { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            let bytes = base.assumingMemoryBound(to: UInt8.self)
            var found = 0
            var offset = range.lowerBound
            while offset < range.upperBound {
                let count = (try? read(from: offset, count: min(most, range.upperBound - offset), into: base)) ?? 0
                if count == 0 { break }
                // Behind what was read nothing looks like a line break.
                (base + count).initializeMemory(as: UInt8.self, repeating: 0, count: step)
                for index in stride(from: 0, to: count, by: step) {
                    found += kpi_marks(bytes + index, 0x0A, 0x0A, 0x0A).nonzeroBitCount
                }
                offset += count
            }
            return found
        }
    }
}
