import Basis
import Dealership

extension RowCursor {
    /// When the row happened.
    static func occurrence(_ row: UnsafeRawPointer, _ table: StandardTable) -> Moment? {
        var cursor = RowCursor(row)
        for column in table.columns where column.name != "store_id" {
            if column.name == table.occurrenceColumn { return cursor.moment() }
            switch column.kind {
            case .identifier, .text, .personTime: cursor.skipBytes()
            case .time, .day, .money, .integer, .decimal: _ = cursor.integer()
            case .name: _ = cursor.name16()
            case .choice, .flag: _ = cursor.choice()
            }
        }
        return nil
    }
}
