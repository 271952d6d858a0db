import Basis
import Synchronization

/// Where staged rows are kept while exports are read: in memory up to a limit, the others in a file without a name. They are
/// read back a sharing group at a time; no result depends on where they were.
final class StagingMemory: Sendable {
    /// Bytes of rows that may stay in memory.
    private let limit: Int
    private let held = Atomic<Int>(0)
    private let file = Mutex<(spool: SpoolFile, end: Int)?>(nil)

    init(limit: Int) { self.limit = limit }

    /// Writes the part's rows to the file where they would be more than may stay.
    /// - Throws: `Rejection` (`cannot-write`) when the temporary folder takes no more.
    func settle(_ chunk: inout StagedChunk) throws(Rejection) {
        let common = chunk.range(ofGroup: -1).upperBound
        let count = chunk.bytes.count
        if count == common || held.wrappingAdd(count, ordering: .relaxed).newValue <= limit { return }
        held.wrappingSubtract(count - common, ordering: .relaxed)
        let (spool, offset) = try place(of: count - common)
        let written = chunk.bytes.withUnsafeBytes { bytes in
            Result { () throws(Rejection) in
                try spool.write(UnsafeRawBufferPointer(rebasing: bytes[common...]), at: offset)
            }
        }
        try written.get()
        chunk.elsewhere = SpilledRows(spool: spool, offset: offset, count: count - common)
        // A copy: the array would keep its room.
        chunk.bytes = Array(chunk.bytes[..<common])
    }

    private func place(of count: Int) throws(Rejection) -> (SpoolFile, Int) {
        let found = file.withLock { file in
            Result { () throws(Rejection) -> (SpoolFile, Int) in
                if let (spool, end) = file {
                    file = (spool, end + count)
                    return (spool, end)
                }
                let spool = try SpoolFile()
                file = (spool, count)
                return (spool, 0)
            }
        }
        return try found.get()
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
