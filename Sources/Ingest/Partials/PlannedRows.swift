public import Basis
public import Dealership

/// Rows of some sharing groups in place of a job's files, and what the plan says of the whole.
struct PlannedRows: Sendable {
    var plan: JobPlan
    /// By file of the plan: records, each with its line break.
    var records: [String: [UInt8]] = [:]
    /// What the partial states have of each table of the plan: to be counted with what is read here.
    var audits: [[String]: Int64] = [:]
}

extension ExportOpening {
    /// Puts the rows behind the headers of their files.
    mutating func take(_ rows: PlannedRows) throws(Rejection) {
        for index in exports.indices {
            guard let records = rows.records[exports[index].bytes.name] else { continue }
            let head = try exports[index].bytes.bytes(from: 0, count: exports[index].layout.dataOffset)
            exports[index].bytes = exports[index].bytes.replaced(by: head + records)
            files[exports[index].file] = exports[index].bytes
        }
    }
}

extension StagedExports {
    /// Coverage as it is of the whole.
    mutating func settle(_ rows: PlannedRows) throws(Rejection) {
        guard tables.map(\.export.table.rawValue) == rows.plan.tables.map(\.table) else {
            throw Rejection(
                Diagnostic(
                    .error, "plan-of-other-exports", at: .init(file: "plan.json"),
                    "the plan is of other exports than those in the job's folder", remedies: ["make the folder again with kpi plan"]))
        }
        for (index, planned) in rows.plan.tables.enumerated() {
            tables[index].audit.add(rows.audits, table: index)
            tables[index].lastPlausibleDay = planned.lastPlausibleDay.map(Day.init(number:))
            tables[index].hasDaysAhead = planned.hasDaysAhead
            if let limit = tables[index].lastPlausibleDay {
                for day in tables[index].audit.rowsByDay.keys where day > limit { tables[index].audit.rowsByDay[day] = nil }
            }
            for day in [planned.firstDay, planned.lastDay].compactMap(\.self) {
                tables[index].audit.rowsByDay[Day(number: day), default: 0] += 0
            }
        }
        header.asOf = Instant(seconds: rows.plan.asOf)
        header.asOfDay = Day(number: rows.plan.asOfDay)
    }
}

extension ExportAudit {
    /// What became of the rows, by table, kind of count and its key.
    func counts(table: Int) -> [[String]: Int64] {
        var counts: [[String]: Int64] = [:]
        func add(_ kind: String, _ key: String, _ count: Int) { counts[[String(table), kind, key]] = Int64(count) }
        add("rows", "read", rowsRead)
        add("clock", "skipped", skippedLocalTimes)
        add("clock", "repeated", repeatedLocalTimes)
        for (reason, count) in setAside { add("row", String(reason.rawValue), count) }
        for (reason, count) in cellsSetAside { add("cell", String(reason.rawValue), count) }
        for (day, count) in rowsByDay { add("day", String(day.number), count) }
        return counts.filter { $0.value != 0 }
    }

    mutating func add(_ counts: [[String]: Int64], table: Int) {
        for (key, amount) in counts where key.count == 3 && key[0] == String(table) {
            let count = Int(amount)
            switch (key[1], key[2]) {
            case ("rows", _): rowsRead += count
            case ("clock", "skipped"): skippedLocalTimes += count
            case ("clock", _): repeatedLocalTimes += count
            case ("row", let word):
                if let reason = UInt8(word).flatMap(SetAside.init) { setAside[reason, default: 0] += count }
            case ("cell", let word):
                if let reason = UInt8(word).flatMap(SetAside.init) { cellsSetAside[reason, default: 0] += count }
            case ("day", let word):
                if let day = Int32(word).map(Day.init(number:)) { rowsByDay[day, default: 0] += count }
            default: break
            }
        }
    }
}

extension StagedExports {
    /// Reads a job's folder, with these records in place of the rows that are handed out.
    /// - Parameters:
    ///   - records: by file of the plan.
    ///   - audits: of partial states, to be counted with what is read.
    public static func read(
        job directory: String, plan: JobPlan, settings: DealershipSettings, records: [String: [UInt8]] = [:],
        audits: [[String]: Int64] = [:], tasks: Int
    ) async throws(Rejection) -> StagedExports {
        try await read(
            directory: directory, settings: settings, zones: ZoneDirectory(), asOf: Instant(seconds: plan.asOf),
            tasks: tasks, partSize: ChunkReader.partSize, rows: PlannedRows(plan: plan, records: records, audits: audits))
    }

    /// What became of the rows that were handed out.
    /// - Parameter faults: rows that their groups set aside, of whichever table: nobody else tallies these groups.
    public func counts(of plan: JobPlan, with faults: [GroupFault]) -> [[String]: Int64] {
        var counts: [[String]: Int64] = [:]
        for index in tables.indices where isHandedOut(index, plan) {
            counts.merge(tables[index].audit.counts(table: index), uniquingKeysWith: +)
        }
        var found = tables.map { ExportAudit(table: $0.audit.table, label: "", system: "", files: []) }
        count(faults, in: &found)
        for (index, audit) in found.enumerated() { counts.merge(audit.counts(table: index), uniquingKeysWith: +) }
        return counts
    }

    private func isHandedOut(_ table: Int, _ plan: JobPlan) -> Bool {
        tables[table].audit.files.contains { file in plan.inputs.contains { $0.file == file } }
    }

    /// - Throws: `Rejection` when a row that was handed out is of none of these groups: another partition would not have it.
    public func verify(groups: Set<Int>, _ plan: JobPlan) throws(Rejection) {
        for index in tables.indices where isHandedOut(index, plan) {
            let isOther = tables[index].parts.contains { part in
                !part.chunk.range(ofGroup: -1).isEmpty
                    || (0..<groupCount).contains { !groups.contains($0) && !part.chunk.range(ofGroup: groupCodes[$0]).isEmpty }
            }
            guard isOther else { continue }
            throw Rejection(
                Diagnostic(
                    .error, "row-of-other-group", at: .init(file: tables[index].audit.files.first ?? "", column: "store_id"),
                    "a row was handed out with a sharing group that is not its store's",
                    remedies: ["take the sharing group of a row from stores.csv, as the job of kpi plan does"]))
        }
    }
}
