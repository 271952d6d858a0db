import Basis
import Dealership

/// Rows of one part of a file, encoded one behind the other, those of a sharing group together.
///
/// A row: its length (2 bytes), store (2 bytes; 0xFFFF: every store, 0xFFFE: the only one), source (8 bytes: file << 48 | byte offset), then the table's columns in the order of the schema
/// without `store_id`: identifiers and texts as a length byte and the bytes; times, money and integers as 8 bytes (the
/// least value: missing); names as 2 bytes (0xFFFF: missing); choices and flags as 1 byte (0xFF: missing).
struct StagedChunk: Sendable {
    /// Bytes before a row's first column.
    static let rowHeader = 12
    /// Store of a row that names none, while it is not yet known whether there is more than one.
    static let onlyStore: Int32 = -2

    var bytes: [UInt8] = []
    /// Where the rows of sharing groups are, when not in `bytes`.
    var elsewhere: SpilledRows?
    /// `starts[g] ..< starts[g + 1]` are the bytes of sharing group g − 1; group −1 holds rows for every store.
    var starts: [Int] = [0]
    var rowsRead = 0
    var rowsKept = 0
    var setAside: [SetAside: Int] = [:]
    var faults: [RowFault] = []
    var rowsByDay: [Int32: Int] = [:]
    var skippedLocalTimes = 0
    var repeatedLocalTimes = 0
    var cellsSetAside: [SetAside: Int] = [:]
    /// Line breaks in the part, so that lines of later parts can be counted on.
    var lines = 0
    /// Rows that took the place of others in the store.
    var corrections: [RowSource: RowCorrection] = [:]
    /// Of the part's bytes: what no UTF-8 text has.
    var scan = TextScan()
    /// Byte offset behind the last record read; the next part must begin there.
    var end = 0
    /// Why the file is not read on from here.
    var stopped: Stop?

    /// What makes the rest of a file unreadable, at a line counted from the part's beginning.
    enum Stop: Hashable, Sendable {
        case tooLong(line: Int)
        /// A header with other columns, or the same in another order.
        case otherHeader(line: Int)
    }

    /// Bytes of all its rows.
    var size: Int { starts.last ?? 0 }

    /// Takes its rows over from where they were ordered.
    mutating func keep(_ room: ReadingRoom) { bytes = Array(room.rows(of: self)) }

    func range(ofGroup group: Int) -> Range<Int> {
        group + 2 < starts.count ? starts[group + 1]..<starts[group + 2] : 0..<0
    }

    /// All rows, wherever they are: in one piece, or in two.
    func withEveryRow(_ body: (UnsafeRawBufferPointer) -> Void) throws(Rejection) {
        bytes.withUnsafeBytes(body)
        guard let elsewhere else { return }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: elsewhere.count, alignment: 16)
        defer { buffer.deallocate() }
        try elsewhere.read(from: 0, into: buffer)
        body(UnsafeRawBufferPointer(buffer))
    }

    /// Gives each row's store its final code.
    static func recode(_ rows: UnsafeMutableRawBufferPointer, stores: [UInt16]) {
        guard var row = rows.baseAddress else { return }
        let end = row + rows.count
        while row < end {
            let store = RowCursor.store(row)
            if store >= 0, Int(store) < stores.count {
                (row + 2).storeBytes(of: stores[Int(store)].littleEndian, as: UInt16.self)
            }
            row += RowCursor.length(row)
        }
    }
}

/// Something about one row, its line counted from the beginning of its part.
struct RowFault: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// The row is set aside.
        case row(SetAside)
        /// The row is counted without this cell.
        case cell(SetAside)
        /// The wall clock is skipped or shown twice; the row is counted.
        case clock(LocalTimeKind)
    }
    var kind: Kind
    /// Position in the layout's fields; −1: the row as a whole.
    var field: Int
    /// Where the part has rows of several files; −1: the part's own.
    var file: Int32 = -1
    var line: Int
    var value: String?
    /// Of one kind so many of a part are listed; all are counted.
    static let limitEach = 1_000
}
