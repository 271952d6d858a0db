import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Programs
import Reporting
import Statistics

/// How efforts stand: their histories, and their verdicts by the exports.
struct EffortStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Each effort's verdict and history; 1 where a history was changed.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup var folder: FolderOptions
    @Option(help: "One effort only: its file's name without the ending.")
    var effort: String?
    @Option(help: "A store's id. Default: all stores.")
    var store: String?
    @Option(help: "text or json.")
    var format: Format = .text

    func run() async throws {
        let messages = Messages(showValues: folder.showValues)
        try await messages.run {
            let files = EffortFolder(directory: folder.directory)
            if let effort { _ = try files.text(effort) }
            let (exports, notes) = try await folder.readExports()
            let records = try files.records(exports.header.settings)
            messages.print(notes + records.diagnostics)
            let found = try await exports.assess(records.value, store: store, month: nil, tasks: folder.taskCount)
                .filter { effort == nil || $0.effort.identifier == effort }
            switch format {
            case .text:
                let currency = exports.header.settings.currency
                print(found.map { EffortLines($0, currency: currency).lines.joined(separator: "\n") }.joined(separator: "\n\n"))
            case .json:
                let currency = exports.header.settings.currency
                let values = found.map { EffortJSON(assessment: $0, currency: currency).value }
                print(JSONValue.list(values).rendered())
            }
            if found.contains(where: { !$0.record.history.damage.isEmpty }) { throw ExitCode(1) }
        }
    }
}

extension StagedExports {
    /// Efforts with their verdicts at a month's end, else at the end of the exports.
    func assess(
        _ records: [EffortRecord], store: String?, month: Month?, tasks: Int
    ) async throws(Rejection) -> [EffortAssessment] {
        let programme = EffortProgramme(records, settings: header.settings, store: store)
        let result = try await tabulate(programme.specs, tasks: tasks)
        return programme.assess(result.tables, cut: EffortCut.day(month, header), context: EffortCut.context(header))
    }
}

/// What efforts are judged by.
enum EffortCut {
    /// The last day that counts.
    static func day(_ month: Month?, _ header: JournalHeader) -> Day {
        month.map { min($0.lastDay, header.asOfDay) } ?? header.asOfDay
    }

    static func context(_ header: JournalHeader) -> LinkingContext {
        LinkingContext(header: header, parameters: LinkingParameters(header.settings))
    }
}

/// An assessment in lines, for the command line.
struct EffortLines {
    let assessment: EffortAssessment
    let words: EffortWords

    init(_ assessment: EffortAssessment, currency: String) {
        self.assessment = assessment
        words = EffortWords(assessment, currency: currency)
    }

    static func days(_ days: [Day]) -> String { days.map(\.description).joined(separator: ", ") }

    var lines: [String] {
        let effort = assessment.effort
        let measure = effort.goal.measure
        var lines = ["\(effort.identifier): \(effort.name)", "  verdict   \(words.verdict). \(words.reason)"]
        if let result = assessment.result {
            lines.append("  figures   \(measure.text(result.before)) before, \(measure.text(result.after)) after")
            if let gain = result.gain {
                let level = String(format: "%.2f", result.look.level * 100)
                lines.append(
                    "  change    \(measure.sizeNumber(gain.estimate)) (likely \(measure.sizeNumber(gain.lower)) to "
                        + "\(measure.sizeNumber(gain.upper)), limits of \(level) % at this look)")
            }
        }
        lines.append("  goal      \(effort.goalWords)")
        lines.append("  looks     \(assessment.looksTaken) of \(assessment.looksPlanned) taken\(next)")
        if let size = assessment.judge?.goalSize, let power = assessment.power {
            let shares = power.looks.map { "\($0.look.day) \(Int(($0.share * 100).rounded())) %" }
            lines.append("  power     a change of \(measure.size(size)) shows by \(shares.joined(separator: ", "))")
        }
        for one in assessment.guards { lines.append("  guard     \(one.measure.title): \(words(of: one))") }
        for flag in assessment.flags { lines.append("  flag      \(words.sentence(flag))") }
        return lines + history
    }

    private var next: String { assessment.nextLook.map { ", next on \($0.day)" } ?? "" }

    private func words(of one: EffortAssessment.Guard) -> String {
        guard let gain = one.gain else { return one.missing }
        let range = "likely \(one.measure.sizeNumber(gain.lower)) to \(one.measure.sizeNumber(gain.upper))"
        guard gain.direction != nil else { return "no clear change (\(range))" }
        return "\(one.isWorse ? "worse" : one.measure.better == nil ? "changed" : "better") by "
            + "\(one.measure.size(gain.estimate)) (\(range))"
    }

    private var history: [String] {
        let history = assessment.record.history
        if history.isEmpty { return ["  history   none: kpi effort open writes it down"] }
        return history.entries.map { entry in
            let outcome = entry.outcome.map { ", \($0.rawValue)" } ?? ""
            let note = entry.note.isEmpty ? "" : ": \(entry.note)"
            return "  \(entry.number). \(entry.on) \(entry.act.rawValue)\(outcome) by \(entry.by)\(note)"
        } + history.damage.map { "  damaged   \($0)" } + ["  head      \(history.head)"]
    }
}
