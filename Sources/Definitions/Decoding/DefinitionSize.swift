import Basis
import Yams

/// How much a definition file may be: far more than anybody writes, far less than keeps a program busy for minutes.
enum DefinitionSize {
    /// Bytes; a group of 300 stores with hours of their own takes a tenth of it.
    static let bytes = 1 << 20
    /// Lists and keys inside each other; ours go seven deep.
    static let nesting = 32
    /// Values, each as often as an alias repeats it.
    static let values = 100_000

    /// - Throws: `Rejection` (`too-large`, `too-deep`) before a parser has work with it.
    static func check(_ text: String, file: String) throws(Rejection) {
        guard text.utf8.count <= bytes else {
            throw tooLarge(file, "the file has more than \(bytes >> 20) MB")
        }
        var depth = 0
        var row = 1
        for byte in text.utf8 {
            switch byte {
            case 0x5B, 0x7B: depth += 1
            case 0x5D, 0x7D: depth = max(0, depth - 1)
            case 0x0A: row += 1
            default: continue
            }
            // Brackets in texts count too: so many open ones are no definition in any case.
            if depth > 8 * nesting { throw tooDeep(file, row) }
        }
    }

    /// - Throws: `Rejection` (`too-large`, `too-deep`) before anybody walks through all of it.
    static func check(_ root: Node, file: String) throws(Rejection) {
        var seen = 0
        var waiting: [(node: Node, depth: Int)] = [(root, 1)]
        while let (node, depth) = waiting.popLast() {
            seen += 1
            if depth > nesting { throw tooDeep(file, node.mark?.line) }
            if seen + waiting.count > values {
                throw tooLarge(file, "the file has more than \(values) values, those counted that * repeats")
            }
            switch node {
            case .mapping(let mapping):
                for (key, value) in mapping { waiting += [(key, depth + 1), (value, depth + 1)] }
            case .sequence(let sequence): waiting += sequence.map { ($0, depth + 1) }
            default: break
            }
        }
    }

    private static func tooLarge(_ file: String, _ what: String) -> Rejection {
        Rejection(
            Diagnostic(
                .error, FaultCode.tooLarge.rawValue, at: .init(file: file), what,
                remedies: ["check that it is the file that you mean"]))
    }

    private static func tooDeep(_ file: String, _ row: Int?) -> Rejection {
        Rejection(
            Diagnostic(
                .error, FaultCode.tooDeep.rawValue, at: .init(file: file, row: row),
                "values lie inside each other more than \(nesting) deep",
                remedies: ["close brackets and braces where they end", "no setting is so deep"]))
    }
}
