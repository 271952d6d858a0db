import Basis
import Dealership

extension StagedExports {
    /// What a row is read with.
    struct RowContext {
        let nameCodes: [Int32]
        /// In front of customer numbers: the system that gave them.
        let system: [UInt8]
        let key: SystemKey
        let systemName: Int32
        let table: StandardTable
        let numberColumn: String
        /// By file: the system of its export.
        let systems: [Int: String]
        /// Identifiers of the stores, where several of the group may have numbered their records by themselves.
        let stores: [String]?
        let thread: ThreadNumbers.Rule
        let hasPlainThreads: Bool
        let names: [String]

        var hasSystem: Bool { systemName >= 0 && system.count > 2 }
        /// In front of the numbers of a system that a row names.
        func prefix(_ name: Int32) -> [UInt8] { Array(names[Int(name)].utf8) + Array("·".utf8) }
    }
}

extension StagedExports.RowContext {
    /// A number with the system that gave it in front.
    @inline(__always)
    func withSystem<Value>(
        _ system: [UInt8], _ number: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Value
    ) -> Value {
        withUnsafeTemporaryAllocation(byteCount: system.count + number.count, alignment: 16) { key in
            guard let start = key.baseAddress, let digits = number.baseAddress else { return body(number) }
            system.withUnsafeBytes { system in
                if let prefix = system.baseAddress { start.copyMemory(from: prefix, byteCount: system.count) }
            }
            (start + system.count).copyMemory(from: digits, byteCount: number.count)
            return body(UnsafeBufferPointer(key.bindMemory(to: UInt8.self)))
        }
    }

    /// What is put behind a number that was given before, to tell the two records apart.
    func additions(_ row: UnsafeRawPointer) -> [[UInt8]] {
        let system = systems[RowCursor.source(row).file].map { Array(" \($0)".utf8) } ?? []
        guard let stores else { return [system] }
        let store = Array(" \(stores[Int(RowCursor.store(row))])".utf8)
        return [store, system, store + system]
    }

    /// The same system and store gave the number of the record at `source` and of the row.
    func isNumberedAlike(_ source: RowSource, _ store: Int32, _ row: UnsafeRawPointer) -> Bool {
        systems[source.file] == systems[RowCursor.source(row).file] && (stores == nil || store == RowCursor.store(row))
    }
}

extension GroupJournal {
    typealias Context = StagedExports.RowContext

    /// A customer's code, of the number with the system that gave it; −1: the row names nobody.
    mutating func customer(_ number: UnsafeBufferPointer<UInt8>, _ context: Context) -> Int32 {
        if number.isEmpty { return -1 }
        if number.first == 0x74, number.starts(with: Identity.telephone) { return customers.intern(number) }
        return customers.intern(context.key.with(number))
    }

    /// Takes a record's number into its pool; a record's code is its position. A number that another system, or another
    /// store of the group, has given as well is another record; of the same it is one record twice, and the first export's
    /// counts.
    static func isNew(
        _ number: UnsafeBufferPointer<UInt8>, in pool: inout IdentifierPool, _ faults: inout [GroupFault],
        _ sources: [RowSource], _ stores: [Int32], _ row: UnsafeRawPointer, _ context: Context
    ) -> Bool {
        var code = Int(pool.intern(number))
        if code == sources.count { return true }
        for addition in context.additions(row) {
            if context.isNumberedAlike(sources[code], stores[code], row) { break }
            let full = Array(number) + addition
            code = full.withUnsafeBufferPointer { Int(pool.intern($0)) }
            if code == sources.count { return true }
        }
        faults.append(
            GroupFault(
                reason: .duplicateIdentifier, table: context.table, column: context.numberColumn,
                source: RowCursor.source(row)))
        return false
    }
}
