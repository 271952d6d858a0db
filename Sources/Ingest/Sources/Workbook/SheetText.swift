import Basis

/// One sheet's rows as delimited text, a line each; rows without any text are left out.
struct SheetText {
    /// Tabs are spaces in cells, so that no cell needs quotes but one that begins with a quote.
    static let delimiter: UInt8 = 0x09
    /// Lines among which the header is sought; the same as in other exports.
    static let headLines = 64
    static let mostRows = 1_048_576
    static let mostColumns = 16_384
    /// Cells far to the right make long lines of few bytes.
    static let mostBytes = 1 << 30

    /// Cells of one sort, and where the first one stands.
    struct Count: Equatable {
        var cells = 0
        var row = 0
        /// From 0.
        var column = 0

        mutating func count(row: Int, column: Int) {
            cells += 1
            if cells == 1 { (self.row, self.column) = (row, column) }
        }
    }

    var text: [UInt8] = []
    /// By line, the row of the sheet.
    var rows: [Int] = []
    /// Where the first lines begin, `headLines` of them, and where the last of these ends.
    var starts: [Int] = [0]
    /// Ranges over several rows that look like one cell and begin among the first rows.
    var merges: [CellRange] = []
    /// Formulas that nobody computed: the file has no value of them.
    var uncomputed = Count()
    /// Numbers of more than 15 digits, of which a spreadsheet keeps 15.
    var long = Count()

    /// The first lines, each with its end.
    var head: ArraySlice<UInt8> { text[..<(starts.last ?? 0)] }

    /// Cells of one of the first lines, as they stand in the text.
    func cells(ofLine line: Int) -> [ArraySlice<UInt8>] {
        text[starts[line]..<(starts[line + 1] - 1)]
            .split(separator: SheetText.delimiter, omittingEmptySubsequences: false)
    }

    /// The first lines with what covers their empty cells from rows above: a header of two rows, of which some cells
    /// are one over both. Nil: nothing covers any.
    func mergedHead() -> [[UInt8]]? {
        guard !merges.isEmpty else { return nil }
        let count = starts.count - 1
        var lines = (0..<count).map { cells(ofLine: $0).map { Array($0) } }
        var isChanged = false
        for merge in merges {
            guard let top = (0..<count).first(where: { rows[$0] == merge.rows.lowerBound }),
                merge.columns.lowerBound < lines[top].count
            else { continue }
            let column = merge.columns.lowerBound
            let words = lines[top][column]
            for line in 0..<count where line > top && merge.rows.contains(rows[line]) {
                while lines[line].count <= column { lines[line].append([]) }
                guard lines[line][column].isEmpty, !words.isEmpty else { continue }
                lines[line][column] = words
                isChanged = true
            }
        }
        return isChanged ? lines.map { Array($0.joined(separator: [SheetText.delimiter])) + [0x0A] } : nil
    }

    /// Puts another text into one of the first lines.
    mutating func replace(line: Int, with bytes: [UInt8]) {
        let range = starts[line]..<starts[line + 1]
        text.replaceSubrange(range, with: bytes)
        for index in (line + 1)..<starts.count { starts[index] += bytes.count - range.count }
    }
}
