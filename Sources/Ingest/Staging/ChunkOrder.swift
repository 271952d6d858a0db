import Basis

extension StagedChunk {
    /// Takes rows in reading order and puts those of a sharing group together, with a counting sort: within a group they stay
    /// in order. They stand in the room then, not yet in the chunk.
    /// - Parameter groups: sharing groups by store.
    mutating func order(_ rows: UnsafeRawBufferPointer, groups: [Int], in room: ReadingRoom) {
        var sizes = [Int](repeating: 0, count: (groups.max() ?? -1) + 2)
        StagedChunk.forEach(of: rows, groups) { slot, _, length in sizes[slot] += length }
        var next = [0]
        for size in sizes { next.append(next[next.count - 1] + size) }
        starts = next
        let to = room.ordered(rows.count)
        guard let from = rows.baseAddress else { return }
        if sizes.count(where: { $0 > 0 }) < 2 { return to.copyMemory(from: from, byteCount: rows.count) }
        next.withUnsafeMutableBufferPointer { next in
            StagedChunk.forEach(of: rows, groups) { slot, row, length in
                StagedChunk.copy(row, length, to: to + next[slot])
                next[slot] += length
            }
        }
    }

    /// Sixteen bytes at a time, the last ones with some of those before them once more: a call costs more than a row.
    @inline(__always)
    private static func copy(_ row: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer) {
        if length < 16 { return target.copyMemory(from: row, byteCount: length) }
        var place = 0
        while true {
            let bytes = (row + place).loadUnaligned(as: SIMD16<UInt8>.self)
            (target + place).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
            if place + 16 == length { return }
            place = min(place + 16, length - 16)
        }
    }

    /// Every row with the place of its group among all, those for every store first.
    @inline(__always)
    private static func forEach(
        of rows: UnsafeRawBufferPointer, _ groups: [Int], _ body: (_ slot: Int, _ row: UnsafeRawPointer, _ length: Int) -> Void
    ) {
        guard var row = rows.baseAddress else { return }
        let end = row + rows.count
        groups.withUnsafeBufferPointer { groups in
            while row < end {
                let store = Int(UInt16(littleEndian: (row + 2).loadUnaligned(as: UInt16.self)))
                let length = RowCursor.length(row)
                body(store < groups.count ? groups[store] + 1 : 0, row, length)
                row += length
            }
        }
    }
}
