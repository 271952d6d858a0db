import CDeflate
import Foundation

/// A ZIP archive as the text that a fuzzer can change: `%%% NAME` before each part's bytes.
enum ZipText {
    /// The archive of the parts, none of them packed (PKWARE's APPNOTE, 4.3).
    static func archive(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let name = Array(part.name.utf8)
            let sum = Int(part.bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) })
            // Version 2.0, no flags, stored, 1 January 1980.
            let common = little(20, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(0x21, 2) + little(sum, 4)
                + little(part.bytes.count, 4) + little(part.bytes.count, 4) + little(name.count, 2) + little(0, 2)
            directory += little(0x0201_4B50, 4) + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2)
                + little(0, 4) + little(bytes.count, 4) + name
            bytes += little(0x0403_4B50, 4) + common + name + part.bytes
        }
        return bytes + directory + little(0x0605_4B50, 4) + little(0, 2) + little(0, 2) + little(parts.count, 2)
            + little(parts.count, 2) + little(directory.count, 4) + little(bytes.count, 4) + little(0, 2)
    }

    /// The parts of an archive from the tests' own files; nothing of one that is not as usual.
    static func parts(_ bytes: [UInt8]) -> [(name: String, bytes: [UInt8])] {
        func number(_ at: Int, _ count: Int) -> Int {
            guard at >= 0, at + count <= bytes.count else { return 0 }
            return (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
        }
        guard let end = (0..<max(0, bytes.count - 21)).last(where: { number($0, 4) == 0x0605_4B50 }),
            let decompressor = libdeflate_alloc_decompressor()
        else { return [] }
        defer { libdeflate_free_decompressor(decompressor) }
        var parts: [(name: String, bytes: [UInt8])] = []
        var at = number(end + 16, 4)
        for _ in 0..<number(end + 10, 2) where number(at, 4) == 0x0201_4B50 {
            let (method, packed, size) = (number(at + 10, 2), number(at + 20, 4), number(at + 24, 4))
            let (name, extra, comment) = (number(at + 28, 2), number(at + 30, 2), number(at + 32, 2))
            let local = number(at + 42, 4)
            let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
            guard at + 46 + name <= bytes.count, start + packed <= bytes.count else { return [] }
            let text = String(decoding: bytes[(at + 46)..<(at + 46 + name)], as: UTF8.self)
            let data = Array(bytes[start..<(start + packed)])
            let made = method == 0 ? data : [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                var made = 0
                let outcome = data.withUnsafeBytes {
                    libdeflate_deflate_decompress(
                        decompressor, $0.baseAddress, $0.count, buffer.baseAddress, size, &made)
                }
                count = outcome == LIBDEFLATE_SUCCESS ? made : 0
            }
            parts.append((text, made))
            at += 46 + name + extra + comment
        }
        return parts
    }
}
