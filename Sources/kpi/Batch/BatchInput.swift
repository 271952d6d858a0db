import Basis
import Dealership
import Foundation
import Ingest
import Programs
import Store

/// What decides what a batch writes, as one SHA-256: the program, what was asked for, and every file of the dealership's
/// folder that is not itself a report.
enum BatchInput {
    /// - Parameters:
    ///   - options: what was asked for, in a fixed order.
    ///   - files: beside the folder's: settings, a report's definition or a language that lie elsewhere.
    ///   - tasks: how many files are read at once.
    static func digest(
        directory: String, options: [String], files: [String], tasks: Int
    ) async throws(Rejection) -> String {
        let beside = ["/proc/self/exe"] + files
        let names = names(directory, depth: 0)
        let paths = beside + names.map { "\(directory)/\($0)" }
        let digests = try await concurrently(paths.count, tasks: tasks) { BatchInput.digest(ofFile: paths[$0]) }
        var digest = LedgerDigest()
        func add(_ text: String) { digest.add(Array(text.utf8) + [0]) }
        digests.prefix(beside.count).forEach(add)
        options.forEach(add)
        for (name, found) in zip(names, digests.dropFirst(beside.count)) {
            add(name)
            add(found)
        }
        return digest.finish()
    }

    private static let deepest = 12
    private static let chunk = 1 << 20

    /// Files in and below a folder, sorted; links are followed. Folders that hold a batch are left out, and so is what
    /// reports and readers of a store leave in the dealership's own folder.
    private static func names(_ folder: String, depth: Int) -> [String] {
        let found = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        if depth > 0, found.contains(BatchRecord.name) { return [] }
        return found.flatMap { name -> [String] in
            if name.hasPrefix(".") || depth == 0 && isMade(name) { return [] }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder) else { return [] }
            guard isFolder.boolValue else { return [name] }
            return depth < deepest ? names("\(folder)/\(name)", depth: depth + 1).map { "\(name)/\($0)" } : []
        }
    }

    private static func isMade(_ name: String) -> Bool {
        [".pdf", ".html", "-figures.csv", "-restated.csv", ".sqlite-shm", IssuedReports.name, "\(IssuedReports.name)-wal"]
            .contains { name.hasSuffix($0) }
    }

    /// Of the reports issued so far those that decide what a batch writes: all up to the last one when it began, and later ones
    /// but its own.
    static func issues(
        _ issued: [IssuedReport], before last: Int, report: String, month: String
    ) -> [String] {
        issued.filter { $0.number <= last || $0.subject.report != report || $0.month.description != month }
            .map { "\($0.number) \($0.fingerprint)" }
    }

    /// Empty where there is none to read.
    private static func digest(ofFile path: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        var digest = LedgerDigest()
        while let data = try? file.read(upToCount: chunk), !data.isEmpty { digest.add([UInt8](data)) }
        return digest.finish()
    }
}
