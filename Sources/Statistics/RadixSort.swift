extension [Int32] {
    /// Ascending. But for short arrays they are sorted by their digits, the least significant first; a pass in which all
    /// share the digit is skipped: in a time linear in their length.
    mutating func sortAscendingInt32() {
        // Flipping the sign bit makes negative values sort before the others as unsigned ones.
        if count < Digits.fewest { sort() } else { Digits.sort(&self, flipping: Int32.min) }
    }
}

extension [UInt64] {
    /// Ascending, in a time linear in their length but for short arrays.
    public mutating func sortAscendingUInt64() {
        if count < Digits.fewest { sort() } else { Digits.sort(&self, flipping: 0) }
    }
}

/// Sorting by digits, the least significant first (Knuth, The Art of Computer Programming, vol. 3, 5.2.5).
private enum Digits {
    /// What many buckets cost is earned back by long arrays only.
    static let fewest = 96

    @inline(__always)
    static func sort<Key: FixedWidthInteger>(_ keys: inout [Key], flipping flip: Key) {
        let count = keys.count
        let bits = count < 4096 ? 8 : 11
        withUnsafeTemporaryAllocation(of: Key.self, capacity: count) { room in
            guard let other = room.baseAddress else { return }
            keys.withUnsafeMutableBufferPointer { own in
                guard let own = own.baseAddress else { return }
                // Digits in which no two differ need no pass.
                var differences: Key = 0
                for index in 1..<count { differences |= own[index] ^ own[0] }
                var (source, target) = (own, other)
                while differences != 0 {
                    let shift = differences.trailingZeroBitCount
                    differences &= ~(Key(truncatingIfNeeded: 1 << bits - 1) << Key(truncatingIfNeeded: shift))
                    distribute(source, into: target, count, shift: shift, bits: bits, flip)
                    swap(&source, &target)
                }
                if source != own { own.update(from: source, count: count) }
            }
        }
    }

    /// One stable pass by a digit.
    @inline(__always)
    private static func distribute<Key: FixedWidthInteger>(
        _ source: UnsafeMutablePointer<Key>, into target: UnsafeMutablePointer<Key>, _ count: Int, shift: Int, bits: Int,
        _ flip: Key
    ) {
        let buckets = 1 << bits
        @inline(__always)
        func digit(_ key: Key) -> Int {
            // What stands above a shorter number is its highest bit over and over, which keeps the order.
            Int(truncatingIfNeeded: UInt64(truncatingIfNeeded: key ^ flip) &>> UInt64(shift)) & (buckets &- 1)
        }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: buckets) { room in
            room.initialize(repeating: 0)
            guard let starts = room.baseAddress else { return }
            for index in 0..<count { starts[digit(source[index])] &+= 1 }
            var start: Int32 = 0
            for bucket in 0..<buckets {
                let size = starts[bucket]
                starts[bucket] = start
                start &+= size
            }
            for index in 0..<count {
                let key = source[index]
                let place = starts + digit(key)
                target[Int(place.pointee)] = key
                place.pointee &+= 1
            }
        }
    }
}
