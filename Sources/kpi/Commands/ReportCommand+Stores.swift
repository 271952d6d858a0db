import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Programs
import Reporting
import Store

// `--store all`: a report of each store.
extension ReportCommand {
    /// - Parameter subject: what all of them are about, of no store yet.
    func write(
        _ stores: [String], _ run: ReportRun, _ drawing: ReportDrawing, _ subject: ReportRequest,
        _ exports: StagedExports, _ notes: [Diagnostic], _ messages: Messages, since begin: ContinuousClock.Instant
    ) async throws {
        let target = output ?? "\(folder.directory)/\(Self.slug(run.definition.name))-\(subject.month)"
        let before = BatchRecord.read(folder: target)
        let issued = try IssuedReports(directory: folder.directory).issues()
        let last = issued.last?.number ?? 0
        let lastBefore = before.map { $0.issued ?? last } ?? last
        let asked = try options(subject, exports.header.settings)
            + BatchInput.issues(issued, before: lastBefore, report: run.definition.name, month: "\(subject.month)")
        // Where nothing is known of earlier reports, the exports are counted meanwhile.
        async let digested = input(asked, tasks: before == nil ? 1 : folder.taskCount)
        var known: BatchRecord?
        if let before {
            let input = try await digested
            known = before.input == input ? before : nil
        }
        let standing = Set(stores.filter { batch.resume && known?.stands($0, folder: target) ?? false })
        let wanted = stores.filter { !standing.contains($0) }
        let group = try store == "all" ? beside(drawing) : nil
        let groupStands = group == nil || batch.resume && known?.stands(BatchRecord.group, folder: target) ?? false
        try OutputFile.makeFolder(target)
        StoreBatch.clear(target)
        let requests = wanted.map { store in
            var request = subject
            request.store = store
            return request
        }
        guard !requests.isEmpty || !groupStands else {
            BatchProgress(total: 0, since: begin, isQuiet: true).finish(standing: standing.count)
            return print(target)
        }
        let many = try await run.many(requests, of: subject.month, exports, beside: group?.definition)
        async let located = exports.diagnostics(of: many.tabulated)
        let problems = notes + many.diagnostics + (await located)
        messages.print(problems)
        if folder.strict, problems.contains(where: { $0.severity >= .warning }) { throw ExitCode(1) }
        let progress = BatchProgress(total: wanted.count, since: begin, isQuiet: batch.quiet)
        let maker = StoreBatch(
            run: run, drawing: drawing, issuing: issuing, exports: exports, many: many,
            names: BatchNames(exports.header.stores.map(\.identifier)), folder: target,
            record: try BatchRecordFile(
                BatchRecord(
                    input: try await digested, issued: lastBefore,
                    stores: known?.stores.filter { !wanted.contains($0.key) } ?? [:]),
                folder: target),
            group: group,
            progress: progress)
        var outcome = await maker.write(Array(requests.indices), tasks: folder.taskCount)
        if !groupStands { maker.writeGroup(&outcome) }
        maker.finishRecord(&outcome)
        progress.finish(standing: standing.count)
        messages.print(outcome.diagnostics, least: .note)
        for line in outcome.told { print(line) }
        print(target)
        let faults = outcome.faults.flatMap { store, rejection in
            store.isEmpty ? rejection.diagnostics : rejection.diagnostics.map { $0.of(store) }
        }
        // All of them: each is a store without its report.
        Messages(showValues: folder.showValues, limit: nil).print(faults)
        if !faults.isEmpty { throw ExitCode(1) }
    }

    /// The stores side by side, on the same paper.
    private func beside(_ drawing: ReportDrawing) throws(Rejection) -> ReportDrawing {
        var definition = try ReportLibrary.definition("group").value
        (definition.paper, definition.orientation) = (drawing.definition.paper, drawing.definition.orientation)
        return ReportDrawing(definition: definition, look: drawing.look, format: drawing.format, dpi: drawing.dpi)
    }

    /// What was asked for, of what decides the stores' files.
    private func options(_ subject: ReportRequest, _ settings: DealershipSettings) throws(Rejection) -> [String] {
        let reads = try folder.archive() == nil && settings.exports.contains { $0.postgres != nil }
        if batch.resume, reads {
            throw Rejection(
                Diagnostic(
                    .error, "bad-combination", "--resume cannot tell whether a database's rows are still the same",
                    remedies: ["kpi import \(folder.directory) first", "or leave --resume out"]))
        }
        let options: [String?] = [
            Program.version, name, "\(subject.month)", "\(subject.monthsBack)", folder.asOf,
            folder.readsFiles ? "exports" : nil, effort, format.rawValue, paper?.rawValue, orientation?.rawValue,
            look.theme?.rawValue, speech.language, "\(dpi)", "\(panels)", panel, "\(contents)",
            "\(issuing.issue)", issuing.on,
        ]
        return options.map { $0 ?? "" }
    }

    /// What decides the stores' files.
    private func input(_ options: [String], tasks: Int) async throws(Rejection) -> String {
        try await BatchInput.digest(
            directory: folder.directory, options: options,
            files: [folder.settings, name, speech.language].compactMap { $0 }, tasks: tasks)
    }
}

extension Diagnostic {
    /// The same, said of a store.
    func of(_ store: String) -> Diagnostic {
        var diagnostic = self
        diagnostic.message = "store \(store): \(message)"
        return diagnostic
    }
}
