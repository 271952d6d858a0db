public import Basis
public import Measures
public import Statistics

/// A change that somebody tries, written down before it starts. DEFINITIONS 5.
public struct Effort: Hashable, Sendable {
    /// Who was asked, and what they said.
    public struct Asked: Hashable, Sendable {
        public var who: String
        public var said: String
        public init(who: String, said: String) {
            self.who = who
            self.said = said
        }
    }

    /// The finding that the change answers.
    public struct Reason: Hashable, Sendable {
        /// As written.
        public var words: String
        /// The figure at the beginning of the words; nil: no figure is cited.
        public var finding: FigureID?
        public init(words: String, finding: FigureID?) {
            self.words = words
            self.finding = finding
        }
    }

    /// A stage of its own start, of changes that come bit by bit.
    public struct Stage: Hashable, Sendable {
        public var on: Day
        public var what: String
        public init(on: Day, what: String) {
            self.on = on
            self.what = what
        }
    }

    /// How far the figure is to go.
    public enum Size: Hashable, Sendable {
        /// To this value, in the measure's unit (shares 0…1, seconds, major units of money).
        case reach(Double)
        /// By so much against the time before, in the measure's unit.
        case by(Double)
        /// By this share of what it was before.
        case byShare(Double)
    }

    public struct Goal: Hashable, Sendable {
        public var measure: EffortMeasure
        public var direction: ProcessChart.Direction
        public var size: Size
        /// The last day of the last look.
        public var by: Day
        public init(measure: EffortMeasure, direction: ProcessChart.Direction, size: Size, by: Day) {
            self.measure = measure
            self.direction = direction
            self.size = size
            self.by = by
        }
    }

    /// The days after the start in which things may get worse, and how much.
    public struct Dip: Hashable, Sendable {
        public var days: Int
        /// In the measure's unit, without sign; nil: not said.
        public var depth: Double?
        public init(days: Int, depth: Double? = nil) {
            self.days = days
            self.depth = depth
        }
    }

    /// When to give up: so many periods in a row beyond the limit.
    public struct Stop: Hashable, Sendable {
        public var limit: Double
        /// Beyond is below or above.
        public var direction: ProcessChart.Direction
        public var periods: Int
        public init(limit: Double, direction: ProcessChart.Direction, periods: Int) {
            self.limit = limit
            self.direction = direction
            self.periods = periods
        }
    }

    /// What the verdict stands on.
    public enum Method: String, Hashable, Sendable, CaseIterable {
        /// A change of level: segmented regression.
        case step
        /// A change of level and trend.
        case slope
        /// Against units that did not change.
        case stores
    }

    public enum Period: String, Hashable, Sendable, CaseIterable { case week, month }

    /// What is done about periods that an outage hit.
    public enum Outages: String, Hashable, Sendable, CaseIterable {
        case leaveOut = "leave-out"
        case mark
    }

    /// Names the file: `one-inbox`.
    public var identifier: String
    public var name: String
    public var what: String
    public var why: Reason?
    public var how: String
    public var owner: String
    public var asked: [Asked]
    public var start: Day
    public var stages: [Stage]
    public var goal: Goal
    public var method: Method
    public var period: Period
    /// Days on which a verdict is taken; the last is the goal's.
    public var looks: [Day]
    public var guards: [EffortMeasure]
    public var dip: Dip
    public var stop: Stop?
    public var outages: Outages
    /// Stores that change; empty: all.
    public var stores: [String]
    /// Stores that do not, to compare with.
    public var compare: [String]
    /// Written into the file by hand; nil: not closed there.
    public var closed: Day?

    public init(
        identifier: String, name: String, what: String, why: Reason?, how: String, owner: String, asked: [Asked],
        start: Day, stages: [Stage] = [], goal: Goal, method: Method, period: Period, looks: [Day],
        guards: [EffortMeasure] = [], dip: Dip, stop: Stop? = nil, outages: Outages = .leaveOut, stores: [String] = [],
        compare: [String] = [], closed: Day? = nil
    ) {
        self.identifier = identifier
        self.name = name
        self.what = what
        self.why = why
        self.how = how
        self.owner = owner
        self.asked = asked
        self.start = start
        self.stages = stages
        self.goal = goal
        self.method = method
        self.period = period
        self.looks = looks
        self.guards = guards
        self.dip = dip
        self.stop = stop
        self.outages = outages
        self.stores = stores
        self.compare = compare
        self.closed = closed
    }

    /// The first day after the dip.
    public var settled: Day { start + dip.days }

    /// So many looks, equally far apart, from the end of the dip to the goal's day.
    public static func looks(_ count: Int, from settled: Day, to last: Day) -> [Day] {
        let span = max(0, last - settled)
        let days = (1...max(1, count)).map { settled + (span * $0 + max(1, count) / 2) / max(1, count) }
        return days.reduce(into: []) { looks, day in if looks.last.map({ $0 < day }) ?? true { looks.append(day) } }
    }
}
