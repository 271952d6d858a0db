import Basis
import Dealership
import Definitions
import Ingest
import Measures
import Programs
import Reporting

/// What a report's pages on rewards are made from: the folder's rules on the exports.
struct RewardsOfReport {
    let directory: String
    let month: Month
    let tasks: Int

    /// Months that a review holds a person against, and that a coming version is tried on.
    private static let monthsBack = RewardReview.monthsBack

    /// Nil: no page asks for rewards. Without rules there is an empty one, so that pages say what to set up.
    func read(
        _ definition: ReportDefinition, _ exports: StagedExports
    ) async throws(Rejection) -> Checked<ReportRewards?> {
        guard definition.pages.contains(where: \.page.paysRewards) else { return Checked(nil) }
        let rules = try RewardFolder(directory: directory).rules(exports.header.settings)
        guard !rules.value.isEmpty else { return Checked(ReportRewards(month: month, rules: [], results: [])) }
        // What is held against earlier months reads them; a page that only says what is paid does not.
        let looksBack = definition.pages.contains {
            $0.page == .rewardReview || $0.page == .rewardTrial || $0.page == .rewards
        }
        let months = (looksBack ? month + -RewardsOfReport.monthsBack : month)...month
        let (results, _) = try await RewardRun.results(exports, rules.value, months: months, tasks: tasks)
        let trials = looksBack ? try await trials(rules.value, results, months, exports) : []
        return Checked(
            ReportRewards(month: month, rules: rules.value, results: results, trials: trials),
            rules.diagnostics)
    }

    /// Rules of the same name that come into force later, on the months that have passed.
    private func trials(
        _ rules: [RewardRule], _ results: [RewardResult], _ months: ClosedRange<Month>, _ exports: StagedExports
    ) async throws(Rejection) -> [RewardTrial] {
        var trials: [RewardTrial] = []
        for rule in rules where rule.inForce > month {
            let current = results.filter { $0.rule.name == rule.name && $0.rule.identifier != rule.identifier }
            guard let first = current.map(\.month).min() else { continue }
            trials.append(
                try await RewardsOfReport.trial(rule, current, max(first, months.lowerBound)...month, exports, tasks))
        }
        return trials
    }

    /// The changed rule as if it had been in force.
    static func trial(
        _ rule: RewardRule, _ current: [RewardResult], _ months: ClosedRange<Month>, _ exports: StagedExports,
        _ tasks: Int
    ) async throws(Rejection) -> RewardTrial {
        var tried = rule
        tried.inForce = months.lowerBound
        tried.until = nil
        let (results, _) = try await RewardRun.results(exports, [tried], months: months, tasks: tasks)
        return RewardTrial(rule, tried: results, current: current.filter { months.contains($0.month) })
    }
}
