import Yams

/// A value in a YAML file, with the path of keys that leads to it.
struct Field {
    /// The key as written; empty at the top of a file and for items of a list.
    var key: String
    /// `targets.first-response-time.sms`; items of a list count from 1: `tables[2].by`.
    var path: String
    /// The line of the key, or of the item.
    var keyRow: Int
    var node: Node

    /// The line of the value.
    var row: Int { node.mark?.line ?? keyRow }

    func child(_ key: String, row: Int, _ node: Node) -> Field {
        Field(key: key, path: path.isEmpty ? key : "\(path).\(key)", keyRow: row, node: node)
    }

    func item(_ index: Int, _ node: Node) -> Field {
        Field(key: "", path: "\(path)[\(index + 1)]", keyRow: node.mark?.line ?? keyRow, node: node)
    }

    var isMapping: Bool { node.mapping != nil }

    /// The items of a list; nil when it is none.
    var listed: [Field]? {
        node.sequence.map { $0.enumerated().map { item($0.offset, $0.element) } }
    }

    /// A single value as written; nil when it is none.
    var word: String? { node.scalar?.string }

    /// A key whose value was left out, or written `~` or `null`.
    var isEmpty: Bool {
        guard let scalar = node.scalar, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// What is there, in words.
    var kind: String {
        switch node {
        case .mapping: "keys with values"
        case .sequence: "a list"
        default: isEmpty ? "nothing" : "a single value"
        }
    }
}

/// The keys of a mapping, each once, in the order of the file.
struct Fields {
    var owner: Field
    var entries: [Field]

    subscript(key: String) -> Field? { entries.first { $0.key == key } }
}
