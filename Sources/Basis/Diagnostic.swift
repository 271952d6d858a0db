/// One thing that is wrong, or noteworthy, with the user's input: where, what, and how to mend it.
public struct Diagnostic: Error, Hashable, Sendable {
    public enum Severity: String, Comparable, Sendable {
        case note, warning, error
        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// Where in the user's files. Rows and columns count from 1; row 1 is the file's first line.
    public struct Location: Hashable, Sendable {
        /// As the user wrote it, relative to the dealership's folder where it lies in there.
        public var file: String
        public var row: Int?
        /// A column's name in a table, a key's path in YAML.
        public var column: String?

        public init(file: String, row: Int? = nil, column: String? = nil) {
            self.file = file
            self.row = row
            self.column = column
        }
    }

    public var severity: Severity
    /// A stable kebab-case name, one a kind of fault: `missing-column`. Every code has a folder in `Tests/Errors`.
    public var code: String
    public var location: Location?
    /// What is wrong, one sentence without a full stop. Never a customer's data.
    public var message: String
    /// What to do about it, most likely first.
    public var remedies: [String]
    /// The offending value. Printed with `--show-values` only: it may be a customer's.
    public var value: String?

    public init(
        _ severity: Severity, _ code: String, at location: Location? = nil,
        _ message: String, remedies: [String] = [], value: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.location = location
        self.message = message
        self.remedies = remedies
        self.value = value
    }

    /// `file:row:column: error[code]: what; remedy`.
    public func rendered(showValues: Bool = false) -> String {
        var text = ""
        if let location {
            text += location.file
            if let row = location.row { text += ":\(row)" }
            if let column = location.column { text += ":\(column)" }
            text += ": "
        }
        text += "\(severity.rawValue)[\(code)]: \(message)"
        if showValues, let value { text += " (value: \(value))" }
        for remedy in remedies { text += "; \(remedy)" }
        return text
    }
}

extension Diagnostic: CustomStringConvertible {
    public var description: String { rendered() }
}

/// One or more faults that stop an operation; all that were found, not the first.
public struct Rejection: Error, Sendable, CustomStringConvertible {
    public var diagnostics: [Diagnostic]

    public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
    public init(_ diagnostic: Diagnostic) { self.diagnostics = [diagnostic] }

    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}

/// A value with what was noteworthy on the way to it.
public struct Checked<Value: Sendable>: Sendable {
    public var value: Value
    public var diagnostics: [Diagnostic]

    public init(_ value: Value, _ diagnostics: [Diagnostic] = []) {
        self.value = value
        self.diagnostics = diagnostics
    }
}
