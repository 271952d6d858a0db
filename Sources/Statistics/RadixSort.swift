extension [Int32] {
    /// Ascending. But for short arrays they are sorted by their digits, the least significant first; a pass in which all
    /// share the digit is skipped: in a time linear in their length.
    mutating func sortAscendingInt32() {
        // What many buckets cost is earned back by long arrays only.
        switch count {
        case ..<96: sort()
        case ..<4096: sortByDigits(ofBits: 8)
        default: sortByDigits(ofBits: 11)
        }
    }

    private mutating func sortByDigits(ofBits bits: UInt32) {
        let count = count
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { room in
            guard let other = room.baseAddress else { return }
            withUnsafeMutableBufferPointer { own in
                guard let own = own.baseAddress else { return }
                var (source, target) = (own, other)
                for shift in stride(from: UInt32(0), to: 32, by: Int(bits))
                where Self.distribute(source, into: target, count, shift: shift, bits: bits) {
                    swap(&source, &target)
                }
                if source != own { own.update(from: source, count: count) }
            }
        }
    }

    /// One stable pass by a digit; false, with nothing written, where all share it.
    private static func distribute(
        _ source: UnsafeMutablePointer<Int32>, into target: UnsafeMutablePointer<Int32>, _ count: Int, shift: UInt32,
        bits: UInt32
    ) -> Bool {
        let buckets = 1 << Int(bits)
        let mask = UInt32(buckets - 1)
        // Flipping the sign bit makes negative values sort before the others as unsigned ones.
        func digit(_ value: Int32) -> Int { Int(((UInt32(bitPattern: value) ^ 0x8000_0000) >> shift) & mask) }
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: buckets) { room in
            room.initialize(repeating: 0)
            guard let starts = room.baseAddress else { return false }
            for index in 0..<count { starts[digit(source[index])] += 1 }
            if Int(starts[digit(source[0])]) == count { return false }
            var start: Int32 = 0
            for bucket in 0..<buckets {
                let size = starts[bucket]
                starts[bucket] = start
                start += size
            }
            for index in 0..<count {
                let value = source[index]
                let bucket = digit(value)
                target[Int(starts[bucket])] = value
                starts[bucket] += 1
            }
            return true
        }
    }
}
