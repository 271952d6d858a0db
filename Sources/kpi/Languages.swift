import ArgumentParser
import Basis
import CLanguages
import Foundation

/// In which language pages speak: `--language`, else the dealership's `language:`, else English.
struct LanguageOption: ParsableArguments {
    @Option(
        help: """
            The pages' language: \(Languages.names.joined(separator: ", ")), or a PO file. Default: the settings' \
            language, else en.
            """)
    var language: String?

    func book(_ settings: String?) throws(Rejection) -> Phrasebook {
        guard let tag = language ?? settings else { return .english }
        return try Languages.book(tag)
    }
}

/// The languages that pages can speak: English, and the files of `languages/` as they were when the program was built.
enum Languages {
    static let names = ["en"] + (0..<kpi_language_count()).map { String(cString: kpi_language_at($0).name) }

    /// - Parameter tag: `de`, `es-US` (Spanish words, figures as the United States write them), or a file of a
    ///   translator's.
    /// - Throws: `unknown-language`, `language-unreadable`, `no-file`.
    static func book(_ tag: String) throws(Rejection) -> Phrasebook {
        if tag.hasSuffix(".po") { return try file(tag) }
        let parts = tag.split(separator: "-", maxSplits: 1).map(String.init)
        let name = parts.first?.lowercased() ?? ""
        if name == "en" { return .english }
        guard let index = names.dropFirst().firstIndex(of: name) else {
            throw Rejection(
                Diagnostic(
                    .error, "unknown-language", "there is no language \(tag)",
                    remedies: ["one of: \(names.joined(separator: ", "))", "or the path of a PO file (languages/ has the template)"]))
        }
        let language = kpi_language_at(index - 1)
        let bytes = UnsafeBufferPointer(start: language.bytes, count: language.size)
        let book = try PhraseFile.read(String(decoding: bytes, as: UTF8.self), file: "languages/\(name).po")
        return parts.count == 2 ? book.regional(parts[1].uppercased()) : book
    }

    private static func file(_ path: String) throws(Rejection) -> Phrasebook {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Rejection(
                Diagnostic(.error, "no-file", at: .init(file: path), "there is no such file", remedies: ["check the path"]))
        }
        return try PhraseFile.read(String(decoding: data, as: UTF8.self), file: path)
    }
}
