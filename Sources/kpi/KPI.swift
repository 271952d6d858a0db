import ArgumentParser

@main
struct KPI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kpi",
        abstract: "Honest numbers and good pages from a dealership's exports.",
        discussion: "Begin with `kpi sample demo`, then `kpi report monthly demo --month latest`.",
        version: Program.version,
        subcommands: [
            ReportCommand.self, TablesCommand.self, ExplainCommand.self, CheckCommand.self, SampleCommand.self,
            HoursCommand.self, MeasuresCommand.self,
        ])
}

enum Program {
    static let version = "0.1.0"
}
