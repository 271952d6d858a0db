public import Basis
import Dealership
import Foundation

/// A job's folder before it is written: the plan, and the exports as partitions read them.
public struct PlannedJob: Sendable {
    public var plan: JobPlan
    /// By name, relative to the folder: small files whole, those whose rows are handed out with their header alone.
    public var files: [(name: String, bytes: [UInt8])]
}

extension StagedExports {
    /// Plans the figures of these exports in partitions.
    /// - Parameter directory: where they were read from.
    /// - Throws: `Rejection` with everything that only somebody who sees the whole can count.
    public func planned(directory: String) throws(Rejection) -> PlannedJob {
        var faults: [Diagnostic] = []
        func refuse(_ code: String, _ file: String, _ what: String, _ remedy: String) {
            faults.append(Diagnostic(.error, code, at: .init(file: file), what, remedies: [remedy]))
        }
        if !tables.contains(where: { $0.export.table == .stores }) {
            refuse(
                "plan-needs-stores", "exports/stores.csv", "without stores.csv no partition knows which stores there are",
                "write stores.csv: store_id, name, time_zone, group")
        }
        if tables.contains(where: { !$0.elsewhere.isEmpty }) {
            refuse(
                "conversation-across-groups", tables.first { !$0.elsewhere.isEmpty }?.audit.files.first ?? "",
                "conversations run over stores of several sharing groups: no partition has all of one",
                "give these stores one group in stores.csv")
        }
        var job = PlannedJob(
            plan: JobPlan(asOf: header.asOf.seconds, asOfDay: header.asOfDay.number, tables: [], inputs: [],
                names: header.names), files: [])
        for table in tables {
            job.plan.tables.append(
                JobPlan.Table(
                    table: table.export.table.rawValue, firstDay: table.audit.rowsByDay.keys.min()?.number,
                    lastDay: table.audit.rowsByDay.keys.max()?.number, lastPlausibleDay: table.lastPlausibleDay?.number,
                    hasDaysAhead: true))
            let isHandedOut = table.export.table.isOfOneStore && table.parts.allSatisfy { $0.chunk.range(ofGroup: -1).isEmpty }
            for (file, layout) in table.layouts.sorted(by: { $0.key < $1.key }) {
                let name = files[file].name
                guard isHandedOut else {
                    guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)") else {
                        refuse("plan-needs-files", name, "this is no file that can be shipped", "export it as CSV")
                        continue
                    }
                    job.files.append((name, [UInt8](data)))
                    continue
                }
                guard !files[file].isMade, !name.lowercased().hasSuffix(".gz") else {
                    refuse(
                        "plan-needs-text", name, "its rows cannot be handed out: an engine reads them as delimited text",
                        "unpack it, or export it as CSV")
                    continue
                }
                job.files.append((name, try files[file].bytes(from: 0, count: layout.dataOffset)))
                job.plan.inputs.append(input(name, table, layout))
            }
        }
        guard faults.isEmpty else { throw Rejection(faults) }
        job.plan.inputs.sort { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
        return job
    }

    private func input(_ name: String, _ table: StagedTable, _ layout: ExportLayout) -> JobPlan.Input {
        var store: Int?
        if let field = layout.storeField, layout.fields[field].shaping == nil,
            case .columns(let columns) = layout.fields[field].source, columns.count == 1 { store = columns[0] }
        return JobPlan.Input(
            file: name, table: table.export.table.rawValue, columns: layout.names, delimiter: layout.delimiter,
            hasQuotes: layout.hasQuotes, headerLines: layout.headerLines, storeColumn: store)
    }
}

extension StandardTable {
    /// Rows of these belong to one sharing group, and there are many; the others are small and everybody reads them.
    var isOfOneStore: Bool {
        switch self {
        case .serviceVisits, .leads, .appointments, .sales, .messages, .conversations, .ratings, .customers, .mailings: true
        default: false
        }
    }
}
