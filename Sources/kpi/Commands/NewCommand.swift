import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Ingest

struct NewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Makes a dealership's folder from a folder of exports: recognises tables and columns, drafts dealership.yaml.",
        discussion: """
            Nothing is overwritten and nothing leaves the exports' folder: they are copied. Says in plain words what was found, \
            what is missing and what is yours to decide.
            """)

    @Argument(help: "The folder to make; or one that holds exports/ and no dealership.yaml yet.")
    var directory: String
    @Option(name: .customLong("from"), help: "The folder with the exports.", completion: .directory)
    var from: String
    @Option(help: "The dealership's name. Default: the folder's.")
    var name: String?
    @Flag(help: "Copy the exports (the default), or link to them where they are.")
    var taking = Taking.copy

    enum Taking: String, EnumerableFlag { case copy, link }

    func run() async throws {
        try await Messages(showValues: false).run {
            let place = NewPlace(directory: directory, from: from)
            try place.refuseFilled()
            let found = try FolderRecognition.look(at: from)
            let draft = DealershipDraft(found, name: name ?? place.name)
            // What is drafted here must read here.
            _ = try DealershipFile.read(text: draft.text, file: "dealership.yaml")
            try OutputFile.makeFolder(directory)
            let taken = place.isAlreadyThere ? 0 : try take(found)
            try OutputFile.write(Array(draft.text.utf8), to: "\(directory)/dealership.yaml")
            for line in found.lines { print(line) }
            print("")
            print("yours to decide, in \(directory)/dealership.yaml:")
            for line in draft.decisions { print("  " + line) }
            print("")
            if !place.isAlreadyThere {
                print("\(directory): dealership.yaml drafted, \(taken) exports \(taking == .copy ? "copied" : "linked")")
            } else {
                print("\(directory): dealership.yaml drafted")
            }
            print("next: kpi check \(directory); kpi report monthly \(directory) --month latest")
        }
    }

    /// Every export once: what has the same content under another name would be counted twice.
    private func take(_ found: FolderRecognition) throws(Rejection) -> Int {
        try OutputFile.makeFolder("\(directory)/exports")
        var taken = 0
        var done: Set<String> = []
        for file in found.files.filter({ $0.copyOf == nil }).flatMap(\.members) where done.insert(file.name).inserted {
            let target = "\(directory)/exports/\(file.name)"
            if let slash = target.lastIndex(of: "/"), file.name.contains("/") { try OutputFile.makeFolder(String(target[..<slash])) }
            do {
                if taking == .copy {
                    try FileManager.default.copyItem(atPath: file.path, toPath: target)
                } else {
                    let path = URL(filePath: file.path).standardizedFileURL.path()
                    try FileManager.default.createSymbolicLink(
                        atPath: target, withDestinationPath: path.removingPercentEncoding ?? path)
                }
            } catch {
                throw Rejection(
                    Diagnostic(
                        .error, "cannot-write", at: .init(file: target), "the export cannot be put there",
                        remedies: ["check the folder, its permissions and the space on the disk"]))
            }
            taken += 1
        }
        return taken
    }
}

/// Where a dealership's folder is to be.
private struct NewPlace {
    let directory: String
    let from: String

    /// `riverside-motors` → `Riverside Motors`.
    var name: String {
        let last = URL(filePath: directory).standardizedFileURL.lastPathComponent
        let words = last.split { $0 == "-" || $0 == "_" || $0 == " " }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return words.isEmpty ? "My dealership" : words.joined(separator: " ")
    }

    /// The exports lie where they belong.
    var isAlreadyThere: Bool {
        URL(filePath: from).standardizedFileURL.resolvingSymlinksInPath().path()
            == URL(filePath: directory + "/exports").standardizedFileURL.resolvingSymlinksInPath().path()
    }

    func refuseFilled() throws(Rejection) {
        let there = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []).filter { !$0.hasPrefix(".") }
        let others = isAlreadyThere ? there.filter { $0 == "dealership.yaml" } : there
        guard others.isEmpty else {
            let isWritten = there.contains("dealership.yaml")
            throw Rejection(
                Diagnostic(
                    .error, "folder-not-empty", at: .init(file: directory),
                    isWritten ? "the folder has a dealership.yaml, which is not overwritten" : "the folder is not empty",
                    remedies: [
                        "name a new folder",
                        isWritten ? "kpi map FILE drafts the mapping of one more export" : "put the exports into its exports/",
                    ]))
        }
    }
}
