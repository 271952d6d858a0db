import Dealership

extension ExportSettings.Decimals {
    /// A number as this export writes it in the way that is read: without thousands, with a point before decimals. What is no
    /// such number stays one that cannot be read.
    func plain(_ text: [UInt8]) -> [UInt8] {
        guard let first = text.firstIndex(where: DecimalMark.isDigit), let last = text.lastIndex(where: DecimalMark.isDigit)
        else { return text }
        let number = Array(text[first...last])
        let written: [UInt8]
        switch self {
        case .point: written = DecimalMark.isEither(number) ? number + [0x30] : number
        case .comma: written = DecimalMark.fromComma(number)
        }
        return text[..<first] + written + text[(last + 1)...]
    }
}

/// What stands before decimals, and between thousands.
enum DecimalMark {
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// `1.234`: one thousand in half of the world, one and a quarter in the other.
    static func isEither(_ number: some Collection<UInt8>) -> Bool {
        let parts = number.split(separator: 0x2E, omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1].count == 3 && (1...3).contains(parts[0].count) && parts[0].first != 0x30
            && parts.allSatisfy { $0.allSatisfy(isDigit) }
    }

    /// `1.234,50`, `1 234,50`, `12,5`: nobody writes so who has a point before decimals.
    static func hasComma(_ number: some Collection<UInt8>) -> Bool {
        let parts = number.split(separator: 0x2C, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, parts[1].allSatisfy(isDigit), let whole = whole(Array(parts[0])) else { return false }
        return parts[1].count != 3 || whole.count < parts[0].count || whole.first == 0x30
    }

    /// From the first digit to the last one.
    fileprivate static func fromComma(_ number: [UInt8]) -> [UInt8] {
        let parts = number.split(separator: 0x2C, omittingEmptySubsequences: false)
        // With two points nothing reads it.
        let unreadable = parts.joined(separator: [0x2E, 0x2E])
        guard parts.count <= 2, let whole = whole(Array(parts[0])) else { return Array(number.contains(0x2C) ? Array(unreadable) : number + [0x2E, 0x2E]) }
        if parts.count == 1 { return whole }
        return parts[1].allSatisfy(isDigit) ? whole + [0x2E] + parts[1] : Array(unreadable)
    }

    /// Digits without what stands between thousands, which is the same everywhere: a point, a space of any width or an
    /// apostrophe. Nil: the digits are not in threes.
    private static func whole(_ text: [UInt8]) -> [UInt8]? {
        var groups: [[UInt8]] = [[]]
        var marks: Set<[UInt8]> = []
        var i = 0
        while i < text.count {
            if isDigit(text[i]) {
                groups[groups.count - 1].append(text[i])
                i += 1
                continue
            }
            guard let mark = [[0x2E], [0x20], [0x27], [0xC2, 0xA0], [0xE2, 0x80, 0xAF], [0xE2, 0x80, 0x99]].first(where: text[i...].starts)
            else { return nil }
            marks.insert(mark)
            groups.append([])
            i += mark.count
        }
        if groups.count == 1 { return groups[0] }
        guard marks.count == 1, (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        return Array(groups.joined())
    }
}
