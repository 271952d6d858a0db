import Basis
import Dealership

/// One reading of all exports that are open, and the codes given out on the way.
struct ExportReading: Sendable {
    var registry: StoreRegistry
    var names: NameRegistry
    var roster: StoreRoster
    /// By code; the first is the dealership's own.
    var zones: [ZoneRules]
    /// By export that is open.
    var parts: [[StagedTable.Part]]
    var scans: [TextScan]
    /// Why files were not read to their end.
    var stops: [Diagnostic]

    static func read(
        _ opening: inout ExportOpening, _ folder: ExportFolder, settings: DealershipSettings, zones: ZoneDirectory,
        tasks: Int, partSize: Int, memory: Int, known: [String]
    ) async throws(Rejection) -> ExportReading {
        let names = NameRegistry(known)
        // Systems of the mappings are names like those in the rows.
        for found in folder.found where !found.export.system.isEmpty {
            var system = found.export.system
            system.withUTF8 { _ = names.code($0) }
        }
        // An outage whose row names no vendor has its system's.
        for var vendor in settings.outages.systems.compactMap(\.vendor) { vendor.withUTF8 { _ = names.code($0) } }
        let roster = await StoreRoster.read(
            opening.exports.filter { $0.export.table == .stores }, settings: settings, zones: zones, names: names)
        var rules = roster.zones
        let fileZones = opening.fileZones(folder.found, zones, &rules)
        opening.setColumnZones(zones, &rules)
        let registry = StoreRegistry(
            stores: roster.stores, zones: rules, groupNames: roster.groups, isOpen: !roster.isComplete)
        let reader = PartReader(
            registry: registry, names: names, tasks: tasks, fileZones: fileZones, partSize: partSize,
            memory: StagingMemory(limit: memory))
        let read = try await reader.read(opening.exports)
        return ExportReading(
            registry: registry, names: names, roster: roster, zones: rules, parts: read.parts, scans: read.scans,
            stops: read.faults)
    }
}
