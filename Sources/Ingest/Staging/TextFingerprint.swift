import Dealership

/// What a text is known by where only its being the same as another counts.
enum TextFingerprint {
    /// 64 bits, so that of a million different texts hardly ever two are taken for one; 0: there is no text.
    @inline(__always)
    static func of(_ text: UnsafeBufferPointer<UInt8>) -> Int64 {
        if text.isEmpty { return 0 }
        var state = 0x9E37_79B9_7F4A_7C15 ^ UInt64(text.count)
        var i = 0
        while i < text.count {
            var word: UInt64 = 0
            for k in i..<min(i + 8, text.count) { word = word << 8 | UInt64(text[k]) }
            let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            state = product.high ^ product.low
            i += 8
        }
        return state == 0 ? 1 : Int64(bitPattern: state)
    }
}

extension RowEncoder {
    /// Of a text only whether it is the same as another counts: a long one stands for itself by its fingerprint. Any other
    /// identifier is not read, and takes the row with it where the row is nothing without.
    @inline(never)
    mutating func longIdentifier(
        _ index: Int, _ plan: CellPlan, _ text: FieldText, _ line: Int, to p: inout UnsafeMutableRawPointer
    ) -> Failure? {
        if layout.fields[index].column.name == "text_hash" {
            let hex = Array(String(TextFingerprint.of(text.buffer), radix: 16).utf8)
            p.storeBytes(of: UInt8(truncatingIfNeeded: hex.count), as: UInt8.self)
            for (place, byte) in hex.enumerated() { p.storeBytes(of: byte, toByteOffset: 1 + place, as: UInt8.self) }
            p += 1 + hex.count
            return nil
        }
        if plan.isRequired { return .init(reason: .tooLong, field: index, value: nil) }
        noteCell(.tooLong, index, line, text)
        put(FieldText(base, from: 0, to: 0), 0, to: &p)
        return nil
    }
}
