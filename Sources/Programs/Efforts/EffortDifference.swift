import Basis
import Measures
import Statistics

/// One point in which two versions of an effort differ.
public struct EffortDifference: Hashable, Sendable {
    public enum Subject: String, Hashable, Sendable {
        case name, what, why, how, owner, asked, stages, guards, stop, outages
        /// Where it is to go and by when.
        case goal
        /// What is measured, of what, against whom: a series before and after is no longer one.
        case scope
        /// When and how a verdict is taken.
        case looks, method, dip, start
        case closed
    }

    public var subject: Subject
    public var was: String
    public var `is`: String

    /// Whether it moves what the effort is judged by.
    public var movesTheGoal: Bool { [.goal, .looks, .method, .dip, .start].contains(subject) }

    public var words: String {
        subject == .asked || subject == .stages || subject == .guards
            ? say("\(subject.words) differ") : say("\(subject.words) was \(was), is \(self.is)")
    }

    public static func between(_ a: Effort, _ b: Effort) -> [EffortDifference] {
        var found: [EffortDifference] = []
        func compare(_ subject: Subject, _ was: String, _ isNow: String) {
            if was != isNow { found.append(EffortDifference(subject: subject, was: was, is: isNow)) }
        }
        let nothing = say("nothing", context: "of an effort")
        func days(_ days: [Day]) -> String { days.map(\.description).joined(separator: ", ") }
        compare(.name, a.name, b.name)
        compare(.what, a.what, b.what)
        compare(.why, a.why?.words ?? nothing, b.why?.words ?? nothing)
        compare(.how, a.how, b.how)
        compare(.owner, a.owner, b.owner)
        compare(.start, a.start.description, b.start.description)
        compare(.scope, a.scopeWords, b.scopeWords)
        compare(.goal, a.goalWords, b.goalWords)
        compare(.method, a.method.words, b.method.words)
        // Looks that are counted move with the days; said once is enough.
        if a.goal.by == b.goal.by, a.settled == b.settled { compare(.looks, days(a.looks), days(b.looks)) }
        compare(.dip, a.dipWords, b.dipWords)
        compare(.stop, a.stopWords, b.stopWords)
        compare(.outages, a.outages.words, b.outages.words)
        let open = say("open", context: "of an effort")
        compare(.closed, a.closed?.description ?? open, b.closed?.description ?? open)
        if a.asked != b.asked { found.append(EffortDifference(subject: .asked, was: "", is: "")) }
        if a.stages != b.stages { found.append(EffortDifference(subject: .stages, was: "", is: "")) }
        if a.guards != b.guards { found.append(EffortDifference(subject: .guards, was: "", is: "")) }
        return found
    }
}

extension EffortDifference.Subject {
    fileprivate var words: String {
        switch self {
        case .name: say("name", context: "of an effort")
        case .what: say("what", context: "of an effort")
        case .why: say("why", context: "of an effort")
        case .how: say("how", context: "of an effort")
        case .owner: say("owner", context: "of an effort")
        case .asked: say("asked", context: "of an effort")
        case .stages: say("stages", context: "of an effort")
        case .guards: say("guards", context: "of an effort")
        case .stop: say("stop", context: "of an effort")
        case .outages: say("outages", context: "of an effort")
        case .goal: say("goal", context: "of an effort")
        case .scope: say("scope", context: "of an effort")
        case .looks: say("looks", context: "of an effort")
        case .method: say("method", context: "of an effort")
        case .dip: say("dip", context: "of an effort")
        case .start: say("start", context: "of an effort")
        case .closed: say("closed", context: "of an effort")
        }
    }
}

extension Effort.Method {
    fileprivate var words: String {
        switch self {
        case .step: say("step", context: "method")
        case .slope: say("slope", context: "method")
        case .stores: say("stores", context: "method")
        }
    }
}

extension Effort.Outages {
    fileprivate var words: String {
        switch self {
        case .leaveOut: say("leave-out", context: "of an effort")
        case .mark: say("mark", context: "of an effort")
        }
    }
}

extension Effort {
    /// `up to 90 % by 2026-10-31`.
    public var goalWords: String {
        let (isUp, by) = (goal.direction == .up, goal.by)
        switch goal.size {
        case .reach(let value):
            let level = goal.measure.text(value)
            return isUp ? say("up to \(level) by \(by)") : say("down to \(level) by \(by)")
        case .by(let value):
            let size = goal.measure.size(value)
            return isUp ? say("up by \(size) by \(by)") : say("down by \(size) by \(by)")
        case .byShare(let share):
            let part = EffortMeasure.percent(share)
            return isUp ? say("up by \(part) of what it was by \(by)") : say("down by \(part) of what it was by \(by)")
        }
    }

    /// What is measured by which periods, where, against whom.
    var scopeWords: String {
        let slice = goal.measure.slice.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
        var parts = [goal.measure.name] + slice
        parts.append(period == .week ? say("by week") : say("by month"))
        if !stores.isEmpty { parts.append(say("stores \(stores.joined(separator: " "))")) }
        if !compare.isEmpty { parts.append(say("against \(compare.joined(separator: " "))")) }
        return parts.joined(separator: ", ")
    }

    var dipWords: String {
        let depth = dip.depth.map { ", \(goal.measure.size($0))" } ?? ""
        return say("\(dip.days) days\(depth)", context: "of a dip")
    }

    /// `below 75 % for 3 weeks`.
    public var stopWords: String {
        guard let stop else { return say("none", context: "stop rule") }
        let (limit, count) = (goal.measure.text(stop.limit), stop.periods)
        return switch (stop.direction == .down, period) {
        case (true, .week): say(count, "below \(limit) for one week", "below \(limit) for \(count) weeks")
        case (true, .month): say(count, "below \(limit) for one month", "below \(limit) for \(count) months")
        case (false, .week): say(count, "above \(limit) for one week", "above \(limit) for \(count) weeks")
        case (false, .month): say(count, "above \(limit) for one month", "above \(limit) for \(count) months")
        }
    }
}

extension EffortMeasure {
    static func percent(_ share: Double) -> String {
        let tenths = Int((share.magnitude * 1_000).rounded(.toNearestOrAwayFromZero))
        return tenths % 10 == 0
            ? "\(tenths / 10) %" : "\(tenths / 10)\(Speech.book.numbers.decimal)\(tenths % 10) %"
    }
}
