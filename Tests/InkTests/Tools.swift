import Foundation
import Testing

/// Runs a PDF tool on bytes and answers what it prints. The file goes where nothing else does and is removed.
func run(
    _ tool: String, _ arguments: [String], on bytes: [UInt8], after: [String] = []
) throws -> (status: Int32, text: String) {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("ink-\(UUID().uuidString).pdf")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments + [file.path] + after
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
}

/// The PDF's structure as `pdfinfo` prints it, one element or text a line, without object numbers and
/// empty texts.
func structure(of bytes: [UInt8]) throws -> String {
    try run("pdfinfo", ["-struct-text"], on: bytes).text
        .split(separator: "\n").filter { !$0.contains("Object ") && !$0.hasSuffix(" \"\"") }
        .joined(separator: "\n")
}

/// Every object of the PDF as JSON (qpdf's version 2).
func json(of bytes: [UInt8]) throws -> String {
    try run("qpdf", ["--json", "--json-stream-data=none"], on: bytes).text
}
