import Basis
import Dealership

extension Reader {
    /// A map from a standard table to one mapping or a list of mappings.
    mutating func exports(_ field: Field) -> [ExportSettings] {
        var exports: [ExportSettings] = []
        for entry in entries(field, of: quoted("exports")) ?? [] {
            guard let table = StandardTable(rawValue: entry.key) else {
                unknownChoice(
                    entry, row: entry.keyRow, entry.key, StandardTable.allCases.map(\.rawValue), code: .unknownTable,
                    "there is no standard table")
                continue
            }
            guard !isMissing(entry) else { continue }
            for mapping in entry.listed ?? [entry] {
                if let export = export(mapping, table) { exports.append(export) }
            }
        }
        return exports
    }

    private mutating func export(_ field: Field, _ table: StandardTable) -> ExportSettings? {
        guard let fields = fields(field, .export, of: "an export") else { return nil }
        let file = required(fields, "file", "write `file:` and the file's name in exports/, such as \"RO_*.csv\"")
            .flatMap { fileName($0) }
        let from = fields["covered-from"].flatMap { day($0) }
        let until = fields["covered-until"].flatMap { day($0) }
        if let from, let until, from > until, let field = fields["covered-until"] {
            fault(
                .reversedDates, field, "covered-from \(from) comes after covered-until \(until)",
                ["change the two round"])
        }
        let export = ExportSettings(
            table: table, file: file ?? "",
            system: fields["system"].flatMap { text($0) } ?? "",
            label: fields["label"].flatMap { text($0) },
            coveredFrom: from, coveredUntil: until,
            delimiter: fields["delimiter"].flatMap { choice($0, Delimiter.self)?.byte },
            dateOrder: fields["dates"].flatMap { choice($0, among: [ExportSettings.DateOrder.monthFirst, .dayFirst]) }
                ?? Defaults.dateOrder,
            timeZone: fields["time-zone"].flatMap { timeZone($0) },
            columns: fields["columns"].map { columns($0, table) } ?? [:],
            only: fields["only"].map { only($0) } ?? [:],
            location: Diagnostic.Location(file: self.file, row: field.keyRow, column: field.path))
        return file == nil ? nil : export
    }

    private mutating func fileName(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !text.hasPrefix("/"), !parts.contains(".."), !text.contains("\\"), !text.contains(":") else {
            fault(
                .filePath, field, "\(quoted(text)) does not lie in exports/",
                ["write the name from exports/ on, with / between folders"])
            return nil
        }
        return text
    }

    private mutating func columns(_ field: Field, _ table: StandardTable) -> [String: ExportSettings.Column] {
        var columns: [String: ExportSettings.Column] = [:]
        for entry in entries(field, of: quoted("columns")) ?? [] {
            guard let column = table.column(named: entry.key) else {
                unknownChoice(
                    entry, row: entry.keyRow, entry.key, table.columns.map(\.name), code: .unknownColumn,
                    "\(table) has no column")
                continue
            }
            columns[column.name] = self.column(entry, column)
        }
        return columns
    }

    private mutating func column(_ field: Field, _ column: StandardColumn) -> ExportSettings.Column? {
        guard !isMissing(field) else { return nil }
        guard field.isMapping else {
            return texts(field, of: quoted(field.key)).flatMap { columnNames($0, field) }
                .map { ExportSettings.Column(rule: .column($0)) }
        }
        guard let fields = fields(field, .columnRule, of: quoted(field.key)) else { return nil }
        let rules = ["column", "value", "join", "row", "phone"].compactMap { fields[$0] }
        guard rules.count == 1, let rule = rules.first else {
            fault(
                .badColumnRule, field, row: field.keyRow,
                rules.isEmpty ? "it is not said where the column comes from"
                    : "the column comes from \(rules.map { quoted($0.key) }.joined(separator: " and ")) at once",
                ["give one of `column:`, `value:`, `join:`, `row:`, `phone:`"])
            return nil
        }
        let values = fields["values"].map { self.values($0, column) } ?? [:]
        if rule.key != "phone", let own = fields["own"] {
            fault(
                .badColumnRule, own, row: own.keyRow, "`own:` belongs to `phone:`",
                ["delete it, or write `phone:` for \(quoted(rule.key))"])
        }
        guard var made = self.rule(rule, column) else { return nil }
        if case .phone(var telephone) = made, let own = fields["own"] {
            telephone.own = items(own, of: quoted("own"))?.compactMap { raw($0, "a telephone number") } ?? []
            made = .phone(telephone)
        }
        return ExportSettings.Column(rule: made, values: values)
    }

    private mutating func rule(_ field: Field, _ column: StandardColumn) -> ExportSettings.ColumnRule? {
        if field.key == "value" {
            guard let text = raw(field, "a single value"), isKnown(text, of: column, field) else { return nil }
            return .constant(text)
        }
        if field.key == "row" {
            guard let isWanted = flag(field) else { return nil }
            if isWanted, column.kind == .identifier { return .rowPlace }
            fault(
                .badColumnRule, field,
                isWanted ? "a row's place can only be an identifier" : "the column comes from nowhere",
                ["write `row: yes` under a column such as visit_id, or delete it"])
            return nil
        }
        guard let names = texts(field, of: quoted(field.key)).flatMap({ columnNames($0, field) }) else { return nil }
        if field.key == "phone" {
            if column.name == "customer_id" { 
                return .phone(.init(columns: names, country: PhoneCountry(callingCode: Defaults.callingCode)))
            }
            fault(
                .badColumnRule, field, "only a customer is known by a telephone number",
                ["write `column:` for `phone:`, or use it under customer_id"])
            return nil
        }
        guard field.key == "join" else { return .column(names) }
        guard names.count > 1 else {
            fault(
                .badColumnRule, field, "one column cannot be joined",
                ["name two columns or more, or write `column:` for `join:`"])
            return nil
        }
        return .joined(names)
    }

    private mutating func columnNames(_ names: [String], _ field: Field) -> [String]? {
        guard !names.isEmpty else {
            fault(.missingValue, field, "\(name(field)) names no column", ["write the column's name in the export"])
            return nil
        }
        return names
    }

    private mutating func values(_ field: Field, _ column: StandardColumn) -> [String: String] {
        var values: [String: String] = [:]
        for entry in entries(field, of: quoted("values")) ?? [] {
            guard let text = raw(entry, "one of our values"), isKnown(text, of: column, entry) else { continue }
            values[entry.key] = text
        }
        return values
    }

    /// Whether the column can have the value, as far as its kind tells; puts a fault on record.
    private mutating func isKnown(_ text: String, of column: StandardColumn, _ field: Field) -> Bool {
        switch column.kind {
        case .choice(let names):
            if names.contains(text) { return true }
            unknownChoice(field, text, names)
        case .flag:
            if ["yes", "no", "true", "false", "1", "0"].contains(text) { return true }
            unknownChoice(field, text, ["yes", "no"])
        default:
            return true
        }
        return false
    }

    private mutating func only(_ field: Field) -> [String: [String]] {
        var only: [String: [String]] = [:]
        for entry in entries(field, of: quoted("only")) ?? [] {
            guard let items = items(entry, of: quoted(entry.key)) else { continue }
            only[entry.key] = items.compactMap { raw($0, "a value of the column") }
        }
        return only
    }
}

/// What stands between a row's values.
private enum Delimiter: String, CaseIterable {
    case comma, tab, semicolon, pipe

    var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .tab: UInt8(ascii: "\t")
        case .semicolon: UInt8(ascii: ";")
        case .pipe: UInt8(ascii: "|")
        }
    }
}
