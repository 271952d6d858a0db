import Programs

/// What stores' files are called: `monthly-2026-10-S1.pdf`, names that every file system takes and that no two share.
struct BatchNames {
    private let names: [String: String]

    /// - Parameter stores: all of the dealership, whether or not they are asked for: a name must not depend on that.
    init(_ stores: [String]) {
        let plain = stores.map { (store: $0, name: BatchNames.plain($0)) }
        // Systems that hold A and a for one letter see one file.
        let uses = Dictionary(grouping: plain) { $0.name.lowercased() }
        var names: [String: String] = [:]
        for (store, name) in plain {
            let isAlone = (uses[name.lowercased()]?.count ?? 0) < 2
            names[store] = isAlone && !name.isEmpty
                ? name : (name.isEmpty ? "store" : name) + "-" + LedgerDigest.of(Array(store.utf8)).prefix(8)
        }
        self.names = names
    }

    subscript(store: String) -> String { names[store] ?? BatchNames.plain(store) }

    private static let longest = 60

    /// ASCII letters, digits, hyphens, underscores and dots inside; all else is a hyphen.
    private static func plain(_ text: String) -> String {
        let kept = text.map { character -> Character in
            character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character)) ? character : "-"
        }
        let inner = kept.split(separator: "-").joined(separator: "-")
        return String(inner.drop { $0 == "." || $0 == "-" }.prefix(longest))
    }
}
