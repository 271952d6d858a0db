import Basis
import Dealership

extension ExportLayout.Field {
    /// The text of the column in a record, made of the export's cells.
    /// - Parameter place: byte offset of the record in its file.
    func made(_ record: Record, place: UInt64) -> [UInt8] {
        let raw = source.raw(record, place: place, column.kind, shaping)
        return shaping.map { $0.shaped(raw) } ?? raw
    }
}

extension ExportLayout.FieldSource {
    fileprivate func raw(
        _ record: Record, place: UInt64, _ kind: StandardColumn.Kind, _ shaping: CellShaping?
    ) -> [UInt8] {
        func part(_ cell: [UInt8]) -> [UInt8] { shaping.map { $0.parts(cell).first ?? [] } ?? cell }
        switch self {
        case .absent: return []
        case .constant(let bytes): return bytes
        case .rowPlace: return Array(String(place).utf8)
        case .columns(let columns): return part(record.firstFilled(columns))
        case .phones(let columns, let telephone):
            return columns.lazy.map { telephone.number(part(record.unescaped($0))) }.first { !$0.isEmpty } ?? []
        case .joined(let columns, let joint):
            let texts = columns.map { part(record.unescaped($0)) }
            // Words: a part that is missing takes its space with it. Numbers keep their place.
            return Array((joint == [0x20] ? texts.filter { !$0.isEmpty } : texts).joined(separator: joint))
        case .summed(let columns):
            return CellShaping.sum(
                columns.flatMap { column -> [[UInt8]] in
                    let cell = record.unescaped(column)
                    return shaping.map { $0.parts(cell) } ?? [cell]
                }, kind)
        case .dateAndTime(let dates, let times):
            let date = ExportLayout.FieldSource.withoutMidnight(record.firstFilled(dates))
            let time = record.firstFilled(times)
            return date.isEmpty || time.isEmpty ? date : date + [0x20] + time
        case .chosen(let choices):
            for choice in choices where choice.conditions.allSatisfy({ $0.isMet(record) }) {
                switch choice.outcome {
                case .constant(let bytes): return bytes
                case .columns(let columns): return part(record.firstFilled(columns))
                }
            }
            return []
        }
    }

    /// Dates in a column of their own often carry a midnight, which says nothing: `10/31/2026 12:00:00 AM`.
    private static func withoutMidnight(_ date: [UInt8]) -> [UInt8] {
        guard let end = date.firstIndex(where: { $0 == 0x20 || $0 == 0x54 }), end >= 8 else { return date }
        let clock = String(decoding: date[(end + 1)...], as: UTF8.self).lowercased()
        let isMidnight = ["00:00", "0:00", "00:00:00", "0:00:00", "00:00:00.000", "00:00:00z", "12:00 am", "12:00:00 am"]
            .contains(clock)
        return isMidnight ? Array(date[..<end]) : date
    }
}

extension Record {
    /// The first of the cells that has a text.
    fileprivate func firstFilled(_ columns: [Int]) -> [UInt8] {
        for column in columns {
            let cell = unescaped(column)
            if !cell.isEmpty { return cell }
        }
        return []
    }
}
