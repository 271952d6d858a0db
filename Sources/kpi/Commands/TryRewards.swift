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

/// A changed rule on past months: who gains, who loses.
struct TryRewards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "What a changed rule would have meant over past months: who gains, who loses.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv }

    @Argument(help: "The changed rule's file.")
    var rule: String
    @OptionGroup var folder: FolderOptions
    @Option(help: "2026-05..2026-10, or one month. Default: the last six that the exports cover to their end.")
    var months: String?
    @Option(help: "The rule it is held against: its file's name in rewards/. Default: the one of the same name.")
    var against: String?
    @Option(help: "text or csv (a row a person and month).")
    var format: Format = .text
    @Option(help: "a4 or letter.")
    var paper = Paper.letter
    @OptionGroup var look: LookOption
    @OptionGroup var speech: LanguageOption
    @Option(name: .shortAndLong, help: "A PDF or PNG of one page, too.")
    var output: String?

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            let settings = try folder.readSettings()
            let tried = try changed(settings.value)
            let current = try RewardFolder(directory: folder.directory).rules(settings.value).value.filter(
                isHeldAgainst(tried.value))
            let (exports, notes) = try await folder.readExports()
            let span = try self.span(exports.header)
            let asIf = tried.value.tried(from: span.lowerBound)
            let (results, problems) = try await RewardRun.results(
                exports, current + [asIf], months: span, tasks: folder.taskCount)
            let trial = RewardTrial(
                tried.value, tried: results.filter { $0.rule == asIf },
                current: results.filter { current.contains($0.rule) })
            messages.print(tried.diagnostics)
            messages.summarize(notes + problems, directory: folder.directory)
            switch format {
            case .csv: FileHandle.standardOutput.write(Data(DelimitedText.csv(trial.table)))
            case .text: for line in TrialLines(trial, currency: exports.header.settings.currency).lines { print(line) }
            }
            guard let output else { return }
            try Speech.$book.withValue(try speech.book(exports.header.settings.language)) {
                try draw(trial, exports.header, span, output)
            }
        }
    }

    private func changed(_ settings: DealershipSettings) throws(Rejection) -> Checked<RewardRule> {
        guard let data = FileManager.default.contents(atPath: rule) else {
            throw Rejection(
                Diagnostic(
                    .error, "no-file", at: .init(file: rule), "there is no such file", remedies: ["check the path"]))
        }
        let name = ((rule as NSString).lastPathComponent as NSString).deletingPathExtension
        return try RewardFile.read(bytes: [UInt8](data), file: rule, identifier: name, settings: settings)
    }

    /// The same rule as it stands, in another version or another file.
    private func isHeldAgainst(_ tried: RewardRule) -> (RewardRule) -> Bool {
        { one in
            if let against = self.against { return one.identifier == against }
            return one.text != tried.text && (one.name == tried.name || one.identifier == tried.identifier)
        }
    }

    private func span(_ header: JournalHeader) throws(Rejection) -> ClosedRange<Month> {
        guard let months else {
            let last = header.latestWholeMonth
            return last + -5...last
        }
        if let month = Month(months) { return month...month }
        let parts = months.components(separatedBy: "..")
        if parts.count == 2, let first = Month(parts[0]), let last = Month(parts[1]), first <= last {
            return first...last
        }
        throw Rejection(
            Diagnostic(
                .error, "bad-month", "--months \(months) is no span of months", remedies: ["write 2026-05..2026-10"]))
    }

    private func draw(
        _ trial: RewardTrial, _ header: JournalHeader, _ span: ClosedRange<Month>, _ path: String
    ) throws(Rejection) {
        let definition = ReportDefinition(
            name: "reward-trial", title: "A changed rule", paper: paper, orientation: .landscape,
            pages: [PageDefinition(question: "What would a changed rule have meant?", page: .rewardTrial)])
        var context = ReportContext(
            request: ReportRequest(month: span.upperBound, monthsBack: 2), header: header, tables: [], tallies: [],
            leftOutByRule: [:])
        context.rewards = ReportRewards(month: span.upperBound, rules: [trial.rule], results: [], trials: [trial])
        let look = try look.look(header.settings, directory: folder.directory)
        let measurer = try look.measurer()
        let report = Report.draw(definition, context: context, theme: look.theme, measurer: measurer)
        guard let page = report.pages.first else { return }
        if (path as NSString).pathExtension.lowercased() == "png" {
            try OutputFile.write(PageFile.png(page.laid.frame, page: 1, dpi: 150, measurer: measurer).value, to: path)
        } else {
            let info = DocumentInfo(
                title: "\(header.settings.name), \(page.headline)", author: header.settings.name,
                subject: say(text: definition.title), language: Speech.book.language,
                createdAt: header.asOf)
            try OutputFile.write(PageFile.pdf([page], info: info, measurer: measurer).value, to: path)
        }
        FileHandle.standardError.write(Data("\(path)\n".utf8))
    }
}

/// A trial as text.
struct TrialLines {
    let trial: RewardTrial
    let currency: String

    init(_ trial: RewardTrial, currency: String) {
        self.trial = trial
        self.currency = currency
    }

    var lines: [String] {
        let against =
            trial.against.isEmpty
            ? "no rule to hold it against"
            : trial.against.map { "\($0.identifier) version \($0.version)" }.joined(separator: ", ")
        var lines = ["\(trial.rule.name) (\(trial.rule.identifier), version \(trial.rule.version)) against \(against)"]
        for period in trial.periods {
            lines.append(
                "  \(period.month): \(period.was.map { "\($0)" } ?? "no rule") then, \(period.would) \(currency) by it; "
                    + "\(period.gain) gain, \(period.lose) lose")
        }
        for line in trial.lines where line.difference != .zero {
            lines.append("  \(line.name) (\(line.person)): \(line.was) then, \(line.would) by it, \(line.difference)")
        }
        lines.append(
            "together: \(trial.was) then, \(trial.would) \(currency) by it; \(trial.gaining.count) gain, \(trial.losing.count) lose"
        )
        return lines
    }
}
