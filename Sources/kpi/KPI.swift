import ArgumentParser
import CMemory
import Foundation

@main
struct KPI: AsyncParsableCommand {
    static func main() async {
        // The columns that a run makes and drops are large. Returned to the system each of them would be asked for again a
        // moment later, and cleared page by page: a fifth of a short run's time.
        kpi_keep_freed_memory()
        await Program.$isProcess.withValue(true) {
            guard let command = command(CommandLine.arguments.dropFirst()) else { return await main(nil) }
            do {
                if var waiting = command as? any AsyncParsableCommand {
                    try await waiting.run()
                } else {
                    var plain = command
                    try plain.run()
                }
            } catch {
                exit(withError: error)
            }
        }
    }

    /// The command that the first word names, read without looking at all others, which takes milliseconds. Nil for
    /// whatever is no such command, asks for help or is wrong: all of them together say it better.
    static func command(_ arguments: ArraySlice<String>) -> (any ParsableCommand)? {
        guard let name = arguments.first, !arguments.contains(where: { $0.hasPrefix("--generate") }),
            let named = configuration.subcommands.first(where: { $0.configuration.commandName == name })
        else { return nil }
        let found = try? named.parseAsRoot(Array(arguments.dropFirst()))
        return found.flatMap { isOurs($0, below: named) ? $0 : nil }
    }

    /// Not one that the parser puts in a command's place, such as the one that prints help.
    private static func isOurs(_ command: any ParsableCommand, below named: any ParsableCommand.Type) -> Bool {
        type(of: command) == named || named.configuration.subcommands.contains { isOurs(command, below: $0) }
    }

    static let configuration = CommandConfiguration(
        commandName: "kpi",
        abstract: "Honest numbers and good pages from a dealership's exports.",
        discussion: "Begin with `kpi sample demo`, then `kpi report monthly demo --month latest`.",
        version: Program.version,
        subcommands: [
            ReportCommand.self, TablesCommand.self, ExplainCommand.self, CheckCommand.self, SampleCommand.self,
            NewCommand.self, MapCommand.self,
            HoursCommand.self, MeasuresCommand.self, PresetsCommand.self, ProspectsCommand.self, OwedCommand.self,
            SeriesCommand.self, EffortCommand.self, RewardsCommand.self, ImportCommand.self, ImportsCommand.self,
            UndoCommand.self, IssuedCommand.self,
            PlanCommand.self, RowsCommand.self, PartialCommand.self, MergeCommand.self, FinalizeCommand.self,
        ])
}

enum Program {
    static let version = "0.1.0"

    /// The command is all that the process is for; not so where a test runs it.
    @TaskLocal static var isProcess = false

    /// Ends the process when the command has done its work, and leaves the memory to the system: to take a year's records
    /// and pages apart one by one takes longer than to write the pages.
    static func leave() {
        guard isProcess else { return }
        fflush(nil)
        exit(0)
    }
}
