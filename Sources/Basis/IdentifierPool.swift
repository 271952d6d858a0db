/// Distinct identifiers, each with a code counting from 0 in order of first appearance. Exact: equal codes mean equal bytes.
///
/// Open addressing with linear probing over a table of (hash, code); the bytes lie one behind the other in one array.
public struct IdentifierPool: Sendable {
    /// The first `used` of them are identifiers'.
    private var bytes: [UInt8]
    private var used = 0
    /// `starts[c] ..< starts[c + 1]` are code c's bytes.
    private var starts: [UInt32] = [0]
    /// High half: hash; low half: code + 1; 0 is free. The count is a power of two.
    private var table: [UInt64]
    private var mask: Int

    /// Room for some `expected` identifiers before the table has to grow.
    public init(expected: Int = 16) {
        var capacity = 32
        while capacity < expected * 2 { capacity *= 2 }
        table = [UInt64](repeating: 0, count: capacity)
        mask = capacity - 1
        bytes = [UInt8](repeating: 0, count: expected * 10)
        starts.reserveCapacity(expected + 1)
    }

    public var count: Int { starts.count - 1 }

    /// The code of these bytes, given out now if they are new.
    @discardableResult
    public mutating func intern(_ identifier: UnsafeBufferPointer<UInt8>) -> Int32 {
        let hash = IdentifierPool.hash(identifier)
        let (known, slot) = find(identifier, hash)
        if known >= 0 { return known }
        let code = count
        table[slot] = UInt64(hash) << 32 | UInt64(code + 1)
        keep(identifier)
        starts.append(UInt32(truncatingIfNeeded: used))
        if (code + 1) * 2 > table.count { grow() }
        return Int32(truncatingIfNeeded: code)
    }

    @discardableResult
    public mutating func intern(_ identifier: String) -> Int32 {
        var copy = identifier
        return copy.withUTF8 { intern($0) }
    }

    /// The code, or nil when these bytes never came.
    public func code(of identifier: UnsafeBufferPointer<UInt8>) -> Int32? {
        let known = find(identifier, IdentifierPool.hash(identifier)).code
        return known < 0 ? nil : known
    }

    /// Puts these bytes behind the others'.
    @inline(__always)
    private mutating func keep(_ identifier: UnsafeBufferPointer<UInt8>) {
        let end = used + identifier.count
        if end > bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(end, bytes.count) + 64)) }
        bytes.withUnsafeMutableBytes { pool in
            if let base = pool.baseAddress, let from = identifier.baseAddress { (base + used).take(from, identifier.count) }
        }
        used = end
    }

    /// The code, or −1 and the free slot where it belongs.
    @inline(__always)
    private func find(_ identifier: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> (code: Int32, slot: Int) {
        let mask = mask
        let count = identifier.count
        return table.withUnsafeBufferPointer { table in
            starts.withUnsafeBufferPointer { starts in
                bytes.withUnsafeBytes { pool in
                    var slot = Int(truncatingIfNeeded: hash) & mask
                    while true {
                        let entry = table[slot]
                        if entry == 0 { return (-1, slot) }
                        if UInt32(truncatingIfNeeded: entry >> 32) == hash {
                            let code = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) &- 1
                            let start = Int(starts[code])
                            if Int(starts[code &+ 1]) &- start == count,
                                IdentifierPool.areEqual(pool.baseAddress, start, identifier) {
                                return (Int32(truncatingIfNeeded: code), slot)
                            }
                        }
                        slot = (slot &+ 1) & mask
                    }
                }
            }
        }
    }

    public func code(of identifier: String) -> Int32? {
        var copy = identifier
        return copy.withUTF8 { code(of: $0) }
    }

    /// The identifier of a code that this pool gave out; empty for −1, which stands for "none".
    public subscript(code: Int32) -> String {
        guard code >= 0 else { return "" }
        return String(decoding: bytes[Int(starts[Int(code)])..<Int(starts[Int(code) + 1])], as: UTF8.self)
    }

    /// The same without making a string.
    public func withBytes<Result>(of code: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { pool in
            let start = Int(starts[Int(code)])
            return body(UnsafeBufferPointer(rebasing: pool[start..<Int(starts[Int(code) + 1])]))
        }
    }

    /// By code: whether it begins with these bytes.
    public func beginning(with prefix: [UInt8]) -> [Bool] {
        bytes.withUnsafeBufferPointer { pool in
            (0..<count).map { code in
                let start = Int(starts[code])
                guard Int(starts[code + 1]) - start >= prefix.count else { return false }
                for index in prefix.indices where pool[start + index] != prefix[index] { return false }
                return true
            }
        }
    }

    /// Whether the first one's bytes come before the second one's, which unlike codes does not depend on what came first.
    public func precedes(_ a: Int32, _ b: Int32) -> Bool {
        if a == b { return false }
        let (mine, its) = (Int(starts[Int(a)]), Int(starts[Int(b)]))
        let (length, other) = (Int(starts[Int(a) + 1]) - mine, Int(starts[Int(b) + 1]) - its)
        let shared = min(length, other)
        return bytes.withUnsafeBytes { pool in
            var i = 0
            while i + 8 <= shared {
                let x = pool.loadUnaligned(fromByteOffset: mine + i, as: UInt64.self)
                let y = pool.loadUnaligned(fromByteOffset: its + i, as: UInt64.self)
                // The first byte weighs most.
                if x != y { return x.bigEndian < y.bigEndian }
                i += 8
            }
            while i < shared {
                if pool[mine + i] != pool[its + i] { return pool[mine + i] < pool[its + i] }
                i += 1
            }
            return length < other
        }
    }

    /// Whether the pool's bytes from `start` on are those of the identifier.
    @inline(__always)
    private static func areEqual(
        _ pool: UnsafeRawPointer?, _ start: Int, _ identifier: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard let pool, let other = identifier.baseAddress else { return identifier.isEmpty }
        let (mine, its) = (pool + start, UnsafeRawPointer(other))
        let count = identifier.count
        if count < 8 { return short(mine, count) == short(its, count) }
        var i = 0
        while i &+ 8 < count {
            let (a, b) = ((mine + i).loadUnaligned(as: UInt64.self), (its + i).loadUnaligned(as: UInt64.self))
            if a != b { return false }
            i &+= 8
        }
        // The last bytes with some of those before them once more: no loop over each.
        return mine.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
            == its.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    }

    /// All of fewer than eight bytes in one number; of texts of one length equal where the bytes are.
    @inline(__always)
    private static func short(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
        if count >= 4 {
            return UInt64(bytes.loadUnaligned(as: UInt32.self))
                | UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)) << 32
        }
        if count == 0 { return 0 }
        let first = UInt64(bytes.load(as: UInt8.self))
        let middle = UInt64(bytes.load(fromByteOffset: count / 2, as: UInt8.self))
        return first | middle << 8 | UInt64(bytes.load(fromByteOffset: count - 1, as: UInt8.self)) << 16
    }

    /// Room for some more, made at once: growing step by step touches everything again and again.
    public mutating func reserve(_ more: Int) {
        var size = table.count
        while size < (count + more) * 2 { size *= 2 }
        if size > table.count { resize(to: size) }
    }

    /// A small one has to grow often.
    private mutating func grow() { resize(to: table.count * (table.count < 1 << 13 ? 4 : 2)) }

    private mutating func resize(to size: Int) {
        let old = table
        table = [UInt64](repeating: 0, count: size)
        mask = size - 1
        if count == 0 { return }
        for entry in old where entry != 0 {
            var slot = Int(truncatingIfNeeded: entry >> 32) & mask
            while table[slot] != 0 { slot = (slot + 1) & mask }
            table[slot] = entry
        }
    }

    /// 32 bits of a multiply–xorshift mix over eight bytes at a time. Collisions cost time, never correctness.
    @inline(__always)
    public static func hash(_ identifier: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(identifier.count)
        guard let base = identifier.baseAddress else { return 1 }
        let raw = UnsafeRawPointer(base)
        var i = 0
        let count = identifier.count
        while i + 8 <= count {
            state = mix(state ^ raw.loadUnaligned(fromByteOffset: i, as: UInt64.self))
            i += 8
        }
        if i < count {
            let tail = count >= 8
                ? raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) : IdentifierPool.short(raw, count)
            state = mix(state ^ tail)
        }
        return UInt32(truncatingIfNeeded: state >> 32) | 1
    }

    @inline(__always)
    private static func mix(_ x: UInt64) -> UInt64 {
        let product = x.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}

extension UnsafeMutableRawPointer {
    /// Copies some bytes, eight at a time, the last ones with some of those before them once more: where they are few, a
    /// call costs more than the bytes.
    @inline(__always)
    public func take(_ bytes: UnsafeRawPointer, _ count: Int) {
        if count < 8 {
            for place in 0..<count {
                (self + place).storeBytes(of: (bytes + place).load(as: UInt8.self), as: UInt8.self)
            }
            return
        }
        var place = 0
        while place < count {
            place = min(place, count &- 8)
            (self + place).storeBytes(of: (bytes + place).loadUnaligned(as: UInt64.self), as: UInt64.self)
            place &+= 8
        }
    }
}
