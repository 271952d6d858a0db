import ArgumentParser
import Basis
import Dealership
import Foundation
import Ingest
import Programs
import Store

/// Who approves an entry, and on which day.
struct ApprovalOptions: ParsableArguments {
    @Option(
        name: .customLong("approved-by"),
        help: "Who approves it; given twice at the least, by two who are not paid by it.")
    var approvedBy: [String] = []
    @Option(help: "The day of it: 2026-11-03.")
    var on: String

    func day() throws(Rejection) -> Day { try ApprovalOptions.day(on) }

    static func day(_ on: String) throws(Rejection) -> Day {
        guard let written = readTime(on), written.secondOfDay == nil else {
            throw Rejection(Diagnostic(.error, "bad-as-of", "--on \(on) is no date", remedies: ["write 2026-11-03"]))
        }
        return written.day
    }

    func signature(_ folder: FolderOptions) throws(Rejection) -> LedgerSignature {
        let path = folder.settings ?? "\(folder.directory)/dealership.yaml"
        let bytes = FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
        return LedgerSignature(
            on: try day(), approvers: approvedBy, settingsHash: LedgerDigest.of(bytes),
            program: "kpi \(Program.version)")
    }
}

/// Fixes a month.
struct CloseRewards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Fixes a month for good: amounts, rules, approvers and every row as it was, in rewards.sqlite.",
        discussion: """
            All rules in force are closed together, or none. What late data made of months closed before becomes an \
            adjustment, written with it. Keep the printed head elsewhere: kpi rewards verify --head compares it.
            """)

    @OptionGroup var folder: FolderOptions
    @Option(help: "The month: 2026-10.")
    var month: String
    @Option(help: "One rule only: its file's name in rewards/ without the ending.")
    var rule: String?
    @OptionGroup var approval: ApprovalOptions

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            guard let month = Month(month) else {
                throw Rejection(
                    Diagnostic(.error, "bad-month", "--month \(self.month) is no month", remedies: ["write 2026-10"]))
            }
            let signature = try approval.signature(folder)
            let settings = try folder.readSettings()
            var choice = RewardChoice()
            choice.rule = rule
            let checked = try choice.rules(folder)
            let rules = rule == nil ? checked.value.filter { $0.isInForce(in: month) } : checked.value
            if rules.isEmpty {
                throw Rejection(
                    Diagnostic(
                        .error, "rule-not-in-force", at: .init(file: "rewards/"), "no rule is in force in \(month)",
                        remedies: ["kpi rewards show --month \(month)"]))
            }
            let adjusting = try RewardAdjusting(
                RewardLedger(directory: folder.directory), settings.value, rules: Set(rules.map(\.identifier)))
            let closing = RewardClosing(month, signature: signature, history: adjusting.history)
            let run = try await RewardRun.read(folder, rules: rules + adjusting.rules(beside: rules)) {
                _ throws(Rejection) in
                min(adjusting.firstMonth ?? month, month)...month
            }
            messages.print(checked.diagnostics)
            messages.summarize(run.diagnostics, directory: folder.directory)
            let results = run.results.filter { $0.month == month && rules.contains($0.rule) }
            let adjustments = adjusting.entries(run, signature)
            let faults = closing.faults(rules, results) + adjustments.value.flatMap { signature.faults(paid: $0) }
            if !faults.isEmpty { throw Rejection(faults) }
            messages.print(closing.notes(results) + adjustments.diagnostics)
            let entries =
                adjustments.value
                + closing.entries(
                    results, currency: run.header.settings.currency, outages: LedgerOutage.list(run.header, month))
            let written = try RewardLedger(directory: folder.directory).append(entries, onto: adjusting.reading)
            LedgerWords.print(written)
        }
    }
}

/// Adjusts closed months now, not with the next one.
struct AdjustRewards: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adjust",
        abstract: "Writes what late data makes of closed months; it is paid with the next month that is closed.")

    @OptionGroup var folder: FolderOptions
    @Option(help: "One rule only.")
    var rule: String?
    @OptionGroup var approval: ApprovalOptions

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            let signature = try approval.signature(folder)
            let settings = try folder.readSettings()
            let ledger = RewardLedger(directory: folder.directory)
            let known = Set(LedgerHistory(try ledger.sound().entries).closes().map(\.rule))
            let adjusting = try RewardAdjusting(ledger, settings.value, rules: rule.map { [$0] } ?? known)
            guard let first = adjusting.firstMonth, let last = adjusting.lastMonth else {
                throw Rejection(
                    Diagnostic(
                        .error, "nothing-closed", at: .init(file: "rewards.sqlite"), "no month was closed yet",
                        remedies: ["kpi rewards close comes first"]))
            }
            let faults =
                LedgerSignature.faults(approvers: signature.approvers)
                + LedgerSignature.faults(day: signature.on, adjusting.history)
            if !faults.isEmpty { throw Rejection(faults) }
            let run = try await RewardRun.read(folder, rules: adjusting.rules(beside: [])) { _ throws(Rejection) in
                first...last
            }
            messages.summarize(run.diagnostics, directory: folder.directory)
            let found = adjusting.entries(run, signature)
            let unpaid = adjusting.unpaid(run)
            messages.print(found.diagnostics + unpaid, least: .note)
            let paid = found.value.flatMap { signature.faults(paid: $0) }
            if !paid.isEmpty { throw Rejection(paid) }
            if found.value.isEmpty {
                let isSame = found.diagnostics.isEmpty && unpaid.isEmpty
                print("nothing to adjust" + (isSame ? ": closed months come to the same amounts" : ""))
                return
            }
            LedgerWords.print(try ledger.append(found.value, onto: adjusting.reading))
        }
    }
}
