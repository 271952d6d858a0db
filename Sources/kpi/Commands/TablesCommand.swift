import ArgumentParser
import Basis
import Definitions
import Foundation
import Ingest
import Measures

struct TablesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tables", abstract: "Any list of measures by groupings, from one pass over the data.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json }

    @Argument(help: "The list: a YAML file (see README; `kpi measures` lists what there is).", completion: .file(extensions: ["yaml"]))
    var spec: String
    @OptionGroup var folder: FolderOptions
    @Option(name: .shortAndLong, help: "Folder for the tables, one file each. Default: standard output.")
    var output: String?
    @Option(help: "csv or json.")
    var format: Format = .csv

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            let settings = try folder.readSettings()
            guard let data = FileManager.default.contents(atPath: spec) else {
                throw Rejection(
                    Diagnostic(.error, "no-file", at: .init(file: spec), "there is no such file", remedies: ["check the path"]))
            }
            let specs = try TablesFile.read(bytes: [UInt8](data), file: spec, settings: settings.value)
            let (exports, notes) = try await folder.readExports()
            let result = try await exports.tabulate(specs.value, tasks: folder.taskCount)
            let problems = notes + specs.diagnostics + exports.diagnostics(of: result)
            messages.print(problems)
            if folder.strict, problems.contains(where: { $0.severity >= .warning }) { throw ExitCode(1) }
            if let output { try OutputFile.makeFolder(output) }
            for (spec, table) in zip(specs.value, result.tables) {
                let rows = Tabulation.rows(table, spec)
                let bytes = format == .csv ? DelimitedText.csv(rows) : DelimitedText.json(rows, textColumns: spec.by.count)
                if let output {
                    try OutputFile.write(bytes, to: "\(output)/\(spec.name).\(format.rawValue)")
                } else {
                    let title = specs.value.count > 1 && format == .csv ? "# \(spec.name)\n" : ""
                    FileHandle.standardOutput.write(Data(Array(title.utf8) + bytes))
                }
            }
        }
    }
}
