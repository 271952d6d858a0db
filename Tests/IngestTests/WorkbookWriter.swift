import CZip
import Foundation
import Testing

/// Writes workbooks part by part through libzip, so that tests can make what spreadsheet programs make, and what they never
/// should.
struct WorkbookWriter {
    enum Cell {
        case empty
        /// Through the table of shared strings.
        case shared(String)
        case inline(String)
        /// As it stands in `v`, with the position of a format in `formats`.
        case number(String, format: Int = 0)
        case flag(Bool)
        case error(String)
        case formula(String, value: String?)
        /// XML as it stands.
        case raw(String)
    }

    struct Sheet {
        var name: String
        var rows: [(number: Int, cells: [Cell])]
        var state = "visible"
        var merges: [String] = []

        init(_ name: String, _ rows: [[Cell]], state: String = "visible", merges: [String] = []) {
            self.name = name
            self.rows = rows.enumerated().map { ($0.offset + 1, $0.element) }
            self.state = state
            self.merges = merges
        }
    }

    var sheets: [Sheet]
    /// Format codes of the cells' styles, or `#14` for a built-in one.
    var formats = ["General", "#14"]
    var countsFrom1904 = false
    /// Instead of, or beside, the parts that are made.
    var others: [String: String] = [:]

    init(_ sheets: [Sheet], formats: [String] = ["General", "#14"]) {
        self.sheets = sheets
        self.formats = formats
    }

    /// Rows of texts, each an inline string, the empty ones left out.
    init(texts: [[String]]) {
        sheets = [Sheet("Sheet1", texts.map { row in row.map { $0.isEmpty ? .empty : .inline($0) } })]
    }

    func write(to path: String) throws {
        var parts = self.parts()
        for (name, text) in others { parts[name] = text }
        try WorkbookWriter.zip(parts.mapValues { Array($0.utf8) }, to: path)
    }

    static func zip(_ parts: [String: [UInt8]], to path: String, password: String? = nil) throws {
        var code: Int32 = 0
        let archive = try #require(zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code))
        for (name, bytes) in parts.sorted(by: { $0.key < $1.key }) {
            let copy = try #require(malloc(max(bytes.count, 1)))
            bytes.withUnsafeBytes { if let base = $0.baseAddress { memcpy(copy, base, bytes.count) } }
            let source = try #require(zip_source_buffer(archive, copy, zip_uint64_t(bytes.count), 1))
            let index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8)
            #expect(index >= 0)
            if let password {
                let done = zip_file_set_encryption(archive, zip_uint64_t(index), zip_uint16_t(ZIP_EM_AES_256), password)
                #expect(done == 0)
            }
        }
        let closed = zip_close(archive)
        #expect(closed == 0)
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private static let spaces = #"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#
        + #" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#
    private static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    private func parts() -> [String: String] {
        var parts: [String: String] = [:]
        var strings: [String] = []
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        parts["_rels/.rels"] = "<Relationships xmlns=\"\(package)\">"
            + "<Relationship Id=\"rId1\" Type=\"\(Self.relations)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        var links = ""
        var names = ""
        for (index, sheet) in sheets.enumerated() {
            let id = index + 1
            parts["xl/worksheets/sheet\(id).xml"] = xml(sheet, &strings)
            links += "<Relationship Id=\"rId\(id)\" Type=\"\(Self.relations)/worksheet\" Target=\"worksheets/sheet\(id).xml\"/>"
            names += "<sheet name=\"\(Self.escaped(sheet.name))\" sheetId=\"\(id)\" r:id=\"rId\(id)\" state=\"\(sheet.state)\"/>"
        }
        links += "<Relationship Id=\"s\" Type=\"\(Self.relations)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
        links += "<Relationship Id=\"f\" Type=\"\(Self.relations)/styles\" Target=\"styles.xml\"/>"
        parts["xl/_rels/workbook.xml.rels"] = "<Relationships xmlns=\"\(package)\">\(links)</Relationships>"
        parts["xl/workbook.xml"] = "<workbook \(Self.spaces)><workbookPr date1904=\"\(countsFrom1904)\"/>"
            + "<sheets>\(names)</sheets></workbook>"
        parts["xl/sharedStrings.xml"] = "<sst \(Self.spaces)>"
            + strings.map { "<si>\($0)</si>" }.joined() + "</sst>"
        parts["xl/styles.xml"] = styles()
        return parts
    }

    private func styles() -> String {
        var own = ""
        var uses = ""
        for (index, code) in formats.enumerated() {
            if code == "General" {
                uses += #"<xf numFmtId="0"/>"#
            } else if code.hasPrefix("#"), let id = Int(code.dropFirst()) {
                uses += "<xf numFmtId=\"\(id)\"/>"
            } else {
                own += "<numFmt numFmtId=\"\(164 + index)\" formatCode=\"\(Self.escaped(code).replacing("\"", with: "&quot;"))\"/>"
                uses += "<xf numFmtId=\"\(164 + index)\"/>"
            }
        }
        return "<styleSheet \(Self.spaces)><numFmts>\(own)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
            + "<cellXfs>\(uses)</cellXfs></styleSheet>"
    }

    private func xml(_ sheet: Sheet, _ strings: inout [String]) -> String {
        var text = "<worksheet \(Self.spaces)><sheetData>"
        for (number, cells) in sheet.rows {
            text += "<row r=\"\(number)\">"
            for (column, cell) in cells.enumerated() {
                let place = "r=\"\(Self.letters(column))\(number)\""
                switch cell {
                case .empty: break
                case .shared(let words):
                    text += "<c \(place) t=\"s\"><v>\(strings.count)</v></c>"
                    strings.append(words.hasPrefix("<") ? words : "<t xml:space=\"preserve\">\(Self.escaped(words))</t>")
                case .inline(let words): text += "<c \(place) t=\"inlineStr\"><is><t>\(Self.escaped(words))</t></is></c>"
                case .number(let number, let format): text += "<c \(place) s=\"\(format)\"><v>\(number)</v></c>"
                case .flag(let isTrue): text += "<c \(place) t=\"b\"><v>\(isTrue ? 1 : 0)</v></c>"
                case .error(let words): text += "<c \(place) t=\"e\"><v>\(words)</v></c>"
                case .formula(let formula, let value):
                    text += "<c \(place)><f>\(formula)</f>\(value.map { "<v>\($0)</v>" } ?? "")</c>"
                case .raw(let xml): text += xml
                }
            }
            text += "</row>"
        }
        let merges = sheet.merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
        return text + "</sheetData>" + (merges.isEmpty ? "" : "<mergeCells>\(merges)</mergeCells>") + "</worksheet>"
    }

    static func letters(_ column: Int) -> String {
        (column < 26 ? "" : letters(column / 26 - 1)) + String(UnicodeScalar(UInt8(0x41 + column % 26)))
    }
}
