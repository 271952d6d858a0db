import Foundation
import Testing

@testable import Ingest

@Suite("Mails")
struct MailReaderTests {
    private func text(_ mail: String) throws -> [(type: String, text: String)] {
        let bytes = Array(mail.utf8)
        let read = try #require(MailReader(bytes, in: 0..<bytes.count, lines: .following(1)))
        return read.texts.map { ($0.type, String(decoding: $0.bytes, as: UTF8.self)) }
    }

    @Test("parts, without the line break before a boundary")
    func parts() throws {
        let read = try text(
            "Content-Type: multipart/mixed; boundary=\"b c\"\r\n\r\npreamble\r\n--b c\r\n\r\none\r\n--b c  \r\n"
                + "Content-Type: text/html\r\n\r\ntwo\r\n\r\n--b c--\r\nend")
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
            ("=?utf-8?B?TWFya3Q=?= =?utf-8?b?cGxhdHo=?=", "Marktplatz"), ("a =?x?=", "a =?x?="),
            ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
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
        for index in 0..<60 {
            mail = "Content-Type: multipart/mixed; boundary=b\(index)\n\n--b\(index)\n\(mail)\n--b\(index)--\n"
        }
        let bytes = Array(mail.utf8)
        let read = try #require(MailReader(bytes, in: 0..<bytes.count, lines: .following(1)))
        #expect(read.isDamaged && read.texts.isEmpty)
    }

    @Test("nothing stops it: a fixture with any byte changed, cut anywhere")
    func damaged() throws {
        var random = Generator(99)
        let names = [
            "07-attached-xml.eml", "04-quoted-printable.eml", "45-mailbox.mbox", "27-three-leads.eml", "12-escaped-page.eml",
        ]
        for name in names {
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
