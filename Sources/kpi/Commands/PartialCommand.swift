import ArgumentParser
import Basis
import Foundation
import Ingest
import Measures

/// `kpi partial`: sorted rows of some sharing groups in, their partial state out.
struct PartialCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partial", abstract: "Tallies sorted rows of some sharing groups, from standard input, into a partial state.",
        discussion: """
            For engines that distribute the work; see the folder that kpi plan makes. A row is a line: sharing group, file and \
            record with tabs between them, in the record tab, line break and backslash as \\t, \\n, \\r and \\\\, as kpi rows \
            writes them; all rows of a group come to one kpi partial, sorted by their bytes.
            """)

    @Argument(help: "The job's folder, made by kpi plan.", completion: .directory)
    var job: String
    @Option(name: .shortAndLong, help: "File for the partial state. Default: standard output.")
    var output: String?
    @Option(help: "How many tasks work at once.")
    var tasks = 1

    func run() async throws {
        try await Messages(showValues: false).run {
            let state = try await read()
            let text = Array(state.text.utf8)
            if let output { try OutputFile.write(text, to: output) } else { try StandardOutput.write(text) }
        }
    }

    private func read() async throws -> PartialState {
        var run = try await PartialRun(try Job(directory: job), tasks: tasks)
        var rest: [UInt8] = []
        while let data = try FileHandle.standardInput.read(upToCount: 1 << 20), !data.isEmpty {
            var start = data.startIndex
            while let end = data[start...].firstIndex(of: 0x0A) {
                rest += data[start..<end]
                try await run.take(rest)
                rest.removeAll(keepingCapacity: true)
                start = end + 1
            }
            rest += data[start...]
        }
        if !rest.isEmpty { throw run.cutOff() }
        return try await run.finish()
    }
}

/// `kpi merge`: partial states into one, in any order to the same bytes.
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Merges partial states into one, in any order to the same bytes.")

    @Argument(help: "Files with partial states, several one behind the other where an engine wrote them so.", completion: .file())
    var states: [String]
    @Option(name: .shortAndLong, help: "File for the merged state. Default: standard output.")
    var output: String?

    func run() async throws {
        try await Messages(showValues: false).run {
            let text = Array(try PartialFiles.merged(states).text.utf8)
            if let output { try OutputFile.write(text, to: output) } else { try StandardOutput.write(text) }
        }
    }
}

/// `kpi finalize`: a merged state and the engine's own count of the rows in, the tables out.
struct FinalizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finalize", abstract: "Writes the tables of merged partial states, if an independent count of the rows agrees.")

    @Argument(help: "The job's folder, made by kpi plan.", completion: .directory)
    var job: String
    @Argument(help: "Files with partial states of all sharing groups.", completion: .file())
    var states: [String]
    @Option(
        help: "The rows as somebody else counted them: CSV with group, file, rows and, where known, sum and xor. Needed.",
        completion: .file())
    var control: [String] = []
    @Option(name: .shortAndLong, help: "Folder for the tables, one file each.")
    var output: String
    @Option(help: "How many tasks work at once. Default: one a core.")
    var tasks: Int?

    func run() async throws {
        try await Messages(showValues: false).run {
            guard !control.isEmpty else {
                throw Rejection(
                    Diagnostic(
                        .error, "rows-not-proved", "there is no count to hold the rows against",
                        remedies: ["give --control: the count that the job's script or the engine wrote"]))
            }
            let job = try Job(directory: self.job)
            let state = try PartialFiles.merged(states)
            let counts = try control.map { try ControlCount.read($0) }.reduce([], +)
            try ControlCount.verify(counts, state)
            let tables = try await job.finalized(
                state, from: states.count == 1 ? states[0] : "the partial states",
                tasks: tasks ?? ProcessInfo.processInfo.activeProcessorCount)
            try OutputFile.makeFolder(output)
            for (spec, table) in zip(job.specs, tables) {
                try OutputFile.write(DelimitedText.csv(Tabulation.rows(table, spec)), to: "\(output)/\(spec.name).csv")
            }
        }
    }
}

enum PartialFiles {
    static func merged(_ files: [String]) throws(Rejection) -> PartialState {
        var merged: PartialState?
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw Rejection(
                    Diagnostic(.error, "no-file", at: .init(file: file), "there is no such file", remedies: ["check the path"]))
            }
            for state in try PartialState.read([UInt8](data), file: file) {
                if merged == nil { merged = state } else { try merged?.merge(state, from: file) }
            }
        }
        guard let merged else {
            throw Rejection(
                Diagnostic(
                    .error, "no-partial", "there is no partial state in these files",
                    remedies: ["give the files that kpi partial wrote"]))
        }
        return merged
    }
}

enum StandardOutput {
    /// All of it, or a fault: a reader that is gone would otherwise have a part that looks whole.
    static func write(_ bytes: [UInt8]) throws(Rejection) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            throw Rejection(
                Diagnostic(
                    .error, "output-cut-off", "standard output was closed or its disk is full",
                    remedies: ["look at the program behind the pipe"]))
        }
    }
}
