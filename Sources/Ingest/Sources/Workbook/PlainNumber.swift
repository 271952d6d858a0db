/// Numbers as spreadsheets keep them (`4.5933000000000002E4`), written out as a person would read them there: 15 digits
/// count, and there is no exponent.
enum PlainNumber {
    /// Appends the number; text that is no number as it stands. Answers whether more digits than the 15 that a
    /// spreadsheet keeps stand before the point.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) -> Bool {
        if text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            line.append(contentsOf: text)
            return text.count > 15
        }
        guard let number = Decimal(text) else {
            line.append(contentsOf: text)
            return false
        }
        return number.append(to: &line)
    }

    private struct Decimal {
        /// Significant ones, without zeros at either end.
        var digits: [UInt8] = []
        /// How many of them stand before the point; may lie outside of them.
        var point = 0
        var isNegative = false

        init?(_ text: UnsafeBufferPointer<UInt8>) {
            var i = 0
            var isBehindPoint = false
            var hasDigits = false
            if i < text.count, text[i] == 0x2D || text[i] == 0x2B {
                isNegative = text[i] == 0x2D
                i += 1
            }
            scan: while i < text.count {
                switch text[i] {
                case 0x30...0x39:
                    hasDigits = true
                    if text[i] != 0x30 || !digits.isEmpty {
                        digits.append(text[i] - 0x30)
                        if !isBehindPoint { point += 1 }
                    } else if isBehindPoint {
                        point -= 1
                    }
                case 0x2E where !isBehindPoint: isBehindPoint = true
                case 0x45, 0x65: break scan
                default: return nil
                }
                i += 1
            }
            guard hasDigits, digits.count < 1_000 else { return nil }
            if i < text.count {
                let exponent = String(decoding: UnsafeBufferPointer(rebasing: text[(i + 1)...]), as: UTF8.self)
                guard let power = Int(exponent), abs(power) < 400 else { return nil }
                point += power
            }
            round()
        }

        private mutating func round() {
            if digits.count > 15 {
                let isUp = digits[15] >= 5
                digits.removeSubrange(15...)
                var i = 14
                if isUp {
                    while i >= 0, digits[i] == 9 {
                        digits[i] = 0
                        i -= 1
                    }
                    if i >= 0 {
                        digits[i] += 1
                    } else {
                        digits.insert(1, at: 0)
                        point += 1
                    }
                }
            }
            while digits.last == 0 { digits.removeLast() }
        }

        func append(to line: inout [UInt8]) -> Bool {
            guard !digits.isEmpty else {
                line.append(0x30)
                return false
            }
            if isNegative { line.append(0x2D) }
            if point <= 0 {
                line.append(contentsOf: [0x30, 0x2E])
                line.append(contentsOf: repeatElement(0x30, count: -point))
            }
            for (index, digit) in digits.enumerated() {
                if index == point, index > 0 { line.append(0x2E) }
                line.append(0x30 + digit)
            }
            if point > digits.count { line.append(contentsOf: repeatElement(0x30, count: point - digits.count)) }
            return point > 15
        }
    }
}
