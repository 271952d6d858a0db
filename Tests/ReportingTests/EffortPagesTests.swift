import Basis
import Dealership
import Definitions
import Drawing
@testable import Measures
import Programs
@testable import Reporting
import Statistics
import Testing

/// Efforts made by hand on a series of weeks whose truth is known, as pages show them.
struct TinyEffort {
    var identifier = "one"
    var name = "One inbox for service e-mail"
    var goal = "{ measure: answered-in-time, channel: email, direction: up, reach: 90 %, by: 2026-10-31 }"
    var more = "looks: 2\ndip: { days: 21, points: 5 }\n"
    var why = "why: RESP-02@2026-05;channel=email, below target\n"
    var asked = "asked: [{ who: advisors, said: Good. }]\n"
    var start = "2026-07-06"
    /// In time of 100 a week, before, in the dip, after.
    var levels = (before: 80, dip: 76, after: 92)
    var weeksBefore = 40

    func text() -> String {
        """
        name: \(name)
        what: All service e-mail goes to one shared inbox that two people watch in turns.
        \(why)owner: Jordan Ellis
        \(asked)start: \(start)
        goal: \(goal)
        period: week
        \(more)
        """
    }

    func record(_ settings: DealershipSettings, history: EffortHistory? = nil) throws -> EffortRecord {
        try EffortFile.record(
            text: text(), file: "efforts/\(identifier).yaml", identifier: identifier, history: history?.text,
            settings: settings
        ).value
    }

    /// The tally of a day: 100 conversations, so many in time.
    static func day(_ inTime: Int, of all: Int = 100) -> Tally {
        var counts = [Int64](repeating: 0, count: FirstResponseTime.Counter.allCases.count)
        counts[FirstResponseTime.Counter.conversations.rawValue] = Int64(all)
        counts[FirstResponseTime.Counter.answered.rawValue] = Int64(all)
        counts[FirstResponseTime.Counter.inTime.rawValue] = Int64(inTime)
        counts[FirstResponseTime.Counter.late.rawValue] = Int64(all - inTime)
        let none = SparseHistogram()
        return Tally(counts: counts, histograms: [none, none, none, none])
    }

    /// A row a week and store: those named in `scope` as the levels say, all others as before the change, throughout.
    func stores(_ effort: Effort, until: Day) -> TallyTable {
        var cells: [[String]: Tally] = [:]
        for (place, store) in (effort.stores + effort.compare).enumerated() {
            var own = self
            if place >= effort.stores.count { own.levels = (levels.before, levels.before, levels.before) }
            for (key, tally) in own.table(effort, until: until, seed: UInt64(20 + place)).cells { cells[key + [store]] = tally }
        }
        return TallyTable(cells: cells)
    }

    /// A row a week, on its first day.
    func table(_ effort: Effort, until: Day, seed: UInt64 = 1) -> TallyTable {
        var random = SplitMix64(seed: seed)
        var cells: [[String]: Tally] = [:]
        var week = -weeksBefore
        while effort.start + week * 7 <= until {
            let first = effort.start + week * 7
            let level = week < 0 ? levels.before : first < effort.settled ? levels.dip : levels.after
            let inTime = min(100, max(0, level + Int((random.normal() * 2).rounded())))
            cells[[first.description] + effort.goal.measure.dimensions.map { effort.goal.measure.slice[$0] ?? "" }] =
                TinyEffort.day(inTime)
            week += 1
        }
        return TallyTable(cells: cells)
    }
}

extension TinyReport {
    /// The report's context with these efforts judged at its month's end.
    func context(_ efforts: [TinyEffort], histories: [EffortHistory?] = [], effort: String? = "one") throws -> ReportContext {
        var report = self
        report.export(.messages)
        let records = try efforts.enumerated().map { index, one in
            try one.record(settings, history: histories.indices.contains(index) ? histories[index] : nil)
        }
        var context = report.context
        let programme = EffortProgramme(records, settings: settings)
        var tables: [TallyTable] = []
        for record in programme.records {
            let tiny = efforts.first { $0.identifier == record.effort.identifier } ?? TinyEffort()
            let own = record.declared
            let until = context.header.asOfDay
            tables.append(own.stores.isEmpty ? tiny.table(own, until: until) : tiny.stores(own, until: until))
            tables += own.guards.map { _ in tiny.table(own, until: context.header.asOfDay, seed: 9) }
            if !own.compare.isEmpty { tables.append(tiny.stores(own, until: until)) }
        }
        context.efforts = programme.assess(
            tables, cut: context.header.asOfDay,
            context: LinkingContext(header: context.header, parameters: LinkingParameters(settings)))
        context.effortRecords = programme.records
        context.effort = effort
        return context
    }
}

@Suite struct EffortPagesTests {
    private let report = TinyReport()

    private func draw(_ kind: PageKind, _ context: ReportContext, on format: PageFormat = .a4Landscape) -> DrawnTiny {
        report.draw(kind, on: format, from: context)
    }

    @Test func aGoalReachedIsSaidWithItsFigures() throws {
        let context = try report.context([TinyEffort()])
        let card = draw(.didItWork, context)
        #expect(card.headline == "One goal reached")
        #expect(card.words.contains("Goal reached"))
        #expect(card.words.contains("From 80 to 92 %; likely gain"))
        #expect(card.words.contains("2 of 2, final"))
        #expect(card.words.contains("keep it"))
        #expect(card.words.contains("answers RESP-02, May"))
        let page = draw(.changeVerdict, context)
        #expect(page.headline == "One inbox for service e-mail: goal reached")
        #expect(page.words.contains("up to 90 %"))
        #expect(page.words.contains("Above what would have been without the change"))
        let gain = try #require(page.ledger.entries.first { $0.id.code == "CHG-01" })
        #expect(FigureID(gain.id.description) == gain.id)
        #expect(gain.id.description == "CHG-01@2026-10;effort=one")
        #expect((Double(gain.estimate) ?? 0) > 0.08)
    }

    @Test func eachVerdictHasItsWords() throws {
        func words(_ tiny: TinyEffort) throws -> String { draw(.didItWork, try report.context([tiny])).words }
        var tiny = TinyEffort()
        tiny.levels.after = 80
        #expect(try words(tiny).contains("No clear change"))
        tiny.levels.after = 70
        #expect(try words(tiny).contains("Getting worse"))
        tiny.levels.after = 85
        #expect(try words(tiny).contains("Better, short of the goal"))
        tiny.levels.dip = 66
        tiny.more = "looks: 2\ndip: { days: 21 }\nstop: { below: 78 %, weeks: 3 }\n"
        #expect(try words(tiny).contains("Getting worse: stop rule met"))
        tiny = TinyEffort(weeksBefore: 5)
        let few = try words(tiny)
        #expect(few.contains("Cannot tell"))
        #expect(few.contains("5 of 8 needed"))
        tiny = TinyEffort(more: "looks: 2\ndip: { days: 28 }\n", start: "2026-10-05")
        tiny.goal = "{ measure: answered-in-time, channel: email, direction: up, reach: 90 %, by: 2027-01-31 }"
        let early = try words(tiny)
        #expect(early.contains("Too early: known by"))
        #expect(early.contains("Inside the dip that was expected"))
    }

    @Test func twoEffortsOnOneFigureCannotBeTold() throws {
        var other = TinyEffort(identifier: "two")
        other.name = "Templates"
        other.start = "2026-08-03"
        let drawn = draw(.didItWork, try report.context([TinyEffort(), other]))
        #expect(drawn.words.contains("Two changes at once: cannot tell"))
        #expect(drawn.words.contains("Templates runs at the same time"))
        // Another channel is another figure.
        other.goal = "{ measure: answered-in-time, channel: sms, direction: up, reach: 90 %, by: 2026-10-31 }"
        #expect(!draw(.didItWork, try report.context([TinyEffort(), other])).words.contains("cannot tell"))
    }

    @Test func aGoalMovedAfterTheStartIsSeen() throws {
        var first = TinyEffort()
        first.goal = "{ measure: answered-in-time, channel: email, direction: up, reach: 95 %, by: 2026-10-31 }"
        let opened = try #require(Day(year: 2026, month: 6, day: 29))
        let history = EffortHistory().adding(.open, on: opened, by: "Ellis", text: first.text())
            .adding(.amend, on: opened + 60, by: "Ellis", text: TinyEffort().text())
        let context = try report.context([TinyEffort()], histories: [history])
        // 92 % would be enough for the moved goal, not for the declared one.
        #expect(context.efforts[0].verdict.finding == .onCourse)
        let drawn = draw(.changeScope, context)
        #expect(drawn.headline == "Goal moved after the start")
        #expect(drawn.words.contains("was up to 95 %"))
        #expect(draw(.didItWork, context).words.contains("goal moved after the start"))
    }

    @Test func aChangeWithoutAFindingIsFlagged() throws {
        let context = try report.context([TinyEffort(why: "", asked: "")])
        #expect(draw(.didItWork, context).words.contains("answers no finding"))
        let scope = draw(.changeScope, context).words
        #expect(scope.contains("cites no figure"))
        #expect(scope.contains("Nobody whose work changes was asked"))
        #expect(scope.contains("No guard measure is named"))
    }

    /// One store against six: the page draws both in the figure's own unit, and says by how much they part.
    @Test(arguments: Paper.allCases)
    func storesThatDoNotChangeAreDrawn(_ paper: Paper) throws {
        let format: PageFormat = paper == .a4 ? .a4Landscape : .letterLandscape
        let more = "looks: 2\ndip: { days: 21 }\nmethod: stores\nscope: { stores: [S1] }\n"
            + "compare: [S2, S3, S4, S5, S6, S7]\n"
        let context = try report.context([TinyEffort(more: more)])
        let one = try #require(context.efforts.first)
        #expect(one.verdict.finding == .goalReached, "\(one.verdict)")
        #expect(one.series?.points.count == one.judge?.units.first?.values.count && one.judge?.units.count == 7)
        #expect((one.result?.gain).map { ($0.estimate - 0.12).magnitude < 0.02 } == true)
        #expect(one.power == nil || one.power?.looks.allSatisfy { $0.share > 0.9 } == true)
        for kind in [PageKind.changeVerdict, .changeScope, .didItWork] {
            let drawn = draw(kind, context, on: format)
            let faults = PageFaults(drawn.page.laid.frame, format: format).all
            #expect(faults.isEmpty, "\(kind): \(faults.map(\.description).joined(separator: "; "))")
            #expect(drawn.page.laid.shortened.isEmpty, "\(kind): \(drawn.page.laid.shortened)")
        }
        let scope = draw(.changeScope, context, on: format)
        #expect(scope.words.contains("Against stores that did not change likely"))
        #expect(scope.words.contains("points higher"))
        // Shares as percent, like every other chart of the figure.
        #expect(scope.words.contains("100 %") || scope.words.contains("95 %") || scope.words.contains("90 %"))
        #expect(!scope.words.contains("0.9 %") && !scope.words.contains("1.0 %"))
        let verdict = draw(.changeVerdict, context, on: format)
        #expect(verdict.words.contains("points against stores that did not change"))
        #expect(verdict.words.contains("from the stores that did not change"))
        #expect(scope.ledger.entries.contains { $0.id.code == EffortFigure.comparison.rawValue })
    }

    /// Months whose time is not over: hollow, and no verdict stands on them.
    @Test func monthsTooNewAreHollow() throws {
        let share = Proportion(successes: 3, trials: 300)
        var assessment = try #require(try report.context([TinyEffort()]).efforts.first)
        let series = try #require(assessment.series)
        var points = series.points
        for place in points.indices.suffix(2) {
            (points[place].value, points[place].share, points[place].isTooNew, points[place].soFar) = (nil, nil, true, share)
        }
        assessment.series = EffortSeries(measure: series.measure, periods: series.periods, points: points)
        let plate = try #require(EffortChart(assessment, currency: "USD")).plate(small: false)
        #expect(plate.tooNew.map(\.period) == Array(points.indices.suffix(2)))
        #expect(plate.tooNew.map(\.reading.number) == [1, 1])
        #expect(plate.tooNew.map(\.value) == ["", "1 %"])
        #expect(plate.caption == "2 weeks are too new to judge: hollow, what came so far")
        #expect(plate.series.last?.readings.suffix(2).allSatisfy { $0.number == nil } == true)
    }

    @Test func moreThanTheLimitAtOnceAreFlagged() throws {
        let efforts = ["email", "sms", "chat", "phone"].enumerated().map { index, channel in
            TinyEffort(
                identifier: "e\(index)", name: "Change \(index)",
                goal: "{ measure: answered-in-time, channel: \(channel), direction: up, reach: 90 %, by: 2026-10-31 }")
        }
        let drawn = draw(.efforts, try report.context(efforts))
        #expect(drawn.words.contains("4 open at once, limit 3"))
        #expect(drawn.headline == "Four goals reached")
    }

    @Test func withoutAnEffortThePagesSayWhatTheyNeed() {
        for kind in [PageKind.changeVerdict, .changeScope, .efforts] {
            let drawn = report.draw(kind)
            #expect(drawn.words.contains("What this page needs"))
            #expect(drawn.ledger.entries.isEmpty)
        }
    }

    /// Cards from one to six, all kinds of verdicts, long names: nothing cut, small or on something else.
    @Test(arguments: [1, 2, 3, 4, 6], Paper.allCases)
    func pagesCanBeRead(_ count: Int, _ paper: Paper) throws {
        let format: PageFormat = paper == .a4 ? .a4Landscape : .letterLandscape
        let channels = ["email", "sms", "chat", "phone", "web", "email"]
        let efforts = (0..<count).map { index in
            TinyEffort(
                identifier: index == 0 ? "one" : "e\(index)",
                name: index % 2 == 0 ? "One inbox for service e-mail" : "Parts answers service by chat",
                goal: "{ measure: answered-in-time, channel: \(channels[index]), direction: up, reach: 90 %, by: 2026-10-31 }",
                more: index == 1 ? "looks: 3\ndip: { days: 14 }\nstop: { below: 60 %, weeks: 3 }\n"
                    : "looks: 2\ndip: { days: 21, points: 5 }\nguards: [{ measure: answered-in-time, channel: phone }]\n",
                levels: (80, 76, [92, 80, 85, 70, 81, 80][index]))
        }
        let context = try report.context(efforts)
        for kind in [PageKind.didItWork, .changeVerdict, .changeScope, .efforts] {
            let drawn = draw(kind, context, on: format)
            let faults = PageFaults(drawn.page.laid.frame, format: format).all
            #expect(faults.isEmpty, "\(kind) \(count): \(faults.map(\.description).joined(separator: "; "))")
            #expect(drawn.page.laid.shortened.isEmpty, "\(kind) \(count): \(drawn.page.laid.shortened)")
            for entry in drawn.ledger.entries {
                #expect(EffortFigure(rawValue: entry.id.code) != nil, "\(entry.id)")
                #expect(!entry.estimate.isEmpty)
            }
        }
    }
}
