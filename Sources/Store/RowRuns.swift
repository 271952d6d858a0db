import Basis
import Dealership

/// Rows on their way into a part of the table in which nothing stands yet. They come in runs, each in the table's
/// order, and go out as one: written in order, a row costs far less than in any other. What memory has no
/// room for waits in a file without a name.
struct RowRuns {
    /// Bytes of runs in memory.
    private static let mostBytes = 32 << 20

    private var inMemory: [PackedRows] = []
    private var bytes = 0
    private var spool: RunSpool?
    /// Of the spool, in the order in which they came.
    private var spooled: [Range<Int>] = []
    private(set) var count = 0

    init() {}

    /// - Parameters:
    ///   - stores: codes by the chunk's positions.
    ///   - file: the code of the file that the rows stand in.
    mutating func add(_ chunk: KeptChunk, stores: [Int64], file: Int64) throws(Rejection) {
        if chunk.rows.isEmpty { return }
        let run = PackedRows(chunk, stores: stores, file: file)
        count += chunk.rows.count
        bytes += run.bytes.count
        inMemory.append(run)
        if bytes > RowRuns.mostBytes { try spill() }
    }

    private mutating func spill() throws(Rejection) {
        let file: RunSpool
        if let spool { file = spool } else { file = try RunSpool() }
        spool = file
        let start = file.count
        var writer = RunWriter(file)
        var merge = RunMerge(inMemory.map { .memory($0.bytes) })
        while let row = try merge.next() { try writer.add(row.bytes) }
        try writer.flush()
        spooled.append(start..<file.count)
        inMemory = []
        bytes = 0
    }

    /// All rows, in the table's order; of one store and key in the order in which they came.
    func merged() -> RunMerge {
        var sources: [RunMerge.Source] = []
        if let spool { sources += spooled.map { .spool(spool, $0) } }
        return RunMerge(sources + inMemory.map { .memory($0.bytes) })
    }
}

/// A chunk's rows one behind the other, in the order of store code and key.
struct PackedRows {
    /// Length, store, file, line (4 bytes each), place and content (8 each), the key's length (4), then key and text.
    static let head = 36

    let bytes: [UInt8]

    init(_ chunk: KeptChunk, stores: [Int64], file: Int64) {
        let rows = chunk.rows
        var size = 0
        for row in rows { size += PackedRows.head + Int(row.keyCount) + Int(row.textCount) }
        // Rows stand store by store; codes may be in another order than the chunk's own.
        var parts: [(code: Int64, range: Range<Int>)] = []
        var start = 0
        for index in rows.indices where index + 1 == rows.count || rows[index + 1].store != rows[index].store {
            parts.append((rows[index].store < 0 ? 0 : stores[Int(rows[index].store)], start..<index + 1))
            start = index + 1
        }
        parts.sort { ($0.code, $0.range.lowerBound) < ($1.code, $1.range.lowerBound) }
        bytes = [UInt8](unsafeUninitializedCapacity: size) { target, written in
            guard let target = UnsafeMutableRawPointer(target.baseAddress) else { return }
            chunk.keys.withUnsafeBytes { keys in
                chunk.texts.withUnsafeBytes { texts in
                    var at = target
                    for part in parts {
                        for row in rows[part.range] { PackedRows.pack(row, part.code, file, keys, texts, &at) }
                    }
                }
            }
            written = size
        }
    }

    private static func pack(
        _ row: KeptChunk.Row, _ store: Int64, _ file: Int64, _ keys: UnsafeRawBufferPointer,
        _ texts: UnsafeRawBufferPointer, _ at: inout UnsafeMutableRawPointer
    ) {
        let (key, text) = (Int(row.keyCount), Int(row.textCount))
        at.storeBytes(of: UInt32(truncatingIfNeeded: head + key + text), as: UInt32.self)
        at.storeBytes(of: Int32(truncatingIfNeeded: store), toByteOffset: 4, as: Int32.self)
        at.storeBytes(of: Int32(truncatingIfNeeded: file), toByteOffset: 8, as: Int32.self)
        at.storeBytes(of: row.line, toByteOffset: 12, as: Int32.self)
        at.storeBytes(of: row.place, toByteOffset: 16, as: Int64.self)
        at.storeBytes(of: row.content, toByteOffset: 24, as: Int64.self)
        at.storeBytes(of: row.keyCount, toByteOffset: 32, as: Int32.self)
        if let base = keys.baseAddress { (at + head).copyMemory(from: base + Int(row.key), byteCount: key) }
        if let base = texts.baseAddress { (at + head + key).copyMemory(from: base + Int(row.text), byteCount: text) }
        at += head + key + text
    }
}

/// One packed row, where it lies.
struct PackedRow {
    let base: UnsafeRawPointer

    init(_ base: UnsafeRawPointer) { self.base = base }

    @inline(__always)
    private func number(_ offset: Int) -> Int32 { base.loadUnaligned(fromByteOffset: offset, as: Int32.self) }
    var length: Int { Int(base.loadUnaligned(as: UInt32.self)) }
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: length) }
    var store: Int32 { number(4) }
    var file: Int32 { number(8) }
    var line: Int32 { number(12) }
    var place: Int64 { base.loadUnaligned(fromByteOffset: 16, as: Int64.self) }
    var content: Int64 { base.loadUnaligned(fromByteOffset: 24, as: Int64.self) }
    var keyCount: Int { Int(number(32)) }
    var key: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: (base + PackedRows.head).assumingMemoryBound(to: UInt8.self), count: keyCount)
    }
    var text: UnsafeBufferPointer<UInt8> {
        let start = PackedRows.head + keyCount
        return UnsafeBufferPointer(start: (base + start).assumingMemoryBound(to: UInt8.self), count: length - start)
    }

    /// The first eight bytes of the key, for most comparisons.
    var beginning: UInt64 {
        let count = keyCount
        // The text stands behind the key, and a row is never shorter than this.
        if count >= 8 { return UInt64(bigEndian: (base + PackedRows.head).loadUnaligned(as: UInt64.self)) }
        var value: UInt64 = 0
        for index in 0..<8 {
            value <<= 8
            if index < count { value |= UInt64(base.load(fromByteOffset: PackedRows.head + index, as: UInt8.self)) }
        }
        return value
    }
}
