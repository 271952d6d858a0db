/// A mail part's Content-Transfer-Encoding (RFC 2045).
enum TransferEncoding {
    case plain, base64, quotedPrintable

    init(_ name: String?) {
        switch name?.lowercased() {
        case "base64": self = .base64
        case "quoted-printable": self = .quotedPrintable
        default: self = .plain
        }
    }

    /// The bytes meant, and where their lines come from.
    func decode(_ bytes: ArraySlice<UInt8>, _ lines: LineMap) -> (bytes: [UInt8], lines: LineMap) {
        switch self {
        case .plain: return (Array(bytes), lines)
        case .base64: return (TransferEncoding.base64(bytes), .one(lines[0]))
        case .quotedPrintable: return TransferEncoding.quotedPrintable(bytes, lines)
        }
    }

    /// What is no base64 letter is passed over, as RFC 2045 says; padding ends a group.
    static func base64(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var made: [UInt8] = []
        var bits: UInt32 = 0
        var held = 0
        for byte in bytes {
            let value: UInt32
            switch byte {
            case 0x41...0x5A: value = UInt32(byte) - 0x41
            case 0x61...0x7A: value = UInt32(byte) - 0x61 + 26
            case 0x30...0x39: value = UInt32(byte) - 0x30 + 52
            case 0x2B, 0x2D: value = 62
            case 0x2F, 0x5F: value = 63
            case 0x3D:
                (bits, held) = (0, 0)
                continue
            default: continue
            }
            bits = bits << 6 | value
            held += 6
            if held >= 8 {
                held -= 8
                made.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
                bits &= (1 << UInt32(held)) - 1
            }
        }
        return made
    }

    private static func quotedPrintable(
        _ bytes: ArraySlice<UInt8>, _ lines: LineMap
    ) -> (bytes: [UInt8], lines: LineMap) {
        var made: [UInt8] = []
        made.reserveCapacity(bytes.count)
        var places: [Int32] = [Int32(clamping: lines[0])]
        var line = 0
        var i = bytes.startIndex
        /// Where the line's last letter ends: spaces behind it were put there on the way.
        var solid = 0
        while i < bytes.endIndex {
            let byte = bytes[i]
            if byte == 0x3D {
                if let value = hex(bytes, i + 1) {
                    made.append(value)
                    if value == 0x0A { places.append(Int32(clamping: lines[line])) }
                    solid = made.count
                    i += 3
                    continue
                }
                var end = i + 1
                while end < bytes.endIndex, bytes[end] == 0x20 || bytes[end] == 0x09 || bytes[end] == 0x0D { end += 1 }
                if end == bytes.endIndex || bytes[end] == 0x0A {
                    // The line goes on in the next.
                    i = min(end + 1, bytes.endIndex)
                    line += 1
                    solid = made.count
                    continue
                }
            }
            if byte == 0x0A {
                let hasReturn = made.count > solid && made.last == 0x0D
                made.removeSubrange(solid...)
                if hasReturn { made.append(0x0D) }
                made.append(0x0A)
                line += 1
                places.append(Int32(clamping: lines[line]))
                solid = made.count
            } else {
                made.append(byte)
                if byte != 0x20, byte != 0x09, byte != 0x0D { solid = made.count }
            }
            i += 1
        }
        return (made, .listed(places))
    }

    static func hex(_ bytes: ArraySlice<UInt8>, _ i: Int) -> UInt8? {
        func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x41...0x46: byte - 0x37
            case 0x61...0x66: byte - 0x57
            default: nil
            }
        }
        guard i + 1 < bytes.endIndex, let high = digit(bytes[i]), let low = digit(bytes[i + 1]) else { return nil }
        return high << 4 | low
    }
}
