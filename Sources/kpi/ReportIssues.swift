import ArgumentParser
import Basis
import Dealership
import Definitions
import Foundation
import Ingest
import Programs
import Reporting
import Store

/// Whether a report is issued, or a draft.
struct IssueOption: ParsableArguments {
    @Flag(help: "Keep its figures as issued in \(IssuedReports.name): later reports list what was restated.")
    var issue = false
    @Option(help: "Of --issue: the day of issue, 2026-11-03. Default: the as-of day.")
    var on: String?

    func day() throws(Rejection) -> Day? {
        guard let on else { return nil }
        guard issue else {
            throw Rejection(
                Diagnostic(
                    .error, "unused-option", "--on says nothing to a report that is not issued",
                    remedies: ["add --issue", "or leave --on out"]))
        }
        return try ApprovalOptions.day(on)
    }
}

/// A report held against what was issued of it, and its own issue.
///
/// Of the report's own month the latest issue counts that says something else than today, so that the same command twice
/// makes the same bytes; of earlier months the latest issue of the last month that was issued.
struct ReportIssues {
    private(set) var restatements: [Restatement] = []
    private let store: IssuedReports
    /// Nil: the report is a draft.
    private var issue: (report: IssuedReport, figures: [IssuedFigure])?

    init(
        _ option: IssueOption, _ run: ReportRun, _ exports: StagedExports, _ context: ReportContext
    ) async throws(Rejection) {
        let day = try option.day()
        store = IssuedReports(directory: run.folder.directory)
        let subject = ReportIssues.subject(run, context.request)
        let known = try store.issues().filter { $0.subject == subject }
        guard option.issue || !known.isEmpty else { return }
        let comparison = IssueComparison(
            run: run, exports: exports, context: context, store: store, settings: try ReportIssues.settings(run.folder))
        let figures = Report.figures(run.definition, context: context)
        let own = IssuedReport(
            subject: subject, month: context.month, on: day ?? context.header.asOfDay, asOf: context.header.asOf,
            asOfDay: context.header.asOfDay, firstDays: comparison.firstDays, settings: comparison.settings,
            program: Program.version, figures: figures)
        let again = known.last { $0.month == own.month && $0.fingerprint != own.fingerprint }
        let before = known.map(\.month).filter { $0 < own.month }.max()
        let earlier = before.flatMap { month in known.last { $0.month == month } }
        for one in [again, earlier].compactMap({ $0 }) {
            restatements.append(try await comparison.restatement(of: one, today: one.month == own.month ? figures : nil))
        }
        if option.issue { issue = (own, figures) }
    }

    private static func subject(_ run: ReportRun, _ request: ReportRequest) -> IssuedReport.Subject {
        let about = [
            request.outage.map { "outage=\($0)" }, request.vendor.map { "vendor=\($0)" },
            run.effort.map { "effort=\($0)" },
        ].compactMap { $0 }
        return IssuedReport.Subject(
            report: run.definition.name, store: request.store ?? "", about: about.joined(separator: ";"))
    }

    /// `dealership.yaml` and the reward rules: a figure may differ because they do.
    private static func settings(_ folder: FolderOptions) throws(Rejection) -> String {
        let rules = "\(folder.directory)/\(RewardFolder.name)"
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: rules)) ?? []).sorted()
        let files = [folder.settings ?? "\(folder.directory)/dealership.yaml"]
            + names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.map { "\(rules)/\($0)" }
        return IssuedReport.settingsHash(
            files.map { String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self) })
    }

    /// Writes the issue down where one is wanted; what to tell of it.
    func keep() throws(Rejection) -> String? {
        guard let issue else { return nil }
        let kept = try store.keep(issue.report, issue.figures)
        let print = issue.report.fingerprint.prefix(12)
        return kept.isNew
            ? "issue \(kept.number): \(issue.figures.count) figures, fingerprint \(print)"
            : "issue \(kept.number) says the same already, fingerprint \(print)"
    }

    /// A line an issue that was compared and reads otherwise.
    var diagnostics: [Diagnostic] {
        restatements.flatMap { restatement -> [Diagnostic] in
            let issue = restatement.issue
            let name = "issue \(issue.number), \(issue.month) as of \(issue.asOfDay)"
            var told: [Diagnostic] = []
            if let uncovered = restatement.uncovered {
                let which = uncovered.year == 9999 ? "no figure is" : "figures of months up to \(uncovered) are not"
                told.append(
                    Diagnostic(
                        .warning, "issue-not-covered", "\(name): today's exports begin later, \(which) compared",
                        remedies: ["put the older exports back into the folder"]))
            }
            guard let largest = restatement.largest else { return told }
            let count = restatement.changes.count
            let since = restatement.count(.since)
            let (then, now) = (RestatedRows.text(largest.then), RestatedRows.text(largest.now))
            told.append(
                Diagnostic(
                    .note, "restated",
                    "\(name): \(count) figure\(count == 1 ? "" : "s") restated"
                        + (since > 0 ? ", \(since) of them by what came since" : "")
                        + ", most of all \(largest.then.id) \(then) → \(now)",
                    remedies: ["the file -restated.csv lists them"]))
            return told
        }
    }
}

/// Makes issued reports' figures anew from today's exports.
private struct IssueComparison {
    let run: ReportRun
    let exports: StagedExports
    let context: ReportContext
    let store: IssuedReports
    let settings: String

    var firstDays: [String: Day] {
        Dictionary(
            context.header.audits.compactMap { audit in audit.firstDay.map { (audit.table.rawValue, $0) } },
            uniquingKeysWith: min)
    }

    /// - Parameter today: the figures of the issue's month by today's data where they are known already.
    func restatement(of issue: IssuedReport, today: [IssuedFigure]?) async throws(Rejection) -> Restatement {
        let then = try store.figures(of: issue)
        let now: [IssuedFigure]
        if let today { now = today } else { now = try await figures(issue.month, exports) }
        var asThen = now
        let isSame = IssuedReport.fingerprint(now, settings: issue.settings) == issue.fingerprint
        if !isSame, issue.asOf != context.header.asOf {
            let settings = context.header.settings
            asThen = try await figures(issue.month, run.folder.readExports(settings, asOf: issue.asOf))
        }
        return Restatement(
            of: issue, then: then, today: now, asThen: asThen, settings: settings, firstDays: firstDays)
    }

    private func figures(_ month: Month, _ exports: StagedExports) async throws(Rejection) -> [IssuedFigure] {
        var request = context.request
        request.month = month
        return Report.figures(run.definition, context: try await run.made(request, exports).context)
    }
}

/// What was restated, for machines.
enum RestatedRows {
    static func rows(_ restatements: [Restatement]) -> [[String]] {
        [["issue", "month", "issued_on", "as_of", "id", "label", "unit", "then", "now", "difference", "why"]]
            + restatements.flatMap { restatement in
                restatement.changes.map { change in
                    let issue = restatement.issue
                    return [
                        "\(issue.number)", "\(issue.month)", "\(issue.on)", "\(issue.asOfDay)", change.then.id,
                        change.then.label, change.then.unit.rawValue, change.then.estimate, change.now.estimate,
                        change.difference, why(change, restatement),
                    ]
                }
            }
    }

    private static func why(_ change: Restatement.Change, _ restatement: Restatement) -> String {
        switch change.why {
        case .since: "since"
        case .rows: restatement.isOtherwiseSet ? "rows or settings" : "rows"
        }
    }

    static func text(_ figure: IssuedFigure) -> String { figure.estimate.isEmpty ? "none" : figure.estimate }
}
