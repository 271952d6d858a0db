import Basis
import Foundation
import Programs
import Statistics
import Testing

@Suite("Looks of efforts")
struct LookTests {
    private func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, day: day) ?? Day(number: 0) }

    @Test("equally far apart from the end of the dip, the last on the goal's day")
    func days() throws {
        let effort = try Made.effort()
        #expect(effort.looks == [day(9, 13), day(10, 31)])
        let looks = EffortLooks(effort, before: 30).looks
        #expect(looks.map(\.periods) == [7, 13])
        #expect(looks.map(\.isLast) == [false, true])
        // O'Brien and Fleming at the share of the last look's information that 7 of 13 weeks have, by the inverse of
        // X'X in numpy.
        let plan = try #require(AlphaSpending(fractions: [0.9419798556391865, 1]))
        for (look, nominal) in zip(looks, plan.nominal) { #expect((look.level - (1 - nominal)).magnitude < 1e-6) }
    }

    @Test("limits follow from the plan alone; a look by which nothing is known is none")
    func empty() throws {
        let goal = "{ measure: service-to-sales, direction: up, reach: 4 %, by: 2026-12-31 }"
        let effort = try Made.effort(Made.text(measure: goal, period: "month", more: "looks: 4\ndip: { days: 21 }\n"))
        let looks = EffortLooks(effort, before: 12)
        // Windows of 60 days: by 31 December October is known, no more; August by 30 October.
        #expect(looks.looks.last?.periods == 3)
        #expect(looks.looks.map(\.number) == Array(1...looks.looks.count))
    }

    @Test("the same of counts that vary more than chance would have it")
    func falseAlarmsOfCounts() throws {
        let runs = ProcessInfo.processInfo.environment["KPI_COVERAGE_RUNS"].flatMap { Int($0) } ?? 100
        let goal = "{ measure: unanswered, direction: down, change: 0.0001, by: 2026-12-28 }"
        let effort = try Made.effort(Made.text(measure: goal, more: "looks: 3\ndip: { days: 14 }\n"))
        var reached = 0
        for run in 0..<runs {
            let noise = Made.noise(36 + 25, seed: UInt64(run) &* 104_729 &+ 5)
            let series = Made.series(effort, before: 36, noise.map { (40 + 8 * $0).rounded() })
            let findings = effort.looks.map { look in
                EffortJudge(effort, series, cut: look).verdict { _ in 1 }.verdict.finding
            }
            if findings.contains(.goalReached) { reached += 1 }
        }
        if runs > 100 { print("counts: reached \(reached) of \(runs)") }
        #expect(Double(reached) <= 0.055 * Double(runs) + (runs > 100 ? 0 : 2), "\(reached) of \(runs)")
    }

    /// Every look of an effort that did nothing, as a manager would take them.
    ///
    /// `KPI_COVERAGE_RUNS=10000 swift test --filter LookTests` measures more.
    @Test("a change that did nothing is called a goal reached in 5.5 of 100 efforts", arguments: [0.0, 0.2, 0.4])
    func falseAlarms(correlation: Double) throws {
        let runs = ProcessInfo.processInfo.environment["KPI_COVERAGE_RUNS"].flatMap { Int($0) } ?? 100
        // The least change counts as the goal, so that whatever the limits let pass is a false alarm.
        let goal = "{ measure: ratings.mean, direction: up, change: 0.0001, by: 2026-12-28 }"
        let effort = try Made.effort(Made.text(measure: goal, more: "looks: 3\ndip: { days: 14 }\n"))
        var (reached, worse) = (0, 0)
        for run in 0..<runs {
            let noise = Made.noise(36 + 25, seed: UInt64(run) &* 7_919 &+ 11, correlation: correlation)
            let series = Made.series(effort, before: 36, noise.map { $0 + 50 })
            var findings: Set<EffortVerdict.Finding> = []
            for look in effort.looks {
                findings.insert(EffortJudge(effort, series, cut: look).verdict { _ in 1 }.verdict.finding)
            }
            if findings.contains(.goalReached) { reached += 1 }
            if findings.contains(.gettingWorse) { worse += 1 }
        }
        if runs > 100 { print("ρ \(correlation): reached \(reached), worse \(worse) of \(runs)") }
        // Right limits give 2.5 of 100 each; 5.5 and two more are three standard errors above that in 100 runs.
        #expect(Double(reached) <= 0.055 * Double(runs) + (runs > 100 ? 0 : 2), "\(reached) of \(runs)")
        #expect(Double(reached + worse) <= (runs > 100 ? 0.055 : 0.1) * Double(runs), "\(reached) and \(worse)")
    }
}
