extension [Int32] {
    /// Ascending. Long arrays are sorted by their digits (three passes of 11 bits, least significant first; a pass in
    /// which all share the digit is skipped), in a time linear in their length.
    mutating func sortAscendingInt32() {
        if count < 2048 {
            sort()
            return
        }
        var source = self
        var target = [Int32](repeating: 0, count: count)
        for shift in [UInt32(0), 11, 22] {
            let moved = source.withUnsafeBufferPointer { from in
                target.withUnsafeMutableBufferPointer { to in Self.distribute(from, into: to, shift: shift) }
            }
            if moved { swap(&source, &target) }
        }
        self = source
    }

    /// One stable pass by 11 bits; false, with nothing written, where all share the digit.
    private static func distribute(
        _ source: UnsafeBufferPointer<Int32>, into target: UnsafeMutableBufferPointer<Int32>, shift: UInt32
    ) -> Bool {
        // Flipping the sign bit makes negative values sort before the others as unsigned ones.
        func digit(_ value: Int32) -> Int { Int(((UInt32(bitPattern: value) ^ 0x8000_0000) >> shift) & 0x7FF) }
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: 2048) { starts in
            starts.initialize(repeating: 0)
            for value in source { starts[digit(value)] += 1 }
            if starts[digit(source[0])] == source.count { return false }
            var start = 0
            for bucket in 0..<2048 {
                let size = starts[bucket]
                starts[bucket] = start
                start += size
            }
            for value in source {
                let bucket = digit(value)
                target[starts[bucket]] = value
                starts[bucket] += 1
            }
            return true
        }
    }
}
