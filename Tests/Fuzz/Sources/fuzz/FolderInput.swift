import Basis
import Dealership
import Definitions
import Foundation
import Measures
import Synchronization

@testable import Ingest

/// A folder in one text: `%%% NAME` on a line of its own begins a file. Names that are no standard table's are passed
/// over.
struct FolderInput {
    var files: [(name: String, bytes: [UInt8])] = []

    static let mark = Array("%%% ".utf8)
    static let names = Set(
        ["dealership.yaml"] + StandardTable.allCases.flatMap { table in
            // Parquet is read by another program.
            SourceKind.allCases.filter { $0 != .parquet }.flatMap(\.endings)
                .map { "exports/\(table.rawValue)\($0)" }
        })

    init(_ input: [UInt8]) {
        for part in FolderInput.parts(input)
        where FolderInput.names.contains(part.name) && !files.contains(where: { $0.name == part.name }) {
            files.append(part)
        }
    }

    /// Every part, whatever its name.
    static func parts(_ input: [UInt8]) -> [(name: String, bytes: [UInt8])] {
        var parts: [(name: String, bytes: [UInt8])] = []
        var name: String?
        var bytes: [UInt8] = []
        func close() {
            if let name { parts.append((name, bytes)) }
        }
        var start = 0
        while start < input.count {
            let end = input[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? input.count
            let line = input[start..<end]
            if line.starts(with: FolderInput.mark) {
                close()
                name = String(decoding: line.dropFirst(FolderInput.mark.count), as: UTF8.self)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                bytes = []
            } else {
                bytes += line
            }
            start = end
        }
        close()
        // The line break before a mark belongs to the mark, so that a file may end without one.
        for index in parts.indices.dropLast() where parts[index].bytes.last == 0x0A { parts[index].bytes.removeLast() }
        return parts
    }

    static func packed(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var text: [UInt8] = []
        for (index, file) in files.enumerated() {
            if index > 0 { text.append(0x0A) }
            text += FolderInput.mark + Array(file.name.utf8) + [0x0A] + file.bytes
        }
        return text
    }
}

/// What reading a folder gave: everything that a report is computed from.
struct FolderOutcome: Equatable {
    var read = 0
    var setAside = 0
    var codes: [String] = []
    var rejected = false
}

final class FolderRun: Sendable {
    static let shared = FolderRun()
    /// In memory, where Linux keeps it: a run takes a millisecond or so.
    let folder = "/dev/shm/kpi-fuzz-\(getpid())"
    /// A few zones, and no table of all names to look for the nearest in.
    private let zones: ZoneDirectory
    /// The files in the folder; nil: there is no folder yet.
    private let there = Mutex<Set<String>?>(nil)

    private init() { zones = ZoneDirectory(path: folder + "/zones") }

    private func make() {
        let manager = FileManager.default
        try? manager.createDirectory(atPath: folder + "/exports", withIntermediateDirectories: true)
        for zone in ["America/Chicago", "America/New_York", "Europe/Berlin"] {
            let path = "\(folder)/zones/\(zone)"
            try? manager.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try? manager.copyItem(atPath: "/usr/share/zoneinfo/\(zone)", toPath: path)
        }
    }

    /// What was written; the next run makes it again.
    func remove() {
        there.withLock { $0 = nil }
        try? FileManager.default.removeItem(atPath: folder)
    }

    func run(_ input: FolderInput) {
        let whole = outcome(input.files, partSize: ChunkReader.partSize)
        // Nothing may depend on where a file was cut into parts. That takes as long again, so not every input is asked.
        if whole.rejected || input.files.reduce(0, { $0 &+ $1.bytes.count }) % 8 != 0 { return }
        let parts = outcome(input.files, partSize: 61)
        must(whole == parts, "parts: \(whole) \(parts)")
    }

    func outcome(_ files: [(name: String, bytes: [UInt8])], partSize: Int) -> FolderOutcome {
        write(files)
        return finish { [self] in
            var outcome = FolderOutcome()
            do throws(Rejection) {
                var settings = DefinitionRun.settings
                if let file = files.first(where: { $0.name == "dealership.yaml" }) {
                    settings = try DealershipFile.read(bytes: file.bytes, file: file.name).value
                }
                let exports = try await StagedExports.read(
                    directory: folder, settings: settings, zones: zones, asOf: nil, tasks: 1,
                    partSize: partSize)
                let tabulation = Tabulation(header: exports.header, specs: [])
                var faults: [GroupFault] = []
                var links: [LinkFault] = []
                for group in 0..<exports.groupCount {
                    let journal = try exports.journal(ofGroup: group)
                    links += tabulation.tally(journal).faults
                    faults += journal.faults
                }
                let told = exports.diagnostics + exports.diagnostics(of: faults) + exports.diagnostics(of: links)
                let header = exports.header(counting: faults)
                outcome.codes = told.map(\.code).sorted()
                outcome.read = header.audits.reduce(0) { $0 + $1.rowsRead }
                outcome.setAside = header.audits.reduce(0) { $0 + $1.setAside.values.reduce(0, +) }
                must(outcome.setAside <= outcome.read, "no more rows are set aside than were read")
            } catch {
                must(error.diagnostics.contains { $0.severity == .error }, "a rejection has an error")
                outcome.rejected = true
            }
            return outcome
        }
    }

    private func write(_ files: [(name: String, bytes: [UInt8])]) {
        there.withLock { there in
            if there == nil { make() }
            let now = Set(files.map(\.name))
            for old in (there ?? []).subtracting(now) { unlink("\(folder)/\(old)") }
            there = now
        }
        for file in files {
            let descriptor = open("\(folder)/\(file.name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            file.bytes.withUnsafeBytes { _ = Foundation.write(descriptor, $0.baseAddress, $0.count) }
            close(descriptor)
        }
    }
}

/// Runs it, with all tasks it starts, on this thread: the fuzzer calls one function after the other.
func finish<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) -> Value {
    let here = Here()
    let box = Box<Value>()
    Task(executorPreference: here) {
        let value = await body()
        box.value.withLock { $0 = value }
    }
    while true {
        here.run()
        if let value = box.value.withLock({ $0 }) { return value }
        sched_yield()
    }
}

private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}

/// Keeps what tasks have to do until it is asked to run it.
private final class Here: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    func run() {
        while let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
