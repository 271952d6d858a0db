import Basis
import Dealership

extension StandardTable {
    /// The column that a row is known by: the first of the schema.
    var numberColumn: String { columns.first { $0.name != "store_id" || self == .stores }?.name ?? "" }
}

extension StagedExports {
    /// The group's rows of a table where they stand, part by part, then the rows that hold for every group.
    func withRows(
        of index: Int, group: Int, _ body: ([UnsafeRawBufferPointer]) throws(Rejection) -> Void
    ) throws(Rejection) {
        let parts = tables[index].parts
        let wanted = [groupCodes[group], -1].flatMap { code in
            parts.indices.map { (part: $0, range: parts[$0].chunk.range(ofGroup: code), isCommon: code < 0) }
        }.filter { !$0.range.isEmpty }
        // What stands in a file is read first.
        let size = wanted.reduce(0) { $0 + ($1.isCommon || parts[$1.part].chunk.elsewhere == nil ? 0 : $1.range.count) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        var rest = 0
        var spilled: [Int: UnsafeRawBufferPointer] = [:]
        for (place, row) in wanted.enumerated() where !row.isCommon {
            let chunk = parts[row.part].chunk
            guard let elsewhere = chunk.elsewhere else { continue }
            let target = UnsafeMutableRawBufferPointer(rebasing: buffer[rest..<(rest + row.range.count)])
            try elsewhere.read(from: row.range.lowerBound - chunk.range(ofGroup: -1).upperBound, into: target)
            spilled[place] = UnsafeRawBufferPointer(target)
            rest += row.range.count
        }
        // A part's bytes stand still only inside a closure: one in the other.
        func open(_ next: Int, _ opened: inout [UnsafeRawBufferPointer]) throws(Rejection) {
            if next == wanted.count { return try body(opened) }
            if let rows = spilled[next] {
                opened.append(rows)
                return try open(next + 1, &opened)
            }
            var failure: Rejection?
            parts[wanted[next].part].chunk.bytes.withUnsafeBytes { bytes in
                opened.append(UnsafeRawBufferPointer(rebasing: bytes[wanted[next].range]))
                do throws(Rejection) { try open(next + 1, &opened) } catch { failure = error }
            }
            if let failure { throw failure }
        }
        var opened: [UnsafeRawBufferPointer] = []
        try open(0, &opened)
    }

    /// Rows in file order, each number once: of rows with the same number and other content the one whose content comes
    /// first. Where the rows stand, and in which order names were met, does not matter.
    ///
    /// `ofSeveralStores`: each of them may have numbered its records by itself. `again`: what the same row once more is.
    func distinctRows(
        _ parts: [UnsafeRawBufferPointer], table: StandardTable, ofSeveralStores: Bool = false,
        again: SetAside = .duplicateRow, _ faults: inout [(fault: GroupFault, store: Int32)]
    ) -> [UnsafeRawPointer] {
        let size = parts.reduce(0) { $0 + $1.count }
        var key = RowKey(table, ofSeveralStores: ofSeveralStores, isOfOtherRows: again == .customerAgain)
        if key.isNumberAlone { return distinctNumbers(parts, table, expected: size / 60, again, &faults) }
        var kept: [UnsafeRawPointer] = []
        kept.reserveCapacity(size / 60)
        var pool = IdentifierPool(expected: size / 60)
        let firstFault = faults.count
        var codes: [Int] = []
        for part in parts {
            guard let base = part.baseAddress else { continue }
            var row = base
            let end = base + part.count
            while row < end {
                let code = key.code(of: row, in: &pool)
                if code == kept.count {
                    kept.append(row)
                } else {
                    faults.append(settle(row, against: &kept[code], table, again))
                    codes.append(code)
                }
                row += RowCursor.length(row)
            }
        }
        // Which row counts in the end is known now.
        for (index, code) in codes.enumerated() { faults[firstFault + index].fault.other = RowCursor.source(kept[code]) }
        return kept
    }

    /// The same of rows that their number alone tells apart: most of what there is. The table that they are looked for in
    /// is larger than a core's cache; a few rows ahead it is asked for the places that will be wanted.
    private func distinctNumbers(
        _ parts: [UnsafeRawBufferPointer], _ table: StandardTable, expected: Int, _ again: SetAside,
        _ faults: inout [(fault: GroupFault, store: Int32)]
    ) -> [UnsafeRawPointer] {
        var numbers = RowNumbers(expected: expected)
        let firstFault = faults.count
        var positions: [Int] = []
        withUnsafeTemporaryAllocation(of: (row: UnsafeRawPointer, hash: UInt32).self, capacity: RowNumbers.ahead) { ahead in
            guard let ahead = ahead.baseAddress else { return }
            for part in parts {
                guard let base = part.baseAddress else { continue }
                var row = base
                let end = base + part.count
                while row < end {
                    var announced = 0
                    while row < end, announced < RowNumbers.ahead {
                        (ahead + announced).initialize(to: (row, numbers.announce(row)))
                        announced &+= 1
                        row += RowCursor.length(row)
                    }
                    for next in 0..<announced {
                        let position = numbers.take(ahead[next].row, ahead[next].hash)
                        if position < 0 { continue }
                        faults.append(settle(ahead[next].row, against: &numbers[position], table, again))
                        positions.append(position)
                    }
                }
            }
        }
        for (index, position) in positions.enumerated() {
            faults[firstFault + index].fault.other = RowCursor.source(numbers[position])
        }
        return numbers.take()
    }

    /// Of two rows with one number the one that counts is kept; the other is the fault.
    private func settle(
        _ row: UnsafeRawPointer, against kept: inout UnsafeRawPointer, _ table: StandardTable, _ again: SetAside
    ) -> (fault: GroupFault, store: Int32) {
        let order = compare(row, kept, table)
        let isSame = order == 0
        // Of equal rows the one further down is the repetition.
        let isBetter = order < 0 || (isSame && RowCursor.source(row) < RowCursor.source(kept))
        let loser = isBetter ? kept : row
        if isBetter { kept = row }
        let fault = GroupFault(
            reason: isSame ? again : .duplicateIdentifier, table: table,
            column: isSame ? nil : table.numberColumn, source: RowCursor.source(loser))
        return (fault, RowCursor.store(loser))
    }

    /// Store, then the columns in the order of the schema; names by their text.
    func compare(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ table: StandardTable) -> Int {
        func order<Value: Comparable>(_ x: Value, _ y: Value) -> Int { x == y ? 0 : x < y ? -1 : 1 }
        let stores = order(RowCursor.store(a), RowCursor.store(b))
        if stores != 0 { return stores }
        var (x, y) = (RowCursor(a), RowCursor(b))
        for column in table.columns where column.name != "store_id" || table == .stores {
            let found: Int
            switch column.kind {
            case .identifier, .text, .personTime:
                let (s, t) = (x.bytes(), y.bytes())
                found = s.elementsEqual(t) ? 0 : s.lexicographicallyPrecedes(t) ? -1 : 1
            case .time, .day, .money, .integer, .decimal: found = order(x.integer(), y.integer())
            case .name: found = order(x.name(nameCodes), y.name(nameCodes))
            case .choice, .flag: found = order(x.choice(), y.choice())
            }
            if found != 0 { return found }
        }
        return 0
    }
}

/// What tells a row from the others of its export.
struct RowKey {
    private enum Kind {
        case number
        /// A deal and its reversal have one number.
        case numberAndReversal
        /// Of a conversation's rows those with another time of assignment are its history.
        case numberAndAssignment
        /// Ratings, absences and reports have no number, and a person who moved has several rows: only the same row again
        /// is a repetition.
        case wholeRow
        /// An outage may have a number.
        case numberIfAny
    }
    private let kind: Kind
    private let hasStore: Bool
    private var made: [UInt8] = []

    /// - Parameter isOfOtherRows: customers of visits, say: the same number with another phone is one more record of the
    ///   customer, and only the same row again is a repetition.
    init(_ table: StandardTable, ofSeveralStores: Bool, isOfOtherRows: Bool = false) {
        switch table {
        case .customers where isOfOtherRows: kind = .wholeRow
        case .conversations: kind = .numberAndAssignment
        case .sales: kind = .numberAndReversal
        case .people, .ratings, .absences, .outageUpdates, .monitorEvents, .outageSteps: kind = .wholeRow
        case .outages: kind = .numberIfAny
        default: kind = .number
        }
        hasStore = kind == .wholeRow || kind == .numberIfAny || (ofSeveralStores && !table.mayBelongToEveryStore)
    }

    /// The number in front of the row is all of the key.
    var isNumberAlone: Bool { kind == .number && !hasStore }

    /// Equal codes mean equal keys.
    @inline(__always)
    mutating func code(of row: UnsafeRawPointer, in pool: inout IdentifierPool) -> Int {
        var cursor = RowCursor(row)
        let isPlain = kind == .number || kind == .numberAndReversal && !RowCursor.isReversal(row)
        if isPlain, !hasStore { return Int(pool.intern(cursor.bytes())) }
        return Int(make(row).withUnsafeBufferPointer { pool.intern($0) })
    }

    /// The code of a row's key; nil: no row had it.
    mutating func known(_ row: UnsafeRawPointer, in pool: IdentifierPool) -> Int? {
        var cursor = RowCursor(row)
        let isPlain = kind == .number || kind == .numberAndReversal && !RowCursor.isReversal(row)
        if isPlain, !hasStore { return pool.code(of: cursor.bytes()).map { Int($0) } }
        return make(row).withUnsafeBufferPointer { pool.code(of: $0) }.map { Int($0) }
    }

    private mutating func make(_ row: UnsafeRawPointer) -> [UInt8] {
        made.removeAll(keepingCapacity: true)
        if kind == .numberIfAny {
            var cursor = RowCursor(row)
            made.append(contentsOf: cursor.bytes())
            if !made.isEmpty { return made }
        }
        if kind == .wholeRow || kind == .numberIfAny {
            let content = UnsafeRawBufferPointer(
                start: row + StagedChunk.rowHeader, count: RowCursor.length(row) - StagedChunk.rowHeader)
            made.append(contentsOf: content)
        } else {
            var cursor = RowCursor(row)
            made.append(contentsOf: cursor.bytes())
            if kind == .numberAndAssignment { append(RowCursor.assignedAt(row), bytes: 8) }
            if kind == .numberAndReversal, RowCursor.isReversal(row) { append(0, bytes: 1) }
        }
        if hasStore { append(Int64(RowCursor.store(row)), bytes: 4) }
        return made
    }

    private mutating func append(_ value: Int64, bytes: Int) {
        for byte in 0..<bytes { made.append(UInt8(truncatingIfNeeded: value >> Int64(8 * byte))) }
    }
}

extension RowCursor {
    /// When a row of the conversations export says that it was assigned.
    fileprivate static func assignedAt(_ row: UnsafeRawPointer) -> Int64 {
        var cursor = RowCursor(row)
        cursor.skipBytes()  // number
        cursor.skipBytes()  // customer
        _ = cursor.name16()  // channel
        _ = cursor.name16()  // department
        _ = cursor.moment()  // opened
        _ = cursor.moment()  // answered
        cursor.skipBytes()  // assignee
        return cursor.integer()
    }
}
