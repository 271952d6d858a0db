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
        var capacity = max(0, min(stop, count) - first) * 2
        while true {
            var splitter = RecordSplitter(
                base: base, count: count, delimiter: layout.delimiter, position: first, isLast: isLast)
            var encoder = RowEncoder(
                layout: layout, plans: plans, base: base, scratch: scratch, registry: registry, names: names,
                export: export, fileZone: fileZone)
            var rows = RowGroups()
            rows.reserve(capacity / 160)
            var outcome = Outcome.done
            // Untouched memory costs nothing: what is asked for is more than rows take but for oddly sparse ones.
            let bytes = [UInt8](unsafeUninitializedCapacity: capacity + RowEncoder.longestRow) { target, written in
                guard let start = target.baseAddress else { return }
                outcome = encode(
                    &splitter, &encoder, &rows, bounds, stop: stop, offset: offset, count: count,
                    into: start, capacity: target.count, &written)
            }
            switch outcome {
            case .incomplete: return nil
            case .noRoom: capacity = capacity * 4 + RowEncoder.longestRow
            case .done:
                var chunk = encoder.finish()
                rows.order(bytes, into: &chunk)
                chunk.lines = splitter.lines
                chunk.end = offset + splitter.position
                return (chunk, offset + first)
            }
        }
    }

    private enum Outcome { case done, incomplete, noRoom }

    private func encode(
        _ splitter: inout RecordSplitter, _ encoder: inout RowEncoder, _ rows: inout RowGroups,
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, stop: Int, offset: Int, count: Int,
        into target: UnsafeMutablePointer<UInt8>, capacity: Int, _ written: inout Int
    ) -> Outcome {
        while splitter.position < stop {
            let begin = splitter.position
            let line = splitter.lines
            switch splitter.next(bounds) {
            case .end: return .done
            case .incomplete: return .incomplete
            case .unclosedQuote:
                encoder.loseRest(line: line)
                splitter.position = count
                return .done
            case .record(let fields):
                // A line of nothing is no row.
                if fields == 1, bounds[0].end == bounds[0].start { continue }
                if capacity - written < RowEncoder.longestRow { return .noRoom }
                let place = UInt64(offset + begin)
                if let encoded = encoder.encode(
                    bounds, fields: fields, source: UInt64(fileIndex) << 48 | place, line: line, place: place,
                    into: target + written) {
                    written += encoded.length
                    rows.add(end: written, group: encoded.group)
                }
            }
        }
        return .done
    }
}

/// To which sharing group each row belongs, in reading order.
struct RowGroups {
    private var ends: [UInt32] = []
    private var groups: [Int32] = []

    mutating func reserve(_ rows: Int) {
        ends.reserveCapacity(rows)
        groups.reserveCapacity(rows)
    }

    @inline(__always)
    mutating func add(end: Int, group: Int) {
        ends.append(UInt32(truncatingIfNeeded: end))
        groups.append(Int32(truncatingIfNeeded: group))
    }

    /// Puts the rows of each group together with a counting sort; those of one group stand so already.
    func order(_ bytes: [UInt8], into chunk: inout StagedChunk) {
        let highest = Int(groups.max() ?? -1)
        var sizes = [Int](repeating: 0, count: highest + 2)
        var start = 0
        for row in ends.indices {
            sizes[Int(groups[row]) + 1] += Int(ends[row]) - start
            start = Int(ends[row])
        }
        var starts = [0]
        for size in sizes { starts.append((starts.last ?? 0) + size) }
        chunk.starts = starts
        if sizes.count(where: { $0 > 0 }) < 2 {
            chunk.bytes = bytes
            return
        }
        var next = starts
        chunk.bytes = [UInt8](unsafeUninitializedCapacity: bytes.count) { target, initialized in
            bytes.withUnsafeBytes { bytes in
                guard let to = target.baseAddress, let from = bytes.baseAddress else { return }
                var start = 0
                for row in ends.indices {
                    let slot = Int(groups[row]) + 1
                    let length = Int(ends[row]) - start
                    UnsafeMutableRawPointer(to + next[slot]).copyMemory(from: from + start, byteCount: length)
                    next[slot] += length
                    start = Int(ends[row])
                }
                initialized = bytes.count
            }
        }
    }
}
