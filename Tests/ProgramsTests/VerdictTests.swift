import Basis
import Foundation
import Measures
import Programs
import Statistics
import Testing

/// Verdicts from series whose truth is known.
@Suite("Verdicts of efforts")
struct VerdictTests {
    private func day(_ month: Int, _ day: Int) -> Day { Day(year: 2026, month: month, day: day) ?? Day(number: 0) }

    private func verdict(
        _ effort: Effort, _ values: [Double?], before: Int = 30, on cut: Day
    ) -> (verdict: EffortVerdict, result: EffortResult?) {
        let judge = EffortJudge(effort, Made.series(effort, before: before, values), cut: cut)
        return judge.verdict { judge.power(at: [$0], runs: 100)?.share(at: $0) }
    }

    /// 30 weeks before at 80, 3 in the dip at 76, then as said; noise of 1.
    private func values(_ after: Double, seed: UInt64 = 1, before: Int = 30) -> [Double?] {
        let noise = Made.noise(before + 17, seed: seed)
        return noise.indices.map { place in
            (place < before ? 80 : place < before + 3 ? 76 : after) + noise[place]
        }
    }

    @Test("reached, at both looks, and too early before the first")
    func reached() throws {
        let effort = try Made.effort()
        let all = values(92)
        #expect(verdict(effort, all, on: day(6, 30)).verdict == EffortVerdict(.notBegun, .ahead))
        #expect(verdict(effort, all, on: day(7, 20)).verdict == EffortVerdict(.tooEarly, .insideDip))
        #expect(verdict(effort, all, on: day(8, 31)).verdict == EffortVerdict(.tooEarly, .beforeFirstLook))
        let first = verdict(effort, all, on: day(9, 20))
        #expect(first.verdict == EffortVerdict(.goalReached, .goalMet))
        #expect(first.result?.look.number == 1)
        let last = verdict(effort, all, on: day(10, 31))
        #expect(last.verdict == EffortVerdict(.goalReached, .goalMet))
        let result = try #require(last.result)
        #expect(result.look.isLast)
        #expect((result.gain?.estimate ?? 0) > 10 && (result.gain?.estimate ?? 0) < 14)
        #expect(result.before.rounded() == 80 && result.after.rounded() == 92)
    }

    @Test("between looks nobody peeks: the verdict stays that of the look")
    func peeking() throws {
        let effort = try Made.effort()
        var all = values(92)
        let at = verdict(effort, all, on: day(9, 13))
        // What comes after the look cannot touch what it said.
        for place in 41..<all.count { all[place] = 40 }
        let later = verdict(effort, all, on: day(10, 30))
        #expect(at.verdict == later.verdict)
        #expect(at.result?.gain == later.result?.gain)
    }

    @Test("better and short of the goal; nothing; worse")
    func others() throws {
        let effort = try Made.effort()
        #expect(verdict(effort, values(85), on: day(9, 20)).verdict == EffortVerdict(.onCourse, .better))
        #expect(verdict(effort, values(85), on: day(10, 31)).verdict == EffortVerdict(.onCourse, .betterButShort))
        #expect(verdict(effort, values(80), on: day(10, 31)).verdict == EffortVerdict(.noClearChange, .withinChance))
        #expect(verdict(effort, values(72), on: day(10, 31)).verdict == EffortVerdict(.gettingWorse, .worse))
    }

    @Test("a goal smaller than chance: too early, and at the last look too few to show")
    func smallGoal() throws {
        let goal = "{ measure: ratings.mean, direction: up, change: 0.4, by: 2026-10-31 }"
        let effort = try Made.effort(Made.text(measure: goal))
        let all = values(80, seed: 3)
        #expect(verdict(effort, all, on: day(9, 20)).verdict == EffortVerdict(.tooEarly, .goalWouldNotShow))
        #expect(verdict(effort, all, on: day(10, 31)).verdict == EffortVerdict(.noClearChange, .tooFewToShow))
    }

    @Test("the stop rule counts in a row, the dip included, and stays met")
    func stopRule() throws {
        let effort = try Made.effort(Made.text(more: "looks: 2\ndip: { days: 21 }\nstop: { below: 78, weeks: 3 }\n"))
        var all = values(92)
        // Three weeks at 76 in the dip.
        guard case .stopRule(3, let until) = verdict(effort, all, on: day(8, 2)).verdict.reason else {
            Issue.record("\(verdict(effort, all, on: day(8, 2)))")
            return
        }
        #expect(until == 32)
        #expect(verdict(effort, all, on: day(10, 31)).verdict.finding == .gettingWorse)
        all[31] = 79
        #expect(verdict(effort, all, on: day(10, 31)).verdict.finding == .goalReached)
    }

    @Test("what cannot be told says why")
    func cannotTell() throws {
        let effort = try Made.effort()
        func reason(_ values: [Double?], before: Int = 30) -> EffortVerdict.Reason {
            let taken = verdict(effort, values, before: before, on: day(10, 31))
            #expect(taken.verdict.finding == .cannotTell)
            #expect(taken.result?.gain == nil)
            return taken.verdict.reason
        }
        let few = Unanswerable.tooFew(TooFew(had: 5, needed: 8), of: "points before the change")
        #expect(reason(values(92, before: 5), before: 5) == .unanswerable(few))
        #expect(reason([Double?](repeating: 80, count: 47)) == .unanswerable(.constant("the figure before")))
        var gaps = values(92)
        for place in 0..<18 { gaps[place] = nil }
        #expect(reason(gaps) == .gaps(known: 12, of: 30, isBefore: true))
        var hole = values(92)
        for place in 33..<42 { hole[place] = nil }
        #expect(reason(hole) == .gaps(known: 4, of: 13, isBefore: false))
        let nothing = reason([Double?](repeating: nil, count: 47))
        #expect(nothing.isAboutPointsBefore)
    }

    @Test("counts below 0 are none")
    func negative() throws {
        let goal = "{ measure: unanswered, direction: down, reach: 5, by: 2026-10-31 }"
        let effort = try Made.effort(Made.text(measure: goal))
        var all = values(20)
        all[3] = -2
        let taken = verdict(effort, all, on: day(10, 31)).verdict
        #expect(taken == EffortVerdict(.cannotTell, .unanswerable(.notACount(3))))
        all[3] = 80
        #expect(verdict(effort, all.map { $0.map { $0.rounded() } }, on: day(10, 31)).verdict.finding == .onCourse)
    }

    @Test("down is down: a shorter time reaches a goal that lies below")
    func down() throws {
        let goal = "{ measure: handoff-time, from: service, to: parts, direction: down, reach: 30 min, by: 2026-10-31 }"
        let effort = try Made.effort(Made.text(measure: goal))
        let all = values(25).map { $0.map { $0 * 60 } }
        #expect(verdict(effort, all, on: day(10, 31)).verdict.finding == .goalReached)
        let longer = values(95).map { $0.map { $0 * 60 } }
        #expect(verdict(effort, longer, on: day(10, 31)).verdict.finding == .gettingWorse)
    }
}

extension EffortVerdict.Reason {
    fileprivate var isAboutPointsBefore: Bool {
        switch self {
        case .unanswerable(.tooFew), .gaps: true
        default: false
        }
    }
}
