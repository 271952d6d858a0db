public import Basis
public import Dealership
public import Measures

/// Reads a list of tables: measures × groupings, each checked against the catalogue.
public enum TablesFile {
    /// Parameters that a table leaves out are those of `settings`. Throws every error of the file at once.
    public static func read(
        text: String, file: String, settings: DealershipSettings
    ) throws(Rejection) -> Checked<[TableSpec]> {
        let root = try Composer.root(of: text, file: file)
        var reader = Reader(file: file, schema: .tablesFile)
        let tables = reader.tables(root, settings)
        return try reader.checked(tables)
    }

    public static func read(
        bytes: [UInt8], file: String, settings: DealershipSettings
    ) throws(Rejection) -> Checked<[TableSpec]> {
        try read(text: DefinitionText.decode(bytes, file: file), file: file, settings: settings)
    }
}

extension Reader {
    fileprivate mutating func tables(_ root: Field, _ settings: DealershipSettings) -> [TableSpec]? {
        guard let fields = fields(root, .tablesFile, of: "the file"),
            let list = required(fields, "tables", "write `tables:` and the list below it"), !isMissing(list)
        else { return nil }
        guard let items = list.listed else {
            fault(
                .wrongType, list, "\"tables\" must be a list, not \(list.kind)", ["begin each table with `- name:`"])
            return nil
        }
        var rows: [String: Int] = [:]
        var tables: [TableSpec] = []
        for item in items {
            guard let table = table(item, settings, &rows) else { continue }
            tables.append(table)
        }
        return tables
    }

    private mutating func table(
        _ item: Field, _ settings: DealershipSettings, _ rows: inout [String: Int]
    ) -> TableSpec? {
        guard let fields = fields(item, .table, of: "a table") else { return nil }
        let nameField = required(fields, "name", "write `name:`; the table's file gets it")
        let name = nameField.flatMap { fileStem($0) }
        if let name, let nameField {
            if let row = rows[name] {
                fault(
                    .duplicateName, nameField, "the table \(quoted(name)) stands here and in line \(row)",
                    ["give each table a name of its own: its file is named so"])
            }
            rows[name] = rows[name] ?? nameField.row
        }
        let choices = "choose one of those that `kpi measures` lists"
        guard let measureField = required(fields, "measure", choices), let measure = text(measureField) else {
            return nil
        }
        guard let kind = Catalog.kind(named: measure) else {
            let names = Catalog.measures.map(\.name)
            unknownChoice(
                measureField, measure, names, code: .unknownMeasure, "there is no measure", otherwise: choices)
            return nil
        }
        let entry = kind.entry
        refuseForeign(fields, entry)
        let by = fields["by"].map { dimensions($0, entry) } ?? []
        let columns = required(fields, "columns", "write `columns:`; `kpi measures \(entry.name)` lists them")
            .map { self.columns($0, entry) }
        guard let request = request(fields, kind, settings), let name, let columns else { return nil }
        return TableSpec(name: name, request: request, by: by, columns: columns)
    }

    /// A name that can be a file's on every system.
    mutating func fileStem(_ field: Field) -> String? {
        guard let text = text(field) else { return nil }
        let isStem = text.utf8.count <= 100 && text.utf8.allSatisfy {
            $0 == 45 || $0 == 95 || (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        }
        if isStem { return text }
        fault(
            .badName, field, "\(quoted(text)) cannot be a file's name",
            ["write letters, digits, - and _ only, at most 100 of them"])
        return nil
    }

    private mutating func refuseForeign(_ fields: Fields, _ entry: MeasureEntry) {
        let known = entry.parameters.map(\.name)
        let every = Set(Catalog.measures.flatMap { $0.parameters.map(\.name) })
        for field in fields.entries where every.contains(field.key) && !known.contains(field.key) {
            let remedy = known.isEmpty
                ? "delete it: the measure has no parameters"
                : "delete it, or use one of \(known.joined(separator: ", "))"
            fault(
                .foreignParameter, field, row: field.keyRow,
                "\(entry.name) has no parameter \(quoted(field.key))", [remedy])
        }
    }

    private mutating func dimensions(_ field: Field, _ entry: MeasureEntry) -> [Dimension] {
        let names = entry.dimensions.map(\.rawValue)
        let found = list(field, names, .unknownDimension, "\(entry.name) has no dimension")
        if found.count > TableSpec.mostDimensions {
            let most = TableSpec.mostDimensions
            fault(
                .outOfRange, field, "a table is split by \(most) dimensions at most, not \(found.count)",
                ["make two tables of it"])
        }
        return found.compactMap { Dimension(rawValue: $0) }
    }

    private mutating func columns(_ field: Field, _ entry: MeasureEntry) -> [String] {
        guard field.listed?.isEmpty != true else {
            fault(.missingValue, field, "\"columns\" names no column", ["name one at least"])
            return []
        }
        return list(field, entry.columns.map(\.name), .unknownColumn, "\(entry.name) has no column")
    }

    /// Names out of a closed list, each once.
    mutating func list(_ field: Field, _ known: [String], _ code: FaultCode, _ message: String) -> [String] {
        var found: [String] = []
        for item in items(field, of: quoted(field.key)) ?? [] {
            guard let text = raw(item, "a name") else { continue }
            if !known.contains(text) {
                unknownChoice(item, text, known, code: code, message)
            } else if found.contains(text) {
                fault(.repeatedItem, item, "\(quoted(text)) is named twice", ["name it once"])
            } else {
                found.append(text)
            }
        }
        return found
    }
}
