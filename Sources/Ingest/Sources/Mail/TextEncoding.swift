/// How the bytes of a text stand for letters.
enum TextEncoding: Hashable, Sendable {
    case utf8
    /// ISO 8859-1 as well, whose letters are the same where both have any.
    case windows1252
    case utf16(isLittle: Bool?)

    /// A charset's name, as mails and XML declarations write it; nil: unknown here.
    init?(label: String) {
        switch label.lowercased().filter({ $0 != "_" && $0 != " " }) {
        case "utf-8", "utf8", "us-ascii", "ascii", "ansix3.4-1968", "unicode-1-1-utf-8": self = .utf8
        case "iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "cp-1252", "iso-8859-15", "ansi":
            self = .windows1252
        case "utf-16", "utf16", "unicode", "ucs-2": self = .utf16(isLittle: nil)
        case "utf-16le": self = .utf16(isLittle: true)
        case "utf-16be": self = .utf16(isLittle: false)
        default: return nil
        }
    }

    /// What a byte-order mark says.
    init?(mark bytes: some Collection<UInt8>) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .utf8
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            self = .utf16(isLittle: true)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self = .utf16(isLittle: false)
        } else {
            return nil
        }
    }

    /// UTF-8 without a mark, and whether bytes that are none had to be read as windows-1252.
    func decode(_ bytes: [UInt8]) -> (text: [UInt8], hasForeign: Bool) {
        switch self {
        case .utf8:
            let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            let rest = start > 0 ? Array(bytes[start...]) : bytes
            if String(validating: rest, as: UTF8.self) != nil { return (rest, false) }
            return (TextEncoding.mended(rest), true)
        case .windows1252:
            var text: [UInt8] = []
            text.reserveCapacity(bytes.count + bytes.count / 8)
            for byte in bytes { TextEncoding.append(western: byte, to: &text) }
            return (text, false)
        case .utf16(let isLittle): return (TextEncoding.fromUTF16(bytes, isLittle: isLittle), false)
        }
    }

    private static func fromUTF16(_ bytes: [UInt8], isLittle: Bool?) -> [UInt8] {
        var start = 0
        var little = isLittle ?? false
        if bytes.starts(with: [0xFF, 0xFE]) {
            (start, little) = (2, true)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            (start, little) = (2, false)
        } else if isLittle == nil, bytes.count > 1, bytes[0] != 0, bytes[1] == 0 {
            little = true  // no mark, and a Latin letter's first byte comes first
        }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var i = start
        while i + 1 < bytes.count {
            let (low, high) = little ? (bytes[i], bytes[i + 1]) : (bytes[i + 1], bytes[i])
            units.append(UInt16(high) << 8 | UInt16(low))
            i += 2
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// Sequences that are UTF-8 stay, other bytes are taken for windows-1252.
    private static func mended(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 64)
        var i = 0
        while i < bytes.count {
            let length = sequenceLength(bytes, i)
            if length > 0 {
                text += bytes[i..<(i + length)]
                i += length
            } else {
                append(western: bytes[i], to: &text)
                i += 1
            }
        }
        return text
    }

    /// Of the well-formed sequence that begins here (Unicode, table 3-7); 0: none does.
    private static func sequenceLength(_ bytes: [UInt8], _ i: Int) -> Int {
        let lead = bytes[i]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard i + length <= bytes.count, second.contains(bytes[i + 1]) else { return 0 }
        for k in (i + 2)..<max(i + length, i + 2) where bytes[k] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// windows-1252 in 0x80...0x9F; 0xFFFD: no letter.
    private static let western: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
        0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0xFFFD, 0x017E, 0x0178,
    ]

    private static func append(western byte: UInt8, to text: inout [UInt8]) {
        if byte < 0x80 { return text.append(byte) }
        append(scalar: byte < 0xA0 ? western[Int(byte) - 0x80] : UInt32(byte), to: &text)
    }

    static func append(scalar value: UInt32, to text: inout [UInt8]) {
        text += Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
    }
}
