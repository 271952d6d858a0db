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
    /// The rows stand in the room then, not yet in the chunk.
    func read(
        from start: Int, to stop: Int, isExact: Bool, in room: ReadingRoom
    ) throws(Rejection) -> (chunk: StagedChunk, begin: Int) {
        var slack = 1 << 16
        while true {
            if let result = try attempt(from: start, to: stop, isExact: isExact, slack: slack, room) { return result }
            slack = min(slack * 8, Limits.record)
        }
    }

    /// Nil: the last record reaches further than the slack behind `stop`.
    private func attempt(
        from start: Int, to stop: Int, isExact: Bool, slack: Int, _ room: ReadingRoom
    ) throws(Rejection) -> (chunk: StagedChunk, begin: Int)? {
        let from = isExact ? start : max(0, start - 1)
        let wanted = min(bytes.count, stop + slack) - from
        let buffer = room.text(wanted + 16)
        let count = try bytes.read(from: from, count: wanted, into: buffer)
        (buffer + count).initializeMemory(as: UInt8.self, repeating: 0, count: 16)
        let base = UnsafePointer(buffer.assumingMemoryBound(to: UInt8.self))
        var first = 0
        if !isExact {
            while first < count, base[first] != 0x0A { first += 1 }
            first = min(first + 1, count)
        }
        guard var read = encode(
            Window(
                base: base, count: count, first: first, stop: stop - from, offset: from,
                isLast: from + count >= bytes.count, isWidest: slack >= Limits.record), room)
        else { return nil }
        let part = UnsafeRawBufferPointer(start: buffer + (start - from), count: count - (start - from))
        read.chunk.scan = TextScan.scan(part, upTo: stop - start, isFirst: isExact, at: start)
        return read
    }

    /// What of the file is in memory.
    private struct Window {
        var base: UnsafePointer<UInt8>
        var count: Int
        /// Where the first record begins.
        var first: Int
        /// Records that begin here or later are the next part's.
        var stop: Int
        /// The window's place in the file.
        var offset: Int
        /// It ends where the file ends.
        var isLast: Bool
        /// No record may reach further.
        var isWidest: Bool
    }

    private func encode(_ window: Window, _ room: ReadingRoom) -> (chunk: StagedChunk, begin: Int)? {
        let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: 65_536)
        let bounds = UnsafeMutableBufferPointer<FieldBounds>.allocate(capacity: max(layout.columnCount + 8, 16))
        defer {
            scratch.deallocate()
            bounds.deallocate()
        }
        bounds.initialize(repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false))
        return layout.plans.withUnsafeBufferPointer { encode(window, $0, scratch, bounds, room) }
    }

    private func encode(
        _ window: Window, _ plans: UnsafeBufferPointer<CellPlan>, _ scratch: UnsafeMutablePointer<UInt8>,
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, _ room: ReadingRoom
    ) -> (chunk: StagedChunk, begin: Int)? {
        // More than rows take but for oddly sparse ones; untouched memory costs nothing.
        var capacity = max(0, min(window.stop, window.count) - window.first) * 2
        while true {
            var splitter = RecordSplitter(
                base: window.base, count: window.count, delimiter: layout.delimiter, position: window.first,
                isLast: window.isLast, hasQuotes: layout.hasQuotes)
            var encoder = RowEncoder(
                layout: layout, plans: plans, base: window.base, scratch: scratch, registry: registry, names: names,
                export: export, fileZone: fileZone)
            let size = capacity + RowEncoder.longestRow
            let rows = UnsafeMutableRawBufferPointer(start: room.rows(size), count: size)
            let (outcome, written) = encode(window, &splitter, &encoder, bounds, into: rows)
            switch outcome {
            case .incomplete: return nil
            case .noRoom: capacity = capacity * 4 + RowEncoder.longestRow
            case .done, .stopped:
                var chunk = encoder.finish(UnsafeRawBufferPointer(rebasing: rows[..<written]), in: room)
                chunk.lines = splitter.lines
                chunk.end = window.offset + splitter.position
                if case .stopped(let why) = outcome { chunk.stopped = why }
                return (chunk, window.offset + window.first)
            }
        }
    }

    private enum Outcome { case done, incomplete, noRoom, stopped(StagedChunk.Stop) }

    private func encode(
        _ window: Window, _ splitter: inout RecordSplitter, _ encoder: inout RowEncoder,
        _ bounds: UnsafeMutableBufferPointer<FieldBounds>, into rows: UnsafeMutableRawBufferPointer
    ) -> (outcome: Outcome, written: Int) {
        guard let target = rows.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return (.done, 0) }
        let room = rows.count - RowEncoder.longestRow
        let file = UInt64(fileIndex) << 48
        var written = 0
        while splitter.position < window.stop {
            if encoder.hasOrdinaryRuns, written <= room {
                encoder.encodeOrdinary(
                    &splitter, bounds, stop: window.stop, source: file | UInt64(window.offset), into: target,
                    written: &written, room: room)
                if splitter.position >= window.stop { break }
            }
            let begin = splitter.position
            let line = splitter.lines
            switch splitter.next(bounds) {
            case .end: return (.done, written)
            case .record(let fields) where splitter.position - begin <= Limits.record:
                // A line of nothing is no row.
                if fields == 1, bounds[0].end == bounds[0].start { continue }
                if written > room { return (.noRoom, written) }
                let place = UInt64(window.offset + begin)
                let length = encoder.encodeUnlessHeader(
                    bounds, fields: fields, source: file | place, line: line, place: place, into: target + written)
                if length == RowEncoder.otherHeader { return (.stopped(.otherHeader(line: line)), written) }
                written += length
            case .incomplete where !window.isWidest: return (.incomplete, written)
            case .record, .incomplete, .unclosedQuote:
                guard let next = endOfStray(quoteIn: begin, window, bounds) else {
                    return (.stopped(.tooLong(line: line)), written)
                }
                encoder.loseLine(line)
                splitter.position = next
                splitter.lines = line + 1
            }
        }
        return (.done, written)
    }

    /// A quote that is not closed as far as a record may reach, or the file, was not meant as one: only its line is lost.
    /// Returns where the next line begins; nil: no quote is open, or the line does not end.
    private func endOfStray(
        quoteIn begin: Int, _ window: Window, _ bounds: UnsafeMutableBufferPointer<FieldBounds>
    ) -> Int? {
        let end = min(window.count, begin + Limits.record)
        var splitter = RecordSplitter(
            base: window.base, count: end, delimiter: layout.delimiter, position: begin, isLast: true,
            hasQuotes: layout.hasQuotes)
        guard case .unclosedQuote = splitter.next(bounds) else { return nil }
        var next = begin
        while next < end, window.base[next] != 0x0A { next += 1 }
        if next < end { return next + 1 }
        return window.isLast && end == window.count ? end : nil
    }
}
