import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures

/// A job's folder, as `kpi plan` made it, read.
struct Job {
    let directory: String
    let plan: JobPlan
    let settings: DealershipSettings
    let specs: [TableSpec]
    let specification: String

    init(directory: String) throws(Rejection) {
        self.directory = directory
        plan = try JobPlan.read(directory: directory)
        settings = try FolderOptions.readSettings(of: directory).value
        let path = "\(directory)/tables.yaml"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Rejection(
                Diagnostic(
                    .error, "no-file", at: .init(file: path), "there is no such file", remedies: ["make the job with kpi plan"]))
        }
        specs = try TablesFile.read(bytes: [UInt8](data), file: path, settings: settings).value
        specification = try JobPlan.fingerprint(directory: directory, version: Program.version)
    }

    func read(
        _ records: [String: [UInt8]] = [:], audits: [[String]: Int64] = [:], tasks: Int
    ) async throws(Rejection) -> StagedExports {
        try await StagedExports.read(
            job: directory, plan: plan, settings: settings, records: records, audits: audits, tasks: tasks)
    }

    func state(_ exports: StagedExports) -> PartialState {
        PartialState(
            specification: specification, zones: ZoneDirectory().fingerprint(of: exports.header.zones),
            asOf: exports.header.asOf, tables: specs.count)
    }
}

/// Reads sorted lines and tallies them, some sharing groups at a time.
struct PartialRun {
    private let job: Job
    private let tasks: Int
    private(set) var state: PartialState
    private let groups: [String: Int]
    private let inputs: Set<String>
    private var records: [String: [UInt8]] = [:]
    private var pending: Set<String> = []
    private var size = 0
    private var before: [UInt8] = []
    private var lines = 0
    /// Bytes of rows that are tallied at once.
    private static let batch = 24 << 20

    init(_ job: Job, tasks: Int) async throws(Rejection) {
        self.job = job
        self.tasks = tasks
        let exports = try await job.read(tasks: tasks)
        state = job.state(exports)
        groups = Dictionary(exports.header.groups.enumerated().map { ($1, $0) }) { a, _ in a }
        inputs = Set(job.plan.inputs.map(\.file))
        for input in inputs { records[input] = [] }
    }

    private func refuse(_ code: String, _ what: String, _ remedy: String) -> Rejection {
        Rejection(
            Diagnostic(.error, code, at: .init(file: "standard input", row: lines), what, remedies: [remedy]))
    }

    /// Takes one line without its line break.
    mutating func take(_ line: [UInt8]) async throws(Rejection) {
        lines += 1
        if line.lexicographicallyPrecedes(before) {
            throw refuse(
                "rows-unsorted", "the row sorts before the one above it",
                "sort by bytes: LC_ALL=C sort, or SORT BY line")
        }
        guard let row = RowLine(line) else {
            throw refuse(
                "rows-unreadable", "this is no row of a job: group, file and record with tabs between them",
                "write rows with kpi rows or the job's SQL")
        }
        guard inputs.contains(row.file) else {
            throw refuse("rows-of-unknown-file", "the plan hands out no rows of this file", "use the folder of the same kpi plan")
        }
        guard row.group.isEmpty || groups[row.group] != nil else {
            throw refuse("rows-of-unknown-group", "stores.csv has no such sharing group", "use the folder of the same kpi plan")
        }
        if !pending.contains(row.group) {
            if size >= PartialRun.batch { try await tally() }
            pending.insert(row.group)
        }
        let place = PartialState.Place(group: row.group, file: row.file)
        state.proof[place, default: .init()].add(RowLine.checksum(line))
        records[row.file, default: []] += row.record
        size += row.record.count
        before = line
    }

    func cutOff() -> Rejection {
        Rejection(
            Diagnostic(
                .error, "rows-cut-off", at: .init(file: "standard input", row: lines + 1),
                "the last line has no end: the rows were cut off",
                remedies: ["find out why their writer stopped, and run it again"]))
    }

    mutating func finish() async throws(Rejection) -> PartialState {
        try await tally()
        return state
    }

    private mutating func tally() async throws(Rejection) {
        if pending.isEmpty { return }
        let exports = try await job.read(records, tasks: tasks)
        let codes = Set(pending.compactMap { groups[$0] })
        try exports.verify(groups: codes, job.plan)
        try verify(names: exports.header)
        let tabulation = Tabulation(header: exports.header, specs: job.specs)
        let asked = tabulation.tablesByGroup()
        var faults: [GroupFault] = []
        for group in codes.sorted() {
            let (tables, rest) = try exports.tallied(group, tabulation, asked[group])
            for (index, table) in tables { state.tables[index].merge(table) }
            faults += rest.faults
        }
        state.audits.merge(exports.counts(of: job.plan, with: faults), uniquingKeysWith: +)
        for input in inputs { records[input] = [] }
        pending = []
        size = 0
    }
}

extension PartialRun {
    /// A store is held against others by channel or source: a partition that does not know one of them would not count its
    /// stores as such that had none of it.
    private func verify(names header: JournalHeader) throws(Rejection) {
        guard !header.stores.isEmpty, job.specs.contains(where: { !$0.request.measure.storesBeside(0, header).isEmpty })
        else { return }
        let unknown = Set(header.names).subtracting(job.plan.names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard let first = unknown.first else { return }
        throw refuse(
            "name-not-planned",
            "\(unknown.count == 1 ? "the name \(first) is" : "names are") not in the plan, which holds stores against each other"
                + (unknown.count == 1 ? "" : ": " + unknown.prefix(5).joined(separator: ", ")),
            "make the plan where all rows are, or leave the tables out that hold stores against each other")
    }
}

extension Job {
    /// The finished tables of a merged state.
    func finalized(_ state: PartialState, from file: String, tasks: Int) async throws(Rejection) -> [TallyTable] {
        let exports = try await read(audits: state.audits, tasks: tasks)
        var own = self.state(exports)
        // Of another job or other zones: refused as merging refuses it.
        try own.merge(state, from: file)
        let tabulation = Tabulation(header: exports.header, specs: specs)
        var tables = state.tables
        var faults: [GroupFault] = []
        let groups = state.groups
        let asked = tabulation.tablesByGroup()
        for (code, group) in exports.header.groups.enumerated() where !groups.contains(group) {
            let (parts, rest) = try exports.tallied(code, tabulation, asked[code])
            for (index, table) in parts { tables[index].merge(table) }
            faults += rest.faults
        }
        // Those of the other groups came with the state's counts.
        let audits = exports.header(counting: faults).audits
        for index in tables.indices { tables[index].merge(tabulation.common(index, audits: audits)) }
        return tabulation.completed(tables)
    }
}
