public import Basis
public import Dealership

/// Stores with their zones and sharing groups, from stores.csv; without it one store, or as many as the exports name.
struct StoreRoster: Sendable {
    var stores: [Store] = []
    /// Code 0 is the dealership's own zone.
    var zones: [ZoneRules] = []
    var groups: [String] = []
    /// stores.csv says which stores there are.
    var isComplete = false
    var diagnostics: [Diagnostic] = []
    /// What stops the run.
    var faults: [Diagnostic] = []
    /// Rows of stores.csv whose store stood there before.
    var repeated: [(reason: SetAside, source: RowSource)] = []

    static func read(
        _ exports: [OpenExport], settings: DealershipSettings, zones directory: ZoneDirectory, names: NameRegistry
    ) async -> StoreRoster {
        var roster = StoreRoster()
        do throws(Rejection) {
            roster.zones = [try directory.rules(settings.timeZone ?? "UTC")]
        } catch {
            roster.faults += error.diagnostics.map { $0.at(.init(file: "dealership.yaml", column: "time-zone")) }
            roster.zones = [.utc]
        }
        if settings.timeZone == nil, exports.isEmpty {
            roster.diagnostics.append(
                Diagnostic(
                    .warning, "no-time-zone", at: .init(file: "dealership.yaml", column: "time-zone"),
                    "no time zone is given, so UTC is taken", remedies: ["add time-zone: America/Chicago or yours"]))
        }
        let reader = PartReader(
            registry: StoreRegistry(stores: [], zones: [.utc], groupNames: ["stores"], isOpen: false),
            names: names, tasks: 1, fileZones: [:])
        do throws(Rejection) {
            let read = try await reader.read(exports)
            if !read.faults.isEmpty { throw Rejection(read.faults) }
            let parts = read.parts
            for (export, parts) in zip(exports, parts) {
                roster.isComplete = true
                for part in parts { roster.take(part, export, directory) }
            }
        } catch {
            roster.faults += error.diagnostics
        }
        if settings.timeZone == nil, let first = roster.stores.first { roster.takeZone(of: first) }
        return roster
    }

    /// The dealership's own zone is its first store's where the settings name none.
    private mutating func takeZone(of first: Store) {
        let taken = first.zone
        zones[0] = zones[taken]
        for index in stores.indices where stores[index].zone == taken { stores[index].zone = 0 }
    }

    private mutating func take(_ part: StagedTable.Part, _ export: OpenExport, _ directory: ZoneDirectory) {
        part.chunk.bytes.withUnsafeBytes { bytes in
            guard var row = bytes.baseAddress else { return }
            let end = row + bytes.count
            var rows: [UnsafeRawPointer] = []
            while row < end {
                rows.append(row)
                row += RowCursor.length(row)
            }
            // The store keeps them by their keys; stores are in the order of the file.
            for row in rows.sorted(by: { RowCursor.source($0) < RowCursor.source($1) }) {
                take(row, part, export, directory)
            }
        }
    }

    private mutating func take(
        _ row: UnsafeRawPointer, _ part: StagedTable.Part, _ export: OpenExport, _ directory: ZoneDirectory
    ) {
        var cursor = RowCursor(row)
        let identifier = cursor.text()
        let name = cursor.text()
        let zoneName = cursor.text()
        let group = cursor.text()
        let source = RowCursor.source(row)
        let groupName = group.isEmpty ? identifier : group
        let code = zone(zoneName, directory) {
            if let file = export.stored?.names[source.file] {
                return .init(file: file, row: source.offset, column: "time_zone")
            }
            let line = export.bytes.line(at: source.offset, from: part.start, lines: part.linesBefore)
            let place = export.bytes.place(ofLine: line)
            return .init(file: place.file, row: place.row, column: "time_zone")
        }
        var store = Store(identifier: identifier, name: name.isEmpty ? identifier : name, zone: code, group: -1)
        if let known = stores.first(where: { $0.identifier == identifier }) {
            store.group = known.group
            let isSame = known == store && groups[known.group] == groupName
            repeated.append((isSame ? .duplicateRow : .duplicateIdentifier, source))
            return
        }
        store.group = groups.firstIndex(of: groupName) ?? groups.count
        if store.group == groups.count { groups.append(groupName) }
        stores.append(store)
    }

    private mutating func zone(_ name: String, _ directory: ZoneDirectory, at place: () -> Diagnostic.Location) -> Int {
        if name.isEmpty { return 0 }
        if let known = zones.firstIndex(where: { $0.identifier == name }) { return known }
        do throws(Rejection) {
            zones.append(try directory.rules(name))
            return zones.count - 1
        } catch {
            let location = place()
            faults += error.diagnostics.map { $0.at(location) }
            return 0
        }
    }
}

extension Diagnostic {
    /// The same, at this place.
    func at(_ location: Location) -> Diagnostic {
        var copy = self
        copy.location = location
        return copy
    }
}

extension StagedExports {
    /// The stores alone, without reading the other exports.
    public static func readStores(
        directory: String, settings: DealershipSettings, tasks: Int, archive: (any RecordArchive)? = nil
    ) async throws(Rejection) -> (stores: [Store], zones: [ZoneRules]) {
        var opening = ExportOpening()
        if let archive {
            opening = ExportOpening(archive, ExportFolder(archive, settings: settings).found)
        } else {
            let folder = try ExportFolder(directory: directory, settings: settings)
            opening = try await ExportOpening.opened(folder.found.filter { $0.export.table == .stores }, tasks: tasks)
        }
        guard opening.faults.isEmpty else { throw Rejection(opening.faults) }
        let roster = await StoreRoster.read(
            opening.exports.filter { $0.export.table == .stores }, settings: settings, zones: ZoneDirectory(), names: NameRegistry())
        guard roster.faults.isEmpty else { throw Rejection(roster.faults) }
        if !roster.isComplete {
            return ([Store(identifier: settings.name, name: settings.name, zone: 0, group: 0)], roster.zones)
        }
        return (roster.stores, roster.zones)
    }
}
