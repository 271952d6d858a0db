/// Words of a mail's header in another charset (RFC 2047): `=?utf-8?Q?M=C3=BCller?=`.
enum EncodedWords {
    static func decode(_ bytes: [UInt8]) -> String {
        var made: [UInt8] = []
        var i = 0
        /// Where the last encoded word ended: white space up to the next one goes.
        var wordEnd: Int?
        while i < bytes.count {
            if bytes[i] == 0x3D, i + 1 < bytes.count, bytes[i + 1] == 0x3F, let word = word(bytes, i) {
                if let end = wordEnd { made.removeSubrange(end...) }
                made += word.text
                i = word.end
                wordEnd = made.count
                continue
            }
            if bytes[i] != 0x20, bytes[i] != 0x09, bytes[i] != 0x0D, bytes[i] != 0x0A { wordEnd = nil }
            if bytes[i] != 0x0D, bytes[i] != 0x0A { made.append(bytes[i]) }
            i += 1
        }
        return String(decoding: TextEncoding.utf8.decode(made).text, as: UTF8.self)
    }

    private static func word(_ bytes: [UInt8], _ start: Int) -> (text: [UInt8], end: Int)? {
        var marks: [Int] = []
        var i = start + 1
        while i < bytes.count, marks.count < 4, i - start < 1_000 {
            if bytes[i] == 0x3F {
                if marks.count == 3, i + 1 >= bytes.count || bytes[i + 1] != 0x3D { return nil }
                marks.append(i)
            }
            i += 1
        }
        guard marks.count == 4, marks[2] == marks[1] + 2 else { return nil }
        let label = String(decoding: bytes[(marks[0] + 1)..<marks[1]], as: UTF8.self)
        // A language may follow the charset (RFC 2231).
        let charset = label.split(separator: "*").first.map(String.init) ?? label
        let payload = bytes[(marks[2] + 1)..<marks[3]]
        let decoded: [UInt8]
        switch bytes[marks[1] + 1] | 0x20 {
        case 0x62: decoded = TransferEncoding.base64(payload)
        case 0x71: decoded = q(payload)
        default: return nil
        }
        return ((TextEncoding(label: charset) ?? .utf8).decode(decoded).text, marks[3] + 2)
    }

    private static func q(_ payload: ArraySlice<UInt8>) -> [UInt8] {
        var made: [UInt8] = []
        var i = payload.startIndex
        while i < payload.endIndex {
            if payload[i] == 0x3D, let value = TransferEncoding.hex(payload, i + 1) {
                made.append(value)
                i += 3
            } else {
                made.append(payload[i] == 0x5F ? 0x20 : payload[i])
                i += 1
            }
        }
        return made
    }

    static func percent(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var made: [UInt8] = []
        var i = 0
        while i < bytes.count {
            if bytes[i] == 0x25, let value = TransferEncoding.hex(bytes[...], i + 1) {
                made.append(value)
                i += 3
            } else {
                made.append(bytes[i])
                i += 1
            }
        }
        return String(decoding: TextEncoding.utf8.decode(made).text, as: UTF8.self)
    }
}
