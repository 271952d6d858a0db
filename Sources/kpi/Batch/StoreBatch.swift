import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Ink
import Programs
import Reporting
import Synchronization

/// A report of each of many stores, drawn side by side, each written as soon as it is there. The exports were gone
/// through once before; a store's fault is that store's alone.
struct StoreBatch: Sendable {
    let run: ReportRun
    let drawing: ReportDrawing
    let issuing: IssueOption
    let exports: StagedExports
    let many: ManyReports
    let names: BatchNames
    /// Where the files go.
    let folder: String
    let record: BatchRecordFile
    /// The report on all stores, which is the last of `many`; nil: none is wanted.
    let group: ReportDrawing?
    let progress: BatchProgress

    struct Outcome {
        /// In order of the stores.
        var faults: [(store: String, rejection: Rejection)] = []
        var diagnostics: [Diagnostic] = []
        var told: [String] = []
    }

    /// What became of one store.
    private struct Done: Sendable {
        var position: Int
        var fault: Rejection?
        var diagnostics: [Diagnostic] = []
        var told: String?
    }

    /// - Parameter positions: in `many`, of those that are to be made.
    func write(_ positions: [Int], tasks: Int) async -> Outcome {
        let next = Turn()
        var done: [Done] = []
        await withTaskGroup(of: [Done].self) { group in
            for _ in 0..<max(1, min(tasks, positions.count)) {
                group.addTask { await self.work(positions, next) }
            }
            for await part in group { done += part }
        }
        var outcome = Outcome()
        for one in done.sorted(by: { $0.position < $1.position }) {
            if let fault = one.fault { outcome.faults.append((store(one.position), fault)) }
            outcome.diagnostics += one.diagnostics.map { $0.of(store(one.position)) }
            if let told = one.told { outcome.told.append("\(store(one.position)): \(told)") }
        }
        return outcome
    }

    private func store(_ position: Int) -> String { many.plans[position].request.store ?? "" }

    /// One task's stores, one after the other, with a measurer that knows the lines of those before.
    private func work(_ positions: [Int], _ next: Turn) async -> [Done] {
        var done: [Done] = []
        let measurer = Result { () throws(Rejection) in try drawing.look.measurer() }
        while let turn = next.take(below: positions.count) {
            var one = Done(position: positions[turn])
            do throws(Rejection) {
                let pages = try await make(&one, measurer.get())
                progress.note(pages: pages)
            } catch {
                one.fault = error
                progress.note(pages: nil)
            }
            done.append(one)
        }
        return done
    }

    /// How many pages it has.
    private func make(_ done: inout Done, _ measurer: PangoMeasurer) async throws(Rejection) -> Int {
        var context = many.context(done.position)
        let issues = try await ReportIssues(issuing, run, exports, context)
        context.restatements = issues.restatements
        let place = ReportDrawing.Place(folder: folder, stem: stem(done.position))
        let drawn = try drawing.drawn(context, place, measurer: measurer)
        try OutputFile.write(drawn.files.map { ($0.path, $0.bytes) })
        done.told = try issues.keep()
        done.diagnostics = drawn.diagnostics + issues.diagnostics
        try record.note(store(done.position), drawn.files)
        return drawn.sheets
    }

    /// The report on all stores, `group-2026-10.pdf`.
    func writeGroup(_ outcome: inout Outcome) {
        guard let group else { return }
        do throws(Rejection) {
            let context = many.context(many.plans.count - 1)
            let stem = "\(ReportCommand.slug(group.definition.name))-\(context.month)"
            let place = ReportDrawing.Place(folder: folder, stem: stem)
            let drawn = try group.drawn(context, place, measurer: group.look.measurer())
            try OutputFile.write(drawn.files.map { ($0.path, $0.bytes) })
            try record.note(BatchRecord.group, drawn.files)
            outcome.diagnostics += drawn.diagnostics
        } catch {
            outcome.faults.append((BatchRecord.group, error))
        }
    }

    func finishRecord(_ outcome: inout Outcome) {
        do throws(Rejection) { try record.finish() } catch { outcome.faults.append((BatchRecord.group, error)) }
    }

    /// `monthly-2026-10-S1`.
    private func stem(_ position: Int) -> String {
        let name = ReportCommand.slug(run.definition.name)
        return "\(name)-\(many.plans[position].request.month)-\(names[store(position)])"
    }

    /// Files that a run which was killed has begun and not put in place.
    static func clear(_ folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let parts = name.split(separator: ".")
            guard name.hasPrefix("."), parts.count > 2, parts.last == "part", let owner = pid_t(parts[parts.count - 2]),
                kill(owner, 0) != 0, errno == ESRCH
            else { continue }
            unlink("\(folder)/\(name)")
        }
    }
}

/// Hands out 0, 1, 2 ... to whoever asks.
private final class Turn: Sendable {
    private let next = Atomic<Int>(0)
    func take(below end: Int) -> Int? {
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return turn < end ? turn : nil
    }
}
