import Basis
import Dealership
import Definitions

/// Finds delimiter and header in the first bytes of an export, behind any preamble, and resolves the mapping against it.
struct LayoutReader {
    let export: ExportSettings
    let file: String

    private struct Candidate {
        var delimiter: UInt8
        var line: Int
        var linesThrough: Int
        var dataOffset: Int
        var names: [String]
        var missing: [String]
        var found: Int
    }

    /// `head` is the file's beginning, up to its last complete line unless it is the whole file.
    func read(_ head: [UInt8], isWhole: Bool) throws(Rejection) -> Checked<ExportLayout> {
        try refuseUnreadable(head)
        let delimiters: [UInt8] = export.delimiter.map { [$0] } ?? [0x2C, 0x09, 0x3B, 0x7C]
        var best: Candidate?
        let padded = head + [UInt8](repeating: 0, count: 8)
        let required = requiredSources.map { ($0.sources[0], $0.sources.map(normalized)) }
        for delimiter in delimiters {
            guard let candidate = bestHeader(padded, head.count, delimiter, required, isWhole: isWhole) else { continue }
            if let current = best {
                // Where neither finds anything, the one that splits at all: its names are the ones to suggest.
                let (mine, its) = (candidate, current)
                if (mine.missing.count, -mine.found, -mine.names.count) < (its.missing.count, -its.found, -its.names.count) {
                    best = candidate
                }
            } else {
                best = candidate
            }
        }
        guard let header = best else {
            throw Rejection(
                Diagnostic(
                    .error, "empty-file", at: .init(file: file), "the file has no rows",
                    remedies: ["export it again, or remove it from the folder"]))
        }
        guard header.missing.isEmpty else { throw Rejection(missingColumns(header)) }
        var checked = layout(header)
        if let diagnostic = foreignLetters(head, isWhole: isWhole) { checked.diagnostics.append(diagnostic) }
        return checked
    }

    /// A warning when the beginning is not UTF-8: names with accents would be read with a mark in their place.
    private func foreignLetters(_ head: [UInt8], isWhole: Bool) -> Diagnostic? {
        // A letter may be cut at the end of what was read.
        let whole = isWhole ? head[...] : head[...(head.lastIndex(of: 0x0A) ?? head.count - 1)]
        if String(validating: whole, as: UTF8.self) != nil { return nil }
        return Diagnostic(
            .warning, "not-utf-8", at: .init(file: file), "the file has letters that are not UTF-8",
            remedies: ["save it as CSV UTF-8; until then those letters are lost in names"])
    }

    func refuseUnreadable(_ head: [UInt8]) throws(Rejection) {
        func refuse(_ code: String, _ message: String, _ remedy: String) -> Rejection {
            Rejection(Diagnostic(.error, code, at: .init(file: file), message, remedies: [remedy]))
        }
        if head.isEmpty || head.allSatisfy({ $0 == 0x0A || $0 == 0x0D || $0 == 0x20 }) {
            throw refuse("empty-file", "the file is empty", "export it again, or remove it from the folder")
        }
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            throw refuse("not-utf-8", "the file is UTF-16", "save it as CSV UTF-8")
        }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw refuse("binary-file", "the file is a spreadsheet or ZIP archive, not text", "export or save it as CSV")
        }
        if head.prefix(65_536).contains(0) {
            throw refuse("binary-file", "the file is not text", "export it as CSV")
        }
    }

    /// The first record that has every required column, else the one with the most known names.
    private func bestHeader(
        _ padded: [UInt8], _ count: Int, _ delimiter: UInt8, _ required: [(name: String, normalized: [String])],
        isWhole: Bool
    ) -> Candidate? {
        var best: Candidate?
        let hasMark = padded.starts(with: [0xEF, 0xBB, 0xBF])
        var bounds = [FieldBounds](repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false), count: 512)
        padded.withUnsafeBufferPointer { bytes in
            bounds.withUnsafeMutableBufferPointer { bounds in
                guard let base = bytes.baseAddress else { return }
                var splitter = RecordSplitter(
                    base: base, count: count, delimiter: delimiter, position: hasMark ? 3 : 0, isLast: isWhole)
                for _ in 0..<64 {
                    let line = splitter.lines + 1
                    guard case .record(let fields) = splitter.next(bounds) else { return }
                    let names = (0..<min(fields, bounds.count)).map {
                        FieldText(base, from: bounds[$0].start, to: bounds[$0].end).string
                    }
                    if names.allSatisfy(\.isEmpty) { continue }
                    let known = Set(names.map(normalized))
                    let missing = required.filter { !$0.normalized.contains(where: known.contains) }.map(\.name)
                    let found = required.count - missing.count
                    if best == nil || found > (best?.found ?? 0) {
                        best = Candidate(
                            delimiter: delimiter, line: line, linesThrough: splitter.lines, dataOffset: splitter.position, names: names,
                            missing: missing, found: found)
                    }
                    if missing.isEmpty { return }
                }
            }
        }
        return best
    }

    private func normalized(_ name: String) -> String { name.lowercased() }

    /// Our required columns whose sources must stand in the header, with the names looked for.
    private var requiredSources: [(column: String, sources: [String])] {
        var wanted: [(String, [String])] = []
        for column in export.table.columns {
            guard let mapped = export.columns[column.name] else {
                if column.isRequired { wanted.append((column.name, [column.name])) }
                continue
            }
            switch mapped.rule {
            case .column(let names): wanted.append((column.name, names))
            case .phone(let rule): wanted.append((column.name, rule.columns))
            case .joined(let names): for name in names { wanted.append((column.name, [name])) }
            case .constant, .rowPlace: break
            }
        }
        for name in export.only.keys.sorted() { wanted.append((name, [name])) }
        return wanted
    }

    private func missingColumns(_ header: Candidate) -> [Diagnostic] {
        header.missing.map { name in
            var remedies: [String] = []
            if let near = nearestName(to: name, among: header.names.filter { !$0.isEmpty }) {
                remedies.append("did you mean \(near)?")
            }
            remedies.append(
                "name the export's column in dealership.yaml under exports.\(export.table).columns, or export it")
            return Diagnostic(
                .error, "missing-column", at: .init(file: file, row: header.line, column: name),
                "the header has no column \(name), which \(export.table) needs", remedies: remedies)
        }
    }

    private func layout(_ header: Candidate) -> Checked<ExportLayout> {
        var positions: [String: Int] = [:]
        var diagnostics: [Diagnostic] = []
        for (index, name) in header.names.enumerated() where !name.isEmpty {
            if positions[normalized(name)] != nil {
                diagnostics.append(
                    Diagnostic(
                        .warning, "duplicate-column", at: .init(file: file, row: header.line, column: name),
                        "the header has this column twice; the first is read", remedies: ["rename one of them"]))
            } else {
                positions[normalized(name)] = index
            }
        }
        var read: Set<Int> = []
        let fields = export.table.columns.map { column -> ExportLayout.Field in
            let mapped = export.columns[column.name]
            let rule = mapped?.rule ?? .column([column.name])
            let source: ExportLayout.FieldSource
            switch rule {
            case .constant(let value): source = .constant(Array(value.utf8))
            case .rowPlace: source = .rowPlace
            case .column(let names):
                let found = names.compactMap { positions[normalized($0)] }
                source = found.isEmpty ? .absent : .columns(found)
                read.formUnion(found)
            case .phone(let rule):
                let found = rule.columns.compactMap { positions[normalized($0)] }
                source = .phones(found, TelephoneCustomer(rule))
                read.formUnion(found)
            case .joined(let names):
                let found = names.compactMap { positions[normalized($0)] }
                source = .joined(found)
                read.formUnion(found)
            }
            let values = Dictionary(
                (mapped?.values ?? [:]).map { (Array($0.key.utf8), Array($0.value.utf8)) }, uniquingKeysWith: { a, _ in a })
            var choices: [[UInt8]] = []
            if case .choice(let names) = column.kind { choices = names.map { Array($0.lowercased().utf8) } }
            return .init(column: column, source: source, values: values, choices: choices)
        }
        let only = export.only.keys.sorted().compactMap { name -> (column: Int, values: Set<[UInt8]>)? in
            positions[normalized(name)].map { position in
                read.insert(position)
                return (position, Set((export.only[name] ?? []).map { Array($0.utf8) }))
            }
        }
        let storeColumn = export.table == .stores ? nil : fields.firstIndex { $0.column.name == "store_id" }
        let storeField = storeColumn.flatMap { (index: Int) -> Int? in
            if case .absent = fields[index].source { return nil }
            return index
        }
        let occurrence = export.table.occurrenceColumn
        let plans = fields.enumerated().map { index, field in
            CellPlan(
                source: sourcePlan(field), kind: cellKind(field.column.kind),
                isRequired: field.column.isRequired && !field.column.mayBeEmpty,
                isOccurrence: field.column.name == occurrence, isStore: index == storeColumn,
                needsTime: export.table.needsTime(field.column.name),
                refusesRow: field.column.isRequired || export.table.refusesRow(without: field.column.name),
                absence: field.column.mayBeEmpty ? .noCustomer : nil,
                isVIN: field.column.name == "vin" || field.column.name == "trade_vin",
                excuse: export.table.excuse(of: field.column.name).flatMap { excuse in
                    fields.firstIndex { $0.column.name == excuse }
                } ?? -1)
        }
        let layout = ExportLayout(
            delimiter: header.delimiter, headerLine: header.line, headerLines: header.linesThrough, dataOffset: header.dataOffset, fields: fields,
            storeColumn: storeColumn ?? -1, storeField: storeField, plans: plans, only: only,
            unread: header.names.enumerated().filter { !read.contains($0.offset) && !$0.element.isEmpty }.map(\.element),
            columnCount: header.names.count)
        return Checked(layout, diagnostics)
    }

    private func sourcePlan(_ field: ExportLayout.Field) -> Int {
        switch field.source {
        case .absent: CellPlan.absent
        case .columns(let found) where found.count == 1 && field.values.isEmpty: found[0]
        case .columns, .constant, .joined, .rowPlace, .phones: CellPlan.mapped
        }
    }

    private func cellKind(_ kind: StandardColumn.Kind) -> CellPlan.Kind {
        switch kind {
        case .identifier, .personTime: .identifier
        case .text: .text
        case .time: .time
        case .day: .day
        case .money: .money
        case .integer: .integer
        case .decimal: .decimal
        case .flag: .flag
        case .choice: .choice
        case .name: .name
        }
    }
}
