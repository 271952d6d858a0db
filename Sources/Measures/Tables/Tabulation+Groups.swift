public import Dealership

// A table of one store need not be asked of every sharing group: of 300 stores it finds something in one.
extension Tabulation {
    /// By sharing group, the positions of the tables that may count something of it. Tables of all stores ask each group;
    /// a table of one store asks that store's, and those of the stores that its measure holds beside it.
    public func tablesByGroup() -> [[Int]] {
        var result = [[Int]](repeating: [], count: header.groups.count)
        var stores: [String: Int32] = [:]
        for (index, store) in header.stores.enumerated() where stores[store.identifier] == nil {
            stores[store.identifier] = Int32(truncatingIfNeeded: index)
        }
        for (position, spec) in specs.enumerated() {
            guard let name = spec.store, let store = stores[name] else {
                for group in result.indices { result[group].append(position) }
                continue
            }
            let asked = [store] + spec.request.measure.storesBeside(store, header)
            for group in Set(asked.map { Int(header.stores[Int($0)].group) }) where result.indices.contains(group) {
                result[group].append(position)
            }
        }
        return result
    }

    /// What belongs to no sharing group, in the order of `specs`.
    /// - Parameter audits: those of the header, where rows that groups set aside are not counted, unless others are given.
    public func common(audits: [ExportAudit]? = nil) -> [TallyTable] {
        specs.indices.map { common($0, audits: audits) }
    }

    /// What belongs to no sharing group, of one table: downtime, rows of exports.
    /// - Parameter audits: what became of all rows, with those set aside in their groups; known once all groups were read.
    public func common(_ position: Int, audits: [ExportAudit]? = nil) -> TallyTable {
        let spec = specs[position]
        guard let context = context(Tabulation.linking(spec.request, header.settings)) else { return TallyTable() }
        return spec.request.measure.common(audits.map(context.with) ?? context, spec)
    }
}
