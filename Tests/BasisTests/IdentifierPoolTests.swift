import Basis
import Testing

@Suite struct IdentifierPoolTests {
    @Test("identifiers are in the order of their bytes, whichever came first")
    func order() {
        var random = SystemRandomNumberGenerator()
        var pool = IdentifierPool()
        var texts: Set<[UInt8]> = [[], [0x80], [0x7F], Array("S1-C1".utf8)]
        // Few letters and shared beginnings, so that some differ only behind the eighth byte, or in length alone.
        for _ in 0..<300 {
            let beginning = Array("customer".utf8.prefix(Int.random(in: 0...8, using: &random)))
            let letters: [UInt8] = [0x00, 0x61, 0xC3, 0xFF]
            let rest = (0..<Int.random(in: 0...12, using: &random)).map { _ in letters.randomElement()! }
            texts.insert(beginning + rest)
        }
        let codes = texts.map { text in text.withUnsafeBufferPointer { pool.intern($0) } }
        for (a, x) in zip(codes, texts) {
            for (b, y) in zip(codes, texts) {
                #expect(pool.precedes(a, b) == x.lexicographicallyPrecedes(y), "\(x) \(y)")
            }
        }
    }
}
