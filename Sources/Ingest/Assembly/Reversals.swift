import Basis
import Dealership

extension RowCursor {
    /// A row of the sales that has no day of sale: it reverses a deal.
    static func isReversal(_ row: UnsafeRawPointer) -> Bool {
        var cursor = RowCursor(row)
        cursor.skipBytes()  // number
        cursor.skipBytes()  // customer
        cursor.skipBytes()  // vehicle
        cursor.skipBytes()  // traded in
        return cursor.moment().isMissing
    }
}

extension GroupJournal {
    mutating func readReversal(_ row: UnsafeRawPointer, _ context: StagedExports.RowContext) {
        var cursor = RowCursor(row)
        let number = cursor.text()
        for _ in 0..<3 { cursor.skipBytes() }  // customer, vehicle, traded in
        _ = cursor.moment()
        cursor.skipBytes()  // salesperson
        for _ in 0..<3 { _ = cursor.integer() }  // gross
        _ = cursor.choice()
        let numbers = context.additions(row).reversed().map { number + String(decoding: $0, as: UTF8.self) } + [number]
        sales.reversals.append(Reversal(numbers: numbers, on: cursor.moment(), source: RowCursor.source(row)))
    }

    /// Enters reversals with the deals they reverse, whichever export each stands in. Of several the earliest holds.
    mutating func reverseDeals() {
        for reversal in sales.reversals {
            let pool = sales.identifiers
            guard let deal = reversal.numbers.compactMap({ pool.code(of: $0) }).first else {
                faults.append(
                    GroupFault(reason: .reversalWithoutSale, table: .sales, column: "sale_id", source: reversal.source))
                continue
            }
            let known = sales.reversedOn[Int(deal)]
            if known.isMissing || reversal.on.instant < known.instant { sales.reversedOn[Int(deal)] = reversal.on }
        }
    }

    /// A vehicle's code; letters of a VIN count alike, small or capital.
    @inline(__always)
    mutating func vehicle(_ number: UnsafeBufferPointer<UInt8>) -> Int32 {
        if number.isEmpty { return -1 }
        if !number.contains(where: { $0 >= 0x61 && $0 <= 0x7A }) { return vehicles.intern(number) }
        return number.map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }.withUnsafeBufferPointer { vehicles.intern($0) }
    }
}

extension FieldText {
    /// Nearly a VIN: 14 to 20 characters but not 17, or 17 with a character that no VIN has (49 CFR 565.13; ISO 3779 leaves
    /// out I, O and Q). Shorter numbers are a dealership's own or of a car from before 1981; the check digit is not looked
    /// at, since only North America has one.
    var isDamagedVIN: Bool {
        if count < 14 { return false }
        if count != 17 { return count <= 20 }
        for index in 0..<count {
            let byte = self[index] & (self[index] >= 0x61 ? 0xDF : 0xFF)
            let isLetter = byte >= 0x41 && byte <= 0x5A && byte != 0x49 && byte != 0x4F && byte != 0x51
            if !isLetter, byte < 0x30 || byte > 0x39 { return true }
        }
        return false
    }
}
