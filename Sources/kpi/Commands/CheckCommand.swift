import ArgumentParser
import Basis
import Dealership
import Ingest
import Measures
import Programs
import Reporting

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Every fault in data and definitions at once, and which pages are ready.")

    @OptionGroup var folder: FolderOptions
    @Flag(help: "List every fault, not the first twenty of a kind.")
    var all = false

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: all ? nil : 20)
        try await messages.run {
            let (settings, notes) = try folder.readableSettings()
            guard let settings, !notes.contains(where: { $0.severity == .error }) else {
                throw Rejection(notes + (await faultsOfRows(settings, notes)))
            }
            let exports = try await folder.readExports(settings)
            let efforts = EffortFolder(directory: folder.directory)
            let records = efforts.found(exports.header.settings)
            let programme = EffortProgramme(records.value, settings: exports.header.settings)
            let result = try await exports.tabulate([ListedChannels.spec] + programme.specs, tasks: folder.taskCount)
            let rewards = RewardFolder(directory: folder.directory)
            let rules = rewards.found(exports.header.settings)
            let readiness = try await RewardReadiness.check(exports, rules.value, tasks: folder.taskCount)
            let look = PageLook.faults(settings, directory: folder.directory)
            let problems = notes + look + records.diagnostics + rules.diagnostics + readiness.diagnostics
                + exports.diagnostics(of: result) + ListedChannels.faults(result.tables[0], exports.header.settings)
            messages.print(problems, least: .note)
            for audit in exports.header(counting: result.faults).audits {
                let days = audit.firstDay.flatMap { first in audit.lastDay.map { "\(first) to \($0)" } } ?? "no days"
                let again = audit.setAside[.customerAgain] ?? 0
                let customers = again > 0 ? ", \(again) say the same of a customer" : ""
                print("\(audit.name): \(audit.rowsRead) rows\(customers), \(audit.rowsSetAside - again) set aside, \(days)")
            }
            print(exports.header.hasNoDays ? "no data: no export has a day" : "as of \(exports.header.asOfText)")
            if !efforts.identifiers.isEmpty {
                print("efforts: \(efforts.identifiers.count), \(records.value.count) of them can be read")
            }
            for line in readiness.lines { print(line) }
            let assessed = programme.assess(
                Array(result.tables.dropFirst()), cut: EffortCut.day(nil, exports.header), context: EffortCut.context(exports.header))
            let pages = PageReadiness.pages(exports.header)
                + PageReadiness.efforts(assessed, of: efforts.identifiers, exports.header)
                + [PageReadiness.prospects(exports.header)]
            for page in pages { print(page) }
            print(Readiness(exports).line)
            if !look.isEmpty { throw ExitCode(1) }
            if records.value.count < efforts.identifiers.count { throw ExitCode(1) }
            if rules.value.count < rewards.identifiers.count { throw ExitCode(1) }
            if folder.strict, problems.contains(where: { $0.severity >= .warning }) { throw ExitCode(1) }
        }
    }

    /// Settings with faults do not hide those of rows and efforts: exports are read by what of the settings could be. Where
    /// it is their mapping that cannot, every row would look wrong.
    private func faultsOfRows(_ settings: DealershipSettings?, _ notes: [Diagnostic]) async -> [Diagnostic] {
        let isMapped = !notes.contains { $0.severity == .error && $0.location?.column?.hasPrefix("exports") == true }
        guard let settings, isMapped else {
            return [
                Diagnostic(
                    .warning, "exports-not-read", "the exports were not looked at: nothing says yet how to read them",
                    remedies: ["mend dealership.yaml and run this again"])
            ]
        }
        let definitions = PageLook.faults(settings, directory: folder.directory)
            + EffortFolder(directory: folder.directory).found(settings).diagnostics
            + RewardFolder(directory: folder.directory).found(settings).diagnostics
        do throws(Rejection) {
            let exports = try await folder.readExports(settings)
            return definitions + exports.diagnostics(of: try await exports.tabulate([], tasks: folder.taskCount))
        } catch {
            return definitions + error.diagnostics
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

    /// Page 6, and under it each effort: whether it can be told, and what there is to bear in mind.
    static func efforts(
        _ assessed: [EffortAssessment], of identifiers: [String], _ header: JournalHeader
    ) -> [String] {
        let page = "6 Did it work?"
        guard !identifiers.isEmpty else {
            return ["ready: \(page) (no effort in \(EffortFolder.name)/: it shows what moved by itself)"]
        }
        let lines = identifiers.map { identifier -> (isReady: Bool, text: String) in
            guard let one = assessed.first(where: { $0.effort.identifier == identifier }) else {
                return (false, "not ready: \(identifier) (its file cannot be read)")
            }
            let words = EffortWords(one, currency: header.settings.currency)
            let missing = one.effort.goal.measure.request.entry.needs.compactMap { StandardTable(rawValue: $0) }
                .filter { !header.has($0) }.map { "no \($0)" }
            let isTold = one.verdict.finding != .cannotTell && missing.isEmpty
            let faults = missing.isEmpty ? isTold ? [] : [words.reason] : missing
            let remarks = faults + one.flags.map(words.short)
            let brackets = remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))"
            return (isTold, "\(isTold ? "ready" : "not ready"): \(identifier)\(brackets)")
        }
        let told = lines.count(where: \.isReady)
        let all = identifiers.count == 1 ? "one effort" : "\(identifiers.count) efforts"
        let head = told == identifiers.count ? all : "\(told) of \(all) can be told"
        return ["\(told > 0 ? "ready" : "not ready"): \(page) (\(head))"] + lines.map { "  " + $0.text }
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
