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
        let (found, codes) = open.snapshot().inOrder()
        for index in naming {
            for part in parts[index].indices { parts[index][part].chunk.renumberStores(codes) }
        }
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

extension StoreRegistry.Snapshot {
    /// The same stores in order of their identifiers, and each one's new code: whoever came first while reading does not
    /// decide. Every store is its own group in the dealership's zone.
    fileprivate func inOrder() -> (snapshot: StoreRegistry.Snapshot, codes: [Int]) {
        let order = groupNames.indices.sorted { groupNames[$0] < groupNames[$1] }
        var snapshot = StoreRegistry.Snapshot()
        var codes = [Int](repeating: 0, count: order.count)
        for (new, old) in order.enumerated() {
            codes[old] = new
            snapshot.pool.intern(groupNames[old])
            snapshot.zones.append(0)
            snapshot.groups.append(new)
            snapshot.groupNames.append(groupNames[old])
        }
        return (snapshot, codes)
    }
}

extension StagedChunk {
    /// Gives stores that are each their own group new codes, and puts their rows in the order of these.
    fileprivate mutating func renumberStores(_ codes: [Int]) {
        if codes.enumerated().allSatisfy({ $0.offset == $0.element }) { return }
        var olds = [Int](repeating: 0, count: codes.count)
        for (old, new) in codes.enumerated() { olds[new] = old }
        var renumbered: [UInt8] = []
        renumbered.reserveCapacity(bytes.count)
        var newStarts = [0]
        renumbered += bytes[range(ofGroup: -1)]
        newStarts.append(renumbered.count)
        for (new, old) in olds.enumerated() {
            let begin = renumbered.count
            renumbered += bytes[range(ofGroup: old)]
            var row = begin
            while row < renumbered.count {
                renumbered[row + 2] = UInt8(truncatingIfNeeded: new)
                renumbered[row + 3] = UInt8(truncatingIfNeeded: new >> 8)
                row += Int(renumbered[row]) | Int(renumbered[row + 1]) << 8
            }
            newStarts.append(renumbered.count)
        }
        bytes = renumbered
        starts = newStarts
    }
}
