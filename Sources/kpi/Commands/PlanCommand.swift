import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures

/// `kpi plan`: the folder with which another engine distributes the work.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Writes a job with which Spark or sort distributes the work of kpi tables.",
        discussion: "For data that lies in a lake, many years of history, or where policy asks for it; not for speed.")

    enum Engine: String, ExpressibleByArgument, CaseIterable { case spark, sort }

    @Argument(help: "The list of tables, as for kpi tables.", completion: .file(extensions: ["yaml"]))
    var spec: String
    @OptionGroup var folder: FolderOptions
    @Option(name: .shortAndLong, help: "The job's folder; it must not exist, or be empty.")
    var output: String
    @Option(help: "spark or sort.")
    var engine: Engine = .sort
    @Option(help: "Spark: where the engine finds the exports, in place of the folder's: s3a://lake/dealers.")
    var data: String?
    @Option(help: "How many partitions.")
    var partitions = 8

    func validate() throws {
        if partitions < 1 { throw ValidationError("--partitions \(partitions): there is one at least") }
    }

    func run() async throws {
        let messages = Messages(showValues: folder.showValues, limit: 2)
        try await messages.run {
            let job = "\(output)/job"
            guard ((try? FileManager.default.contentsOfDirectory(atPath: output)) ?? []).isEmpty else {
                throw Rejection(
                    Diagnostic(
                        .error, "job-exists", at: .init(file: output), "the folder is not empty",
                        remedies: ["give a new folder: what is left of another job would be taken for this one's"]))
            }
            let settings = try folder.readSettings()
            let definitions = folder.settings ?? "\(folder.directory)/dealership.yaml"
            guard let tables = FileManager.default.contents(atPath: spec),
                let yaml = FileManager.default.contents(atPath: definitions)
            else {
                throw Rejection(
                    Diagnostic(.error, "no-file", at: .init(file: spec), "there is no such file", remedies: ["check the path"]))
            }
            _ = try TablesFile.read(bytes: [UInt8](tables), file: spec, settings: settings.value)
            var files = folder
            files.readsFiles = true
            let exports = try await files.readExports(settings.value)
            let planned = try exports.planned(directory: folder.directory)
            try OutputFile.makeFolder("\(job)/exports")
            for file in planned.files + [
                ("plan.json", planned.plan.text), ("tables.yaml", [UInt8](tables)), ("dealership.yaml", [UInt8](yaml)),
            ] { try OutputFile.write(file.1, to: "\(job)/\(file.0)") }
            let writer = EngineJob(
                plan: planned.plan, partitions: partitions,
                data: data ?? URL(fileURLWithPath: folder.directory).path,
                stores: exports.header.stores.map { ($0.identifier, exports.header.groups[$0.group]) })
            for file in engine == .sort ? writer.sortFiles() : writer.sparkFiles() {
                try OutputFile.write(Array(file.text.utf8), to: "\(output)/\(file.name)")
            }
            if engine == .spark { try writeLines(writer, exports) }
        }
    }
}

extension PlanCommand {
    private func writeLines(_ job: EngineJob, _ exports: StagedExports) throws {
        let inputs = job.inLines
        if inputs.isEmpty { return }
        try OutputFile.makeFolder("\(output)/rows")
        for (index, input) in job.plan.inputs.enumerated() where inputs.contains(input) {
            var plan = job.plan
            plan.inputs = [input]
            let path = "\(output)/rows/\(EngineJob.lines(index))"
            try OutputFile.write([], to: path)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try exports.rowLines(of: plan) { try handle.write(contentsOf: Data($0)) }
            try handle.close()
        }
    }
}

/// `kpi rows`: the rows of a job as lines, for engines that sort lines.
struct RowsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rows", abstract: "Prints the rows that a job hands out as lines, unsorted, for sort and kpi partial.")

    @Argument(help: "The job's folder, made by kpi plan.", completion: .directory)
    var job: String
    @OptionGroup var folder: FolderOptions
    @Option(help: "File for their counts and checksums, for kpi finalize.", completion: .file())
    var control: String?

    func run() async throws {
        try await Messages(showValues: folder.showValues, limit: 2).run {
            var files = folder
            files.readsFiles = true
            let plan = try JobPlan.read(directory: job)
            let (exports, _) = try await files.readExports()
            var counting = RowCounting()
            try exports.rowLines(of: plan) { lines in
                if control != nil { counting.add(lines) }
                try StandardOutput.write(lines)
            }
            if let control { try OutputFile.write(Array(counting.text.utf8), to: control) }
        }
    }
}
