import Basis
import Dealership
import Definitions
import Foundation

/// An Excel workbook (.xlsx) as an export: which of its sheets is read, and from which row on.
struct WorkbookSource {
    let file: SourceFile
    let export: ExportSettings

    /// - Throws: `Rejection` (`damaged-workbook`, `locked-workbook`, `old-workbook`, `foreign-workbook`,
    ///   `workbook-too-large`, `unknown-sheet`, `unreadable-xml`, `unreadable-file`).
    func open() throws(Rejection) -> Checked<[ExportBytes]> {
        switch try beginning() {
        case .archive: break
        case .compound: throw try compound()
        case .page:
            throw Rejection(
                Diagnostic(
                    .error, "foreign-workbook", at: .init(file: file.name),
                    "the file is a web page with a workbook's name",
                    remedies: ["open it in a spreadsheet program and save it as .xlsx or CSV"]))
        case .text:
            // Many systems call their text exports .xls, so that a spreadsheet program opens them.
            return Checked([try ExportBytes(path: file.path, name: file.name)])
        }
        let workbook = try Workbook(ZipArchive(file))
        let strings = try workbook.stringsPart.map { part throws(Rejection) in
            try SharedStrings(workbook.archive, part: part)
        }
        let formats = try workbook.stylesPart.map { part throws(Rejection) in
            try CellFormats(workbook.archive, part: part)
        }
        let reading = WorkbookReading(
            file: file, export: export, workbook: workbook, strings: strings ?? SharedStrings(),
            formats: formats ?? CellFormats())
        return try reading.texts()
    }

    /// Sheets that are not hidden, in order; none: the file is no workbook of today's kind.
    func visibleSheets() throws(Rejection) -> [String] {
        guard try beginning() == .archive else { return [] }
        return try Workbook(ZipArchive(file)).sheets.filter { !$0.isHidden }.map(\.name)
    }

    private enum Beginning { case archive, compound, page, text }

    private func beginning() throws(Rejection) -> Beginning {
        let bytes = try head(256)
        if bytes.starts(with: [0x50, 0x4B]) { return .archive }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .compound }
        let text = String(decoding: bytes, as: UTF8.self).lowercased().drop { $0 == "\u{FEFF}" || $0.isWhitespace }
        return text.hasPrefix("<") ? .page : .text
    }

    private func head(_ count: Int) throws(Rejection) -> [UInt8] {
        let bytes = try ExportBytes(path: file.path, name: file.name)
        var head = [UInt8](repeating: 0, count: min(count, bytes.count))
        var failure: Rejection?
        head.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            do throws(Rejection) {
                _ = try bytes.read(from: 0, count: buffer.count, into: base)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return head
    }

    /// What a file in Microsoft's compound format is: a workbook of before 2007, or a newer one behind a password. The
    /// names in its directory tell.
    private func compound() throws(Rejection) -> Rejection {
        let bytes = try head(1 << 24)
        let name = "EncryptedPackage".utf8.flatMap { (letter: UInt8) -> [UInt8] in [letter, 0] }
        if Data(bytes).range(of: Data(name)) != nil { return ZipArchive.locked(file.name) }
        return Rejection(
            Diagnostic(
                .error, "old-workbook", at: .init(file: file.name),
                "the workbook is of Excel's old kind, from before 2007",
                remedies: ["open it in a spreadsheet program and save it as .xlsx or CSV"]))
    }
}

/// A workbook at hand, for one export.
private struct WorkbookReading {
    let file: SourceFile
    let export: ExportSettings
    let workbook: Workbook
    let strings: SharedStrings
    let formats: CellFormats

    func texts() throws(Rejection) -> Checked<[ExportBytes]> {
        var notes: [Diagnostic] = []
        var texts: [ExportBytes] = []
        for sheet in try chosen(&notes) {
            var read = try read(sheet, lines: nil)
            fillHeader(&read, sheet)
            let name = name(sheet)
            notes += self.notes(of: read, name)
            if sheet.isHidden { notes.append(hidden([sheet], isRead: true)) }
            var text = ExportBytes(
                name: name, made: read.text, origins: RowOrigins(name: name, rows: read.rows), path: file.path)
            text.delimiter = SheetText.delimiter
            // What stands above the wanted row is left out already.
            if let row = export.headerRow { text.headerLine = read.rows.first == row ? 1 : 0 }
            texts.append(text)
        }
        return Checked(texts, notes)
    }

    private func name(_ sheet: Workbook.Sheet) -> String {
        workbook.sheets.count > 1 ? "\(file.name)!\(sheet.name)" : file.name
    }

    private func read(_ sheet: Workbook.Sheet, lines: Int?) throws(Rejection) -> SheetText {
        try SheetReader(
            workbook, sheet, name: name(sheet), strings: strings, formats: formats, firstRow: export.headerRow ?? 1
        ).read(lines: lines)
    }

    // MARK: sheets

    /// The named ones; else the first whose header fits, visible ones before hidden ones; else the first.
    private func chosen(_ notes: inout [Diagnostic]) throws(Rejection) -> [Workbook.Sheet] {
        if let name = export.sheet { return try named(name) }
        let ordered = workbook.sheets.filter { !$0.isHidden } + workbook.sheets.filter(\.isHidden)
        guard ordered.count > 1 else { return ordered }
        var fitting: [Workbook.Sheet] = []
        for sheet in ordered {
            if try fits(read(sheet, lines: SheetText.headLines), sheet) { fitting.append(sheet) }
        }
        if fitting.isEmpty {
            // Ranges of merged cells stand behind the rows: a header that needs them is known when all is read.
            for sheet in ordered {
                var whole = try read(sheet, lines: nil)
                if fillHeader(&whole, sheet) { fitting.append(sheet) }
            }
        }
        let read = fitting.first ?? ordered[0]
        let others = fitting.dropFirst().filter { !$0.isHidden }
        if !others.isEmpty { notes.append(several(read, others)) }
        let unseen = ordered.filter { $0.isHidden && $0 != read }
        if !unseen.isEmpty { notes.append(hidden(unseen, isRead: false)) }
        return [read]
    }

    private func named(_ name: String) throws(Rejection) -> [Workbook.Sheet] {
        let exact = workbook.sheets.filter { ExportFolder.matches($0.name, pattern: name) }
        let found = exact.isEmpty ? workbook.sheets.filter { $0.name.lowercased() == name.lowercased() } : exact
        guard found.isEmpty else { return found }
        var names = workbook.sheets.map(\.name)
        var remedies: [String] = []
        if let near = nearestName(to: name, among: names) {
            remedies.append("did you mean \(near)?")
            names = [near] + names.filter { $0 != near }
        }
        remedies.append("its sheets are: \(listed(names))")
        throw Rejection(
            Diagnostic(
                .error, "unknown-sheet", at: export.location ?? .init(file: file.name),
                "\(file.name) has no sheet \"\(name)\"", remedies: remedies))
    }

    private func listed(_ names: [String]) -> String {
        names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
    }

    private func several(_ read: Workbook.Sheet, _ others: [Workbook.Sheet]) -> Diagnostic {
        Diagnostic(
            .warning, "several-sheets", at: .init(file: file.name),
            "the sheet \(read.name) is read; \(listed(others.map(\.name))) would fit as well and "
                + (others.count == 1 ? "is not" : "are not"),
            remedies: [
                "say which in the export's mapping: `sheet: \(read.name)`, or `sheet: \"*\"` for all, or a pattern"
            ])
    }

    private func hidden(_ sheets: [Workbook.Sheet], isRead: Bool) -> Diagnostic {
        let words = sheets.count == 1 ? "the sheet \(listed(sheets.map(\.name))) is hidden"
            : "the sheets \(listed(sheets.map(\.name))) are hidden"
        return Diagnostic(
            .note, "hidden-sheet", at: .init(file: file.name),
            "\(words) and \(isRead ? "read all the same" : "not read")",
            remedies: ["name the sheet that is meant with `sheet:` in the export's mapping"])
    }

    // MARK: header

    private func fits(_ sheet: SheetText, _ of: Workbook.Sheet) -> Bool {
        header(of: Array(sheet.head), sheet, of) != nil
    }

    /// The line, from 1, that has every column the mapping needs.
    private func header(of head: [UInt8], _ sheet: SheetText, _ of: Workbook.Sheet) -> Int? {
        var export = export
        export.delimiter = SheetText.delimiter
        let line = export.headerRow.map { sheet.rows.first == $0 ? 1 : 0 }
        do throws(Rejection) {
            let reader = LayoutReader(export: export, file: name(of), headerLine: line)
            return try reader.read(head, isWhole: true).value.headerLine
        } catch {
            return nil
        }
    }

    /// A header of which some cells are one with cells above gets their words. Answers whether the header fits then.
    @discardableResult
    private func fillHeader(_ sheet: inout SheetText, _ of: Workbook.Sheet) -> Bool {
        if header(of: Array(sheet.head), sheet, of) != nil { return true }
        guard let merged = sheet.mergedHead(), let line = header(of: Array(merged.joined()), sheet, of),
            merged.indices.contains(line - 1)
        else { return false }
        sheet.replace(line: line - 1, with: merged[line - 1])
        return true
    }

    // MARK: cells

    private func notes(of sheet: SheetText, _ name: String) -> [Diagnostic] {
        var notes: [Diagnostic] = []
        func place(_ count: SheetText.Count) -> Diagnostic.Location {
            .init(file: name, row: count.row, column: CellRange.letters(count.column))
        }
        if sheet.uncomputed.cells > 0 {
            notes.append(
                Diagnostic(
                    .warning, "uncomputed-formula", at: place(sheet.uncomputed),
                    "\(cells(sheet.uncomputed)) a formula without its value, read as empty",
                    remedies: ["open the workbook in a spreadsheet program and save it: that computes them"]))
        }
        if sheet.long.cells > 0 {
            notes.append(
                Diagnostic(
                    .warning, "long-number", at: place(sheet.long),
                    "\(cells(sheet.long)) a number of more than 15 digits, of which a spreadsheet keeps 15",
                    remedies: ["make the column text before numbers are filled in, or export it as CSV"]))
        }
        return notes
    }

    private func cells(_ count: SheetText.Count) -> String {
        count.cells == 1 ? "the cell has" : "the cell and \(count.cells - 1) more have"
    }
}
