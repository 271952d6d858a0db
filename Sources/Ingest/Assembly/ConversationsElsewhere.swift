import Basis
import Dealership

extension StagedExports {
    /// Looking through more messages than these takes longer than it is worth: a platform's stores are strangers.
    private static let mostMessages = 1_000_000
    /// More conversations than these, and more than one in ten, with the numbers and customers of another store's: both
    /// stores number by themselves, and no conversation is over two stores.
    private static let mostSlips = 20

    /// Sets aside messages of a conversation that began at a store which shares nothing with theirs: the same number and
    /// the same customer in one system. Within a sharing group `setAsideOtherStores` sees to it.
    mutating func setAsideConversationsElsewhere() throws(Rejection) {
        let logs = tables.indices.filter { tables[$0].export.table == .messages }
        let count = logs.reduce(0) { $0 + tables[$1].parts.reduce(0) { $0 + $1.chunk.rowsKept } }
        guard header.groups.count > 1, count <= StagedExports.mostMessages, try hasNumbersAlike(logs) else { return }
        var found = ConversationHomes(header.stores)
        for index in logs { try forEachMessage(of: index) { found.take($0, system: tables[index].export.system) } }
        let several = found.inSeveralGroups
        guard !several.isEmpty, several.count <= StagedExports.mostSlips || several.count * 10 <= found.count else { return }
        for index in logs {
            var faults: [GroupFault] = []
            try forEachMessage(of: index) { row in
                guard found.isElsewhere(row, system: tables[index].export.system) else { return }
                faults.append(
                    GroupFault(reason: .otherStore, table: .messages, column: "store_id", source: RowCursor.source(row)))
            }
            if faults.isEmpty { continue }
            tables[index].elsewhere = Set(faults.map(\.source))
            tables[index].audit.setAside[.otherStore, default: 0] += faults.count
            diagnostics += diagnostics(of: faults)
        }
    }

    /// Some number of a conversation stands at stores of several groups, whoever the customer is: worth a closer look.
    private func hasNumbersAlike(_ logs: [Int]) throws(Rejection) -> Bool {
        for system in Set(logs.map { tables[$0].export.system }) {
            var pool = IdentifierPool()
            var groups: [Int] = []
            var isAlike = false
            for index in logs where tables[index].export.system == system {
                try forEachMessage(of: index) { row in
                    var cursor = RowCursor(row)
                    cursor.skipBytes()  // number of the message
                    let number = cursor.bytes()
                    let store = RowCursor.store(row)
                    guard !number.isEmpty, store >= 0 else { return }
                    let group = header.stores[Int(store)].group
                    let code = Int(pool.intern(number))
                    if code == groups.count { groups.append(group) } else if groups[code] != group { isAlike = true }
                }
            }
            if isAlike { return true }
        }
        return false
    }

    private func forEachMessage(of index: Int, _ body: (UnsafeRawPointer) -> Void) throws(Rejection) {
        for part in tables[index].parts {
            try part.chunk.withEveryRow { rows in
                guard var row = rows.baseAddress else { return }
                let end = row + rows.count
                while row < end {
                    body(row)
                    row += RowCursor.length(row)
                }
            }
        }
    }
}

/// Where conversations began: the store of the first message; of two at one instant the one whose identifier sorts first.
private struct ConversationHomes {
    private let stores: [Store]
    private var pool = IdentifierPool()
    /// By code.
    private var home: [Int32] = []
    private var since: [Moment] = []
    private var isOfSeveralGroups: [Bool] = []

    init(_ stores: [Store]) { self.stores = stores }

    var count: Int { home.count }
    var inSeveralGroups: [Int] { isOfSeveralGroups.indices.filter { isOfSeveralGroups[$0] } }

    mutating func take(_ row: UnsafeRawPointer, system: String) {
        let store = RowCursor.store(row)
        guard store >= 0, let key = ConversationHomes.key(row, system),
            let sent = RowCursor.occurrence(row, .messages)
        else { return }
        let code = Int(key.withUnsafeBufferPointer { pool.intern($0) })
        if code == home.count {
            home.append(store)
            since.append(sent)
            isOfSeveralGroups.append(false)
            return
        }
        if stores[Int(store)].group != stores[Int(home[code])].group { isOfSeveralGroups[code] = true }
        let isFirst = sent.instant < since[code].instant || (sent.instant == since[code].instant
            && stores[Int(store)].identifier < stores[Int(home[code])].identifier)
        if isFirst { (home[code], since[code]) = (store, sent) }
    }

    func isElsewhere(_ row: UnsafeRawPointer, system: String) -> Bool {
        let store = RowCursor.store(row)
        guard store >= 0, let key = ConversationHomes.key(row, system),
            let code = key.withUnsafeBufferPointer({ pool.code(of: $0) }), isOfSeveralGroups[Int(code)]
        else { return false }
        return stores[Int(store)].group != stores[Int(home[Int(code)])].group
    }

    /// System, number and customer; nil without a number.
    private static func key(_ row: UnsafeRawPointer, _ system: String) -> [UInt8]? {
        var cursor = RowCursor(row)
        cursor.skipBytes()  // number of the message
        let thread = cursor.bytes()
        if thread.isEmpty { return nil }
        let customer = cursor.bytes()
        var key: [UInt8] = []
        key.reserveCapacity(thread.count + customer.count + 2 + system.utf8.count)
        key.append(contentsOf: thread)
        key.append(0)
        key.append(contentsOf: customer)
        key.append(0)
        key.append(contentsOf: system.utf8)
        return key
    }
}
