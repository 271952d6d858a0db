import Basis
import CDeflate

/// All members of a gzip file (RFC 1952), one behind the other.
///
/// A file that was cut just between two members is a whole gzip file, and nothing in it says that there was more: that shows in
/// the days which the export covers, not here.
enum GzipMembers {
    /// - Throws: `Rejection` (`damaged-gzip`, `unpacks-too-large`).
    static func unpacked(_ packed: [UInt8], name: String) throws(Rejection) -> [UInt8] {
        let damaged = Diagnostic(
            .error, "damaged-gzip", at: .init(file: name), "the gzip file is cut off or damaged",
            remedies: ["transfer or export it again"])
        guard let decompressor = libdeflate_alloc_decompressor() else { throw Rejection(damaged) }
        defer { libdeflate_free_decompressor(decompressor) }
        let most = Limits.unpacked(fromPacked: packed.count)
        var result: [UInt8] = []
        var offset = 0
        while offset < packed.count {
            // A member may be followed by zeros (tapes, block sizes) that belong to nothing.
            if offset > 0, packed[offset...].allSatisfy({ $0 == 0 }) { break }
            // A guess; a wrong one only means another try.
            var capacity = min(max((packed.count - offset) * 8, 65_536), most - result.count)
            while true {
                var used = 0
                var made = 0
                var outcome = LIBDEFLATE_BAD_DATA
                let part = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
                    packed.withUnsafeBytes { bytes in
                        guard let base = bytes.baseAddress else { return }
                        // A place to write to even where there is no room: libdeflate then says so.
                        var none: UInt8 = 0
                        outcome = withUnsafeMutablePointer(to: &none) { none in
                            libdeflate_gzip_decompress_ex(
                                decompressor, base + offset, packed.count - offset, buffer.baseAddress ?? none, capacity,
                                &used, &made)
                        }
                    }
                    initialized = outcome == LIBDEFLATE_SUCCESS ? made : 0
                }
                if outcome == LIBDEFLATE_INSUFFICIENT_SPACE {
                    guard result.count + capacity < most else {
                        throw Rejection(Limits.unpacksTooLarge(name, most: most))
                    }
                    capacity = min(capacity * 4, most - result.count)
                    continue
                }
                guard outcome == LIBDEFLATE_SUCCESS, used > 0 else { throw Rejection(damaged) }
                // The usual file has one member: it need not be copied.
                if result.isEmpty { result = part } else { result += part }
                offset += used
                break
            }
        }
        return result
    }
}
