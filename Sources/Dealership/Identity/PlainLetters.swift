import Basis

/// Text brought to small letters and digits of ASCII, so that spellings of one name or address compare equal: `Núñez`,
/// `NUNEZ` and `nunez` are one word.
struct PlainLetters {
    /// The words of a text, one behind the other; `ends[i]` is where word i ends.
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [Int] = []

    var count: Int { ends.count }
    func start(_ word: Int) -> Int { word == 0 ? 0 : ends[word - 1] }

    func withWord<Result>(_ word: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start(word)..<ends[word]])) }
    }

    /// Letters U+00C0 to U+017F without their marks; `-`: no letter.
    private static let folded: [[UInt8]] = """
        a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss a a a a a a ae c e e e e i i i i d n o o o o o - \
        o u u u u y th y a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i i \
        i ij ij j j k k k l l l l l l l l l l n n n n n n n ng ng o o o o o o oe oe r r r r r r s s s s s s s s t t t t t t \
        u u u u u u u u u u u u w w y y y z z z z z z s
        """.split(separator: " ").map { Array($0.utf8) }

    /// Takes a text apart. An apostrophe is no end of a word: `O'Dell` is one.
    mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        if text.allSatisfy({ $0 < 0x80 }) {
            for byte in text { take(ascii: byte) }
        } else {
            for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { take(scalar) }
        }
        endWord()
    }

    private mutating func endWord() {
        if bytes.count > (ends.last ?? 0) { ends.append(bytes.count) }
    }

    private mutating func take(ascii byte: UInt8) {
        switch byte {
        case 0x41...0x5A: bytes.append(byte | 0x20)
        case 0x61...0x7A, 0x30...0x39: bytes.append(byte)
        case 0x27: break
        default: endWord()
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0..<0x80: take(ascii: UInt8(truncatingIfNeeded: scalar.value))
        case 0xC0...0x17F:
            let plain = PlainLetters.folded[Int(scalar.value) - 0xC0]
            if plain == [0x2D] { endWord() } else { bytes.append(contentsOf: plain) }
        // Marks that stand behind their letter, and typographic apostrophes.
        case 0x300...0x36F, 0x2018, 0x2019: break
        default:
            if scalar.properties.isAlphabetic {
                bytes.append(contentsOf: Array(scalar.properties.lowercaseMapping.utf8))
            } else {
                endWord()
            }
        }
    }
}
