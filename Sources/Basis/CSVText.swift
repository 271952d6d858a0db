/// Rows as CSV (RFC 4180), safe to open in a spreadsheet: the one writer of every CSV file.
///
/// Spreadsheets run what begins with `=`, `+`, `-`, `@`, a tab or a carriage return (OWASP, "CSV Injection"). Such a text
/// gets an apostrophe in front, and so does one behind a semicolon, a tab or a line break inside a cell, where programs set
/// to another separator begin a new one. Numbers stay as they are. Apostrophes that already stand before such a character
/// get one more, so that taking one away (`unguarded`) always gives back the text.
public enum CSVText {
    /// Cells are quoted only where they must be; records end with LF.
    public static func bytes(_ rows: [[String]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            for (index, field) in row.enumerated() {
                if index > 0 { bytes.append(0x2C) }
                append(guarded(field), to: &bytes)
            }
            bytes.append(0x0A)
        }
        return bytes
    }

    private static func append(_ field: String, to bytes: inout [UInt8]) {
        guard field.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
            bytes += field.utf8
            return
        }
        bytes.append(0x22)
        for byte in field.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// The text as a spreadsheet may have it.
    public static func guarded(_ text: String) -> String {
        if !text.utf8.contains(where: isDangerous) || isNumber(text) { return text }
        return changed(text) { apostrophes, into in into += [UInt8](repeating: 0x27, count: apostrophes + 1) }
    }

    /// The text that was guarded.
    public static func unguarded(_ text: String) -> String {
        if !text.utf8.contains(0x27) { return text }
        return changed(text) { apostrophes, into in into += [UInt8](repeating: 0x27, count: max(0, apostrophes - 1)) }
    }

    /// Goes through the places where a cell may begin and a dangerous character stands, with any apostrophes before it.
    private static func changed(_ text: String, _ change: (Int, inout [UInt8]) -> Void) -> String {
        let bytes = Array(text.utf8)
        var made: [UInt8] = []
        made.reserveCapacity(bytes.count + 1)
        var i = 0
        var isStart = true
        while i < bytes.count {
            if isStart {
                var end = i
                while end < bytes.count, bytes[end] == 0x27 { end += 1 }
                if end < bytes.count, isDangerous(bytes[end]) {
                    change(end - i, &made)
                } else {
                    made += bytes[i..<end]
                }
                i = end
                guard i < bytes.count else { break }
            }
            let byte = bytes[i]
            made.append(byte)
            isStart = byte == 0x3B || byte == 0x09 || byte == 0x0A || byte == 0x0D
            i += 1
        }
        return String(decoding: made, as: UTF8.self)
    }

    private static func isDangerous(_ byte: UInt8) -> Bool {
        byte == 0x3D || byte == 0x2B || byte == 0x2D || byte == 0x40 || byte == 0x09 || byte == 0x0D
    }

    /// A sign, digits, a point and digits, an exponent; a lone minus stands for nothing.
    private static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text).utf8[...]
        if let first = rest.first, first == 0x2B || first == 0x2D { rest = rest.dropFirst() }
        if rest.isEmpty { return text.utf8.first == 0x2D && text.utf8.count == 1 }
        let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
        rest = rest.dropFirst(digits.count)
        guard !digits.isEmpty else { return false }
        if rest.first == 0x2E {
            let decimals = rest.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard !decimals.isEmpty else { return false }
            rest = rest.dropFirst(decimals.count + 1)
        }
        if rest.first == 0x65 || rest.first == 0x45 {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == 0x2B || sign == 0x2D { rest = rest.dropFirst() }
            return !rest.isEmpty && rest.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
        return rest.isEmpty
    }
}
