import Basis

/// Numbers of one system, each with the system in front: put together in a place of its own, one after the other, since
/// there are more of them than of anything else. Whoever makes one frees it.
struct SystemKey {
    /// No cell that is a number is longer.
    private static let longestNumber = 255
    private let base: UnsafeMutablePointer<UInt8>
    private let prefix: Int

    init(_ system: [UInt8]) {
        prefix = system.count
        base = .allocate(capacity: system.count + SystemKey.longestNumber)
        base.initialize(repeating: 0, count: system.count + SystemKey.longestNumber)
        for (place, byte) in system.enumerated() { base[place] = byte }
    }

    func free() { base.deallocate() }

    /// The number with the system in front; valid until the next one is asked for.
    @inline(__always)
    func with(_ number: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        precondition(number.count <= SystemKey.longestNumber, "a staged cell is no longer")
        guard let from = number.baseAddress else { return UnsafeBufferPointer(start: base, count: prefix) }
        UnsafeMutableRawPointer(base + prefix).take(from, number.count)
        return UnsafeBufferPointer(start: base, count: prefix + number.count)
    }
}
