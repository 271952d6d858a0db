import Basis
import Dealership

extension StagedExports {
    /// Without stores.csv the stores are those that rows name, in order of their ids; the dealership itself where none is
    /// named. Codes given while reading depend on who came first, and a part that was read on a wrong guess may have given
    /// some to no store at all: neither may be seen in a result.
    mutating func settleOpenStores(_ snapshot: StoreRegistry.Snapshot) {
        let named = (0..<snapshot.zones.count).filter { code in
            tables.contains { $0.parts.contains { !$0.chunk.range(ofGroup: snapshot.groups[code]).isEmpty } }
        }.sorted { snapshot.pool[Int32($0)] < snapshot.pool[Int32($1)] }
        header.stores = named.enumerated().map { code, raw in
            let identifier = snapshot.pool[Int32(raw)]
            return Store(identifier: identifier, name: identifier, zone: snapshot.zones[raw], group: code)
        }
        if header.stores.isEmpty {
            header.stores = [Store(identifier: header.settings.name, name: header.settings.name, zone: 0, group: 0)]
        }
        header.groups = header.stores.map(\.identifier)
        groupCodes = named.map { snapshot.groups[$0] }
        if groupCodes.isEmpty { groupCodes = [snapshot.zones.count] }
        var codes = [UInt16](repeating: 0, count: snapshot.zones.count)
        for (code, raw) in named.enumerated() { codes[raw] = UInt16(truncatingIfNeeded: code) }
        let isInOrder = named == Array(0..<snapshot.zones.count)
        for table in tables.indices {
            for part in tables[table].parts.indices {
                if !isInOrder { tables[table].parts[part].chunk.recode(stores: codes) }
                settleOnlyStore(table, part)
            }
        }
    }

    /// Rows that name no store belong to the only one; where there are several they are set aside.
    private mutating func settleOnlyStore(_ table: Int, _ part: Int) {
        let range = tables[table].parts[part].chunk.range(ofGroup: -1)
        if range.isEmpty || tables[table].export.table.mayBelongToEveryStore { return }
        if header.stores.count == 1 {
            tables[table].parts[part].chunk.giveOnlyStore(in: range)
            return
        }
        let lost = tables[table].parts[part].chunk.removeRowsOfNoGroup()
        for source in lost { setAside(.missingStore, table: table, column: "store_id", source: source) }
    }
}

extension StagedChunk {
    /// Gives every row's store its final code.
    fileprivate mutating func recode(stores: [UInt16]) {
        bytes.withUnsafeMutableBytes { StagedChunk.recode($0, stores: stores) }
        elsewhere?.stores = stores
    }

    fileprivate mutating func giveOnlyStore(in range: Range<Int>) {
        bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            var row = base + range.lowerBound
            while row < base + range.upperBound {
                (row + 2).storeBytes(of: UInt16(0), as: UInt16.self)
                row += RowCursor.length(row)
            }
        }
    }

    /// Returns where the removed rows stand in their file.
    fileprivate mutating func removeRowsOfNoGroup() -> [RowSource] {
        let range = self.range(ofGroup: -1)
        var sources: [RowSource] = []
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            var row = base + range.lowerBound
            while row < base + range.upperBound {
                sources.append(RowCursor.source(row))
                row += RowCursor.length(row)
            }
        }
        bytes.removeSubrange(range)
        starts = starts.enumerated().map { $0.offset == 0 ? $0.element : $0.element - range.count }
        rowsKept -= sources.count
        return sources
    }
}
