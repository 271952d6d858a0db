public import Basis

/// What a document says about itself, beside its pages.
public struct DocumentInfo: Hashable, Sendable {
    public var title: String
    public var author: String
    public var subject: String
    public var keywords: [String]
    /// A language tag (RFC 5646), for screen readers' pronunciation.
    public var language: String
    /// The as-of instant, never a clock's: the same input gives the same bytes.
    public var createdAt: Instant

    public init(
        title: String, author: String = "", subject: String = "", keywords: [String] = [],
        language: String = "en-US", createdAt: Instant
    ) {
        self.title = title
        self.author = author
        self.subject = subject
        self.keywords = keywords
        self.language = language
        self.createdAt = createdAt
    }

    /// The program that made the document, as it stands in its properties.
    static let creator = "kpi"

    /// The same facts as an XMP packet (ISO 16684-1).
    ///
    /// - Parameter isAccessible: whether the file may say that it keeps to PDF/UA-1 (ISO 14289-1, 5).
    func xmp(isAccessible: Bool) -> String {
        func item(_ name: String, _ value: String, in list: String, _ attributes: String = "") -> String {
            guard !value.isEmpty else { return "" }
            let entry = "<rdf:li\(attributes)>\(markup(value))</rdf:li>"
            return "<\(name)><rdf:\(list)>\(entry)</rdf:\(list)></\(name)>\n"
        }
        let keywordText = keywords.joined(separator: ", ")
        let keywordEntry = keywordText.isEmpty ? "" : "<pdf:Keywords>\(markup(keywordText))</pdf:Keywords>\n"
        let part = isAccessible ? "<pdfuaid:part>1</pdfuaid:part>\n" : ""
        return """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
            xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
            \(part)\
            <dc:format>application/pdf</dc:format>
            \(item("dc:title", title, in: "Alt", " xml:lang=\"x-default\""))\
            \(item("dc:creator", author, in: "Seq"))\
            \(item("dc:description", subject, in: "Alt", " xml:lang=\"x-default\""))\
            \(item("dc:language", language, in: "Bag"))\
            \(keywordEntry)\
            <xmp:CreatorTool>\(DocumentInfo.creator)</xmp:CreatorTool>
            <xmp:CreateDate>\(createdAt)</xmp:CreateDate>
            <xmp:ModifyDate>\(createdAt)</xmp:ModifyDate>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """
    }
}

/// Text for XML, in content and in attributes; characters XML 1.0 cannot hold are left out.
func markup(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": out += "&amp;"
        case "<": out += "&lt;"
        case ">": out += "&gt;"
        case "\"": out += "&quot;"
        case "\t", "\n", "\r": out += " "
        default:
            if scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF {
                out.unicodeScalars.append(scalar)
            }
        }
    }
    return out
}
