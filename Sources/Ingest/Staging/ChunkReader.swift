import Basis
import Dealership

/// Reads one part of a file into a staged chunk.
///
/// A part is read on the guess that a record begins behind the first line break at its start. The guess is wrong only when
/// that break stands inside quotes; the caller notices, because the part before then ends elsewhere, and reads again.
struct ChunkReader {
    /// Bytes a part has on average: large enough that a group's rows in it fill pages, small enough to stay in the cache.
    static let partSize = 6 << 20

    let bytes: ExportBytes
    let fileIndex: Int
    let layout: ExportLayout
    let export: ExportSettings
    let registry: StoreRegistry
    let names: NameRegistry
    let fileZone: Int?

    /// Reads the records that begin in `start ..< stop`. `isExact`: a record begins at `start`; else the next line break is sought.
    func read(from start: Int, to stop: Int, isExact: Bool) throws(Rejection) -> (chunk: StagedChunk, begin: Int) {
        var slack = 1 << 16
        while true {
            if let result = try attempt(from: start, to: stop, isExact: isExact, slack: slack) { return result }
            slack *= 8
        }
    }

    /// Nil: the last record reaches further than the slack behind `stop`.
    private func attempt(
        from start: Int, to stop: Int, isExact: Bool, slack: Int
    ) throws(Rejection) -> (chunk: StagedChunk, begin: Int)? {
        let from = isExact ? start : max(0, start - 1)
        let wanted = min(bytes.count, stop + slack) - from
        let buffer = UnsafeMutableRawPointer.allocate(byteCount: wanted + 16, alignment: 16)
        defer { buffer.deallocate() }
        let count = try bytes.read(from: from, count: wanted, into: buffer)
        (buffer + count).initializeMemory(as: UInt8.self, repeating: 0, count: 16)
        let base = UnsafePointer(buffer.assumingMemoryBound(to: UInt8.self))
        var first = 0
        if !isExact {
            while first < count, base[first] != 0x0A { first += 1 }
            first = min(first + 1, count)
        }
        return encode(
            base, count: count, first: first, stop: stop - from, offset: from, isLast: from + count >= bytes.count)
    }

    private func encode(
        _ base: UnsafePointer<UInt8>, count: Int, first: Int, stop: Int, offset: Int, isLast: Bool
    ) -> (chunk: StagedChunk, begin: Int)? {
        let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: 65_536)
        let bounds = UnsafeMutableBufferPointer<FieldBounds>.allocate(capacity: max(layout.columnCount + 8, 16))
        defer {
            scratch.deallocate()
            bounds.deallocate()
        }
        bounds.initialize(repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false))
        return layout.plans.withUnsafeBufferPointer { plans in
            encode(base, count, first, stop, offset, isLast, plans, scratch, bounds)
        }
    }

    private func encode(
        _ base: UnsafePointer<UInt8>, _ count: Int, _ first: Int, _ stop: Int, _ offset: Int, _ isLast: Bool,
        _ plans: UnsafeBufferPointer<CellPlan>, _ scratch: UnsafeMutablePointer<UInt8>,
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>
    ) -> (chunk: StagedChunk, begin: Int)? {
        var splitter = RecordSplitter(
            base: base, count: count, delimiter: layout.delimiter, position: first, isLast: isLast)
        var encoder = RowEncoder(
            layout: layout, plans: plans, base: base, scratch: scratch, registry: registry, names: names, export: export,
            fileZone: fileZone)
        var rows = EncodedRows(expectedBytes: max(0, min(stop, count) - first))
        reading: while splitter.position < stop {
            let begin = splitter.position
            let line = splitter.lines
            switch splitter.next(bounds) {
            case .end: break reading
            case .incomplete: return nil
            case .unclosedQuote:
                encoder.loseRest(line: line)
                splitter.position = count
                break reading
            case .record(let fields):
                // A line of nothing is no row.
                if fields == 1, bounds[0].end == bounds[0].start { continue }
                let source = UInt64(fileIndex) << 48 | UInt64(offset + begin)
                if let encoded = encoder.encode(bounds, fields: fields, source: source, line: line, into: rows.room()) {
                    rows.keep(length: encoded.length, group: encoded.group)
                }
            }
        }
        var chunk = encoder.finish()
        rows.group(into: &chunk)
        chunk.lines = splitter.lines
        chunk.end = offset + splitter.position
        return (chunk, offset + first)
    }
}

/// Rows in reading order, to be put together by sharing group with a counting sort.
private struct EncodedRows: ~Copyable {
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0
    private var ends: [UInt32] = []
    private var groups: [Int32] = []

    init(expectedBytes: Int) {
        capacity = expectedBytes + RowEncoder.longestRow
        bytes = .allocate(capacity: capacity)
        ends.reserveCapacity(expectedBytes / 80)
        groups.reserveCapacity(expectedBytes / 80)
    }

    deinit { bytes.deallocate() }

    /// Where the next row may be written, `RowEncoder.longestRow` bytes of room.
    mutating func room() -> UnsafeMutablePointer<UInt8> {
        if capacity - count < RowEncoder.longestRow {
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 3 / 2 + RowEncoder.longestRow)
            larger.update(from: bytes, count: count)
            bytes.deallocate()
            bytes = larger
            capacity = capacity * 3 / 2 + RowEncoder.longestRow
        }
        return bytes + count
    }

    /// Keeps the row just written.
    @inline(__always)
    mutating func keep(length: Int, group: Int) {
        count += length
        ends.append(UInt32(truncatingIfNeeded: count))
        groups.append(Int32(truncatingIfNeeded: group))
    }

    func group(into chunk: inout StagedChunk) {
        let highest = Int(groups.max() ?? -1)
        var sizes = [Int](repeating: 0, count: highest + 2)
        var start = 0
        for row in ends.indices {
            sizes[Int(groups[row]) + 1] += Int(ends[row]) - start
            start = Int(ends[row])
        }
        var starts = [0]
        for size in sizes { starts.append((starts.last ?? 0) + size) }
        var next = starts
        chunk.bytes = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            guard let to = target.baseAddress else { return }
            var start = 0
            for row in ends.indices {
                let slot = Int(groups[row]) + 1
                let length = Int(ends[row]) - start
                UnsafeMutableRawPointer(to + next[slot]).copyMemory(from: bytes + start, byteCount: length)
                next[slot] += length
                start = Int(ends[row])
            }
            initialized = count
        }
        chunk.starts = starts
    }
}
