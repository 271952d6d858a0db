import Basis
import Measures
import Programs
import Statistics

/// Every look of efforts that did nothing, as a manager would take them: shared by the tests and `Benchmarks/coverage`.
///
/// The least change counts as the goal, so that whatever the limits let pass is a false alarm.
enum LookSimulation {
    /// What the effort is judged by, and on which figures.
    enum Kind: String, CaseIterable {
        /// 36 weeks before and 23 after a dip of two; a change of level, a change of level and trend.
        case weeks, slope
        /// 24 months before and 12 after, with two harmonics of a year.
        case months
        /// Weekly counts of mean 40 whose deviation is 8.
        case counts
        /// Weeks of one store against six others.
        case stores
    }

    struct Outcome {
        var reached = 0
        var worse = 0
        /// Either of them at any look.
        var alarmed = 0
        var runs = 0
    }

    static func run(_ kind: Kind, correlation: Double, runs: Range<Int>) throws -> Outcome {
        let effort = try effort(kind)
        var outcome = Outcome()
        for run in runs {
            var findings: Set<EffortVerdict.Finding> = []
            let made = judged(kind, effort, correlation: correlation, run)
            for look in effort.looks {
                let judge = EffortJudge(effort, made.series, units: made.units, cut: look)
                findings.insert(judge.verdict { _ in 1 }.verdict.finding)
            }
            outcome.runs += 1
            if findings.contains(.goalReached) { outcome.reached += 1 }
            if findings.contains(.gettingWorse) { outcome.worse += 1 }
            if !findings.isDisjoint(with: [.goalReached, .gettingWorse, .onCourse]) { outcome.alarmed += 1 }
        }
        return outcome
    }

    private static func effort(_ kind: Kind) throws -> Effort {
        func goal(_ measure: String, _ direction: String, _ by: String) -> String {
            "{ measure: \(measure), direction: \(direction), change: 0.0001, by: \(by) }"
        }
        let weekly = goal("ratings.mean", "up", "2026-12-28")
        switch kind {
        case .weeks: return try Made.effort(Made.text(measure: weekly, more: "looks: 3\ndip: { days: 14 }\n"))
        case .slope:
            return try Made.effort(Made.text(measure: weekly, more: "looks: 3\ndip: { days: 14 }\nmethod: slope\n"))
        case .months:
            let text = Made.text(
                measure: goal("ratings.mean", "up", "2027-07-31"), period: "month",
                more: "looks: 3\ndip: { days: 0 }\n")
            return try Made.effort(text)
        case .counts:
            let measure = goal("unanswered", "down", "2026-12-28")
            return try Made.effort(Made.text(measure: measure, more: "looks: 3\ndip: { days: 14 }\n"))
        case .stores:
            let others = (1...6).map { "U\($0)" }.joined(separator: ", ")
            let more = "looks: 3\ndip: { days: 14 }\nmethod: stores\nscope: { stores: [U0] }\ncompare: [\(others)]\n"
            return try Made.effort(Made.text(measure: weekly, more: more))
        }
    }

    private static func judged(
        _ kind: Kind, _ effort: Effort, correlation: Double, _ run: Int
    ) -> (series: EffortSeries, units: [DifferenceInDifferences.UnitSeries]) {
        func noise(_ count: Int, _ seed: UInt64) -> [Double] {
            Made.noise(count, seed: UInt64(run) &* 7_919 &+ seed, correlation: correlation)
        }
        switch kind {
        case .weeks, .slope: return (Made.series(effort, before: 36, noise(61, 11).map { $0 + 50 }), [])
        case .counts: return (Made.series(effort, before: 36, noise(61, 5).map { (40 + 8 * $0).rounded() }), [])
        case .months: return (Made.months(effort, before: 24, noise(37, 17).map { $0 + 50 }), [])
        case .stores:
            let units = (0...6).map { unit -> DifferenceInDifferences.UnitSeries in
                let values = noise(61, UInt64(23 + unit * 1_000_003)).map { $0 + 50 }
                return DifferenceInDifferences.UnitSeries("U\(unit)", values)
            }
            return (Made.series(effort, before: 36, units[0].values), units)
        }
    }
}
