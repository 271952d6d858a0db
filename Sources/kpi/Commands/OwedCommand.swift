import ArgumentParser
import Basis
import Dealership
import Definitions
import Drawing
import Foundation
import Ingest
import Ink
import Measures
import Reporting

struct OwedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "owed",
        abstract: "Customers whom an outage hit and who are still owed something, with what, by whom and until when.",
        discussion: """
            What is due to whom stands under `ladder:` in dealership.yaml, what was given in the remedies export. The highest \
            rung comes first, in it the longest wait. Names and phones are shown with --show-values only.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json, pdf, png }

    @OptionGroup var folder: FolderOptions
    @Option(help: "Only this outage: OUT-1042.")
    var outage: String?
    @Option(help: "A store's id, or all.")
    var store: String?
    @Option(help: "csv, json, pdf or png (150 dpi; a file a page).")
    var format: Format?
    @Option(help: "a4 or letter.")
    var paper = Paper.letter
    @Option(name: .shortAndLong, help: "The file; its ending says the format. Default: standard output.")
    var output: String?

    func run() async throws {
        // The list is for whoever makes the calls: what is wrong with the exports is for kpi check.
        let messages = Messages(showValues: folder.showValues, limit: 1)
        try await messages.run {
            let format = try self.format(of: output)
            let settings = try folder.readSettings().value
            guard settings.ladder != nil else { throw Self.noLadder }
            let (exports, notes) = try await folder.readExports()
            let header = exports.header
            let selection = try selection(header)
            let (list, faults) = try await read(exports, selection)
            let problems = notes + exports.diagnostics + exports.diagnostics(of: faults)
            messages.print(problems)
            if folder.strict, problems.contains(where: { $0.severity >= .warning }) { throw ExitCode(1) }
            let pages = OwedPages(
                list: list, selection: selection, header: header,
                format: paper == .a4 ? .a4Landscape : .letterLandscape, measurer: try PangoMeasurer(),
                showsCustomers: folder.showValues)
            say(pages, list, header)
            for file in try files(format, pages, list, header) {
                if let path = file.path {
                    try OutputFile.write(file.bytes, to: path)
                    print(path)
                } else {
                    FileHandle.standardOutput.write(Data(file.bytes))
                }
            }
        }
    }

    private static let noLadder = Rejection(
        Diagnostic(
            .error, "no-ladder", at: .init(file: "dealership.yaml"), "nothing says what is due to whom after an outage",
            remedies: ["write `ladder: [{ when: answer late, give: explain and apologise }]`"]))

    private func format(of path: String?) throws(Rejection) -> Format {
        if let format {
            guard path != nil || format == .csv || format == .json else {
                throw Rejection(
                    Diagnostic(
                        .error, "no-output", "\(format.rawValue) goes to a file",
                        remedies: ["name it: -o owed.\(format.rawValue)"]))
            }
            return format
        }
        guard let path else { return .csv }
        guard let format = Format(rawValue: (path as NSString).pathExtension.lowercased()) else {
            throw Rejection(
                Diagnostic(
                    .error, "bad-output", at: .init(file: path), "the ending says no format",
                    remedies: ["end it in .csv, .json, .pdf or .png, or give --format"]))
        }
        return format
    }

    private func selection(_ header: JournalHeader) throws(Rejection) -> OwedList.Selection {
        var selection = OwedList.Selection(outage: outage)
        if let outage, !header.outages.contains(where: { $0.identifier == outage }) {
            let near = nearestName(to: outage, among: header.outages.map(\.identifier)).map { ["did you mean \($0)?"] } ?? []
            throw Rejection(
                Diagnostic(
                    .error, "unknown-outage", "--outage \(outage) is no outage on record",
                    remedies: near + ["the outage log has their numbers"]))
        }
        if let store, store != "all" {
            guard header.stores.contains(where: { $0.identifier == store }) else {
                throw Rejection(unknownStore(store, among: header.stores.map(\.identifier)))
            }
            selection.store = store
        }
        return selection
    }

    private func read(
        _ exports: StagedExports, _ selection: OwedList.Selection
    ) async throws(Rejection) -> (OwedList, [GroupFault]) {
        let context = LinkingContext(header: exports.header, parameters: LinkingParameters(exports.header.settings))
        let wanted = selection.store.flatMap { id in exports.header.stores.first { $0.identifier == id }?.group }
        let groups = (0..<exports.groupCount).filter { wanted == nil || $0 == wanted }
        let parts = try await concurrently(groups.count, tasks: folder.taskCount) { position throws(Rejection) in
            let journal = exports.group(groups[position])
            return (OwedList(Facts(journal, context: context), selection), journal.faults)
        }
        var list = OwedList()
        for part in parts { list.merge(part.0) }
        return (list, parts.flatMap(\.1).sorted { $0.source < $1.source })
    }

    /// On standard error: standard output has the list.
    private func say(_ pages: OwedPages, _ list: OwedList, _ header: JournalHeader) {
        let lines = [
            header.hasNoDays ? "no data: no export has a day" : "as of \(header.asOfDay), end of day",
            "\(pages.headline); \(list.satisfied) have had theirs, \(list.withoutDue) were given something that was not due",
        ]
        FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    private struct File {
        /// Nil: standard output.
        var path: String?
        var bytes: [UInt8]
    }

    private func files(
        _ format: Format, _ pages: OwedPages, _ list: OwedList, _ header: JournalHeader
    ) throws(Rejection) -> [File] {
        let rows = list.rows(showsCustomers: folder.showValues)
        switch format {
        case .csv: return [File(path: output, bytes: DelimitedText.csv(rows))]
        case .json:
            let texts = (rows.first?.count ?? 0) - OwedList.numberColumns
            return [File(path: output, bytes: DelimitedText.json(rows, textColumns: texts))]
        case .pdf:
            let drawn = pages.draw()
            guard let first = drawn.first else { return [] }
            let info = DocumentInfo(
                title: "\(header.settings.name), customers owed, \(header.asOfDay)", author: header.settings.name,
                subject: pages.headline, createdAt: header.asOf)
            let document = try PDFDocument(
                first: first.laid.frame, pageCount: drawn.count, info: info, measurer: PangoMeasurer())
            for page in drawn { try document.draw(page.laid.frame) }
            return [File(path: output, bytes: try document.finish().value)]
        case .png:
            let measurer = try PangoMeasurer()
            let drawn = pages.draw()
            var files: [File] = []
            for (index, page) in drawn.enumerated() {
                let bytes = try renderPNG(page.laid.frame, dpi: 150, measurer: measurer).value
                files.append(File(path: output.map { numbered($0, index + 1, of: drawn.count) }, bytes: bytes))
            }
            return files
        }
    }

    /// `list.png`; of several pages `list-1.png`.
    private func numbered(_ path: String, _ page: Int, of pages: Int) -> String {
        if pages == 1 { return path }
        let ending = (path as NSString).pathExtension
        let stem = (path as NSString).deletingPathExtension
        return "\(stem)-\(page).\(ending.isEmpty ? "png" : ending)"
    }
}
