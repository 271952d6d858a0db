/// A mail's leaf: text that may hold a lead.
struct MailText: Sendable {
    /// In small letters: `text/plain`.
    var type: String
    /// In small letters; empty: none.
    var fileName: String
    /// What the mail says; nil: nothing.
    var charset: String?
    var bytes: [UInt8]
    var lines: LineMap
    /// Headers of the mail that it lies in, the innermost.
    var headers: MailHeaders

    /// What is looked through first: 0 XML, 1 words, 2 a web page; nil: a picture or the like.
    var rank: Int? {
        let isNamedXML = fileName.hasSuffix(".xml") || fileName.hasSuffix(".adf")
        if isNamedXML || type.hasSuffix("/xml") || type.hasSuffix("+xml") || type == "application/x-adf" { return 0 }
        if type == "text/html" { return 2 }
        if type.hasPrefix("text/") || type.isEmpty || fileName.hasSuffix(".txt") { return 1 }
        return nil
    }
}

/// Takes a mail apart into its texts (RFC 2045, 2046).
struct MailReader {
    /// Parts inside each other, and all of them.
    static let mostDepth = 20
    static let mostParts = 1_000

    private(set) var texts: [MailText] = []
    /// A boundary that is announced and never comes.
    private(set) var isDamaged = false
    private var parts = 0

    /// - Parameter range: of the mail in `bytes`. Nil when it has no headers.
    init?(_ bytes: [UInt8], in range: Range<Int>, lines: LineMap) {
        var body = range
        guard let headers = MailHeaders(bytes, &body) else { return nil }
        let before = bytes[range.lowerBound..<body.lowerBound].lineBreaks
        read(headers, bytes, body, lines.dropping(before), mail: headers, depth: 0)
    }

    private mutating func read(
        _ headers: MailHeaders, _ bytes: [UInt8], _ body: Range<Int>, _ lines: LineMap, mail: MailHeaders, depth: Int
    ) {
        parts += 1
        guard depth < MailReader.mostDepth, parts <= MailReader.mostParts else {
            isDamaged = true
            return
        }
        let content = headers.parameters(of: "content-type")
        let type = content?.value ?? "text/plain"
        if type.hasPrefix("multipart/"), let boundary = content?.parameters["boundary"], !boundary.isEmpty {
            let pieces = MailReader.pieces(bytes, body, Array("--\(boundary)".utf8))
            if !pieces.isEmpty {
                for piece in pieces { readPart(bytes, piece, body, lines, mail, depth) }
                return
            }
            isDamaged = true
        }
        let encoding = headers["content-transfer-encoding"]?.split(separator: " ").first.map(String.init)
        let decoded = TransferEncoding(encoding).decode(bytes[body], lines)
        if type == "message/rfc822" {
            var inner = decoded.bytes.startIndex..<decoded.bytes.endIndex
            if let headers = MailHeaders(decoded.bytes, &inner) {
                let before = decoded.bytes[..<inner.lowerBound].lineBreaks
                // One that was passed on came when its own headers say.
                let isDated = headers["received"] != nil || headers["date"] != nil
                read(
                    headers, decoded.bytes, inner, decoded.lines.dropping(before), mail: isDated ? headers : mail,
                    depth: depth + 1)
                return
            }
        }
        let name = headers.parameters(of: "content-disposition")?.parameters["filename"]
            ?? content?.parameters["name"] ?? ""
        texts.append(
            MailText(
                type: type, fileName: name.lowercased(), charset: content?.parameters["charset"], bytes: decoded.bytes,
                lines: decoded.lines, headers: mail))
    }

    private mutating func readPart(
        _ bytes: [UInt8], _ piece: Range<Int>, _ around: Range<Int>, _ lines: LineMap, _ mail: MailHeaders, _ depth: Int
    ) {
        var body = piece
        // A part may begin with the empty line: it has no headers.
        let headers = MailHeaders(bytes, &body) ?? MailHeaders.none
        let before = bytes[around.lowerBound..<body.lowerBound].lineBreaks
        read(headers, bytes, body, lines.dropping(before), mail: mail, depth: depth + 1)
    }

    /// Between lines that begin with the delimiter; the last may lack its end.
    private static func pieces(_ bytes: [UInt8], _ body: Range<Int>, _ delimiter: [UInt8]) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start: Int?
        var i = body.lowerBound
        while i < body.upperBound {
            let end = bytes[i..<body.upperBound].firstIndex(of: 0x0A) ?? body.upperBound
            let next = min(end + 1, body.upperBound)
            if end - i >= delimiter.count, bytes[i..<end].starts(with: delimiter) {
                let rest = bytes[(i + delimiter.count)..<end]
                let isLast = rest.starts(with: [0x2D, 0x2D])
                let tail = isLast ? rest.dropFirst(2) : rest
                if tail.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
                    if let start { pieces.append(start..<max(start, lineEnd(bytes, before: i, from: start))) }
                    start = isLast ? nil : next
                    if isLast { return pieces }
                }
            }
            i = next
        }
        if let start, start < body.upperBound { pieces.append(start..<body.upperBound) }
        return pieces
    }

    /// The line break before a delimiter belongs to it.
    private static func lineEnd(_ bytes: [UInt8], before i: Int, from start: Int) -> Int {
        var end = i
        if end > start, bytes[end - 1] == 0x0A { end -= 1 }
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return end
    }
}

extension MailHeaders {
    static let none = MailHeaders()
    private init() {}
}
