/// A cell's or a range's address: `B7`, `A1:C2`. Columns count from 0, rows from 1.
struct CellRange: Hashable {
    var columns: ClosedRange<Int>
    var rows: ClosedRange<Int>

    init?(_ text: String) {
        let ends = text.split(separator: ":").compactMap { CellRange.cell(Array($0.utf8)) }
        guard let first = ends.first, let last = ends.last, ends.count <= 2,
            first.column <= last.column, first.row <= last.row
        else { return nil }
        columns = first.column...last.column
        rows = first.row...last.row
    }

    private static func cell(_ text: [UInt8]) -> (column: Int, row: Int)? {
        let letters = text.prefix { $0 >= 0x41 }
        guard let column = CellRange.column(letters),
            let row = Int(String(decoding: text.dropFirst(letters.count), as: UTF8.self)), row > 0
        else { return nil }
        return (column, row)
    }

    /// The column of an address' letters, from 0: `A`, `XFD`, `B7`; nil without letters, or with more than four.
    static func column(_ text: some Collection<UInt8>) -> Int? {
        var column = 0
        var count = 0
        for byte in text {
            let letter = byte & 0xDF
            guard letter >= 0x41, letter <= 0x5A else { break }
            // No column has so many: a thousand letters would be no number either.
            if count == 4 { return nil }
            column = column * 26 + Int(letter - 0x40)
            count += 1
        }
        return count == 0 ? nil : column - 1
    }

    /// The letters of a column, from 0.
    static func letters(_ column: Int) -> String {
        var rest = column + 1
        var letters: [Character] = []
        while rest > 0 {
            letters.insert(Character(Unicode.Scalar(UInt8(0x41 + (rest - 1) % 26))), at: 0)
            rest = (rest - 1) / 26
        }
        return String(letters)
    }
}
