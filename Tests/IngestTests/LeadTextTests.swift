import Basis
import Dealership
import Foundation
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
        "<a><![CDATA[ & < > <b> ]] ]]></a>", "<a>it’s “so” – 5 > 3</a>", "<a b='“c”' d=\"‘\">“</a>", "<p>a<br></br>b<br/>c</p>",
        "<A><b></b><B></B></A>", "<é ü='ß'>ñ</é>", "<n:a xmlns:n='urn:x'><n:b n:c='>'/></n:a >", "<a>\r\n\t\r\n</a\n>",
        "<a><?php echo 1 > 2 ?><?x?></a>", "<br>x<hr></hr></br>", "<a b=\"a>b\"/>", "<a>\u{10FFFF}\u{FFFD}</a>", "<a-b.c_d:e f-g.h='1'/>",
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
        let texts = ["", " ", "x", "&amp;", "&#65;", "“q”", "a > b", "]]", "\n", "<!-- c - c -->", "<![CDATA[<&]]>", "<?pi x?>", "'\""]
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
            ("<a>&eacute;&NBSP;</a>", "<a>é&amp;NBSP;</a>"), ("<a>&AMP;</a>", "<a>&amp;</a>"), ("<a>x<p>y</a>", "<a>x<p>y</p></a>"),
            ("<a>\u{1}&#1;&#x1F;</a>", "<a>   </a>"), ("<a>]]></a>", "<a>]]&gt;</a>"), ("<a b='1' b='2'/>", "<a b='1' />"),
            ("<a>x</b></a>", "<a>x</a>"), ("<a><?XML v?>x</a>", "<a>x</a>"), ("<a>&#XE9;</a>", "<a>é</a>"),
            ("<a><!-- x -- y --></a>", "<a><!-- x - - y --></a>"),
        ])
    func mends(text: String, wanted: String) throws {
        #expect(mended(text) == wanted)
        #expect(throws: Never.self) { _ = try Self.events(Array(mended(text).utf8)) }
        #expect(mended(wanted) == wanted)
    }

    @Test("tags that stay open are refused, not guessed", arguments: ["<a><b></a>", "<a>", "<a", "<a b='", "<a></a", "<a></b></a>x"])
    func refused(text: String) {
        #expect(throws: (any Error).self) { _ = try Self.events(Array(mended(text).utf8)) }
    }
}

@Suite("Times of leads")
struct LeadTimeTests {
    @Test(
        "are read as they are written",
        arguments: [
            ("2026-10-03T14:05:00-05:00", "2026-10-03T14:05:00-05:00"), ("2026-10-03T14:05:00Z", "2026-10-03T14:05:00+00:00"),
            ("2026-10-03T14:05:00.123+05:30", "2026-10-03T14:05:00+05:30"), ("2026-10-03 14:05", "2026-10-03T14:05:00"),
            ("2026-10-03T14:05:00-08:0", "2026-10-03T14:05:00-08:00"), ("2026-10-03T14:05:00-8:00", "2026-10-03T14:05:00-08:00"),
            ("2026-10-03T14:05:00-8", "2026-10-03T14:05:00-08:00"), ("2026-10-03T14:05:00-0800", "2026-10-03T14:05:00-08:00"),
            ("2026-10-03T14:05:00 -0800", "2026-10-03T14:05:00-08:00"), ("2026-10-03T14:05:00-99:00", "2026-10-03T14:05:00"),
            ("10/3/2026 2:05:00 PM", "2026-10-03T14:05:00"), ("10/3/2026 2:05 p.m.", "2026-10-03T14:05:00"),
            ("10/03/26 02:05PM EST", "2026-10-03T14:05:00-05:00"), ("10/3/2026 12:05:00 AM", "2026-10-03T00:05:00"),
            ("10/3/2026", "2026-10-03"), ("3.10.2026 14:05", "2026-10-03T14:05:00"), ("10-03-2026 14:05:00", "2026-10-03T14:05:00"),
            ("October 3, 2026 2:05 PM", "2026-10-03T14:05:00"), ("Oct 3 2026 at 2pm", "2026-10-03T14:00:00"),
            ("Sat, 3 Oct 2026 14:05:00 -0500 (CDT)", "2026-10-03T14:05:00-05:00"), ("3 Oct 26 14:05 GMT", "2026-10-03T14:05:00+00:00"),
            ("Sat Oct 03 14:05:00 CDT 2026", "2026-10-03T14:05:00-05:00"), ("Sat Oct  3 14:05:00 2026", "2026-10-03T14:05:00"),
            ("Sunday, February 29, 2032 1:00:00 AM", "2032-02-29T01:00:00"), ("20261003", "2026-10-03"),
            ("20261003T140500-0500", "2026-10-03T14:05:00-05:00"), ("20261003140500", "2026-10-03T14:05:00"),
            ("1791054300", "2026-10-03T19:05:00+00:00"), ("1791054300000", "2026-10-03T19:05:00+00:00"),
            ("2026/10/03 14:05:00", "2026-10-03T14:05:00"), ("2026-10-03T14:05:00-05:00[America/Chicago]", "2026-10-03T14:05:00-05:00"),
            ("Sat, 3 Oct 2026 14:05:00 K", "2026-10-03T14:05:00"), ("2026-10-03T14:05:00 GMT-0500", "2026-10-03T14:05:00-05:00"),
            ("3-Oct-2026 14:05:00", "2026-10-03T14:05:00"), ("2026-10-03T24:00:00", "2026-10-03T24:00:00"),
        ])
    func readable(text: String, wanted: String) {
        #expect(LeadTime(text, dayFirst: false)?.text == wanted)
    }

    @Test(
        "or not at all",
        arguments: [
            "", "soon", "2026", "13/13/2026", "2026-02-30", "10/3/2026 25:00", "2026-10-03T14:65:00", "10/3", "3 Foo 2026 10:00",
            "2026-10-03T14:05:00 and so on", "Sat", "--", "99999999999999999999", "2026-10-03T", ":",
        ])
    func unreadable(text: String) {
        #expect(LeadTime(text, dayFirst: false) == nil)
    }

    @Test("days first where the mapping says so")
    func dayFirst() {
        #expect(LeadTime("3/10/2026 14:05", dayFirst: true)?.text == "2026-10-03T14:05:00")
    }

    @Test("nothing stops it")
    func robust() {
        var random = Generator(7)
        let letters = Array("0123456789:/-+T Z.,amp()[]Oct Sat".utf8)
        for _ in 0..<20_000 {
            let text = String(decoding: (0..<Int(random.next() % 24)).map { _ in letters[Int(random.next() % UInt64(letters.count))] }, as: UTF8.self)
            if let time = LeadTime(text, dayFirst: false) { #expect(LeadTime(time.text, dayFirst: false)?.text == time.text, "\(text)") }
        }
    }
}

@Suite("Mails")
struct MailReaderTests {
    private func text(_ mail: String) throws -> [(type: String, text: String)] {
        let bytes = Array(mail.utf8)
        let read = try #require(MailReader(bytes, in: 0..<bytes.count, lines: .following(1)))
        return read.texts.map { ($0.type, String(decoding: $0.bytes, as: UTF8.self)) }
    }

    @Test("parts, without the line break before a boundary")
    func parts() throws {
        let read = try text("Content-Type: multipart/mixed; boundary=\"b c\"\r\n\r\npreamble\r\n--b c\r\n\r\none\r\n--b c  \r\nContent-Type: text/html\r\n\r\ntwo\r\n\r\n--b c--\r\nend")
        #expect(read.map(\.type) == ["text/plain", "text/html"])
        #expect(read.map(\.text) == ["one", "two\r\n"])
    }

    @Test("quoted-printable: soft breaks, spaces at a line's end, stray signs; lines are those of the file")
    func quotedPrintable() {
        let source = Array("a=\r\nb=3D  \r\n=C3=A9=zz\nend=".utf8)
        let decoded = TransferEncoding.quotedPrintable.decode(source[...], .following(10))
        #expect(String(decoding: decoded.bytes, as: UTF8.self) == "ab=\r\né=zz\nend")
        #expect((0...2).map { decoded.lines[$0] } == [10, 12, 13])
    }

    @Test("base64 over lines, padded in the middle, with strangers")
    func base64() {
        #expect(TransferEncoding.base64(Array("SGVs\r\nbG8=\r\nIHdvcmxk!".utf8)) == Array("Hello world".utf8))
    }

    @Test(
        "encoded words",
        arguments: [
            ("=?utf-8?Q?M=C3=BCller?=", "Müller"), ("=?ISO-8859-1?q?a_b=E9?= c", "a bé c"),
            ("=?utf-8?B?TWFya3Q=?= =?utf-8?b?cGxhdHo=?=", "Marktplatz"), ("a =?x?=", "a =?x?="), ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
            ("=?windows-1252?Q?=96?= x =?utf-8*en?Q?y?=", "– x y"), ("plain", "plain"), ("=?utf-8?Q?=", "=?utf-8?Q?="),
        ])
    func encodedWords(text: String, wanted: String) {
        #expect(EncodedWords.decode(Array(text.utf8)) == wanted)
    }

    @Test("letters of several charsets")
    func charsets() {
        #expect(TextEncoding.utf8.decode([0xEF, 0xBB, 0xBF, 0x41, 0xC3, 0xA9]).text == Array("Aé".utf8))
        #expect(TextEncoding.utf8.decode([0xE9, 0x20, 0xC3, 0xA9, 0xC3]).text == Array("é éÃ".utf8))
        #expect(TextEncoding.windows1252.decode([0x80, 0x93, 0x81]).text == Array("€“\u{FFFD}".utf8))
        #expect(TextEncoding.utf16(isLittle: nil).decode([0x41, 0, 0xE9, 0]).text == Array("Aé".utf8))
        #expect(TextEncoding.utf16(isLittle: nil).decode([0xFE, 0xFF, 0, 0x41]).text == Array("A".utf8))
        #expect(TextEncoding(label: "GB2312") == nil)
    }

    @Test("a mail in a mail in a mail ends")
    func deep() throws {
        var mail = "Subject: x\n\nend"
        for index in 0..<60 { mail = "Content-Type: multipart/mixed; boundary=b\(index)\n\n--b\(index)\n" + mail + "\n--b\(index)--\n" }
        let bytes = Array(mail.utf8)
        let read = try #require(MailReader(bytes, in: 0..<bytes.count, lines: .following(1)))
        #expect(read.isDamaged && read.texts.isEmpty)
    }

    @Test("nothing stops it: a fixture with any byte changed, cut anywhere")
    func damaged() throws {
        var random = Generator(99)
        for name in ["07-attached-xml.eml", "04-quoted-printable.eml", "45-mailbox.mbox", "27-three-leads.eml", "12-escaped-page.eml"] {
            let whole = [UInt8](try Data(contentsOf: LeadMailTests.folder.appending(path: name)))
            let folder = try Folder()
            for _ in 0..<60 {
                var bytes = whole
                for _ in 0..<3 { bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next()) }
                if random.next() % 2 == 0 { bytes.removeSubrange(Int(random.next() % UInt64(bytes.count))...) }
                try folder.write(bytes, to: "exports/x.\(name.hasSuffix("mbox") ? "mbox" : "eml")")
                var read = LeadsRead(dayFirst: false)
                read.read(SourceFile(path: "\(folder.path)/exports/x.\(name.hasSuffix("mbox") ? "mbox" : "eml")", name: "x"))
                #expect(read.entries.count <= 4)
            }
        }
    }
}

@Suite("Leads that came again")
struct LeadRepeatsTests {
    private func lead(_ id: String?, at time: String, phone: String = "312-555-0100", vendor: String = "", car: String = "S1", mail: String = "") -> Lead {
        let id = id.map { "<id source='P'>\($0)</id>" } ?? ""
        let xml = "<prospect>\(id)<vehicle><stock>\(car)</stock></vehicle><customer><contact><phone>\(phone)</phone></contact></customer><vendor><vendorname>\(vendor)</vendorname></vendor></prospect>"
        let element = (try? ADFElement.read(Array(xml.utf8)))?.element ?? ADFElement(name: "")
        return Lead(
            prospect: ADFProspect(element), receivedAt: LeadTime(time, dayFirst: false), requestedAt: nil, messageID: mail, mailFrom: "",
            mailSubject: "", ordinal: 0, contentHash: Lead.hash((xml + mail).utf8), place: .init(name: 0, row: 1), deviations: [])
    }

    private func first(_ leads: Lead...) -> [Int] { LeadRepeats(leads, zone: .utc).first }

    @Test("the same number is the same lead, whenever; what came first counts, whatever stands first")
    func numbered() {
        #expect(first(lead("1", at: "2026-10-09T10:00:00Z"), lead("1", at: "2026-08-01T10:00:00Z"), lead("2", at: "2026-08-01T10:00:00Z")) == [1, 1, 2])
    }

    @Test("one number for two vendors is two leads; who names none is either's")
    func vendors() {
        #expect(
            first(
                lead("1", at: "2026-10-01T10:00:00Z", vendor: "North"), lead("1", at: "2026-10-01T10:00:01Z", vendor: "South"),
                lead("1", at: "2026-10-01T10:00:02Z")) == [0, 1, 0])
    }

    @Test("without a number: the same customer and car within seven days of the first")
    func unnumbered() {
        #expect(
            first(
                lead(nil, at: "2026-10-01T10:00:00Z", mail: "a"), lead(nil, at: "2026-10-08T10:00:00Z", phone: "+1 (312) 555-0100", mail: "b"),
                lead(nil, at: "2026-10-08T10:00:01Z", mail: "c"), lead(nil, at: "2026-10-02T10:00:00Z", car: "S2", mail: "d"),
                lead(nil, at: "2026-10-02T10:00:00Z", phone: "312-555-0101", mail: "e")) == [0, 0, 2, 3, 4])
    }

    @Test("the same mail twice")
    func mails() {
        #expect(first(lead(nil, at: "2026-10-01T10:00:00Z", mail: "a"), lead(nil, at: "2026-12-01T10:00:00Z", mail: "a")) == [0, 0])
    }
}
