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

    /// A mapping as its own keys say, over its preset's.
    private mutating func export(_ field: Field, _ table: StandardTable) -> ExportSettings? {
        guard let fields = fields(field, .export, of: "an export") else { return nil }
        let postgres = fields["postgres"].flatMap { self.postgres($0, beside: fields) }
        let base = fields["preset"].flatMap { preset($0, table) }
        let isOwn = schema.keys(of: .preset).isEmpty
        var file = fields["file"].flatMap { fileName($0) } ?? base?.file
        if fields["postgres"] != nil {
            file = postgres.map { _ in "" }
        } else if fields["file"] == nil, file?.isEmpty ?? true, isOwn, fields["preset"] == nil || base != nil {
            file = required(fields, "file", "write `file:` and the file's name in exports/, such as \"RO_*.csv\"")
                .flatMap { text($0) }
        }
        let from = fields["covered-from"].flatMap { day($0) }
        let until = fields["covered-until"].flatMap { day($0) }
        if let from, let until, from > until, let field = fields["covered-until"] {
            fault(
                .reversedDates, field, "covered-from \(from) comes after covered-until \(until)",
                ["change the two round"])
        }
        var export = base ?? ExportSettings(table: table, file: "", dateOrder: Defaults.dateOrder)
        export.file = file ?? ""
        export.preset = base == nil ? nil : fields["preset"]?.word
        export.location = Diagnostic.Location(file: self.file, row: field.keyRow, column: field.path)
        (export.coveredFrom, export.coveredUntil) = (from, until)
        if let system = fields["system"].flatMap({ text($0) }) { export.system = system }
        if let label = fields["label"].flatMap({ text($0) }) { export.label = label }
        if let byte = fields["delimiter"].flatMap({ choice($0, Delimiter.self)?.byte }) { export.delimiter = byte }
        if let hasQuotes = fields["quotes"].flatMap({ flag($0) }) { export.hasQuotes = hasQuotes }
        if let sheet = fields["sheet"].flatMap({ raw($0, "a sheet's name") }) { export.sheet = sheet }
        if let row = fields["header-row"].flatMap({ integer($0, in: 1...1_048_576) }) { export.headerRow = row }
        if let zone = fields["time-zone"].flatMap({ timeZone($0) }) { export.timeZone = zone }
        if let field = fields["dates"] { dates(field, &export) }
        if let field = fields["decimals"], let decimals = choice(field, ExportSettings.Decimals.self) {
            export.decimals = decimals
        }
        if let year = fields["two-digit-years"].flatMap({ century($0) }) { export.firstYear = year }
        if let field = fields["columns"] {
            export.columns.merge(columns(field, table, isOwn: isOwn)) { _, own in own }
        }
        if let field = fields["only"] { export.only = tests(field) }
        if let field = fields["except"] { export.except = tests(field) }
        export.postgres = postgres
        if postgres != nil { asRows(&export, fields) }
        return file == nil && isOwn ? nil : export
    }

    /// The preset's mapping for the table.
    private mutating func preset(_ field: Field, _ table: StandardTable) -> ExportSettings? {
        guard let name = text(field) else { return nil }
        guard Preset.names.contains(name) else {
            unknownChoice(
                field, name, Preset.names, code: .unknownPreset, "there is no preset",
                otherwise: "`kpi presets` lists them all")
            return nil
        }
        do throws(Rejection) {
            let preset = try Preset.named(name)
            if let export = preset.exports.first(where: { $0.table == table }) { return export }
            let tables = preset.exports.map { quoted($0.table.rawValue) }
            fault(
                .unknownPreset, field, "the preset \(quoted(name)) says nothing of \(table)",
                ["write it under \(tables.joined(separator: " or ")), or map the columns yourself"])
        } catch {
            take(error.diagnostics)
        }
        return nil
    }

    /// `mdy`, `dmy`, or how a date is written: `M/D/YYYY`.
    private mutating func dates(_ field: Field, _ export: inout ExportSettings) {
        guard let text = raw(field, "a date's form") else { return }
        if let order = ExportSettings.DateOrder(rawValue: text) {
            (export.dateOrder, export.dates) = (order, nil)
        } else if let form = dateForm(field) {
            export.dates = form
        }
    }

    mutating func dateForm(_ field: Field) -> DateForm? {
        guard let text = raw(field, "a date's form") else { return nil }
        do throws(DateForm.Fault) {
            return try DateForm(text)
        } catch {
            var remedies = ["write it as the file does, such as M/D/YYYY, DD-MMM-YYYY or YYYYMMDD hh:mm"]
            if let near = nearestName(to: text, among: ["mdy", "dmy"]) {
                remedies.insert("did you mean \(quoted(near))?", at: 0)
            }
            fault(.badDateForm, field, "\(quoted(text)) is no form of a date: \(error.words)", remedies)
            return nil
        }
    }

    /// The first of a hundred years: `1970-2069`.
    private mutating func century(_ field: Field) -> Int? {
        guard let text = raw(field, "two years") else { return nil }
        let years = text.filter { $0 != " " }.split(separator: "-").map { Int($0) }
        if years.count == 2, let first = years[0], let last = years[1], last - first == 99,
            (1900...2000).contains(first) {
            return first
        }
        fault(
            .outOfRange, field, "\(quoted(text)) is not a span of a hundred years from 1900-1999 to 2000-2099",
            ["write the first and the last, such as 1970-2069"])
        return nil
    }

    mutating func fileName(_ field: Field, in folder: String = "exports/") -> String? {
        guard let text = text(field) else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !text.hasPrefix("/"), !parts.contains(".."), !text.contains("\\"), !text.contains(":") else {
            fault(
                .filePath, field, "\(quoted(text)) does not lie in \(folder)",
                ["write the name from \(folder) on, with / between folders"])
            return nil
        }
        return text
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
