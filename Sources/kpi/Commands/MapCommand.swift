import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Ingest

struct MapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "What an export seems to be: proposes its mapping with reasons, and shows the first rows as read by it.",
        discussion: "What it prints under exports: belongs into dealership.yaml. Names and telephone numbers are masked.")

    @Argument(help: "The export.", completion: .file())
    var file: String
    @Option(help: "Which table it is, where it was taken for another: service_visits, sales, messages and so on.")
    var table: String?
    @Option(help: "How many rows to show.")
    var rows = 5
    @Flag(help: "Show names, telephone numbers and offending values.")
    var showValues = false

    func run() async throws {
        let messages = Messages(showValues: showValues)
        try await messages.run {
            let found = try Recognition.look(at: file, as: try wanted())
            for line in found.lines { print(line) }
            guard found.table != nil else { throw ExitCode(1) }
            let draft = MappingDraft(found)
            print("")
            print(draft.text)
            guard found.isReadable else { throw ExitCode(1) }
            let read = try MappedRows.read(
                path: Recognition.place(file).path, draft: draft, rows: max(0, rows), showsPeople: showValues)
            show(read)
            messages.print(read.faults)
        }
    }

    private func wanted() throws(Rejection) -> StandardTable? {
        guard let table else { return nil }
        if let known = StandardTable(rawValue: table) { return known }
        let names = StandardTable.allCases.map(\.rawValue)
        var remedies = ["one of \(names.joined(separator: ", "))"]
        if let near = nearestName(to: table, among: names) { remedies.insert("did you mean \(near)?", at: 0) }
        throw Rejection(Diagnostic(.error, "unknown-table", "there is no standard table \(table)", remedies: remedies))
    }

    private func show(_ read: MappedRows) {
        let aside = read.rowsSetAside == 0 ? "none of them set aside" : "\(read.rowsSetAside) of them set aside"
        print("the first rows as read (\(read.rowsRead) read, \(aside); times as UTC):")
        let lines = [read.columns] + read.rows
        let widths = read.columns.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        for line in lines {
            let cells = line.enumerated().map { index, cell in
                cell + String(repeating: " ", count: max(0, min(widths[index], 32) - cell.count))
            }
            print("  " + cells.joined(separator: "  ").trimmedEnd)
        }
    }
}

extension String {
    /// Without spaces at its end.
    fileprivate var trimmedEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
