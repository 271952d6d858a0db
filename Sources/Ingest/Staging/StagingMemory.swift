import Basis
import Synchronization

/// Where staged rows are kept while exports are read: in memory up to a limit, the others in a file without a name. They are
/// read back a sharing group at a time; no result depends on where they were.
final class StagingMemory: Sendable {
    /// Bytes of rows that may stay in memory.
    private let limit: Int
    private let held = Atomic<Int>(0)
    /// Files that nobody writes to at the moment, and how long they are. Two who write to one wait for each other.
    private let files = Mutex<[(spool: SpoolFile, end: Int)]>([])

    init(limit: Int) { self.limit = limit }

    /// Takes the part's rows over from where they were ordered; writes them to a file where they would be more than may stay.
    /// - Throws: `Rejection` (`cannot-write`) when the temporary folder takes no more.
    func settle(_ chunk: inout StagedChunk, _ room: ReadingRoom) throws(Rejection) {
        let rows = room.rows(of: chunk)
        let common = chunk.range(ofGroup: -1).upperBound
        if rows.count == common || held.wrappingAdd(rows.count, ordering: .relaxed).newValue <= limit {
            return chunk.keep(room)
        }
        held.wrappingSubtract(rows.count - common, ordering: .relaxed)
        let free = files.withLock { $0.popLast() }
        let (spool, end) = if let free { free } else { (try SpoolFile(), 0) }
        try spool.write(UnsafeRawBufferPointer(rebasing: rows[common...]), at: end)
        files.withLock { $0.append((spool, end + rows.count - common)) }
        chunk.elsewhere = SpilledRows(spool: spool, offset: end, count: rows.count - common)
        chunk.bytes = Array(rows[..<common])
    }
}

/// Rows of a part that stand in a file: those of sharing groups, the ones for every store not.
struct SpilledRows: Sendable {
    let spool: SpoolFile
    let offset: Int
    let count: Int
    /// The stores' final codes by the rows' own; empty: those are final.
    var stores: [UInt16] = []

    /// - Parameter start: counted from the first of these rows.
    func read(from start: Int, into buffer: UnsafeMutableRawBufferPointer) throws(Rejection) {
        try spool.read(into: buffer, at: offset + start)
        if !stores.isEmpty { StagedChunk.recode(UnsafeMutableRawBufferPointer(buffer), stores: stores) }
    }
}
