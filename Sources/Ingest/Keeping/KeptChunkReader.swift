import Basis
import Dealership

/// Reads one part of a file into rows for the store. As with `ChunkReader`, a part begins on a guess.
struct KeptChunkReader {
    struct Part {
        var chunk: KeptChunk
        var begin: Int
        var end: Int
        var lines: Int
        /// The file ended within quotes, begun in this line of the part.
        var unclosedQuote: Int?
        /// Why the file is not read on.
        var stopped: StagedChunk.Stop?
    }

    let bytes: ExportBytes
    let layout: ExportLayout
    let export: ExportSettings
    private let registry = StoreRegistry(stores: [], zones: [.utc], groupNames: [], isOpen: true)
    private let names = NameRegistry()

    init(bytes: ExportBytes, layout: ExportLayout, export: ExportSettings) {
        self.bytes = bytes
        self.layout = layout
        self.export = export
    }

    func read(from start: Int, to stop: Int, isExact: Bool) throws(Rejection) -> Part {
        var slack = 1 << 16
        while true {
            if let part = try attempt(from: start, to: stop, isExact: isExact, slack: slack) { return part }
            slack = min(slack * 8, Limits.record)
        }
    }

    /// Nil: the last record reaches further than the slack behind `stop`.
    private func attempt(from start: Int, to stop: Int, isExact: Bool, slack: Int) throws(Rejection) -> Part? {
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
        let splitter = RecordSplitter(
            base: base, count: count, delimiter: layout.delimiter, position: first, isLast: from + count >= bytes.count,
            hasQuotes: layout.hasQuotes)
        return read(
            splitter, base, first: first, stop: stop - from, offset: from, count: count,
            isWidest: slack >= Limits.record)
    }

    private func read(
        _ begun: RecordSplitter, _ base: UnsafePointer<UInt8>, first: Int, stop: Int, offset: Int, count: Int,
        isWidest: Bool
    ) -> Part? {
        var splitter = begun
        let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: 65_536)
        let bounds = UnsafeMutableBufferPointer<FieldBounds>.allocate(capacity: max(layout.columnCount + 8, 16))
        defer {
            scratch.deallocate()
            bounds.deallocate()
        }
        bounds.initialize(repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false))
        return layout.plans.withUnsafeBufferPointer { plans -> Part? in
            var encoder = RowEncoder(
                layout: layout, plans: plans, base: base, scratch: scratch, registry: registry, names: names,
                export: export, fileZone: nil)
            let identity = RowIdentity(layout, table: export.table)
            var rows = KeptRowList(base: base, capacity: max(0, min(stop, count) - first))
            var unclosed: Int?
            var stopped: StagedChunk.Stop?
            reading: while splitter.position < stop {
                let begin = splitter.position
                let line = splitter.lines
                switch splitter.next(bounds) {
                case .end: break reading
                case .incomplete where !isWidest: return nil
                case .incomplete:
                    stopped = .tooLong(line: line)
                    break reading
                case .record where splitter.position - begin > Limits.record:
                    stopped = .tooLong(line: line)
                    break reading
                case .unclosedQuote:
                    unclosed = line + 1
                    splitter.position = count
                    break reading
                case .record(let fields):
                    if fields == 1, bounds[0].end == bounds[0].start { continue }
                    // One like the file's is kept, and set aside by whoever reads the store.
                    if encoder.header(bounds, fields: fields, line: line) == .other {
                        stopped = .otherHeader(line: line)
                        break reading
                    }
                    let record = Record(base: base, bounds: bounds, count: min(fields, bounds.count))
                    rows.add(
                        record, identity, &encoder, from: begin, to: splitter.position, line: line + 1,
                        place: Int64(offset + begin))
                }
            }
            return Part(
                chunk: rows.finish(), begin: offset + first, end: offset + splitter.position, lines: splitter.lines,
                unclosedQuote: unclosed, stopped: stopped)
        }
    }
}

/// Gathers a part's rows.
private struct KeptRowList {
    private let base: UnsafePointer<UInt8>
    private var texts: [UInt8] = []
    private var keys: [UInt8] = []
    private var rows: [KeptChunk.Row] = []
    private var stores: [String] = []
    private var pool = IdentifierPool()

    init(base: UnsafePointer<UInt8>, capacity: Int) {
        self.base = base
        texts.reserveCapacity(capacity)
        rows.reserveCapacity(capacity / 80)
        keys.reserveCapacity(capacity / 6)
    }

    mutating func add(
        _ record: Record, _ identity: RowIdentity, _ encoder: inout RowEncoder, from begin: Int, to end: Int, line: Int,
        place: Int64
    ) {
        var end = end
        while end > begin, base[end - 1] == 0x0A || base[end - 1] == 0x0D { end -= 1 }
        let content = identity.content(record, &encoder)
        let key = keys.count
        identity.appendKey(record, &encoder, content: content, to: &keys)
        var store: Int32 = -1
        if let text = identity.store(record, &encoder) {
            store = pool.intern(text.buffer)
            if Int(store) == stores.count { stores.append(text.string) }
        }
        rows.append(
            .init(
                text: Int32(texts.count), textCount: Int32(end - begin), key: Int32(key), keyCount: Int32(keys.count - key),
                store: store, line: Int32(clamping: line), place: place, content: Int64(bitPattern: content),
                beginning: beginning(from: key)))
        texts.append(contentsOf: UnsafeBufferPointer(start: base + begin, count: end - begin))
    }

    private func beginning(from key: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<8 {
            let byte = key + index < keys.count ? keys[key + index] : 0
            value = value << 8 | UInt64(byte)
        }
        return value
    }

    /// By store and key: neighbours in the store are written one after the other.
    mutating func finish() -> KeptChunk {
        let keys = keys
        keys.withUnsafeBufferPointer { keys in
            rows.sort { a, b in
                if a.store != b.store { return a.store < b.store }
                if a.beginning != b.beginning { return a.beginning < b.beginning }
                let (x, y) = (keys[Int(a.key)..<Int(a.key + a.keyCount)], keys[Int(b.key)..<Int(b.key + b.keyCount)])
                if x.elementsEqual(y) { return a.place < b.place }
                return x.lexicographicallyPrecedes(y)
            }
        }
        return KeptChunk(texts: texts, keys: keys, stores: stores, rows: rows)
    }
}
