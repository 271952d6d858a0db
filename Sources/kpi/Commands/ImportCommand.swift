import ArgumentParser
import Basis
import Dealership
import Foundation
import Ingest
import Store

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes the exports into the store, kpi.sqlite: what is new, what corrects what was there.",
        discussion: """
            The same file twice changes nothing, overlapping files are merged, and a row with other content than before \
            takes its place from then on. Reports read the store where there is one. All of an import is written, or none.
            """)

    @Argument(help: "The dealership's folder, with dealership.yaml and exports/.")
    var directory: String
    @Option(help: "Another file with the settings.", completion: .file(extensions: ["yaml"]))
    var settings: String?
    @Option(help: "How many tasks read at once. Default: one a core.")
    var tasks: Int?

    func run() async throws {
        let messages = Messages(showValues: false)
        try await messages.run {
            let read = try FolderOptions.readSettings(of: directory, from: settings)
            let count = max(1, tasks ?? ProcessInfo.processInfo.activeProcessorCount)
            let exports = try await ExportImport(directory: directory, settings: read.value, tasks: count)
            messages.print(read.diagnostics + exports.notes)
            let file = RecordFile(directory: directory)
            let writing = try RecordImport(file)
            let outcome: ExportImport.Outcome
            do throws(Rejection) {
                outcome = try await exports.run(into: writing, tasks: count)
            } catch {
                writing.abandon()
                throw error
            }
            guard let done = try writing.finish() else {
                if outcome.known.isEmpty {
                    print("nothing to import: exports/ has no file that is read")
                } else {
                    print("nothing new: \(Self.files(outcome.known.count)) imported before")
                }
                return
            }
            let before = outcome.known.isEmpty ? "" : ", \(Self.files(outcome.known.count)) imported before"
            print("import \(done.number): \(Self.files(done.files.count))\(before)")
            for line in ImportLines(done).lines { print(line) }
        }
    }

    static func files(_ count: Int) -> String { count == 1 ? "1 file" : "\(count) files" }
}

/// What an import did, a line a file.
struct ImportLines {
    let lines: [String]

    init(_ done: RecordFile.Import) {
        lines = done.files.map { file in
            var parts = ["\(file.rowsNew) new"]
            if file.rowsCorrecting > 0 { parts.append("\(file.rowsCorrecting) correct earlier ones") }
            if file.rowsKnown > 0 { parts.append("\(file.rowsKnown) known") }
            return "  \(file.name) (\(file.table)): \(file.rowsRead) rows, \(parts.joined(separator: ", "))"
        }
    }
}

struct ImportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imports", abstract: "What was imported, when, and what each import changed.")

    @Argument(help: "The dealership's folder.")
    var directory: String
    @Option(help: "text, or json for machines.")
    var format: ListFormat = .text

    @Flag(help: "Read every row in force, in order, and count them by export.")
    var rows = false

    enum ListFormat: String, ExpressibleByArgument { case text, json }

    func run() async throws {
        try await Messages(showValues: false).run {
            if rows { return try await countRows() }
            let imports = try RecordFile(directory: directory).imports()
            if format == .json { return print(JSONValue.list(imports.map(Self.json)).rendered()) }
            if imports.isEmpty { print("nothing was imported yet") }
            for one in imports {
                let undone = one.isUndone ? ", undone" : ""
                print(
                    "\(one.number)  \(one.at)  \(one.rowsRead) rows: \(one.rowsNew) new, "
                        + "\(one.rowsCorrecting) corrections, \(one.rowsKnown) known\(undone)")
                for line in ImportLines(one).lines { print(line) }
            }
        }
    }

    private func countRows() async throws(Rejection) {
        guard let reading = try RecordReading.open(RecordFile(directory: directory)) else {
            return print("nothing was imported yet")
        }
        let parts = reading.exports.enumerated().flatMap { index, export in export.parts.map { (index, $0) } }
        let counts = try await concurrently(parts.count, tasks: ProcessInfo.processInfo.activeProcessorCount) {
            index throws(Rejection) in
            (export: parts[index].0, rows: try reading.rows(parts[index].1).lines.count)
        }
        var rows = [Int](repeating: 0, count: reading.exports.count)
        for count in counts { rows[count.export] += count.rows }
        for (export, count) in zip(reading.exports, rows) {
            print("\(export.export.table) (\(export.export.pattern)): \(count) rows in force")
        }
        print("\(rows.reduce(0, +)) rows in force")
    }

    private static func json(_ one: RecordFile.Import) -> JSONValue {
        .object([
            ("number", .whole(one.number)), ("at", .text(one.at)), ("undone", .flag(one.isUndone)),
            (
                "files",
                .list(
                    one.files.map { file in
                        .object([
                            ("name", .text(file.name)), ("table", .text(file.table)),
                            ("rows_read", .whole(file.rowsRead)), ("rows_new", .whole(file.rowsNew)),
                            ("rows_correcting", .whole(file.rowsCorrecting)), ("rows_known", .whole(file.rowsKnown)),
                        ])
                    })
            ),
        ])
    }
}

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Takes an import back: its rows go, and what they had corrected holds again.")

    @Argument(help: "The dealership's folder.")
    var directory: String
    @Argument(help: "The import's number, as kpi imports lists it.")
    var number: Int

    func run() async throws {
        try await Messages(showValues: false).run {
            let undone = try RecordFile(directory: directory).undo(number)
            print("import \(number) undone: \(undone.rowsNew + undone.rowsCorrecting) rows taken out")
        }
    }
}
