import Foundation
import Testing

/// The project's own rules about its text.
@Suite("Tidiness")
struct TidyTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL

    struct Source: Sendable {
        /// `Sources/Basis/Day.swift`.
        var path: String
        var lines: [String]
        /// `Basis`.
        var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    }

    static func sources(_ folder: String) -> [Source] {
        let base = root.appending(path: folder).path()
        let names = (FileManager.default.enumerator(atPath: base)?.allObjects as? [String]) ?? []
        return names.sorted().filter { $0.hasSuffix(".swift") }.compactMap { name in
            guard let text = try? String(contentsOfFile: "\(base)/\(name)", encoding: .utf8) else { return nil }
            return Source(path: "\(folder)/\(name)", lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }

    static let all = sources("Sources")
    static let tests = sources("Tests")

    /// The lines without comments and without the text of literals, which may say anything.
    static func code(_ line: String) -> String {
        var result = ""
        var isText = false
        var depth = 0
        var i = line.startIndex
        while i < line.endIndex {
            let rest = line[i...]
            if isText {
                if rest.hasPrefix("\\(") {
                    depth = 1
                    isText = false
                    i = line.index(i, offsetBy: 2)
                    continue
                }
                if rest.hasPrefix("\\") {
                    i = line.index(i, offsetBy: 2, limitedBy: line.endIndex) ?? line.endIndex
                    continue
                }
                if rest.hasPrefix("\"") { isText = false }
            } else if rest.hasPrefix("//") {
                break
            } else if rest.hasPrefix("\"") {
                isText = true
            } else {
                if depth > 0, rest.hasPrefix("(") { depth += 1 }
                if depth > 0, rest.hasPrefix(")") {
                    depth -= 1
                    if depth == 0 { isText = true }
                }
                result.append(line[i])
            }
            i = line.index(after: i)
        }
        return result
    }

    // MARK: arrows

    /// The entries of a table in Package.swift: `"Name": ["A", "B"],`, over as many lines as it takes.
    static func table(_ name: String) throws -> [String: Set<String>] {
        let manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        guard let start = manifest.range(of: "let \(name): [String: [String]] = [") else { return [:] }
        let rest = manifest[start.upperBound...]
        guard let end = rest.range(of: "\n]") else { return [:] }
        var entries: [String: Set<String>] = [:]
        for match in rest[..<end.lowerBound].matches(of: /"(\w+)":\s*\[([^\]]*)\]/) {
            entries[String(match.1)] = Set(match.2.matches(of: /"(\w+)"/).map { String($0.1) })
        }
        return entries
    }

    static func imports(_ source: Source) -> [String] {
        source.lines.compactMap { line in
            guard line.utf8.first != 0x20, line.contains("import ") else { return nil }
            let form = /^(?:@\w+ )?(?:\w+ )?import (?:struct |enum |func |class )?(\w+)/
            guard let match = line.firstMatch(of: form) else { return nil }
            return String(match.1)
        }
    }

    @Test("sources import what the arrows allow")
    func arrows() throws {
        let arrows = try Self.table("arrows")
        #expect(arrows.count > 5)
        for source in Self.all {
            guard let allowed = arrows[source.module] else { continue }
            for name in Self.imports(source) where arrows[name] != nil || name.hasPrefix("C") && name.dropFirst().first?.isUppercase == true {
                #expect(allowed.contains(name), "\(source.path) imports \(name)")
            }
        }
    }

    @Test("tests import what their arrows allow")
    func testArrows() throws {
        let modules = try Self.table("arrows")
        let arrows = try Self.table("testArrows")
        for source in Self.tests {
            guard let allowed = arrows[source.module] else { continue }
            for name in Self.imports(source) where modules[name] != nil {
                #expect(allowed.contains(name), "\(source.path) imports \(name)")
            }
        }
    }

    @Test("Foundation only where the world is touched")
    func foundation() {
        for source in Self.all where !["Ingest", "kpi"].contains(source.module) {
            let found = Self.imports(source).filter { $0.hasPrefix("Foundation") }
            #expect(found.isEmpty, "\(source.path) imports Foundation")
        }
    }

    // MARK: words

    /// What, and what to write instead.
    static let banned: [(word: String, instead: String)] = [
        ("try!", "throw a Rejection"), ("as!", "as?, or a type that needs no cast"), ("fatalError", "throw a Rejection"),
        ("preconditionFailure", "throw a Rejection"), ("Date()", "an Instant given by the caller"),
        ("Date.now", "an Instant given by the caller"), ("Locale", "numbers and dates written by our own words"),
        ("TimeZone.current", "a zone given by the caller"), ("Calendar.current", "Day and Month"), ("nonisolated(unsafe)", "a value, or a Mutex"),
        ("@unchecked", "a type that is Sendable by itself"), ("arc4random", "a seeded generator"),
        ("SystemRandomNumberGenerator", "a seeded generator"), ("unsafeBitCast", "a conversion"),
    ]

    /// What makes a line worth a closer look.
    static let suspects = banned.map(\.word) + [".random(", ".shuffle", "randomElement("]

    @Test("words that are banned from the sources")
    func words() {
        for source in Self.all {
            for (number, line) in source.lines.enumerated() {
                guard line.utf8.contains(0x21) || Self.suspects.contains(where: line.contains) else { continue }
                let code = Self.code(line)
                for (word, instead) in Self.banned where code.contains(word) {
                    Issue.record("\(source.path):\(number + 1): \(word) is banned, use \(instead)")
                }
                if code.contains(".random(") || code.contains(".shuffle") || code.contains("randomElement("), !code.contains("using:") {
                    Issue.record("\(source.path):\(number + 1): a random number without a seeded generator")
                }
                if code.firstMatch(of: /[\w\)\]]!(?:[\.\[\)\],;:\s]|$)/) != nil {
                    Issue.record("\(source.path):\(number + 1): a forced unwrap")
                }
            }
        }
    }

    // MARK: size

    /// Modules written before this rule, with their widest line: it may shrink to 120, never grow.
    static let widest: [String: Int] = [
        "Sources/Basis": 125, "Sources/Dealership": 169, "Sources/Drawing": 138, "Sources/Ingest": 188,
        "Sources/Measures": 159, "Sources/Reporting": 161, "Sources/Statistics": 122, "Sources/kpi": 135,
        "Tests/BasisTests": 130, "Tests/IngestTests": 131, "Tests/MeasuresTests": 173, "Tests/TidyTests": 163,
        "Tests/DealershipTests": 135, "Tests/RealDataTests": 125, "Tests/ReportingTests": 129,
    ]

    @Test("files of up to 400 lines, lines of up to 120 columns")
    func size() {
        for source in Self.all + Self.tests {
            #expect(source.lines.count <= 401, "\(source.path) has \(source.lines.count) lines")
            let folder = source.path.split(separator: "/").prefix(2).joined(separator: "/")
            let limit = Self.widest[folder] ?? 120
            for (number, line) in source.lines.enumerated() where line.utf8.count > limit && line.count > limit {
                Issue.record("\(source.path):\(number + 1) has \(line.count) columns")
            }
        }
    }

    // MARK: languages

    @Test("every phrase of the pages has its German and its Spanish, with the same values")
    func languages() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", Self.root.appending(path: "Scripts/phrases").path(), "check"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let told = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(told)")
    }

    // MARK: codes

    /// Codes of faults that no folder can bring about, or whose folder would hold something else than a dealership.
    static let codesElsewhere: [String: String] = [
        // Files too large for a folder of tests, and files that change.
        "row-too-long": "16 MB; BadFilesTests", "unpacks-too-large": "64 MB; BadFilesTests",
        "too-many-files": "65,536 files; BadFilesTests", "too-large": "1 MB; DefinitionSizeTests",
        "changed-while-reading": "BadFilesTests",
        "exports-not-read": "CheckFaultsTests",
        // The store: a folder of faults has none.
        "later-imports": "the store; ImportCommandTests", "unknown-import": "the store; ImportCommandTests",
        "not-imported": "the store; ImportCommandTests", "ledger-moved-away": "the store; ImportCommandTests",
        "unmapped-rows": "the store; ImportCommandTests", "unclosed-quote-import": "the store; ImportCommandTests",
        "store-moved": "an import while a report reads; not to be hit by a test at will",
        "postgres-cut": "a server; IngestTests/PostgresTests", "postgres-missing": "a server; IngestTests/PostgresTests",
        "postgres-permission": "a server; IngestTests/PostgresTests", "postgres-query": "a server; IngestTests/PostgresTests",
        "columns-not-selected": "a server; IngestTests/PostgresTests",
        "no-libpq": "what is installed; CommandTests/LateLibraryTests", "no-libzip": "the same",
        "no-duckdb": "what is on the PATH; IngestTests/ParquetTests", "unreadable-parquet": "duckdb; IngestTests/ParquetTests",
        "unreadable-file": "a file without permission; cannot lie in a checkout",
        "large-mail": "64 MB of a mail; cannot lie in a checkout",
        "unreadable-zone": "the system's own zone data; BasisTests damages some",
        "left-out-by-mapping": "counted, never listed: it is what the mapping asks for",
        "customer-again": "counted, never listed: a customer of several visits is as expected",
        "drawing-failed": "drawing; InkTests", "font-unusable": "drawing; InkTests", "glyph-missing": "drawing; InkTests",
        "image-unreadable": "drawing; InkTests", "page-unsound": "drawing; InkTests", "text-struck": "drawing; InkTests", "link-without-page": "drawing; InkTests",
        "language-unreadable": "a translator's file; BasisTests", "unknown-language": "an argument of the command line",
        "logo-unreadable": "a picture; InkTests", "logo-too-large": "a picture; InkTests",
        "logo-with-text": "a picture; InkTests", "no-svg-library": "a library of the system; InkTests skip without it",
        "font-families": "drawing; InkTests", "font-without-bold": "drawing; InkTests",
        "shortened-text": "drawing; a note of the report",
        "bad-as-of": "an argument of the command line", "bad-time": "an argument of the command line",
        "bad-month": "an argument of the command line", "which-store": "an argument of the command line",
        "no-file": "an argument of the command line", "unknown-report": "an argument of the command line",
        "unknown-panel": "an argument of the command line; PanelCommandTests",
        "unused-option": "an argument of the command line", "no-vendor": "an argument of the command line",
        "unknown-feature": "an argument of the command line", "folder-not-empty": "an argument of the command line",
        "unknown-effort": "an argument of the command line", "which-effort": "an argument of the command line",
        "effort-standing": "an argument of the command line; CommandTests",
        "no-output": "an argument of the command line", "from-before-as-of": "an argument of the command line",
        "bad-output": "an argument of the command line", "bad-next": "an argument of the command line",
        "bad-from": "an argument of the command line", "no-rule": "the command line, of a folder that reads well",
        "no-ladder": "the command line, of a folder that reads well",
        "nobody-to-pay": "the command line, of a folder that reads well",
        "bad-figure": "an argument of the command line", "no-bridge": "an argument of the command line",
        "bad-change": "an argument of the command line", "bad-combination": "an argument of the command line",
        "unknown-unit": "an argument of the command line",
        "uneven-times": "anybody's file, not a dealership's; IngestTests/SeriesFileTests",
        "duplicate-time": "anybody's file, not a dealership's; IngestTests/SeriesFileTests",
        "count-above-exposure": "anybody's file, not a dealership's; IngestTests/SeriesFileTests",
        // Jobs of kpi plan: no folder of a dealership's.
        "partial-of-other-job": "a job; PartialCommandTests", "partial-twice": "a job; PartialCommandTests",
        "partial-damaged": "a job; PartialCommandTests", "no-plan": "a job; PartialCommandTests",
        "plan-of-other-exports": "a job; PartialCommandTests", "row-of-other-group": "a job; PartialCommandTests",
        "plan-needs-stores": "a job; PartialCommandTests", "plan-needs-text": "a job; PartialCommandTests",
        "unclosed-quote-row": "a job; PartialCommandTests", "rows-unsorted": "a job; PartialCommandTests",
        "rows-unreadable": "a job; PartialCommandTests", "rows-of-unknown-file": "a job; PartialCommandTests",
        "name-not-planned": "a job; PartialCommandTests",
        "rows-of-unknown-group": "a job; PartialCommandTests", "rows-cut-off": "a job; PartialCommandTests",
        "no-partial": "a job; PartialCommandTests", "control-unreadable": "a job; PartialCommandTests",
        "rows-not-proved": "a job; PartialCommandTests", "job-exists": "a job; PartialCommandTests",
        "conversation-across-groups": "a job; PartialCommandTests", "plan-needs-files": "a job; PartialCommandTests",
        "output-cut-off": "a pipe; PartialCommandTests",
        // The rewards' ledger: a dealership's folder has none before a month is closed.
        "ledger-moved": "the ledger; StoreTests", "database-locked": "the ledger; StoreTests",
        "foreign-database": "the ledger; StoreTests", "newer-database": "the ledger; StoreTests",
        "unreadable-database": "the ledger; StoreTests", "ledger-changed": "the ledger; StoreTests",
        "ledger-cut": "the ledger; StoreTests", "month-skipped": "the ledger; CommandTests",
        "month-not-over": "the ledger; CommandTests", "before-as-of": "the ledger; CommandTests",
        "rule-approved-later": "the ledger; CommandTests", "rule-not-in-force": "the ledger; CommandTests",
        "month-closed": "the ledger; CommandTests", "earlier-month": "the ledger; CommandTests",
        "rule-version": "the ledger; CommandTests", "rule-changed": "the ledger; CommandTests",
        "before-last-entry": "the ledger; CommandTests", "too-few-approvers": "the ledger; CommandTests",
        "paid-approver": "the ledger; CommandTests", "not-adjusted": "the ledger; CommandTests",
        "nothing-added": "the ledger; StoreTests", "closed-before": "the ledger; CommandTests",
        "reversed-already": "the ledger; CommandTests", "nothing-paid": "the ledger; CommandTests",
        "no-amount": "the ledger; CommandTests", "no-dispute": "the ledger; CommandTests",
        "answered-already": "the ledger; CommandTests", "unknown-entry": "the ledger; CommandTests",
        "nothing-said": "the ledger; CommandTests", "nothing-closed": "the ledger; CommandTests",
        "not-closed": "the ledger; CommandTests", "no-payroll-id": "the ledger; CommandTests",
        "entries-pending": "the ledger; CommandTests", "ledger-not-packed": "the ledger; StoreTests",
        "no-rules": "an argument of the command line", "unknown-rule": "an argument of the command line",
        "not-in-force": "an argument of the command line",
        "nobody-eligible": "rules on data; RewardCommandTests", "pool-may-not-do": "rules on data; RewardCommandTests",
        "silence-of-nobody": "rules on data; RewardRowTests", "still-within-target": "rules on data; RewardRowTests",
        "export-ends-early": "rules on data; RewardRowTests",
        "restated": "issued reports; CommandTests", "issue-not-covered": "issued reports; ProgramsTests",
        "unknown-issue": "an argument of the command line", "issue-changed": "issued reports; StoreTests",
        "cannot-write": "the disk; an argument of the command line", "no-settings": "the command line, before reading",
    ]

    /// Codes made in the sources: `Diagnostic(.error, "code"`, `case x = "code"` of FaultCode, `code` of SetAside.
    static func codesInSources() -> [String: String] {
        var codes: [String: String] = [:]
        for source in all {
            let isFaulty = source.lines.contains { $0.contains("Diagnostic") || $0.contains("Rejection") }
            let isList = source.path.hasSuffix("FaultCode.swift") || source.path.hasSuffix("SetAside.swift")
            guard isFaulty || isList else { continue }
            let text = source.lines.filter { $0.contains("\"") || $0.contains("case ") || $0.contains(".error")
                || $0.contains(".warning") || $0.contains(".note") || $0.contains("refuse(") || $0.contains("var code") || $0 == "    }"
            }.joined(separator: "\n")
            for match in text.matches(of: /\.(?:error|warning|note),\s*"([a-z0-9-]+)"/) { codes[String(match.1)] = source.path }
            for match in text.matches(of: /refuse\(\s*"([a-z0-9-]+)"/) { codes[String(match.1)] = source.path }
            if source.path.hasSuffix("FaultCode.swift") {
                for match in text.matches(of: /\n\s+case (\w+)(?: = "([a-z0-9-]+)")?/) {
                    codes[match.2.map(String.init) ?? String(match.1)] = source.path
                }
            }
            if source.path.hasSuffix("SetAside.swift"), let range = text.range(of: "var code: String") {
                let body = text[range.upperBound...].prefix { $0 != "}" }
                for match in body.matches(of: /case \.\w+: "([a-z0-9-]+)"/) { codes[String(match.1)] = source.path }
            }
        }
        return codes
    }

    @Test("every code has a folder in Tests/Errors, and every folder a code")
    func codes() throws {
        let codes = Self.codesInSources()
        let errors = Self.root.appending(path: "Tests/Errors").path()
        let folders = Set(try FileManager.default.contentsOfDirectory(atPath: errors).filter { !$0.contains(".") })
        #expect(codes.count > 50)
        for (code, path) in codes where Self.codesElsewhere[code] == nil {
            #expect(folders.contains(code), "\(path): \(code) has no folder in Tests/Errors")
        }
        for folder in folders {
            #expect(codes[folder] != nil, "Tests/Errors/\(folder): nothing in the sources has this code")
            let texts = try FileManager.default.contentsOfDirectory(atPath: "\(errors)/\(folder)")
            #expect(texts.contains { $0.hasPrefix("expected") }, "Tests/Errors/\(folder) says nothing")
        }
    }

    @Test("CSV is written in one place, which spreadsheets cannot be made to run")
    func csv() {
        var writers: [String] = []
        for source in Self.all {
            let text = source.lines.joined(separator: "\n")
            if text.contains("bytes.append(0x2C)") || text.contains("joined(separator: \",\") + \"\\n\"") {
                writers.append(source.path)
            }
        }
        // The sample's exports are input, as systems write them.
        #expect(writers.filter { !$0.hasPrefix("Sources/Sample/") } == ["Sources/Basis/CSVText.swift"])
    }

    @Test("the program draws pages in one place, where each is held to what can be read")
    func pages() {
        for source in Self.all where source.module == "kpi" && !source.path.hasSuffix("/PageFile.swift") {
            for (index, line) in source.lines.enumerated() {
                let code = Self.code(line)
                let draws = ["renderPDF(", "renderPNG(", "renderSVG(", "renderHTML(", "PDFDocument("].contains { code.contains($0) }
                #expect(!draws, "\(source.path):\(index + 1) draws without PageFile")
            }
        }
    }
}
