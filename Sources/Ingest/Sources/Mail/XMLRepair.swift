/// Mends XML that people's programs wrote by hand: quotes, ampersands, cases. What is well-formed stays as it is, to
/// the byte. What is not mended (tags that are never closed) is left for the parser to refuse.
struct XMLRepair {
    private let source: [UInt8]
    private var i = 0
    private var made: [UInt8] = []
    /// Elements that are open, as they are written.
    private var open: [[UInt8]] = []
    private var declared: Set<[UInt8]> = []
    /// What comes nowhere further down: looked for once.
    private var missing: Set<String> = []
    /// By element of HTML that is empty, where its last end tag begins.
    private let lastEnds: [[UInt8]: Int]
    /// Elements inside each other beyond which the parser refuses anyway.
    private static let mostOpen = 500
    private(set) var deviations: Set<LeadDeviation> = []

    static func repair(_ text: [UInt8]) -> (text: [UInt8], deviations: Set<LeadDeviation>) {
        var repair = XMLRepair(source: text)
        repair.run()
        return (repair.made, repair.deviations)
    }

    private init(source: [UInt8]) {
        self.source = source
        lastEnds = XMLRepair.lastEnds(source)
        made.reserveCapacity(source.count + 64)
    }

    private mutating func run() {
        while i < source.count {
            if open.count > XMLRepair.mostOpen { return copy(to: source.count) }
            switch source[i] {
            case 0x3C: markup()
            case 0x26: reference()
            case 0x5D where has("]]>"):
                made += Array("]]&gt;".utf8)
                i += 3
                deviations.insert(.looseMarkup)
            default: copy()
            }
        }
    }

    // MARK: letters

    private func has(_ text: StaticString) -> Bool { has(text, at: i) }

    private func has(_ text: StaticString, at place: Int) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return place + wanted.count <= source.count && source[place..<(place + wanted.count)].elementsEqual(wanted)
    }

    /// One byte; what XML has no character for becomes a space.
    private mutating func copy() {
        let byte = source[i]
        if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D {
            made.append(0x20)
            deviations.insert(.controlCharacter)
        } else if byte == 0xEF, i + 2 < source.count, source[i + 1] == 0xBF, source[i + 2] >= 0xBE {
            made.append(0x20)  // U+FFFE, U+FFFF
            deviations.insert(.controlCharacter)
            i += 2
        } else {
            made.append(byte)
        }
        i += 1
    }

    private mutating func copy(to end: Int) { while i < end { copy() } }

    private mutating func find(_ text: StaticString, from start: Int) -> Int? {
        if missing.contains(text.description) { return nil }
        var k = start
        while k < source.count {
            if source[k] == text.utf8Start.pointee, has(text, at: k) { return k }
            k += 1
        }
        missing.insert(text.description)
        return nil
    }

    static func isNameStart(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F || byte == 0x3A || byte >= 0x80
    }

    static func isName(_ byte: UInt8) -> Bool {
        isNameStart(byte) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D || byte == 0x2E
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    static func lower(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }

    private func nameEnd(from start: Int) -> Int {
        var end = start
        while end < source.count, XMLRepair.isName(source[end]), curlyQuote(at: end) == 0 { end += 1 }
        return end
    }

    /// Bytes of the curly quote that begins here; 0: none.
    private func curlyQuote(at place: Int) -> Int {
        guard place + 2 < source.count, source[place] == 0xE2, source[place + 1] == 0x80 else { return 0 }
        let last = source[place + 2]
        return (0x98...0x9F).contains(last) || last == 0xB2 || last == 0xB3 ? 3 : 0
    }

    // MARK: references

    private mutating func reference() {
        let limit = min(source.count, i + 40)
        let end = source[i..<limit].firstIndex(of: 0x3B)
        if let end, end > i + 1 {
            let name = Array(source[(i + 1)..<end])
            if name.first == 0x23 {
                if numbered(name, end) { return }
            } else if name.allSatisfy(XMLRepair.isName), XMLRepair.isNameStart(name[0]) {
                if XMLRepair.predefined.contains(name) || declared.contains(name) { return copy(to: end + 1) }
                let lower = XMLRepair.lower(name)
                if XMLRepair.predefined.contains(lower) {
                    made += [0x26] + lower + [0x3B]
                    i = end + 1
                    deviations.insert(.foreignEntity)
                    return
                }
                if let value = HTMLLetters.scalar(name) {
                    TextEncoding.append(scalar: value, to: &made)
                    i = end + 1
                    deviations.insert(.foreignEntity)
                    return
                }
            }
        }
        made += Array("&amp;".utf8)
        i += 1
        deviations.insert(.bareAmpersand)
    }

    private static let predefined: Set<[UInt8]> = Set(["amp", "lt", "gt", "quot", "apos"].map { Array($0.utf8) })

    /// `&#233;`; false: it is none, and the ampersand stands for itself.
    private mutating func numbered(_ name: [UInt8], _ end: Int) -> Bool {
        guard let value = HTMLLetters.number(name) else { return false }
        let isCharacter = value == 9 || value == 10 || value == 13 || (0x20...0xD7FF).contains(value)
            || (0xE000...0xFFFD).contains(value) || (0x10000...0x10FFFF).contains(value)
        if isCharacter, name[1] != 0x58 {
            copy(to: end + 1)
        } else {
            if isCharacter { TextEncoding.append(scalar: value, to: &made) } else { made.append(0x20) }
            deviations.insert(isCharacter ? .foreignEntity : .controlCharacter)
            i = end + 1
        }
        return true
    }

    // MARK: markup

    private mutating func markup() {
        if has("<!--") { return comment() }
        if has("<![CDATA[") { return copy(to: find("]]>", from: i).map { $0 + 3 } ?? source.count) }
        if has("<!") { return declaration() }
        if has("<?") { return instruction() }
        if i + 2 < source.count, source[i + 1] == 0x2F, XMLRepair.isNameStart(source[i + 2]) { return endTag() }
        if i + 1 < source.count, XMLRepair.isNameStart(source[i + 1]), curlyQuote(at: i + 1) == 0 { return startTag() }
        made += Array("&lt;".utf8)
        i += 1
        deviations.insert(.looseMarkup)
    }

    private mutating func comment() {
        guard let end = find("-->", from: i + 4) else {
            made += Array("&lt;".utf8)
            i += 1
            deviations.insert(.looseMarkup)
            return
        }
        made += source[i..<(i + 4)]
        i += 4
        while i < end {
            if source[i] == 0x2D, i + 1 < end ? source[i + 1] == 0x2D : true {
                made += [0x2D, 0x20]  // -- may not stand in a comment, nor - at its end
                i += 1
                deviations.insert(.looseMarkup)
            } else {
                copy()
            }
        }
        copy(to: end + 3)
    }

    /// A DOCTYPE as it stands, its names of entities remembered.
    private mutating func declaration() {
        let start = i
        let end = ADFText.declarationEnd(source, from: i)
        var k = start
        while let entity = find("<!ENTITY", from: k), entity < end {
            k = entity + 8
            while k < end, XMLRepair.isSpace(source[k]) { k += 1 }
            declared.insert(Array(source[k..<max(k, nameEnd(from: k))]))
        }
        copy(to: end)
    }

    private mutating func instruction() {
        let nameEnd = nameEnd(from: i + 2)
        let name = source[(i + 2)..<nameEnd]
        let close = find("?>", from: nameEnd)
        let bracket = source[nameEnd...].firstIndex(of: 0x3E)
        let isXML = XMLRepair.lower(name) == Array("xml".utf8)
        let isDeclaration = isXML && i == 0 && name.elementsEqual("xml".utf8)
        if let close, !name.isEmpty, !isXML || isDeclaration { return copy(to: close + 2) }
        // A second or capital declaration, or one without its end.
        let end = close.map { $0 + 2 } ?? bracket.map { $0 + 1 } ?? source.count
        for byte in source[i..<end] where byte == 0x0A { made.append(byte) }
        i = end
        deviations.insert(isXML ? .upperCaseInstruction : .looseMarkup)
    }

    private mutating func endTag() {
        let end = nameEnd(from: i + 2)
        let name = Array(source[(i + 2)..<end])
        let lower = XMLRepair.lower(name)
        if open.last != name {
            // What HTML leaves open is closed with the element around it.
            while let last = open.last, XMLRepair.lower(last) != lower,
                HTMLLetters.elements.contains(XMLRepair.lower(last)),
                open.contains(where: { XMLRepair.lower($0) == lower })
            {
                made += Array("</".utf8) + last + [0x3E]
                open.removeLast()
                deviations.insert(.looseMarkup)
            }
            if HTMLLetters.elements.contains(lower), !open.contains(where: { XMLRepair.lower($0) == lower }) {
                i = source[end...].firstIndex(of: 0x3E).map { $0 + 1 } ?? source.count
                deviations.insert(.looseMarkup)
                return
            }
        }
        if let last = open.last, last == name || XMLRepair.lower(last) == lower {
            open.removeLast()
            made += Array("</".utf8) + last
            if last != name { deviations.insert(.wrongCase) }
            i = end
        } else {
            copy(to: end)
        }
        copy(to: source[end...].firstIndex(of: 0x3E).map { $0 + 1 } ?? source.count)
    }

    private mutating func startTag() {
        let end = nameEnd(from: i + 1)
        let name = Array(source[(i + 1)..<end])
        copy(to: end)
        var seen: Set<[UInt8]> = []
        while i < source.count {
            let before = i
            while i < source.count, XMLRepair.isSpace(source[i]) { copy() }
            guard i < source.count else { return }
            if source[i] == 0x3E {
                close(name)
                return
            }
            if source[i] == 0x2F {
                i += 1
                if i < source.count, source[i] == 0x3E {
                    made += [0x2F, 0x3E]
                    i += 1
                    return
                }
                deviations.insert(.looseMarkup)
                continue
            }
            if source[i] == 0x3C {
                return  // the tag never ends; the parser says so
            }
            attribute(hasSpace: i > before, &seen)
        }
    }

    /// Of a start tag; void elements of HTML close themselves where nobody else does.
    private mutating func close(_ name: [UInt8]) {
        if HTMLLetters.void.contains(XMLRepair.lower(name)), lastEnds[XMLRepair.lower(name)] ?? -1 < i {
            made.append(0x2F)
            deviations.insert(.looseMarkup)
        } else {
            open.append(name)
        }
        copy()
    }

    private static func lastEnds(_ source: [UInt8]) -> [[UInt8]: Int] {
        var ends: [[UInt8]: Int] = [:]
        var k = 0
        while k + 2 < source.count {
            if source[k] == 0x3C, source[k + 1] == 0x2F {
                let name = lower(source[(k + 2)..<min(k + 7, source.count)].prefix { isName($0) })
                if HTMLLetters.void.contains(name) { ends[name] = k }
            }
            k += 1
        }
        return ends
    }

    private mutating func attribute(hasSpace: Bool, _ seen: inout Set<[UInt8]>) {
        let start = made.count
        let end = max(nameEnd(from: i), i)
        if end == i {
            // No name: a stray quote or the like.
            i += max(1, curlyQuote(at: i))
            deviations.insert(.looseMarkup)
            return
        }
        let name = Array(source[i..<end])
        if !hasSpace {
            made.append(0x20)
            deviations.insert(.looseMarkup)
        }
        copy(to: end)
        var k = i
        while k < source.count, XMLRepair.isSpace(source[k]) { k += 1 }
        if k < source.count, source[k] == 0x3D {
            copy(to: k + 1)
            while i < source.count, XMLRepair.isSpace(source[i]) { copy() }
            value()
        } else {
            made += Array("=\"\"".utf8)  // HTML's way: the name alone
            deviations.insert(.looseMarkup)
        }
        if !seen.insert(name).inserted {
            made.removeSubrange(start...)
            deviations.insert(.looseMarkup)
        }
    }

    private mutating func value() {
        guard i < source.count else { return }
        let quote = source[i]
        if quote == 0x22 || quote == 0x27 {
            if let end = source[(i + 1)...].firstIndex(of: quote), !source[(i + 1)..<end].contains(0x3C) {
                made.append(quote)
                i += 1
                text(to: end)
                made.append(quote)
                i = end + 1
                return
            }
            i += 1  // it ends with another kind, or not at all
        }
        let isCurly = curlyQuote(at: i) > 0
        if isCurly { i += 3 }
        let isOpen = isCurly || quote == 0x22 || quote == 0x27
        var end = i
        while end < source.count, source[end] != 0x3E, source[end] != 0x3C, source[end] != 0x22,
            curlyQuote(at: end) == 0
        {
            if !isOpen, XMLRepair.isSpace(source[end]) { break }
            if !isOpen, source[end] == 0x2F, end + 1 < source.count, source[end + 1] == 0x3E { break }
            end += 1
        }
        let closing = end < source.count ? max(curlyQuote(at: end), source[end] == 0x22 ? 1 : 0) : 0
        made.append(0x22)
        text(to: end)
        made.append(0x22)
        i = end + closing
        deviations.insert(isCurly || closing == 3 ? .curlyQuotes : .looseMarkup)
    }

    /// Of an attribute.
    private mutating func text(to end: Int) {
        while i < end {
            if source[i] == 0x26 { reference() } else { copy() }
        }
    }
}
