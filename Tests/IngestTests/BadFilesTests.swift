import Basis
import CDeflate
import Dealership
import Foundation
import Testing

@testable import Ingest

/// What is wrong with the file itself, not with a row: named, and never a smaller total.
@Suite("Bad files")
struct BadFilesTests {
    private static let header = "lead_id,store_id,customer_id,created_at\n"

    private static func rows(_ range: Range<Int>) -> String {
        range.map { "L\($0),S1,C\($0 % 7),2026-10-\(10 + $0 % 20) 09:15\n" }.joined()
    }

    private func told(_ body: () async throws -> StagedExports) async throws -> [Diagnostic] {
        do {
            return try await body().diagnostics
        } catch let rejection as Rejection {
            return rejection.diagnostics
        }
    }

    private func codes(_ body: () async throws -> StagedExports) async throws -> [String] {
        try await told(body).map(\.code)
    }

    /// With their rows.
    private func places(_ body: () async throws -> StagedExports) async throws -> [String] {
        try await told(body).map { "\($0.code) \($0.location?.row ?? 0)" }
    }

    private func leads(_ exports: StagedExports) -> Int {
        (0..<exports.groupCount).reduce(0) { $0 + exports.group($1).leads.count }
    }

    // MARK: long rows, many columns, many files

    @Test("a line without end is refused with its row, whatever the parts", arguments: [1 << 20, 6 << 20])
    func longLine(partSize: Int) async throws {
        let folder = try Folder()
        let long = [UInt8](repeating: 0x61, count: Limits.record + 10)
        try folder.write(
            Array((Self.header + Self.rows(0..<3)).utf8) + long + Array(("\n" + Self.rows(3..<5)).utf8),
            to: "exports/leads.csv")
        #expect(try await places { try await folder.read(partSize: partSize) } == ["row-too-long 5"])
    }

    @Test("a row as long as may be is read")
    func longestRow() async throws {
        let note = String(repeating: "word ", count: 1 << 20)
        let folder = try Folder([
            "exports/leads.csv": "lead_id,customer_id,created_at,note\nL1,C1,2026-10-05,\"\(note)\"\nL2,C2,2026-10-05,x\n"
        ])
        let exports = try await folder.read()
        #expect(leads(exports) == 2)
        #expect(exports.diagnostics.filter { $0.severity != .note }.map(\.code) == [])
    }

    @Test("a quote never closed loses its line, not what is below", arguments: [4_096, 1 << 16, 6 << 20])
    func strayQuote(partSize: Int) async throws {
        let folder = try Folder([
            "exports/leads.csv": Self.header + Self.rows(0..<500) + "L-x,S1,\"stray,2026-10-05\n" + Self.rows(500..<20_000)
        ])
        let exports = try await folder.read(partSize: partSize)
        #expect(leads(exports) == 20_000)
        #expect(exports.diagnostics.map { "\($0.code) \($0.location?.row ?? 0)" } == ["unclosed-quote 502"])
    }

    @Test("a quote that nothing closes within a row's length is one too")
    func strayQuoteFarFromTheEnd() async throws {
        let rows = Self.rows(0..<600_000)
        #expect(rows.utf8.count > Limits.record)
        let folder = try Folder(["exports/leads.csv": Self.header + "L-x,S1,\"stray,2026-10-05\n" + rows])
        let exports = try await folder.read()
        #expect(leads(exports) == 600_000)
        #expect(exports.diagnostics.map(\.code) == ["unclosed-quote"])
    }

    @Test("columns far to the right are found")
    func manyColumns() async throws {
        let filler = (0..<1_000).map { "x\($0)" }.joined(separator: ",")
        let cells = String(repeating: ",", count: 999)
        let folder = try Folder(["exports/leads.csv": "\(filler),lead_id,customer_id,created_at\n\(cells),L1,C1,2026-10-05\n"])
        #expect(leads(try await folder.read()) == 1)
    }

    // MARK: encodings

    @Test("the same rows in UTF-8, UTF-16 with and without a mark, and Windows-1252")
    func encodings() async throws {
        let text = "person_id,name\nP1,Zoë Muñoz\nP2,Łukasz\nP3,“Bob” 🚗\n"
        let western = "person_id,name\nP1,Zoë Muñoz\nP2,“Bob” €\n"
        func people(_ bytes: [UInt8]) async throws -> [String] {
            let folder = try Folder()
            try folder.write(bytes, to: "exports/people.csv")
            return try await folder.read().header.people.values.map(\.name).sorted()
        }
        func bytes(_ text: String, _ encoding: String.Encoding, mark: [UInt8] = []) throws -> [UInt8] {
            mark + [UInt8](try #require(text.data(using: encoding)))
        }
        let plain = try await people(Array(text.utf8))
        #expect(plain.contains("Zoë Muñoz") && plain.contains("“Bob” 🚗"))
        #expect(try await people(bytes(text, .utf16LittleEndian, mark: [0xFF, 0xFE])) == plain)
        #expect(try await people(bytes(text, .utf16BigEndian, mark: [0xFE, 0xFF])) == plain)
        #expect(try await people(bytes(western, .utf16LittleEndian)) == people(Array(western.utf8)))
        #expect(try await people(bytes(western, .utf16BigEndian)) == people(Array(western.utf8)))
        #expect(try await people(bytes(western, .windowsCP1252)) == people(Array(western.utf8)))
        // Put together from two systems: each line by itself.
        let mixed = Array("person_id,name\nP1,Zoë Muñoz\n".utf8) + (try bytes("P2,“Bob” €\n", .windowsCP1252))
        #expect(try await people(mixed) == people(Array(western.utf8)))
    }

    @Test("lines that end with returns alone, also of more than a block and in UTF-16; a pair further down is one end")
    func returns() async throws {
        func read(_ bytes: [UInt8]) async throws -> StagedExports {
            let folder = try Folder()
            try folder.write(bytes, to: "exports/leads.csv")
            return try await folder.read()
        }
        let rows = (0..<60_000).map { "L\($0),C\($0),2026-10-05 09:00" }
        let text = (["lead_id,customer_id,created_at"] + rows + ["L,C,never"]).joined(separator: "\r") + "\r"
        let exports = try await read(Array(text.utf8))
        #expect(leads(exports) == 60_000)
        #expect(exports.diagnostics.first { $0.code == "unreadable-date" }?.location?.row == 60_002)
        let small = "lead_id,customer_id,created_at\rL1,C1,2026-10-05\rL2,C2,2026-10-05"
        #expect(leads(try await read(Array(small.utf8))) == 2)
        #expect(leads(try await read([UInt8](try #require(small.data(using: .utf16LittleEndian))))) == 2)
        // Its beginning has none: from there on they are line ends as ever.
        let long = text + "X8,C8,2026-10-05\r\nX9,C9,2026-10-05\r\n"
        #expect(leads(try await read(Array(long.utf8))) == 60_002)
    }

    @Test("UTF-8 by the standard's own table, letters cut by parts too")
    func wellFormed() {
        var random = Generator(7)
        let pieces: [[UInt8]] = [
            [0x41], [0xC3, 0xA9], [0xE2, 0x82, 0xAC], [0xF0, 0x9F, 0x9A, 0x97], [0xC0, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0x80], [0xE2, 0x82], [0xFF], Array("plain text".utf8), [0xEF, 0xBF, 0xBF],
        ]
        for _ in 0..<20_000 {
            let bytes = (0..<random.below(12)).flatMap { _ in random.pick(pieces) }
            let isText = String(validating: bytes, as: UTF8.self) != nil
            let cut = random.below(bytes.count + 1)
            bytes.withUnsafeBytes { buffer in
                let whole = TextScan.scan(buffer, upTo: buffer.count, isFirst: true, at: 0)
                #expect((whole.foreign == nil) == isText)
                // The first part looks three bytes further, as reading does.
                let end = min(bytes.count, cut + 3)
                let first = TextScan.scan(UnsafeRawBufferPointer(rebasing: buffer[..<end]), upTo: cut, isFirst: true, at: 0)
                let rest = TextScan.scan(
                    UnsafeRawBufferPointer(rebasing: buffer[cut...]), upTo: bytes.count - cut, isFirst: false, at: cut)
                if isText { #expect(first.foreign == nil && rest.foreign == nil) }
            }
        }
    }

    @Test("a zero byte far behind the header is told with its row")
    func zeros() async throws {
        let folder = try Folder()
        let text = Array((Self.header + Self.rows(0..<5_000)).utf8)
        try folder.write(text + [UInt8](repeating: 0, count: 4_096), to: "exports/leads.csv")
        #expect(try await places { try await folder.read() } == ["binary-file 5002"])
    }

    // MARK: gzip

    private func packed(_ bytes: [UInt8]) throws -> [UInt8] {
        let compressor = try #require(libdeflate_alloc_compressor(9))
        defer { libdeflate_free_compressor(compressor) }
        let most = libdeflate_gzip_compress_bound(compressor, bytes.count)
        return [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            bytes.withUnsafeBytes {
                count = libdeflate_gzip_compress(compressor, $0.baseAddress, $0.count, buffer.baseAddress, most)
            }
        }
    }

    @Test("gzip of several members is read whole; cut anywhere in a member, or with something behind it, it is refused")
    func gzip() async throws {
        let first = try packed(Array((Self.header + Self.rows(0..<40)).utf8))
        let both = first + (try packed(Array(Self.rows(40..<60).utf8)))
        func read(_ bytes: [UInt8]) async throws -> StagedExports {
            let folder = try Folder()
            try folder.write(bytes, to: "exports/leads.csv.gz")
            return try await folder.read()
        }
        #expect(leads(try await read(both)) == 60)
        #expect(leads(try await read(both + [0, 0, 0, 0])) == 60)
        for cut in stride(from: 1, to: both.count, by: 7) where cut != first.count {
            #expect(try await codes { try await read(Array(both.prefix(cut))) } == ["damaged-gzip"], "\(cut)")
        }
        #expect(try await codes { try await read(both + Array("junk".utf8)) } == ["damaged-gzip"])
    }

    @Test("a gzip file that unpacks to hundreds of times its size is refused")
    func bomb() throws {
        let bomb = try packed([UInt8](repeating: 0x30, count: Limits.unpackedAtLeast + 1))
        var found: [String] = []
        do throws(Rejection) {
            _ = try GzipMembers.unpacked(bomb, name: "x.csv.gz")
        } catch {
            found = error.diagnostics.map(\.code)
        }
        #expect(found == ["unpacks-too-large"])
        let fair = try packed([UInt8](repeating: 0x30, count: Limits.unpackedAtLeast))
        #expect(try GzipMembers.unpacked(fair, name: "x.csv.gz").count == Limits.unpackedAtLeast)
    }

    // MARK: files that change

    @Test("a file that grows, shrinks, is replaced or goes while it is read")
    func changes() throws {
        let folder = try Folder(["exports/leads.csv": Self.header + Self.rows(0..<100)])
        let path = "\(folder.path)/exports/leads.csv"
        func read(_ change: () throws -> Void) throws -> [String] {
            let text = try ExportBytes(path: path, name: "leads.csv")
            try change()
            var buffer = [UInt8](repeating: 0, count: text.count)
            do throws(Rejection) {
                var failure: Rejection?
                buffer.withUnsafeMutableBytes { bytes in
                    guard let base = bytes.baseAddress else { return }
                    do throws(Rejection) {
                        _ = try text.read(from: 0, count: bytes.count, into: base)
                    } catch {
                        failure = error
                    }
                }
                if let failure { throw failure }
                try text.verify()
                return []
            } catch {
                return error.diagnostics.map(\.code)
            }
        }
        #expect(try read {} == [])
        #expect(try read { try folder.write(Array(Self.header.utf8), to: "exports/leads.csv") } == ["changed-while-reading"])
        let grown = try read {
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("L,S1,C1,2026-10-05\n".utf8))
        }
        #expect(grown == ["changed-while-reading"])
        let replaced = try read {
            let bytes = try Data(contentsOf: URL(filePath: path))
            try bytes.write(to: URL(filePath: path + ".new"))
            #expect(rename(path + ".new", path) == 0)
        }
        #expect(replaced == ["changed-while-reading"])
        #expect(try read { try FileManager.default.removeItem(atPath: path) } == ["changed-while-reading"])
    }

    @Test("a workbook, mails and gzip, which are read at once, are those that were opened", arguments: ["xlsx", "eml", "gz"])
    func changesOfOthers(_ ending: String) throws {
        let folder = try Folder()
        let path = "\(folder.path)/exports/leads.\(ending == "gz" ? "csv.gz" : ending)"
        switch ending {
        case "xlsx":
            try WorkbookWriter(texts: [["lead_id", "customer_id", "created_at"], ["L1", "C1", "2026-10-05"]])
                .write(to: path)
        case "eml": try FileManager.default.copyItem(atPath: Self.mail(), toPath: path)
        default: try Data(packed(Array((Self.header + Self.rows(0..<10)).utf8))).write(to: URL(filePath: path))
        }
        let kind = try #require(SourceKind(fileName: path))
        func verified(_ change: () throws -> Void) throws -> [String] {
            let file = SourceFile(path: path, name: "leads")
            let opened = kind.open([file], for: ExportSettings(table: .leads, file: "leads"), zone: "America/Chicago")
            #expect(opened.faults.isEmpty && opened.texts.count == 1, "\(opened.faults)")
            try change()
            var codes: [String] = []
            for text in opened.texts {
                do throws(Rejection) { try text.verify() } catch { codes += error.diagnostics.map(\.code) }
            }
            return codes
        }
        #expect(try verified {} == [])
        let bytes = try Data(contentsOf: URL(filePath: path))
        let replaced = try verified {
            try bytes.write(to: URL(filePath: path + ".new"))
            #expect(rename(path + ".new", path) == 0)
        }
        #expect(replaced == ["changed-while-reading"])
        let grown = try verified {
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data([0x0A]))
        }
        #expect(grown == ["changed-while-reading"])
        try bytes.write(to: URL(filePath: path))
        #expect(try verified { try FileManager.default.removeItem(atPath: path) } == ["changed-while-reading"])
    }

    /// One of the fixtures' mails.
    private static func mail() throws -> String {
        let folder = LeadMailTests.folder.path()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".eml") }.sorted()
        return "\(folder)/\(try #require(names.first))"
    }

    @Test("a folder, a pipe and a link in an export's place")
    func oddFiles() async throws {
        let folder = try Folder(["elsewhere.csv": Self.header + Self.rows(0..<3)])
        #expect(mkfifo("\(folder.path)/exports/leads.csv", 0o600) == 0)
        #expect(try await codes { try await folder.read() } == ["unreadable-file"])
        #expect(unlink("\(folder.path)/exports/leads.csv") == 0)
        // A link is followed: whoever may write into the folder may put the file itself there.
        #expect(symlink("../elsewhere.csv", "\(folder.path)/exports/leads.csv") == 0)
        #expect(leads(try await folder.read()) == 3)
        #expect(throws: Rejection.self) { try ExportBytes(path: folder.path, name: "leads.csv") }
    }

    // MARK: headers

    @Test("the header once more, in the same order, is no row; in files of one pattern columns may move")
    func headers() async throws {
        let folder = try Folder([
            "dealership.yaml": "name: R\ntime-zone: America/Chicago\nexports:\n  leads: { file: \"leads_*.csv\" }\n",
            "exports/leads_1.csv": Self.header + Self.rows(0..<5) + Self.header + Self.rows(5..<9),
            "exports/leads_2.csv": "created_at,customer_id,lead_id,store_id\n2026-10-05,C1,L-a,S1\n",
        ])
        let exports = try await folder.read()
        #expect(leads(exports) == 10)
        #expect(exports.diagnostics.map(\.code) == ["header-again"])
        #expect(exports.header.audits.first?.setAside == [.headerAgain: 1])
    }

    @Test("a header that stands there again leaves no name behind")
    func headerNames() async throws {
        let header = "message_id,conversation_id,store_id,customer_id,channel,direction,person_id,sent_at\n"
        let rows = "M1,V1,S1,C1,chat,inbound,,2026-10-05T12:00:00Z\n"
        let folder = try Folder([
            "dealership.yaml": "name: R\ntime-zone: America/Chicago\n", "exports/messages.csv": header + rows + header,
        ])
        let exports = try await folder.read()
        #expect(exports.header.audits.first?.setAside == [.headerAgain: 1])
        #expect(exports.header.names.contains("chat") && !exports.header.names.contains("channel"))
    }

    @Test("another header below is refused, whatever the parts", arguments: [64, 6 << 20])
    func otherHeader(partSize: Int) async throws {
        let folder = try Folder([
            "exports/leads.csv": Self.header + Self.rows(0..<50)
                + "lead_id,customer_id,store_id,created_at\nL-a,C1,S1,2026-10-05\n"
        ])
        #expect(try await places { try await folder.read(partSize: partSize) } == ["other-header 52"])
    }
}
