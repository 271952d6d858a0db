import Basis
import Dealership

/// A file's text before its header is read.
struct OpenText: Sendable {
    var export: ExportSettings
    var exportIndex: Int
    var bytes: ExportBytes
}

extension ExportOpening {
    /// Bytes in which the header must stand: preambles are a few lines.
    private static let headLength = 1 << 16

    /// Opens the files found and reads their headers.
    /// - Parameter isWholly: every byte is looked at now; else those of the head, and `settle(_ scans:)` is to be told of the
    ///   others, by whoever reads them anyway.
    static func opened(
        _ found: [ExportFolder.Found], tasks: Int, isWholly: Bool = true
    ) async throws(Rejection) -> ExportOpening {
        let count = found.reduce(0) { $0 + $1.files.count }
        guard count <= Limits.files else { throw Rejection(Limits.tooManyFiles(count)) }
        var opening = ExportOpening()
        let tables = await PostgresReading.read(found, tasks: tasks)
        for opened in try await concurrently(found.count, tasks: tasks, { index throws(Rejection) in
            ExportOpening.opened(found[index], exportIndex: index, beside: tables[index] ?? OpenedSources())
        }) {
            opening.take(opened)
        }
        await opening.settle(tasks: tasks, isWholly: isWholly)
        return opening
    }

    /// Looks into what was opened: its encoding, whether it is text at all, and its header. All files' faults are told.
    mutating func settle(tasks: Int, isWholly: Bool) async {
        guard texts.count <= Limits.files else {
            faults.append(Limits.tooManyFiles(texts.count))
            texts = []
            return
        }
        let opened = texts
        let plain = await gather(opened.count, tasks) { index throws(Rejection) in
            try ExportOpening.plain(opened[index])
        }
        let limit = isWholly ? Int.max : ExportOpening.headLength
        let scans = await TextScan.scan(plain.map(\.bytes), upTo: limit, tasks: tasks)
        let laidOut = await gather(plain.count, tasks) { index throws(Rejection) -> Checked<OpenExport> in
            let text = try ExportOpening.utf8(plain[index], try scans[index].get())
            let layout = try ExportOpening.layout(text.value)
            return Checked(layout.value, text.diagnostics + layout.diagnostics)
        }
        for var export in laidOut {
            export.file = files.count
            exports.append(export)
            files.append(export.bytes)
        }
        texts = []
    }

    /// What was found in the exports while they were read: those that are not UTF-8 are made so, those that are no text are
    /// faults. False: something has changed, and everything is to be read again.
    mutating func settle(_ scans: [TextScan]) -> Bool {
        if scans.allSatisfy(\.isClean) { return true }
        var kept: [OpenExport] = []
        for (export, scan) in zip(exports, scans) {
            if scan.isClean {
                kept.append(export)
                continue
            }
            do throws(Rejection) {
                let text = try ExportOpening.utf8(
                    OpenText(export: export.export, exportIndex: export.exportIndex, bytes: export.bytes), scan)
                note(text.diagnostics)
                var export = export
                export.bytes = text.value.bytes
                files[export.file] = export.bytes
                kept.append(export)
            } catch {
                fault(error.diagnostics)
            }
        }
        exports = kept
        return false
    }

    /// Runs `body` for 0 ..< count and keeps what came of it, in order; notes and faults are gathered.
    private mutating func gather<Value: Sendable>(
        _ count: Int, _ tasks: Int, _ body: @escaping @Sendable (Int) throws(Rejection) -> Checked<Value>
    ) async -> [Value] {
        let outcomes = try? await concurrently(count, tasks: tasks) { index throws(Rejection) -> Outcome<Value> in
            do throws(Rejection) { return .made(try body(index)) } catch { return .failed(error) }
        }
        var values: [Value] = []
        for outcome in outcomes ?? [] {
            switch outcome {
            case .made(let made):
                values.append(made.value)
                note(made.diagnostics)
            case .failed(let rejection): fault(rejection.diagnostics)
            }
        }
        return values
    }

    private enum Outcome<Value: Sendable>: Sendable {
        case made(Checked<Value>)
        case failed(Rejection)
    }

    private static func plain(_ text: OpenText) throws(Rejection) -> Checked<OpenText> {
        let bytes = try plain(text.bytes)
        var text = text
        text.bytes = bytes.value
        return Checked(text, bytes.diagnostics)
    }

    /// With bytes of one kind, and line ends of one.
    static func plain(_ text: ExportBytes) throws(Rejection) -> Checked<ExportBytes> {
        var text = text
        var notes: [Diagnostic] = []
        if let (order, mark) = ForeignText.utf16(try head(of: text)) {
            text = try ForeignText.fromUTF16(text, order, mark: mark)
            notes.append(
                Diagnostic(
                    .note, "read-as-utf-16", at: .init(file: text.name), "the file is UTF-16 and was read as that",
                    remedies: ["nothing to do; saved as CSV UTF-8 it is half as large"]))
        }
        if !text.isMade, ForeignText.endsLinesWithReturns(try head(of: text)) {
            text = try ForeignText.fromReturns(text)
            notes.append(
                Diagnostic(
                    .note, "read-with-returns", at: .init(file: text.name),
                    "the file's lines end with carriage returns alone, as old Macintosh programs write them, and were read so",
                    remedies: ["nothing to do; CSV UTF-8 is what other programs read too"]))
        }
        return Checked(text, notes)
    }

    /// As far as the beginning tells: what is looked at before all of it is read.
    static func readable(_ text: ExportBytes) throws(Rejection) -> ExportBytes {
        let text = try plain(text).value
        let head = try head(of: text)
        let lines = head.count == text.count ? head[...] : head[...(head.lastIndex(of: 0x0A) ?? head.count - 1)]
        if text.isMade || String(validating: lines, as: UTF8.self) != nil || lines.contains(0) { return text }
        return try ForeignText.fromWindows1252(text).text
    }

    private static func utf8(_ text: OpenText, _ scan: TextScan) throws(Rejection) -> Checked<OpenText> {
        if let zero = scan.zero {
            // A spreadsheet is named as what it is by whoever reads the header.
            if try head(of: text.bytes).starts(with: [0x50, 0x4B, 0x03, 0x04]) { return Checked(text) }
            throw hasZero(text.bytes, at: zero)
        }
        guard let foreign = scan.foreign else { return Checked(text) }
        let row = text.bytes.place(ofLine: text.bytes.lineBreaks(in: 0..<foreign) + 1)
        var text = text
        let (bytes, lines) = try ForeignText.fromWindows1252(text.bytes)
        text.bytes = bytes
        let rows = lines == 1 ? "1 line is" : "\(lines) lines, this the first, are"
        return Checked(
            text,
            [
                Diagnostic(
                    .note, "read-as-windows-1252", at: .init(file: row.file, row: row.row),
                    "\(rows) not UTF-8 and read as Windows-1252",
                    remedies: ["if names look wrong on the pages, save the export as CSV UTF-8"])
            ])
    }

    /// A picture, a program, or a file that a crash filled up with zeros.
    private static func hasZero(_ text: ExportBytes, at offset: Int) -> Rejection {
        let row = text.place(ofLine: text.lineBreaks(in: 0..<offset) + 1)
        return Rejection(
            Diagnostic(
                .error, "binary-file", at: .init(file: row.file, row: row.row),
                "the row has a zero byte, which no text has: the file is damaged or is not text",
                remedies: ["export it again as CSV"]))
    }

    private static func layout(_ text: OpenText) throws(Rejection) -> Checked<OpenExport> {
        let bytes = text.bytes
        var export = text.export
        export.delimiter = bytes.delimiter ?? export.delimiter
        // How the mapping's files are quoted does not hold for text that was made.
        if bytes.isMade { export.hasQuotes = true }
        do throws(Rejection) {
            let head = try head(of: bytes)
            let layout = try LayoutReader(
                export: export, file: bytes.name, headerLine: bytes.headerLine ?? export.headerRow
            ).read(head, isWhole: head.count == bytes.count)
            return Checked(
                OpenExport(
                    export: text.export, exportIndex: text.exportIndex, file: 0, bytes: bytes, layout: layout.value),
                layout.diagnostics.map(bytes.placed))
        } catch {
            throw Rejection(error.diagnostics.map(bytes.placed))
        }
    }

    /// The first bytes, or so many.
    static func head(of text: ExportBytes, to end: Int = headLength) throws(Rejection) -> [UInt8] {
        try text.bytes(from: 0, count: min(text.count, end))
    }

    /// Files that are no longer what they were when they were opened: the rows read may be of two states.
    func changedFiles() -> [Diagnostic] {
        var faults: [Diagnostic] = []
        for export in exports {
            do throws(Rejection) { try export.bytes.verify() } catch { faults += error.diagnostics }
        }
        return faults
    }
}
