public import Basis
import Crypto
public import Dealership
import Foundation

/// A dealership's exports on their way into a store.
public struct ExportImport: Sendable {
    /// What a run did, beside what the store counted.
    public struct Outcome: Hashable, Sendable {
        /// Files whose rows the store has already.
        public var known: [String] = []
        public var read: [String] = []
        public init() {}
    }

    private let exports: [OpenExport]
    /// By mapping.
    private let names: [KeptExport]
    /// Faults that stop nothing.
    public let notes: [Diagnostic]

    /// Opens everything that `settings` maps or that carries a standard table's name.
    /// - Throws: what stops an import (no folder, a required column missing, an unreadable file), all of it.
    public init(
        directory: String, settings: DealershipSettings, tasks: Int
    ) async throws(Rejection) {
        let (folder, opening) = try await StagedExports.opened(directory, settings, nil, tasks: tasks)
        guard opening.faults.isEmpty else { throw Rejection(folder.diagnostics + opening.notes + opening.faults) }
        exports = opening.exports
        names = KeptExport.names(of: folder.found.map(\.export))
        notes = folder.diagnostics + opening.notes
    }

    /// Parts read while those before them are written.
    private static let partsAtOnce = 4

    /// Gives every row of every file that is new to the store to `sink`.
    /// - Throws: what cannot be read or written; the caller then takes everything back.
    public func run(into sink: any RecordSink, tasks: Int) async throws(Rejection) -> Outcome {
        var outcome = Outcome()
        for export in exports {
            let file = try file(of: export)
            guard try sink.isNew(file, of: names[export.exportIndex]) else {
                outcome.known.append(file.name)
                continue
            }
            outcome.read.append(file.name)
            try await run(export, file, into: sink, tasks: tasks)
            try export.bytes.verify()
        }
        return outcome
    }

    private func run(
        _ export: OpenExport, _ file: KeptFile, into sink: any RecordSink, tasks: Int
    ) async throws(Rejection) {
        let reader = KeptChunkReader(bytes: export.bytes, layout: export.layout, export: export.export)
        let form = KeptForm(delimiter: export.layout.delimiter, header: try header(of: export))
        var place = Position(offset: export.layout.dataOffset, lines: export.layout.headerLines)
        var ready = try await parts(of: export, reader, from: &place, tasks: tasks)
        while !ready.isEmpty {
            let chunks = ready
            let next = place
            async let following = Self.following(self, export, reader, next, tasks)
            var failure: Rejection?
            do throws(Rejection) {
                for chunk in chunks { try add(chunk, of: export, form, file, to: sink) }
            } catch {
                failure = error
            }
            // A task begun is awaited before its scope is left.
            let read = await following
            if let failure { throw failure }
            switch read {
            case .success(let found): (ready, place) = found
            case .failure(let rejection): throw rejection
            }
        }
    }

    /// Where the next part begins.
    private struct Position: Sendable {
        var offset: Int
        var lines: Int
    }

    private static func following(
        _ run: ExportImport, _ export: OpenExport, _ reader: KeptChunkReader, _ place: Position, _ tasks: Int
    ) async -> Result<([KeptChunk], Position), Rejection> {
        var place = place
        do throws(Rejection) {
            return .success((try await run.parts(of: export, reader, from: &place, tasks: tasks), place))
        } catch {
            return .failure(error)
        }
    }

    /// The next few parts, one behind the other; none at the file's end.
    private func parts(
        of export: OpenExport, _ reader: KeptChunkReader, from place: inout Position, tasks: Int
    ) async throws(Rejection) -> [KeptChunk] {
        let size = ChunkReader.partSize
        let (first, end) = (place.offset, reader.bytes.count)
        let count = min(tasks * ExportImport.partsAtOnce, max(0, (end - first + size - 1) / size))
        if count == 0 { return [] }
        let read = try await concurrently(count, tasks: tasks) { index throws(Rejection) in
            let start = first + index * size
            return try reader.read(from: start, to: min(start + size, end), isExact: index == 0)
        }
        var chunks: [KeptChunk] = []
        for (index, found) in read.enumerated() {
            let stop = min(first + (index + 1) * size, end)
            if place.offset >= stop, stop < end || place.offset >= end { continue }  // one long record swallowed this part
            var part = found
            if part.begin != place.offset { part = try reader.read(from: place.offset, to: stop, isExact: true) }
            if let stopped = part.stopped { throw Rejection(export.fault(stopped, linesBefore: place.lines)) }
            if let line = part.unclosedQuote { throw Rejection(unclosedQuote(reader.bytes, place.lines + line)) }
            for row in part.chunk.rows.indices { part.chunk.rows[row].line += Int32(clamping: place.lines) }
            place = Position(offset: part.end, lines: place.lines + part.lines)
            chunks.append(part.chunk)
        }
        return chunks
    }

    private func unclosedQuote(_ bytes: ExportBytes, _ line: Int) -> Diagnostic {
        let place = bytes.place(ofLine: line)
        return Diagnostic(
            .error, "unclosed-quote-import", at: .init(file: place.file, row: place.row),
            "a quote is opened and never closed, so that nobody can say what rows come behind it; nothing was imported",
            remedies: ["export the file again", "or close the quote"])
    }

    /// Rows whose text was made from several files go in as each file's own.
    private func add(
        _ chunk: KeptChunk, of export: OpenExport, _ form: KeptForm, _ file: KeptFile, to sink: any RecordSink
    ) throws(Rejection) {
        guard export.bytes.isMade else { return try sink.add(chunk, of: names[export.exportIndex], form: form, file: file) }
        var files: [String: [KeptChunk.Row]] = [:]
        for row in chunk.rows {
            let place = export.bytes.place(ofLine: Int(row.line))
            var row = row
            row.line = Int32(clamping: place.row ?? 0)
            files[place.file, default: []].append(row)
        }
        for (name, rows) in files.sorted(by: { $0.key < $1.key }) {
            var part = chunk
            part.rows = rows
            var own = file
            own.name = name
            try sink.add(part, of: names[export.exportIndex], form: form, file: own)
        }
    }

    private func header(of export: OpenExport) throws(Rejection) -> [UInt8] {
        let end = export.layout.dataOffset
        var head = try ExportOpening.head(of: export.bytes, to: end)
        while let last = head.last, last == 0x0A || last == 0x0D { head.removeLast() }
        // The preamble before it is no part of the form.
        var line = export.layout.headerLine
        while line > 1, let end = head.firstIndex(of: 0x0A) {
            head.removeFirst(end + 1)
            line -= 1
        }
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
        return head
    }

    private func file(of export: OpenExport) throws(Rejection) -> KeptFile {
        var hash = SHA256()
        var offset = 0
        let step = 1 << 20
        while offset < export.bytes.count {
            let bytes = try export.bytes.bytes(from: offset, count: min(step, export.bytes.count - offset))
            if bytes.isEmpty { break }
            hash.update(data: bytes)
            offset += bytes.count
        }
        let fingerprint = hash.finalize().map { byte in
            let text = String(byte, radix: 16)
            return text.count < 2 ? "0" + text : text
        }.joined()
        let stamp = export.bytes.stamp
        return KeptFile(
            name: export.bytes.name, fingerprint: fingerprint, bytes: stamp?.bytes ?? -1, modified: stamp?.modified ?? -1)
    }
}

