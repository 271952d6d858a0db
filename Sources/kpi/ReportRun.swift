import Basis
import Dealership
import Definitions
import Ingest
import Measures
import Programs
import Reporting

/// A report's way from exports to what its pages are made from, for any month, of one subject or of many at once.
struct ReportRun {
    let definition: ReportDefinition
    let folder: FolderOptions
    let effort: String?
    let efforts: ReportEfforts

    struct Made {
        var context: ReportContext
        var tabulated: TabulatedExports
        /// Of efforts and reward rules; those of rows are in `tabulated`.
        var diagnostics: [Diagnostic]
    }

    func made(_ request: ReportRequest, _ exports: StagedExports) async throws(Rejection) -> Made {
        let many = try await many([request], of: request.month, exports)
        var context = many.context(0)
        if definition.isAbout(.outage), let incident = IncidentDetails(context) {
            context.details = try await exports.details(incident, tasks: folder.taskCount)
        }
        return Made(context: context, tabulated: many.tabulated, diagnostics: many.diagnostics)
    }

    /// The exports are gone through once, whatever the number of requests.
    /// - Parameter beside: one more report on all stores, of tables alone; the last of the plans.
    func many(
        _ requests: [ReportRequest], of month: Month, _ exports: StagedExports, beside: ReportDefinition? = nil
    ) async throws(Rejection) -> ManyReports {
        let settings = exports.header.settings
        let rewards = try RewardsOfReport(definition, settings, directory: folder.directory, month: month)
        var specs = DistinctSpecs()
        var plans = requests.map { request in
            let programme = efforts.programme(request.store)
            return ManyReports.Plan(
                request: request, programme: programme, reads: definition.tables,
                tables: specs.add(ReportContext.specs(definition.tables, for: request, settings: settings)),
                efforts: specs.add(programme?.specs ?? []))
        }
        if let beside {
            let request = ReportRequest(month: month, monthsBack: ReportChoice.monthsBack(beside))
            plans.append(
                ManyReports.Plan(
                    request: request, programme: nil, reads: beside.tables,
                    tables: specs.add(ReportContext.specs(beside.tables, for: request, settings: settings)), efforts: []))
        }
        let gates = specs.add(rewards.job.specs)
        let result = try await exports.tabulate(specs.all, rewards: rewards.job, tasks: folder.taskCount)
        let header = exports.header(counting: result.faults)
        let closed = try rewards.closed(settings)
        async let paid = rewards.rewards(exports, result, gates: gates.map { result.tables[$0] }, closed: closed)
        var many = ManyReports(
            plans: plans, tabulated: result, header: header, effort: effort, effortRecords: efforts.records,
            linking: EffortCut.context(header), diagnostics: efforts.diagnostics + rewards.diagnostics)
        // Of one report the efforts are judged meanwhile; of many each store's when its pages are drawn.
        if plans.count == 1 { many.assessed = many.assessments(plans[0]) }
        many.rewards = await paid
        return many
    }
}

/// Reports on one month whose figures were counted in one pass.
struct ManyReports: Sendable {
    struct Plan: Sendable {
        var request: ReportRequest
        var programme: EffortProgramme?
        /// The report's tables.
        var reads: [ReportTable]
        /// Positions in what was tabulated, in their order.
        var tables: [Int]
        var efforts: [Int]
    }

    let plans: [Plan]
    let tabulated: TabulatedExports
    let header: JournalHeader
    let effort: String?
    let effortRecords: [EffortRecord]
    var rewards: ReportRewards?
    /// The first plan's efforts, where they are judged already.
    var assessed: [EffortAssessment]?
    /// Whose calendars and outages efforts are judged by.
    let linking: LinkingContext
    let diagnostics: [Diagnostic]

    /// Nil: no page judges efforts.
    func assessments(_ plan: Plan) -> [EffortAssessment]? {
        plan.programme?.assess(
            plan.efforts.map { tabulated.tables[$0] }, cut: EffortCut.day(plan.request.month, header), context: linking)
    }

    /// What the pages of one of them are made from.
    func context(_ position: Int) -> ReportContext {
        let plan = plans[position]
        var context = ReportContext(
            request: plan.request, header: header, tables: plan.reads, tallies: plan.tables.map { tabulated.tables[$0] },
            leftOutByRule: tabulated.leftOut)
        context.effortRecords = effortRecords
        if let found = position == 0 ? assessed ?? assessments(plan) : assessments(plan) { context.efforts = found }
        context.effort = effort
        context.rewards = rewards
        return context
    }
}

/// Tables that several ask for, each once.
private struct DistinctSpecs {
    private(set) var all: [TableSpec] = []
    private var places: [TableSpec: Int] = [:]

    /// Their positions in `all`.
    mutating func add(_ specs: [TableSpec]) -> [Int] {
        specs.map { spec in
            if let place = places[spec] { return place }
            places[spec] = all.count
            all.append(spec)
            return all.count - 1
        }
    }
}
