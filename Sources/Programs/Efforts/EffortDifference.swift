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
            ? "\(subject.rawValue) differ" : "\(subject.rawValue) was \(was), is \(self.is)"
    }

    public static func between(_ a: Effort, _ b: Effort) -> [EffortDifference] {
        var found: [EffortDifference] = []
        func compare(_ subject: Subject, _ was: String, _ isNow: String) {
            if was != isNow { found.append(EffortDifference(subject: subject, was: was, is: isNow)) }
        }
        func days(_ days: [Day]) -> String { days.map(\.description).joined(separator: ", ") }
        compare(.name, a.name, b.name)
        compare(.what, a.what, b.what)
        compare(.why, a.why?.words ?? "nothing", b.why?.words ?? "nothing")
        compare(.how, a.how, b.how)
        compare(.owner, a.owner, b.owner)
        compare(.start, a.start.description, b.start.description)
        compare(.scope, a.scopeWords, b.scopeWords)
        compare(.goal, a.goalWords, b.goalWords)
        compare(.method, a.method.rawValue, b.method.rawValue)
        // Looks that are counted move with the days; said once is enough.
        if a.goal.by == b.goal.by, a.settled == b.settled { compare(.looks, days(a.looks), days(b.looks)) }
        compare(.dip, a.dipWords, b.dipWords)
        compare(.stop, a.stopWords, b.stopWords)
        compare(.outages, a.outages.rawValue, b.outages.rawValue)
        compare(.closed, a.closed?.description ?? "open", b.closed?.description ?? "open")
        if a.asked != b.asked { found.append(EffortDifference(subject: .asked, was: "", is: "")) }
        if a.stages != b.stages { found.append(EffortDifference(subject: .stages, was: "", is: "")) }
        if a.guards != b.guards { found.append(EffortDifference(subject: .guards, was: "", is: "")) }
        return found
    }
}

extension Effort {
    /// `up to 90 % by 2026-10-31`.
    public var goalWords: String {
        let way = goal.direction == .up ? "up" : "down"
        let by = "by \(goal.by)"
        switch goal.size {
        case .reach(let value): return "\(way) to \(goal.measure.text(value)) \(by)"
        case .by(let value): return "\(way) by \(goal.measure.size(value)) \(by)"
        case .byShare(let share): return "\(way) by \(EffortMeasure.percent(share)) of what it was \(by)"
        }
    }

    /// What is measured by which periods, where, against whom.
    var scopeWords: String {
        let slice = goal.measure.slice.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
        let parts = [goal.measure.name] + slice + ["by \(period.rawValue)"]
            + (stores.isEmpty ? [] : ["stores \(stores.joined(separator: " "))"])
            + (compare.isEmpty ? [] : ["against \(compare.joined(separator: " "))"])
        return parts.joined(separator: ", ")
    }

    var dipWords: String {
        let depth = dip.depth.map { ", \(goal.measure.size($0))" } ?? ""
        return "\(dip.days) days\(depth)"
    }

    /// `below 75 % for 3 weeks`.
    public var stopWords: String {
        guard let stop else { return "none" }
        let way = stop.direction == .down ? "below" : "above"
        let periods = stop.periods == 1 ? "one \(period.rawValue)" : "\(stop.periods) \(period.rawValue)s"
        return "\(way) \(goal.measure.text(stop.limit)) for \(periods)"
    }
}

extension EffortMeasure {
    static func percent(_ share: Double) -> String {
        let tenths = Int((share.magnitude * 1_000).rounded(.toNearestOrAwayFromZero))
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}
