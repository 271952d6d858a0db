import Basis
import Dealership
import Foundation

/// Leads that providers mailed, in a folder or in one below it: those with one ending are one export, which needs no mapping
/// of columns.
struct LeadMails {
    private var members: [String: [(name: String, path: String)]] = [:]

    /// Whether it is mails: a file, or a folder that has nothing else.
    mutating func take(_ name: String, _ path: String, isFolder: Bool) -> Bool {
        if !isFolder {
            guard SourceKind(fileName: name) == .mail else { return false }
            members["*" + LeadMails.ending(name), default: []].append((name, path))
            return true
        }
        let inside = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { !$0.hasPrefix(".") }.sorted()
        guard !inside.isEmpty, inside.allSatisfy({ SourceKind(fileName: $0) == .mail }) else { return false }
        for file in inside {
            members["\(name)/*\(LeadMails.ending(file))", default: []].append(("\(name)/\(file)", "\(path)/\(file)"))
        }
        return true
    }

    var files: [FolderRecognition.File] {
        members.sorted { $0.key < $1.key }.map { pattern, members in
            // One alone is known by its name.
            let name = members.count == 1 && !pattern.contains("/") ? members[0].name : pattern
            var file = FolderRecognition.File(name: name, members: members)
            do throws(Rejection) {
                let sources = members.map { SourceFile(path: $0.path, name: $0.name) }
                let opened = SourceKind.mail.open(sources, for: ExportSettings(table: .leads, file: pattern))
                guard let bytes = opened.texts.first else { throw Rejection(opened.faults) }
                var sample = try ExportSample.read(ExportOpening.readable(bytes))
                sample.name = name
                sample.isOfMails = true
                file.sample = sample
            } catch {
                file.faults = error.diagnostics
            }
            return file
        }
    }

    private static func ending(_ name: String) -> String { name.lastIndex(of: ".").map { String(name[$0...]) } ?? "" }
}

extension Recognition {
    /// Who sent them, in the same mails.
    var customersOfMails: Recognition {
        var customers = self
        customers.table = .customers
        customers.isBeside = true
        customers.missing = []
        customers.notes = []
        return customers
    }
}
