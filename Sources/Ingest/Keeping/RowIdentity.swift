import Basis
import Dealership

/// What a record is known by: which columns make its key, and a hash of all that the mapping reads of it.
struct RowIdentity {
    /// Between a key's parts.
    private static let separator: UInt8 = 0x1F

    private let plans: [CellPlan]
    private let columnCount: Int
    private let storeField: Int?
    private let key: [Int]
    private let keyWithoutNumber: [Int]
    private let mark: Int?
    /// Columns of the export that decide whether the row is read at all, or how much later a time is.
    private let deciding: [Int]
    private let isPlace: [Bool]

    init(_ layout: ExportLayout, table: StandardTable) {
        func position(_ name: String) -> Int? { layout.fields.firstIndex { $0.column.name == name } }
        plans = layout.plans
        columnCount = layout.columnCount
        storeField = layout.storeField
        isPlace = layout.fields.map { if case .rowPlace = $0.source { true } else { false } }
        let places = isPlace
        let positions = table.naturalKey.compactMap(position)
        // A number made of the row's place says nothing when the file is exported anew.
        key = positions.first.map { places[$0] } == true ? [] : positions
        keyWithoutNumber = table.naturalKeyWithoutNumber.compactMap(position)
        mark = table.naturalKeyMark.flatMap(position)
        deciding = (layout.only + layout.except).map(\.column).filter { $0 >= 0 } + layout.delays.flatMap(\.columns)
            + (layout.refusalColumn >= 0 ? [layout.refusalColumn] : [])
    }

    /// The hash of the record's cells.
    func content(_ record: Record, _ encoder: inout RowEncoder) -> UInt64 {
        var hash = ContentHash()
        for index in plans.indices where !isPlace[index] && plans[index].source != CellPlan.absent {
            hash.add(encoder.cell(index, plans[index], record))
        }
        for column in deciding { hash.add(record.text(column)) }
        if record.hasText(from: columnCount) {
            for column in columnCount..<record.count { hash.add(record.text(column)) }
        }
        return hash.value
    }

    /// Appends the record's key.
    func appendKey(_ record: Record, _ encoder: inout RowEncoder, content: UInt64, to keys: inout [UInt8]) {
        if let first = key.first, !encoder.cell(first, plans[first], record).isEmpty {
            append(key, record, &encoder, to: &keys)
            if let mark, encoder.cell(mark, plans[mark], record).isEmpty { keys.append(RowIdentity.separator) }
            return
        }
        let start = keys.count
        append(keyWithoutNumber, record, &encoder, to: &keys)
        if keys[start...].contains(where: { $0 != RowIdentity.separator }) { return }
        keys.removeLast(keys.count - start)
        keys.append(RowIdentity.separator)
        // Without a key of any kind: by everything that stands in the row.
        var whole = ContentHash()
        for column in 0..<record.count { whole.add(record.text(column)) }
        keys += Array(String(content ^ whole.value, radix: 16).utf8)
    }

    private func append(_ columns: [Int], _ record: Record, _ encoder: inout RowEncoder, to keys: inout [UInt8]) {
        for (position, column) in columns.enumerated() {
            if position > 0 { keys.append(RowIdentity.separator) }
            keys.append(contentsOf: encoder.cell(column, plans[column], record).buffer)
        }
    }

    /// The store that the record names; empty: none.
    func store(_ record: Record, _ encoder: inout RowEncoder) -> FieldText? {
        guard let storeField else { return nil }
        let text = encoder.cell(storeField, plans[storeField], record)
        return text.isEmpty ? nil : text
    }
}

/// 64 bits over a sequence of texts: multiply and fold, as in wyhash (Wang Yi, public domain), eight bytes at a time.
private struct ContentHash {
    private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func add(_ text: FieldText) {
        var index = 0
        let raw = UnsafeRawPointer(text.base)
        while index + 8 <= text.count {
            mix((raw + index).loadUnaligned(as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        var shift: UInt64 = 0
        while index < text.count {
            rest |= UInt64(text[index]) << shift
            shift += 8
            index += 1
        }
        // The length parts what stands in one cell from what stands in the next.
        mix(rest)
        mix(UInt64(text.count) &+ 0xA076_1D64_78BD_642F)
    }

    private mutating func mix(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        value = product.high ^ product.low ^ 0x2D35_8DCC_AA6C_78A5
    }
}
