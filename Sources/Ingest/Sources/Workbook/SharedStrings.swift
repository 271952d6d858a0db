import Basis

/// The texts that a workbook's cells share, by number; runs of rich text are one text, readings above it none.
struct SharedStrings {
    private var bytes: [UInt8] = []
    private var starts: [Int] = [0]

    init() {}

    /// - Throws: `Rejection` (`unreadable-xml`, `damaged-workbook`, `workbook-too-large`).
    init(_ archive: ZipArchive, part: String) throws(Rejection) {
        var xml = try XMLReader(file: archive.name, part: part, source: archive.stream(part))
        var isText = false
        var readings = 0
        while true {
            switch try xml.next() {
            case .start:
                if xml.isNamed("t") { isText = readings == 0 } else if xml.isNamed("rPh") { readings += 1 }
            case .text where isText: CellText.append(xml.bytes, to: &bytes)
            case .end:
                if xml.isNamed("t") {
                    isText = false
                } else if xml.isNamed("rPh") {
                    readings -= 1
                } else if xml.isNamed("si") {
                    starts.append(bytes.count)
                }
            case .done: return
            default: break
            }
        }
    }

    var count: Int { starts.count - 1 }

    /// Appends a text; false: there is none of this number.
    func append(_ index: Int, to line: inout [UInt8]) -> Bool {
        guard index >= 0, index < count else { return false }
        line.append(contentsOf: bytes[starts[index]..<starts[index + 1]])
        return true
    }
}
