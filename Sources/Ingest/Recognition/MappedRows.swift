public import Basis
import Dealership
import Definitions

/// The first rows of an export as they are read by a mapping.
public struct MappedRows: Sendable {
    /// Ours, in the order of the table; columns that no row has a value in are left out.
    public private(set) var columns: [String] = []
    /// By row, by column; times in UTC.
    public private(set) var rows: [[String]] = []
    public private(set) var rowsRead = 0
    public private(set) var rowsSetAside = 0
    public private(set) var faults: [Diagnostic] = []

    /// Columns that name a person, say how to reach one, or may hold what somebody wrote.
    private static let personal: Set<String> = ["name", "phone", "email", "address", "text_hash"]

    /// - Parameter draft: what dealership.yaml would say of the file.
    /// - Parameter showsPeople: names and telephone numbers as they are, not masked.
    public static func read(
        path: String, draft: MappingDraft, rows limit: Int = 5, showsPeople: Bool
    ) throws(Rejection) -> MappedRows {
        guard let table = draft.recognition.table else { return MappedRows() }
        let settings = try DealershipFile.read(text: "name: draft\n" + draft.text, file: "dealership.yaml").value
        let export = settings.exports.first ?? ExportSettings(table: table, file: draft.pattern)
        let name = draft.recognition.file
        let kind = SourceKind(fileName: draft.pattern) ?? .delimited
        let opened = kind.open([SourceFile(path: path, name: name)], for: export)
        guard let text = opened.texts.first else { throw Rejection(opened.faults) }
        let bytes = try ExportOpening.readable(text)
        let head = try ExportOpening.head(of: bytes)
        let layout = try LayoutReader(export: export, file: name).read(head, isWhole: head.count == bytes.count)
        let registry = StoreRegistry(stores: [], zones: [.utc], groupNames: [], isOpen: true)
        let names = NameRegistry()
        let reader = ChunkReader(
            bytes: bytes, fileIndex: 0, layout: layout.value, export: export, registry: registry, names: names, fileZone: nil)
        let stop = min(bytes.count, layout.value.dataOffset + (1 << 20))
        let room = ReadingRoom()
        var chunk = try reader.read(from: layout.value.dataOffset, to: stop, isExact: true, in: room).chunk
        chunk.keep(room)
        var shown = MappedRows()
        shown.rowsRead = chunk.rowsRead
        shown.rowsSetAside = chunk.rowsRead - chunk.rowsKept
        shown.take(chunk, table, registry.snapshot(), names.canonical(), limit, showsPeople)
        for fault in chunk.faults.prefix(8) {
            let reason: SetAside? = switch fault.kind {
            case .row(let reason), .cell(let reason): reason
            case .clock: nil
            }
            guard let reason else { continue }
            let column = fault.field >= 0 ? layout.value.fields[fault.field].column.name : nil
            shown.faults.append(
                Diagnostic(
                    .warning, reason.code, at: .init(file: name, row: layout.value.headerLines + fault.line + 1, column: column),
                    reason.words, value: fault.value))
        }
        return shown
    }

    private mutating func take(
        _ chunk: StagedChunk, _ table: StandardTable, _ stores: StoreRegistry.Snapshot,
        _ names: (names: [String], codes: [Int32]), _ limit: Int, _ showsPeople: Bool
    ) {
        // By place in the file: rows lie by store.
        var found: [(source: RowSource, cells: [String])] = []
        chunk.bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var offset = 0
            while offset < bytes.count {
                let row = base + offset
                found.append((RowCursor.source(row), MappedRows.cells(row, table, stores, names, showsPeople)))
                offset += RowCursor.length(row)
            }
        }
        found.sort { $0.source < $1.source }
        let all = found.prefix(limit).map(\.cells)
        let ours = table.columns.map(\.name)
        let filled = ours.indices.filter { index in found.prefix(200).contains { !$0.cells[index].isEmpty } }
        columns = filled.map { ours[$0] }
        rows = all.map { row in filled.map { row[$0] } }
    }

    private static func cells(
        _ row: UnsafeRawPointer, _ table: StandardTable, _ stores: StoreRegistry.Snapshot,
        _ names: (names: [String], codes: [Int32]), _ showsPeople: Bool
    ) -> [String] {
        var cursor = RowCursor(row)
        let store = RowCursor.store(row)
        return table.columns.map { column in
            if column.name == "store_id", table != .stores {
                return store >= 0 && Int(store) < stores.groups.count ? stores.pool[store] : ""
            }
            switch column.kind {
            case .identifier, .text, .personTime:
                let text = cursor.text()
                return showsPeople ? text : masked(text, column.name)
            case .time, .day:
                let moment = cursor.moment()
                if moment.isMissing { return "" }
                let text = moment.instant.description
                return moment.isDateOnly ? String(text.prefix(10)) : text
            case .money:
                let value = cursor.integer()
                return value == .min ? "" : Money(minorUnits: value).description
            case .integer:
                let value = cursor.integer()
                return value == .min ? "" : String(value)
            case .decimal:
                let value = cursor.integer()
                return value == .min ? "" : "\(value / 1_000).\(String(1_000 + abs(value % 1_000)).dropFirst())"
            case .flag:
                return cursor.flag().map { $0 ? "yes" : "no" } ?? ""
            case .choice(let words):
                let code = Int(cursor.choice())
                return words.indices.contains(code) ? words[code] : ""
            case .name:
                let code = cursor.name(names.codes)
                return code >= 0 ? names.names[Int(code)] : ""
            }
        }
    }

    /// Whether there is something is seen; what, is nobody's business unless asked for.
    private static func masked(_ text: String, _ column: String) -> String {
        if text.isEmpty { return text }
        if text.hasPrefix("tel:") { return "tel:•••" + text.suffix(2) }
        return personal.contains(column) ? "•••" : text
    }
}
