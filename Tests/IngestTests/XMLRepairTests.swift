import Testing

@testable import Ingest

@Suite("Mending of XML")
struct XMLRepairTests {
    private func mended(_ text: String) -> String {
        String(decoding: XMLRepair.repair(Array(text.utf8)).text, as: UTF8.self)
    }

    static let wellFormed = [
        "<a/>", "<a></a>", "<?xml version=\"1.0\"?>\n<?adf version='1.0'?>\n<adf><prospect status=\"new\"/></adf>\n",
        "<a b='1' c = \"2\"\n d='\"'>x &amp; y &lt; z &#233; &#xE9; ]] > ]></a>",
        "<!DOCTYPE a [<!ENTITY x \"<b>&amp;</b>\"> <!-- ] > -->]>\n<a>&x; &amp;</a>", "<a><!-- - & < > <b> --></a>",
        "<a><![CDATA[ & < > <b> ]] ]]></a>", "<a>it’s “so” – 5 > 3</a>",
        "<a b='“c”' d=\"‘\">“</a>", "<p>a<br></br>b<br/>c</p>",
        "<A><b></b><B></B></A>", "<é ü='ß'>ñ</é>", "<n:a xmlns:n='urn:x'><n:b n:c='>'/></n:a >", "<a>\r\n\t\r\n</a\n>",
        "<a><?php echo 1 > 2 ?><?x?></a>", "<br>x<hr></hr></br>", "<a b=\"a>b\"/>",
        "<a>\u{10FFFF}\u{FFFD}</a>", "<a-b.c_d:e f-g.h='1'/>",
    ]

    @Test("well-formed XML stays as it is, to the byte", arguments: wellFormed)
    func identity(text: String) throws {
        #expect(throws: Never.self) { _ = try Self.events(Array(text.utf8)) }
        let repaired = XMLRepair.repair(Array(text.utf8))
        #expect(repaired.text == Array(text.utf8))
        #expect(repaired.deviations.isEmpty)
    }

    private static func events(_ bytes: [UInt8]) throws -> Int {
        // The parser refuses declared entities; that they are well-formed XML is not in doubt.
        if bytes.starts(with: Array("<!DOCTYPE".utf8)) { return 0 }
        var reader = try XMLReader(bytes: bytes, file: "x", encoding: "UTF-8")
        var count = 0
        while try reader.next() != .done { count += 1 }
        return count
    }

    @Test("made-up well-formed XML too")
    func generated() throws {
        var random = Generator(20_261_122)
        for _ in 0..<2_000 {
            let text = Array(Self.element(&random, depth: 0).utf8)
            #expect(throws: Never.self) { _ = try Self.events(text) }
            let repaired = XMLRepair.repair(text)
            #expect(repaired.text == text && repaired.deviations.isEmpty, "\(String(decoding: text, as: UTF8.self))")
        }
    }

    private static func element(_ random: inout Generator, depth: Int) -> String {
        let names = ["a", "A", "Name", "br", "p", "x:y", "né", "customer"]
        let texts = ["", " ", "x", "&amp;", "&#65;", "“q”", "a > b", "]]", "\n",
            "<!-- c - c -->", "<![CDATA[<&]]>", "<?pi x?>", "'\""]
        let values = ["", "v", "a>b", "&quot;", "“", "it's", "/"]
        let name = names[Int(random.next() % UInt64(names.count))]
        var text = "<\(name)"
        for index in 0..<Int(random.next() % 3) {
            let value = values[Int(random.next() % UInt64(values.count))]
            text += " k\(index)=\"\(value)\""
        }
        if random.next() % 5 == 0 { return text + "/>" }
        text += ">"
        for _ in 0..<Int(random.next() % 4) {
            text += depth < 4 && random.next() % 2 == 0
                ? element(&random, depth: depth + 1) : texts[Int(random.next() % UInt64(texts.count))]
        }
        return text + "</\(name)>"
    }

    @Test(
        "what is not is mended",
        arguments: [
            ("<a>A & B</a>", "<a>A &amp; B</a>"), ("<a>AT&T; x</a>", "<a>AT&amp;T; x</a>"), ("<a>1 < 2</a>", "<a>1 &lt; 2</a>"),
            ("<a b=“c”/>", "<a b=\"c\"/>"), ("<a b='c’ d=e/>", "<a b=\"c\" d=\"e\"/>"), ("<a b>x</a>", "<a b=\"\">x</a>"),
            ("<a b='1'c='2'/>", "<a b='1' c='2'/>"), ("<Name>x</name>", "<Name>x</Name>"), ("<a>x<br>y</a>", "<a>x<br/>y</a>"),
            ("<a>&eacute;&NBSP;</a>", "<a>é&amp;NBSP;</a>"), ("<a>&AMP;</a>", "<a>&amp;</a>"),
            ("<a>x<p>y</a>", "<a>x<p>y</p></a>"),
            ("<a>\u{1}&#1;&#x1F;</a>", "<a>   </a>"), ("<a>]]></a>", "<a>]]&gt;</a>"), ("<a b='1' b='2'/>", "<a b='1' />"),
            ("<a>x</b></a>", "<a>x</a>"), ("<a><?XML v?>x</a>", "<a>x</a>"), ("<a>&#XE9;</a>", "<a>é</a>"),
            ("<a><!-- x -- y --></a>", "<a><!-- x - - y --></a>"),
        ])
    func mends(text: String, wanted: String) throws {
        #expect(mended(text) == wanted)
        #expect(throws: Never.self) { _ = try Self.events(Array(mended(text).utf8)) }
        #expect(mended(wanted) == wanted)
    }

    @Test(
        "half a megabyte of one beginning is looked through once",
        arguments: [
            "<!--", "<![CDATA[", "<?", "<?x>", "<br>", "<a>", "<a b='", "</p>", "&", "&#", "<a b=“", "<a b ", "<",
            "<!DOCTYPE [",
        ])
    func long(piece: String) {
        let text = Array(String(repeating: piece, count: (1 << 19) / piece.utf8.count).utf8)
        #expect(XMLRepair.repair(text).text.count <= text.count * 6)
        #expect(ADFText(text).prospects.isEmpty)
        #expect(HTMLLetters.unescaped(text, isPage: true).count <= text.count)
    }

    @Test(
        "tags that stay open are refused, not guessed",
        arguments: ["<a><x></a>", "<a>", "<a", "<a b='", "<a></a", "<a></b></a>x"])
    func refused(text: String) {
        #expect(throws: (any Error).self) { _ = try Self.events(Array(mended(text).utf8)) }
    }
}
