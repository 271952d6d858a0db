import CDeflate
import Testing

/// What is packed for PNGs, unpacked by a library that did not pack it.
@Suite struct PixelPackingTests {
    private static func packed(_ raw: [UInt8], row: Int, room: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(room, 1)) { target, count in
            count = kpi_deflate_pixels(raw, raw.count, row, target.baseAddress, room)
        }
    }

    private static func unpacked(_ packed: [UInt8], count: Int) -> [UInt8]? {
        let decompressor = libdeflate_alloc_decompressor()
        defer { libdeflate_free_decompressor(decompressor) }
        var outcome = LIBDEFLATE_BAD_DATA
        let bytes = [UInt8](unsafeUninitializedCapacity: count + 1) { target, written in
            outcome = libdeflate_zlib_decompress(
                decompressor, packed, packed.count, target.baseAddress, count + 1, &written)
        }
        return outcome == LIBDEFLATE_SUCCESS ? bytes : nil
    }

    /// Of so many values, small ones more often: runs, repeats and noise.
    private static func bytes(_ count: Int, values: UInt64, seed: UInt64) -> [UInt8] {
        var state = seed
        func draw() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        return (0..<count).map { _ in UInt8(min(draw() % values, draw() % values)) }
    }

    @Test(arguments: [1, 2, 3, 4, 7, 8, 9, 257, 258, 259, 1_000, 70_000, 200_000])
    func isWhatWasPut(count: Int) {
        for (values, row) in [(1, 4), (2, 301), (3, 5_266), (256, 40_000)] {
            let raw = Self.bytes(count, values: UInt64(values), seed: UInt64(count + values))
            let packed = Self.packed(raw, row: row, room: 2 * count + 1_000)
            #expect(Self.unpacked(packed, count: count) == raw, "\(count) bytes of \(values) values, rows of \(row)")
        }
    }

    /// Counts as Fibonacci's numbers make the deepest tree there is: deeper than the 15 bits that a code may have.
    @Test func deepTreesAreHeldFlat() {
        var raw: [UInt8] = []
        var (a, b) = (1, 1)
        for value in UInt8(0)..<22 {
            // Far from each other, so that they stay single bytes.
            for place in 0..<a { raw.append(value &* 7 &+ UInt8(truncatingIfNeeded: place & 1)) }
            (a, b) = (b, a + b)
        }
        var shuffled = raw
        var state: UInt64 = 5
        for index in shuffled.indices.dropFirst().reversed() {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            shuffled.swapAt(index, Int((state >> 33) % UInt64(index + 1)))
        }
        let packed = Self.packed(shuffled, row: 100, room: 2 * shuffled.count + 1_000)
        #expect(Self.unpacked(packed, count: shuffled.count) == shuffled)
    }

    @Test func saysWhenThereIsNoRoom() {
        let raw = Self.bytes(10_000, values: 256, seed: 3)
        for room in [0, 7, 100, 5_000] { #expect(Self.packed(raw, row: 301, room: room).isEmpty) }
    }

    @Test func rowsAlikeCostNextToNothing() {
        let row = Self.bytes(3_001, values: 256, seed: 9)
        let raw = (0..<400).flatMap { _ in row }
        #expect(Self.packed(raw, row: row.count, room: 2 * raw.count).count < 2 * row.count + 12_000)
    }
}
