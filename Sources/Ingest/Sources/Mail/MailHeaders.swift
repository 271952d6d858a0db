/// The headers of a mail or of a part of one (RFC 5322), unfolded.
struct MailHeaders: Sendable {
    private var fields: [(name: String, value: [UInt8])] = []

    /// Lines beyond which no mail has headers.
    private static let mostFields = 2_000

    /// - Parameter range: begins at the first header; afterwards at the body.
    /// - Returns: nil where the first line is none.
    init?(_ bytes: [UInt8], _ range: inout Range<Int>) {
        var i = range.lowerBound
        while i < range.upperBound, fields.count < MailHeaders.mostFields {
            let end = bytes[i..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
            var line = bytes[i..<end]
            if line.last == 0x0D { line.removeLast() }
            let next = min(end + 1, range.upperBound)
            if line.isEmpty {
                i = next
                break
            }
            if let first = line.first, first == 0x20 || first == 0x09 {
                if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                    i = next  // a line of spaces was meant as the empty one
                    break
                }
                if fields.isEmpty { return nil }
                fields[fields.count - 1].value += line
            } else if let colon = line.firstIndex(of: 0x3A), MailHeaders.isName(line[..<colon]) {
                let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
                fields.append((name.trimmed, Array(line[(colon + 1)...])))
            } else if fields.isEmpty {
                return nil
            } else {
                break  // no header and no empty line before it: the body
            }
            i = next
        }
        range = i..<range.upperBound
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.count < 80
            && bytes.allSatisfy {
                $0 == 0x2D || $0 == 0x5F || ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A)
            }
    }

    /// The first of this name (in small letters), its encoded words (RFC 2047) read.
    subscript(name: String) -> String? { all(name).first }

    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map { EncodedWords.decode($0.value).trimmed }
    }

    /// A value with its parameters: `text/plain; charset="utf-8"`. The value in small letters; nil: no such header.
    func parameters(of name: String) -> (value: String, parameters: [String: String])? {
        guard let text = self[name] else { return nil }
        var pieces = MailHeaders.pieces(text)
        let value = pieces.isEmpty ? "" : pieces.removeFirst().lowercased()
        var parameters: [String: String] = [:]
        for piece in pieces {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            var key = String(piece[..<equals]).trimmed.lowercased()
            var text = String(piece[piece.index(after: equals)...]).trimmed
            if text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 {
                text = String(text.dropFirst().dropLast()).replacing("\\\"", with: "\"")
            }
            if key.hasSuffix("*") {
                // RFC 2231: charset'language'percent-encoded
                key.removeLast()
                text = EncodedWords.percent(text.split(separator: "'").last.map(String.init) ?? text)
            }
            if parameters[key] == nil { parameters[key] = text }
        }
        return (value, parameters)
    }

    /// Parts between semicolons that do not stand in quotes; comments go.
    private static func pieces(_ text: String) -> [String] {
        var pieces = [""]
        var isQuoted = false
        var comments = 0
        for character in text {
            if character == "\"", comments == 0 { isQuoted.toggle() }
            if !isQuoted, character == "(" { comments += 1 }
            if comments == 0 {
                if character == ";", !isQuoted { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
            }
            if !isQuoted, character == ")", comments > 0 { comments -= 1 }
        }
        return pieces.map(\.trimmed)
    }
}

extension String {
    /// Without white space around it.
    var trimmed: String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        guard let first = utf8.firstIndex(where: { !isSpace($0) }), let last = utf8.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(self[first...last])
    }
}
