import Basis
import CBytes

/// Where rows with a number are among those kept. Open addressing, as in `IdentifierPool`, but the numbers' bytes stay in
/// the rows.
struct RowNumbers {
    /// High half: hash; low half: position + 1; 0 is free. The count is a power of two.
    private var table: [UInt64]
    private var mask: Int
    private var count = 0

    /// How many rows are announced before the first of them is looked for.
    static let ahead = 16

    init(expected: Int) {
        var capacity = 32
        while capacity < expected * 2 { capacity *= 2 }
        table = [UInt64](repeating: 0, count: capacity)
        mask = capacity - 1
    }

    /// The hash of a row's number, which will be looked for soon.
    @inline(__always)
    func announce(_ row: UnsafeRawPointer) -> UInt32 {
        var cursor = RowCursor(row)
        let hash = IdentifierPool.hash(cursor.bytes())
        table.withUnsafeBufferPointer { table in
            if let base = table.baseAddress { kpi_prefetch(base + (Int(truncatingIfNeeded: hash) & mask)) }
        }
        return hash
    }

    /// The position of the row with the same number; `kept.count`, where this one belongs now, if it is the first.
    @inline(__always)
    mutating func code(of row: UnsafeRawPointer, _ hash: UInt32, among kept: [UnsafeRawPointer]) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while table[slot] != 0 {
            if UInt32(truncatingIfNeeded: table[slot] >> 32) == hash {
                let position = Int(truncatingIfNeeded: table[slot] & 0xFFFF_FFFF) - 1
                if RowNumbers.areEqual(row, kept[position]) { return position }
            }
            slot = (slot + 1) & mask
        }
        table[slot] = UInt64(hash) << 32 | UInt64(count + 1)
        count += 1
        if count * 2 > table.count { grow() }
        return count - 1
    }

    private static func areEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer) -> Bool {
        var (x, y) = (RowCursor(a), RowCursor(b))
        return x.bytes().elementsEqual(y.bytes())
    }

    private mutating func grow() {
        let old = table
        table = [UInt64](repeating: 0, count: old.count * 2)
        mask = table.count - 1
        for entry in old where entry != 0 {
            var slot = Int(truncatingIfNeeded: entry >> 32) & mask
            while table[slot] != 0 { slot = (slot + 1) & mask }
            table[slot] = entry
        }
    }
}
