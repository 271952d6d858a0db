import Basis
import Dealership
import Definitions
import Ingest
import Measures
import Programs
import Reporting

/// What a report's pages on rewards are made from: the folder's rules, their rows gathered in the report's own pass.
struct RewardsOfReport {
    /// Rules, then those of a later month as if they had been in force.
    let job: RewardJob
    let diagnostics: [Diagnostic]
    private let rules: [RewardRule]
    private let tried: [RewardRule]
    private let month: Month
    private let directory: String
    private let isAsked: Bool

    init(
        _ definition: ReportDefinition, _ settings: DealershipSettings, directory: String, month: Month
    ) throws(Rejection) {
        self.month = month
        self.directory = directory
        isAsked = definition.pages.contains(where: \.page.paysRewards)
        guard isAsked else {
            job = RewardJob()
            (rules, tried, diagnostics) = ([], [], [])
            return
        }
        let found = try RewardFolder(directory: directory).rules(settings)
        rules = found.value
        diagnostics = found.diagnostics
        // What is held against earlier months reads them; a page that only says what is paid does not.
        let looksBack = definition.pages.contains { [.rewards, .rewardReview, .rewardTrial].contains($0.page) }
        let months = (looksBack ? month + -RewardReview.monthsBack : month)...month
        tried = looksBack ? RewardsOfReport.coming(rules, months) : []
        job = RewardJob(rules + tried, months: months)
    }

    /// Rules that come into force later and have the name of one that is, as if they had been.
    private static func coming(_ rules: [RewardRule], _ months: ClosedRange<Month>) -> [RewardRule] {
        rules.filter { rule in
            rule.inForce > months.upperBound
                && rules.contains {
                    $0.name == rule.name && $0.identifier != rule.identifier && $0.isInForce(in: months.upperBound)
                }
        }.map { $0.tried(from: months.lowerBound) }
    }

    /// What the ledger holds of the month; a ledger that was changed stops the report.
    func closed(_ settings: DealershipSettings) throws(Rejection) -> [RewardStatement] {
        guard isAsked, !rules.isEmpty else { return [] }
        return try StatementsFromLedger.read(directory: directory, settings: settings, month: month)
    }

    /// Nil: no page asks for rewards. Without rules there is an empty one, so that pages say what to set up.
    /// - Parameter gates: the tables of `job.specs`.
    func rewards(
        _ exports: StagedExports, _ tabulated: TabulatedExports, gates: [TallyTable], closed: [RewardStatement]
    ) -> ReportRewards? {
        guard isAsked else { return nil }
        let all = RewardRun.results(job, exports, tabulated, gates: gates)
        let results = all.filter { rules.contains($0.rule) }
        let trials = tried.compactMap { rule -> RewardTrial? in
            let current = results.filter { $0.rule.name == rule.name }
            guard let first = current.map(\.month).min() else { return nil }
            return RewardTrial(rule, tried: all.filter { $0.rule == rule && $0.month >= first }, current: current)
        }
        return ReportRewards(month: month, rules: rules, results: results, closed: closed, trials: trials)
    }
}

extension RewardRule {
    /// As if it had been in force.
    func tried(from month: Month) -> RewardRule {
        var rule = self
        rule.inForce = month
        rule.until = nil
        return rule
    }
}
