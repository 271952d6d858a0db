import Foundation
import Testing

/// Every report and list of the made-up dealership as a PDF, by the checkers that `Scripts/test` installs.
///
/// What they cannot see (whether an alternative text is a good one) is for people; veraPDF was not at hand.
@Suite("every report is an accessible PDF", .enabled(if: Checkers.areThere, "Scripts/test installs outloud and pdfua"))
struct PaperTests {
    @Test("the checkers find no error")
    func checkers() throws {
        let papers = try Papers.made.get()
        let outloud = try Program.run(Checkers.outloud, ["--no-info", "--fail-on", "error"] + papers.paths)
        #expect(outloud.status == 0, "\(outloud.out)\(outloud.errors)")
        // All that the checker read: a file that it passed over would pass.
        #expect(outloud.out.contains("\(papers.paths.count) file(s)"), "\(outloud.out)")
        let pdfua = try Program.run(Checkers.pdfua, ["check", "--min-severity", "warning"] + papers.paths)
        #expect(pdfua.status == 0, "\(pdfua.out)\(pdfua.errors)")
        for path in papers.paths { #expect(pdfua.out.contains(path)) }
    }

    @Test("sound files, fonts embedded as subsets, words in the order they are read", arguments: Papers.names)
    func file(_ name: String) throws {
        let path = try Papers.made.get().path(name)
        let check = try Self.tool(["qpdf", "--check", path])
        #expect(check.status == 0, "\(check.out)\(check.errors)")
        #expect(check.out.contains("No syntax or stream encoding errors found"))
        let fonts = try Self.tool(["pdffonts", path]).out.split(separator: "\n").dropFirst(2)
        #expect(!fonts.isEmpty)
        // Embedded, a subset, with a table back to Unicode.
        for font in fonts { #expect(font.contains(" yes yes yes ") && font.contains("+Inter"), "\(font)") }
        let extracted = try Self.tool(["pdftotext", "-raw", path, "-"]).out.filter { !$0.isWhitespace }
        let structured = try Self.structureText(path)
        #expect(structured.count > 200)
        #expect(Self.isIn(structured, extracted), "\(name): the words are drawn in another order than they are read")
    }

    @Test("a report says its headline before its panels, and its panels before its footer")
    func order() throws {
        let words = try Program.words(ofPDF: Papers.made.get().path("monthly"))
        let pages = words.split(separator: "\u{C}")
        let first = try #require(pages.first)
        let order = ["1 WHAT MUST I DO?", "As of 31 Oct 2026", "2 WHERE DO WE LOSE"]
        var rest = words[...]
        for text in order {
            let found = try #require(rest.range(of: text, options: .caseInsensitive), "\(text) in \(first)")
            rest = rest[found.upperBound...]
        }
    }

    @Test("the same reports are the same bytes")
    func bytes() throws {
        let papers = try Papers.made.get()
        let again = papers.folder.appending(path: "again.pdf").path()
        let ran = try Program.run(list: Papers.arguments("response", papers.data) + ["-o", again])
        #expect(ran.status == 0, "\(ran.errors)")
        let first = try Data(contentsOf: URL(filePath: papers.path("response")))
        #expect(try Data(contentsOf: URL(filePath: again)) == first)
    }

    private static func tool(_ arguments: [String]) throws -> Program.Ran {
        try Program.run(URL(filePath: "/usr/bin/env"), arguments)
    }

    /// What the structure tree says, without blanks.
    private static func structureText(_ path: String) throws -> String {
        try tool(["pdfinfo", "-struct-text", path]).out.split(separator: "\n").map { line -> String in
            let text = line.trimmingCharacters(in: .whitespaces)
            guard text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 else { return "" }
            return text.dropFirst().dropLast().filter { !$0.isWhitespace }
        }.joined()
    }

    /// Whether all characters of one text follow each other, with others between, in another.
    private static func isIn(_ text: String, _ other: String) -> Bool {
        var rest = other.makeIterator()
        return text.allSatisfy { character in
            while let next = rest.next() { if next == character { return true } }
            return false
        }
    }
}

/// Beside the build, where `Scripts/test` puts them, else where the shell finds them.
enum Checkers {
    static let outloud = tool("outloud")
    static let pdfua = tool("pdfua")

    static var areThere: Bool {
        [outloud, pdfua].allSatisfy { FileManager.default.isExecutableFile(atPath: $0.path()) }
    }

    private static func tool(_ name: String) -> URL {
        let own = URL(filePath: #filePath).appending(path: "../../../.build/checkers/bin/\(name)").standardizedFileURL
        if FileManager.default.isExecutableFile(atPath: own.path()) { return own }
        return Program.find(name) ?? own
    }
}

/// All reports of the made-up dealership, made once.
struct Papers: Sendable {
    static let names = [
        "monthly", "conversion", "response", "outage", "claim", "vendors", "change", "efforts", "rewards", "prospects",
        "owed", "statement", "series",
    ]

    static func arguments(_ name: String, _ data: String) -> [String] {
        switch name {
        case "claim": ["report", "claim", data, "--vendor", "Northmail"]
        case "change": ["report", "change", data, "--effort", "one-inbox"]
        case "prospects": ["prospects", data, "--next", "7d"]
        case "owed": ["owed", data]
        case "statement": ["rewards", "statement", data, "--month", "2026-10"]
        case "series":
            [
                "series", "\(data)/series.csv", "--time", "month", "--value", "value", "--method", "its", "--change",
                "2026-01", "--format", "pdf",
            ]
        default: ["report", name, data]
        }
    }

    static let made = Result { try Papers() }

    let folder: URL
    let data: String

    func path(_ name: String) -> String { folder.appending(path: "\(name).pdf").path() }
    var paths: [String] { Papers.names.map(path) }

    private init() throws {
        // One folder for all runs of the tests: the next run's takes its place.
        folder = FileManager.default.temporaryDirectory.appending(path: "kpi-papers")
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        data = folder.appending(path: "data").path()
        try Papers.succeed(["sample", data])
        let values = (0..<24).map { index -> String in
            let month = "\(2025 + index / 12)-\(index % 12 < 9 ? "0" : "")\(index % 12 + 1)"
            return "\(month),\(40 + index * 7 % 5 + (index > 11 ? 6 : 0))"
        }
        try (["month,value"] + values).joined(separator: "\n")
            .write(toFile: "\(data)/series.csv", atomically: true, encoding: .utf8)
        for name in Papers.names { try Papers.succeed(Papers.arguments(name, data) + ["-o", path(name)]) }
    }

    private static func succeed(_ arguments: [String]) throws {
        let ran = try Program.run(list: arguments)
        guard ran.status == 0 else { throw Failed(words: "\(arguments): \(ran.errors.suffix(2_000))") }
    }

    struct Failed: Error { var words: String }
}
