import Basis
import Dealership
import Ingest
import Measures
import Programs

/// Reward rules over months, from the exports as they are now.
struct RewardRun {
    let header: JournalHeader
    /// Every rule for every month in which it is in force, by rule, then month.
    let results: [RewardResult]
    /// What was noticed about rows.
    let diagnostics: [Diagnostic]

    /// - Parameter months: from the header, since the latest month is known only then.
    static func read(
        _ folder: FolderOptions, rules: [RewardRule],
        months: (JournalHeader) throws(Rejection) -> ClosedRange<Month>
    ) async throws(Rejection) -> RewardRun {
        let (exports, notes) = try await folder.readExports()
        let wanted = try months(exports.header)
        let (results, problems) = try await results(exports, rules, months: wanted, tasks: folder.taskCount)
        return RewardRun(header: exports.header, results: results, diagnostics: notes + problems)
    }

    static func results(
        _ exports: StagedExports, _ rules: [RewardRule], months: ClosedRange<Month>, tasks: Int
    ) async throws(Rejection) -> (results: [RewardResult], diagnostics: [Diagnostic]) {
        let job = RewardJob(rules, months: months)
        let tabulated = try await exports.tabulate(job.specs, rewards: job, tasks: tasks)
        return (
            results(job, exports, tabulated, gates: tabulated.tables), exports.diagnostics(of: tabulated)
        )
    }

    /// Of rows that a pass has gathered.
    /// - Parameter gates: the tables of `job.specs`.
    static func results(
        _ job: RewardJob, _ exports: StagedExports, _ tabulated: TabulatedExports, gates: [TallyTable]
    ) -> [RewardResult] {
        job.rules.enumerated().flatMap { position, rule -> [RewardResult] in
            let found = tabulated.rewards[position]
            // In order of files and lines their places are found in one go.
            let ordered = found.rows.sorted { $0.source < $1.source }
            let rows = zip(ordered, exports.locations(of: ordered.map(\.source))).map { one, place in
                var row = one.row
                row.source = place.row.map { "\(place.file):\($0)" } ?? place.file
                return row
            }
            let byMonth = Dictionary(grouping: rows, by: \.day.month)
            let calculation = RewardCalculation(rule, exports.header, tabulated.calendars[position])
            let months = (0..<(job.months.upperBound - job.months.lowerBound + 1)).map { job.months.lowerBound + $0 }
            return months.filter(rule.isInForce).map { month in
                calculation.result(
                    month, rows: byMonth[month] ?? [], assigned: found.assigned, total: found.total,
                    gates: job.gates(position, month, gates))
            }
        }
    }
}
