import Basis
import Dealership

/// Reads exports whose stores nobody has listed: there are as many as the exports name, and one where they name none.
///
/// Files that name stores come first; only then is it known whose the rows are that name none, whatever order the
/// reading tasks were in.
struct StoreDiscovery: Sendable {
    /// The one store's name where no export names any.
    let dealership: String
    let zones: [ZoneRules]
    let names: NameRegistry
    let tasks: Int
    let fileZones: [Int: Int]

    func read(
        _ files: [OpenExport]
    ) async throws(Rejection) -> (parts: [[StagedTable.Part]], stores: StoreRegistry.Snapshot) {
        let open = StoreRegistry(stores: [], zones: zones, groupNames: [], isOpen: true)
        let naming = files.indices.filter { files[$0].layout.storeField != nil }
        var parts = [[StagedTable.Part]](repeating: [], count: files.count)
        for (index, read) in zip(naming, try await reader(open).read(naming.map { files[$0] })) { parts[index] = read }
        if open.snapshot().groups.isEmpty { _ = open.add(dealership) }
        let found = open.snapshot()
        let isOne = found.groups.count == 1
        // With one store a row that leaves it empty is that store's, too.
        let rest = files.indices.filter { index in
            files[index].layout.storeField == nil
                || isOne && parts[index].contains { $0.chunk.setAside[.missingStore] != nil }
        }
        let closed = StoreRegistry(found, zones: zones)
        for (index, read) in zip(rest, try await reader(closed).read(rest.map { files[$0] })) { parts[index] = read }
        return (parts, found)
    }

    private func reader(_ registry: StoreRegistry) -> PartReader {
        PartReader(registry: registry, names: names, tasks: tasks, fileZones: fileZones)
    }
}
