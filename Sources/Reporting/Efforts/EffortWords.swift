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
        case .goalReached: return "Goal reached"
        case .onCourse: return isLast ? "Better, short of the goal" : "On course"
        case .noClearChange: return isLast ? "No clear change" : "No clear change yet"
        case .tooEarly: return assessment.knownBy.map { "Too early: known by \(day($0))" } ?? "Too early"
        case .gettingWorse:
            if case .stopRule = assessment.verdict.reason { return "Getting worse: stop rule met" }
            return "Getting worse"
        case .cannotTell:
            if case .overlap = assessment.verdict.reason { return "Two changes at once: cannot tell" }
            return "Cannot tell"
        case .notBegun: return "Begins \(day(effort.start))"
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
        if case .overlap = assessment.verdict.reason { label.text = "Two at once: cannot tell" }
        if case .stopRule = assessment.verdict.reason { label.text = "Worse: stop rule met" }
        return label
    }

    /// Why, in one sentence without a full stop.
    public var reason: String {
        let verdict = assessment.verdict
        switch verdict.reason {
        case .goalMet, .better, .betterButShort, .withinChance, .worse: return figures ?? verdict.finding.rawValue
        case .tooFewToShow:
            return [figures, "the goal’s size would hardly have shown"].compactMap { $0 }.joined(separator: "; ")
        case .goalWouldNotShow:
            return [figures, "a change of the goal’s size would hardly show yet"].compactMap { $0 }.joined(separator: "; ")
        case .insideDip: return "Inside the dip that was expected, until \(day(effort.settled + -1))"
        case .beforeFirstLook:
            guard let next = assessment.nextLook?.day ?? effort.looks.first else { return "No look is due yet" }
            return "The first look is on \(day(next))"
        case .stopRule(let periods, let until):
            return "\(upper(beyond)) for \(counted(periods)) in a row, up to \(name(until))"
        case .overlap(let name): return "\(name) runs at the same time, on the same figure"
        case .scopeChanged(let words): return "Changed after the start: \(words)"
        case .noFigures: return "The exports hold no figure of it"
        case .unanswerable(let reason): return upper(reason.description)
        case .gaps(let known, let all, let isBefore):
            return "\(known) of \(all) \(effort.period.rawValue)s are known \(isBefore ? "before the change" : "since the dip")"
        case .goalDayTooSoon:
            let lag = measure.lagDays > 0 ? ": a figure takes \(measure.lagDays) days until it is known" : ""
            return "Nothing can be known by the goal’s day, \(day(effort.goal.by))\(lag)"
        case .ahead: return "It begins on \(day(effort.start))"
        }
    }

    private var beyond: String {
        guard let stop = effort.stop else { return "" }
        return "\(stop.direction == .down ? "below" : "above") \(measure.text(stop.limit, currency: currency))"
    }

    /// `83 to 92 %`; empty where no look was taken.
    var levels: String {
        guard let result = assessment.result else { return "" }
        let to = measure.text(result.after, currency: currency)
        return "\(shortened(measure.text(result.before, currency: currency), to)) to \(to)"
    }

    /// `From 83 to 92 %; likely gain 6 to 12 points`.
    public var figures: String? {
        guard let result = assessment.result else { return nil }
        let from = measure.text(result.before, currency: currency)
        let to = measure.text(result.after, currency: currency)
        guard let gain = result.gain else { return "From \(from) to \(to)" }
        let range = measure.range(gain.lower, gain.upper, currency: currency)
        let kind = switch gain.direction {
        case nil: "change"
        case .up?: measure.better == .down ? "rise" : "gain"
        case .down?: measure.better == .up ? "loss" : "fall"
        }
        let over = effort.method == .stores ? " against stores that did not change" : ""
        return "From \(shortened(from, to)) to \(to); likely \(kind) \(range)\(over)"
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
        guard let next = assessment.nextLook?.day else { return "\(taken) of \(planned)\(taken > 0 ? ", final" : "")" }
        return "\(taken) of \(planned); \(taken == 0 ? "first" : "next") \(day(next))"
    }

    /// What it takes until the goal's size shows: `3,250 finished visits`, `10 weeks`; nil: not asked, or never.
    public var untilVisible: String? {
        guard let look = assessment.power?.known, let series = assessment.series else { return nil }
        let shares = series.points.compactMap(\.share)
        guard measure.lagDays > 0, !shares.isEmpty, shares.count >= 3 else { return counted(look.periods) }
        let mean = shares.reduce(0) { $0 + $1.trials } / shares.count
        // Nobody counts to the last one.
        let trials = (mean * look.periods + 25) / 50 * 50
        return "\(Words.count(trials)) finished visits"
    }

    func words(of one: EffortAssessment.Guard) -> String {
        guard let gain = one.gain else { return one.series == nil ? "no figures" : "cannot be told" }
        guard gain.direction != nil else { return "no clear change" }
        let size = one.measure.size(gain.estimate, currency: currency)
        if one.isWorse { return "worse by \(size)" }
        return "\(one.measure.better == nil ? "changed" : "better") by \(size)"
    }

    /// `email answered in time`: the figure with its slice.
    public static func title(_ measure: EffortMeasure) -> String {
        let labels = measure.slice.filter { $0.key != .toDepartment || measure.slice[.department] == nil }
            .sorted { $0.key < $1.key }.map { key, label -> String in
                if key == .department, let to = measure.slice[.toDepartment] { return "\(label) to \(to)" }
                return key == .channel ? Words.channel(label) : label
            }
        return labels.isEmpty ? measure.title : "\(labels.joined(separator: ", ")): \(measure.title)"
    }

    var title: String { EffortWords.upper(EffortWords.title(measure)) }

    func counted(_ periods: Int) -> String {
        periods == 1 ? "one \(effort.period.rawValue)" : "\(periods) \(effort.period.rawValue)s"
    }

    /// `the week of 13 Oct`, `October`.
    func name(_ position: Int) -> String {
        guard let series = assessment.series else { return "" }
        let first = series.days(position).lowerBound
        return effort.period == .week ? "the week of \(day(first))" : Words.monthName(first.month)
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
    /// Each flag in a few words, for a card, and in a sentence.
    public func short(_ flag: EffortAssessment.Flag) -> String {
        switch flag {
        case .tooManyAtOnce(let open, let limit): "\(open) open at once, limit \(limit)"
        case .noFinding: "answers no finding"
        case .nobodyAsked: "nobody was asked"
        case .noHistory: "no history"
        case .historyChanged: "history was changed"
        case .editedPastHistory: "edited past its history"
        case .goalMoved: "goal moved after the start"
        case .openedLate: "opened after the start"
        case .goalMetBefore: "goal was met before"
        case .deeperDip(let value): "deeper dip: \(assessment.effort.goal.measure.text(value, currency: currency))"
        case .weak(let share): "would show in \(Words.share(share))"
        case .outages(let positions, _):
            positions.count == 1 ? "outage: \(name(positions[0]))" : "\(positions.count) outage \(assessment.effort.period.rawValue)s"
        case .approximate: "limits approximate"
        case .guardWorse(let title): "worse: \(title)"
        case .apartBefore: "drifting apart before"
        case .emptyLooks(let days): days.count == 1 ? "a look too soon" : "\(days.count) looks too soon"
        }
    }

    public func sentence(_ flag: EffortAssessment.Flag) -> String {
        switch flag {
        case .tooManyAtOnce(let open, let limit):
            return "\(open) efforts are open at once; the limit is \(limit). With more nobody can say which did what."
        case .noFinding: return "The file cites no figure that the change answers."
        case .nobodyAsked: return "Nobody whose work changes was asked, as far as the file says."
        case .noHistory: return "Nothing shows whether the goal was moved: kpi effort open would have written it down."
        case .historyChanged:
            let damage = assessment.record.history.damage.first ?? ""
            return "The history was changed after it was written (\(damage))."
        case .editedPastHistory(let what):
            return "The file was edited past its history: \(what.isEmpty ? "in words or blanks only" : what.joined(separator: "; "))."
        case .goalMoved(let what): return "Changed after the start: \(what.joined(separator: "; ")). The verdict stands on what was declared."
        case .openedLate(let on): return "It was written down on \(day(on)), after it had begun."
        case .goalMetBefore: return "The goal was met before the change: reaching it proves nothing by itself."
        case .deeperDip(let value):
            let measure = assessment.effort.goal.measure
            let depth = assessment.effort.dip.depth.map { measure.size($0, currency: currency) } ?? ""
            let side = effort.goal.direction == .up ? "below" : "above"
            return "The dip went to \(measure.text(value, currency: currency)); \(depth) \(side) the time before were declared."
        case .weak(let share):
            return "A change of the goal’s size would show by the last look in \(Words.share(share)) of cases; wanted are 80 %."
        case .outages(let positions, let areLeftOut):
            let names = positions.count > 3 ? counted(positions.count) : Words.list(positions.map(name))
            return "Hit by an outage: \(names), \(areLeftOut ? "left out of the verdict" : "marked, and counted")."
        case .approximate(let words): return words
        case .apartBefore(let gap):
            let size = assessment.effort.goal.measure.size(gap.magnitude, currency: currency)
            return "The stores that change and those compared with were drifting apart before, by \(size) a "
                + "\(effort.period.rawValue): what came after may be the same drift."
        case .guardWorse(let title): return "\(EffortWords.upper(title)) got worse meanwhile."
        case .emptyLooks(let days): return "By \(Words.list(days.map(day))) no figure would be known: such a look is none."
        }
    }
}
