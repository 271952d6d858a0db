import ArgumentParser
import Basis
import Foundation
import Programs
import Store

/// What payroll pays for a closed month.
struct RewardsPayrollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payroll",
        abstract:
            "A closed month for payroll, as CSV: amounts, adjustments and reversals, and the share of every work week.",
        discussion: """
            Adjustments and reversals come with the first month that was closed after them. A week's share goes by the \
            conversations counted in it and adds up to the amount, for the regular rate of overtime (29 CFR 778.208-209).
            """)

    enum WeekStart: String, ExpressibleByArgument, CaseIterable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday
        /// Monday is 0.
        var weekday: Int { WeekStart.allCases.firstIndex(of: self) ?? 6 }
    }

    @Argument(help: "The dealership's folder.")
    var directory: String
    @Option(help: "The closed month: 2026-10.")
    var month: String
    @Option(name: .customLong("week-starts"), help: "The first day of your work week.")
    var weekStarts: WeekStart = .sunday
    @Option(name: .shortAndLong, help: "The file; - prints it.")
    var output: String

    func run() async throws {
        let messages = Messages(showValues: false)
        try await messages.run {
            guard let month = Month(month) else {
                throw Rejection(
                    Diagnostic(.error, "bad-month", "--month \(self.month) is no month", remedies: ["write 2026-10"]))
            }
            let ledger = RewardLedger(directory: directory)
            let light = LedgerHistory(try ledger.sound().entries)
            guard light.closes().contains(where: { $0.month == month }) else {
                throw Rejection(
                    Diagnostic(
                        .error, "not-closed", at: .init(file: "rewards.sqlite"),
                        "\(month) is not closed, and payroll pays closed months",
                        remedies: ["kpi rewards close --month \(month) comes first"]))
            }
            let history = LedgerHistory(try ledger.sound { RewardPayroll.needsRows($0, month, light) }.entries)
            let payroll = RewardPayroll(month, history: history, start: weekStarts.weekday)
            let bytes = DelimitedText.csv([PayrollTable.columns] + payroll.lines.map(PayrollTable.row))
            if output == "-" {
                FileHandle.standardOutput.write(Data(bytes))
            } else {
                try OutputFile.write(bytes, to: output)
            }
            messages.print(notes(payroll, history))
        }
    }

    private func notes(_ payroll: RewardPayroll, _ history: LedgerHistory) -> [Diagnostic] {
        let nameless = Set(payroll.lines.filter(\.payroll.isEmpty).map(\.person)).sorted()
        var notes = nameless.map { person in
            Diagnostic(
                .warning, "no-payroll-id", at: .init(file: "people", column: "payroll_id"),
                "\(person) is paid and has no payroll id",
                remedies: ["write it into the file by hand, and into the people export"])
        }
        if !history.pending.isEmpty {
            notes.append(
                Diagnostic(
                    .warning, "entries-pending", at: .init(file: "rewards.sqlite"),
                    "\(history.pending.count) adjustments or reversals come with the next month that is closed",
                    remedies: ["kpi rewards ledger lists them"]))
        }
        return notes
    }
}

/// The payroll file's columns.
enum PayrollTable {
    /// A month touches six weeks at the most.
    private static let weeks = 6

    static let columns =
        [
            "payroll_id", "name", "person_id", "period", "period_first", "period_last", "kind", "amount", "currency",
            "rule",
            "rule_version", "ledger_entry",
        ] + (1...weeks).flatMap { ["week_\($0)_first", "week_\($0)_last", "week_\($0)_counted", "week_\($0)_amount"] }

    static func row(_ line: PayrollLine) -> [String] {
        let start = [
            line.payroll, line.name, line.person, line.month.description,
            line.month.firstDay.description,
            line.month.lastDay.description, line.kind.rawValue, line.amount.description, line.currency,
            line.rule, String(line.version), String(line.entry),
        ]
        let shares = line.weeks.flatMap {
            [$0.first.description, $0.last.description, String($0.counted), $0.amount.description]
        }
        return start + shares + [String](repeating: "", count: max(0, weeks * 4 - shares.count))
    }
}
