import Basis

/// What a workbook's number formats make of a number: whether it stands for a date.
struct CellFormats {
    enum Meaning: Hashable { case number, date, dateTime, time, elapsed }

    /// By style of a cell.
    private var meanings: [Meaning] = []

    init() {}

    /// - Throws: `Rejection` (`unreadable-xml`, `damaged-workbook`).
    init(_ archive: ZipArchive, part: String) throws(Rejection) {
        var own: [Int: Meaning] = [:]
        var isInCells = false
        var xml = try XMLReader(file: archive.name, part: part, source: archive.stream(part))
        while true {
            let event = try xml.next()
            if event == .done { break }
            if event == .end, xml.isNamed("cellXfs") { isInCells = false }
            guard event == .start else { continue }
            if xml.isNamed("cellXfs") {
                isInCells = true
            } else if xml.isNamed("numFmt"), let id = xml.attribute("numFmtId").flatMap({ Int($0) }) {
                own[id] = CellFormats.meaning(of: xml.attribute("formatCode") ?? "")
            } else if isInCells, xml.isNamed("xf") {
                let id = xml.attribute("numFmtId").flatMap { Int($0) } ?? 0
                meanings.append(own[id] ?? CellFormats.builtIn(id))
            }
        }
    }

    init(meanings: [Meaning]) { self.meanings = meanings }

    subscript(style: Int) -> Meaning { meanings.indices.contains(style) ? meanings[style] : .number }

    /// ECMA-376, part 1, 18.8.30; 27–36 and 50–58 are dates of East Asian editions.
    static func builtIn(_ id: Int) -> Meaning {
        switch id {
        case 14...17, 27...31, 34...36, 50...58: .date
        case 22: .dateTime
        case 18...21, 32, 33, 45, 47: .time
        case 46: .elapsed
        default: .number
        }
    }

    /// Of a format's first section, what is quoted, escaped, filled or in brackets left out: `[$-409]m/d/yy "at" h:mm`.
    static func meaning(of code: String) -> Meaning {
        var letters: Set<Character> = []
        var rest = Substring(code.lowercased())
        var isElapsed = false
        while let first = rest.popFirst(), first != ";" {
            switch first {
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            case "[":
                let inside = rest.prefix { $0 != "]" }
                if let letter = inside.first, "hms".contains(letter), inside.allSatisfy({ $0 == letter }) {
                    isElapsed = true
                }
                rest = rest.dropFirst(inside.count + 1)
            default: letters.insert(first)
            }
        }
        if letters.contains("#") || letters.contains("?") { return .number }
        if isElapsed { return .elapsed }
        let hasTime = letters.contains("h") || letters.contains("s")
        // An m between hours and seconds is minutes.
        let hasDate = letters.contains("y") || letters.contains("d") || (letters.contains("m") && !hasTime)
        if hasDate { return hasTime ? .dateTime : .date }
        return hasTime ? .time : .number
    }
}
