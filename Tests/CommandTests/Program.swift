import Foundation
import Testing

/// The program as it was built, run as people run it.
enum Program {
    struct Ran {
        var status: Int32
        var out: String
        var errors: String
    }

    /// Beside the tests' own bundle.
    static var path: URL {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "kpi")
    }

    /// A program where the shell would find it.
    static func find(_ name: String) -> URL? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(filePath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path()) }
    }

    static func run(_ arguments: String...) throws -> Ran { try run(list: arguments) }

    static func run(list arguments: [String]) throws -> Ran { try run(path, arguments) }

    /// What a PDF says, with blanks between words alone.
    static func words(ofPDF file: String) throws -> String {
        let ran = try run(URL(filePath: "/usr/bin/env"), ["pdftotext", "-raw", file, "-"])
        return ran.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    static func run(_ program: URL, _ arguments: [String]) throws -> Ran {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let folder = FileManager.default.temporaryDirectory.appending(path: "kpi-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files, not pipes: a pipe that is full would stop the program.
        let (out, errors) = (folder.appending(path: "out"), folder.appending(path: "err"))
        _ = FileManager.default.createFile(atPath: out.path(), contents: nil)
        _ = FileManager.default.createFile(atPath: errors.path(), contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Ran(
            status: process.terminationStatus, out: try String(contentsOf: out, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }
}

/// A folder that is gone after the test.
struct ScratchFolder: ~Copyable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "kpi-scratch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.path() }

    func write(_ text: String, _ name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func read(_ name: String) throws -> String { try String(contentsOf: url.appending(path: name), encoding: .utf8) }
}
