import Basis

#if canImport(Glibc)
    import Glibc
#endif

/// Several runs as one, in the order of store and key; of equal ones the earlier run's first.
struct RunMerge: ~Copyable {
    enum Source {
        case memory([UInt8])
        case spool(RunSpool, Range<Int>)
    }

    private struct Head {
        var store: Int32
        var beginning: UInt64
        var row: PackedRow
        var run: Int
    }

    private var cursors: [RunCursor]
    /// A heap, the least first.
    private var heap: [Head] = []
    private var isBegun = false

    init(_ sources: [Source]) { cursors = sources.map(RunCursor.init) }

    deinit { for cursor in cursors { cursor.free() } }

    /// The next row, there until the one behind it is asked for.
    mutating func next() throws(Rejection) -> PackedRow? {
        if !isBegun {
            isBegun = true
            for run in cursors.indices {
                if let row = try cursors[run].next() { heap.append(RunMerge.head(row, run)) }
            }
            for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
            return heap.first?.row
        }
        guard let last = heap.first else { return nil }
        if let row = try cursors[last.run].next() {
            heap[0] = RunMerge.head(row, last.run)
        } else {
            heap[0] = heap[heap.count - 1]
            heap.removeLast()
        }
        if heap.count > 1 { sink(0) }
        return heap.first?.row
    }

    private static func head(_ row: PackedRow, _ run: Int) -> Head {
        Head(store: row.store, beginning: row.beginning, row: row, run: run)
    }

    private mutating func sink(_ from: Int) {
        heap.withUnsafeMutableBufferPointer { heap in
            var place = from
            let moved = heap[place]
            while true {
                var child = 2 * place + 1
                guard child < heap.count else { break }
                if child + 1 < heap.count, RunMerge.precedes(heap[child + 1], heap[child]) { child += 1 }
                guard RunMerge.precedes(heap[child], moved) else { break }
                heap[place] = heap[child]
                place = child
            }
            heap[place] = moved
        }
    }

    @inline(__always)
    private static func precedes(_ a: Head, _ b: Head) -> Bool {
        if a.store != b.store { return a.store < b.store }
        if a.beginning != b.beginning { return a.beginning < b.beginning }
        let (x, y) = (a.row.key, b.row.key)
        if let first = x.baseAddress, let second = y.baseAddress {
            let order = memcmp(first, second, min(x.count, y.count))
            if order != 0 { return order < 0 }
        }
        return x.count != y.count ? x.count < y.count : a.run < b.run
    }
}

/// Goes through one run; of a run on disk a piece is in memory.
private struct RunCursor {
    private static let piece = 1 << 19

    private let source: RunMerge.Source
    private var buffer: UnsafeMutableRawPointer
    private var capacity: Int
    private var position = 0
    private var end: Int
    /// In the spool, behind the piece.
    private var offset: Int
    private let stop: Int

    init(_ source: RunMerge.Source) {
        self.source = source
        switch source {
        case .memory(let bytes):
            // The array keeps the bytes; its copy here costs as much memory again, and is gone first.
            let room = UnsafeMutableRawPointer.allocate(byteCount: max(bytes.count, 1), alignment: 16)
            bytes.withUnsafeBytes { from in
                if let base = from.baseAddress { room.copyMemory(from: base, byteCount: from.count) }
            }
            (buffer, capacity) = (room, max(bytes.count, 1))
            (end, offset, stop) = (bytes.count, 0, 0)
        case .spool(_, let range):
            capacity = RunCursor.piece
            buffer = .allocate(byteCount: capacity, alignment: 16)
            (end, offset, stop) = (0, range.lowerBound, range.upperBound)
        }
    }

    func free() { buffer.deallocate() }

    mutating func next() throws(Rejection) -> PackedRow? {
        while true {
            let left = end - position
            if left >= PackedRows.head {
                let row = PackedRow(buffer + position)
                let length = row.length
                if left >= length {
                    position += length
                    return row
                }
                if offset < stop { try refill(atLeast: length) } else { return nil }
            } else if offset < stop {
                try refill(atLeast: PackedRows.head)
            } else {
                return nil
            }
        }
    }

    private mutating func refill(atLeast wanted: Int) throws(Rejection) {
        guard case .spool(let spool, _) = source else { return }
        let left = end - position
        if wanted > capacity {
            let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 16)
            larger.copyMemory(from: buffer + position, byteCount: left)
            buffer.deallocate()
            (buffer, capacity) = (larger, wanted)
        } else {
            buffer.copyMemory(from: buffer + position, byteCount: left)
        }
        position = 0
        let count = min(capacity - left, stop - offset)
        try spool.read(from: offset, count: count, into: buffer + left)
        offset += count
        end = left + count
    }
}

/// Gathers rows for the spool.
struct RunWriter: ~Copyable {
    private let spool: RunSpool
    private var buffer: [UInt8] = []

    init(_ spool: RunSpool) {
        self.spool = spool
        buffer.reserveCapacity(5 << 20)
    }

    mutating func add(_ row: UnsafeRawBufferPointer) throws(Rejection) {
        buffer.append(contentsOf: row)
        if buffer.count >= 4 << 20 { try flush() }
    }

    mutating func flush() throws(Rejection) {
        try spool.append(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}

/// A file in the temporary folder that has no name: nobody else can read it, and it is gone with the program.
final class RunSpool: Sendable {
    private let descriptor: Int32

    init() throws(Rejection) {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
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

    var count: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    func append(_ bytes: [UInt8]) throws(Rejection) {
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes { from in
                from.baseAddress.map { Glibc.write(descriptor, $0 + done, bytes.count - done) } ?? 0
            }
            if wrote < 0, errno == EINTR { continue }
            guard wrote > 0 else { throw fault("written") }
            done += wrote
        }
    }

    func read(from offset: Int, count: Int, into target: UnsafeMutableRawPointer) throws(Rejection) {
        var done = 0
        while done < count {
            let read = pread(descriptor, target + done, count - done, off_t(offset + done))
            if read < 0, errno == EINTR { continue }
            guard read > 0 else { throw fault("read") }
            done += read
        }
    }

    private func fault(_ act: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, "cannot-write", "a temporary file cannot be \(act): \(String(cString: strerror(errno)))",
                remedies: ["make room, or name another folder with TMPDIR"]))
    }
}
