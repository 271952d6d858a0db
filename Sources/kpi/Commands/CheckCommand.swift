import ArgumentParser
import Basis
import Dealership
import Ingest
import Measures

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Every fault in data and definitions at once, and which pages are ready.")

    @OptionGroup var folder: FolderOptions
    @Flag(help: "List every fault, not the first twenty of a kind.")
    var all = false

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: all ? nil : 20)
        try await messages.run {
            let (exports, notes) = try await folder.readExports()
            let result = try await exports.tabulate([], tasks: folder.taskCount)
            let efforts = EffortFolder(directory: folder.directory)
            let records = efforts.found(exports.header.settings)
            let rewards = RewardFolder(directory: folder.directory)
            let rules = rewards.found(exports.header.settings)
            let readiness = try await RewardReadiness.check(exports, rules.value, tasks: folder.taskCount)
            let problems = notes + records.diagnostics + rules.diagnostics + readiness.diagnostics
                + exports.diagnostics(of: result)
            messages.print(problems, least: .note)
            for audit in exports.header(counting: result.faults).audits {
                let days = audit.firstDay.flatMap { first in audit.lastDay.map { "\(first) to \($0)" } } ?? "no days"
                print("\(audit.label): \(audit.rowsRead) rows, \(audit.rowsSetAside) set aside, \(days)")
            }
            print(exports.header.hasNoDays ? "no data: no export has a day" : "as of \(exports.header.asOfDay), end of day")
            if !efforts.identifiers.isEmpty {
                print("efforts: \(efforts.identifiers.count), \(records.value.count) of them can be read")
            }
            for line in readiness.lines { print(line) }
            for page in PageReadiness.pages(exports.header) + [PageReadiness.prospects(exports.header)] { print(page) }
            if records.value.count < efforts.identifiers.count { throw ExitCode(1) }
            if rules.value.count < rewards.identifiers.count { throw ExitCode(1) }
            if folder.strict, problems.contains(where: { $0.severity >= .warning }) { throw ExitCode(1) }
        }
    }
}

/// Which pages of the monthly report have what they need.
enum PageReadiness {
    static func pages(_ header: JournalHeader) -> [String] {
        let needs: [(String, [StandardTable])] = [
            ("2 Where do we lose service customers?", [.serviceVisits, .sales, .leads]),
            ("3 Who waits?", [header.has(.conversations) ? .conversations : .messages]),
            ("4 Do our teams talk?", [.messages, .people]),
            ("5 What broke?", [.outages]),
        ]
        return needs.map { page, tables in
            let missing = tables.filter { !header.has($0) }
            return missing.isEmpty
                ? "ready: \(page)" : "not ready: \(page) (no \(missing.map(\.description).joined(separator: ", ")))"
        }
    }

    /// The list of prospects needs a rule and the scheduler's appointments.
    static func prospects(_ header: JournalHeader) -> String {
        let service = header.code(ofName: "service")
        var missing: [String] = []
        if header.settings.prospects == nil { missing.append("no prospects: in dealership.yaml") }
        if !header.has(.appointments) {
            missing.append("no appointments")
        } else if service < 0 {
            missing.append("no appointment of the kind service")
        }
        return missing.isEmpty ? "ready: kpi prospects" : "not ready: kpi prospects (\(missing.joined(separator: ", ")))"
    }
}
