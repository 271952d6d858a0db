import Basis
import Dealership

/// All staged rows of one export mapping, with what is needed to say where a row stands.
struct StagedTable: Sendable {
    struct Part: Sendable {
        var file: Int
        var start: Int
        /// Lines of the file before this part.
        var linesBefore: Int
        var chunk: StagedChunk
    }
    var export: ExportSettings
    /// By file.
    var layouts: [Int: ExportLayout]
    var parts: [Part]
    var audit: ExportAudit
    /// Rows whose occurrence lies behind this day are set aside: the date cannot be right. Nil: all may stand.
    var lastPlausibleDay: Day?
    /// Customers of an export that has a row a visit, a lead or a deal: each stands there as often as there are some.
    var isOfOtherRows = false
    /// Messages of conversations that began at a store which shares nothing with theirs: set aside already.
    var elsewhere: Set<RowSource> = []
    /// Some row lies behind that day, so that each must be looked at.
    var hasDaysAhead = false
}

/// A file being read, its bytes and layout; or what the store keeps of an export under one header.
struct OpenExport: Sendable {
    var export: ExportSettings
    var exportIndex: Int
    var file: Int
    var bytes: ExportBytes
    var layout: ExportLayout
    /// Nil: the bytes are read.
    var stored: StoredRows?

    /// All files that its rows came from.
    var files: [Int] { stored.map { $0.fileIndex.values.sorted() } ?? [file] }

    func fault(_ stop: StagedChunk.Stop, linesBefore: Int) -> Diagnostic {
        switch stop {
        case .tooLong(let line):
            let place = bytes.place(ofLine: linesBefore + line + 1)
            return Limits.rowTooLong(in: place.file, row: place.row)
        case .otherHeader(let line):
            let place = bytes.place(ofLine: linesBefore + line + 1)
            return Diagnostic(
                .error, "other-header", at: .init(file: place.file, row: place.row),
                "another header stands here, with other columns or in another order: the rows below it would be read wrong",
                remedies: ["export again, or make two files of it: each with one header"])
        }
    }
}

/// Reads files in parts on several tasks, then makes sure that each part began where the one before ended.
struct PartReader: Sendable {
    let registry: StoreRegistry
    let names: NameRegistry
    let tasks: Int
    let fileZones: [Int: Int]
    /// Bytes a part has on average. Results do not depend on it.
    var partSize = ChunkReader.partSize
    var memory = StagingMemory(limit: .max)
    private static let leastPart = 1 << 18

    struct Read: Sendable {
        /// By file.
        var parts: [[StagedTable.Part]]
        var scans: [TextScan]
        /// Why a file was not read to its end.
        var faults: [Diagnostic] = []
    }

    func read(_ files: [OpenExport]) async throws(Rejection) -> Read {
        // Small exports in smaller parts, so that no task is left with a large one at the end.
        let total = files.reduce(0) { $0 + $1.bytes.count }
        let partSize = min(partSize, max(PartReader.leastPart, total / (tasks * 8)))
        var jobs: [Job] = []
        for (index, file) in files.enumerated() {
            if let stored = file.stored {
                jobs += stored.parts.map { Job(file: index, start: 0, stop: 0, stored: $0) }
                continue
            }
            var start = file.layout.dataOffset
            repeat {
                // A short rest is read with the part before it.
                let stop = file.bytes.count - start < partSize * 3 / 2
                    ? file.bytes.count : start + partSize
                jobs.append(Job(file: index, start: start, stop: stop, stored: nil))
                start = stop
            } while start < file.bytes.count
        }
        let work = jobs
        let read = try await concurrently(work.count, tasks: tasks, each: ReadingRoom.init) { job, room throws(Rejection) in
            let file = files[work[job].file]
            if let part = work[job].stored {
                let reader = StoredPartReader(file, registry: registry, names: names, fileZone: fileZones[file.exportIndex])
                var chunk = try reader.read(part, in: room)
                try settle(&chunk, file, room)
                return (chunk: chunk, begin: 0)
            }
            let start = work[job].start
            var result = try reader(file).read(
                from: start, to: work[job].stop, isExact: start == file.layout.dataOffset, in: room)
            try settle(&result.chunk, file, room)
            return result
        }
        var parts = [[StagedTable.Part]](repeating: [], count: files.count)
        var scans = [TextScan](repeating: TextScan(), count: files.count)
        var faults: [Diagnostic] = []
        for (job, result) in zip(work, read) {
            var result = result
            let file = files[job.file]
            scans[job.file].take(result.chunk.scan)
            if job.stored != nil {
                parts[job.file].append(.init(file: file.file, start: 0, linesBefore: 0, chunk: result.chunk))
                continue
            }
            if let before = parts[job.file].last {
                if before.chunk.stopped != nil { continue }
                if before.chunk.end >= job.stop, job.stop < file.bytes.count || before.chunk.end >= file.bytes.count {
                    continue  // one long record swallowed this part
                }
                if before.chunk.end != result.begin {
                    let room = ReadingRoom()
                    result = try reader(file).read(from: before.chunk.end, to: job.stop, isExact: true, in: room)
                    result.chunk.keep(room)
                }
            }
            let lines = parts[job.file].last.map { $0.linesBefore + $0.chunk.lines } ?? file.layout.headerLines
            parts[job.file].append(
                .init(file: file.file, start: result.begin, linesBefore: lines, chunk: result.chunk))
            if let stopped = result.chunk.stopped { faults.append(file.fault(stopped, linesBefore: lines)) }
        }
        return Read(parts: parts, scans: scans, faults: faults)
    }

    private func settle(_ chunk: inout StagedChunk, _ file: OpenExport, _ room: ReadingRoom) throws(Rejection) {
        if file.export.table.isOfGroups { try memory.settle(&chunk, room) } else { chunk.keep(room) }
    }

    private struct Job: Sendable {
        var file: Int
        var start: Int
        var stop: Int
        /// A part of the store instead.
        var stored: ArchivedPart?
    }

    private func reader(_ file: OpenExport) -> ChunkReader {
        ChunkReader(
            bytes: file.bytes, fileIndex: file.file, layout: file.layout, export: file.export, registry: registry,
            names: names, fileZone: fileZones[file.exportIndex])
    }
}

extension StandardTable {
    /// Its rows are read a sharing group at a time, and by nobody else.
    fileprivate var isOfGroups: Bool {
        switch self {
        case .serviceVisits, .sales, .leads, .appointments, .messages, .conversations, .customers, .ratings, .mailings: true
        default: false
        }
    }
}
