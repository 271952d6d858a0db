import Basis
import Dealership
import Definitions

/// Finds delimiter and header in the first bytes of an export, behind any preamble, and resolves the mapping against it.
struct LayoutReader {
    let export: ExportSettings
    let file: String
    /// The line of the header where it is known, from 1; 0: there is none. Nil: it is found.
    var headerLine: Int?

    private struct Candidate {
        var delimiter: UInt8
        var line: Int
        var linesThrough: Int
        var dataOffset: Int
        /// Columns there are; `names` may be fewer.
        var fields: Int
        var names: [String]
        var missing: [String]
        var found: Int
    }

    /// `head` is the file's beginning, up to its last complete line unless it is the whole file.
    func read(_ head: [UInt8], isWhole: Bool) throws(Rejection) -> Checked<ExportLayout> {
        if headerLine == 0, let row = export.headerRow { throw Rejection(noHeader(row)) }
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
            if let row = export.headerRow, headerLine != nil { throw Rejection(noHeader(row)) }
            throw Rejection(
                Diagnostic(
                    .error, "empty-file", at: .init(file: file), "the file has no rows",
                    remedies: ["export it again, or remove it from the folder"]))
        }
        guard header.fields <= Limits.columns else {
            throw Rejection(Limits.tooManyColumns(header.fields, in: file, row: header.line))
        }
        guard header.missing.isEmpty else { throw Rejection(missingColumns(header)) }
        return layout(header)
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
        isWhole: Bool, capacity: Int = 512
    ) -> Candidate? {
        var best: Candidate?
        var widest = 0
        let hasMark = padded.starts(with: [0xEF, 0xBB, 0xBF])
        var bounds = [FieldBounds](repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false), count: capacity)
        padded.withUnsafeBufferPointer { bytes in
            bounds.withUnsafeMutableBufferPointer { bounds in
                guard let base = bytes.baseAddress else { return }
                var splitter = RecordSplitter(
                    base: base, count: count, delimiter: delimiter, position: hasMark ? 3 : 0, isLast: isWhole,
                    hasQuotes: export.hasQuotes)
                for _ in 0..<max(64, headerLine ?? 0) {
                    let line = splitter.lines + 1
                    guard case .record(let fields) = splitter.next(bounds) else { return }
                    widest = max(widest, fields)
                    if let headerLine, line != headerLine { continue }
                    let names = (0..<min(fields, bounds.count)).map {
                        FieldText(base, from: bounds[$0].start, to: bounds[$0].end).string
                    }
                    if names.allSatisfy(\.isEmpty) { continue }
                    let known = Set(names.map(normalized))
                    let missing = required.filter { !$0.normalized.contains(where: known.contains) }.map(\.name)
                    let found = required.count - missing.count
                    if best == nil || found > (best?.found ?? 0) {
                        best = Candidate(
                            delimiter: delimiter, line: line, linesThrough: splitter.lines, dataOffset: splitter.position,
                            fields: fields, names: names,
                            missing: missing, found: found)
                    }
                    if missing.isEmpty { return }
                }
            }
        }
        // Wider than any header should be: once more, with room for all of it.
        if widest > capacity, widest <= Limits.columns {
            return bestHeader(padded, count, delimiter, required, isWhole: isWhole, capacity: widest)
        }
        return best
    }

    private func normalized(_ name: String) -> String { name.lowercased() }

    /// Our required columns whose sources must stand in the header, with the names looked for.
    var requiredSources: [(column: String, sources: [String])] {
        var wanted: [(String, [String])] = []
        for column in export.table.columns {
            guard let mapped = export.columns[column.name] else {
                if column.isRequired { wanted.append((column.name, [column.name])) }
                continue
            }
            if !mapped.isOptional { wanted += mapped.sources.map { ($0[0], $0) } }
        }
        for name in Set(export.only.keys).union(export.except.keys).sorted() { wanted.append((name, [name])) }
        return wanted
    }

    /// A note on columns that a preset or the mapping looks for and can do without.
    private func absentColumns(_ header: Candidate) -> Diagnostic? {
        let known = Set(header.names.map(normalized))
        var ours: [String] = []
        var theirs: [String] = []
        for column in export.table.columns {
            guard let mapped = export.columns[column.name], mapped.isOptional else { continue }
            let absent = mapped.sources.filter { !$0.map(normalized).contains(where: known.contains) }.map { $0[0] }
            if !absent.isEmpty { ours.append(column.name) }
            theirs += absent.filter { !theirs.contains($0) }
        }
        if ours.isEmpty { return nil }
        return Diagnostic(
            .note, "absent-column", at: .init(file: file, row: header.line),
            "the header has no \(theirs.joined(separator: ", ")): \(ours.joined(separator: ", ")) of \(export.table) "
                + "are empty, or made of what is there",
            remedies: [
                "name the export's columns in dealership.yaml under exports.\(export.table).columns, "
                    + "or leave it where the export has none"
            ])
    }

    private func noHeader(_ row: Int) -> Diagnostic {
        Diagnostic(
            .error, "no-header", at: .init(file: file),
            "row \(row), which header-row names, is empty or lies too far down",
            remedies: ["correct header-row in the export's mapping, or delete it: a header is found by its columns"])
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
        if let note = absentColumns(header) { diagnostics.append(note) }
        var finder = ColumnFinder(positions: positions, decimals: export.decimals)
        let fields = export.table.columns.map { finder.field($0, export.columns[$0.name]) }
        let (only, except) = (finder.conditions(export.only), finder.conditions(export.except))
        let storeColumn = export.table == .stores ? nil : fields.firstIndex { $0.column.name == "store_id" }
        let storeField = storeColumn.flatMap { (index: Int) -> Int? in
            if case .absent = fields[index].source { return nil }
            return index
        }
        var (forms, delays): ([FormReader], [ExportLayout.Delay]) = ([], [])
        let occurrence = export.table.occurrenceColumn
        let plans = fields.enumerated().map { index, field in
            var plan = CellPlan(
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
            if plan.kind == .time || plan.kind == .day, let form = export.dateForm(of: field.column.name) {
                plan.form = forms.count
                forms.append(FormReader(form, times: export.timeReader))
            }
            if let mapped = export.columns[field.column.name], !mapped.plus.isEmpty {
                plan.delay = delays.count
                delays.append(.init(columns: finder.found(mapped.plus), unitSeconds: mapped.unit?.seconds ?? 1))
            }
            return plan
        }
        let refusal = positions[LeadText.unreadable]
        let layout = ExportLayout(
            delimiter: header.delimiter, headerLine: header.line, headerLines: header.linesThrough, dataOffset: header.dataOffset, fields: fields,
            storeColumn: storeColumn ?? -1, storeField: storeField, plans: plans,
            forms: forms, delays: delays, only: only, except: except, hasQuotes: export.hasQuotes,
            unread: header.names.enumerated()
                .filter { !finder.read.contains($0.offset) && $0.offset != refusal && !$0.element.isEmpty }.map(\.element),
            columnCount: header.names.count, refusalColumn: refusal ?? -1, names: header.names)
        return Checked(layout, diagnostics)
    }

    private func sourcePlan(_ field: ExportLayout.Field) -> Int {
        switch field.source {
        case .absent: CellPlan.absent
        case .columns(let found) where found.count == 1 && field.shaping == nil: found[0]
        case .columns, .constant, .joined, .rowPlace, .summed, .dateAndTime, .chosen, .phones: CellPlan.mapped
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
