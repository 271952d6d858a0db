import Basis
import Yams

/// Reads typed values out of a tree and collects what is wrong with it: everything, not the first fault.
/// A reader returns nil where it has put a fault on record (or where nothing stands, for optional keys).
struct Reader {
    let file: String
    private(set) var diagnostics: [Diagnostic] = []
    /// All keys of this kind of file by the place they stand in, for keys that stand in the wrong place.
    let schema: Schema

    init(file: String, schema: Schema) {
        self.file = file
        self.schema = schema
    }

    // MARK: Faults

    mutating func fault(
        _ code: FaultCode, _ field: Field, row: Int? = nil, _ message: String, _ remedies: [String] = [],
        severity: Diagnostic.Severity = .error
    ) {
        let path = field.path.isEmpty ? nil : field.path
        diagnostics.append(
            Diagnostic(
                severity, code.rawValue, at: .init(file: file, row: row ?? field.row, column: path), message,
                remedies: remedies))
    }

    /// Another file's faults.
    mutating func take(_ faults: [Diagnostic]) { diagnostics += faults }

    /// What was found, by line; the value only when nothing is an error.
    func checked<Value>(_ value: Value?) throws(Rejection) -> Checked<Value> {
        let sorted = diagnostics.enumerated()
            .sorted { ($0.element.location?.row ?? 0, $0.offset) < ($1.element.location?.row ?? 0, $1.offset) }
            .map(\.element)
        guard let value, !sorted.contains(where: { $0.severity == .error }) else { throw Rejection(sorted) }
        return Checked(value, sorted)
    }

    // MARK: Mappings and lists

    /// The entries of a mapping whose keys the user names (channels, stores), each key once.
    mutating func entries(_ field: Field, of what: String) -> [Field]? {
        guard !isMissing(field) else { return nil }
        guard let mapping = field.node.mapping else {
            fault(
                .wrongType, field, "\(what) must be keys with values, not \(field.kind)",
                ["write each as `key: value` on a line of its own, or in { }"])
            return nil
        }
        var entries: [Field] = []
        for (node, value) in mapping {
            guard let scalar = node.scalar else {
                fault(
                    .wrongType, field, row: node.mark?.line, "a key must be a single word, not a list or a mapping",
                    ["write a name"])
                continue
            }
            let marks = scalar.string.unicodeScalars.drop { $0 == Composer.duplicateMark }
            let row = node.mark?.line ?? field.row
            entries.append(field.child(String(marks), row: row, value))
        }
        return withoutDuplicates(entries)
    }

    private mutating func withoutDuplicates(_ entries: [Field]) -> [Field] {
        var firstRows: [String: Int] = [:]
        var kept: [Field] = []
        for entry in entries {
            if let first = firstRows[entry.key] {
                fault(
                    .duplicateKey, entry, row: entry.keyRow,
                    "\(quoted(entry.key)) stands here and in line \(first)", ["keep one of them"])
            } else {
                firstRows[entry.key] = entry.keyRow
                kept.append(entry)
            }
        }
        return kept
    }

    /// The entries of a mapping whose keys are ours: those of `place` in the schema.
    mutating func fields(_ field: Field, _ place: Schema.Place, of what: String) -> Fields? {
        guard let entries = entries(field, of: what) else { return nil }
        let known = schema.keys(of: place)
        var kept: [Field] = []
        for entry in entries {
            if known.contains(entry.key) { kept.append(entry) } else { unknown(entry, known, place) }
        }
        return Fields(owner: field, entries: kept)
    }

    private mutating func unknown(_ entry: Field, _ known: [String], _ place: Schema.Place) {
        var remedies: [String] = []
        if let near = nearestName(to: entry.key, among: known) {
            remedies = ["did you mean \(quoted(near))?"]
        } else if let home = schema.home(of: entry.key, besides: place) {
            remedies = ["it belongs \(home)"]
        } else if let (near, home) = schema.nearest(to: entry.key, besides: place) {
            remedies = ["did you mean \(quoted(near)) \(home)?"]
        } else {
            remedies = ["known here: \(known.joined(separator: ", "))"]
        }
        fault(.unknownKey, entry, row: entry.keyRow, "there is no key \(quoted(entry.key)) here", remedies)
    }

    /// A list's items; a single value counts as a list of one.
    mutating func items(_ field: Field, of what: String) -> [Field]? {
        guard !isMissing(field) else { return nil }
        if let items = field.listed { return items }
        if field.word != nil { return [field] }
        fault(.wrongType, field, "\(what) must be a list, not \(field.kind)", ["write it as [a, b]"])
        return nil
    }

    /// Puts a fault on record when the key is there and its value is not.
    mutating func isMissing(_ field: Field) -> Bool {
        guard field.isEmpty else { return false }
        let remedy = field.key.isEmpty
            ? "write a value, or delete the item" : "write a value after the colon, or delete the key"
        fault(.missingValue, field, row: field.keyRow, "\(name(field)) has no value", [remedy])
        return true
    }

    /// How a message names a field: its key, or "the item" in a list.
    func name(_ field: Field) -> String { field.key.isEmpty ? "the item" : quoted(field.key) }

    mutating func required(_ fields: Fields, _ key: String, _ remedy: String) -> Field? {
        if let field = fields[key] { return field }
        fault(.missingKey, fields.owner, row: fields.owner.keyRow, "the key \(quoted(key)) is missing", [remedy])
        return nil
    }

    // MARK: Single values

    /// The text as written, without regard to what YAML takes it for.
    mutating func raw(_ field: Field, _ what: String) -> String? {
        guard !isMissing(field) else { return nil }
        guard let word = field.word else {
            fault(.wrongType, field, "\(name(field)) must be \(what), not \(field.kind)", ["write a single value"])
            return nil
        }
        return word
    }

    /// Words for people, or a name. Unquoted yes, no, on, off, true or false is refused: most tools read flags there.
    mutating func text(_ field: Field) -> String? {
        guard let text = raw(field, "a text") else { return nil }
        if field.node.scalar?.style == .plain, YesNo.isFlag(text) {
            fault(
                .yesNoTrap, field, "\(quoted(text)) without quotes means yes or no in YAML, and a text belongs here",
                ["write \"\(text)\" in quotes if that is the text"])
            return nil
        }
        guard text.contains(where: { !$0.isWhitespace }) else {
            fault(.missingValue, field, "\(name(field)) is empty", ["write a value, or delete the key"])
            return nil
        }
        return text
    }

    mutating func texts(_ field: Field, of what: String) -> [String]? {
        guard let items = items(field, of: what) else { return nil }
        let texts = items.compactMap { text($0) }
        return texts.count == items.count ? texts : nil
    }

    mutating func flag(_ field: Field) -> Bool? {
        guard let text = raw(field, "yes or no") else { return nil }
        if let flag = YesNo.flag(text) { return flag }
        fault(.wrongType, field, "\(name(field)) must be yes or no, not \(quoted(text))", ["write yes or no"])
        return nil
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ field: Field, _ type: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        choice(field, among: Array(type.allCases))
    }

    mutating func choice<Choice: RawRepresentable>(_ field: Field, among choices: [Choice]) -> Choice?
    where Choice.RawValue == String {
        let names = choices.map(\.rawValue)
        guard let text = raw(field, "one of \(names.joined(separator: ", "))") else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        unknownChoice(field, text, names)
        return nil
    }

    /// Records that `text` is none of `names`, with the nearest of them. `message` is what comes before the text.
    mutating func unknownChoice(
        _ field: Field, row: Int? = nil, _ text: String, _ names: [String], code: FaultCode = .unknownChoice,
        _ message: String? = nil, otherwise: String? = nil
    ) {
        let remedy = nearestName(to: text, among: names).map { "did you mean \(quoted($0))?" }
        fault(
            code, field, row: row,
            message.map { "\($0) \(quoted(text))" } ?? "\(quoted(text)) is not one of the choices",
            [remedy ?? otherwise ?? "choose one of \(names.joined(separator: ", "))"])
    }

    mutating func integer(_ field: Field, in range: ClosedRange<Int>) -> Int? {
        guard let text = raw(field, "a whole number") else { return nil }
        guard let value = Int(text), !text.hasPrefix("+") else {
            fault(
                .badNumber, field, "\(quoted(text)) is not a whole number",
                ["write digits only, such as \(example(range))"])
            return nil
        }
        guard range.contains(value) else {
            outOfRange(field, "\(value)", "\(range.lowerBound)", "\(range.upperBound)")
            return nil
        }
        return value
    }

    private func example(_ range: ClosedRange<Int>) -> Int { min(max(20, range.lowerBound), range.upperBound) }

    mutating func outOfRange(_ field: Field, _ value: String, _ least: String, _ most: String) {
        fault(
            .outOfRange, field, "\(quoted(value)) is out of range", ["write a value from \(least) to \(most)"])
    }
}

/// YAML 1.1's flags (yaml.org/type/bool.html), which swallow answers, country codes and switches.
enum YesNo {
    static func flag(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "yes", "true", "on": true
        case "no", "false", "off": false
        default: nil
        }
    }
    static func isFlag(_ text: String) -> Bool { flag(text) != nil }
}
