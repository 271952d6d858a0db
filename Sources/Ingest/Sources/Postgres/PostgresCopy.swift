import Basis
import CPostgres
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// What the tasks of one reading share: the next part, and whether it is still worth reading.
final class PostgresQueue: Sendable {
    private let next = Atomic<Int>(0)
    private let stopped = Atomic<Bool>(false)

    func take() -> Int { next.wrappingAdd(1, ordering: .relaxed).oldValue }
    func stop() { stopped.store(true, ordering: .relaxed) }
    var isStopped: Bool { stopped.load(ordering: .relaxed) || Task.isCancelled }
}

extension PostgresSession {
    /// Bytes written at once.
    private static let flushed = 1 << 20

    /// Reads one part to disk, and answers it only when the server said that this was all and how many rows it had.
    /// - Throws: `Rejection` (`postgres-cut`); of no fault when the reading was stopped elsewhere.
    func copy(
        _ statement: String, hasHeader: Bool, _ queue: PostgresQueue, at place: Diagnostic.Location?
    ) throws(Rejection) -> SpooledRows.Piece {
        let spool = try SpoolFile()
        try startCopy(statement)
        var piece = SpooledRows.Piece(spool: spool, records: 0, bytes: 0, breaks: [])
        let end = try readRows(into: &piece, queue)
        let rows = piece.records - (hasHeader ? 1 : 0)
        guard end == -1 else { throw Rejection(fault(after: max(0, rows), at: place)) }
        let result = PQgetResult(connection)
        defer { PQclear(result) }
        try check(result, is: PGRES_COMMAND_OK, after: max(0, rows))
        let told = PQcmdTuples(result).flatMap { Int(String(cString: $0)) }
        while let more = PQgetResult(connection) { PQclear(more) }
        guard told == rows else { throw Rejection(PostgresFault.cut(at: place, after: max(0, rows))) }
        return piece
    }

    private func fault(after rows: Int, at place: Diagnostic.Location?) -> Diagnostic {
        let result = PQgetResult(connection)
        defer { PQclear(result) }
        return PostgresFault.refused(result, connection, at: place, after: rows)
    }

    /// Until there is no row more; answers how libpq ended it, −1 for well.
    private func readRows(into piece: inout SpooledRows.Piece, _ queue: PostgresQueue) throws(Rejection) -> Int32 {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: PostgresSession.flushed, alignment: 16)
        defer { buffer.deallocate() }
        var filled = 0
        while true {
            var row: UnsafeMutablePointer<CChar>?
            let length = Int(PQgetCopyData(connection, &row, 0))
            guard length > 0, let row, let base = buffer.baseAddress else {
                try piece.spool.append(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
                piece.bytes += filled
                return Int32(length)
            }
            defer { PQfreemem(row) }
            if filled + length > buffer.count {
                try piece.spool.append(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
                piece.bytes += filled
                filled = 0
                if queue.isStopped {
                    cancel()
                    throw Rejection([])
                }
            }
            let text = UnsafeRawBufferPointer(start: row, count: length)
            if length > buffer.count {
                try piece.spool.append(text)
                piece.bytes += length
            } else {
                (base + filled).copyMemory(from: row, byteCount: length)
                filled += length
            }
            // One line break ends the record; others stand in its cells.
            if let first = memchr(row, 0x0A, length), UnsafeRawPointer(row).distance(to: first) < length - 1 {
                piece.breaks.append((piece.records, text.count { $0 == 0x0A } - 1))
            }
            piece.records += 1
        }
    }

    /// Asks the server to end what it is doing; whether it hears does not matter.
    private func cancel() {
        guard let handle = PQgetCancel(connection) else { return }
        defer { PQfreeCancel(handle) }
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(handle, &message, 256)
    }
}
