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

    @OptionGroup var folder: FolderOptions
    @Option(help: "Only this outage: OUT-1042.")
    var outage: String?
    @Option(help: "Only outages that began in this month: 2026-10.")
    var month: String?
    @Option(help: "A store's id, or all.")
    var store: String?
    @OptionGroup var speech: LanguageOption
    @OptionGroup var output: ListOutput

    func run() async throws {
        // The list is for whoever makes the calls: what is wrong with the exports is for kpi check.
        let messages = Messages(showValues: folder.showValues, limit: 1)
        try await messages.run {
            let format = try output.chosen(name: "owed")
            let settings = try folder.readSettings().value
            guard settings.ladder != nil else { throw Self.noLadder }
            let (exports, notes) = try await folder.readExports()
            let header = exports.header
            let selection = try selection(header)
            let book = output.isPages(format) ? try speech.book(settings.language) : .english
            // Rows have no look; a logo that cannot be read is no reason to withhold them.
            let look = output.isPages(format) ? try output.look.look(settings, directory: folder.directory) : output.look.plain
            try await Speech.$book.withValue(book) {
                let (list, faults) = try await read(exports, selection)
                let problems = notes + exports.diagnostics + exports.diagnostics(of: faults)
                messages.print(problems)
                if folder.strict, problems.contains(where: { $0.severity >= .warning }) { throw ExitCode(1) }
                let pages = OwedPages(
                    list: list, selection: selection, header: header,
                    format: output.pageFormat, theme: look.theme, measurer: try look.measurer(),
                    showsCustomers: folder.showValues)
                say(pages, list, header)
                try output.write(content(pages, list, header, look), as: format)
            }
        }
    }

    private static let noLadder = Rejection(
        Diagnostic(
            .error, "no-ladder", at: .init(file: "dealership.yaml"), "nothing says what is due to whom after an outage",
            remedies: ["write `ladder: [{ when: answer late, give: explain and apologise }]`"]))

    private func selection(_ header: JournalHeader) throws(Rejection) -> OwedList.Selection {
        var selection = OwedList.Selection(outage: outage)
        if let outage, !header.outages.contains(where: { $0.identifier == outage }) {
            let near =
                nearestName(to: outage, among: header.outages.map(\.identifier)).map { ["did you mean \($0)?"] } ?? []
            throw Rejection(
                Diagnostic(
                    .error, "unknown-outage", "--outage \(outage) is no outage on record",
                    remedies: near + ["the outage log has their numbers"]))
        }
        if let named = header.outages.first(where: { $0.identifier == outage }) { try ReportChoice.began(named, header) }
        if let month {
            guard let read = Month(month) else {
                throw Rejection(
                    Diagnostic(.error, "bad-month", "--month \(month) is no month", remedies: ["write it like 2026-10"]))
            }
            selection.month = read
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
            let journal = try exports.journal(ofGroup: groups[position])
            return (OwedList(Facts(journal, context: context), selection), journal.faults)
        }
        var list = OwedList()
        for part in parts { list.merge(part.0) }
        return (list, parts.flatMap(\.1).sorted { $0.source < $1.source })
    }

    /// On standard error: standard output has the list.
    private func say(_ pages: OwedPages, _ list: OwedList, _ header: JournalHeader) {
        let lines = [
            header.hasNoDays ? "no data: no export has a day" : "as of \(header.asOfText)",
            "\(pages.headline); \(list.satisfied) \(list.satisfied == 1 ? "has" : "have") had theirs, \(list.withoutDue) "
                + "\(list.withoutDue == 1 ? "was" : "were") given something that was not due",
        ]
        FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    private func content(_ pages: OwedPages, _ list: OwedList, _ header: JournalHeader, _ look: PageLook) -> ListOutput.Content {
        let rows = list.rows(showsCustomers: folder.showValues)
        return ListOutput.Content(
            rows: rows, textColumns: (rows.first?.count ?? 0) - OwedList.numberColumns, pages: pages.draw,
            look: look, info: DocumentInfo(
                title: "\(header.settings.name), customers owed, \(header.asOfDay)", author: header.settings.name,
                subject: pages.headline, createdAt: header.asOf))
    }
}
