import Basis
import Dealership
import Definitions
import Ingest
import Programs
import Reporting

/// A report's way from exports to what its pages are made from, for any month.
struct ReportRun {
    let definition: ReportDefinition
    let folder: FolderOptions
    let effort: String?

    struct Made {
        var context: ReportContext
        var tabulated: TabulatedExports
        /// Of efforts and reward rules; those of rows are in `tabulated`.
        var diagnostics: [Diagnostic]
    }

    func made(_ request: ReportRequest, _ exports: StagedExports) async throws(Rejection) -> Made {
        let settings = exports.header.settings
        let tables = definition.tables
        let specs = ReportContext.specs(tables, for: request, settings: settings)
        let efforts = try ReportEfforts(
            definition, settings, directory: folder.directory, effort: effort, store: request.store)
        let programme = efforts.programme
        let rewards = try RewardsOfReport(definition, settings, directory: folder.directory, month: request.month)
        let result = try await exports.tabulate(
            specs + (programme?.specs ?? []) + rewards.job.specs, rewards: rewards.job, tasks: folder.taskCount)
        let header = exports.header(counting: result.faults)
        var context = ReportContext(
            request: request, header: header, tables: tables, tallies: result.tables, leftOutByRule: result.leftOut)
        if definition.isAbout(.outage), let incident = IncidentDetails(context) {
            context.details = try await exports.details(incident, tasks: folder.taskCount)
        }
        context.effortRecords = efforts.records
        if let programme {
            context.efforts = programme.assess(
                Array(result.tables.dropFirst(specs.count).prefix(programme.specs.count)),
                cut: EffortCut.day(request.month, header), context: EffortCut.context(header))
        }
        context.effort = effort
        context.rewards = try rewards.rewards(
            exports, result, gates: Array(result.tables.suffix(rewards.job.specs.count)),
            closed: rewards.closed(settings))
        return Made(context: context, tabulated: result, diagnostics: efforts.diagnostics + rewards.diagnostics)
    }
}
