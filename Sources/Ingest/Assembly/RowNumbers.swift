import Basis
import CBytes

/// Rows each number of which was met once, and where they are found by it. Open addressing, as in `IdentifierPool`, but the
/// numbers' bytes stay in the rows. Nothing but pointers, so that no reference is counted a row; whoever makes one takes the
/// rows out, which ends it.
struct RowNumbers {
    /// High half: hash; low half: position + 1; 0 is free. The count is a power of two.
    private var table: UnsafeMutablePointer<UInt64>
    private var mask: Int
    private var rows: UnsafeMutablePointer<UnsafeRawPointer>
    private var room: Int
    private(set) var count = 0

    /// How many rows are announced before the first of them is looked for.
    static let ahead = 16

    init(expected: Int) {
        var capacity = 32
        while capacity < expected * 2 { capacity *= 2 }
        table = .allocate(capacity: capacity)
        table.initialize(repeating: 0, count: capacity)
        mask = capacity - 1
        room = capacity / 2
        rows = .allocate(capacity: room)
    }

    /// The rows, in the order in which they were met.
    consuming func take() -> [UnsafeRawPointer] {
        defer {
            table.deallocate()
            rows.deallocate()
        }
        return Array(UnsafeBufferPointer(start: rows, count: count))
    }

    /// - Precondition: below `count`.
    subscript(position: Int) -> UnsafeRawPointer {
        get {
            precondition(position >= 0 && position < count, "no such row")
            return rows[position]
        }
        nonmutating set {
            precondition(position >= 0 && position < count, "no such row")
            rows[position] = newValue
        }
    }

    /// The hash of a row's number, which will be looked for soon.
    @inline(__always)
    func announce(_ row: UnsafeRawPointer) -> UInt32 {
        var cursor = RowCursor(row)
        let hash = IdentifierPool.hash(cursor.bytes())
        kpi_prefetch(table + (Int(truncatingIfNeeded: hash) & mask))
        return hash
    }

    /// The position of the row with the same number; less than 0: this is the first, and was taken.
    @inline(__always)
    mutating func take(_ row: UnsafeRawPointer, _ hash: UInt32) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while table[slot] != 0 {
            if UInt32(truncatingIfNeeded: table[slot] >> 32) == hash {
                let position = Int(truncatingIfNeeded: table[slot] & 0xFFFF_FFFF) &- 1
                if RowNumbers.areEqual(row, rows[position]) { return position }
            }
            slot = (slot &+ 1) & mask
        }
        table[slot] = UInt64(hash) << 32 | UInt64(count + 1)
        rows[count] = row
        count += 1
        if count == room { grow() }
        return -1
    }

    private static func areEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> Bool {
        var (x, y) = (RowCursor(a), RowCursor(b))
        return x.bytes().elementsEqual(y.bytes())
    }

    private mutating func grow() {
        let (old, oldRows, size) = (table, rows, mask + 1)
        table = .allocate(capacity: size * 2)
        table.initialize(repeating: 0, count: size * 2)
        mask = size * 2 - 1
        room = size
        rows = .allocate(capacity: room)
        rows.update(from: oldRows, count: count)
        for place in 0..<size where old[place] != 0 {
            var slot = Int(truncatingIfNeeded: old[place] >> 32) & mask
            while table[slot] != 0 { slot = (slot + 1) & mask }
            table[slot] = old[place]
        }
        old.deallocate()
        oldRows.deallocate()
    }
}
