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

struct ProspectsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prospects",
        abstract: "The coming days' booked service customers who are worth a word from sales, with why.",
        discussion: """
            Who is worth a word stands under `prospects:` in dealership.yaml. The days begin after the as-of day, the end of \
            the exports, never after today's. What was left out is counted on standard error and at the page's foot.
            """)

    @OptionGroup var folder: FolderOptions
    @Option(help: "How many days: 7d, or 2w.")
    var next = "7d"
    @Option(help: "The first day: 2026-11-02. Default: the day after the as-of day.")
    var from: String?
    @Option(help: "A store's id, or all.")
    var store: String?
    @Option(help: "Only this salesperson's customers.")
    var person: String?
    @OptionGroup var speech: LanguageOption
    @OptionGroup var output: ListOutput

    func run() async throws {
        // The list is for somebody with a telephone: what is wrong with the exports is for kpi check.
        let messages = Messages(showValues: folder.showValues, limit: 1)
        try await messages.run {
            let days = try self.days()
            let format = try output.chosen(name: "prospects")
            let settings = try folder.readSettings().value
            guard let rule = settings.prospects else { throw Self.noRule }
            let (exports, notes) = try await folder.readExports()
            let header = exports.header
            let selection = try selection(days, header)
            let book = output.isPages(format) ? try speech.book(settings.language) : .english
            // Rows have no look; a logo that cannot be read is no reason to withhold them.
            let look = output.isPages(format) ? try output.look.look(settings, directory: folder.directory) : output.look.plain
            try await Speech.$book.withValue(book) {
                let (list, faults) = try await read(exports, rule, selection)
                let problems = notes + exports.diagnostics + exports.diagnostics(of: faults)
                messages.print(problems)
                if folder.strict, problems.contains(where: { $0.severity >= .warning }) { throw ExitCode(1) }
                let pages = ProspectPages(
                    list: list, selection: selection, rule: rule, header: header,
                    format: output.pageFormat, theme: look.theme, measurer: try look.measurer(),
                    showsCustomers: folder.showValues)
                Speech.$book.withValue(.english) { say(pages, list, header) }
                try output.write(content(pages, list, header, look), as: format)
            }
        }
    }

    private static let noRule = Rejection(
        Diagnostic(
            .error, "no-rule", at: .init(file: "dealership.yaml"), "nothing says who is worth a word from sales",
            remedies: ["write `prospects: { any-of: { vehicle-age: { min: 8 }, mileage: { min: 100000 }, recall: yes } }`"]))

    /// `7d`, `7 days`, `2w`, `2 weeks`, `7`.
    private func days() throws(Rejection) -> Int {
        let digits = next.prefix { $0.isASCII && $0.isNumber }
        let unit = next.dropFirst(digits.count).trimmingCharacters(in: .whitespaces)
        let size = ["", "d", "day", "days"].contains(unit) ? 1 : ["w", "week", "weeks"].contains(unit) ? 7 : 0
        guard let count = Int(digits), size > 0, (1...366).contains(count), count * size <= 366 else {
            throw Rejection(
                Diagnostic(
                    .error, "bad-next", "--next \(next) is no number of days", remedies: ["write 7d or 2w, a year at most"]))
        }
        return count * size
    }

    private func selection(_ days: Int, _ header: JournalHeader) throws(Rejection) -> ProspectList.Selection {
        var first = header.asOfDay + 1
        if let from {
            guard let written = readTime(from), written.secondOfDay == nil else {
                throw Rejection(Diagnostic(.error, "bad-from", "--from \(from) is no date", remedies: ["write \(first)"]))
            }
            guard written.day > header.asOfDay else {
                throw Rejection(
                    Diagnostic(
                        .error, "from-before-as-of", "--from \(from) is not after the as-of day, \(header.asOfDay)",
                        remedies: [
                            "for days gone by give --as-of \(written.day + -1) too",
                            "kpi explain prospect-coverage.coverage says who was spoken to",
                        ]))
            }
            first = written.day
        }
        var selection = ProspectList.Selection(days: first...(first + (days - 1)), person: person)
        if let store, store != "all" {
            guard header.stores.contains(where: { $0.identifier == store }) else {
                throw Rejection(unknownStore(store, among: header.stores.map(\.identifier)))
            }
            selection.store = store
        }
        if let person, header.people[person] == nil, !header.people.isEmpty {
            let near = nearestName(to: person, among: header.people.keys.sorted()).map { ["did you mean \($0)?"] } ?? []
            throw Rejection(
                Diagnostic(
                    .error, "unknown-person", "--person \(person) is nobody of the people export",
                    remedies: near + ["the people export has their numbers"]))
        }
        return selection
    }

    private func read(
        _ exports: StagedExports, _ rule: ProspectRule, _ selection: ProspectList.Selection
    ) async throws(Rejection) -> (ProspectList, [GroupFault]) {
        let context = LinkingContext(
            header: exports.header, parameters: LinkingParameters(exports.header.settings))
        let wanted = selection.store.flatMap { id in exports.header.stores.first { $0.identifier == id }?.group }
        let groups = (0..<exports.groupCount).filter { wanted == nil || $0 == wanted }
        let parts = try await concurrently(groups.count, tasks: folder.taskCount) { position throws(Rejection) in
            let journal = try exports.journal(ofGroup: groups[position])
            return (ProspectList(Facts(journal, context: context), rule, selection), journal.faults)
        }
        var list = ProspectList()
        for part in parts { list.merge(part.0) }
        return (list, parts.flatMap(\.1).sorted { $0.source < $1.source })
    }

    /// On standard error: standard output has the list.
    private func say(_ pages: ProspectPages, _ list: ProspectList, _ header: JournalHeader) {
        let days = pages.selection.days
        let lines = [
            header.hasNoDays ? "no data: no export has a day" : "as of \(header.asOfText)",
            "\(pages.headline), \(days.lowerBound) to \(days.upperBound)",
        ] + list.leftOutWords.map { "left out: \($0)" }
        FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    private func content(
        _ pages: ProspectPages, _ list: ProspectList, _ header: JournalHeader, _ look: PageLook
    ) -> ListOutput.Content {
        let rows = list.rows(currency: header.settings.currency, showsCustomers: folder.showValues)
        return ListOutput.Content(
            rows: rows, textColumns: (rows.first?.count ?? 0) - ProspectList.numberColumns, pages: pages.draw,
            look: look, info: DocumentInfo(
                title: "\(header.settings.name), prospects, \(pages.selection.days.lowerBound)",
                author: header.settings.name, subject: pages.headline, createdAt: header.asOf))
    }
}
