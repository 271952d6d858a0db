/// What HTML writes into leads: names of letters, and tags around text.
enum HTMLLetters {
    /// Tags that say nothing of a lead. None is an element of ADF.
    static let elements: Set<[UInt8]> = Set(
        [
            "html", "body", "head", "div", "span", "p", "b", "i", "u", "em", "strong", "font", "a", "pre", "table",
            "tbody", "tr", "td", "th", "ul", "ol", "li", "br", "hr", "img", "wbr", "meta", "center", "small", "code",
            "blockquote",
        ].map { Array($0.utf8) })
    static let void: Set<[UInt8]> = Set(["br", "hr", "img", "wbr", "meta"].map { Array($0.utf8) })

    /// Latin-1 from U+00A0 on, in order (HTML 4.01, 24.2.1).
    private static let latin = [
        "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not",
        "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1",
        "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring",
        "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde",
        "Ograve", "Oacute", "Ocirc",
        "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave",
        "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave",
        "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash",
        "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
    ]

    private static let scalars: [[UInt8]: UInt32] = {
        var scalars: [[UInt8]: UInt32] = [:]
        for (index, name) in latin.enumerated() { scalars[Array(name.utf8)] = UInt32(0xA0 + index) }
        let others: [(String, UInt32)] = [
            ("ndash", 0x2013), ("mdash", 0x2014), ("lsquo", 0x2018), ("rsquo", 0x2019), ("sbquo", 0x201A),
            ("ldquo", 0x201C), ("rdquo", 0x201D), ("bdquo", 0x201E), ("bull", 0x2022), ("hellip", 0x2026),
            ("euro", 0x20AC), ("trade", 0x2122), ("OElig", 0x152), ("oelig", 0x153), ("Scaron", 0x160),
            ("scaron", 0x161), ("ensp", 0x2002), ("emsp", 0x2003),
        ]
        for (name, value) in others { scalars[Array(name.utf8)] = value }
        return scalars
    }()

    static func scalar(_ name: [UInt8]) -> UInt32? { scalars[name] }

    /// Of `#233` and `#xE9`; nil: no number. What is beyond Unicode is 0.
    static func number(_ name: [UInt8]) -> UInt32? {
        guard name.first == 0x23, name.count > 1 else { return nil }
        let isHex = name[1] | 0x20 == 0x78
        let digits = name[(isHex ? 2 : 1)...]
        guard !digits.isEmpty else { return nil }
        var value: UInt32 = 0
        for byte in digits {
            let digit: UInt32
            switch byte {
            case 0x30...0x39: digit = UInt32(byte) - 0x30
            case 0x41...0x46 where isHex: digit = UInt32(byte) - 0x37
            case 0x61...0x66 where isHex: digit = UInt32(byte) - 0x57
            default: return nil
            }
            value = min(value &* (isHex ? 16 : 10) &+ digit, 0x110000)
        }
        return value > 0x10FFFF ? 0 : value
    }

    private static let markup: [[UInt8]: UInt32] = [
        Array("lt".utf8): 0x3C, Array("gt".utf8): 0x3E, Array("quot".utf8): 0x22, Array("amp".utf8): 0x26,
        Array("apos".utf8): 0x27, Array("nbsp".utf8): 0x20,
    ]

    /// Text that was written for a web page: tags gone (line breaks stay as they are), references read once.
    static func unescaped(_ bytes: [UInt8], isPage: Bool) -> [UInt8] {
        var made: [UInt8] = []
        made.reserveCapacity(bytes.count)
        var i = 0
        while i < bytes.count {
            let byte = bytes[i]
            if isPage, byte == 0x3C, i + 1 < bytes.count,
                [0x2F, 0x21].contains(bytes[i + 1]) || XMLRepair.isNameStart(bytes[i + 1])
            {
                while i < bytes.count, bytes[i] != 0x3E {
                    if bytes[i] == 0x0A { made.append(0x0A) }
                    i += 1
                }
                made.append(0x20)
                i += 1
                continue
            }
            if byte == 0x26, let end = bytes[i..<min(i + 12, bytes.count)].firstIndex(of: 0x3B) {
                let name = Array(bytes[(i + 1)..<end])
                if let value = markup[XMLRepair.lower(name)] ?? number(name) ?? scalar(name) {
                    TextEncoding.append(scalar: value, to: &made)
                    i = end + 1
                    continue
                }
            }
            made.append(byte)
            i += 1
        }
        return made
    }
}
