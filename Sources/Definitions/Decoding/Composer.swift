import Basis
import Yams

/// YAML text as a tree with lines. Duplicate keys stay in the tree, marked: the rest of the file is still checked.
enum Composer {
    /// Put in front of a key that stands twice, so that the parser lets the file pass. Private use: nobody writes it.
    static let duplicateMark: Unicode.Scalar = "\u{E000}"
    /// More duplicates than this in one file are reported in the next run.
    private static let mostDuplicates = 50

    static func root(of text: String, file: String) throws(Rejection) -> Field {
        try DefinitionSize.check(text, file: file)
        let faults = DefinitionText.faults(in: text, file: file)
        guard faults.isEmpty else { throw Rejection(faults) }
        var text = text
        var attempt = 0
        while true {
            attempt += 1
            do {
                // The encoding is stated because the parser's default asks the environment.
                guard let node = try Parser(yaml: text, encoding: .utf8).singleRoot() else { throw empty(file) }
                try DefinitionSize.check(node, file: file)
                let root = Field(key: "", path: "", keyRow: 1, node: node)
                if root.isEmpty { throw empty(file) }
                return root
            } catch let rejection as Rejection {
                throw rejection
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                guard attempt <= mostDuplicates, let marked = marking(context.mark, times: attempt, in: text) else {
                    throw Rejection(
                        Diagnostic(
                            .error, FaultCode.duplicateKey.rawValue,
                            at: .init(file: file, row: context.mark.line),
                            "\(keys.map(quoted).joined(separator: ", ")) stands twice in the same place",
                            remedies: ["keep one of them"]))
                }
                text = marked
            } catch {
                let rows = text.utf8.count { $0 == 0x0A } + 1
                throw Rejection(SyntaxFault.diagnostic(for: error, file: file, rows: rows))
            }
        }
    }

    private static func empty(_ file: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, FaultCode.emptyFile.rawValue, at: .init(file: file), "the file is empty",
                remedies: ["restore it, or start from the one `kpi sample` writes"]))
    }

    /// The text with `times` marks in front of the key that starts at `mark`; nil when no plain or quoted key is there.
    private static func marking(_ mark: Mark, times: Int, in text: String) -> String? {
        var scalars = text.unicodeScalars
        var index = scalars.startIndex
        for _ in 1..<max(mark.line, 1) {
            guard let end = scalars[index...].firstIndex(of: "\n") else { return nil }
            index = scalars.index(after: end)
        }
        guard var at = scalars.index(index, offsetBy: mark.column - 1, limitedBy: scalars.endIndex),
            at < scalars.endIndex, !"?&*![{|>".unicodeScalars.contains(scalars[at])
        else { return nil }
        if scalars[at] == "\"" || scalars[at] == "'" { at = scalars.index(after: at) }
        scalars.insert(contentsOf: repeatElement(duplicateMark, count: times), at: at)
        return String(scalars)
    }
}

/// `word` → `"word"`, as every message names what the user wrote: on one line, and not more than fits on it.
func quoted(_ word: some StringProtocol) -> String {
    let line = word.prefix(60).map { $0.isNewline ? " " : $0 }
    return "\"\(String(line))\(word.count > 60 ? "…" : "")\""
}
