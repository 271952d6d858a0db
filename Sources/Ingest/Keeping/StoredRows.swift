import Basis
import Dealership

/// What a store keeps of an export under one header.
struct StoredRows: Sendable {
    let archive: any RecordArchive
    let parts: [ArchivedPart]
    /// All headers of the export's rows, by the store's codes.
    let forms: [(code: Int, form: KeptForm)]
    /// The store's code of a file → position among the files read.
    let fileIndex: [Int32: Int]
    /// By position.
    let names: [Int: String]
}

extension ExportFolder {
    /// The exports that a store has rows of, in the order in which the folder's own would be read.
    init(_ archive: any RecordArchive, settings: DealershipSettings, directory: String = "") {
        found = []
        diagnostics = []
        let kept = archive.exports.map(\.export)
        let mapped = KeptExport.names(of: settings.exports)
        for (export, name) in zip(settings.exports, mapped) {
            if !kept.contains(name) {
                diagnostics.append(
                    Diagnostic(
                        .warning, "no-export", at: export.location,
                        "nothing was imported for \(export.table) from \(name.pattern)",
                        remedies: ["put the files into exports/ and run kpi import", "or correct the pattern"]))
            }
            found.append(Found(export: export, files: [], directory: directory))
        }
        for export in kept.sorted(by: { ($0.pattern, $0.system) < ($1.pattern, $1.system) })
        where !mapped.contains(export) {
            if export.system.isEmpty, ExportFolder.table(ofFile: export.pattern) == export.table {
                found.append(Found(export: ExportSettings(table: export.table, file: export.pattern), files: []))
            } else {
                diagnostics.append(
                    Diagnostic(
                        .warning, "unmapped-rows", at: .init(file: "dealership.yaml", column: "exports"),
                        "rows of \(export.table) that were imported from \(export.pattern) are not read: no mapping names it",
                        remedies: ["put the mapping back", "or undo their import (kpi imports lists them)"]))
            }
        }
        settle(settings)
    }
}

extension KeptExport {
    /// What the store calls each of the mappings. Several of one table and file (rows of one log by their kind) are told
    /// apart by their order.
    static func names(of exports: [ExportSettings]) -> [KeptExport] {
        var seen: [KeptExport: Int] = [:]
        return exports.map { export in
            let file = export.sheet.map { "\(export.file)!\($0)" } ?? export.file
            let pattern = export.postgres?.name(for: export.table) ?? file
            var kept = KeptExport(table: export.table, pattern: pattern, system: export.system)
            seen[kept, default: 0] += 1
            if let count = seen[kept], count > 1 { kept.pattern += " (\(count))" }
            return kept
        }
    }
}

extension ExportOpening {
    /// The store's rows of the exports found.
    init(_ archive: any RecordArchive, _ found: [ExportFolder.Found]) {
        self.init()
        let names = KeptExport.names(of: found.map(\.export))
        for (index, found) in found.enumerated() {
            guard let archived = archive.exports.first(where: { $0.export == names[index] }) else { continue }
            var export = found.export
            do throws(Rejection) {
                export = try export.withValues(in: found.directory)
            } catch {
                faults += error.diagnostics
            }
            let first = files.count
            var fileIndex: [Int32: Int] = [:]
            var names: [Int: String] = [:]
            for (position, file) in archived.files.enumerated() {
                files.append(ExportBytes(storedName: file.name))
                fileIndex[Int32(file.code)] = first + position
                names[first + position] = file.name
            }
            for (code, form) in archived.forms {
                let stored = StoredRows(
                    archive: archive, parts: archived.parts.filter { $0.form == code }, forms: archived.forms,
                    fileIndex: fileIndex, names: names)
                open(form, stored, export, index, file: first)
            }
        }
    }

    private mutating func open(
        _ form: KeptForm, _ stored: StoredRows, _ export: ExportSettings, _ index: Int, file: Int
    ) {
        let name = archiveName(stored, export)
        var export = export
        export.delimiter = form.delimiter
        do throws(Rejection) {
            let layout = try LayoutReader(export: export, file: name).read(form.header + [0x0A], isWhole: true)
            notes += layout.diagnostics
            exports.append(
                OpenExport(
                    export: export, exportIndex: index, file: file, bytes: ExportBytes(storedName: name),
                    layout: layout.value, stored: stored))
        } catch {
            faults += error.diagnostics
        }
    }

    /// The first file, as the one whose header is meant.
    private func archiveName(_ stored: StoredRows, _ export: ExportSettings) -> String {
        stored.names.min { $0.key < $1.key }?.value ?? export.file
    }
}

/// Reads one part of the store into a staged chunk.
struct StoredPartReader {
    private let export: OpenExport
    private let registry: StoreRegistry
    private let names: NameRegistry
    private let fileZone: Int?

    init(_ export: OpenExport, registry: StoreRegistry, names: NameRegistry, fileZone: Int?) {
        self.export = export
        self.registry = registry
        self.names = names
        self.fileZone = fileZone
    }

    /// The rows stand in the room then, not yet in the chunk.
    func read(_ part: ArchivedPart, in room: ReadingRoom) throws(Rejection) -> StagedChunk {
        guard let stored = export.stored else { return StagedChunk() }
        var rows = try stored.archive.rows(part)
        let count = rows.text.count
        rows.text += [UInt8](repeating: 0, count: 16)
        var capacity = count * 2 + RowEncoder.longestRow
        while true {
            if var chunk = try attempt(rows, stored, count: count, capacity: capacity, room) {
                if !rows.corrections.isEmpty { add(rows.corrections, stored, to: &chunk) }
                return chunk
            }
            capacity *= 4
        }
    }

    private func add(_ corrections: [RowCorrection], _ stored: StoredRows, to chunk: inout StagedChunk) {
        let cells = CorrectedCells(stored.forms, hasQuotes: export.layout.hasQuotes)
        for var correction in corrections {
            guard let file = stored.fileIndex[correction.file] else { continue }
            correction.file = Int32(file)
            if let before = correction.earlier.last {
                correction.changes = cells.changes(
                    correction.text, form: correction.form, from: before.text, form: before.form)
            }
            correction.text = []
            for index in correction.earlier.indices { correction.earlier[index].text = [] }
            chunk.corrections[source(file, correction.line)] = correction
        }
    }

    private func source(_ file: Int, _ line: Int32) -> RowSource {
        RowSource(raw: UInt64(file) << 48 | UInt64(max(0, line)))
    }

    /// Nil: there was no room for them.
    private func attempt(
        _ rows: ArchivedRows, _ stored: StoredRows, count: Int, capacity: Int, _ room: ReadingRoom
    ) throws(Rejection) -> StagedChunk? {
        let layout = export.layout
        let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: 65_536)
        let bounds = UnsafeMutableBufferPointer<FieldBounds>.allocate(capacity: max(layout.columnCount + 8, 16))
        defer {
            scratch.deallocate()
            bounds.deallocate()
        }
        bounds.initialize(repeating: FieldBounds(start: 0, end: 0, isQuoted: false, isEscaped: false))
        var outcome = Outcome.done(0)
        let encoded = room.rows(capacity)
        var chunk = StagedChunk()
        layout.plans.withUnsafeBufferPointer { plans in
            rows.text.withUnsafeBufferPointer { text in
                guard let base = text.baseAddress else { return }
                var encoder = RowEncoder(
                    layout: layout, plans: plans, base: base, scratch: scratch, registry: registry, names: names,
                    export: export.export, fileZone: fileZone)
                var written = 0
                outcome = encode(
                    rows, stored, base, count, &encoder, bounds, into: encoded.assumingMemoryBound(to: UInt8.self),
                    capacity: capacity, &written)
                chunk = encoder.finish(UnsafeRawBufferPointer(start: encoded, count: written), in: room)
            }
        }
        switch outcome {
        case .noRoom: return nil
        case .done(let records):
            guard records == rows.files.count else {
                throw Rejection(
                    Diagnostic(
                        .error, "unreadable-database", at: .init(file: export.bytes.name),
                        "the store's rows of this export do not part as they did when they were imported",
                        remedies: ["undo their import and import the files again"]))
            }
            return chunk
        }
    }

    private enum Outcome { case done(Int), noRoom }

    private func encode(
        _ rows: ArchivedRows, _ stored: StoredRows, _ base: UnsafePointer<UInt8>, _ count: Int,
        _ encoder: inout RowEncoder, _ bounds: UnsafeMutableBufferPointer<FieldBounds>,
        into target: UnsafeMutablePointer<UInt8>, capacity: Int, _ written: inout Int
    ) -> Outcome {
        var splitter = RecordSplitter(
            base: base, count: count, delimiter: export.layout.delimiter, position: 0, isLast: true,
            hasQuotes: export.layout.hasQuotes)
        var index = 0
        while splitter.position < count {
            guard case .record(let fields) = splitter.next(bounds), index < rows.files.count else { return .done(-1) }
            if capacity - written < RowEncoder.longestRow { return .noRoom }
            let file = stored.fileIndex[rows.files[index]] ?? export.file
            let line = rows.lines[index]
            encoder.file = Int32(file)
            if encoder.header(bounds, fields: fields, line: Int(line) - 1) == .again {
                index += 1
                continue
            }
            written += encoder.encode(
                bounds, fields: fields, source: source(file, line).raw, line: Int(line) - 1,
                place: UInt64(rows.places[index]), into: target + written)
            index += 1
        }
        return .done(index)
    }
}
