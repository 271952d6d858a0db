import Basis
import Testing

@testable import Ingest

/// Every event in a line.
private func events(
    _ text: String, encoding: String? = nil, limits: XMLReader.Limits = .init(), piece: Int = 1 << 16
) throws -> [String] {
    try events(Array(text.utf8), encoding: encoding, limits: limits, piece: piece)
}

private func events(
    _ bytes: [UInt8], encoding: String? = nil, limits: XMLReader.Limits = .init(), piece: Int = 1 << 16
) throws -> [String] {
    var offset = 0
    var reader = try XMLReader(file: "a.xml", encoding: encoding, lines: true, limits: limits) { buffer in
        let count = min(buffer.count, piece, bytes.count - offset)
        buffer.copyBytes(from: bytes[offset..<(offset + count)])
        offset += count
        return count
    }
    var events: [String] = []
    while true {
        switch try reader.next() {
        case .start:
            let attributes = reader.attributes.map { " \($0.name)=\($0.value)" }.joined()
            events.append("\(reader.line) \(reader.depth) <\(reader.name)\(attributes)")
        case .text: events.append("\(reader.depth) \(reader.text.replacing("\n", with: "⏎"))")
        case .end: events.append(">\(reader.name)")
        case .instruction: events.append("?\(reader.name) \(reader.text)")
        case .done: return events
        }
    }
}

private func fault(_ text: String, limits: XMLReader.Limits = .init(), piece: Int = 1 << 16) -> String {
    do {
        _ = try events(text, limits: limits, piece: piece)
        return "read"
    } catch let rejection as Rejection {
        return rejection.diagnostics.map(\.message).joined(separator: "\n")
    } catch {
        return "\(error)"
    }
}

@Suite("XML, event by event")
struct XMLReaderTests {
    private static let lead = """
        <?xml version="1.0"?><?adf version="1.0"?>
        <a:adf xmlns:a="urn:x"><prospect id="1&amp;2" status='new'>Ann &lt;3&#x20AC;<![CDATA[ <b> ]]>
        <!-- nothing --> Zoë</prospect>
        <x/></a:adf>
        """

    @Test("in whatever pieces the bytes come", arguments: [1, 2, 3, 7, 64, 1_000])
    func pieces(piece: Int) throws {
        #expect(try events(Self.lead, piece: piece) == [
            "?adf version=\"1.0\"", "2 1 <adf xmlns:a=urn:x", "2 2 <prospect id=1&2 status=new",
            "2 Ann <3€ <b> ⏎ Zoë", ">prospect", "1 ⏎", "4 2 <x", ">x", ">adf",
        ])
    }

    @Test("names and attributes are found whatever their prefix")
    func names() throws {
        var reader = try XMLReader(bytes: Array(#"<m:c xmlns:m="u" m:r="A1" t="s"/>"#.utf8), file: "a.xml")
        #expect(try reader.next() == .start)
        #expect(reader.isNamed("c") && !reader.isNamed("cc") && !reader.isNamed("m"))
        #expect(reader.attribute("r") == "A1" && reader.attribute("t") == "s" && reader.attribute("s") == nil)
        #expect(try reader.next() == .end)
        #expect(try reader.next() == .done)
        #expect(try reader.next() == .done)
    }

    @Test("encodings: the document's, a mail's against it, and what Windows writes")
    func encodings() throws {
        let western: [UInt8] = Array("<a>".utf8) + [0x93, 0xE9, 0x80] + Array("</a>".utf8)
        #expect(try events(western, encoding: "windows-1252") == ["1 1 <a", "1 “é€", ">a"])
        #expect(try events(Array(#"<?xml version="1.0" encoding="Windows-1252"?>"#.utf8) + western)[1] == "1 “é€")
        let wide: [UInt8] = [0xFF, 0xFE] + "<a>ü€</a>".utf16.flatMap { (unit: UInt16) -> [UInt8] in
            [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
        #expect(try events(wide) == ["1 1 <a", "1 ü€", ">a"])
        #expect(throws: Rejection.self) { try events(western) }
        #expect(throws: Rejection.self) { try events("<a/>", encoding: "klingon") }
    }

    @Test("entities are never declared, nor taken from elsewhere; a document type alone is harmless")
    func entities() throws {
        let laughs = """
            <!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>
            """
        #expect(fault(laughs).contains("declares entities"))
        #expect(fault(#"<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><l>&a;</l>"#).contains("declares entities"))
        #expect(fault(#"<!DOCTYPE l [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]><l/>"#).contains("declares entities"))
        #expect(fault(#"<!DOCTYPE l SYSTEM "l.dtd"><l>&a;</l>"#).contains("declares entities"))
        #expect(fault("<l>&nbsp;</l>").contains("undefined entity"))
        #expect(try events(#"<!DOCTYPE l SYSTEM "l.dtd" [<!ATTLIST l a CDATA "long">]><l/>"#) == ["1 1 <l", ">l"])
    }

    @Test("limits of depth, of one text, of one tag, of all")
    func limits() throws {
        let deep = String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65)
        #expect(fault(deep).contains("more than 64 elements"))
        #expect(fault(deep, limits: .init(depth: 65)) == "read")
        let long = String(repeating: "x", count: 5_000)
        let small = XMLReader.Limits(longest: 4_000)
        for piece in [10, 1_000] {
            for text in ["<a>\(long)</a>", "<a><![CDATA[\(long)]]></a>", "<a b='\(long)'/>", "<a><!--\(long)--></a>"] {
                #expect(fault(text, limits: small, piece: piece).contains("more than 4000 bytes"), "\(text.prefix(12))")
            }
        }
        let short = String(repeating: "<b>xxxxxxxxxx</b>", count: 500)
        #expect(fault("<a>\(short)</a>", limits: small, piece: 100) == "read")
        #expect(fault("<a>\(short)</a>", limits: .init(bytes: 4_000), piece: 100).contains("larger than 4000 bytes"))
    }

    @Test("what is no XML is named by place, never by content")
    func damaged() throws {
        #expect(fault("<a>\n<b>secret</a>") == "the XML is damaged at its line 2, column 12: mismatched tag")
        #expect(fault("<a>secret").contains("line 1") && !fault("<a>secret").contains("secret"))
        #expect(fault("").contains("no element found"))
        #expect(fault("<a/><b/>").contains("junk"))
    }
}
