import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Programs
import Store

struct RewardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rewards",
        abstract: "Rewards on communication: what a rule pays, closed for good, stated and verified.",
        discussion: """
            A rule is a file in rewards/. Amounts come from people's own counts, in whole minor units of the currency.
            """,
        subcommands: [
            ShowRewards.self, ReviewRewards.self, TryRewards.self, CloseRewards.self, AdjustRewards.self,
            StatementRewards.self, RewardsPayrollCommand.self, VerifyRewards.self, ListLedger.self, ReverseReward.self,
            DisputeReward.self,
        ])
}

/// A month's rules and amounts, as the exports say now.
struct ShowRewards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "What every rule pays for a month, by the exports as they are: a preview.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json }

    @OptionGroup var folder: FolderOptions
    @OptionGroup var choice: RewardChoice
    @Option(help: "text, csv or json.")
    var format: Format = .text

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
            if let none = RewardChoice.notInForce(rules.value, run) { messages.print([none] + (try closed(run)), least: .note) }
            let table = [RewardTable.columns] + run.results.flatMap { RewardTable.rows($0) }
            switch format {
            case .text: print(run.results.map { RewardTable.text($0, header: run.header) }.joined(separator: "\n"))
            case .csv: FileHandle.standardOutput.write(Data(DelimitedText.csv(table)))
            case .json:
                FileHandle.standardOutput.write(Data(DelimitedText.json(table, textColumns: RewardTable.textColumns)))
            }
            messages.print(run.results.flatMap(\.refusals))
            if folder.strict, run.results.contains(where: { !$0.refusals.isEmpty }) { throw ExitCode(1) }
        }
    }

    /// Where the month was closed by a rule that is no longer the one in the folder.
    private func closed(_ run: RewardRun) throws(Rejection) -> [Diagnostic] {
        let month = try choice.month(run.header)
        let entries = try RewardLedger(directory: folder.directory).reading().entries
        return LedgerHistory(entries).closes(of: choice.rule).filter { $0.month == month }
            .map {
                Diagnostic(
                    .note, "closed-before", at: .init(file: "rewards/\($0.rule).yaml"),
                    "\($0.month) was closed by version \($0.version) of the rule, in entry \($0.number)",
                    remedies: ["its amounts: kpi rewards ledger; what late data makes of them: kpi rewards adjust"])
            }
    }
}

/// Which rules and month a command is about.
struct RewardChoice: ParsableArguments {
    @Option(help: "2026-10, or latest: the last month that the exports cover to its end.")
    var month = "latest"
    @Option(help: "One rule only: its file's name in rewards/ without the ending.")
    var rule: String?

    func rules(_ folder: FolderOptions) throws(Rejection) -> Checked<[RewardRule]> {
        let settings = try folder.readSettings()
        let files = RewardFolder(directory: folder.directory)
        let rules = try files.rules(settings.value, only: rule)
        if rules.value.isEmpty {
            throw Rejection(
                Diagnostic(
                    .error, "no-rules", at: .init(file: "\(folder.directory)/rewards"), "there is no reward rule",
                    remedies: ["write one in rewards/: the README shows the least of it"]))
        }
        return rules
    }

    /// Said where the month has no rule.
    static func notInForce(_ rules: [RewardRule], _ run: RewardRun) -> Diagnostic? {
        guard run.results.isEmpty, let first = rules.map(\.inForce).min() else { return nil }
        return Diagnostic(
            .warning, "not-in-force", "no rule is in force in the month; the data ends on \(run.header.asOfDay)",
            remedies: ["the first is in force from \(first): ask for such a month with --month"])
    }

    func month(_ header: JournalHeader) throws(Rejection) -> Month {
        if month == "latest" { return header.latestWholeMonth }
        if let month = Month(month) { return month }
        throw Rejection(
            Diagnostic(.error, "bad-month", "--month \(month) is no month", remedies: ["write 2026-10, or latest"]))
    }
}
