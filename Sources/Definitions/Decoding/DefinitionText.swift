public import Basis

/// A definition file's bytes as text, with the faults that no YAML parser explains well.
public enum DefinitionText {
    /// UTF-8 with or without a byte-order mark. Throws `not-utf-8` with the line of the first bad byte.
    public static func decode(_ bytes: [UInt8], file: String) throws(Rejection) -> String {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw Rejection(
                Diagnostic(
                    .error, FaultCode.notUTF8.rawValue, at: .init(file: file, row: 1), "the file is UTF-16, not UTF-8",
                    remedies: ["save it again with the encoding UTF-8"]))
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        if let text = String(validating: body, as: UTF8.self) { return text }
        var row = 1
        for line in body.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if String(validating: line, as: UTF8.self) == nil { break }
            row += 1
        }
        throw Rejection(
            Diagnostic(
                .error, FaultCode.notUTF8.rawValue, at: .init(file: file, row: row),
                "the line has a byte that is not UTF-8",
                remedies: ["save the file again with the encoding UTF-8 (often it is Windows-1252 or Latin-1)"]))
    }

    /// Lines that start with a tab or a no-break space, and characters that cannot be seen.
    static func faults(in text: String, file: String) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        for (index, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let location = Diagnostic.Location(file: file, row: index + 1)
            if line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t"),
                line.contains(where: { !" \t\r#".unicodeScalars.contains($0) }) {
                faults.append(
                    Diagnostic(
                        .error, FaultCode.tab.rawValue, at: location, "the line is indented with a tab",
                        remedies: ["indent with spaces: YAML does not allow tabs there"]))
            }
            let indentation = line.prefix { $0.properties.isWhitespace }
            if let scalar = line.first(where: isUnprintable) ?? indentation.first(where: { $0 == "\u{A0}" }) {
                let number = String(scalar.value, radix: 16, uppercase: true)
                let code = String(repeating: "0", count: max(0, 4 - number.count)) + number
                faults.append(
                    Diagnostic(
                        .error, FaultCode.controlCharacter.rawValue, at: location,
                        "the line has a character that cannot be seen (U+\(code))",
                        remedies: ["delete it, or type the line again"]))
            }
        }
        return faults
    }

    /// YAML 1.1's `c-printable`, turned round (yaml.org/spec/1.1, production 1), and spaces of no width, which come
    /// along when text is copied from web pages.
    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B, 0x2060: true
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
            false
        default: true
        }
    }
}
