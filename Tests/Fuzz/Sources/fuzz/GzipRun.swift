import Basis
import CDeflate
import Foundation

@testable import Ingest

/// The first byte: 0 the rest is the file as it is; else the rest is text, packed as so many members. The second: what
/// is then done to the file.
enum GzipRun {
    static func run(_ input: [UInt8]) {
        guard input.count > 2 else { return }
        let text = Array(input.dropFirst(2))
        if input[0] == 0 { return _ = outcome(gz: text) }
        let members = Int(input[0]) % 4 + 1
        let step = max(1, text.count / members)
        var packed: [UInt8] = []
        var ends: [Int] = []
        var start = 0
        while start < text.count {
            let stop = ends.count + 1 == members ? text.count : min(text.count, start + step)
            packed += GzipRun.packed(Array(text[start..<stop]))
            ends.append(packed.count)
            start = stop
        }
        let harm = input[1]
        switch harm % 4 {
        case 0:
            let plain = FolderRun.shared.outcome([("exports/leads.csv", text)], partSize: 97)
            let found = outcome(gz: packed)
            must(found == plain, "unpacked it reads as the text: \(plain) \(found)")
        case 1:
            let cut = packed.count * Int(harm) / 256
            // Between two members nothing shows that there was more.
            if !ends.contains(cut) { must(outcome(gz: Array(packed.prefix(cut))).rejected, "a cut file is refused") }
        case 2:
            let place = packed.count * Int(harm) / 256
            packed[place] ^= 1 << (harm >> 2 & 7)
            _ = outcome(gz: packed)
        default:
            must(outcome(gz: packed + [harm, 1]).rejected, "what lies behind the end is told")
        }
    }

    private static func outcome(gz: [UInt8]) -> FolderOutcome {
        FolderRun.shared.outcome([("exports/leads.csv.gz", gz)], partSize: 97)
    }

    static func packed(_ bytes: [UInt8]) -> [UInt8] {
        guard let compressor = libdeflate_alloc_compressor(1) else { fatalError("memory") }
        defer { libdeflate_free_compressor(compressor) }
        let most = libdeflate_gzip_compress_bound(compressor, bytes.count)
        return [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            bytes.withUnsafeBytes {
                count = libdeflate_gzip_compress(compressor, $0.baseAddress, $0.count, buffer.baseAddress, most)
            }
        }
    }
}
