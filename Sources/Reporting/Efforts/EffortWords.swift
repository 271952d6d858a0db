import Basis
import Dealership
import Definitions
import Drawing
import Measures
public import Programs
import Statistics

/// What is said of an effort, on pages and by `kpi effort status` alike. DEFINITIONS 5 and 8.
public struct EffortWords {
    let assessment: EffortAssessment
    let currency: String

    public init(_ assessment: EffortAssessment, currency: String) {
        self.assessment = assessment
        self.currency = currency
    }

    private var effort: Effort { assessment.effort }
    private var measure: EffortMeasure { effort.goal.measure }
    private var isLast: Bool { assessment.result?.look.isLast ?? false }

    // MARK: The verdict

    /// `Goal reached`, `Too early: known by 15 Jan`.
    public var verdict: String {
        switch assessment.verdict.finding {
        case .goalReached: return say("Goal reached")
        case .onCourse: return isLast ? say("Better, short of the goal") : say("On course")
        case .noClearChange: return isLast ? say("No clear change") : say("No clear change yet")
        case .tooEarly: return assessment.knownBy.map { say("Too early: known by \(day($0))") } ?? say("Too early")
        case .gettingWorse:
            if case .stopRule = assessment.verdict.reason { return say("Getting worse: stop rule met") }
            return say("Getting worse")
        case .cannotTell:
            if case .overlap = assessment.verdict.reason { return say("Two changes at once: cannot tell") }
            return say("Cannot tell")
        case .notBegun: return say("Begins \(day(effort.start))")
        }
    }

    var label: Label {
        switch assessment.verdict.finding {
        case .goalReached: Label(verdict, .good, cue: .check)
        case .onCourse: Label(verdict, .good, cue: effort.goal.direction == .up ? .up : .down)
        case .noClearChange: Label(verdict, .ink, cue: .minus)
        case .tooEarly, .notBegun: Label(verdict, .ink, cue: .clock)
        case .gettingWorse: Label(verdict, .bad, cue: effort.goal.direction == .up ? .down : .up)
        case .cannotTell: Label(verdict, .ink, cue: .ring)
        }
    }

    /// Shorter, for tables.
    var tableLabel: Label {
        var label = label
        if case .overlap = assessment.verdict.reason { label.text = say("Two at once: cannot tell") }
        if case .stopRule = assessment.verdict.reason { label.text = say("Worse: stop rule met") }
        return label
    }

    /// Why, in one sentence without a full stop.
    public var reason: String {
        let verdict = assessment.verdict
        switch verdict.reason {
        case .goalMet, .better, .betterButShort, .withinChance, .worse: return figures ?? verdict.finding.rawValue
        case .tooFewToShow:
            return [figures, say("the goal’s size would hardly have shown")].compactMap { $0 }.joined(separator: "; ")
        case .goalWouldNotShow:
            return [figures, say("a change of the goal’s size would hardly show yet")].compactMap { $0 }.joined(separator: "; ")
        case .insideDip: return say("Inside the dip that was expected, until \(day(effort.settled + -1))")
        case .beforeFirstLook:
            guard let next = assessment.nextLook?.day ?? effort.looks.first else { return say("No look is due yet") }
            return say("The first look is on \(day(next))")
        case .stopRule(let periods, let until):
            return say("\(upper(beyond)) for \(counted(periods)) in a row, up to \(name(until))")
        case .overlap(let name): return say("\(name) runs at the same time, on the same figure")
        case .scopeChanged(let words): return say("Changed after the start: \(words)")
        case .noFigures: return say("The exports hold no figure of it")
        case .unanswerable(let reason): return upper(reason.description)
        case .gaps(let known, let all, let isBefore):
            return isBefore
                ? say("\(known) of \(all) \(periods.ofMany) are known before the change")
                : say("\(known) of \(all) \(periods.ofMany) are known since the dip")
        case .goalDayTooSoon:
            let words = say("Nothing can be known by the goal’s day, \(day(effort.goal.by))")
            return measure.lagDays > 0
                ? say("\(words): a figure takes \(measure.lagDays) days until it is known") : words
        case .ahead: return say("It begins on \(day(effort.start))")
        }
    }

    private var beyond: String {
        guard let stop = effort.stop else { return "" }
        let limit = measure.text(stop.limit, currency: currency)
        return stop.direction == .down ? say("below \(limit)") : say("above \(limit)")
    }

    /// `below 75 % for 3 weeks`.
    var stop: String {
        guard let stop = effort.stop else { return say("none", context: "stop rule") }
        let limit = measure.text(stop.limit)
        let span = counted(stop.periods)
        return stop.direction == .down ? say("below \(limit) for \(span)") : say("above \(limit) for \(span)")
    }

    var periods: PeriodWords { PeriodWords(effort.period.rawValue) }

    /// `83 to 92 %`; empty where no look was taken.
    var levels: String {
        guard let result = assessment.result else { return "" }
        let to = measure.text(result.after, currency: currency)
        let from = shortened(measure.text(result.before, currency: currency), to)
        return say("\(from) to \(to)", context: "before and since")
    }

    /// `From 83 to 92 %; likely gain 6 to 12 points`.
    public var figures: String? {
        guard let result = assessment.result else { return nil }
        let from = measure.text(result.before, currency: currency)
        let to = measure.text(result.after, currency: currency)
        guard let gain = result.gain else { return say("From \(from) to \(to)") }
        let range = measure.range(gain.lower, gain.upper, currency: currency)
        let likely = switch gain.direction {
        case nil: say("likely change \(range)")
        case .up?: measure.better == .down ? say("likely rise \(range)") : say("likely gain \(range)")
        case .down?: measure.better == .up ? say("likely loss \(range)") : say("likely fall \(range)")
        }
        let short = say("From \(shortened(from, to)) to \(to)")
        return "\(short); " + (effort.method == .stores ? say("\(likely) against stores that did not change") : likely)
    }

    /// `83` of `83 %` where the other has the same unit.
    private func shortened(_ a: String, _ b: String) -> String {
        let (x, y) = (a.split(separator: " "), b.split(separator: " "))
        return x.count == 2 && y.count == 2 && x[1] == y[1] ? String(x[0]) : a
    }

    // MARK: Parts

    /// `2 of 2, final`, `1 of 3; next 30 Nov`, `0 of 2; first 15 Dec`.
    public var look: String {
        let (taken, planned) = (assessment.looksTaken, assessment.looksPlanned)
        guard let next = assessment.nextLook?.day else {
            return taken > 0 ? say("\(taken) of \(planned), final") : say("\(taken) of \(planned)")
        }
        return taken == 0
            ? say("\(taken) of \(planned); first \(day(next))") : say("\(taken) of \(planned); next \(day(next))")
    }

    /// What it takes until the goal's size shows: `3,250 finished visits`, `10 weeks`; nil: not asked, or never.
    public var untilVisible: String? {
        guard let look = assessment.power?.known, let series = assessment.series else { return nil }
        let shares = series.points.compactMap(\.share)
        guard measure.lagDays > 0, !shares.isEmpty, shares.count >= 3 else { return counted(look.periods) }
        let mean = shares.reduce(0) { $0 + $1.trials } / shares.count
        // Nobody counts to the last one.
        let trials = (mean * look.periods + 25) / 50 * 50
        return say("\(Words.count(trials)) finished visits")
    }

    func words(of one: EffortAssessment.Guard) -> String {
        guard let gain = one.gain else { return one.series == nil ? say("no figures") : say("cannot be told") }
        guard gain.direction != nil else { return say("no clear change") }
        let size = one.measure.size(gain.estimate, currency: currency)
        if one.isWorse { return say("worse by \(size)") }
        return one.measure.better == nil ? say("changed by \(size)") : say("better by \(size)")
    }

    /// `email answered in time`: the figure with its slice.
    public static func title(_ measure: EffortMeasure) -> String {
        let labels = measure.slice.filter { $0.key != .toDepartment || measure.slice[.department] == nil }
            .sorted { $0.key < $1.key }.map { key, label -> String in
                if key == .department, let to = measure.slice[.toDepartment] { return say("\(label) to \(to)", context: "departments") }
                return key == .channel ? Words.channel(label) : label
            }
        let name = name(measure)
        return labels.isEmpty ? name : "\(labels.joined(separator: ", ")): \(name)"
    }

    /// `answered in time`: what managers call the figure, or its title on other pages, inside a sentence.
    static func name(_ measure: EffortMeasure) -> String {
        let own = say(text: measure.title)
        if own != measure.title { return own }
        if let figure = Figures.all.first(where: { $0.code == measure.code }), figure.title != measure.title,
            figure.title.dropFirst() == measure.title.dropFirst() {
            let title = say(text: figure.title)
            return title == figure.title ? own : Words.inside(title)
        }
        return own
    }

    var title: String { EffortWords.upper(EffortWords.title(measure)) }

    func counted(_ periods: Int) -> String {
        guard periods == 1 else { return self.periods.counted(periods) }
        return effort.period == .week ? say("one week") : say("one month")
    }

    /// The same after `of` and `after`.
    func countedAfterOf(_ count: Int) -> String {
        guard count == 1 else { return "\(Words.count(count)) \(periods.ofMany)" }
        return effort.period == .week ? say("one week", context: "after of") : say("one month", context: "after of")
    }

    /// `the week of 13 Oct`, `October`.
    func name(_ position: Int) -> String {
        guard let series = assessment.series else { return "" }
        let first = series.days(position).lowerBound
        return effort.period == .week ? say("the week of \(day(first))") : Words.monthName(first.month)
    }

    /// With the year where it is not that of the last day that counts.
    func day(_ day: Day) -> String {
        let isNear = day.month.year == assessment.cut.month.year || (0...183).contains(day - assessment.cut)
        return isNear ? Words.day(day) : Words.dayAndYear(day)
    }

    private func upper(_ text: String) -> String { EffortWords.upper(text) }
    static func upper(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension EffortWords {
    /// A guard's name by its title.
    private func guarded(_ title: String) -> String {
        assessment.guards.first { $0.measure.title == title }.map { EffortWords.name($0.measure) } ?? title
    }

    /// Each flag in a few words, for a card, and in a sentence.
    public func short(_ flag: EffortAssessment.Flag) -> String {
        switch flag {
        case .tooManyAtOnce(let open, let limit): say("\(open) open at once, limit \(limit)")
        case .noFinding: say("answers no finding")
        case .nobodyAsked: say("nobody was asked")
        case .noHistory: say("no history")
        case .historyChanged: say("history was changed")
        case .editedPastHistory: say("edited past its history")
        case .goalMoved: say("goal moved after the start")
        case .openedLate: say("opened after the start")
        case .goalMetBefore: say("goal was met before")
        case .deeperDip(let value): say("deeper dip: \(assessment.effort.goal.measure.text(value, currency: currency))")
        case .weak(let share): say("would show in \(Words.share(share))")
        case .outages(let positions, _):
            positions.count == 1
                ? say("outage: \(name(positions[0]))")
                : effort.period == .week
                    ? say("\(positions.count) outage weeks") : say("\(positions.count) outage months")
        case .approximate: say("limits approximate")
        case .guardWorse(let title): say("worse: \(guarded(title))")
        case .apartBefore: say("drifting apart before")
        case .emptyLooks(let days): days.count == 1 ? say("a look too soon") : say("\(days.count) looks too soon")
        }
    }

    public func sentence(_ flag: EffortAssessment.Flag) -> String {
        switch flag {
        case .tooManyAtOnce(let open, let limit):
            return say("\(open) efforts are open at once; the limit is \(limit). With more nobody can say which did what.")
        case .noFinding: return say("The file cites no figure that the change answers.")
        case .nobodyAsked: return say("Nobody whose work changes was asked, as far as the file says.")
        case .noHistory: return say("Nothing shows whether the goal was moved: kpi effort open would have written it down.")
        case .historyChanged:
            let damage = assessment.record.history.damage.first ?? ""
            return say("The history was changed after it was written (\(damage)).")
        case .editedPastHistory(let what):
            return say("The file was edited past its history: \(what.isEmpty ? say("in words or blanks only") : what.joined(separator: "; ")).")
        case .goalMoved(let what): return say("Changed after the start: \(what.joined(separator: "; ")). The verdict stands on what was declared.")
        case .openedLate(let on): return say("It was written down on \(day(on)), after it had begun.")
        case .goalMetBefore: return say("The goal was met before the change: reaching it proves nothing by itself.")
        case .deeperDip(let value):
            let measure = assessment.effort.goal.measure
            let depth = assessment.effort.dip.depth.map { measure.size($0, currency: currency) } ?? ""
            let lowest = measure.text(value, currency: currency)
            return effort.goal.direction == .up
                ? say("The dip went to \(lowest); \(depth) below the time before were declared.")
                : say("The dip went to \(lowest); \(depth) above the time before were declared.")
        case .weak(let share):
            return say("A change of the goal’s size would show by the last look in \(Words.share(share)) of cases; wanted are 80 %.")
        case .outages(let positions, let areLeftOut):
            let names = positions.count > 3 ? counted(positions.count) : Words.list(positions.map(name))
            return areLeftOut
                ? say("Hit by an outage: \(names), left out of the verdict.")
                : say("Hit by an outage: \(names), marked, and counted.")
        case .approximate(let words): return words
        case .apartBefore(let gap):
            let size = assessment.effort.goal.measure.size(gap.magnitude, currency: currency)
            return say("""
                The stores that change and those compared with were drifting apart before, by \(size) a \
                \(periods.one): what came after may be the same drift.
                """)
        case .guardWorse(let title): return say("\(EffortWords.upper(guarded(title))) got worse meanwhile.")
        case .emptyLooks(let days): return say("By \(Words.list(days.map(day))) no figure would be known: such a look is none.")
        }
    }
}
