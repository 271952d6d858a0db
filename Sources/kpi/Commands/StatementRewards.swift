import ArgumentParser
import Basis
import Dealership
import Definitions
import Drawing
import Foundation
import Ingest
import Ink
import Programs
import Reporting

/// A page a person.
struct StatementRewards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "For each person one page: the amount, how it came, every row that was late, unanswered or left out.",
        discussion: "All rows lie beside the pages as CSV. Until a month is closed the pages are previews and say so.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case pdf, png, svg }

    @OptionGroup var folder: FolderOptions
    @OptionGroup var choice: RewardChoice
    @Option(help: "One person only: their id, or their name.")
    var person: String?
    @Option(help: "pdf, or png or svg (a file a page).")
    var format: Format = .pdf
    @Option(help: "a4 or letter.")
    var paper = Paper.letter
    @OptionGroup var look: LookOption
    @Option(help: "Dots an inch of PNGs.")
    var dpi = 150.0
    @OptionGroup var speech: LanguageOption
    @Option(name: .shortAndLong, help: "The PDF; for png and svg a folder. Default: beside the exports, named by the month.")
    var output: String?

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            let rules = try choice.rules(folder)
            let run = try await RewardRun.read(folder, rules: rules.value) { header throws(Rejection) in
                let month = try choice.month(header)
                return month...month
            }
            messages.print(rules.diagnostics)
            messages.summarize(run.diagnostics, directory: folder.directory)
            let month = try choice.month(run.header)
            let statements = try chosen(all(run, month), month, run.header)
            let stem = "rewards-\(month)" + (person == nil ? "" : "-\(slug(statements[0].reward.person))")
            let made = try Speech.$book.withValue(try speech.book(run.header.settings.language)) {
                let look = try look.look(run.header.settings, directory: folder.directory)
                let pages = try pages(statements, run.header, look, rowsFile: "\(stem)-rows.csv")
                return try files(pages, statements, run.header, stem, month, look)
            }
            if format != .pdf, let output { try OutputFile.makeFolder(output) }
            try OutputFile.write(made)
            for file in made { print(file.path) }
        }
    }

    /// Of a closed month as the ledger holds it, by whatever the exports say today; else previews.
    private func all(_ run: RewardRun, _ month: Month) throws(Rejection) -> [RewardStatement] {
        let closed = try StatementsFromLedger.read(
            directory: folder.directory, settings: run.header.settings, month: month,
            rules: choice.rule.map { [$0] } ?? [])
        let known = Set(closed.map(\.rule.identifier))
        return closed + run.results.filter { !known.contains($0.rule.identifier) }.flatMap(\.previews)
    }

    /// Whoever could be paid, by name; nobody else's page is among them.
    private func chosen(
        _ all: [RewardStatement], _ month: Month, _ header: JournalHeader
    ) throws(Rejection) -> [RewardStatement] {
        let known = all.filter { $0.entry != nil || $0.reward.count.assigned > 0 || $0.reward.eligibleDays > 0 }
        guard !known.isEmpty else {
            throw Rejection(
                Diagnostic(
                    .error, "nobody-to-pay", at: .init(file: RewardFolder.name),
                    "no rule has anybody to pay for \(month)",
                    remedies: [
                        "look at `in-force:` and `eligible:` of the rules", "kpi rewards show says who is in reach",
                    ]))
        }
        guard let person else { return known.sorted(by: Self.areInOrder) }
        let own = known.filter { $0.reward.person == person || $0.reward.name.lowercased() == person.lowercased() }
        let ids = Set(own.map(\.reward.person))
        guard ids.count == 1 else {
            let names = Set(known.flatMap { [$0.reward.name, $0.reward.person] }).sorted()
            let near = nearestName(to: person, among: names).map { ["did you mean \($0)?"] } ?? []
            throw Rejection(
                Diagnostic(
                    .error, "unknown-person",
                    "--person \(person) is \(ids.isEmpty ? "nobody" : "more than one person") whom a rule may pay in \(month)",
                    remedies: near + [
                        ids.isEmpty
                            ? "kpi rewards show lists them" : "give the id: \(ids.sorted().joined(separator: ", "))"
                    ]))
        }
        return own.sorted(by: Self.areInOrder)
    }

    private static func areInOrder(_ a: RewardStatement, _ b: RewardStatement) -> Bool {
        (a.reward.name, a.reward.person, a.rule.identifier) < (b.reward.name, b.reward.person, b.rule.identifier)
    }

    private func pages(
        _ statements: [RewardStatement], _ header: JournalHeader, _ look: PageLook, rowsFile: String
    ) throws(Rejection) -> [DrawnPage] {
        let measurer = try look.measurer()
        let stores = Dictionary(header.stores.map { ($0.identifier, $0.name) }, uniquingKeysWith: { first, _ in first })
        return statements.flatMap { one in
            StatementPages(
                one, place: header.settings.name, currency: header.settings.currency,
                store: header.stores.count > 1 ? stores[one.reward.store] ?? one.reward.store : "",
                format: PageFormat(paper, .portrait), theme: look.theme, measurer: measurer, rowsFile: rowsFile
            ).draw()
        }
    }

    private func files(
        _ pages: [DrawnPage], _ statements: [RewardStatement], _ header: JournalHeader, _ stem: String, _ month: Month,
        _ look: PageLook
    ) throws(Rejection) -> [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = []
        let directory: String
        switch format {
        case .pdf:
            let path = output ?? "\(folder.directory)/\(stem).pdf"
            directory = OutputFile.folder(of: path)
            if pages.isEmpty { return [] }
            let info = DocumentInfo(
                title: "\(header.settings.name), reward statements, \(month)", author: header.settings.name,
                subject: "Reward statements", createdAt: header.asOf)
            files.append((path, try PageFile.pdf(pages, info: info, measurer: look.measurer()).value))
        case .png, .svg:
            directory = output ?? folder.directory
            let measurer = try look.measurer()
            for picture in PagePicture.sheets(of: pages) {
                let bytes = try picture.file(isPNG: format == .png, dpi: dpi, measurer: measurer).value
                files.append(("\(directory)/\(stem)-\(picture.name).\(format.rawValue)", bytes))
            }
        }
        func beside(_ name: String) -> String { directory.isEmpty ? name : "\(directory)/\(name)" }
        files.append((beside("\(stem)-rows.csv"), DelimitedText.csv(StatementTable.rows(statements))))
        let changes = StatementTable.adjustments(statements)
        if changes.count > 1 { files.append((beside("\(stem)-changes.csv"), DelimitedText.csv(changes))) }
        return files
    }

    private func slug(_ text: String) -> String {
        let parts = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return parts.isEmpty ? "person" : parts.joined(separator: "-")
    }
}
