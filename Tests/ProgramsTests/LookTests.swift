import Basis
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

    /// 100 efforts of each; `Benchmarks/coverage` runs 10,000. Right limits give 2.5 of 100 on either side: 5.5 and
    /// two more are three standard errors above that in 100 runs.
    @Test(
        "a change that did nothing is called a goal reached in 5.5 of 100 efforts",
        arguments: [
            (LookSimulation.Kind.weeks, 0.0), (.weeks, 0.2), (.weeks, 0.4), (.slope, 0.2), (.months, 0.2), (.counts, 0),
            (.stores, 0.2),
        ])
    func falseAlarms(kind: LookSimulation.Kind, correlation: Double) throws {
        let found = try LookSimulation.run(kind, correlation: correlation, runs: 0..<100)
        #expect(found.reached <= 7, "\(found)")
        #expect(found.worse <= 7 && found.alarmed <= 12, "\(found)")
        #expect(found.alarmed >= found.reached)
    }
}
