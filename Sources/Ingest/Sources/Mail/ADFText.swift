/// Finds the leads in a text, so that one that is damaged does not take the others with it.
struct ADFText {
    struct Prospect {
        /// From `<prospect` to behind its end tag.
        var range: Range<Int>
        /// False: another begins, or the text ends, before it is closed.
        var isClosed: Bool
    }

    private(set) var prospects: [Prospect] = []
    private(set) var deviations: Set<LeadDeviation> = []
    /// There is an `<adf>`.
    private(set) var hasRoot = false
    /// The outermost element, in small letters; empty: none.
    private(set) var root = ""

    init(_ bytes: [UInt8]) {
        var i = 0
        var start: Int?
        var isOpen = false
        // What comes nowhere further down is looked for once.
        var missing: Set<String> = []
        func finish(_ prospects: inout [Prospect], at end: Int, isClosed: Bool) {
            if let begin = start { prospects.append(Prospect(range: begin..<end, isClosed: isClosed)) }
            start = nil
        }
        while let open = bytes[i...].firstIndex(of: 0x3C) {
            i = open + 1
            guard i < bytes.count else { break }
            switch bytes[i] {
            case 0x21:
                let end = ADFText.skipDeclaration(bytes, from: open, &missing)
                if ADFText.matches(bytes, open + 2, "doctype") { deviations.insert(.documentType) }
                i = end
            case 0x3F:
                let name = ADFText.name(bytes, from: open + 2)
                if ["adf", "xml"].contains(name.lowercased()), name != name.lowercased() {
                    deviations.insert(.upperCaseInstruction)
                }
            case 0x2F:
                let name = ADFText.local(ADFText.name(bytes, from: open + 2))
                if name == "prospect" {
                    let end = bytes[open...].firstIndex(of: 0x3E).map { $0 + 1 } ?? bytes.count
                    finish(&prospects, at: end, isClosed: true)
                    i = end
                } else if name == "adf" {
                    finish(&prospects, at: open, isClosed: false)
                    isOpen = false
                }
            default:
                let name = ADFText.local(ADFText.name(bytes, from: open + 1))
                if root.isEmpty, !name.isEmpty { root = name }
                if name == "adf" {
                    hasRoot = true
                    isOpen = true
                } else if name == "prospect" {
                    finish(&prospects, at: open, isClosed: false)
                    start = open
                }
            }
        }
        finish(&prospects, at: bytes.count, isClosed: false)
        if !prospects.isEmpty, isOpen || !hasRoot { deviations.insert(.openRoot) }
    }

    /// Behind a comment, a section of character data or a DOCTYPE.
    private static func skipDeclaration(_ bytes: [UInt8], from start: Int, _ missing: inout Set<String>) -> Int {
        for (begin, end) in [("--", "-->"), ("[cdata[", "]]>")] as [(StaticString, StaticString)]
        where matches(bytes, start + 2, begin) {
            if missing.contains(end.description) { return start + 2 }
            if let found = find(bytes, end, from: start + 2 + begin.utf8CodeUnitCount) { return found }
            missing.insert(end.description)
            return start + 2
        }
        return matches(bytes, start + 2, "doctype") ? declarationEnd(bytes, from: start) : start + 2
    }

    /// Behind the `>` of a DOCTYPE: not one in quotes, nor in its own brackets.
    static func declarationEnd(_ bytes: [UInt8], from start: Int) -> Int {
        var i = start
        var depth = 0
        var quote: UInt8 = 0
        while i < bytes.count {
            let byte = bytes[i]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if depth > 0, matches(bytes, i, "<!--") {
                i = find(bytes, "-->", from: i + 4) ?? bytes.count
                continue
            } else if byte == 0x5B {
                depth += 1
            } else if byte == 0x5D {
                depth -= 1
            } else if byte == 0x3E, depth <= 0 {
                return i + 1
            }
            i += 1
        }
        return bytes.count
    }

    private static func find(_ bytes: [UInt8], _ text: StaticString, from start: Int) -> Int? {
        var i = start
        while i < bytes.count {
            if bytes[i] == text.utf8Start.pointee, matches(bytes, i, text) { return i + text.utf8CodeUnitCount }
            i += 1
        }
        return nil
    }

    /// `text` in small letters.
    static func matches(_ bytes: [UInt8], _ start: Int, _ text: StaticString) -> Bool {
        guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
        for k in 0..<text.utf8CodeUnitCount {
            let byte = bytes[start + k]
            if (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) != text.utf8Start[k] { return false }
        }
        return true
    }

    private static func name(_ bytes: [UInt8], from start: Int) -> String {
        var end = start
        while end < bytes.count, end - start < 60, XMLRepair.isName(bytes[end]) { end += 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private static func local(_ name: String) -> String {
        (name.split(separator: ":").last.map(String.init) ?? name).lowercased()
    }

    /// Whether the text has a lead as a web page would show one: `&lt;prospect`.
    static func isEscaped(_ bytes: [UInt8]) -> Bool {
        var i = 0
        while let found = bytes[i...].firstIndex(of: 0x26) {
            i = found + 1
            for end in ["lt;", "#60;", "#x3c;"] as [StaticString] where matches(bytes, i, end) {
                let name = i + end.utf8CodeUnitCount
                if matches(bytes, name, "adf") || matches(bytes, name, "prospect") { return true }
            }
        }
        return false
    }
}
