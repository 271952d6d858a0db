import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Measures
import Programs
import Reporting
import Store

/// Options of every command that reads a dealership's folder.
struct FolderOptions: ParsableArguments {
    @Argument(help: "The dealership's folder, with dealership.yaml and exports/.")
    var directory: String

    @Option(help: "Another file with the settings.", completion: .file(extensions: ["yaml"]))
    var settings: String?

    @Option(name: .customLong("as-of"), help: "Count nothing after this: 2026-10-31, or with a time. Default: the end of the exports.")
    var asOf: String?

    @Flag(help: "Show offending values in messages; they may be customers' data.")
    var showValues = false

    @Flag(help: "Rows set aside are an error, not a warning.")
    var strict = false

    @Option(help: "How many tasks work at once. Default: one a core.")
    var tasks: Int?

    @Option(
        help: """
            About how much memory may be taken, as 500MB or 2GB, 64MB at least: rows that do not fit go to a temporary file. \
            Default: 256MB.
            """)
    var memory = MemorySize.usual

    @Flag(name: .customLong("exports"), help: "Read the files in exports/, also where there is a store.")
    var readsFiles = false

    /// What was imported; nil: the files are read.
    func archive() throws(Rejection) -> RecordReading? {
        readsFiles ? nil : try RecordReading.open(RecordFile(directory: directory))
    }

    var taskCount: Int { max(1, tasks ?? ProcessInfo.processInfo.activeProcessorCount) }

    /// Reads `dealership.yaml`.
    func readSettings() throws(Rejection) -> Checked<DealershipSettings> {
        try FolderOptions.readSettings(of: directory, from: settings)
    }

    /// - Parameter settings: another file than the folder's own.
    static func readSettings(
        of directory: String, from settings: String? = nil
    ) throws(Rejection) -> Checked<DealershipSettings> {
        let (bytes, name) = try bytes(of: directory, from: settings)
        return try DealershipFile.read(bytes: bytes, file: name)
    }

    /// The settings as far as they can be read, and every fault of them: so that exports can be looked at in the same run.
    func readableSettings() throws(Rejection) -> (settings: DealershipSettings?, diagnostics: [Diagnostic]) {
        let (bytes, name) = try FolderOptions.bytes(of: directory, from: settings)
        return DealershipFile.readable(bytes: bytes, file: name)
    }

    private static func bytes(of directory: String, from settings: String?) throws(Rejection) -> ([UInt8], String) {
        let path = settings ?? "\(directory)/dealership.yaml"
        let name = settings ?? "dealership.yaml"
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw Rejection(
                Diagnostic(
                    .error, "no-folder", at: .init(file: directory), "there is no such folder",
                    remedies: ["check the path", "kpi sample \(directory) makes one to try"]))
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Rejection(
                Diagnostic(
                    .error, "no-settings", at: .init(file: name), "the folder has no dealership.yaml",
                    remedies: ["write one: name, currency, time-zone and hours are the least of it"]))
        }
        return ([UInt8](data), name)
    }

    func readExports() async throws(Rejection) -> (exports: StagedExports, notes: [Diagnostic]) {
        let settings = try readSettings()
        return (try await readExports(settings.value), settings.diagnostics)
    }

    /// - Parameter instant: an as-of in place of the option's.
    func readExports(_ settings: DealershipSettings, asOf instant: Instant? = nil) async throws(Rejection) -> StagedExports {
        let zones = ZoneDirectory()
        var end = instant
        if end == nil, let asOf {
            let zone = try zones.rules(settings.timeZone ?? "UTC")
            guard let instant = LocalTimeText.instant(asOf, zone: zone, atEndOfDay: true) else {
                throw Rejection(
                    Diagnostic(
                        .error, "bad-as-of", "--as-of \(asOf) is no date", remedies: ["write 2026-10-31 or 2026-10-31T18:00"]))
            }
            end = instant
        }
        let archive = try archive()
        var exports = try await StagedExports.read(
            directory: directory, settings: settings, zones: zones, asOf: end, tasks: taskCount,
            memory: memory.ofRows(tasks: taskCount), archive: archive)
        if archive != nil { exports.note(try filesToImport(settings)) }
        return exports
    }

    /// Files that the store does not have as they are now: whoever put them there may believe they are read.
    private func filesToImport(_ settings: DealershipSettings) throws(Rejection) -> [Diagnostic] {
        let stamps = try RecordFile(directory: directory).stamps()
        let names = try StagedExports.filesToImport(directory: directory, settings: settings, stamps: stamps)
        guard let first = names.first else { return [] }
        return [
            Diagnostic(
                .warning, "not-imported", at: .init(file: first),
                names.count == 1
                    ? "the file is not in the store, which is read"
                    : "this file and \(names.count - 1) more are not in the store, which is read",
                remedies: ["kpi import \(directory)", "or read the files themselves with --exports"])
        ]
    }
}

/// Prints diagnostics on standard error and says how the command ends.
struct Messages {
    var showValues: Bool
    /// Of one code and file so many are printed, then how many more there are.
    var limit: Int? = 20

    func print(_ diagnostics: [Diagnostic], least: Diagnostic.Severity = .warning) {
        var printed: [String: Int] = [:]
        var text = ""
        for diagnostic in diagnostics where diagnostic.severity >= least {
            let key = "\(diagnostic.code)\u{0}\(diagnostic.location?.file ?? "")"
            printed[key, default: 0] += 1
            if let limit, printed[key, default: 0] > limit { continue }
            text += diagnostic.rendered(showValues: showValues) + "\n"
        }
        if let limit {
            for (key, count) in printed.sorted(by: { $0.key < $1.key }) where count > limit {
                let parts = key.split(separator: "\u{0}", omittingEmptySubsequences: false)
                // What is of no file is of the pages, which kpi check does not draw.
                text += parts[1].isEmpty
                    ? "\(count - limit) more of [\(parts[0])]\n"
                    : "\(parts[1]): \(count - limit) more of [\(parts[0])]; kpi check --all lists them\n"
            }
        }
        FileHandle.standardError.write(Data(text.utf8))
    }

    /// Of a command that is not about rows: how many were noticed, and where they are listed.
    func summarize(_ diagnostics: [Diagnostic], directory: String) {
        let count = diagnostics.count { $0.severity == .warning }
        guard count > 0 else { return }
        let text = "exports: \(count) warning\(count == 1 ? "" : "s") about rows; kpi check \(directory) lists them\n"
        FileHandle.standardError.write(Data(text.utf8))
    }

    /// Runs a command's work; faults are printed and end it with 1.
    func run(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let rejection as Rejection {
            print(rejection.diagnostics)
            throw ExitCode(1)
        }
    }
}

/// A time given on the command line.
enum LocalTimeText {
    /// `2026-10-31`, `2026-10-31T14:05[:06]` or with a space, in the zone; with `Z` or an offset, as it says.
    /// A date alone is its beginning, or its end where asked.
    static func instant(_ text: String, zone: ZoneRules, atEndOfDay: Bool) -> Instant? {
        guard let written = readTime(text) else { return nil }
        guard let second = written.secondOfDay else {
            return zone.startOfDay(atEndOfDay ? written.day + 1 : written.day)
        }
        if let offset = written.offset {
            return Instant(seconds: Int64(written.day.number) * 86_400 + Int64(second) - Int64(offset))
        }
        return zone.instant(day: written.day, secondOfDay: second).instant
    }
}

extension StagedExports {
    /// Tallies every table over all sharing groups, gathers the rows that rewards count, and what the groups set aside.
    func tabulate(
        _ specs: [TableSpec], rewards: RewardJob = RewardJob(), tasks: Int
    ) async throws(Rejection) -> TabulatedExports {
        let tabulation = Tabulation(
            header: header, specs: specs, others: rewards.rules.map { $0.linking(header.settings) })
        let exports = self
        let asked = tabulation.tablesByGroup()
        if groupCount < tasks { return try await tabulateByTable(tabulation, asked, rewards, tasks: tasks) }
        let merged = MergedTables()
        let parts = try await concurrently(groupCount, tasks: tasks) { group throws(Rejection) -> GroupResult in
            let (tables, rest) = try exports.tallied(group, tabulation, asked[group], rewards)
            merged.take(tables)
            return rest
        }
        var result = TabulatedExports(tabulation, rewards)
        merged.merge(into: &result.tables)
        for part in parts {
            for (index, rows) in part.rewards.enumerated() { result.rewards[index].merge(rows) }
            result.faults += part.faults
            result.contradictions += part.contradictions
            result.leftOut.merge(part.leftOut, uniquingKeysWith: +)
        }
        try await result.complete(tabulation, of: self, tasks: tasks)
        return result
    }
}

extension StagedExports {
    /// One sharing group's part of the tables at these positions, as every way to the figures counts it, and what it adds
    /// beside them.
    func tallied(
        _ group: Int, _ tabulation: Tabulation, _ wanted: [Int], _ rewards: RewardJob = RewardJob()
    ) throws(Rejection) -> (tables: [(table: Int, part: TallyTable)], rest: GroupResult) {
        let journal = try journal(ofGroup: group)
        let facts = tabulation.link(journal)
        let tables = wanted.map { (table: $0, part: tabulation.tally(tabulation.specs[$0], facts)) }
        let rest = GroupResult(
            faults: journal.faults, contradictions: tabulation.faults(facts), leftOut: tabulation.leftOut(facts),
            rewards: rewards.rules.indices.map { rewards.rows($0, facts) })
        return (tables, rest)
    }

    /// Few groups, many tables: linked one after the other, tallied side by side.
    private func tabulateByTable(
        _ tabulation: Tabulation, _ asked: [[Int]], _ rewards: RewardJob, tasks: Int
    ) async throws(Rejection) -> TabulatedExports {
        var result = TabulatedExports(tabulation, rewards)
        let all = tabulation.orderOfWork
        for group in 0..<groupCount {
            let (journal, identity) = try await self.journal(ofGroup: group, tasks: tasks)
            let facts = tabulation.link(journal, identity)
            // Conversations take longest to join: on one task, while another counts what does not read them.
            let wanted = Set(asked[group])
            let order = all.filter(wanted.contains)
            let jobs = 1 + order.count + rewards.rules.count
            let parts = try await concurrently(jobs, tasks: tasks) { job throws(Rejection) -> GroupPart in
                if job == 0 {
                    tabulation.joinConversations(facts)
                    return .joined
                }
                if job <= order.count { return .table(order[job - 1], tabulation.tally(tabulation.specs[order[job - 1]], facts)) }
                let rule = job - order.count - 1
                return .rewards(rule, rewards.rows(rule, facts))
            }
            for part in parts {
                switch part {
                case .joined: break
                case .table(let index, let table): result.tables[index].merge(table)
                case .rewards(let rule, let rows): result.rewards[rule].merge(rows)
                }
            }
            result.faults += journal.faults
            result.contradictions += tabulation.faults(facts)
            result.leftOut.merge(tabulation.leftOut(facts), uniquingKeysWith: +)
        }
        try await result.complete(tabulation, of: self, tasks: tasks)
        return result
    }

    /// What one task makes of a group.
    private enum GroupPart: Sendable {
        case joined
        case table(Int, TallyTable)
        case rewards(Int, RewardRows)
    }
}

extension StagedExports {
    /// What a report on one outage shows beyond its tables, of the sharing groups that it hit.
    func details(_ incident: IncidentDetails, tasks: Int) async throws(Rejection) -> ReportDetails {
        let context = LinkingContext(header: header, parameters: incident.parameters)
        let groups = incident.groups(header)
        let exports = self
        let parts = try await concurrently(groups.count, tasks: tasks) { position throws(Rejection) -> ReportDetails in
            incident.details(Facts(try exports.journal(ofGroup: groups[position]), context: context))
        }
        var details = ReportDetails()
        for part in parts { details.merge(part) }
        return details
    }
}

/// What a group adds beside its tables.
struct GroupResult: Sendable {
    var faults: [GroupFault]
    var contradictions: [LinkFault]
    var leftOut: [String: Int]
    /// By rule.
    var rewards: [RewardRows]
}

struct TabulatedExports: Sendable {
    var tables: [TallyTable]
    /// By rule of the job.
    var rewards: [RewardRows]
    /// By rule: the opening hours that its times were taken by.
    var calendars: [OpenCalendars]
    var faults: [GroupFault] = []
    /// Rows that contradict each other once they are joined; they count as page 7 says.
    var contradictions: [LinkFault] = []
    /// Records left out by rule, by the rule's words.
    var leftOut: [String: Int] = [:]

    fileprivate init(_ tabulation: Tabulation, _ job: RewardJob) {
        tables = tabulation.specs.map { _ in TallyTable() }
        rewards = job.rules.map { _ in RewardRows() }
        calendars = job.rules.compactMap { tabulation.context($0.linking(tabulation.header.settings))?.calendars }
    }

    /// Adds what belongs to no group: all groups have said which of their rows do not count.
    fileprivate mutating func complete(
        _ tabulation: Tabulation, of exports: StagedExports, tasks: Int
    ) async throws(Rejection) {
        let merged = tables
        let audits = exports.header(counting: faults).audits
        tables = try await concurrently(merged.count, tasks: tasks) { position throws(Rejection) in
            let spec = tabulation.specs[position]
            var table = tabulation.common(position, audits: audits)
            table.merge(merged[position])
            return spec.request.measure.completed(table, spec)
        }
        faults.sort { $0.source < $1.source }
        contradictions.sort { $0.source < $1.source }
    }
}

extension StagedExports {
    /// Everything that was noticed about rows, in the order of files and lines.
    func diagnostics(of result: TabulatedExports) -> [Diagnostic] {
        diagnostics + diagnostics(of: result.faults) + diagnostics(of: result.contradictions)
    }

    /// The same when something else is done.
    func diagnostics(of result: TabulatedExports, after step: AsyncStream<Void>) async -> [Diagnostic] {
        for await _ in step {}
        return diagnostics(of: result)
    }
}
