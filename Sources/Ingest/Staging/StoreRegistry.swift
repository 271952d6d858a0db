import Basis
import Dealership
import Synchronization

/// Codes of the stores while exports are being read. Stores come from stores.csv; without that file each new `store_id`
/// is a store in the dealership's zone. Shared by the reading tasks; each keeps a copy of the snapshot.
final class StoreRegistry: Sendable {
    struct Snapshot: Sendable {
        var pool = IdentifierPool()
        /// By store code.
        var zones: [Int] = []
        var groups: [Int] = []
        var groupNames: [String] = []
    }

    private let state: Mutex<Snapshot>
    /// Zone rules by zone code.
    let zones: [ZoneRules]
    /// Unknown ids become stores instead of faults.
    let isOpen: Bool

    init(stores: [Store], zones: [ZoneRules], groupNames: [String], isOpen: Bool) {
        var snapshot = Snapshot()
        for store in stores {
            snapshot.pool.intern(store.identifier)
            snapshot.zones.append(store.zone)
            snapshot.groups.append(store.group)
        }
        snapshot.groupNames = groupNames
        self.zones = zones
        self.isOpen = isOpen
        state = Mutex(snapshot)
    }

    /// Exactly these stores.
    init(_ snapshot: Snapshot, zones: [ZoneRules]) {
        self.zones = zones
        isOpen = false
        state = Mutex(snapshot)
    }

    func snapshot() -> Snapshot { state.withLock { $0 } }

    /// Staged rows have two bytes for a store, the last values of which are taken.
    private static let limit = 65_000

    /// The code of a new store, in the default zone (code 0) and a sharing group of its own; nil when there are too many
    /// for them to be stores.
    func add(_ identifier: String) -> Int32? {
        state.withLock { snapshot in
            if snapshot.zones.count >= StoreRegistry.limit, snapshot.pool.code(of: identifier) == nil { return nil }
            let code = snapshot.pool.intern(identifier)
            if Int(code) == snapshot.zones.count {
                snapshot.zones.append(0)
                snapshot.groups.append(snapshot.groupNames.count)
                snapshot.groupNames.append(identifier)
            }
            return code
        }
    }
}

/// Open lists of few names (channels, departments, vendors), shared by the reading tasks. Codes depend on who came first;
/// `canonical` gives the order that does not.
final class NameRegistry: Sendable {
    private let pool = Mutex(IdentifierPool())

    /// - Parameter known: names there are whether or not a row has them.
    init(_ known: [String] = []) {
        pool.withLock { pool in
            for name in known { pool.intern(name) }
        }
    }

    /// Staged rows have two bytes for a name, of which the greatest value is "none".
    private static let limit = Int(UInt16.max)

    /// Nil for a new name when there are too many: the column is no list of names.
    func code(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt16? {
        pool.withLock { pool in
            if pool.count >= NameRegistry.limit, pool.code(of: bytes) == nil { return nil }
            return UInt16(truncatingIfNeeded: pool.intern(bytes))
        }
    }

    /// Names in order of their bytes, and the new code of every old one.
    func canonical() -> (names: [String], codes: [Int32]) {
        pool.withLock { pool in
            let names = (0..<Int32(pool.count)).map { pool[$0] }
            let order = names.indices.sorted { names[$0] < names[$1] }
            var codes = [Int32](repeating: 0, count: names.count)
            for (new, old) in order.enumerated() { codes[old] = Int32(new) }
            return (order.map { names[$0] }, codes)
        }
    }
}
