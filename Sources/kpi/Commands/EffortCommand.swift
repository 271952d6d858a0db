public import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
public import Programs

extension EffortEntry.Outcome: ExpressibleByArgument {}

struct EffortCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "effort",
        abstract: "A change effort's life: opened before it starts, amended in the open, closed; and how it stands.",
        discussion: """
            An effort is a file in efforts/. open, amend and close write its text, the day and who did it into a history \
            beside it, in which each entry holds the hash of the one before: a goal that was moved after the start is \
            seen, and so is an edit past the history. The day is given; no clock is read.
            """,
        subcommands: [OpenEffort.self, AmendEffort.self, CloseEffort.self, EffortStatus.self])
}

/// What the three that write have in common.
struct EffortOptions: ParsableArguments {
    @Argument(help: "The dealership's folder.")
    var directory: String
    @Argument(help: "The effort: its file's name in efforts/ without the ending.")
    var effort: String
    @Option(help: "The day of it: 2026-06-29.")
    var on: String
    @Option(help: "Who does it.")
    var by: String
    @Option(help: "A word on it.")
    var note = ""

    func day() throws(Rejection) -> Day {
        guard let written = readTime(on), written.secondOfDay == nil else {
            throw Rejection(Diagnostic(.error, "bad-as-of", "--on \(on) is no date", remedies: ["write 2026-06-29"]))
        }
        return written.day
    }

    var folder: EffortFolder { EffortFolder(directory: directory) }

    func record() throws(Rejection) -> Checked<EffortRecord> {
        try folder.record(effort, FolderOptions.readSettings(of: directory).value)
    }

    func refuse(_ what: String, _ remedy: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, "effort-standing", at: .init(file: folder.file(effort)), what, remedies: [remedy]))
    }

    /// Writes one entry more, if the history is sound.
    func add(
        _ act: EffortEntry.Act, to record: EffortRecord, outcome: EffortEntry.Outcome? = nil
    ) throws(Rejection) -> EffortEntry? {
        let day = try day()
        guard record.history.damage.isEmpty else {
            throw refuse(
                "the history was changed after it was written: \(record.history.damage[0])",
                "restore \(folder.historyFile(effort)) from a copy first")
        }
        if let last = record.history.entries.last, day < last.on {
            throw refuse("\(day) lies before the last entry, of \(last.on)", "give the day on which it is done")
        }
        let history = record.history.adding(
            act, on: day, by: by, note: note, outcome: outcome, text: try folder.text(effort))
        try folder.write(history, effort)
        return history.entries.last
    }
}

struct OpenEffort: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Writes down an effort before it starts.")
    @OptionGroup var options: EffortOptions

    func run() async throws {
        let messages = Messages(showValues: false)
        try await messages.run {
            let record = try options.record()
            messages.print(record.diagnostics)
            guard record.value.history.isEmpty else {
                throw options.refuse("the effort was opened already", "kpi effort amend writes down what changed since")
            }
            let entry = try options.add(.open, to: record.value)
            let effort = record.value.effort
            if let entry, entry.on > effort.start {
                messages.print([
                    Diagnostic(
                        .warning, "opened-late", at: .init(file: options.folder.file(options.effort)),
                        "opened on \(entry.on), after the start on \(effort.start): pages will say so",
                        remedies: ["open the next one before it begins"])
                ])
            }
            print("opened \(effort.identifier): \(effort.goalWords); looks on \(EffortLines.days(effort.looks))")
            if let entry { print("entry 1, hash \(entry.hash)") }
        }
    }
}

struct AmendEffort: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "Writes down that an effort's file was changed.")
    @OptionGroup var options: EffortOptions

    func run() async throws {
        let messages = Messages(showValues: false)
        try await messages.run {
            let record = try options.record()
            guard !record.value.history.isEmpty else {
                throw options.refuse("the effort was never opened", "kpi effort open comes first")
            }
            guard record.value.history.closing == nil else {
                throw options.refuse("the effort is closed", "write a new one")
            }
            guard record.value.isEditedUnlogged else {
                throw options.refuse("nothing was changed since the last entry", "edit the file first")
            }
            let differences = record.value.unlogged
            guard let entry = try options.add(.amend, to: record.value) else { return }
            print("entry \(entry.number), hash \(entry.hash)")
            for difference in differences { print("  \(difference.words)") }
            let moved = differences.filter { $0.movesTheGoal || $0.subject == .scope }
            if !moved.isEmpty, entry.on > record.value.declared.start {
                print("the effort had begun: its verdict stands on what was declared, and pages show the change")
            }
        }
    }
}

struct CloseEffort: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Ends an effort: the change is kept, or dropped.")
    @OptionGroup var options: EffortOptions
    @Option(help: "keep or drop.")
    var outcome: EffortEntry.Outcome

    func run() async throws {
        let messages = Messages(showValues: false)
        try await messages.run {
            let record = try options.record()
            guard !record.value.history.isEmpty else {
                throw options.refuse("the effort was never opened", "kpi effort open comes first")
            }
            guard record.value.history.closing == nil else { throw options.refuse("the effort is closed already", "leave it") }
            guard !record.value.isEditedUnlogged else {
                throw options.refuse("the file was edited past its history", "kpi effort amend comes first")
            }
            guard let entry = try options.add(.close, to: record.value, outcome: outcome) else { return }
            print("closed \(options.effort) on \(entry.on): \(outcome.rawValue); entry \(entry.number), hash \(entry.hash)")
        }
    }
}
