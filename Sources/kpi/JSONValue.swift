import Basis

/// JSON with its keys in the order they are given.
enum JSONValue {
    case object([(String, JSONValue)])
    case list([JSONValue])
    case text(String)
    case number(Double)
    case whole(Int)
    case flag(Bool)
    case none

    static func optional(_ value: Double?) -> JSONValue { value.map { $0.isFinite ? .number($0) : .none } ?? .none }
    static func optional(_ value: String?) -> JSONValue { value.map(JSONValue.text) ?? .none }

    /// Two spaces an indent; objects and lists that hold only plain values on one line.
    func rendered(_ indent: Int = 0) -> String {
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        switch self {
        case .text(let text): return JSONText.quoted(text)
        case .whole(let value): return String(value)
        case .flag(let flag): return flag ? "true" : "false"
        case .none: return "null"
        case .number(let value):
            guard value.isFinite else { return "null" }
            let isWhole = value == value.rounded() && value.magnitude < 1e15
            return isWhole ? String(Int(value)) : "\(value)"
        case .object(let fields):
            let parts = fields.map { "\(JSONText.quoted($0.0)): \($0.1.rendered(indent + 2))" }
            if fields.allSatisfy(\.1.isPlain) { return "{\(parts.joined(separator: ", "))}" }
            return "{\n\(inner)\(parts.joined(separator: ",\n\(inner)"))\n\(outer)}"
        case .list(let values):
            let parts = values.map { $0.rendered(indent + 2) }
            if values.allSatisfy(\.isPlain) { return "[\(parts.joined(separator: ", "))]" }
            return "[\n\(inner)\(parts.joined(separator: ",\n\(inner)"))\n\(outer)]"
        }
    }

    private var isPlain: Bool {
        switch self {
        case .object, .list: false
        default: true
        }
    }
}
