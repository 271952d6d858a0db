import Basis
import Dealership

extension Reader {
    /// - Parameter isOwn: of the dealership itself. A preset's columns may be missing in an export where ours may be
    ///   empty.
    mutating func columns(_ field: Field, _ table: StandardTable, isOwn: Bool) -> [String: ExportSettings.Column] {
        var columns: [String: ExportSettings.Column] = [:]
        for entry in entries(field, of: quoted("columns")) ?? [] {
            guard let column = table.column(named: entry.key) else {
                unknownChoice(
                    entry, row: entry.keyRow, entry.key, table.columns.map(\.name), code: .unknownColumn,
                    "\(table) has no column")
                continue
            }
            guard var mapped = self.column(entry, column) else { continue }
            if !isOwn { mapped.isOptional = !column.isRequired }
            columns[column.name] = mapped
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
        var rules = Schema.columnSources.compactMap { fields[$0] }
        // `sum: yes` is said of a column's parts, `sum: [A, B]` is a source.
        let isTotal = fields["sum"]?.word.map(YesNo.isFlag) == true
        if isTotal, fields["column"] != nil { rules.removeAll { $0.key == "sum" } }
        guard rules.count == 1, let rule = rules.first else {
            fault(
                .badColumnRule, field, row: field.keyRow,
                rules.isEmpty ? "it is not said where the column comes from"
                    : "the column comes from \(rules.map { quoted($0.key) }.joined(separator: " and ")) at once",
                ["give one of \(Schema.columnSources.map { "`\($0):`" }.joined(separator: ", "))"])
            return nil
        }
        guard var mapped = self.rule(rule, fields, column).map({ ExportSettings.Column(rule: $0) }) else { return nil }
        if isTotal, let sum = fields["sum"].flatMap({ flag($0) }), sum, case .column(let names) = mapped.rule {
            mapped.rule = .sum(names)
        }
        if case .sum = mapped.rule { checkSum(fields, column) }
        if let field = fields["own"] { own(field, &mapped) }
        if let field = fields["values"] { mapped.values = values(field, column) }
        mapped.valuesFile = fields["values-file"].flatMap { fileName($0, in: "the dealership's folder") }
        mapped.location = mapped.valuesFile == nil
            ? nil
            : Diagnostic.Location(file: file, row: fields["values-file"]?.row, column: fields["values-file"]?.path)
        if let field = fields["with"], let joint = raw(field, "what stands between") {
            mapped.joint = joint
            if fields["join"] == nil {
                fault(
                    .badColumnRule, field, "nothing is joined",
                    ["write `join:` with two columns or more, or delete it"])
            }
        }
        split(fields, &mapped)
        shape(fields, column, &mapped)
        return mapped
    }

    /// The dealership's own numbers in a log of calls.
    private mutating func own(_ field: Field, _ mapped: inout ExportSettings.Column) {
        guard case .phone(var telephone) = mapped.rule else {
            fault(
                .badColumnRule, field, row: field.keyRow, "`own:` belongs to `phone:`",
                ["delete it, or write `phone:` for the column that has the number"])
            return
        }
        telephone.own = items(field, of: quoted("own"))?.compactMap { raw($0, "a telephone number") } ?? []
        mapped.rule = .phone(telephone)
    }

    private mutating func rule(
        _ field: Field, _ fields: Fields, _ column: StandardColumn
    ) -> ExportSettings.ColumnRule? {
        switch field.key {
        case "value":
            guard let text = raw(field, "a single value"), isKnown(text, of: column, field) else { return nil }
            return .constant(text)
        case "row":
            guard let isWanted = flag(field) else { return nil }
            if isWanted, column.kind == .identifier { return .rowPlace }
            fault(
                .badColumnRule, field,
                isWanted ? "a row's place can only be an identifier" : "the column comes from nowhere",
                ["write `row: yes` under a column such as visit_id, or delete it"])
            return nil
        case "choose":
            let choices = (items(field, of: quoted("choose")) ?? []).compactMap { choice($0, column) }
            return choices.isEmpty ? nil : .choose(choices)
        default: break
        }
        guard let names = texts(field, of: quoted(field.key)).flatMap({ columnNames($0, field) }) else { return nil }
        switch field.key {
        case "sum": return .sum(names)
        case "date":
            guard column.kind == .time, let time = fields["time"] else {
                fault(
                    .badColumnRule, field,
                    column.kind == .time ? "it is not said which column has the time" : "\(column.name) has no time",
                    ["write `{ date: A, time: B }` of a column such as opened_at, or `column:` for `date:`"])
                return nil
            }
            return texts(time, of: quoted("time")).flatMap { columnNames($0, time) }
                .map { .dateAndTime(date: names, time: $0) }
        case "phone":
            if column.name == "customer_id" {
                return .phone(.init(columns: names, country: PhoneCountry(callingCode: Defaults.callingCode)))
            }
            fault(
                .badColumnRule, field, "only a customer is known by a telephone number",
                ["write `column:` for `phone:`, or use it under customer_id"])
            return nil
        case "join":
            if names.count > 1 { return .joined(names) }
            fault(
                .badColumnRule, field, "one column cannot be joined",
                ["name two columns or more, or write `column:` for `join:`"])
            return nil
        default: return .column(names)
        }
    }

    /// `{ when: { Voided: "*" }, value: void }`; without `when:` for all rows that are left.
    private mutating func choice(_ field: Field, _ column: StandardColumn) -> ExportSettings.Choice? {
        guard let fields = fields(field, .choice, of: "a choice") else { return nil }
        let conditions = fields["when"].map { tests($0) } ?? [:]
        switch (fields["value"], fields["column"]) {
        case (let value?, nil):
            guard let text = raw(value, "a single value"), isKnown(text, of: column, value) else { return nil }
            return .init(conditions: conditions, outcome: .constant(text))
        case (nil, let source?):
            return texts(source, of: quoted("column")).flatMap { columnNames($0, source) }
                .map { .init(conditions: conditions, outcome: .column($0)) }
        default:
            fault(
                .badColumnRule, field, "a choice gives a value or a column's, one of them",
                ["write `{ when: { COLUMN: X }, value: ours }` or `{ column: COLUMN }`"])
            return nil
        }
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

    // MARK: What is done with the text

    private mutating func checkSum(_ fields: Fields, _ column: StandardColumn) {
        guard let sum = fields["sum"] else { return }
        switch column.kind {
        case .money, .integer, .decimal: break
        default:
            fault(.badColumnRule, sum, "\(column.name) is no number to add up", ["write `column:` for `sum:`"])
        }
    }

    /// `split: "|", part: 1`; nested `split: ["|", "^"], part: [1, 2]`.
    private mutating func split(_ fields: Fields, _ mapped: inout ExportSettings.Column) {
        guard let field = fields["split"] else {
            if let part = fields["part"] {
                fault(
                    .badColumnRule, part, "a part of what is not said",
                    ["write `split:` and what stands between parts"])
            }
            return
        }
        let isSum = if case .sum = mapped.rule { true } else { false }
        let separators = (items(field, of: quoted("split")) ?? []).compactMap { raw($0, "what stands between parts") }
        let parts = (fields["part"].flatMap { items($0, of: quoted("part")) } ?? [])
            .compactMap { part($0, isSum: isSum) }
        guard let first = parts.first ?? (isSum && fields["part"] == nil ? .all : nil) else {
            if fields["part"] == nil {
                fault(
                    .badColumnRule, field, "it is not said which part is read",
                    ["write `part: 1`, `part: -1` for the last, `part: first` for the first that is not empty"])
            }
            return
        }
        guard parts.count < 2 || parts.count == separators.count, separators.allSatisfy({ !$0.isEmpty }) else {
            fault(
                .badColumnRule, field, "\(separators.count) separators do not go with \(parts.count) parts",
                ["write one part for all of them or one for each, such as `split: [\"|\", \"^\"], part: [1, 2]`"])
            return
        }
        mapped.split = separators.indices.map {
            .init(separator: separators[$0], part: parts.count > 1 ? parts[$0] : first)
        }
    }

    private mutating func part(_ field: Field, isSum: Bool) -> ExportSettings.Split.Part? {
        guard let word = raw(field, "a part's place") else { return nil }
        if let place = Int(word), place != 0, abs(place) < 10_000 { return .at(place) }
        if word == "first" { return .firstFilled }
        if word == "all", isSum { return .all }
        fault(
            .badColumnRule, field, "\(quoted(word)) is no part",
            ["write 1 for the first, -1 for the last, `first` for the first that is not empty"
                + (isSum ? ", `all` for every one" : "; `all` goes with `sum: yes` only")])
        return nil
    }

    private mutating func shape(_ fields: Fields, _ column: StandardColumn, _ mapped: inout ExportSettings.Column) {
        mapped.cut = fields["cut"].flatMap { raw($0, "what is taken off") } ?? ""
        mapped.strip = fields["strip"].flatMap { raw($0, "the characters taken out") } ?? ""
        mapped.dropsLeadingZeros = fields["leading-zeros"].flatMap { flag($0) } == false
        mapped.prefix = fields["prefix"].flatMap { raw($0, "what is put before") } ?? ""
        mapped.isOptional = fields["optional"].flatMap { flag($0) } ?? false
        if let field = fields["default"], let text = raw(field, "a single value"), isKnown(text, of: column, field) {
            mapped.fallback = text
        }
        mapped.unit = fields["unit"].flatMap { choice($0, ExportSettings.Unit.self) }
        if let field = fields["decimals"] { mapped.decimals = decimals(field, column) }
        let isTime = [.time, .day, .personTime].contains(column.kind)
        for key in ["dates", "time-zone", "plus"] {
            guard let field = fields[key], key == "plus" ? column.kind != .time : !isTime else { continue }
            let kind = key == "plus" ? "time of day" : "date"
            fault(.badColumnRule, field, "\(column.name) is no \(kind)", ["delete it"])
        }
        mapped.dates = fields["dates"].flatMap { dateForm($0) }
        mapped.timeZone = fields["time-zone"].flatMap { timeZone($0) }
        if let field = fields["plus"] {
            mapped.plus = texts(field, of: quoted("plus")).flatMap { columnNames($0, field) } ?? []
        }
        guard let field = fields["unit"], let unit = mapped.unit else {
            if let field = fields["plus"] {
                fault(.badColumnRule, field, "it is not said what it counts", ["write `unit: s`, `min` or `h`"])
            }
            return
        }
        let fits = switch unit {
        case .cents: column.kind == .money
        case .kilometers, .miles: column.name == "mileage"
        case .seconds, .minutes, .hours: fields["plus"] != nil
        }
        if !fits {
            fault(
                .badColumnRule, field, "\(column.name) is not in \(unit.rawValue)",
                ["`cents` is for amounts, `km` and `mi` for mileage, `s`, `min` and `h` for `plus:`"])
        }
    }

    private mutating func decimals(_ field: Field, _ column: StandardColumn) -> ExportSettings.Decimals? {
        switch column.kind {
        case .money, .integer, .decimal: return choice(field, ExportSettings.Decimals.self)
        default:
            fault(.badColumnRule, field, "\(column.name) is no number", ["delete it"])
            return nil
        }
    }

    // MARK: Which rows

    /// By column of the export, of which one test must be passed.
    mutating func tests(_ field: Field) -> [String: [CellTest]] {
        var tests: [String: [CellTest]] = [:]
        for entry in entries(field, of: quoted(field.key)) ?? [] {
            guard let items = items(entry, of: quoted(entry.key)) else { continue }
            tests[entry.key] = items.compactMap { test($0) }
        }
        return tests
    }

    /// A value, a pattern with `*`, or a comparison with a number: `> 0`.
    private mutating func test(_ field: Field) -> CellTest? {
        guard let text = raw(field, "a value of the column") else { return nil }
        guard let comparison = CellTest.Comparison.allCases.first(where: { text.hasPrefix($0.rawValue) }) else {
            return text.contains("*") ? .matches(text) : .equals(text)
        }
        let number = text.dropFirst(comparison.rawValue.count).filter { $0 != " " }
        if let hundredths = hundredths(number) { return .compares(comparison, hundredths: hundredths) }
        fault(
            .badNumber, field, "\(quoted(text)) compares with no number",
            ["write a number with a point, such as \"\(comparison.rawValue) 0\""])
        return nil
    }

    private func hundredths(_ text: String) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count < 3, let whole = Int64(parts[0]), whole >= 0, whole < 1 << 50 else { return nil }
        var cents: Int64 = 0
        if parts.count == 2 {
            guard (1...2).contains(parts[1].count), let read = Int64(parts[1]), read >= 0 else { return nil }
            cents = parts[1].count == 1 ? read * 10 : read
        }
        return isNegative ? -(whole * 100 + cents) : whole * 100 + cents
    }
}
