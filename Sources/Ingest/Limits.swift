import Basis

/// What is more than any export holds. Beyond it a file is damaged, or is not what its name says: it is refused with its
/// place and a remedy, before it takes memory or time without end.
enum Limits {
    /// Files of all exports: a row's source has sixteen bits for its file.
    static let files = 65_535
    /// Columns of a header. The widest feed known has 376.
    static let columns = 4_096
    /// Bytes of a record, its line breaks in quotes included.
    static let record = 16 << 20
    /// Bytes that a gzip file may unpack to whatever its size.
    static let unpackedAtLeast = 64 << 20
    /// Beyond that so many times its own size: exports shrink to a tenth, the format allows a thousandth.
    static let unpackedRatio = 250
    /// A gzip file is unpacked at once, in memory.
    static let unpackedAtMost = 8 << 30

    static func unpacked(fromPacked bytes: Int) -> Int {
        min(unpackedAtMost, max(unpackedAtLeast, bytes.multipliedReportingOverflow(by: unpackedRatio).partialValue))
    }

    static func tooManyFiles(_ count: Int) -> Diagnostic {
        Diagnostic(
            .error, "too-many-files", at: .init(file: "exports/"),
            "there are \(count) files to read, and \(files) is the most",
            remedies: ["join the files of a month or a year", "or name fewer with `file:` in dealership.yaml"])
    }

    static func tooManyColumns(_ count: Int, in file: String, row: Int) -> Diagnostic {
        Diagnostic(
            .error, "too-many-columns", at: .init(file: file, row: row),
            "the header has \(count) columns, and \(columns) is the most",
            remedies: ["export again: line breaks may be missing", "or leave out the columns that nothing reads"])
    }

    static func rowTooLong(in file: String, row: Int?) -> Diagnostic {
        Diagnostic(
            .error, "row-too-long", at: .init(file: file, row: row),
            "the row has more than \(record >> 20) MB, which no export's row has",
            remedies: ["export again: line breaks are missing, or the file is not the export"])
    }

    static func unpacksTooLarge(_ file: String, most: Int) -> Diagnostic {
        Diagnostic(
            .error, "unpacks-too-large", at: .init(file: file),
            "unpacked the file has more than \(most >> 20) MB, over \(unpackedRatio) times its own size or more than memory takes",
            remedies: ["if it is an export, unpack it and put the text itself here", "otherwise remove it"])
    }
}
