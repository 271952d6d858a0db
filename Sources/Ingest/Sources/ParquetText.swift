import Basis
import Dealership
import Foundation

/// Parquet files as delimited text, which the user's own `duckdb` makes of them.
struct ParquetText {
    /// Where programs lie, as the environment has it.
    var path = ProcessInfo.processInfo.environment["PATH"] ?? ""

    func open(_ files: [SourceFile]) -> OpenedSources {
        guard let duckdb = program("duckdb") else {
            var opened = OpenedSources()
            opened.faults = files.map { file in
                Diagnostic(
                    .error, "no-duckdb", at: .init(file: file.name), "Parquet is read through duckdb, which is not installed",
                    remedies: [
                        "install its command line (https://duckdb.org/install, or pip install duckdb-cli) so that it is on the PATH",
                        "or export CSV",
                    ])
            }
            return opened
        }
        return OpenedSources(each: files) { file throws(Rejection) in
            Checked([ExportBytes(name: file.name, spooled: try rows(of: file, duckdb))])
        }
    }

    private func program(_ name: String) -> String? {
        path.split(separator: ":").map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// All rows, or none: the text must have as many as the file says.
    private func rows(of file: SourceFile, _ duckdb: String) throws(Rejection) -> SpooledRows {
        let table = "read_parquet('/dev/fd/0')"
        var told = RecordCount()
        let count = try run(duckdb, "COPY (SELECT count(*) FROM \(table)) TO '/dev/stdout' (FORMAT csv, HEADER false)", file, &told)
        var records = RecordCount()
        let spool = try run(duckdb, "COPY (SELECT * FROM \(table)) TO '/dev/stdout' (FORMAT csv, HEADER true)", file, &records)
        guard let rows = Int(text(count).trimmingCharacters(in: .whitespacesAndNewlines)), rows + 1 == records.records else {
            throw Rejection(unreadable(file, "duckdb gave \(max(0, records.records - 1)) rows, and the file has others", ""))
        }
        return SpooledRows([.init(spool: spool, records: records.records, bytes: spool.count, breaks: records.breaks)])
    }

    /// What duckdb answers. It is given the file open, so that no name needs quoting and no star in one means more files.
    private func run(
        _ duckdb: String, _ statement: String, _ file: SourceFile, _ records: inout RecordCount
    ) throws(Rejection) -> SpoolFile {
        guard let input = FileHandle(forReadingAtPath: file.path) else {
            throw Rejection(
                Diagnostic(
                    .error, "unreadable-file", at: .init(file: file.name), "the file cannot be opened",
                    remedies: ["check its permissions"]))
        }
        let said = try SpoolFile()
        let answer = try SpoolFile()
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: duckdb)
        // Nobody's start-up file may change what comes.
        process.arguments = ["-batch", "-init", "/dev/null", "-c", statement]
        process.environment = ProcessInfo.processInfo.environment.merging(["TZ": "UTC"]) { _, utc in utc }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle(fileDescriptor: said.descriptor, closeOnDealloc: false)
        do {
            try process.run()
        } catch {
            throw Rejection(unreadable(file, "duckdb does not start", ""))
        }
        var failure: Rejection?
        while failure == nil, let part = try? output.fileHandleForReading.read(upToCount: 1 << 20), !part.isEmpty {
            part.withUnsafeBytes { bytes in
                records.take(bytes)
                do throws(Rejection) { try answer.append(bytes) } catch { failure = error }
            }
        }
        if failure != nil { process.terminate() }
        process.waitUntilExit()
        if let failure { throw failure }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw Rejection(unreadable(file, "duckdb cannot read it", text(said)))
        }
        return answer
    }

    private func text(_ spool: SpoolFile) -> String {
        let handle = FileHandle(fileDescriptor: spool.descriptor, closeOnDealloc: false)
        guard (try? handle.seek(toOffset: 0)) != nil, let data = try? handle.read(upToCount: 1_000) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }

    private func unreadable(_ file: SourceFile, _ message: String, _ said: String) -> Diagnostic {
        Diagnostic(
            .error, "unreadable-parquet", at: .init(file: file.name), message,
            remedies: ["transfer or export it again; --show-values says what duckdb said"],
            value: said.isEmpty ? nil : said.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}

/// Counts the records of quoted text as it passes.
private struct RecordCount {
    private(set) var records = 0
    private(set) var breaks: [(record: Int, lines: Int)] = []
    private var isQuoted = false
    private var lines = 0

    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes {
            if byte == 0x22 {
                isQuoted.toggle()
            } else if byte == 0x0A, isQuoted {
                lines += 1
            } else if byte == 0x0A {
                if lines > 0 { breaks.append((records, lines)) }
                lines = 0
                records += 1
            }
        }
    }
}
