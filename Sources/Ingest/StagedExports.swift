public import Basis
public import Dealership
import Foundation

/// A dealership's exports, read: rows staged by sharing group, and the header that all groups have in common.
/// Groups become columnar one at a time, so that a large group of stores is never in memory twice.
public struct StagedExports: Sendable {
    public internal(set) var header: JournalHeader
    /// Faults of rows and files, with their places, in the order of files and lines.
    public internal(set) var diagnostics: [Diagnostic]
    var tables: [StagedTable]
    var files: [ExportBytes]
    var nameCodes: [Int32]

    public var groupCount: Int { header.groups.count }

    /// Reads everything that `settings` maps or that carries a standard table's name.
    /// - Parameters:
    ///   - asOf: nil takes the end of coverage.
    ///   - tasks: how many read at once.
    /// - Throws: what stops the run (no folder, a required column missing, an unreadable file), all of it.
    public static func read(
        directory: String, settings: DealershipSettings, zones: ZoneDirectory = ZoneDirectory(), asOf: Instant? = nil,
        tasks: Int
    ) async throws(Rejection) -> StagedExports {
        let folder = try ExportFolder(directory: directory, settings: settings)
        var opening = ExportOpening()
        for found in folder.found { opening.open(found) }
        guard opening.faults.isEmpty else { throw Rejection(opening.faults) }

        let names = NameRegistry()
        let roster = try await StoreRoster.read(
            opening.exports.filter { $0.export.table == .stores }, settings: settings, zones: zones, names: names)
        var fileZones: [Int: Int] = [:]
        var zoneRules = roster.zones
        for export in opening.exports {
            guard let name = export.export.timeZone else { continue }
            if let known = zoneRules.firstIndex(where: { $0.identifier == name }) {
                fileZones[export.exportIndex] = known
            } else {
                zoneRules.append(try zones.rules(name))
                fileZones[export.exportIndex] = zoneRules.count - 1
            }
        }
        let (parts, stores) = try await StagedExports.rows(
            of: opening.exports, settings: settings, roster: roster, zones: zoneRules, names: names, tasks: tasks,
            fileZones: fileZones)

        var staged = StagedExports(
            header: JournalHeader(
                settings: settings, stores: [], zones: zoneRules, groups: [], names: [], people: [:], outages: [],
                audits: [], asOf: Instant(seconds: 0), asOfDay: Day(number: 0)),
            diagnostics: folder.diagnostics + opening.notes + roster.diagnostics,
            tables: StagedExports.tables(opening.exports, parts), files: opening.exports.map(\.bytes), nameCodes: [])
        let canonical = names.canonical()
        staged.header.names = canonical.names
        staged.nameCodes = canonical.codes
        staged.take(stores: stores, roster: roster)
        staged.settleCoverage(asOf: asOf)
        staged.readPeopleAndOutages()
        staged.header.audits = staged.tables.map(\.audit)
        staged.collectRowFaults()
        return staged
    }

    /// The staged rows of every file, and the stores they belong to.
    private static func rows(
        of exports: [OpenExport], settings: DealershipSettings, roster: StoreRoster, zones: [ZoneRules],
        names: NameRegistry, tasks: Int, fileZones: [Int: Int]
    ) async throws(Rejection) -> (parts: [[StagedTable.Part]], stores: StoreRegistry.Snapshot) {
        guard roster.isComplete else {
            return try await StoreDiscovery(
                dealership: settings.name, zones: zones, names: names, tasks: tasks, fileZones: fileZones
            ).read(exports)
        }
        let registry = StoreRegistry(stores: roster.stores, zones: zones, groupNames: roster.groups, isOpen: false)
        let reader = PartReader(registry: registry, names: names, tasks: tasks, fileZones: fileZones)
        return (try await reader.read(exports), registry.snapshot())
    }

    private static func tables(_ exports: [OpenExport], _ parts: [[StagedTable.Part]]) -> [StagedTable] {
        var tables: [StagedTable] = []
        var position: [Int: Int] = [:]
        for (export, parts) in zip(exports, parts) {
            let table: Int
            if let known = position[export.exportIndex] {
                table = known
            } else {
                table = tables.count
                position[export.exportIndex] = table
                var audit = ExportAudit(
                    table: export.export.table, label: export.export.label ?? export.export.table.words,
                    system: export.export.system, files: [])
                audit.statedFrom = export.export.coveredFrom
                audit.statedUntil = export.export.coveredUntil
                tables.append(StagedTable(export: export.export, layouts: [:], parts: [], audit: audit))
            }
            tables[table].layouts[export.file] = export.layout
            tables[table].audit.files.append(export.bytes.name)
            for part in parts {
                tables[table].parts.append(part)
                tables[table].audit.count(part.chunk)
            }
        }
        return tables
    }

    private mutating func take(stores snapshot: StoreRegistry.Snapshot, roster: StoreRoster) {
        header.groups = snapshot.groupNames
        header.stores = (0..<snapshot.zones.count).map { code in
            code < roster.stores.count
                ? roster.stores[code]
                : Store(
                    identifier: snapshot.pool[Int32(code)], name: snapshot.pool[Int32(code)],
                    zone: snapshot.zones[code], group: snapshot.groups[code])
        }
    }
}

extension ExportAudit {
    mutating func count(_ chunk: StagedChunk) {
        rowsRead += chunk.rowsRead
        setAside.merge(chunk.setAside, uniquingKeysWith: +)
        for (day, rows) in chunk.rowsByDay { rowsByDay[Day(number: day), default: 0] += rows }
        skippedLocalTimes += chunk.skippedLocalTimes
        repeatedLocalTimes += chunk.repeatedLocalTimes
        unreadableCells += chunk.unreadableCells
    }
}

extension StandardTable {
    /// What the table is called where the mapping gives no label.
    var words: String {
        switch self {
        case .stores: "Stores"
        case .people: "People"
        case .customers: "Customers"
        case .serviceVisits: "Repair orders"
        case .leads: "Leads"
        case .appointments: "Appointments"
        case .sales: "Deals"
        case .messages: "Messages"
        case .conversations: "Conversations"
        case .mailings: "Mailings"
        case .outages: "Outage log"
        case .remedies: "Remedies"
        case .complaints: "Complaints"
        case .claims: "Claims"
        case .ratings: "Ratings"
        case .absences: "Absences"
        }
    }
}

/// Opens the files found and reads their headers, gathering every fault.
struct ExportOpening {
    var exports: [OpenExport] = []
    var faults: [Diagnostic] = []
    var notes: [Diagnostic] = []
    private var exportIndex = -1

    mutating func open(_ found: ExportFolder.Found) {
        exportIndex += 1
        for (path, name) in found.files {
            do throws(Rejection) {
                let bytes = try ExportBytes(path: path, name: name)
                let length = min(bytes.count, 1 << 18)
                var head = [UInt8](repeating: 0, count: length)
                var failure: Rejection?
                head.withUnsafeMutableBytes { buffer in
                    guard let base = buffer.baseAddress else { return }
                    do throws(Rejection) { _ = try bytes.read(from: 0, count: length, into: base) } catch { failure = error }
                }
                if let failure { throw failure }
                let layout = try LayoutReader(export: found.export, file: name)
                    .read(head, isWhole: length == bytes.count)
                notes += layout.diagnostics
                exports.append(
                    OpenExport(
                        export: found.export, exportIndex: exportIndex, file: exports.count, bytes: bytes,
                        layout: layout.value))
            } catch {
                faults += error.diagnostics
            }
        }
    }
}
