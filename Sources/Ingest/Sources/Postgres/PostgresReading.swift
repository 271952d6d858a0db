import Basis
import Dealership

/// Reads the exports that come from PostgreSQL: all of one server in one snapshot, over several connections.
enum PostgresReading {
    /// One COPY of one export.
    private struct Job: Sendable {
        var export: Int
        var part: Int
        var statement: String
        var place: Diagnostic.Location
    }

    private struct Done: Sendable {
        var job: Int
        var piece: SpooledRows.Piece?
        var faults: [Diagnostic] = []
    }

    /// What each found export that comes from PostgreSQL gave, by its position.
    /// - Parameter tasks: connections at once, of each server.
    static func read(_ found: [ExportFolder.Found], tasks: Int) async -> [Int: OpenedSources] {
        var opened: [Int: OpenedSources] = [:]
        var servers: [(connect: String, exports: [Int])] = []
        for (index, found) in found.enumerated() {
            guard let origin = found.export.postgres else { continue }
            if let known = servers.firstIndex(where: { $0.connect == origin.connect }) {
                servers[known].exports.append(index)
            } else {
                servers.append((origin.connect, [index]))
            }
        }
        for server in servers {
            opened.merge(await read(server.exports, of: found, tasks: tasks, server.connect)) { _, new in new }
        }
        return opened
    }

    private static func read(
        _ exports: [Int], of found: [ExportFolder.Found], tasks: Int, _ connect: String
    ) async -> [Int: OpenedSources] {
        var opened = Dictionary(exports.map { ($0, OpenedSources()) }, uniquingKeysWith: { first, _ in first })
        let place = found[exports[0]].export.location
        if let refusal = PostgresConnect.refusal(of: connect, at: place) {
            opened[exports[0]]?.faults.append(refusal)
            return opened
        }
        do throws(Rejection) {
            let leader = try PostgresSession(connect, at: place)
            var jobs: [Job] = []
            for index in exports {
                do throws(Rejection) {
                    let asked = try PostgresReading.jobs(found[index].export, index, leader)
                    jobs += asked.jobs
                    opened[index]?.notes += asked.notes
                } catch {
                    opened[index]?.faults += error.diagnostics
                    guard leader.recover() else { return opened }
                }
            }
            let done = await read(jobs, leader, connect, tasks: tasks)
            for index in exports where opened[index]?.faults.isEmpty == true {
                let parts = jobs.indices.filter { jobs[$0].export == index }
                take(done.filter { parts.contains($0.job) }, parts.count, of: found[index].export, into: &opened[index])
            }
        } catch {
            opened[exports[0]]?.faults += error.diagnostics
        }
        return opened
    }

    /// The parts of one export, and what is to be said of them.
    private static func jobs(
        _ export: ExportSettings, _ index: Int, _ session: PostgresSession
    ) throws(Rejection) -> (jobs: [Job], notes: [Diagnostic]) {
        guard let origin = export.postgres else { return ([], []) }
        let name = origin.name(for: export.table)
        session.place = export.location
        let relation = try PostgresRelation(origin, session, at: export.location)
        let columns = try PostgresColumns(relation, for: export, name: name)
        if let named = origin.partitionBy, !relation.columns.contains(where: { $0.lowercased() == named.lowercased() }) {
            throw Rejection(
                Diagnostic(
                    .error, "missing-column", at: export.location, "`partition-by` names \(named), and there is no such column",
                    remedies: ["name one of \(relation.columns.prefix(12).joined(separator: ", "))"]))
        }
        let parts = PostgresParts(relation, columns, for: export, origin)
        let jobs = parts.statements.enumerated().map {
            Job(export: index, part: $0.offset, statement: $0.element, place: .init(file: name))
        }
        return (jobs, columns.note(name).map { [$0] } ?? [])
    }

    /// Over as many connections as there are tasks; what is left because the server had no more of them, over the first.
    private static func read(
        _ jobs: [Job], _ leader: PostgresSession, _ connect: String, tasks: Int
    ) async -> [Done] {
        let queue = PostgresQueue()
        var done: [Done] = []
        let followers = min(tasks, jobs.count)
        if followers > 1, let snapshot = leader.snapshot {
            let parts = try? await concurrently(followers, tasks: followers) { _ throws(Rejection) -> [Done] in
                guard let session = try? PostgresSession(connect, at: nil, snapshot: snapshot) else { return [] }
                return work(queue, jobs, session)
            }
            done = (parts ?? []).flatMap { $0 }
        }
        done += work(queue, jobs, leader)
        return done.sorted { $0.job < $1.job }
    }

    private static func work(_ queue: PostgresQueue, _ jobs: [Job], _ session: PostgresSession) -> [Done] {
        var done: [Done] = []
        while !queue.isStopped {
            let index = queue.take()
            if index >= jobs.count { break }
            let job = jobs[index]
            do throws(Rejection) {
                session.place = job.place
                let piece = try session.copy(job.statement, hasHeader: job.part == 0, queue, at: job.place)
                done.append(Done(job: index, piece: piece))
            } catch {
                done.append(Done(job: index, piece: nil, faults: error.diagnostics))
                // Without its connection the rows of this snapshot are lost, and so is the run.
                if error.diagnostics.contains(where: { $0.code == "postgres-cut" }) || !session.recover() { queue.stop() }
            }
        }
        return done
    }

    /// Only all of an export's parts are an export.
    private static func take(_ done: [Done], _ parts: Int, of export: ExportSettings, into opened: inout OpenedSources?) {
        guard let origin = export.postgres else { return }
        let name = origin.name(for: export.table)
        let pieces = done.compactMap(\.piece)
        guard pieces.count == parts else {
            let faults = done.flatMap(\.faults).prefix(1)
            opened?.faults += faults.isEmpty ? [PostgresFault.stopped(at: .init(file: name))] : Array(faults)
            return
        }
        opened?.texts.append(ExportBytes(name: name, spooled: SpooledRows(pieces)))
    }
}
