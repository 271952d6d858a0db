import Basis

/// Reads a sheet's XML into delimited text, row by row.
struct SheetReader: ~Copyable {
    private enum Kind { case number, shared, text, flag }

    private let file: String
    private let strings: SharedStrings
    private let formats: CellFormats
    private let countsFrom1904: Bool
    /// Rows above it are left out.
    private let firstRow: Int
    private var xml: XMLReader
    private var sheet = SheetText()

    /// The row at hand: cells' texts one behind the other, and where each stands.
    private var cells: [(column: Int, start: Int, end: Int)] = []
    private var made: [UInt8] = []
    private var isOrdered = true
    private var row = 0
    private var column = -1
    private var kind = Kind.number
    private var style = 0
    private var hasFormula = false
    private var hasValue = false
    /// Bytes of the cell's value so far.
    private var value: [UInt8] = []

    /// - Parameters:
    ///   - name: of the sheet in its file, for messages.
    ///   - firstRow: rows above it are left out.
    init(
        _ workbook: Workbook, _ sheet: Workbook.Sheet, name: String, strings: SharedStrings, formats: CellFormats,
        firstRow: Int
    ) throws(Rejection) {
        file = name
        self.strings = strings
        self.formats = formats
        countsFrom1904 = workbook.countsFrom1904
        self.firstRow = firstRow
        xml = try XMLReader(file: name, part: sheet.part, source: workbook.archive.stream(sheet.part))
    }

    /// - Parameter lines: nil: all of them.
    /// - Throws: `Rejection` (`unreadable-xml`, `damaged-workbook`, `workbook-too-large`, `locked-workbook`).
    consuming func read(lines: Int?) throws(Rejection) -> SheetText {
        var isValue = false
        var readings = 0
        while true {
            switch try xml.next() {
            case .start:
                isValue = false
                if xml.isNamed("c") {
                    try beginCell()
                } else if xml.isNamed("v") || xml.isNamed("t") {
                    isValue = readings == 0
                } else if xml.isNamed("row") {
                    try beginRow()
                } else if xml.isNamed("f") {
                    hasFormula = true
                } else if xml.isNamed("rPh") {
                    readings += 1
                } else if xml.isNamed("mergeCell") {
                    noteMerge()
                }
            case .text where isValue: value.append(contentsOf: xml.bytes)
            case .end:
                isValue = false
                if xml.isNamed("c") {
                    try endCell()
                } else if xml.isNamed("row") {
                    try endRow()
                    if let lines, sheet.rows.count >= lines { return sheet }
                } else if xml.isNamed("rPh") {
                    readings -= 1
                }
            case .done: return sheet
            default: break
            }
        }
    }

    private mutating func noteMerge() {
        guard let range = xml.attribute("ref").flatMap({ CellRange($0) }), range.rows.count > 1,
            let last = sheet.rows.prefix(SheetText.headLines).last, range.rows.lowerBound <= last
        else { return }
        sheet.merges.append(range)
    }

    private mutating func beginRow() throws(Rejection) {
        row = SheetReader.number(xml.attributeBytes("r")) ?? row + 1
        guard row <= SheetText.mostRows else {
            throw ZipArchive.tooLarge(file, "a sheet has no row \(row), but up to \(SheetText.mostRows)")
        }
        column = -1
        cells.removeAll(keepingCapacity: true)
        made.removeAll(keepingCapacity: true)
        isOrdered = true
    }

    private mutating func beginCell() throws(Rejection) {
        let column = xml.attributeBytes("r").flatMap { CellRange.column($0) } ?? self.column + 1
        guard column < SheetText.mostColumns else {
            throw ZipArchive.tooLarge(file, "a sheet has no column \(CellRange.letters(column)), but up to XFD")
        }
        if column <= self.column { isOrdered = false }
        self.column = column
        style = SheetReader.number(xml.attributeBytes("s")) ?? 0
        kind = SheetReader.kind(xml.attributeBytes("t"))
        hasFormula = false
        value.removeAll(keepingCapacity: true)
    }

    private static func kind(_ name: UnsafeBufferPointer<UInt8>?) -> Kind {
        guard let name, let first = name.first else { return .number }
        switch first {
        case 0x73: return name.count == 1 ? .shared : .text  // s, str
        case 0x62: return .flag  // b
        case 0x6E: return .number  // n
        default: return .text  // inlineStr, e (an error's text), d (ISO 8601)
        }
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>?) -> Int? {
        guard let text, !text.isEmpty, text.count < 10 else { return nil }
        var number = 0
        for byte in text {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        return number
    }

    private mutating func endCell() throws(Rejection) {
        if value.isEmpty {
            if hasFormula, kind == .number { sheet.uncomputed.count(row: row, column: column) }
            return
        }
        let start = made.count
        switch kind {
        case .shared:
            guard let index = value.withUnsafeBufferPointer({ SheetReader.number($0) }),
                strings.append(index, to: &made)
            else { throw ZipArchive.damaged(file, "a cell in row \(row) has a text that the workbook lacks") }
        case .text:
            let text = value
            text.withUnsafeBufferPointer { CellText.append($0, to: &made) }
        case .flag: made.append(contentsOf: (value[0] == 0x30 ? "false" : "true").utf8)
        case .number:
            let meaning = formats[style]
            if meaning != .number, let serial = Double(String(decoding: value, as: UTF8.self)),
                let date = SerialDate.text(serial, meaning, countsFrom1904: countsFrom1904)
            {
                made.append(contentsOf: date.utf8)
                break
            }
            let text = value
            if text.withUnsafeBufferPointer({ PlainNumber.append($0, to: &made) }) {
                sheet.long.count(row: row, column: column)
            }
        }
        if made.count > start { cells.append((column, start, made.count)) }
    }

    private mutating func endRow() throws(Rejection) {
        guard row >= firstRow, made.contains(where: { $0 != 0x20 }) else { return }
        if !isOrdered { cells.sort { ($0.column, $0.start) < ($1.column, $1.start) } }
        var column = 0
        var last = -1
        for cell in cells {
            // The same cell twice: the first stands.
            if cell.column == last { continue }
            last = cell.column
            while column < cell.column {
                sheet.text.append(SheetText.delimiter)
                column += 1
            }
            if made[cell.start] == 0x22 {
                sheet.text.append(0x22)
                for byte in made[cell.start..<cell.end] {
                    if byte == 0x22 { sheet.text.append(0x22) }
                    sheet.text.append(byte)
                }
                sheet.text.append(0x22)
            } else {
                sheet.text.append(contentsOf: made[cell.start..<cell.end])
            }
        }
        sheet.text.append(0x0A)
        sheet.rows.append(row)
        if sheet.starts.count <= SheetText.headLines { sheet.starts.append(sheet.text.count) }
        guard sheet.text.count <= SheetText.mostBytes else {
            throw ZipArchive.tooLarge(file, "the sheet's rows are more than \(SheetText.mostBytes >> 20) MB of text")
        }
    }
}
