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
    /// By sharing group of the header: the group of the staged rows.
    var groupCodes: [Int] = []

    public var groupCount: Int { header.groups.count }

    /// Reads everything that `settings` maps or that carries a standard table's name.
    /// - Parameters:
    ///   - asOf: nil takes the end of coverage.
    ///   - tasks: how many read at once.
    ///   - memory: bytes that rows may take of it; those beyond are kept in a temporary file. Changes no result.
    ///   - archive: rows that a store keeps, which are then read instead of the files.
    /// - Throws: what stops the run (no folder, a required column missing, an unreadable file), all of it.
    public static func read(
        directory: String, settings: DealershipSettings, zones: ZoneDirectory = ZoneDirectory(), asOf: Instant? = nil,
        tasks: Int, memory: Int = .max, archive: (any RecordArchive)? = nil
    ) async throws(Rejection) -> StagedExports {
        try await read(
            directory: directory, settings: settings, zones: zones, asOf: asOf, tasks: tasks,
            partSize: ChunkReader.partSize, memory: memory, archive: archive)
    }

    /// The same for any size of the parts, on which nothing may depend.
    /// - Parameter rows: in place of those of a job's files, which have headers alone.
    static func read(
        directory: String, settings: DealershipSettings, zones: ZoneDirectory, asOf: Instant?, tasks: Int, partSize: Int,
        memory: Int = .max, archive: (any RecordArchive)? = nil, rows: PlannedRows? = nil
    ) async throws(Rejection) -> StagedExports {
        var (folder, opening) = try await opened(directory, settings, archive, tasks: tasks)
        if let rows { try opening.take(rows) }
        var reading: ExportReading
        repeat {
            reading = try await ExportReading.read(
                &opening, folder, settings: settings, zones: zones, tasks: tasks, partSize: partSize, memory: memory,
                known: rows?.plan.names ?? [])
            // What turned out to be in another encoding has been made UTF-8: from the beginning, for no code and no name
            // of what was read so may be left.
        } while !opening.settle(reading.scans)
        // A file without text was told as what it is.
        if opening.faults.isEmpty, !reading.stops.isEmpty { throw Rejection(reading.stops) }
        let (registry, names, roster) = (reading.registry, reading.names, reading.roster)
        var faults = opening.faults + roster.faults + reading.stops

        var staged = StagedExports(
            header: JournalHeader(
                settings: settings, stores: [], zones: reading.zones, groups: [], names: [], people: [:], outages: [],
                audits: [], asOf: Instant(seconds: 0), asOfDay: Day(number: 0)),
            diagnostics: folder.diagnostics + opening.notes + roster.diagnostics,
            tables: StagedExports.tables(opening.exports, reading.parts, opening.files), files: opening.files, nameCodes: [])
        let canonical = names.canonical()
        staged.header.names = canonical.names
        staged.nameCodes = canonical.codes
        staged.take(stores: registry.snapshot(), roster: roster)
        if let rows { try staged.settle(rows) } else { staged.settleCoverage(asOf: asOf) }
        staged.readPeopleAndOutages()
        staged.readOutageLedger()
        if rows == nil { try staged.setAsideConversationsElsewhere() }
        staged.header.audits = staged.tables.map(\.audit)
        staged.takeStatedOutages()
        staged.collectRowFaults()
        faults += opening.changedFiles()
        // What can be read is read even when something else stops the run, so that all faults are told at once.
        guard faults.isEmpty else {
            for group in 0..<staged.groupCount {
                staged.diagnostics += staged.diagnostics(of: try staged.journal(ofGroup: group).faults)
            }
            staged.diagnostics += faults
            staged.sortDiagnostics()
            throw Rejection(staged.diagnostics)
        }
        staged.sortDiagnostics()
        return staged
    }

    static func opened(
        _ directory: String, _ settings: DealershipSettings, _ archive: (any RecordArchive)?, tasks: Int
    ) async throws(Rejection) -> (ExportFolder, ExportOpening) {
        if let archive {
            let folder = ExportFolder(archive, settings: settings, directory: directory)
            return (folder, ExportOpening(archive, folder.found))
        }
        let folder = try ExportFolder(directory: directory, settings: settings)
        return (folder, try await ExportOpening.opened(folder.found, tasks: tasks, isWholly: false))
    }

    private static func tables(
        _ exports: [OpenExport], _ parts: [[StagedTable.Part]], _ files: [ExportBytes]
    ) -> [StagedTable] {
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
            for file in export.files where tables[table].layouts[file] == nil {
                tables[table].layouts[file] = export.layout
                tables[table].audit.files.append(files[file].name)
            }
            for part in parts {
                tables[table].parts.append(part)
                tables[table].audit.count(part.chunk)
            }
        }
        let ofOthers = Set(tables.filter { $0.export.table != .customers }.flatMap(\.audit.files))
        for table in tables.indices where tables[table].export.table == .customers {
            tables[table].isOfOtherRows = !ofOthers.isDisjoint(with: tables[table].audit.files)
        }
        return tables
    }

    private mutating func take(stores snapshot: StoreRegistry.Snapshot, roster: StoreRoster) {
        guard roster.isComplete else { return settleOpenStores(snapshot) }
        header.groups = roster.groups
        header.stores = roster.stores
        groupCodes = Array(roster.groups.indices)
        for table in tables.indices where tables[table].export.table == .stores {
            // Every part of stores.csv was read with the roster already; what it found twice is counted here.
            for (reason, source) in roster.repeated where tables[table].layouts[source.file] != nil {
                setAside(reason, table: table, column: "store_id", source: source)
            }
        }
    }

    /// By file and line; what has no line comes before what has.
    private mutating func sortDiagnostics() {
        func place(_ diagnostic: Diagnostic) -> (String, Int) {
            (diagnostic.location?.file ?? "", diagnostic.location?.row ?? 0)
        }
        diagnostics = diagnostics.enumerated().sorted {
            let (a, b) = (place($0.element), place($1.element))
            return a != b ? a < b : $0.offset < $1.offset
        }.map(\.element)
    }
}

extension ExportAudit {
    mutating func count(_ chunk: StagedChunk) {
        rowsRead += chunk.rowsRead
        setAside.merge(chunk.setAside, uniquingKeysWith: +)
        for (day, rows) in chunk.rowsByDay { rowsByDay[Day(number: day), default: 0] += rows }
        skippedLocalTimes += chunk.skippedLocalTimes
        repeatedLocalTimes += chunk.repeatedLocalTimes
        cellsSetAside.merge(chunk.cellsSetAside, uniquingKeysWith: +)
    }
}

extension StandardTable {
    /// What the table is called where the mapping gives no label.
    var words: String {
        switch self {
        case .stores: say(later: "Stores", context: "export")
        case .people: say(later: "People", context: "export")
        case .customers: say(later: "Customers", context: "export")
        case .serviceVisits: say(later: "Repair orders", context: "export")
        case .leads: say(later: "Leads", context: "export")
        case .appointments: say(later: "Appointments", context: "export")
        case .sales: say(later: "Deals", context: "export")
        case .messages: say(later: "Messages", context: "export")
        case .conversations: say(later: "Conversations", context: "export")
        case .mailings: say(later: "Mailings", context: "export")
        case .outages: say(later: "Outage log", context: "export")
        case .remedies: say(later: "Remedies", context: "export")
        case .complaints: say(later: "Complaints", context: "export")
        case .claims: say(later: "Claims", context: "export")
        case .outageSteps: say(later: "Outage steps", context: "export")
        case .ratings: say(later: "Ratings", context: "export")
        case .absences: say(later: "Absences", context: "export")
        case .outageUpdates: say(later: "Status page", context: "export")
        case .monitorEvents: say(later: "Monitor", context: "export")
        }
    }
}

/// Opens the files found and reads their headers, gathering every fault.
struct ExportOpening: Sendable {
    /// Zones that mappings name for their files, by export. Unknown ones are faults at the mapping.
    mutating func fileZones(
        _ found: [ExportFolder.Found], _ directory: ZoneDirectory, _ rules: inout [ZoneRules]
    ) -> [Int: Int] {
        var zones: [Int: Int] = [:]
        for (index, found) in found.enumerated() {
            guard let name = found.export.timeZone else { continue }
            zones[index] = zone(name, of: found.export, directory, &rules)
        }
        return zones
    }

    /// The same of zones that a single column has.
    mutating func setColumnZones(_ directory: ZoneDirectory, _ rules: inout [ZoneRules]) {
        for index in exports.indices {
            let export = exports[index].export
            for (place, field) in exports[index].layout.fields.enumerated() {
                guard let name = export.columns[field.column.name]?.timeZone else { continue }
                exports[index].layout.plans[place].zone = zone(name, of: export, directory, &rules) ?? -1
            }
        }
    }

    private mutating func zone(
        _ name: String, of export: ExportSettings, _ directory: ZoneDirectory, _ rules: inout [ZoneRules]
    ) -> Int? {
        if let known = rules.firstIndex(where: { $0.identifier == name }) { return known }
        do throws(Rejection) {
            rules.append(try directory.rules(name))
            return rules.count - 1
        } catch {
            for fault in error.diagnostics.map({ fault in export.location.map { fault.at($0) } ?? fault })
            where !faults.contains(fault) {
                faults.append(fault)
            }
            return nil
        }
    }

    /// Opened, and not yet looked into.
    var texts: [OpenText] = []
    var exports: [OpenExport] = []
    var files: [ExportBytes] = []
    var faults: [Diagnostic] = []
    var notes: [Diagnostic] = []

    /// Of one mapping's files, each open or with the reason why not.
    /// - Parameter sources: what is no file of the folder.
    static func opened(
        _ found: ExportFolder.Found, exportIndex: Int, beside sources: OpenedSources
    ) -> ExportOpening {
        var opening = ExportOpening()
        do throws(Rejection) {
            var found = found
            let isRead = !found.files.isEmpty || !sources.texts.isEmpty
            if isRead { found.export = try found.export.withValues(in: found.directory) }
            opening.open(found, exportIndex, sources)
        } catch {
            opening.faults += error.diagnostics
        }
        return opening
    }

    mutating func take(_ other: ExportOpening) {
        texts += other.texts
        // Two tables may be read from the same mails.
        note(other.notes)
        fault(other.faults)
    }

    mutating func note(_ found: [Diagnostic]) {
        let known = Set(notes)
        notes += found.filter { !known.contains($0) }
    }

    mutating func fault(_ found: [Diagnostic]) {
        let known = Set(faults)
        faults += found.filter { !known.contains($0) }
    }

    private mutating func open(_ found: ExportFolder.Found, _ exportIndex: Int, _ sources: OpenedSources) {
        var opened = sources
        for kind in SourceKind.allCases {
            let files = found.files.filter { SourceKind(fileName: $0.name) ?? .delimited == kind }
            if !files.isEmpty { opened.take(kind.open(files, for: found.export, zone: found.zone)) }
        }
        notes += opened.notes
        faults += opened.faults
        texts += opened.texts.map { OpenText(export: found.export, exportIndex: exportIndex, bytes: $0) }
    }
}
